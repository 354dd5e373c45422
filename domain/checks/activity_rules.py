"""Rules on what was done for a case: whose it is, when it was, and whether anything was done at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.checks.checking import Checking, folded
from domain.checks.rule import Finding, Stage, confirmed, rule
from domain.field_kinds import MENTORING, SEND
from domain.fields import Sheet
from domain.problem import Level
from domain.returns import Record, Value
from domain.services import service

DAYS_AFTER_END = 14
"""So long after a case has ended, work for it is still to be expected: a last call, the file."""

OF_CASES = (Sheet.ACTIVITIES, Sheet.AGREEMENTS)
"""Sheets whose rows each belong to a case."""
MAY_NAME_A_CASE = (Sheet.SATISFACTION, Sheet.COMPLAINTS)
"""Sheets whose rows may say which case they are about."""


def cases_known(checking: Checking) -> dict[str, Record]:
    """Every case of the sender by its folded reference: those of this return, and the others that are current."""
    known = dict(checking.others().cases)
    if Sheet.CASES in checking.found:
        rows = reversed(checking.found[Sheet.CASES].rows)  # of a reference that stands twice, the first row
        known |= {folded(row.values.get("case_ref")): row.values for row in rows}
    return known


@rule(
    "V11",
    Level.MUST_FIX,
    "Every activity and agreement is for a case that is known",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, "service", "provider", "period"),
    services=MENTORING | SEND,
)
def case_is_known(checking: Checking) -> Iterable[Finding]:
    """Yield every activity and agreement whose reference matches no case of this return or of another one."""
    for table in checking.tables:
        if table.sheet not in OF_CASES:
            continue
        known = cases_known(checking)
        for row in checking.kept(table):
            reference = folded(row.values.get("case_ref"))
            if reference and reference not in known:
                yield Finding(
                    "The reference matches no case, neither in this return nor in an earlier one.",
                    "A reference that stands on the sheet Cases; capitals and spaces make no difference.",
                    "Correct the reference, or add the case to the sheet Cases.",
                    table.name,
                    row.number,
                    table.header("case_ref"),
                )


@rule(
    "V11",
    Level.CONFIRM,
    "Every answer and complaint that names a case names one that is known",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, "service", "provider", "period"),
)
def case_of_answer_known(checking: Checking) -> Iterable[Finding]:
    """Yield, once a sheet, the answers and complaints about a case that neither this return nor another one has."""
    for table in checking.tables:
        if table.sheet not in MAY_NAME_A_CASE:
            continue
        known = cases_known(checking)
        yield from confirmed(
            table,
            "case_ref",
            [
                row.number
                for row in checking.kept(table)
                if (reference := folded(row.values.get("case_ref"))) and reference not in known
            ],
            "The reference matches no case, neither in this return nor in an earlier one ({rows}).",
            "A reference that stands on the sheet Cases, or a blank; capitals and spaces make no difference.",
            "Correct the reference or add the case, or confirm: the rows count, but in no figure by area or kind of case.",
        )


def outside_case(day: Value, referred: Value, ended: Value) -> bool:
    """Whether something was done before the referral of its case, or more than two weeks after its end; not where a day is blank."""
    if not isinstance(day, date):
        return False
    early = isinstance(referred, date) and day < referred
    return early or (isinstance(ended, date) and day > ended + timedelta(days=DAYS_AFTER_END))


@rule(
    "V12",
    Level.CONFIRM,
    "Activities lie between the referral and shortly after the end of their case",
    stage=Stage.ROWS,
    needs=(Sheet.CASES, Sheet.ACTIVITIES),
)
def activity_while_open(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows dated before the referral or more than two weeks after the end."""
    table, known = checking.found[Sheet.ACTIVITIES], cases_known(checking)
    outside = []
    for row in checking.kept(table):
        day, case = row.values.get("activity_date"), known.get(folded(row.values.get("case_ref")), {})
        referred, ended = case.get("referral_date"), case.get("outcome_date")
        if outside_case(day, referred, ended):
            outside.append(row.number)
    yield from confirmed(
        table,
        "activity_date",
        outside,
        f"The activity is before the referral, or more than {DAYS_AFTER_END} days after the end of its case ({{rows}}).",
        "A day while the case was open, or shortly after.",
    )


