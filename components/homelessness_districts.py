"""The panel on preventions by mediation in the districts that are looked at, as the government publishes them."""

from __future__ import annotations

from collections.abc import Sequence

from components.benchmarks_words import official_basis
from components.charts.canvas import FEW_NOTE
from components.charts.closer import closer
from components.charts.share_rows import Series, ShareRow, drawn, low_base_notes, rows_in_words, shares_beside
from components.homelessness_official import (
    HEADERS,
    WHAT,
    exact,
    part_of,
    percent_words,
    share_cells,
    short_of,
    way_label,
)
from components.panel import Panel
from domain.benchmarks import ENGLAND
from domain.benchmarks_prevention import (
    MEDIATED,
    OfficialPreventions,
    official_districts,
    official_of,
    preventions_of,
)
from domain.formats import NOTHING, counted, listed, number
from domain.table import Cell, Table
from domain.tally import Source


def districts_panel(key: str, areas: Sequence[str], *, where: str = "") -> Panel | None:
    """The official figures of districts in the latest quarter, in the order given, beside England; None where none of them is held.

    `where` names what they have in common, such as their county. It is no ranking: a year before stands beside each in the table.
    """
    known = [area for area in areas if area in official_districts()]
    if not known:
        return None
    found = [official_of(ENGLAND), *(official_of(area) for area in known)]
    series = [
        Series(
            way_label(way),
            tuple(row for one in found if (row := _row(one, way))),
        )
        for way in MEDIATED
    ]
    rows, apart = [row for one in series for row in drawn(one.rows)], _apart(series)
    silent = [one.label for one in found if one.secured is None]
    quarter = found[0].period.label
    return Panel(
        key=key,
        title=f"By district{where} in {quarter}, official figures: {_districts_message(series)}",
        figure=closer(shares_beside(series, Source.SHARED)),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in series) + ".",
        table=Table(
            ("District", "Quarter", *HEADERS[2:], "A year before", "Version"),
            tuple(
                (
                    one.label,
                    quarter,
                    way_label(way),
                    *_shares(one, way),
                    percent_words(before) if (before := _row(_year_before(one), way)) else NOTHING,
                    one.edition.version,
                )
                for way in MEDIATED
                for one in found
            ),
        ),
        basis=official_basis(
            f"England n = {number(found[0].secured)} preventions in {quarter}", WHAT, [found[0].edition]
        ),
        notes=(
            f"{number(len(apart))} of {counted(sum(row.key != ENGLAND for row in rows), 'share')} "
            f"{'is' if len(apart) == 1 else 'are'} outside the 95% limits of the difference from England's; about 1 in 20 would be by "
            "chance alone.",
            *([f"Did not report: {listed(silent)}."] if silent else []),
            *low_base_notes(series[0].rows, "prevention"),
            *([FEW_NOTE.replace("cases", "preventions")] if any(row.small for row in rows) else []),
        ),
    )


def _apart(series: Sequence[Series]) -> list[ShareRow]:
    """The shares of districts that differ from England's by their 95% limits."""
    found = []
    for one in series:
        england = next(row for row in one.rows if row.key == ENGLAND)
        found += [row for row in one.rows if row.key != ENGLAND and row.drawn and row.against(england).clear]
    return found


def _districts_message(series: Sequence[Series]) -> str:
    """Which districts differ from England even allowing for chance."""
    said = []
    for one in series:
        england = next(row for row in one.rows if row.key == ENGLAND)
        apart = [f"{row.label} {exact(row)}" for row in _apart([one])]
        words = f"outside 95% limits {listed(apart, 4)}" if apart else "no district clearly differs"
        said.append(f"{short_of(one.name)}, England {percent_words(england)}: {words}")
    return "; ".join(said)


def _row(one: OfficialPreventions | None, way: str) -> ShareRow | None:
    part = part_of(one, way)
    return ShareRow(one.area, one.label, *part) if one and part else None


def _year_before(one: OfficialPreventions) -> OfficialPreventions | None:
    start = one.period.start.replace(year=one.period.start.year - 1)
    return next((other for other in preventions_of(one.area) if other.period.start == start), None)


def _shares(one: OfficialPreventions, way: str) -> tuple[Cell, ...]:
    row = _row(one, way)
    return share_cells(row)[1:] if row else ("did not report", NOTHING, NOTHING, NOTHING)
