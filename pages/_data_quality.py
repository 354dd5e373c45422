"""Where the Data quality page meets the data: one moment a part, and single rows only for who may see them. Not a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.data_quality_bases import base_of, bases_by_area_panel, bases_panel
from components.data_quality_cases import choose_problem, show_no_rows, show_returns, show_rows
from components.data_quality_entry import entry_by_month_panel, entry_by_provider_panel
from components.data_quality_rows import dates_panel, moved_panel, unmatched_panel
from components.data_quality_words import Shown
from components.panel import Panel
from data_access.data_quality import read_accepted_counts, read_entered
from data_access.data_quality_faults import (
    count_date_faults,
    count_moved,
    count_unmatched,
    list_date_faults,
    list_moved,
    list_unmatched,
)
from domain.access import Duty
from domain.data_quality_bases import main_measures
from domain.data_quality_entry import by_month
from domain.data_quality_faults import MOVED, FaultyRow, Problem
from pages._desk import Desk


def shown_at(desk: Desk) -> Shown:
    """What the page shows."""
    chosen = desk.selection.providers
    totals = dict.fromkeys(key for key, _ in desk.coverage.totals if not chosen or key in chosen)
    return Shown(desk.selection, desk.settings, desk.store.source, desk.coverage.as_at, tuple(totals))


def entry_panels(desk: Desk, shown: Shown) -> list[Panel]:
    """How long until cases are entered, by provider and by month of entry."""
    late, median, all_late, all_median = desk.ask_all(
        ("entered_late", "provider"),
        ("median_entry_delay", "provider"),
        ("entered_late",),
        ("median_entry_delay",),
    )
    entered = by_month(read_entered(desk.store, desk.viewer, desk.selection))
    return [
        entry_by_provider_panel(late, median, all_late, all_median, desk.settings),
        entry_by_month_panel(entered, shown),
    ]


def bases_panels(desk: Desk, shown: Shown) -> list[Panel]:
    """The bases of the service's main figures, altogether and by area."""
    asked = main_measures(desk.service.key)
    every = desk.ask_all(*((key, *([field] if field else [])) for key, field in asked))
    by_area = desk.ask_all(*((key, "area", *([field] if field else [])) for key, field in asked))
    bases = [base_of(one, places) for one, places in zip(every, by_area, strict=True)]
    beside = bases_by_area_panel(bases, desk.service.headline, shown)
    return [bases_panel(bases, desk.service.headline, shown), *([beside] if beside else [])]


def faults_panels(desk: Desk, shown: Shown) -> tuple[list[Panel], Mapping[Problem, int]]:
    """The rows that may be wrong, counted, and how many there are of each problem."""
    asked = desk.store, desk.viewer, desk.selection
    unmatched, dates, moved = count_unmatched(*asked), count_date_faults(*asked), count_moved(*asked)
    counts = {
        Problem.UNMATCHED: sum(one.unmatched for one in unmatched),
        Problem.DATES: sum(dates.values()),
        **{problem: sum(one.counts[problem] for one in moved) for problem in MOVED},
    }
    # Who may see some areas only is shown no row without its case: their nought would say nothing.
    by_area = desk.viewer.areas_of(desk.service.key) is not None
    panels = [dates_panel(dates, shown), moved_panel(moved, shown)]
    return panels if by_area else [unmatched_panel(unmatched, shown), *panels], counts


def list_faults(desk: Desk, shown: Shown, counts: Mapping[Problem, int]) -> None:
    """The single rows, for who may see single cases of a provider chosen."""
    if not desk.viewer.sees_cases(desk.service.key, desk.selection.providers):
        show_no_rows(counts)
    elif problem := choose_problem(counts):
        show_rows(_rows_of(desk, problem), problem, shown)


def _rows_of(desk: Desk, problem: Problem) -> Sequence[FaultyRow]:
    asked = desk.store, desk.viewer, desk.selection
    if problem is Problem.UNMATCHED:
        return list_unmatched(*asked)
    return list_date_faults(*asked) if problem is Problem.DATES else list_moved(*asked)[problem]


def lead_to_returns(desk: Desk, shown: Shown) -> None:
    """What was accepted with a reason and what is outstanding, and the way to the page that holds both."""
    key, chosen = desk.service.key, desk.selection.providers
    sees = any(desk.viewer.may(Duty.RETURNS, key, one) for one in (*chosen, *desk.coverage.providers))
    accepted = read_accepted_counts(desk.store, desk.viewer, desk.selection) if sees else None
    show_returns(accepted, shown, desk.link)
