"""The panels on official figures of the prevention duty over time: England and one district, with our own quarters as single marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from components.benchmarks_prevention import HEADERS, WHY_WAYS, cells
from components.benchmarks_words import WHY, basis_beside, missing_words, official_basis
from components.charts.share_lines import ShareLine, share_lines
from components.charts.share_rows import LEAST_BASE, LOW_BASE, ShareRow
from components.homelessness_official import ROUNDED, WHAT, exact, part_of, short_words, way_label
from components.panel import Panel
from domain.benchmarks import ENGLAND, Edition, labels
from domain.benchmarks_prevention import OfficialDuties, duties_of, preventions_of
from domain.disclosure import Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, number
from domain.periods import Period
from domain.settings import Settings
from domain.table import Table
from domain.tally import Source

Parts = Mapping[Period, tuple[int, int]]
"""X of Y by quarter."""
WHY_DUTY: Final = (
    f"{WHY} The official share is of all prevention duties that ended, by the council's record of a home for six months or more. A share "
    "of our cases is of those that one service took on and closed, by what the service recorded."
)


def way_over_time_panel(key: str, way: str, area: str, own: Released | None, settings: Settings) -> Panel:
    """One way of mediation quarter by quarter: England, one district, and the council's own quarters as single marks.

    `own` is by quarter, then by way; None where the service has no such figures.
    """
    official = {
        one: {each.period: part for each in preventions_of(one) if (part := part_of(each, way))}
        for one in dict.fromkeys((ENGLAND, area))
    }
    return _over_time(
        key,
        f"Official figures, {short_words(way)}",
        way_label(way),
        official,
        {each.period: each.edition for each in preventions_of(ENGLAND)},
        own_parts(own, way) if own else {},
        own,
        settings,
        (WHAT, WHY_WAYS, ROUNDED),
    )


def six_months_panel(
    key: str, area: str, own: Released | None, settings: Settings, *, beside: str = ""
) -> Panel:
    """Prevention duties that ended with a home for six months or more, quarter by quarter.

    `beside` says what of ours is no such share and stands in words alone.
    """
    duties = {one: duties_of(one) for one in dict.fromkeys((ENGLAND, area))}
    official = {
        one: {each.period: part for each in found if (part := _secured(each))}
        for one, found in duties.items()
    }
    return _over_time(
        key,
        "Official figures, prevention duties ended with a home for six months or more",
        "Home for six months or more",
        official,
        {each.period: each.edition for each in duties[ENGLAND]},
        own_parts(own) if own else {},
        own,
        settings,
        ("Out of all prevention duties that ended in the quarter, however they ended.", WHY_DUTY, *([beside] if beside else []), ROUNDED),
    )  # fmt: skip


def own_parts(own: Released, way: str = "") -> dict[Period, tuple[int, int]]:
    """Our own X of Y by quarter, of one way where they are by way; what is hidden is not there."""
    return {
        Period.parse(figure.keys[0]): (figure.met, figure.base)
        for figure in own.figures
        if figure.keys[0] and figure.base and (not way or figure.keys[-1] == way)
    }


def _over_time(
    key: str,
    name: str,
    what: str,
    official: Mapping[str, Parts],
    editions: Mapping[Period, Edition],
    ours: Parts,
    own: Released | None,
    settings: Settings,
    notes: Sequence[str],
) -> Panel:
    quarters = sorted({*editions, *ours}, key=lambda one: one.start)
    lines = [
        # A line through shares of few would be read as rising and falling.
        ShareLine(
            labels()[area],
            tuple(_drawable(parts.get(quarter)) for quarter in quarters),
            apart=_mostly_small(parts),
        )
        for area, parts in official.items()
    ]
    if ours:
        lines.append(ShareLine("Counted here", tuple(_drawable(ours.get(q)) for q in quarters), apart=True))
    latest = max(editions, key=lambda one: one.start)
    said = ", ".join(_lately(labels()[area], parts, latest) for area, parts in official.items())
    silent = [
        (f"{labels()[area]} did not report", quarter.label)
        for area, parts in official.items()
        for quarter in editions
        if quarter not in parts
    ]
    basis = official_basis(
        f"England n = {number(official[ENGLAND][latest][1])} in {latest.label}",
        what + ".",
        [editions[latest]],
    )
    return Panel(
        key=key,
        title=f"{name}, {latest.label}: {said}",
        figure=share_lines([quarter.label for quarter in quarters], lines, own.source if own and ours else Source.SHARED),
        alt=f"{what}, quarter by quarter; lately: {said}.",
        table=_table(what, official, editions, ours, own),
        basis=basis_beside(basis, own, settings) if own else basis,
        notes=(
            *notes,
            *_small(official),
            *missing_words(silent),
        ),
    )  # fmt: skip


def _table(
    what: str,
    official: Mapping[str, Parts],
    editions: Mapping[Period, Edition],
    ours: Parts,
    own: Released | None,
) -> Table:
    """The official figures of each area, then ours, those that are hidden last."""
    found = [
        cells(labels()[area], quarter, what, parts.get(quarter), edition)
        for area, parts in official.items()
        for quarter, edition in editions.items()
    ]
    found += [
        cells("Counted here", quarter, what, ours[quarter], None)
        for quarter in sorted(ours, key=lambda one: one.start)
    ]
    for one in own.hidden if own else ():
        found.append(("Counted here", one.labels[0], one.labels[-1], *[HIDDEN] * 4, "", NOTHING))
    return Table(HEADERS, tuple(found))


def _secured(one: OfficialDuties) -> tuple[int, int] | None:
    return (one.six_months, one.ended) if one.six_months is not None and one.ended else None


def _drawable(part: tuple[int, int] | None) -> tuple[int, int] | None:
    """A share of very few is not drawn: its numbers stand in the table."""
    return part if part and part[1] >= LEAST_BASE else None


def _lately(label: str, parts: Parts, latest: Period) -> str:
    part = parts.get(latest)
    return f"{label} {exact(ShareRow('', '', *part))}" if part else f"{label} did not report"


def _mostly_small(parts: Parts) -> bool:
    return 2 * sum(base < LOW_BASE for _, base in parts.values()) > len(parts)


def _small(official: Mapping[str, Parts]) -> tuple[str, ...]:
    few = [
        f"{labels()[area]} in {number(sum(base < LOW_BASE for _, base in parts.values()))} of {number(len(parts))} quarters"
        for area, parts in official.items()
        if any(base < LOW_BASE for _, base in parts.values())
    ]
    return (
        (f"Small numbers, to be read with caution: fewer than {LOW_BASE} in the base, {'; '.join(few)}. "
         f"Under {LEAST_BASE} no mark is drawn.",)
        if few
        else ()
    )  # fmt: skip
