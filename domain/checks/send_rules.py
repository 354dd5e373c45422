"""Rules of SEND mediation alone: meetings, certificates, and the order that the law gives them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.cells import write_day
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, confirmed, rule
from domain.checks.tables import TableRow
from domain.field_kinds import SEND
from domain.fields import Sheet
from domain.problem import Level

HELD = {"MED_HELD": "mediation meeting", "DR_HELD": "disagreement resolution meeting"}
"""Outcomes that say that a meeting was held."""
CHANGED = ("CHANGED", "CHANGED_CERT")
"""Outcomes that say that the family did not go on to a meeting."""
SECTION_I = ("SECI",)


@rule(
    "V14",
    Level.MUST_FIX,
    "Disagreement resolution has no certificate",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=SEND,
)
def no_certificate_without_mediation(checking: Checking) -> Iterable[Finding]:
    """Yield every case of disagreement resolution with a date of a certificate."""
    table = checking.found[Sheet.CASES]
    for row in checking.kept(table):
        if _is_resolution(row) and isinstance(row.values.get("certificate_date"), date):
            yield Finding(
                "The case is one of disagreement resolution, and there is a certificate date.",
                "A certificate only where mediation was asked for or considered.",
                "Correct the type of service, or clear the certificate date.",
                table.name,
                row.number,
                table.header("certificate_date"),
            )


def _is_resolution(row: TableRow) -> bool:
    kind = row.values.get("service_type")
    return kind == "DR" or (kind is None and row.values.get("outcome") == "DR_HELD")


@rule(
    "V14",
    Level.MUST_FIX,
    "A mediation meeting that was held has its date, and it is past",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=SEND,
)
def held_meeting_dated(checking: Checking) -> Iterable[Finding]:
    """Yield every mediation meeting that was held and has no date, and every held meeting that lies ahead.

    That a certificate issued after mediation is not older than its meeting belongs to the order of dates.
    """
    table, today = checking.found[Sheet.CASES], checking.known.today
    for row in checking.kept(table):
        outcome, day = row.values.get("outcome"), row.values.get("meeting_date")
        what = HELD.get(str(outcome))
        if what is None or "meeting_date" in row.faulty:
            continue
        if day is None and outcome == "MED_HELD":
            found = f"The outcome says that the {what} was held, and its date is blank."
        elif isinstance(day, date) and day > today:
            found = (
                f"The outcome says that the {what} was held, and its date is {write_day(day)}, after today."
            )
        else:
            continue
        yield Finding(
            found,
            "The day on which the meeting was held.",
            "Enter the date, or correct the outcome.",
            table.name,
            row.number,
            table.header("meeting_date", "Meeting date"),
        )


@rule(
    "V14",
    Level.CONFIRM,
    "A family that changed its mind had no meeting",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=SEND,
)
def meeting_before_change_of_mind(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases with a meeting in which the family changed its mind, such as after an adjournment."""
    table = checking.found[Sheet.CASES]
    rows = [
        row.number
        for row in checking.kept(table)
        if row.values.get("outcome") in CHANGED and isinstance(row.values.get("meeting_date"), date)
    ]
    yield from confirmed(
        table,
        "meeting_date",
        rows,
        "The family changed its mind, and there is a meeting date ({rows}).",
        "No meeting date, or a meeting that was planned or adjourned before the family changed its mind.",
    )


@rule(
    "V14",
    Level.CONFIRM,
    "A mediation meeting belongs to a case of mediation",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=SEND,
)
def mediation_in_mediation(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases of disagreement resolution in which a mediation meeting was held: they have no deadline."""
    table = checking.found[Sheet.CASES]
    yield from confirmed(
        table,
        "outcome",
        [
            row.number
            for row in checking.kept(table)
            if row.values.get("service_type") == "DR" and row.values.get("outcome") == "MED_HELD"
        ],
        "The case is one of disagreement resolution, and the outcome says that a mediation meeting was held ({rows}).",
        "A type of service and an outcome that go together.",
        "Correct one of the two, or confirm: as disagreement resolution it counts in no figure of the 30 days.",
        fields=("service_type", "outcome"),
    )


@rule(
    "V06",
    Level.CONFIRM,
    "A case ends on or after the day of its meeting",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=SEND,
)
def ends_after_meeting(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases whose meeting was held on a day after the case had ended; one that lies ahead has a rule of its own."""
    table, today = checking.found[Sheet.CASES], checking.known.today
    rows = []
    for row in checking.kept(table):
        meeting, ended = row.values.get("meeting_date"), row.values.get("outcome_date")
        held = str(row.values.get("outcome")) in HELD
        if held and isinstance(meeting, date) and isinstance(ended, date) and ended < meeting <= today:
            rows.append(row.number)
    yield from confirmed(
        table,
        "meeting_date",
        rows,
        "The meeting that was held is dated after the outcome of the case ({rows}).",
        "A meeting on or before the outcome date.",
        fields=("meeting_date", "outcome_date"),
    )


@rule(
    "V16",
    Level.CONFIRM,
    "A case about Section I alone needs no certificate",
    stage=Stage.ROWS,
    needs=(Sheet.CASES,),
    services=SEND,
)
def section_i_without_certificate(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases about the named school alone that have a certificate."""
    table = checking.found[Sheet.CASES]
    rows = [
        row.number
        for row in checking.kept(table)
        if row.values.get("reason") == SECTION_I and isinstance(row.values.get("certificate_date"), date)
    ]
    yield from confirmed(
        table,
        "certificate_date",
        rows,
        "The case is only about the named school or institution (Section I), and there is a certificate ({rows}).",
        "No certificate is needed to appeal about Section I alone.",
        "Correct the reason or the certificate, or confirm that a certificate was issued all the same.",
    )