@rule(
    "V12",
    Level.CONFIRM,
    "Activities say whether they are only administrative",
    stage=Stage.ROWS,
    needs=(Sheet.ACTIVITIES,),
)
def admin_said(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows that do not say whether they are administrative, where the sheet has the column."""
    table = checking.found[Sheet.ACTIVITIES]
    if table.has("is_admin"):
        blank = [
            row.number
            for row in checking.kept(table)
            if "is_admin" not in row.values and "is_admin" not in row.faulty
        ]
        yield from confirmed(
            table,
            "is_admin",
            blank,
            "It is not said whether the activity is only administrative ({rows}).",
            "Y for a text, a missed call or paperwork, else N.",
            "Enter it where you know it, or confirm that it is not known.",
        )


@rule(
    "V13",
    Level.CONFIRM,
    "A case that ended well has an activity",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, Sheet.ACTIVITIES, "service", "provider", "period"),
)
def help_recorded(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases that ended well and for which no return has an activity."""
    table, activities = checking.found[Sheet.CASES], checking.found[Sheet.ACTIVITIES]
    helped = {folded(row.values.get("case_ref")) for row in activities.rows} | checking.others().helped
    good = service(checking.service or "").good
    without = [
        row.number
        for row in checking.kept(table)
        if row.values.get("outcome") in good and folded(row.values.get("case_ref")) not in helped
    ]
    yield from confirmed(
        table,
        "outcome",
        without,
        "The case ended well, and no activity is recorded for it ({rows}).",
        "At least one activity for a case that ended well.",
        "Add the activities, or confirm that none was recorded.",
    )


@rule(
    "V19",
    Level.CONFIRM,
    "A household that was homeless already is rarely kept from homelessness",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=MENTORING,
)
def risk_fits_outcome(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases that were homeless when assessed and whose homelessness was prevented."""
    table = checking.found[Sheet.CASES]
    rows = [
        row.number
        for row in checking.kept(table)
        if row.values.get("risk_at_assessment") == "HOMELESS" and row.values.get("outcome") == "PREVENTED"
    ]
    yield from confirmed(
        table,
        "outcome",
        rows,
        "The household was homeless when assessed, and its homelessness was prevented ({rows}).",
        "A risk and an outcome that go together.",
    )


@rule(
    "V19",
    Level.CONFIRM,
    "Vulnerabilities are recorded, and dependent children are among them",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=MENTORING,
)
def vulnerabilities_recorded(checking: Checking) -> Iterable[Finding]:
    """Yield the assessed cases without vulnerabilities, and those whose dependent children are not among theirs."""
    table = checking.found[Sheet.CASES]
    if not table.has("vulnerabilities"):
        return
    blank, childless = [], []
    for row in checking.kept(table):
        kinds, children = row.values.get("vulnerabilities"), row.values.get("dependent_children_n")
        if kinds is None:
            if "assessment_date" in row.values and "vulnerabilities" not in row.faulty:
                blank.append(row.number)
        elif isinstance(children, int) and children > 0 and not {"DEP_CHILD", "DK"} & set(_codes(kinds)):
            childless.append(row.number)
    yield from confirmed(
        table,
        "vulnerabilities",
        blank,
        "The household was assessed, and its vulnerabilities are blank ({rows}); we take them as missing.",
        "All that apply, or NONE when asked and there are none.",
        "Enter them where you know them, or confirm that they are not known.",
    )
    yield from confirmed(
        table,
        "vulnerabilities",
        childless,
        "There are dependent children, and they are not among the vulnerabilities ({rows}).",
        "Dependent children among the vulnerabilities wherever there are any.",
    )


def _codes(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()
