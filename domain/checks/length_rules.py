"""Rules on how long cases last, against the year and against other cases of the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil

from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, confirmed, rule
from domain.fields import Sheet
from domain.problem import Level

YEAR = 365
CASES_NEEDED = 200
"""With fewer ended cases, the longest half per cent of them would be less than one case."""
SHARE_SHORTER = 0.995
DATES = ("referral_date", "outcome_date")
TOUCHED = ("days_to_outcome", "days_of_support")
"""The figures that such a case stands out in: those of lengths."""


@rule(
    "V09",
    Level.CONFIRM,
    "Cases last no longer than nearly every case of the service",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, "service"),
)
def length_usual(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases of more than a year, and those longer than 99.5% of the service's cases."""
    table = checking.found[Sheet.CASES]
    lasted = _lasted(checking)
    yield from confirmed(
        table,
        "outcome_date",
        [row for row, days in lasted.items() if days > YEAR],
        "The case lasted more than a year ({rows}).",
        f"At most {YEAR} days between the referral date and the outcome date, or a case that really took so long.",
        fields=TOUCHED,
    )
    usual = _nearly_all(checking.known.find_lengths(checking.service or ""))
    if usual is not None and usual < YEAR:
        yield from confirmed(
            table,
            "outcome_date",
            [row for row, days in lasted.items() if usual < days <= YEAR],
            "The case lasted longer than 99.5% of the cases of the service ({rows}).",
            f"At most {usual:,} {'day' if usual == 1 else 'days'} between the referral date and the outcome date, or a case that really "
            "took so long.",
            fields=TOUCHED,
        )


@rule(
    "V09",
    Level.CONFIRM,
    "No case ends on the day it was referred",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
)
def lasted_a_day(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases that ended on the very day of their referral."""
    yield from confirmed(
        checking.found[Sheet.CASES],
        "outcome_date",
        [row for row, days in _lasted(checking).items() if days == 0],
        "The case ended on the day it was referred ({rows}).",
        "A later day, or a case that really began and ended on one day.",
        fields=TOUCHED,
    )


def _lasted(checking: Checking) -> dict[int, int]:
    """How many days each ended case lasted, by its row."""
    found = {}
    for row in checking.kept(checking.found[Sheet.CASES]):
        start, end = (row.values.get(key) for key in DATES)
        if isinstance(start, date) and isinstance(end, date):
            found[row.number] = (end - start).days
    return found


def _nearly_all(lengths: Mapping[int, int]) -> int | None:
    """The days within which 99.5% of cases ended; None with too few of them to say."""
    cases = sum(lengths.values())
    if cases < CASES_NEEDED:
        return None
    wanted, reached = ceil(cases * SHARE_SHORTER), 0
    for days, number in sorted(lengths.items()):
        reached += number
        if reached >= wanted:
            return days
    return None
