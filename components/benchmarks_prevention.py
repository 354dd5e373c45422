"""The panels on official figures of the prevention duty: England and one district, lately and over time, with our own share beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from components.benchmarks_words import WHY, change_notes, missing_words, official_basis
from components.charts.canvas import FEW_NOTE
from components.charts.closer import closer
from components.charts.share_rows import (
    Series,
    ShareRow,
    drawn,
    low_base_notes,
    rows_in_words,
    shares_beside,
)
from components.homelessness_official import ROUNDED, WHAT, part_of, percent_words, short_words, way_label
from components.panel import Panel
from domain.benchmarks import ENGLAND, Edition, labels, series
from domain.benchmarks_prevention import (
    MEDIATED,
    OfficialPreventions,
    preventions_of,
)
from domain.formats import NOTHING, interval, number
from domain.periods import Period
from domain.table import Cell, Table
from domain.tally import Source

WHY_WAYS: Final = (
    f"{WHY} The official shares are of all prevention duties that ended with accommodation secured, whoever helped; our cases are those "
    "sent to a mediation service, so that only a return of totals from the council's own H-CLIC figures gives the same share. The exchange "
    "note's 4.8% and 11% for 2019-20 stand the other way round than every official quarter held."
)
_NOT_COMPARED: Final = "too few to compare"
_OFF: Final = 5
"""By so many a number rounded to tens may be off."""
HEADERS: Final = ("Whose", "Quarter", "What", "Number", "Out of", "Share", "95% limits", "Note", "Version")
_MEASURES: Final = ("secured_total", "mediation_return_family_friend", "mediation_prevent_eviction")


def latest_panel(key: str, area: str) -> Panel:
    """Each way of mediation out of all preventions in the latest quarter: England and one district, and how it moved in a year."""
    whose = list(dict.fromkeys((ENGLAND, area)))
    found = {one: preventions_of(one) for one in whose}
    quarter = found[ENGLAND][-1].period
    before = _year_before(found[ENGLAND], quarter)
    shown = [Series(labels()[one], tuple(_rows(_at(found[one], quarter)))) for one in whose]
    rows = [row for one in shown for row in drawn(one.rows)]
    said = "; ".join(_moved(way, found, quarter, before.period) for way in MEDIATED)
    latest = [_at(found[one], quarter) for one in whose]
    silent = [
        (f"{labels()[one]} did not report", quarter.label) for one in whose if not _at(found[one], quarter)
    ]
    return Panel(
        key=key,
        title=f"Official figures, {quarter.label}, preventions by mediation: {said}",
        figure=closer(shares_beside(shown, Source.SHARED)),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in shown if one.rows) + ".",
        table=Table(
            HEADERS,
            tuple(
                cells(labels()[one], each.period, way_label(way), part_of(each, way), each.edition)
                for one in whose
                for way in MEDIATED
                for each in _moves(found[one], quarter, before.period)
            ),
        ),
        basis=official_basis(
            f"England n = {number(found[ENGLAND][-1].secured)} preventions in {quarter.label}",
            WHAT,
            [one.edition for one in latest if one],
        ),
        notes=(
            WHY_WAYS,
            ROUNDED,
            "Where nothing is said of a change, chance or rounding may have made it. The table has the quarter before and "
            f"{before.period.label} too.",
            *missing_words(silent),
            *low_base_notes([row for one in shown for row in one.rows[:1]], "prevention"),
            *([FEW_NOTE.replace("cases", "preventions")] if any(row.small for row in rows) else []),
            *change_notes([value for one in whose for measure in _MEASURES for value in series(measure, one)]),
        ),
    )  # fmt: skip


def _moved(
    way: str, found: Mapping[str, Sequence[OfficialPreventions]], quarter: Period, before: Period
) -> str:
    """'to prevent an eviction, England 8.7% (9.4% a year before), Harlow 13.3% (of 30)'."""
    said = []
    for area, quarters in found.items():
        now = _row(_at(quarters, quarter), way)
        then = _row(_at(quarters, before), way)
        if now is None:
            said.append(f"{labels()[area]} did not report")
        elif not now.drawn:
            said.append(f"{labels()[area]} {number(now.met)} of {number(now.base)}, {_NOT_COMPARED}")
        elif then is None or not then.drawn:
            said.append(f"{labels()[area]} {percent_words(now)}, too few a year before to compare")
        else:
            said.append(
                f"{labels()[area]} {percent_words(now)} ({year_before_words(now, then, rounded=area == ENGLAND)})"
            )
    return f"{short_words(way)}, {', '.join(said)}"


def year_before_words(now: ShareRow, then: ShareRow, *, rounded: bool) -> str:
    """'9.4% a year before, so clearly less'; where chance, or rounding to tens, may have made the change nothing is concluded."""
    apart = now.against(then)
    clear = apart.clear
    if clear and rounded:
        # What England's numbers may have been before they were rounded, as near to each other as they can be.
        off = _OFF if apart.value < 0 else -_OFF
        near, far = (
            replace(one, met=max(one.met + by, 0), base=one.base - by)
            for one, by in ((now, off), (then, -off))
        )
        closest = near.against(far)
        clear = closest.clear and (closest.value > 0) == (apart.value > 0)
    how = f", so clearly {'more' if apart.value > 0 else 'less'}" if clear else ""
    return f"{percent_words(then)} a year before{how}"


def _row(one: OfficialPreventions | None, way: str) -> ShareRow | None:
    part = part_of(one, way)
    return ShareRow(way, way_label(way), *part) if part else None


def _rows(one: OfficialPreventions | None) -> list[ShareRow]:
    return [row for way in MEDIATED if (row := _row(one, way))]


def _at(found: Sequence[OfficialPreventions], quarter: Period) -> OfficialPreventions | None:
    """The figures of a quarter; None where the council did not report."""
    return next((one for one in found if one.period == quarter and one.secured is not None), None)


def _year_before(found: Sequence[OfficialPreventions], quarter: Period) -> OfficialPreventions:
    start = quarter.start.replace(year=quarter.start.year - 1)
    return next(one for one in found if one.period.start == start)


def _moves(
    found: Sequence[OfficialPreventions], quarter: Period, before: Period
) -> list[OfficialPreventions]:
    """The latest quarter, the one before it, and the same a year earlier."""
    return [one for one in reversed(found) if one.period in (quarter, before) or one.period.next() == quarter]


def cells(
    whose: str, quarter: Period, what: str, part: tuple[int, int] | None, edition: Edition | None
) -> tuple[Cell, ...]:
    """The cells of one share of one quarter in a table, with why there is none and which version gives it."""
    version = edition.version if edition else NOTHING
    if part is None:
        return whose, quarter.label, what, "did not report", NOTHING, NOTHING, NOTHING, "", version
    row = ShareRow("", "", *part)
    note = "few cases" if row.small else "small base" if row.low_base else ""
    return (
        whose,
        quarter.label,
        what,
        row.met,
        row.base,
        percent_words(row),
        interval(*row.limits),
        note,
        version,
    )
