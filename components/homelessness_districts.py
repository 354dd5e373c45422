"""The panel on preventions by mediation in the districts that are looked at, as the government publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.basis import basis_of
from components.charts.canvas import FEW_NOTE
from components.charts.closer import closer
from components.charts.share_rows import Series, ShareRow, drawn, low_base_notes, rows_in_words, shares_beside
from components.formats import listed, number
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
from components.panel import Panel, Table
from domain.benchmarks import ENGLAND
from domain.benchmarks_prevention import MEDIATED, PREVENTION_SOURCE, official_districts, official_of
from domain.disclosure import Released
from domain.settings import Settings
from domain.tally import Source


def districts_panel(key: str, own: Released, areas: Sequence[str], settings: Settings) -> Panel | None:
    """The official figures of our own districts in the latest quarter; None where none of them is held."""
    known = [area for area in areas if area in official_districts()]
    if not known:
        return None
    found = [official_of(ENGLAND), *(official_of(area) for area in known)]
    series = [
        Series(
            way_label(way),
            tuple(
                ShareRow(one.area, one.label, part[0], part[1])
                for one in found
                if (part := part_of(one, way))
            ),
        )
        for way in MEDIATED
    ]
    rows = [row for one in series for row in drawn(one.rows)]
    silent = [one.label for one in found if not one.secured]
    quarter = found[0].period.label
    return Panel(
        key=key,
        title=f"By district in {quarter}, official figures: {_districts_message(series)}",
        figure=closer(shares_beside(series, Source.SHARED)),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in series) + ".",
        table=Table(
            ("District", "Quarter", *HEADERS[2:]),
            tuple(
                (row.label, quarter, one.name, *share_cells(row)[1:]) for one in series for row in one.rows
            ),
        ),
        basis=replace(
            basis_of(own, settings),
            base=f"England n = {number(found[0].secured)} preventions in {quarter}",
            about=f"Official figures: {PREVENTION_SOURCE}.",
            selection="",
            example="",
            footnotes=(),
            without=(),
        ),
        notes=(
            WHAT,
            *([f"Did not report: {listed(silent)}."] if silent else []),
            *low_base_notes(series[0].rows, "prevention"),
            *([FEW_NOTE.replace("cases", "preventions")] if any(row.small for row in rows) else []),
        ),
    )


def _districts_message(series: Sequence[Series]) -> str:
    """Which districts differ from England even allowing for chance."""
    said = []
    for one in series:
        england = next(row for row in one.rows if row.key == ENGLAND)
        apart = [
            f"{row.label} {exact(row)}"
            for row in one.rows
            if row.key != ENGLAND and row.drawn and row.against(england).clear
        ]
        words = listed(apart, 4) if apart else "no district clearly differs"
        said.append(f"{short_of(one.name)}, England {percent_words(england)}: {words}")
    return "; ".join(said)
