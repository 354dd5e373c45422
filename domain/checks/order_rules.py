"""Rules on one row against itself: the order of its dates, its ending and how long it lasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import pairwise

from domain.cells import write_day
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, label_of, rule
from domain.checks.tables import TableRow
from domain.fields import Sheet, case_field
from domain.problem import Level
from domain.returns import Value
from domain.services import service

ORDER: dict[Sheet, tuple[tuple[str, ...], ...]] = {
    Sheet.CASES: (
        ("referral_date", "entered_date"),
        ("referral_date", "first_contact_date", "initial_visit_date"),
        ("referral_date", "assessment_date", "outcome_date", "reopened_date"),
        ("consent_date", "referral_date"),
        (
            "adviser_contact_date",
            "family_request_date",
            "la_informed_date",
            "meeting_date",
            "certificate_date",
        ),
        ("mediation_started_date", "mediation_end_date"),
        ("duty_owed_date", "duty_end_date"),
    ),
    Sheet.AGREEMENTS: (("agreement_date", "action_done"), ("agreement_date", "action_due")),
    Sheet.COMPLAINTS: (("received_date", "closed_date"),),
    Sheet.STAFF: (("in_post_from", "in_post_to"),),
}
"""Dates that follow one another; where one is blank, those on its sides are compared."""


@rule("V06", Level.MUST_FIX, "Dates follow their order", stage=Stage.ROWS)
def dates_in_order(checking: Checking) -> Iterable[Finding]:
    """Yield every pair of dates of a row that stand the wrong way round."""
    for table in checking.tables:
        there = {column.field.key for column in table.columns if column.field}
        chains = [tuple(key for key in chain if key in there) for chain in ORDER.get(table.sheet, ())]
        # One pass over the row finds nothing amiss in almost every one; what may lawfully stand otherwise is looked at after.
        chains = [chain for chain in chains if len(chain) > 1]
        for row in checking.kept(table):
            in_disorder = filter(partial(_disorderly, row), chains)
            for first, then, early, late in turned(row.values, in_disorder):
                before, after = label_of(table.sheet, first), label_of(table.sheet, then)
                yield Finding(
                    f"The {after}, {write_day(late)}, is before the {before}, {write_day(early)}.",
                    f"The {after} on or after the {before}.",
                    "Correct one of the two dates.",
                    table.name,
                    row.number,
                    table.header(then),
                    fields=(first, then),
                    general=f"The {after} is before the {before}.",
                )


def _disorderly(row: TableRow, chain: tuple[str, ...]) -> bool:
    """Whether any two of the dates that a row has stand the wrong way round."""
    days = [day for day in map(row.values.get, chain) if day is not None]
    return len(days) > 1 and days != sorted(days)


def turned(
    values: Mapping[str, Value], chains: Iterable[tuple[str, ...]]
) -> Iterator[tuple[str, str, date, date]]:
    """The neighbours of a row that stand the wrong way round, each once: which, which after it, and their days."""
    said = set()
    for chain in chains:
        filled = [
            (key, day)
            for key in chain
            if isinstance(day := values.get(key), date) and not _may_come_first(key, values)
        ]
        for (first, early), (then, late) in pairwise(filled):
            if late < early and (first, then) not in said:
                said.add((first, then))
                yield first, then, early, late


def _may_come_first(key: str, values: Mapping[str, Value]) -> bool:
    """Whether the date is that of a certificate which needs no meeting, and may lawfully come before a later one."""
    return key == "certificate_date" and values.get("certificate_type") != "MEDIATED"


@rule(
    "V07",
    Level.MUST_FIX,
    "A closed case has an outcome and a date, an open one has no end date",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, "service"),
)
def ending_complete(checking: Checking) -> Iterable[Finding]:
    """Yield every case whose outcome and outcome date contradict each other."""
    table, declared = checking.found[Sheet.CASES], service(checking.service or "")
    labels = case_field("outcome").code_list_for(declared.key)
    outcome_header, date_header = (
        table.header("outcome", "Outcome"),
        table.header("outcome_date", "Outcome date"),
    )
    for row in checking.kept(table):
        outcome, ended = row.values.get("outcome"), row.values.get("outcome_date")
        if (outcome is None) is (ended is None) and outcome not in declared.open:
            continue
        label = labels.label(outcome) if isinstance(outcome, str) else ""
        if outcome in declared.final and ended is None and "outcome_date" not in row.faulty:
            found, wanted = (
                f"The outcome is '{label}', and the outcome date is blank.",
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
    needs=(Sheet.CASES, "period", "contract"),
    services=case_field("assessment_date").services,
)
def duration_possible(checking: Checking) -> Iterable[Finding]:
    """Yield every case whose support lasted longer than the contract had run by the end of the period.

    Support counts from the assessment. A service without one counts from the referral, which for a case taken over from an
    earlier provider may lie before the contract; that is asked about where it is found.
    """
    assert checking.period is not None and checking.contract is not None  # noqa: S101, PT018 - needed by the rule
    table = checking.found[Sheet.CASES]
    most = (checking.period.end - checking.contract.start).days
    for row in checking.kept(table):
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
                fields=("assessment_date", "outcome_date"),
                general="The case lasted longer than the contract had run when the period ended.",
            )
