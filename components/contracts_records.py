"""How completely a provider fills in what the KPIs rest on, the worst column first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.basis import basis_of
from components.charts.share_rows import ShareRow, drawn, low_base_notes, row_of, share_rows
from components.panel import Panel
from domain.base_words import as_at_words
from domain.disclosure import Released
from domain.formats import counted, listed, number, percent_of, share_of
from domain.rounding import percent
from domain.settings import Settings
from domain.table import Table

WANTED = 95
"""Percent: below it a return that is uploaded is asked about the column."""


def worst_first(released: Released) -> tuple[ShareRow, ...]:
    """The columns, the least filled first; those that nothing was wanted of yet come last."""
    rows = [row_of(figure) for figure in released.figures]
    return tuple(sorted(rows, key=lambda row: (not row.base, row.met / row.base if row.base else 0.0)))


def completeness_panel(key: str, released: Released, settings: Settings) -> Panel:
    """One row a column: filled, of the cases in which it is wanted. `released` is by column of the return."""
    rows = worst_first(released)
    asked = [row for row in rows if row.base]
    below = [row for row in asked if 100 * row.met < WANTED * row.base]
    filled, wanted = sum(row.met for row in asked), sum(row.base for row in asked)
    said = "; ".join(f"{row.label} {share_of(row.met, row.base)}" for row in asked)
    blank = f"{number(wanted - filled)} missing" if wanted > filled else "none missing"
    reach = f", {words}" if (words := as_at_words(released.as_at)) else ""
    basis = basis_of(released, settings)
    return Panel(
        key=key,
        title=_title(asked),
        figure=share_rows(rows, released.source, limits=False) if drawn(rows) else None,
        undrawn=bool(asked),
        alt=f"How much of each column is filled in, the least first: {said}.",
        table=Table(
            ("Column of the return", "Filled in", "Wanted", "Share", "Blank"),
            tuple(
                (
                    row.label,
                    row.met,
                    row.base,
                    f"{percent(row.met, row.base, 1)}%" if row.base else "nothing wanted yet",
                    row.base - row.met,
                )
                for row in rows
            ),
        ),
        basis=basis
        if released.not_given and not asked
        else replace(basis, base=f"n = {number(filled)} of {counted(wanted, 'cell')}, {blank}{reach}"),
        notes=(
            *(
                [
                    f"Below {WANTED}%: {listed([row.label for row in below], 12)}. What is blank cannot count for or against anybody."
                ]
                if below
                else []
            ),
            *low_base_notes(asked, "case"),
            *([released.measure.note] if released.measure.note else []),
        ),
    )


def _title(asked: Sequence[ShareRow]) -> str:
    if not asked:
        return "Nothing is wanted yet of the columns that KPIs rest on"
    worst = asked[0]
    if worst.met == worst.base:
        return "Every column that a KPI rests on is filled in wherever it is wanted"
    counts = f"{number(worst.met)} of {number(worst.base)}"
    return f"Least complete: '{worst.label}' is filled in for {percent_of(worst.met, worst.base)} ({counts})"
