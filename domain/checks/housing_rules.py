"""Rules of housing mediation alone: what each expected outcome must have, and cases that were opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.checks.checking import Checking, folded
from domain.checks.rule import Finding, Stage, confirmed, rule
from domain.clocks import CLOCKS
from domain.field_kinds import HOUSING
from domain.fields import Sheet
from domain.problem import Level
from domain.vocabulary import code_list

SATISFIED_ANSWERS = code_list("survey_answer").children("positive")


@rule(
    "V17",
    Level.MUST_FIX,
    "A case closed with a good neighbour agreement has one that is signed",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=HOUSING,
)
def agreement_signed(checking: Checking) -> Iterable[Finding]:
    """Yield every case closed with an agreement that the row does not say was signed."""
    table, key = checking.found[Sheet.CASES], "good_neighbour_agreement"
    for row in checking.kept(table):
        if row.values.get("outcome") == "GNA" and row.values.get(key) != "Y" and key not in row.faulty:
            yield Finding(
                "The case was closed with a signed good neighbour agreement, and the row does not say that one was signed.",
                "Y where the parties signed a good neighbour agreement.",
                "Enter Y, or correct the outcome.",
                table.name,
                row.number,
                table.header(key, "Good neighbour agreement signed"),
            )


@rule(
    "V17",
    Level.CONFIRM,
    "A case closed with evidence for enforcement has its report",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=HOUSING,
)
def evidence_reported(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases closed with sufficient evidence whose report has no date."""
    table, key = checking.found[Sheet.CASES], "case_report_date"
    rows = [
        row.number
        for row in checking.kept(table)
        if row.values.get("outcome") == "ENFORCE" and key not in row.values and key not in row.faulty
    ]
    yield from confirmed(
        table,
        key,
        rows,
        "The case was closed with sufficient evidence for enforcement, and no case report is recorded ({rows}).",
        "The day the full case report went to the officer.",
        "Enter the date, or confirm that no report was sent.",
    )


@rule(
    "V18",
    Level.CONFIRM,
    "A case opened again long after its end may be a new case",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=HOUSING,
)
def reopened_in_time(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases opened again more than twelve months after they had ended."""
    table = checking.found[Sheet.CASES]
    rows = []
    for row in checking.kept(table):
        ended, reopened = row.values.get("outcome_date"), row.values.get("reopened_date")
        late = isinstance(ended, date) and isinstance(reopened, date)
        if late and reopened > CLOCKS["reopening"].due(ended):  # type: ignore[operator, arg-type]
            rows.append(row.number)
    yield from confirmed(
        table,
        "reopened_date",
        rows,
        "The case was opened again more than 12 months after it was closed ({rows}).",
        "A new case, with a reference of its own, where the dispute is new.",
    )


@rule(
    "V31",
    Level.CONFIRM,
    "A case closed with satisfactory feedback has a satisfied answer",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, Sheet.SATISFACTION, "service", "provider", "period"),
    services=HOUSING,
)
def feedback_recorded(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases closed as satisfied for which no party's answer in any return is positive."""
    table = checking.found[Sheet.CASES]
    satisfied = set(checking.others().satisfied) | {
        folded(row.values.get("case_ref"))
        for row in checking.found[Sheet.SATISFACTION].rows
        if row.values.get("answer_code") in SATISFIED_ANSWERS
    }
    rows = [
        row.number
        for row in checking.kept(table)
        if row.values.get("outcome") == "SATISFIED" and folded(row.values.get("case_ref")) not in satisfied
    ]
    yield from confirmed(
        table,
        "outcome",
        rows,
        "The case was closed with satisfactory feedback, and the survey has no satisfied answer for it ({rows}).",
        "A satisfied answer of at least one party, with the reference of the case.",
        "Add the answer and the case it is about, correct the outcome, or confirm.",
    )
