"""The panels on official figures of what follows SEND mediation: appeals for each 100 decisions, and appeals after a mediation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import plotly.graph_objects as go

from components.benchmarks_send import STEP, editions_of
from components.benchmarks_words import WHY, basis_beside, edition_words, official_basis
from components.charts.canvas import FEW_NOTE
from components.charts.closer import closer
from components.charts.share_rows import Series, ShareRow, drawn, low_base_notes, rows_in_words, shares_beside
from components.charts.year_lines import Look, YearLine, year_lines
from components.panel import Panel
from domain.benchmarks import Edition, labels
from domain.benchmarks_send import AppealYear, MediationYear
from domain.disclosure import Figure, Hidden, Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, interval, number, percent_of, share_of
from domain.settings import Settings
from domain.table import Cell, Table
from domain.tally import Source

_FOLLOWED_WHY: Final = (
    f"{WHY} DfE's are mediations with an appeal after them in the records of one calendar year. Ours are mediation meetings whose time "
    "to appeal, two months, has passed, in the year in which it passed."
)


def appeals_panel(key: str, appeals: Sequence[AppealYear], mediations: Sequence[MediationYear]) -> Panel:
    """Appeals and mediations of one council for each 100 decisions that could be appealed, by calendar year."""
    label = labels()[appeals[0].area]
    decisions = {one.year: one.decisions for one in appeals}
    years = [str(one.year) for one in appeals]
    held = {one.year: one for one in mediations if one.held is not None and one.year in decisions}
    appealed = {one.year: one.appeals for one in appeals}
    older = {year: one.held or 0 for year, one in held.items() if not one.parts}
    newer = {year: one.held or 0 for year, one in held.items() if one.parts}
    lines = [
        _rate_line("Appeals registered", Look.OTHER, appealed, decisions),
        *([_rate_line("Mediations, older table", Look.OLDER, older, decisions)] if older else []),
        *([_rate_line("Mediations, 2025 release", Look.NEWEST, newer, decisions)] if newer else []),
    ]
    last = appeals[-1]
    also = f" and {_per_hundred(newer[last.year], last.decisions)} mediations" if last.year in newer else ""
    return Panel(
        key=key,
        title=f"Official figures, {label} in {last.year}: for each 100 decisions that could be appealed, "
        f"{_per_hundred(last.appeals, last.decisions)} appeals{also}",
        figure=year_lines(years, lines, Source.SHARED, whole=False),
        alt=f"For each 100 appealable decisions in {label}, by calendar year: "
        + "; ".join(f"{line.name}: {', '.join(f'{y} {w}' for y, w in zip(years, line.words, strict=True) if w)}" for line in lines)
        + ".",
        table=Table(
            ("Year", "What", "Number", "Decisions that could be appealed", "For each 100", "As printed", "Version"),
            (
                *(_rate_row("Appeals registered", one, one.appeals, one.rate, one.edition) for one in appeals),
                *(
                    _rate_row("Mediations", one, held[one.year].held or 0, NOTHING, held[one.year].edition)
                    for one in appeals
                    if one.year in held
                ),
            ),
        ),
        basis=official_basis(
            f"n = {number(last.decisions)} decisions that could be appealed in {label} in {last.year}",
            "Appeals registered with the tribunal, and mediations, for each 100 decisions of the council that could be appealed.",
            (last.edition, *editions_of(mediations)),
        ),
        notes=(
            f"{WHY} Ours count no decision of the council, so that nothing of ours can be set beside it.",
            "Of England the number of decisions is not held, so that no such figure of England stands here.",
            "A mediation need not be about a decision of the same year, so this is a rate and no share.",
            STEP,
        ),
    )  # fmt: skip


def followed_panel(
    key: str,
    england: Sequence[MediationYear],
    area: Sequence[MediationYear],
    own: Released,
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> Panel:
    """Of the mediations, how many were followed by an appeal: England, one council, and ours. `own` is by calendar year."""
    official = [
        Series(
            labels()[each[0].area],
            tuple(_followed_row(one) for one in each if one.held and one.followed is not None),
        )
        for each in (england, area)
        if each
    ]
    years = {row.key for series in official for row in series.rows}
    mine = tuple(
        _own_row(figure)
        for figure in own.figures
        if figure.keys[0] in years - set(unfinished) and figure.base
    )
    series = [*official, *([Series("Counted here", mine)] if mine else [])]
    rows = [row for one in series for row in drawn(one.rows)]
    last = england[-1]
    return Panel(
        key=key,
        title=f"Mediations followed by an appeal in {last.year}: "
        + ", ".join(_followed_message(one, str(last.year)) for one in series),
        figure=_roomy(closer(shares_beside(series, own.source if mine else Source.SHARED)), len(series)),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in series) + ".",
        table=Table(
            ("Whose", "Year", "Followed by an appeal", "Mediations", "Share", "95% limits", "Missing"),
            (
                *((*_share_cells(one.name, row), NOTHING) for one in official for row in one.rows),
                *(_own_cells(one, own) for one in own.in_order if one.keys[0]),
            ),
        ),
        basis=basis_beside(
            official_basis(
                f"England n = {number(last.held)} mediations in {last.year}",
                "Of the mediations in the records of a calendar year, those that were followed by an appeal to the tribunal.",
                editions_of([one for one in (*england, *area) if one.followed is not None]),
            ),
            own,
            settings,
        ),
        notes=(
            _FOLLOWED_WHY,
            "Ours stand in the chart for complete years of which there are official figures; the table has every year.",
            "2021 is of the older table; of 2022 no number is given.",
            *low_base_notes([row for one in series for row in one.rows], "mediation"),
            *([FEW_NOTE.replace("cases", "mediations")] if any(row.small for row in rows) else []),
        ),
    )  # fmt: skip


def _per_hundred(count: int, decisions: int) -> str:
    return number(100 * count / decisions, 1)


def _rate_line(name: str, look: Look, counts: dict[int, int], decisions: dict[int, int]) -> YearLine:
    years = list(decisions)
    values = tuple(100 * counts[year] / decisions[year] if year in counts else None for year in years)
    words = tuple(_per_hundred(counts[year], decisions[year]) if year in counts else "" for year in years)
    return YearLine(name, look, values, words)


def _rate_row(what: str, one: AppealYear, count: int, printed: str, edition: Edition) -> tuple[Cell, ...]:
    return (
        str(one.year),
        what,
        count,
        one.decisions,
        _per_hundred(count, one.decisions),
        printed,
        edition_words(edition),
    )


def _followed_row(one: MediationYear) -> ShareRow:
    return ShareRow(str(one.year), str(one.year), one.followed or 0, one.held or 0)


def _own_row(figure: Figure) -> ShareRow:
    return ShareRow(figure.keys[0], figure.labels[0], figure.met, figure.base)


def _share_cells(whose: str, row: ShareRow) -> tuple[Cell, ...]:
    share = percent_of(row.met, row.base)
    return whose, row.label, row.met, row.base, share, interval(*row.limits) if row.base else NOTHING


def _own_cells(one: Figure | Hidden, own: Released) -> tuple[Cell, ...]:
    """Our figure of a year; how many were blank is told to the commissioning team alone."""
    if isinstance(one, Hidden):
        return "Counted here", one.labels[0], *[HIDDEN] * 5
    return *_share_cells("Counted here", _own_row(one)), NOTHING if own.audience.gated else one.missing


def _followed_message(one: Series, year: str) -> str:
    row = next((row for row in one.rows if row.key == year), None)
    name = one.name if one.name in labels().values() else one.name.lower()
    return f"{name} {share_of(row.met, row.base)}" if row else f"{name} no number"


def _roomy(figure: go.Figure, most: int) -> go.Figure:
    """Room for the words of three marks in a row, which would lie over each other."""
    rows = len(figure.layout.yaxis.tickvals)
    return figure.update_layout(height=figure.layout.height + (32 * rows if most > 2 else 0))
