"""The panels on what mentoring achieved: preventions to date, own homes, repeats, and outcomes by how early a case was identified."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

import plotly.graph_objects as go

from components.basis import basis_of
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
from components.panel import Panel
from components.panels import over_time_panel
from domain.base_words import subject_of
from domain.disclosure import Released
from domain.figure_table import HIDDEN
from domain.formats import interval, percent_of, share_of
from domain.hidden_words import IS_HIDDEN
from domain.messages import latest_message, share_message
from domain.settings import Settings
from domain.table import Cell, Table
from domain.vocabulary import absent_codes

EARLY: Final = "FUTURE"
"""The answer that means more than 56 days ahead."""
_MORE_ROOM: Final = 26
"""Pixels that a row of the chart is higher for its third outcome."""
NO_PROOF: Final = (
    "This is not proof that being identified early makes a difference, or none: these households may differ in other ways too, "
    "such as why they were at risk and how they came to the service."
)


def share_panel(
    key: str,
    whole: Released,
    by_quarter: Released,
    settings: Settings,
    *,
    unfinished: Collection[str],
    notes: tuple[str, ...] = (),
) -> Panel:
    """One share of all that is chosen, and in each quarter."""
    panel = over_time_panel(key, by_quarter, settings, unfinished=unfinished)
    total = whole.total
    latest = latest_message(by_quarter, unfinished)
    some = total is not None and total.base
    return replace(
        panel,
        title=f"{share_message(whole)}. {latest}" if some else share_message(whole),
        figure=closer(panel.figure) if panel.figure else None,
        notes=(*notes, *panel.notes),
    )


def outcomes_by_risk(released: Released) -> dict[str, dict[str, ShareRow]]:
    """The share of each outcome in each risk at assessment: outcome, then risk. `released` is by risk, then outcome."""
    # Where an outcome is hidden, how many ended in its risk is not known.
    gone = {one.keys[0] for one in released.hidden}
    shown = [figure for figure in released.figures if figure.keys[0] not in gone]
    ended: dict[str, int] = {}
    for figure in shown:
        ended[figure.keys[0]] = ended.get(figure.keys[0], 0) + figure.base
    found: dict[str, dict[str, ShareRow]] = {}
    for figure in shown:
        risk, outcome = figure.keys
        if not figure.base:
            continue  # an outcome that does not end a case
        found.setdefault(outcome, {})[risk] = ShareRow(risk, figure.labels[0], figure.base, ended[risk])
    order = dict.fromkeys(figure.keys[0] for figure in shown)
    labels = {figure.keys[0]: figure.labels[0] for figure in released.figures}
    return {
        outcome: {
            risk: rows.get(risk, ShareRow(risk, labels[risk], 0, ended[risk]))
            for risk in order
            if ended[risk]
        }
        for outcome, rows in found.items()
    }


def earliness_panel(key: str, released: Released, good: Collection[str], settings: Settings) -> Panel:
    """How cases ended, by how near the loss of the home was. `released` is the headline by risk, then by outcome."""
    by_outcome = outcomes_by_risk(released)
    names = {figure.keys[1]: figure.labels[1] for figure in released.figures}
    # The good ending first.
    order = sorted(by_outcome, key=lambda outcome: outcome not in good)
    series = tuple(Series(names[outcome], tuple(by_outcome[outcome].values())) for outcome in order)
    rows = [row for one in series for row in drawn(one.rows)]
    hidden = dict.fromkeys(one.labels[0] for one in released.hidden)
    return Panel(
        key=key,
        title=f"{subject_of(released)}: some of it is {IS_HIDDEN}"
        if hidden
        else _early_message(by_outcome, good),
        figure=_apart(shares_beside(series, released.source)) if rows else None,
        undrawn=any(row.base for one in series for row in one.rows),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in series) + ".",
        table=Table(
            ("Risk at assessment", "Outcome", "Number", "Out of", "Share", "95% limits"),
            (
                *(_cells(row, one.name) for one in series for row in one.rows),
                *((label, "Every outcome", *[HIDDEN] * 4) for label in hidden),
            ),
        ),
        basis=basis_of(released, settings),
        notes=(
            NO_PROOF,
            *low_base_notes(series[0].rows if series else (), "case"),
            *([FEW_NOTE] if any(row.small for row in rows) else []),
        ),
    )


def _apart(figure: go.Figure) -> go.Figure:
    """Room for the words of three outcomes in each row."""
    return figure.update_layout(height=figure.layout.height + _MORE_ROOM * len(figure.layout.yaxis.tickvals))


def _cells(row: ShareRow, outcome: str) -> tuple[Cell, ...]:
    limits = interval(*row.limits) if row.base else ""
    return row.label, outcome, row.met, row.base, percent_of(row.met, row.base), limits


def _early_message(by_outcome: dict[str, dict[str, ShareRow]], good: Collection[str]) -> str:
    """Cases identified more than 56 days ahead against those identified later, with chance allowed for."""
    ended = {risk: row.base for rows in by_outcome.values() for risk, row in rows.items()}
    known = [risk for risk in ended if risk and risk not in absent_codes()]
    early, later = (
        ShareRow(
            "",
            "",
            sum(by_outcome[outcome][risk].met for outcome in by_outcome if outcome in good for risk in side),
            sum(ended[risk] for risk in side),
        )
        for side in ([risk for risk in known if risk == EARLY], [risk for risk in known if risk != EARLY])
    )
    parts = [
        f"of those identified {when}, {share_of(side.met, side.base)}"
        for when, side in (("more than 56 days ahead", early), ("later", later))
        if side.base
    ]
    if not parts:
        return "Homelessness prevented, by how early a case was identified: no case to compare yet"
    said = f"Homelessness prevented: {'; '.join(parts)}"
    if not (early.drawn and later.drawn):
        return f"{said}: too few to compare"
    if not early.against(later).clear:
        return f"{said}: no clear difference"
    return f"{said}: a clear difference, which is not proof that one brings the other"
