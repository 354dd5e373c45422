"""What kind of household: how many adults, with or without dependent children. Worked out from two columns of the return."""

from __future__ import annotations

from dataclasses import replace

from components.basis import basis_of, giving_away
from components.charts.canvas import FEW_NOTE
from components.charts.share_rows import ShareRow, drawn, rows_in_words, share_rows
from components.panel import Panel
from components.who_is_helped_panels import CAUTION, low_base_note
from domain.base_words import as_at_words, not_counted_here
from domain.disclosure import Released
from domain.formats import interval, number, share_of
from domain.rounding import percent
from domain.settings import Settings
from domain.table import Table

_KINDS = (
    ("alone", "One adult, no dependent children"),
    ("parent", "One adult with dependent children"),
    ("adults", "Two or more adults, no dependent children"),
    ("family", "Two or more adults with dependent children"),
    ("no_adult", "No adult recorded"),
)
"""The kinds in their order; the last stands only where somebody is in it, as where a return counts nobody under 18 as an adult."""


def household_rows(without: Released, with_children: Released) -> tuple[ShareRow, ...]:
    """The households of each kind. Both figures are households by number of adults: those without dependent children, and with them."""
    counts = dict.fromkeys((key for key, _ in _KINDS), 0)
    for released, one, more in ((without, "alone", "adults"), (with_children, "parent", "family")):
        for figure in released.figures:
            adults = int(figure.keys[-1])
            counts["no_adult" if adults == 0 else one if adults == 1 else more] += figure.met
    base = sum(counts.values())
    return tuple(
        ShareRow(key, label, counts[key], base)
        for key, label in _KINDS
        if base and (key != "no_adult" or counts[key])
    )


def household_panel(
    key: str, without: Released, with_children: Released, households: int, settings: Settings
) -> Panel:
    """The kinds of household, out of those of which both numbers are known. `households` is how many there are."""
    rows = household_rows(without, with_children)
    base = rows[0].base if rows else 0
    reach = as_at_words(without.as_at)
    missing = max(households - base, 0)
    beside = (
        f" of {number(households)}, {number(missing)} missing one number or both"
        if missing
        else ", none missing"
    )
    said = f"n = {number(base)}{beside}"
    basis = giving_away(basis_of(without, settings), with_children)
    return Panel(
        key=key,
        title=_message(rows),
        figure=share_rows(rows, without.source) if drawn(rows) else None,
        undrawn=bool(rows),
        alt=f"Kinds of household: {rows_in_words(rows)}.",
        table=_table(rows),
        basis=replace(
            basis,
            base=". ".join(
                part for part in (f"{said}, {reach}" if reach else said, not_counted_here(without)) if part
            ),
            about="Households by 'Number of adults' and 'Number of dependent children', where both are filled in. "
            f"Counted {without.measure.dated_by}. Source of the definition: {without.measure.source}.",
        ),
        notes=(
            "Of the whole household. Worked out here from two columns of the return; whether two adults are a couple is not known.",
            *low_base_note(base, "household", "households"),
            *((FEW_NOTE.replace("cases", "households"),) if any(row.small for row in drawn(rows)) else ()),
        ),
    )


def _message(rows: tuple[ShareRow, ...]) -> str:
    if not rows:
        return "Kind of household: nothing recorded yet"
    top = max(rows, key=lambda row: row.met)
    with_children = sum(row.met for row in rows if row.key in ("parent", "family"))
    caution = CAUTION.format("households") if top.low_base else ""
    return (
        f"Kind of household: most often {top.label[:1].lower()}{top.label[1:]}, {share_of(top.met, top.base)}; "
        f"with dependent children {share_of(with_children, top.base)}{caution}"
    )


def _table(rows: tuple[ShareRow, ...]) -> Table:
    heads = ("Kind of household", "Number", "Out of", "Share", "95% limits", "Note")
    return Table(
        heads,
        tuple(
            (
                row.label, row.met, row.base, f"{percent(row.met, row.base, 1)}%", interval(*row.limits),
                "few cases" if row.small else "",
            )
            for row in rows
        ),
    )  # fmt: skip
