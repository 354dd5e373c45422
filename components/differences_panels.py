"""The panel 'How different from average?': a funnel plot with its message, and a table in the order of the list."""

from __future__ import annotations

from components.basis import basis_of
from components.charts.funnel_plot import funnel_plot, in_words
from components.differences_words import (
    COLUMN,
    HIDDEN_CELL,
    chance_words,
    difference_message,
    difference_sentence,
    drawn_funnel,
    funnel_of,
    one_of,
    overall_words,
    several_of,
    standing_column,
)
from components.panel import Panel
from domain.disclosure import Figure, Hidden, Released
from domain.formats import NOTHING, few_cases, number, percent_of, sentence_case, share_of
from domain.funnel import WIDEN_FROM, Funnel, Placed
from domain.rounding import percent
from domain.settings import Settings
from domain.table import Cell, Table

_HEADERS = (
    "Number",
    "Out of",
    "Share",
    "95% from",
    "95% to",
    "95% limits for its size",
    "99.8% limits for its size",
    COLUMN,
    "Chance of a share this far",
    "Note",
)


def differences_panel(key: str, released: Released, settings: Settings) -> Panel:
    """How different from average each group of a share is; the share is grouped by area or by provider."""
    one, found = one_of(released, settings), funnel_of(released)
    drawn = drawn_funnel(released)
    said = "; ".join(in_words(placed, widened=drawn.widened) for placed in drawn.placed) if drawn else ""
    label = released.measure.label
    return Panel(
        key=key,
        title=sentence_case(f"{label}: {difference_message(released, one)}"),
        figure=funnel_plot(drawn, released.source, unit=released.measure.unit) if drawn else None,
        undrawn=found is not None,
        alt=f"{label} by {one} and number of {released.measure.unit}, against an average of "
        f"{percent_of(drawn.met, drawn.base)}: {said}."
        if drawn
        else "",
        table=_table(released, found, sentence_case(one)),
        basis=basis_of(released, settings),
        notes=_notes(released, drawn, one),
    )


def _notes(released: Released, found: Funnel | None, one: str) -> tuple[str, ...]:
    if found is None:
        return ()
    many = several_of(one)
    average = f"The average is of all that is chosen, together: {share_of(found.met, found.base)}"
    unknown = found.base - sum(placed.group.base for placed in found.placed)
    if unknown and not released.hidden:
        average += f", {number(unknown)} of them with no {one} known"
    notes = [
        f"{difference_sentence(found, released)}.",
        *([] if released.hidden else [f"{overall_words(found, many)}."]),
        f"{average}. The fewer {released.measure.unit}, the further chance alone moves a share, so each is held against the "
        "limits for its own number, and on a limit is inside. Under 30, and where an average one has fewer than 5 on one "
        "side, the limits are exact, so they go in steps.",
    ]
    if found.widened:
        notes.append(
            f"Because all {many} together differ more than chance gives, the limits that decide are widened by the root of the "
            "dispersion; the dotted lines are those of chance alone."
        )
    elif found.differ and len(found.placed) < WIDEN_FROM:
        notes.append(
            f"Limits are widened for such a difference only with {WIDEN_FROM} {many} or more: of fewer, one alone could hide behind it."
        )
    notes.append(
        "In the order of the list, not a ranking. What stands clear is to be asked about: why is not in the figures."
    )
    return tuple(notes)


def _table(released: Released, found: Funnel | None, one: str) -> Table:
    placed = {each.group.key: each for each in found.placed} if found is not None else {}
    words = standing_column(released) or ("",) * len(released.in_order)
    widened = found is not None and found.widened
    headers = [
        f"{header} (widened)" if widened and header.endswith("for its size") else header
        for header in _HEADERS
    ]
    if widened:
        headers.insert(5, "Plain 95% limits for its size")
    rows = tuple(
        _row(group, placed.get(group.keys[-1]), said, widened=widened)
        for group, said in zip(released.in_order, words, strict=True)
    )
    return Table((one, *headers), rows)


def _row(group: Figure | Hidden, placed: Placed | None, said: str, *, widened: bool) -> tuple[Cell, ...]:
    blanks = 4 if widened else 3
    if isinstance(group, Hidden):
        return (group.label, *[HIDDEN_CELL] * 5, *[NOTHING] * (blanks - 1), said, NOTHING, "")
    share = f"{percent(group.met, group.base, 1)}%" if group.base else NOTHING
    edges = [NOTHING if edge is None else f"{number(100 * edge, 1)}%" for edge in (group.low, group.high)]
    cells: tuple[Cell, ...] = (group.label, group.met, group.base, share, *edges)
    note = ", ".join(filter(None, (few_cases(group), group.flag)))
    if placed is None:
        return (*cells, *[NOTHING] * (blanks - 1), said, NOTHING, note)
    used, plain = placed.used, placed.plain
    limits = [_span(plain.low, plain.high)] if widened else []
    limits += [_span(used.low, used.high), _span(used.far_low, used.far_high)]
    return (*cells, *limits, said, chance_words(placed.chance), note)


def _span(low: float, high: float) -> str:
    return f"{number(100 * low, 1)}% to {number(100 * high, 1)}%"
