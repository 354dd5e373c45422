"""Rules on one row against itself, its period and its contract.

Repeats, the order of dates, endings and durations.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.cells import write_day
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, the_only
from domain.checks.tables import Table, TableRow
from domain.fields import Kind, case_field, fields_of
from domain.problem import Level
from domain.services import service

PLANNED = frozenset({"hearing_date"})
"""Dates that may lie ahead; every other date says what has happened."""
DAYS_AFTER_PERIOD = 31
"""A return may be made up so long after its period ended."""

ORDER = (
    ("referral_date", "entered_date", ""),
    ("referral_date", "first_contact_date", ""),
    ("first_contact_date", "initial_visit_date", ""),
    ("referral_date", "initial_visit_date", "first_contact_date"),
    ("referral_date", "assessment_date", ""),
    ("assessment_date", "outcome_date", ""),
    ("referral_date", "outcome_date", "assessment_date"),
)
"""What comes first, what comes after it, and the date between the two that makes comparing them needless."""


def _label(key: str) -> str:
    return case_field(key).label.lower()


@rule("V03", Level.MUST_FIX, "Each reference stands once", stage=Stage.ROWS)
def reference_once(checking: Checking) -> Iterable[Finding]:
    """Yield every row that repeats a reference and says something else."""
    for table in checking.tables:
        field = fields_of(table.sheet)[0]
        copies = {row.number for row in checking.copies(table.sheet)}
        for row, earlier in checking.repeats[table.sheet]:
            if row.number not in copies:
                yield Finding(
                    f"The same {field.label.lower()} already stands in row {earlier.number}, with other "
                    "answers.",
                    "One row for each reference; capitals and spaces make no difference.",
                    "Keep the row that is right and delete the other, or correct the reference.",
                    table.name,
                    row.number,
                    table.header(field.key),
                )


@rule("V03", Level.CONFIRM, "Exact copies of a row are left out", stage=Stage.ROWS)
def copies_dropped(checking: Checking) -> Iterable[Finding]:
    """Yield, once a sheet, the rows that are exact copies of an earlier row."""
    for table in checking.tables:
        copies = [row.number for row in checking.copies(table.sheet)]
        if copies:
            yield Finding(
                f"Exact copies of an earlier row were left out ({rows_in_words(copies)}).",
                "One row for each reference.",
                "Confirm, or delete the copies.",
                table.name,
                the_only(copies),
                table.header(fields_of(table.sheet)[0].key),
            )


@rule(
    "V05", Level.MUST_FIX, "What has happened lies in or near the period", stage=Stage.ROWS, needs=("period",)
)
def date_not_ahead(checking: Checking) -> Iterable[Finding]:
    """Yield every date of something past that lies after today, or more than 31 days after the period."""
    limit = min(_limit(checking), checking.known.today)
    late = (
        "after today" if limit < _limit(checking) else f"more than {DAYS_AFTER_PERIOD} days after the period"
    )
    for table in checking.tables:
        dated = [
            f
            for f in fields_of(table.sheet, checking.service)
            if f.kind is Kind.DATE and f.key not in PLANNED and table.has(f.key)
        ]
        for row in checking.kept(table):
            for field in dated:
                day = row.values.get(field.key)
                if isinstance(day, date) and day > limit:
                    yield Finding(
                        f"The date is {write_day(day)}, {late}.",
                        f"A date up to {write_day(limit)}.",
                        "Correct the date, or send the case in the return of a later period.",
                        table.name,
                        row.number,
                        table.header(field.key),
                    )


@rule(
    "V05",
    Level.CONFIRM,
    "Planned dates that lie far ahead are confirmed",
    stage=Stage.ROWS,
    needs=("cases", "period"),
)
def planned_date_ahead(checking: Checking) -> Iterable[Finding]:
    """Yield, once a field, the rows whose planned date lies more than 31 days after the period."""
    limit = _limit(checking)
    for key in sorted(PLANNED):
        rows = [row.number for row, day in _days(checking, key) if day > limit]
        if rows:
            found = (
                f"The {_label(key)} lies more than {DAYS_AFTER_PERIOD} days after the period "
                f"({rows_in_words(rows)})."
            )
            yield _asked(
                checking, key, rows, found, f"A date up to {write_day(limit)}, or one that is really planned."
            )


@rule(
    "V05",
    Level.CONFIRM,
    "Referrals from before the contract are confirmed",
    stage=Stage.ROWS,
    needs=("cases", "contract"),
)
def referral_before_contract(checking: Checking) -> Iterable[Finding]:
    """Yield the rows referred before the contract started, such as cases taken over."""
    assert checking.contract is not None  # noqa: S101 - needed by the rule
    start = checking.contract.start
    rows = [row.number for row, day in _days(checking, "referral_date") if day < start]
    if rows:
        found = (
            f"The referral date is before the contract started on {write_day(start)} ({rows_in_words(rows)})."
        )
        yield _asked(
            checking,
            "referral_date",
            rows,
            found,
            "A date since the start, or a case taken over from an earlier provider.",
        )


def _limit(checking: Checking) -> date:
    assert checking.period is not None  # noqa: S101 - needed by the rules that ask
    return checking.period.end + timedelta(days=DAYS_AFTER_PERIOD)


def _kept_cases(checking: Checking) -> tuple[Table, list[TableRow]]:
    assert checking.cases is not None  # noqa: S101 - needed by the rules that ask
    return checking.cases, checking.kept(checking.cases)


def _days(checking: Checking, key: str) -> Iterable[tuple[TableRow, date]]:
    for row in _kept_cases(checking)[1]:
        day = row.values.get(key)
        if isinstance(day, date):
            yield row, day


def _asked(checking: Checking, key: str, rows: list[int], found: str, wanted: str) -> Finding:
    table, _ = _kept_cases(checking)
    repair = "Correct the dates that are wrong, or confirm that they are right."
    return Finding(found, wanted, repair, table.name, the_only(rows), table.header(key))


@rule("V06", Level.MUST_FIX, "Dates follow their order", stage=Stage.ROWS, needs=("cases",))
def dates_in_order(checking: Checking) -> Iterable[Finding]:
    """Yield every pair of dates of a case that stand the wrong way round."""
    table, rows = _kept_cases(checking)
    for row in rows:
        for first, then, between in ORDER:
            early, late = row.values.get(first), row.values.get(then)
            if (
                isinstance(early, date)
                and isinstance(late, date)
                and late < early
                and between not in row.values
            ):
                yield Finding(
                    f"The {_label(then)}, {write_day(late)}, is before the {_label(first)}, "
                    f"{write_day(early)}.",
                    f"The {_label(then)} on or after the {_label(first)}.",
                    "Correct one of the two dates.",
                    table.name,
                    row.number,
                    table.header(then),
                )


@rule(
    "V07",
    Level.MUST_FIX,
    "A closed case has an outcome and a date, an open one has no end date",
    stage=Stage.ROWS,
    needs=("cases", "service"),
)
def ending_complete(checking: Checking) -> Iterable[Finding]:
    """Yield every case whose outcome and outcome date contradict each other."""
    table, rows = _kept_cases(checking)
    declared = service(checking.service or "")
    outcome_header, date_header = (
        table.header("outcome", "Outcome"),
        table.header("outcome_date", "Outcome date"),
    )
    for row in rows:
        outcome, ended = row.values.get("outcome"), row.values.get("outcome_date")
        label = case_field("outcome").code_list.label(outcome) if isinstance(outcome, str) else ""
        if outcome in declared.final and ended is None and "outcome_date" not in row.faulty:
            found, wanted = (
                f"The outcome is '{label}', and the {_label('outcome_date')} is blank.",
                "The day the case ended.",
            )
            yield Finding(
                found, wanted, "Enter the date, or correct the outcome.", table.name, row.number, date_header
            )
        elif outcome in declared.open and ended is not None:
            found, wanted = (
                f"The outcome is '{label}', and there is an outcome date.",
                "No outcome date while the case is open.",
            )
            yield Finding(
                found, wanted, "Correct the outcome, or clear the date.", table.name, row.number, date_header
            )
        elif outcome is None and ended is not None and "outcome" not in row.faulty:
            found, wanted = (
                "There is an outcome date, and the outcome is blank.",
                "An outcome for every case that has ended.",
            )
            yield Finding(
                found, wanted, "Enter the outcome, or clear the date.", table.name, row.number, outcome_header
            )


@rule(
    "V08",
    Level.MUST_FIX,
    "No case lasts longer than the contract has run",
    stage=Stage.ROWS,
    needs=("cases", "period", "contract"),
)
def duration_possible(checking: Checking) -> Iterable[Finding]:
    """Yield every case whose support lasted longer than the contract had run by the end of the period."""
    assert checking.period is not None and checking.contract is not None  # noqa: S101, PT018 - needed by the rule
    table, rows = _kept_cases(checking)
    most = (checking.period.end - checking.contract.start).days
    for row in rows:
        start, end = row.values.get("assessment_date"), row.values.get("outcome_date")
        if isinstance(start, date) and isinstance(end, date) and (end - start).days > most:
            yield Finding(
                f"The case lasted {(end - start).days:,} days, from {write_day(start)} to "
                f"{write_day(end)}, and the contract had run "
                f"for {most:,} days when the period ended.",
                f"At most {most:,} days between the assessment date and the outcome date.",
                "Correct one of the two dates.",
                table.name,
                row.number,
                table.header("outcome_date"),
            )
