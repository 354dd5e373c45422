"""The panels on rows that may be wrong: references without a case, dates that cannot be, and cases that vanished or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from components.charts.stacked_counts import stacked_counts
from components.data_quality_words import Shown, dates_message, moved_message, unmatched_message
from components.panel import Panel
from domain.data_quality_faults import MOVED, DateFault, Moved, Unmatched
from domain.formats import counted, number, percent_of
from domain.table import Cell, Table

_NO_AREA = "A row without its case is in no area: areas chosen at the side do not narrow this."


def unmatched_panel(found: Sequence[Unmatched], shown: Shown) -> Panel:
    """References of other sheets that match no case, by provider and sheet."""
    label = shown.settings.provider_label
    rows: dict[str, Counter[str]] = {}
    for one in found:
        if one.unmatched:
            rows.setdefault(label(one.provider), Counter())[str(one.sheet)] += one.unmatched
    table = Table(
        ("Sheet", "Provider", "Rows", "Name no case", "Name a case", "Match no case", "Share"),
        tuple(_unmatched_row(one, label(one.provider)) for one in found),
    )
    named = sum(one.rows - one.unnamed for one in found)
    sheets = [str(one) for one in dict.fromkeys(one.sheet for one in found)]
    return Panel(
        key="data_quality_unmatched",
        title=unmatched_message(found),
        figure=stacked_counts(rows, sheets, shown.source) if rows else None,
        grid=None if rows else table,
        alt=f"{unmatched_message(found)}.",
        table=table,
        basis=shown.basis(
            f"n = {counted(named, 'reference')} on other sheets",
            "Rows of the sheets beside Cases that name a case which does not count: it was never sent, or its return was withdrawn.",
            months="by the date of the row",
        ),
        notes=(
            "An activity or agreement without its case is in no figure. An answer or a complaint counts, but in no figure by area.",
            _NO_AREA,
        ),
    )


def _unmatched_row(one: Unmatched, provider: str) -> tuple[Cell, ...]:
    named = one.rows - one.unnamed
    share = percent_of(one.unmatched, named)
    return (str(one.sheet), provider, one.rows, one.unnamed, named, one.unmatched, share)


def dates_panel(found: Mapping[tuple[DateFault, str], int], shown: Shown) -> Panel:
    """Dates that cannot be or seldom are, a row a kind; those that cannot be come first."""
    label = shown.settings.provider_label
    kinds = sorted({fault for fault, _ in found}, key=lambda one: (not one.impossible, one.label))
    whose = [one.key for one in shown.settings.providers if any(key == one.key for _, key in found)]
    rows = {kind.label: {label(key): found.get((kind, key), 0) for key in whose} for kind in kinds}
    table = Table(
        ("What", "Kind", *(label(key) for key in whose), "All"),
        tuple(
            (
                kind.label,
                "Cannot be" if kind.impossible else "Seldom is",
                *rows[kind.label].values(),
                sum(rows[kind.label].values()),
            )
            for kind in kinds
        ),
    )
    return Panel(
        key="data_quality_dates",
        title=dates_message(found),
        figure=stacked_counts(rows, [label(key) for key in whose], shown.source) if rows else None,
        grid=None if rows else Table(("What", "Rows"), (("Dates that cannot be, or seldom are", 0),)),
        alt=f"{dates_message(found)}.",
        table=table,
        basis=shown.basis(
            f"n = {counted(sum(found.values()), 'finding')}",
            "Rows that count whose dates stand in the wrong order, after their return, or far apart, by the rules of an upload.",
            months="by date of referral; on other sheets by the date of the row",
        ),
        notes=(
            "What cannot be is refused when a return is uploaded, so it is here only where it was saved before. "
            "What seldom is was confirmed by its sender with a reason, and may be right.",
            "A row with several faults stands once for each.",
        ),
    )


def moved_panel(found: Sequence[Moved], shown: Shown) -> Panel:
    """Open cases that are no longer reported, cases opened again, and cases whose outcome changed, by provider."""
    label = shown.settings.provider_label
    rows = {
        label(one.provider): {str(problem): one.counts[problem] for problem in MOVED}
        for one in found
        if any(one.counts.values())
    }
    table = Table(
        ("Provider", "Cases", *map(str, MOVED)),
        tuple((label(one.provider), one.cases, *(one.counts[problem] for problem in MOVED)) for one in found),
    )
    return Panel(
        key="data_quality_moved",
        title=moved_message(found),
        figure=stacked_counts(rows, [str(problem) for problem in MOVED], shown.source) if rows else None,
        grid=None if rows else table,
        alt=f"{moved_message(found)}.",
        table=table,
        basis=shown.basis(
            f"n = {number(sum(one.cases for one in found))} cases",
            "Cases as they stand now, beside what earlier returns and versions said of them; withdrawn returns are left out.",
        ),
        notes=(
            "An open case that is not in its provider's next return counts as live no longer from that return's last day. Ask what became "
            "of it: it may have ended, or been left out.",
            "A case that is opened again, or ends otherwise, changes figures that were already shown.",
        ),
    )
