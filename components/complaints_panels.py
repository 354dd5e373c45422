"""Complaints: how many, period by period, what they were about, and how those that were decided ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from components.basis import basis_of
from components.charts.share_rows import ShareRow, drawn, low_base_notes, rows_in_words, share_rows
from components.event_marks import with_events
from components.hidden import only_shown
from components.panel import Panel
from components.panels import few_note, ranked_panel, trend_panel
from domain.disclosure import Released
from domain.events import events_shown
from domain.figure_table import table_of
from domain.formats import counted, number, share_of
from domain.hidden_words import partly
from domain.settings import Settings
from domain.shown import by_size, dated, periods_of

_SILENT = "A return in which the sheet Complaints is blank says that there was none."


def complaints_panels(
    key: str,
    counts: Released,
    upheld: Released,
    subjects: Released,
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> list[Panel]:
    """Complaints over time, the share upheld of those decided, and the subjects; the last two only where there are any.

    Parameters
    ----------
    counts : complaints by quarter. upheld : the share upheld by quarter. subjects : complaints by subject.
    """
    figures = counts.figures
    found = sum(figure.met + figure.missing for figure in figures)
    over_time = with_events(
        trend_panel(f"{key}_time", counts, settings, unfinished=unfinished),
        events_shown(settings, counts.selection),
        counts.by[0],
        list(periods_of(counts)),
    )
    if partly(counts):
        # How many there were in all cannot be added up, nor how many of them are undecided.
        return [
            replace(over_time, notes=(_SILENT, *over_time.notes)),
            _upheld_panel(f"{key}_upheld", upheld, None, settings),
            ranked_panel(f"{key}_subjects", subjects, settings),
        ]
    placed = dated(counts)
    span = f", {placed[0].label} to {placed[-1].label}" if len(placed) > 1 else ""
    if not found:
        return [replace(over_time, title=f"No complaint recorded{span}", notes=(_SILENT, *over_time.notes))]
    whole = [figure for figure in placed if figure.keys[0] not in unfinished]
    title = f"{counted(found, 'complaint')} recorded"
    panels = [
        replace(
            over_time,
            title=f"{title}. {over_time.title}" if len(whole) > 1 else f"{title}{span}",
            notes=(_SILENT, *over_time.notes),
        ),
        _upheld_panel(f"{key}_upheld", upheld, found, settings),
        ranked_panel(f"{key}_subjects", subjects, settings),
    ]
    most = by_size(subjects)
    if len(most) == 1:
        panels.pop()
    return panels


def _upheld_panel(key: str, released: Released, found: int | None, settings: Settings) -> Panel:
    total = released.total
    decided = total.base if total else 0
    rows = tuple(ShareRow(f.keys[0], f.labels[0], f.met, f.base) for f in released.figures if f.base)
    whole = ShareRow("", "All periods", total.met if total else 0, decided)
    every = (whole, *rows)
    undecided = 0 if found is None or released.shut else found - decided
    panel = Panel(
        key=key,
        title=f"{share_of(whole.met, decided)} of the complaints decided were upheld, wholly or partly"
        if decided
        else f"None of {counted(found or 0, 'complaint')} has been decided yet",
        figure=share_rows(every, released.source) if drawn(every) else None,
        undrawn=any(row.base for row in every),
        alt=f"Complaints upheld of those decided: {rows_in_words(every)}.",
        table=table_of(released),
        basis=basis_of(released, settings),
        notes=(
            *(
                [f"{number(undecided)} open, withdrawn or without an outcome, so not in the share."]
                if undecided
                else []
            ),
            *low_base_notes(rows, "complaint"),
            *few_note([f for f in released.figures if f.base >= 10]),
        ),
    )
    return only_shown(panel, settings, released)
