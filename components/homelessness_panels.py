"""The panels on homelessness mediation itself: how it ended, how often in an agreement, how early it was offered, how it is provided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from components.basis import basis_of, giving_away
from components.charts.canvas import FEW_NOTE
from components.charts.reference_line import with_reference
from components.charts.share_rows import (
    ShareRow,
    drawn,
    low_base_notes,
    row_of,
    rows_in_words,
    share_rows,
)
from components.hidden import only_shown
from components.panel import Panel
from components.panels import over_time_panel, split_panel
from domain.disclosure import Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, interval, listed, number, percent, share_of
from domain.hidden_words import partly
from domain.kpis import Kpi
from domain.messages import latest_message, share_message
from domain.periods import month_end, month_start
from domain.selection import Selection
from domain.settings import DELIVERY_MODELS, Contract, Settings
from domain.table import Cell, Table

NOT_SAID: Final = "Not said"
_TOGETHER: Final = "Only mediations that were concluded: not those that never started, nor those from which a household withdrew."
_NO_CAUSE: Final = (
    "Areas differ in other ways too, so a difference is not proof that one way of providing it works better."
)


def endings_of_mediation_panel(
    key: str, released: Released, good: Collection[str], settings: Settings
) -> Panel:
    """Every outcome of the concluded mediations. `released` is by outcome."""
    panel = split_panel(key, released, settings)
    if partly(released):
        return replace(panel, notes=(_TOGETHER, *panel.notes))
    figures = [figure for figure in released.figures if figure.base]
    base = figures[0].base if figures else 0
    well = sum(figure.met for figure in figures if figure.keys[-1] in good)
    parts = listed([f"{figure.label.lower()} {number(figure.met)}" for figure in figures], len(figures))
    title = (
        f"Agreement in {share_of(well, base)} concluded mediations; of all: {parts}"
        if base
        else "How mediations ended: none has been concluded yet"
    )
    return replace(panel, title=title, notes=(_TOGETHER, *panel.notes))


def effective_panel(
    key: str,
    whole: Released,
    by_quarter: Released,
    kpi: Kpi,
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> Panel:
    """The share of mediations that ended in an agreement, by quarter, with what another source gives as a line."""
    panel = over_time_panel(key, by_quarter, settings, unfinished=unfinished)
    rows = tuple(row_of(figure) for figure in by_quarter.figures if figure.base)
    figure = share_rows(rows, by_quarter.source) if drawn(rows) else None
    reference = kpi.reference[0] if kpi.reference else None
    if figure is not None and reference is not None:
        figure = with_reference(figure, reference, f"{percent(reference)} elsewhere")
    part = [row.label for row in rows if row.key in unfinished]
    return replace(
        panel,
        title=_over_time(whole, by_quarter, unfinished),
        figure=figure,
        undrawn=bool(rows),
        alt=f"{by_quarter.measure.label}, by quarter: {rows_in_words(rows)}.",
        notes=(
            *([f"The dotted line is no target: {kpi.reference_note}."] if reference is not None else []),
            *([f"Not complete, so not compared: {listed(part)}."] if part else []),
            *low_base_notes(rows, "mediation"),
            *([FEW_NOTE.replace("cases", "mediations")] if any(row.small for row in drawn(rows)) else []),
        ),
    )


def early_panel(
    key: str,
    whole: Released,
    by_quarter: Released,
    left_out: Released,
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> Panel:
    """The share of cases in which mediation was offered before the assessment. `left_out` counts those of which nobody knows."""
    panel = over_time_panel(key, by_quarter, settings, unfinished=unfinished)
    unknown = left_out.total.met if left_out.total else 0
    reasons = "because the day of the offer or of the assessment is not known or there was none"
    return replace(
        panel,
        title=_over_time(whole, by_quarter, unfinished),
        notes=(
            f"Left out, {reasons}: {HIDDEN if partly(left_out) else number(unknown)}.",
            "Who is offered mediation, and when, is decided by the council: this is its own figure, not the provider's.",
            *panel.notes,
        ),
    )


def _over_time(whole: Released, by_quarter: Released, unfinished: Collection[str]) -> str:
    total = whole.total
    said = share_message(whole)
    return f"{said}. {latest_message(by_quarter, unfinished)}" if total and total.base else said


def areas_shown(settings: Settings, chosen: Selection, within: Sequence[str] | None) -> tuple[str, ...]:
    """The areas of a service that are looked at: those chosen, of those that the reader may see (`within`; None for all)."""
    return tuple(
        area.key
        for area in settings.areas_of(chosen.service)
        if (not chosen.areas or area.key in chosen.areas) and (within is None or area.key in within)
    )


def models_of(
    settings: Settings, chosen: Selection, areas: Sequence[str], first: int, last: int
) -> dict[str, tuple[str, ...]]:
    """How a service was provided in each area, in words, by the contracts that ran in some months; 'Not said' where none says it."""
    held = [
        c
        for c in settings.contracts
        if c.service == chosen.service
        and (not chosen.providers or c.provider in chosen.providers)
        and c.start <= month_end(last)
        and (c.end is None or c.end >= month_start(first))
    ]
    return {
        area: tuple(dict.fromkeys(_model(c) for c in held if not c.areas or area in c.areas))
        for area in areas
    }


def _model(contract: Contract) -> str:
    return DELIVERY_MODELS.get(contract.delivery_model, NOT_SAID)


def delivery_panel(
    key: str,
    effective: Released,
    early: Released,
    models: Mapping[str, tuple[str, ...]],
    settings: Settings,
) -> Panel:
    """How mediation is provided in each area, with how often it ended in an agreement and was offered early. Both figures are by area."""
    rows = tuple(
        replace(row_of(figure), label=f"{figure.label}{_words(models.get(figure.keys[0], ()))}")
        for figure in effective.figures
        if figure.base
    )
    panel = Panel(
        key=key,
        title=_delivery_message(effective, models),
        figure=share_rows(rows, effective.source) if drawn(rows) else None,
        undrawn=bool(models),
        alt=f"Mediations that ended in an agreement, by area and how it is provided: {rows_in_words(rows)}.",
        table=_delivery_table(effective, early, models, settings),
        basis=giving_away(basis_of(effective, settings), early),
        notes=(
            "How it is provided is said with the contract, in Settings.",
            _NO_CAUSE,
            *low_base_notes(rows, "mediation"),
            *([FEW_NOTE.replace("cases", "mediations")] if any(row.small for row in drawn(rows)) else []),
        ),
    )
    # The areas of each way of providing it are added up.
    return only_shown(panel, settings, effective, early, keep_chart=True)


def _words(models: Sequence[str]) -> str:
    said = [model.lower() for model in models if model != NOT_SAID]
    return f": {listed(said)}" if said else ""


def by_model(effective: Released, models: Mapping[str, tuple[str, ...]]) -> tuple[ShareRow, ...]:
    """The areas of each way of providing it together; an area with two ways, or of which nobody said, is in none."""
    sums: dict[str, list[int]] = {}
    for figure in effective.figures:
        ways = models.get(figure.keys[0], ())
        if len(ways) == 1 and ways[0] != NOT_SAID:
            counts = sums.setdefault(ways[0], [0, 0])
            counts[0] += figure.met
            counts[1] += figure.base
    return tuple(ShareRow(way, way, *sums[way]) for way in DELIVERY_MODELS.values() if way in sums)


def _delivery_message(effective: Released, models: Mapping[str, tuple[str, ...]]) -> str:
    said = [way for way in DELIVERY_MODELS.values() if any(way in ways for ways in models.values())]
    if not said:
        return "How mediation is provided: no contract says it yet"
    areas = "; ".join(
        f"{way.lower()} in {number(sum(way in ways for ways in models.values()))} of {number(len(models))} areas"
        for way in said
    )
    rows = [row for row in by_model(effective, models) if row.base]
    if len(rows) < 2:
        return f"How mediation is provided: {areas}"
    shares = "; ".join(f"{row.label.lower()} {share_of(row.met, row.base)}" for row in rows)
    if not all(row.drawn for row in rows):
        return f"How mediation is provided: {areas}. In an agreement ended: {shares}: too few to compare"
    clear = rows[0].against(rows[1]).clear
    return (
        f"How mediation is provided: {areas}. In an agreement ended: {shares}: "
        f"{'a clear' if clear else 'no clear'} difference"
    )


def _delivery_table(
    effective: Released, early: Released, models: Mapping[str, tuple[str, ...]], settings: Settings
) -> Table:
    counted = dict.fromkeys([*models, *(figure.keys[0] for figure in (*effective.figures, *early.figures))])
    rows = tuple(
        (
            settings.area_label(area) if area else "Not recorded",
            listed(models.get(area, ())) or NOT_SAID,
            *_cells(effective, area),
            *_cells(early, area),
        )
        for area in counted
    )
    heads = (
        "Area",
        "How it is provided",
        "Ended in an agreement",
        "95% limits",
        "Offered early",
        "95% limits of that",
    )
    return Table(heads, rows)


def _cells(released: Released, area: str) -> tuple[Cell, Cell]:
    figure = released.figure(area)
    if figure is None or not figure.base:
        return NOTHING, NOTHING
    return share_of(figure.met, figure.base), interval(figure.low, figure.high)
