"""One answer compared between providers or areas: with limits, in the order of the list, and no more said than chance allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.basis import basis_of, giving_away
from components.charts.canvas import FEW_NOTE
from components.charts.share_rows import (
    LEAST_BASE,
    ShareRow,
    drawn,
    low_base_notes,
    rows_in_words,
    share_rows,
)
from components.panel import Panel
from components.who_is_helped_panels import PERSONAL, hidden
from domain.access import Audience
from domain.chance import chance_of_as_many
from domain.disclosure import Figure, Released
from domain.formats import listed, number, percent_of, share_of
from domain.messages import BY_CHANCE, personal
from domain.rounding import percent
from domain.services import Service
from domain.settings import UNKNOWN_AREA, Settings
from domain.statistics import Difference, newcombe_difference
from domain.table import Cell, Table

_HALF = 0.5
"""So many groups outside must be expected by chance before a number of them is said: a smaller one would be rounded to none."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One group: its figure, its share, and how far it is from all the others; None where that cannot be said.

    `far` is whether even the 99.8% limits of that difference leave out nought, which chance does to one group in 500.
    """

    figure: Figure
    row: ShareRow
    apart: Difference | None
    far: bool = False

    @property
    def enough(self) -> bool:
        """Whether it has enough to be compared; what is not recorded or not known is no group."""
        return self.row.drawn and self.row.key not in ("", UNKNOWN_AREA)

    @property
    def clear(self) -> bool:
        """Whether it differs from the others by more than chance, and has enough to say so."""
        return self.enough and self.apart is not None and self.apart.clear


def compared_groups(by_group: Released, whole: Released, answer: str) -> tuple[Compared, ...]:
    """Every group with a base. `by_group` is by the group, then by the answers; `whole` by the answers alone."""
    every = whole.figure(answer)
    comparable = every is not None and not hidden(by_group) and not hidden(whole)
    found = []
    for figure in by_group.figures:
        if figure.keys[-1] != answer or not figure.base:
            continue
        row = ShareRow(figure.keys[0], figure.labels[0], figure.met, figure.base)
        if every is None or not comparable:
            found.append(Compared(figure, row, None))
            continue
        apart, wide = _from_others(row, every), _from_others(row, every, confidence=0.998)
        found.append(Compared(figure, row, apart, far=wide is not None and wide.clear and row.drawn))
    return tuple(found)


def _from_others(row: ShareRow, every: Figure, *, confidence: float = 0.95) -> Difference | None:
    """The share of a group less that of all the others, which it is no part of."""
    met, base = every.met - row.met, every.base - row.base
    if not (base and 0 <= met <= base):
        return None
    return newcombe_difference(row.met, row.base, met, base, confidence=confidence)


def compare_panel(
    key: str,
    by_group: Released,
    whole: Released,
    answer: str,
    settings: Settings,
    service: Service,
    *,
    what: str,
) -> Panel:
    """The share of one answer in each group. `what` names one group, such as 'provider'."""
    groups, every = compared_groups(by_group, whole, answer), whole.figure(answer)
    rows = [group.row for group in groups]
    label = f"{whole.measure.label}: {every.label if every else answer}"
    average = ShareRow("", "All", every.met, every.base) if every and every.base else None
    notes = (
        *((PERSONAL,) if personal(whole) and whole.audience == Audience.US else ()),
        "In the order of the list, not a ranking. A diamond stands where a group differs from all the others by more than chance; "
        "chance alone would do that to about one group in 20. Who is referred says nothing of how well anybody works.",
        *low_base_notes(rows, service.one, service.many),
        *((FEW_NOTE,) if any(row.small for row in drawn(rows)) else ()),
    )
    return Panel(
        key=key,
        title=f"Compared by {what}. {label}. {compare_message(groups, every, what)}",
        figure=share_rows(
            rows, by_group.source, average=average, apart=[group.row.key for group in groups if group.clear]
        )
        if drawn(rows)
        else None,
        undrawn=bool(rows),
        alt=f"{label}, by {what}: {rows_in_words(rows)}.",
        table=_table(groups, by_group, answer, what),
        basis=giving_away(basis_of(by_group, settings), whole),
        notes=notes,
    )


def compare_message(groups: Sequence[Compared], every: Figure | None, what: str) -> str:
    """What may be said: of two groups their difference, of more which stand apart, allowing for chance."""
    enough = [group for group in groups if group.enough]
    if len(enough) < 2:
        return f"Fewer than two {what}s have at least {LEAST_BASE} to compare"
    if len(enough) == 2:
        return two_message(enough[0].row, enough[1].row)
    if every is None or all(group.apart is None for group in enough):
        return f"{number(len(enough))} {what}s, without a comparison with all"
    average = percent_of(every.met, every.base)
    if far := [_above_or_below(group) for group in enough if group.far]:
        return f"Different from the {average} of all even by 99.8% limits: {listed(far)}"
    return _by_chance([_above_or_below(g) for g in enough if g.clear], len(enough), average, what)


def _above_or_below(group: Compared) -> str:
    return f"{group.row.label} ({'above' if group.apart and group.apart.value > 0 else 'below'})"


def _by_chance(apart: Sequence[str], of: int, average: str, what: str) -> str:
    """Which of so many groups stand apart from the average, in words, and whether chance alone could have set as many apart."""
    if not apart:
        return f"No {what} is clearly different from the {average} of all"
    outside = f"{len(apart)} of {of} {'is' if len(apart) == 1 else 'are'} outside the 95% limits"
    expected = of * BY_CHANCE
    by_chance = f"about {number(expected)}" if expected >= _HALF else "fewer than 1"
    if chance_of_as_many(len(apart), of, BY_CHANCE) > BY_CHANCE:
        return (
            f"No {what} stands clear of the {average} of all: "
            f"{outside}, {'which chance alone could give' if expected < _HALF else f'{by_chance} would be by chance'}"
        )
    return (
        f"More differ from the {average} of all than chance explains: "
        f"{listed(apart)}; {outside}, {by_chance} would be by chance"
    )


def two_message(one: ShareRow, other: ShareRow) -> str:
    """Two shares and whether they differ by more than chance, with the limits of the difference in points."""
    change = one.against(other)
    shares = f"{one.label} {share_of(one.met, one.base)}, {other.label} {share_of(other.met, other.base)}"
    said = "a clear difference" if change.clear else "no clear difference"
    return f"{shares}: {said} ({points(change)})"


def points(change: Difference) -> str:
    """A difference of shares in percentage points, with its 95% limits: '-4 points, 95% limits -9 to +2'.

    >>> points(newcombe_difference(270, 630, 255, 549))
    '-3.6 points, 95% limits -9.2 to +2.1'
    """
    value, low, high = (_signed(edge) for edge in (change.value, change.low, change.high))
    return f"{value} points, 95% limits {low} to {high}"


def _signed(share: float) -> str:
    words = number(100 * share, 1)
    return words if words.startswith("-") or share == 0 else f"+{words}"


def _table(groups: Sequence[Compared], by_group: Released, answer: str, what: str) -> Table:
    heads = (
        what.capitalize(), "Number", "Out of", "Share", "95% from", "95% to", "Missing", "Don't know",
        "Difference from the others", "Note",
    )  # fmt: skip
    kept_back = [one for one in getattr(by_group, "hidden", ()) if one.keys[-1] == answer]
    rows = [_cells(group, told=by_group.audience == Audience.US) for group in groups]
    return Table(heads, (*rows, *((one.labels[0], *["c"] * 5, "", "", "", "hidden") for one in kept_back)))


def _cells(group: Compared, *, told: bool) -> tuple[Cell, ...]:
    """The cells of a group; what is missing and not known is told to the commissioning team alone."""
    row, figure = group.row, group.figure
    low, high = row.limits
    note = "low base" if row.low_base else ""
    return (
        row.label,
        row.met,
        row.base,
        f"{percent(row.met, row.base, 1)}%",
        f"{number(100 * low, 1)}%",
        f"{number(100 * high, 1)}%",
        figure.missing if told else "",
        figure.unsure if told else "",
        points(group.apart) if group.apart else "",
        ", ".join(part for part in ("few cases" if row.small else "", note) if part),
    )
