"""Rules on references that stand twice, and on dates against the period and the contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.accepted import NO_FIGURE
from domain.cells import write_day
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, confirmed, label_of, rows_in_words, rule, several, the_only
from domain.checks.tables import TableRow, reference_of
from domain.fields import KEY_OF, Kind, Sheet, fields_of
from domain.problem import Level

PLANNED = frozenset({"hearing_date", "meeting_date"})
"""Dates that may lie ahead of the period; every other date but those of `DUE` says what has happened."""
DUE = frozenset({"agreement_due", "action_due", "in_post_to"})
"""Dates that say until when, and so lie ahead by their nature."""
DAYS_AFTER_PERIOD = 31
"""A return may be made up so long after its period ended."""


@rule("V03", Level.MUST_FIX, "Each reference stands once", stage=Stage.ROWS)
def reference_once(checking: Checking) -> Iterable[Finding]:
    """Yield every row that repeats a reference and says something else."""
    for table in checking.tables:
        key = [label_of(table.sheet, part) for part in KEY_OF[table.sheet]]
        copies = {row.number for row in checking.copies(table.sheet)}
        for row, earlier in checking.repeats[table.sheet]:
            if row.number not in copies:
                yield Finding(
                    f"The same {' and '.join(key)} already {'stands' if len(key) == 1 else 'stand'} in row "
                    f"{earlier.number}, with other answers.",
                    "One row for each reference; capitals and spaces make no difference.",
                    "Keep the row that is right and delete the other, or correct the reference.",
                    table.name,
                    row.number,
                    table.header(reference_of(table.sheet)),
                    general=f"The same {' and '.join(key)} already {'stands' if len(key) == 1 else 'stand'} in an earlier row, "
                    "with other answers.",
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
                table.header(reference_of(table.sheet)),
                rows=several(copies),
                fields=(NO_FIGURE,),
                general="Exact copies of an earlier row were left out.",
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
            if f.kind is Kind.DATE and f.key not in PLANNED | DUE and table.has(f.key)
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
                        general=f"The date is {late}.",
                    )


@rule(
    "V05",
    Level.CONFIRM,
    "Planned dates that lie far ahead are confirmed",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, "period"),
)
def planned_date_ahead(checking: Checking) -> Iterable[Finding]:
    """Yield, once a field, the rows whose planned date lies more than 31 days after the period."""
    limit, table = _limit(checking), checking.found[Sheet.CASES]
    for key in sorted(PLANNED):
        yield from confirmed(
            table,
            key,
            [row.number for row, day in _days(checking, key) if day > limit],
            f"The {label_of(table.sheet, key)} lies more than {DAYS_AFTER_PERIOD} days after the period "
            "({rows}).",
            f"A date up to {write_day(limit)}, or one that is really planned.",
            _RIGHT,
        )


@rule(
    "V05",
    Level.CONFIRM,
    "Referrals from before the contract are confirmed",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, "contract"),
)
def referral_before_contract(checking: Checking) -> Iterable[Finding]:
    """Yield the rows referred before the contract started, such as cases taken over."""
    assert checking.contract is not None  # noqa: S101 - needed by the rule
    start = checking.contract.start
    yield from confirmed(
        checking.found[Sheet.CASES],
        "referral_date",
        [row.number for row, day in _days(checking, "referral_date") if day < start],
        f"The referral date is before the contract started on {write_day(start)} ({{rows}}).",
        "A date since the start, or a case taken over from an earlier provider.",
        _RIGHT,
    )


_RIGHT = "Correct the dates that are wrong, or confirm that they are right."


def _limit(checking: Checking) -> date:
    assert checking.period is not None  # noqa: S101 - needed by the rules that ask
    return checking.period.end + timedelta(days=DAYS_AFTER_PERIOD)


def _days(checking: Checking, key: str) -> Iterable[tuple[TableRow, date]]:
    for row in checking.kept(checking.found[Sheet.CASES]):
        day = row.values.get(key)
        if isinstance(day, date):
            yield row, day
