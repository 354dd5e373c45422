"""The panels of the Exceptions page: raw and adjusted side by side, how many cases exceptions take out over time, and by whose cause."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from components.address import allow, fill, one_of, write
from components.charts.causes_over_time import causes_over_time
from components.charts.share_rows import Series, ShareRow, drawn, low_base_notes, shares_beside
from components.charts.stacked_counts import stacked_counts
from components.exceptions_words import RULES, cap_words, councils_words, missed_word
from components.panel import Basis, Panel
from domain.access import Audience
from domain.base_words import as_at_words
from domain.example_words import example_statuses
from domain.exceptions_kept import CAUSES_IN_ORDER, Causes
from domain.formats import NOTHING, interval, listed, number, percent_of, sentence_case, share_of
from domain.kpis import Kpi, target_for
from domain.measures import measure
from domain.selection import Selection
from domain.settings import ADJUSTED, Settings, Target
from domain.settings_words import target_words
from domain.statistics import wilson_interval
from domain.table import Cell, Table
from domain.tally import AsAt, Source
from domain.whose import for_whom

TAKEN_OUT, STAYS = "Taken out of the adjusted figure", "Recorded, and not taken out"


def choose_kpi(kpis: Sequence[Kpi]) -> Kpi:
    """The KPI whose exceptions are followed."""
    named = {kpi.id: kpi for kpi in kpis}
    first = next(iter(named))
    fill("exceptions_of", one_of(list(named), str, first), first)
    allow("exceptions_of", list(named), first)
    chosen = st.selectbox(
        "KPI", list(named), format_func=lambda key: f"{key} {named[key].name}", key="exceptions_of"
    )
    write("exceptions_of", [] if chosen == first else [str(chosen)])
    return named[chosen or first]


def raw_adjusted_panel(
    found: Mapping[Kpi, Causes],
    selection: Selection,
    settings: Settings,
    source: Source,
    as_at: AsAt,
    on: date,
) -> Panel:
    """Raw and adjusted of each KPI that has exceptions; `on` is the day whose targets are named."""
    rows = {kpi: one for kpi, one in found.items() if one.due}
    raw = tuple(ShareRow(k.id, k.name, one.met, one.due) for k, one in rows.items())
    adjusted = tuple(ShareRow(k.id, k.name, *one.adjusted) for k, one in rows.items())
    said = "; ".join(
        f"{k.name} raw {share_of(one.met, one.due)}, adjusted {share_of(*one.adjusted)}"
        for k, one in rows.items()
    )
    apart = [k.name for k, one in rows.items() if one.left_out]
    every = sum(one.due for one in rows.values())
    title = (
        f"Raw and adjusted differ in {listed(apart)}"
        if apart
        else "Raw and adjusted are the same in every KPI"
    )
    return Panel(
        key="exceptions_raw_adjusted",
        title=title,
        figure=shares_beside([Series("Raw: every case", raw), Series("Adjusted", adjusted)], source)
        if drawn(raw)
        else None,
        undrawn=bool(rows),
        alt=f"Raw and adjusted share of each KPI: {said}." if said else "",
        table=_side_by_side(found, settings, selection, on),
        basis=_basis(selection, settings, source, as_at, f"n = {number(every)} cases due, over all KPIs", RULES),
        notes=(RULES, *_lower(rows), *_judged(rows, settings, selection, on), *low_base_notes(raw, "case")),
    )  # fmt: skip


def _side_by_side(found: Mapping[Kpi, Causes], settings: Settings, selection: Selection, on: date) -> Table:
    heads = (
        "KPI", "Raw", "Raw: X of Y", "Raw, 95% limits", "Adjusted", "Adjusted: X of Y", "Adjusted, 95% limits", "Taken out",
        "Target", "The status stands on",
    )  # fmt: skip

    def row(kpi: Kpi, one: Causes) -> tuple[Cell, ...]:
        target = _target(kpi, settings, selection, on)
        return (
            f"{kpi.id} {kpi.name}",
            *_share_cells(one.met, one.due),
            *_share_cells(*one.adjusted),
            one.left_out,
            target_words(target) if target else "no target",
            (target.judged_on if target else NOTHING),
        )

    return Table(heads, tuple(row(kpi, one) for kpi, one in found.items()))


def _share_cells(met: int, base: int) -> tuple[Cell, ...]:
    limits = interval(*wilson_interval(met, base)) if base else NOTHING
    return percent_of(met, base), f"{number(met)} of {number(base)}", limits


def _target(kpi: Kpi, settings: Settings, selection: Selection, on: date) -> Target | None:
    one = selection.providers[0] if len(selection.providers) == 1 else ""
    return target_for(settings.targets, kpi, one, on)


def _lower(rows: Mapping[Kpi, Causes]) -> tuple[str, ...]:
    named = [kpi.name for kpi, one in rows.items() if one.lower]
    return (f"Less is better in {listed(named)}.",) if named else ()


def _judged(
    rows: Mapping[Kpi, Causes], settings: Settings, selection: Selection, on: date
) -> tuple[str, ...]:
    named = [k.name for k in rows if (t := _target(k, settings, selection, on)) and t.judged_on == ADJUSTED]
    if not named:
        return (
            "Every status stands on the raw figure, because no target in the settings names the adjusted one.",
        )
    return (f"The status stands on the adjusted figure in {listed(named)}, else on the raw one.",)


def over_time_panel(
    kpi: Kpi,
    quarters: Sequence[Causes],
    cap: Decimal,
    selection: Selection,
    settings: Settings,
    source: Source,
    as_at: AsAt,
    unfinished: Collection[str] = (),
) -> Panel:
    """The share of the cases due that exceptions take out, by quarter."""
    shown = [one for one in quarters if one.due]
    past = [one.labels[0] for one in shown if cap_words(kpi, one, cap)]
    some = [one for one in shown if one.left_out]
    title = f"{kpi.name}: past the council's cap in {listed(past)}" if past else (
        f"{kpi.name}: no quarter is past the council's cap" if some else f"{kpi.name}: no case is taken out in any quarter"
    )  # fmt: skip
    said = "; ".join(f"{one.labels[0]} {share_of(one.left_out, one.due)}" for one in shown[-6:])
    open_ones = [one.labels[0] for one in shown if one.keys[0] in unfinished]
    heads = ("Quarter", "Cases due", *(cause.label for cause in CAUSES_IN_ORDER[:-1]), "Taken out", "Share")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.labels[0], one.due, *(one.taken_out.get(c, 0) for c in CAUSES_IN_ORDER[:-1]), one.left_out,
         percent_of(one.left_out, one.due))
        for one in shown
    )  # fmt: skip
    return Panel(
        key="exceptions_quarters",
        title=title,
        figure=causes_over_time(shown, float(cap), source) if some else None,
        undrawn=bool(shown),
        alt=f"Share of the cases due that exceptions take out, by quarter and who caused it. The latest: {said}.",
        table=Table(heads, rows),
        basis=_basis(selection, settings, source, as_at, f"n = {number(sum(one.due for one in shown))} cases due", _about(kpi)),
        notes=(
            "A case stands in the quarter in which its deadline fell, and once, under one cause: the council's comes first.",
            *([f"Not complete, or not all returns in: {listed(open_ones)}."] if open_ones else []),
        ),
    )  # fmt: skip


def by_cause_panel(
    kpi: Kpi, causes: Causes, selection: Selection, settings: Settings, source: Source, as_at: AsAt
) -> Panel:
    """The cases that missed and for which an exception is recorded, by who caused them."""
    rows = {
        cause.label: {
            TAKEN_OUT: causes.taken_out.get(cause, 0),
            STAYS: causes.recorded[cause] - causes.taken_out.get(cause, 0),
        }
        for cause in CAUSES_IN_ORDER
        if causes.recorded.get(cause)
    }
    recorded = sum(causes.recorded.values())
    without = causes.missed - recorded
    table = Table(
        ("Who caused it", sentence_case(f"{missed_word(kpi)} cases"), TAKEN_OUT, STAYS),
        (
            *((label, sum(parts.values()), parts[TAKEN_OUT], parts[STAYS]) for label, parts in rows.items()),
            ("No exception is recorded", without, 0, without),
        ),
    )
    said = "; ".join(f"{label} {number(sum(parts.values()))}" for label, parts in rows.items())
    own = councils_words(kpi, causes)
    return Panel(
        key="exceptions_causes",
        title=f"{kpi.name}: {number(recorded)} of {number(causes.missed)} {missed_word(kpi)} cases have an exception"
        + (f". {own.removesuffix('.')}" if own else ""),
        figure=stacked_counts(rows, (TAKEN_OUT, STAYS), source) if rows else None,
        undrawn=bool(causes.due),
        alt=f"Cases that missed, with an exception, by who caused them: {said}." if said else "",
        table=table,
        basis=_basis(
            selection,
            settings,
            source,
            as_at,
            f"n = {number(causes.missed)} {missed_word(kpi)} of {number(causes.due)} due",
            _about(kpi),
        ),
        notes=(
            *([own] if own else []),
            "A case with an exception is not taken out where the provider caused it, where its contract does not count the reason, or "
            "where the exception had ended. A case with several causes stands once, under the council where that is one of them.",
        ),
    )


def _about(kpi: Kpi) -> str:
    declared = measure(kpi.measure, kpi.service)
    return f"{declared.definition} Counted {declared.dated_by}. Source of the definition: {declared.source}."


def _basis(
    selection: Selection, settings: Settings, source: Source, as_at: AsAt, base: str, about: str
) -> Basis:
    reach = as_at_words(as_at)
    return Basis(
        base=f"{base}, {reach}" if reach else base,
        about=about,
        selection=f"Shown: {selection.sentence(settings)}.",
        audience=f"{for_whom(Audience.US, settings, selection.service)}.",
        example=example_statuses(selection.service) if source is Source.EXAMPLES
        else "Your file, not saved." if source is Source.IN_HAND else "",
        service=selection.service,
        provider=selection.providers[0] if len(selection.providers) == 1 else "",
    )  # fmt: skip
