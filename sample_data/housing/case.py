"""One housing case while it is being put together, and the story that its provider tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.clocks import add_months
from domain.periods import Period, month_of, quarter_of
from domain.returns import Value
from sample_data.story import Story

EXPECTED = ("SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE")


@dataclass(slots=True, eq=False)
class Case:
    """A case from its referral to its end, however late that is; returns hold what had happened by their last day.

    Parameters
    ----------
    kind : 'A' (noise) or 'B'. closed : the day it ends. refused : why it was not accepted; blank when it was.
    described : what was known from the first day on, by field key.
    """

    provider: str
    area: str
    kind: str
    referral: date
    entered: date
    consent: date | None
    acknowledged: date
    opened: date | None
    contact: date | None
    visit: date | None
    closed: date
    ref: str = ""
    refused: str = ""
    outcome: str = ""
    session: tuple[date, date] | None = None
    witness: bool = False
    agencies: bool = False
    agreement_signed: bool = False
    report: date | None = None
    reopened: date | None = None
    escalated: tuple[date, str] | None = None
    described: dict[str, Value] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """From referral to its end."""
        return (self.closed - self.referral).days

    @property
    def contact_quarter(self) -> Period:
        """The quarter of the fourteenth day after referral."""
        return quarter_of(month_of(self.referral + timedelta(14)))

    @property
    def closing_quarter(self) -> Period:
        """The quarter in which it ends."""
        return quarter_of(month_of(self.closed))

    @property
    def agencies_due(self) -> date | None:
        """The day three months after opening."""
        return add_months(self.opened, 3) if self.opened else None


def story_of(case: Case) -> Story:
    """Give the case as its provider comes to know it."""
    story = Story(case.entered, case.closed)
    told: dict[str, Value] = {
        "case_ref": case.ref,
        "area": case.area,
        "service_type": case.kind,
        "noise_related": "Y" if case.kind == "A" else "N",
        "outcome": "OPEN",
        **case.described,
    }
    for key, value in told.items():
        story.tell(key, value)
    days = {
        "referral_date": case.referral,
        "entered_date": case.entered,
        "consent_date": case.consent,
        "acknowledged_date": case.acknowledged,
        "case_opened_date": case.opened,
        "first_contact_date": case.contact,
        "initial_visit_date": case.visit,
        "case_report_date": case.report,
        "outcome_date": case.closed,
        "reopened_date": case.reopened,
    }
    for key, day in days.items():
        story.tell(key, day)
    _tell_what_follows(story, case)
    return story


def _tell_what_follows(story: Story, case: Case) -> None:
    decided = case.opened or case.closed
    story.tell("accepted", "N" if case.refused else "Y", since=decided)
    if case.refused:
        story.tell("not_accepted_reason", case.refused, since=decided)
    story.tell("outcome", case.outcome, since=case.closed)
    if case.session:
        story.tell("mediation_started_date", case.session[0])
        story.tell("mediation_end_date", case.session[1])
    if case.kind == "A" and not case.refused:
        story.tell("witness_used", "Y" if case.witness else "N", since=case.visit or case.closed)
    if not case.refused:
        story.tell("good_neighbour_agreement", "Y" if case.agreement_signed else "N", since=case.closed)
    if case.agencies_due:
        story.tell("multi_agency_3m", "Y" if case.agencies else "N", since=case.agencies_due)
    if case.escalated:
        story.tell("escalated_on", case.escalated[0])
        story.tell("escalation_reason", case.escalated[1], since=case.escalated[0])
