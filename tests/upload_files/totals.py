"""Returns of totals: right ones, and others with one thing to say of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.drafts import KnownReturns
from domain.fields import TOTALS
from tests.upload_files.other_services import Example
from tests.upload_files.returns import PERIOD, TODAY, Change, Sheets, cell, cover, later, with_row

HEADERS = [field.label for field in TOTALS]
LINES: tuple[tuple[Any, ...], ...] = (
    ("Referrals", None, None, None, 30, None),
    ("Referrals", None, None, "Basildon", 18, None),
    ("referrals", None, None, "Harlow", 12, None),
    ("Homelessness prevented", None, None, None, 16, 20),
    ("How cases ended", "Outcome", "Prevented", None, 16, 20),
    ("outcomes", None, "UNSUCCESSFUL", None, 3, 20),
    ("How cases ended", None, "Withdrawn", None, 1, 20),
    ("Live cases", None, None, None, 12, None),
)
"""Measure, breakdown, category, area, count and denominator: by label or key, whichever the sender has."""


def line(
    measure: str, breakdown: Any, category: Any, area: Any, count: Any, base: Any, unit: Any = None
) -> list[Any]:
    """One row of the sheet, for all of the return's period."""
    return [measure, breakdown, category, area, None, None, count, base, unit]


def in_totals(sheets: Sheets) -> None:
    """Put totals in the place of the cases and all that goes with them."""
    for name in [name for name in sheets if name != "Cover"]:
        del sheets[name]
    sheets["Cover"] = [row for row in sheets["Cover"] if not row[0].startswith("Number of")]
    sheets["Totals"] = [list(HEADERS), *(line(*given) for given in LINES)]


def totals(*changes: Change) -> Callable[[], bytes]:
    """The right return of totals with some changes."""
    return later(in_totals, *changes)


def _set(row: int, key: str, value: Any) -> Change:
    return cell("Totals", row, key, value)


def _blank(sheets: Sheets) -> None:
    for row in sheets["Totals"][1:]:
        row[6] = row[7] = None


def _beside_cases(sheets: Sheets) -> None:
    sheets["Totals"] = [list(HEADERS), line(*LINES[0])]


def _own_summary(sheets: Sheets) -> None:
    sheets["Totals"] = [["Month", "Cases"], ["April", 3]]


SENT = (("mentoring", "provider-a", PERIOD),)

PASS_TOTALS: tuple[Example, ...] = (
    Example("totals.xlsx", totals()),
    Example("totals_of_a_month.xlsx", totals(
        with_row("Totals", ["Referrals", None, None, None, date(2018, 5, 1), date(2018, 5, 31), 2, None, None])
    )),
)  # fmt: skip

FAIL_TOTALS: tuple[Example, ...] = (
    Example("own_summary_beside_cases.xlsx", later(_own_summary), "other_sheets"),
    Example("totals_with_blank_rows.xlsx", totals(
        with_row("Totals", line("Complaints", None, None, None, None, None))
    ), "rows_without_a_number"),
    Example("totals_nothing_to_report.xlsx", totals(cover("Nil return", "Y"), _blank), "rows_without_a_number"),
    Example("totals_in_percent.xlsx", totals(
        with_row("Totals", line("Identified more than 56 days ahead", None, None, None, 85, 92, "percent"))
    ), "percentages_counted"),
    Example("cases_and_totals.xlsx", later(_beside_cases), "cases_or_totals"),
    Example("totals_without_a_number.xlsx", totals(_blank), "some_number"),
    Example("totals_of_an_unknown_measure.xlsx", totals(_set(2, "measure", "Referals")), "answer_in_list"),
    Example("totals_of_a_mean.xlsx", totals(_set(2, "measure", "Mean days of support")), "answer_in_list"),
    Example("totals_by_an_unknown_breakdown.xlsx", totals(_set(6, "breakdown", "Star sign")), "answer_in_list"),
    Example("totals_of_an_unknown_category.xlsx", totals(_set(6, "category", "Prevnted")), "answer_in_list"),
    Example("totals_of_an_unknown_area.xlsx", totals(_set(3, "area", "Basildn")), "answer_in_list"),
    Example("totals_category_of_nothing.xlsx", totals(_set(2, "category", "Female")), "answer_in_list"),
    Example("totals_count_below_nought.xlsx", totals(_set(9, "count", -1)), "number_within_limits"),
    Example("totals_above_the_denominator.xlsx", totals(_set(5, "count", 21)), "part_within_whole"),
    Example("totals_part_above_the_whole.xlsx", totals(_set(3, "count", 18), with_row(
        "Totals", line("Referrals", "Vulnerabilities", "Mental health", None, 31, None)
    )), "part_within_whole"),
    Example("totals_of_two_denominators.xlsx", totals(_set(8, "denominator", 21)), "part_within_whole"),
    Example("totals_without_a_denominator.xlsx", totals(_set(5, "denominator", None)), "numbers_there"),
    Example("totals_without_a_count.xlsx", totals(_set(5, "count", None)), "numbers_there"),
    Example("totals_percent_above_100.xlsx", totals(
        with_row("Totals", line("Identified more than 56 days ahead", None, None, None, 101, 92, "%"))
    ), "number_within_limits"),
    Example("totals_percent_of_many.xlsx", totals(
        with_row("Totals", line("Identified more than 56 days ahead", None, None, None, 64, 1200, "percent"))
    ), "number_within_limits"),
    Example("totals_that_do_not_add_up.xlsx", totals(_set(7, "count", 2)), "parts_add_up"),
    Example("totals_areas_that_do_not_add_up.xlsx", totals(_set(4, "count", 11)), "parts_add_up"),
    Example("totals_twice.xlsx", totals(with_row("Totals", line("Referrals", None, None, "Harlow", 9, None))), "reference_once"),
    Example("totals_copied.xlsx", totals(with_row("Totals", line(*LINES[7]))), "copies_dropped"),
    Example("totals_of_half_a_month.xlsx", totals(
        with_row("Totals", ["Referrals", None, None, None, date(2018, 5, 1), date(2018, 5, 15), 2, None, None])
    ), "months_of_the_period"),
    Example("totals_of_another_quarter.xlsx", totals(
        with_row("Totals", ["Referrals", None, None, None, date(2018, 3, 1), date(2018, 3, 31), 2, None, None])
    ), "months_of_the_period"),
    Example("totals_in_place_of_cases.xlsx", totals(), "changes_kind", KnownReturns(TODAY, SENT)),
    Example("cases_in_place_of_totals.xlsx", later(), "changes_kind",
            KnownReturns(TODAY, SENT, in_totals=frozenset(SENT))),
)  # fmt: skip
