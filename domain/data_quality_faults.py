"""What may be wrong in rows that were saved: references without a case, dates that cannot be or seldom are, and cases that moved oddly.

Which dates cannot be is what the checks of an upload say: this module uses their declarations and has none of its own. A saved return
passed those checks, so that an impossible date is found only where two returns say it together, or where a return was saved before
a rule was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Any, Final

from domain.cells import write_day
from domain.checks.activity_rules import DAYS_AFTER_END, MAY_NAME_A_CASE, OF_CASES, outside_case
from domain.checks.length_rules import YEAR
from domain.checks.order_rules import ORDER, turned
from domain.checks.row_rules import DAYS_AFTER_PERIOD, DUE, PLANNED
from domain.checks.rule import label_of
from domain.fields import Kind, Sheet, fields_of

NAMING_CASES: Final = (*OF_CASES, *MAY_NAME_A_CASE)
"""The sheets beside Cases whose rows name a case, or may."""
DATED_SHEETS: Final = (Sheet.CASES, Sheet.ACTIVITIES, Sheet.AGREEMENTS, Sheet.COMPLAINTS)
"""The sheets whose dates are looked at. Answers have one date each and posts are no cases."""
IN_CASE: Final = "activity_date"
"""The date of a sheet beside Cases that is to lie within its case."""


class Problem(StrEnum):
    """A group of what may be wrong with single rows; its value is the heading of their list."""

    UNMATCHED = "References that match no case"
    DATES = "Dates that cannot be, or seldom are"
    VANISHED = "Open cases that are no longer reported"
    REOPENED = "Cases that had ended and are open again"
    CHANGED = "Cases whose outcome changed"


MOVED: Final = (Problem.VANISHED, Problem.REOPENED, Problem.CHANGED)


@dataclass(frozen=True, slots=True, order=True)
class DateFault:
    """One thing that may be wrong with the dates of a row; `impossible` where an upload that has it is refused."""

    label: str
    impossible: bool


@dataclass(frozen=True, slots=True, order=True)
class FaultyRow:
    """One row that should be asked about, for who may see single cases.

    `ref` is the row's own reference on a sheet beside Cases, blank for a case.
    """

    provider: str
    sheet: Sheet
    case_ref: str
    ref: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """The rows of one sheet and provider: all of them, those that name no case, and those that name one that is not there."""

    sheet: Sheet
    provider: str
    rows: int
    unnamed: int
    unmatched: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The cases of one provider, and how many of them vanished, opened again or changed their outcome."""

    provider: str
    cases: int
    counts: Mapping[Problem, int]


AHEAD: Final = DateFault(f"Dated more than {DAYS_AFTER_PERIOD} days after the end of its return", True)
AFTER: Final = DateFault(f"Dated after the end of its return, by up to {DAYS_AFTER_PERIOD} days", False)
LONG: Final = DateFault(f"More than {YEAR} days from referral to outcome", False)
SAME_DAY: Final = DateFault("Ended on the day of its referral", False)
OUTSIDE: Final = DateFault(
    f"Activity before the referral, or more than {DAYS_AFTER_END} days after the end, of its case", False
)


def pairs_of(sheet: Sheet, service: str) -> tuple[tuple[str, str], ...]:
    """Every two dates of a sheet of which the second may never lie before the first, each once."""
    there = {f.key for f in fields_of(sheet, service)}
    chains = [[key for key in chain if key in there] for chain in ORDER.get(sheet, ())]
    return tuple(dict.fromkeys(pair for chain in chains for pair in combinations(chain, 2)))


def past_dates(sheet: Sheet, service: str) -> tuple[str, ...]:
    """The dates of a sheet that say what has happened, so that they cannot lie ahead of the return."""
    return tuple(
        f.key for f in fields_of(sheet, service) if f.kind is Kind.DATE and f.key not in PLANNED | DUE
    )


def faults_of(sheet: Sheet, service: str, row: Mapping[str, Any]) -> Iterator[tuple[DateFault, str]]:
    """What may be wrong with the dates of one row, each with its days in words.

    Parameters
    ----------
    row : its columns by their keys, with `period_end` of its return; of a sheet beside Cases also the referral and outcome dates of the
        case, where it is known.
    """
    for first, then, early, late in turned(row, ORDER.get(sheet, ())):
        before, after = label_of(sheet, first), label_of(sheet, then)
        label = f"{after[:1].upper()}{after[1:]} before {before}"
        yield DateFault(label, True), f"{write_day(late)}, before {write_day(early)}"
    yield from _after_return(sheet, service, row)
    if sheet is Sheet.CASES:
        yield from _length(row)
    day = row.get(IN_CASE)
    if sheet is not Sheet.CASES and outside_case(day, row.get("referral_date"), row.get("outcome_date")):
        yield OUTSIDE, _days(row, IN_CASE, "referral_date", "outcome_date")


def _after_return(sheet: Sheet, service: str, row: Mapping[str, Any]) -> Iterator[tuple[DateFault, str]]:
    """The latest date of a row that lies after its return, once."""
    end = row["period_end"]
    late = [
        (day, key)
        for key in past_dates(sheet, service)
        if isinstance(day := row.get(key), date) and day > end
    ]
    if late:
        day, key = max(late)
        kind = AHEAD if day > end + timedelta(days=DAYS_AFTER_PERIOD) else AFTER
        yield kind, f"{label_of(sheet, key)} {write_day(day)}, return to {write_day(end)}"


def _length(row: Mapping[str, Any]) -> Iterator[tuple[DateFault, str]]:
    start, end = row.get("referral_date"), row.get("outcome_date")
    if isinstance(start, date) and isinstance(end, date):
        days = (end - start).days
        if days > YEAR:
            yield LONG, f"{days:,} days, from {write_day(start)} to {write_day(end)}"
        if days == 0:
            yield SAME_DAY, write_day(end)


def _days(row: Mapping[str, Any], *keys: str) -> str:
    """Some dates of a row with their names."""
    names = {"referral_date": "referral", "outcome_date": "end", IN_CASE: "activity"}
    return ", ".join(f"{names[key]} {write_day(row[key])}" for key in keys if row.get(key))


def in_order(found: Iterable[FaultyRow]) -> tuple[FaultyRow, ...]:
    """Rows in the order of their providers, sheets and references."""
    return tuple(sorted(found))
