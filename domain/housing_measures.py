"""The measures of housing mediation: the four targets of the specification, and the steps on the way."""

from __future__ import annotations

from functools import partial

from domain import measure_kinds as kinds
from domain.measure_kinds import Better, Measure
from domain.services import HOUSING

SPECIFICATION = "Housing mediation services specification (Appendix A)"

Count = partial(kinds.Count, services=("housing",), source=SPECIFICATION)
Share = partial(kinds.Share, services=("housing",))
Split = partial(kinds.Split, services=("housing",))

HOUSING_MEASURES: tuple[Measure, ...] = (
    Split(key="reasons", label="Service A or B", field="service_type", source=f"{SPECIFICATION}, 1.1"),
    Count(
        key="accepted_cases",
        label="Cases accepted",
        among=lambda c: c.accepted.is_(None) | (c.accepted != "N"),
        note="Counted against the cases that the fixed price includes; a case of which nothing is said counts as accepted.",
    ),
    Count(
        key="expected_of_referred",
        label="Referred cases closed with an expected outcome",
        among=lambda c: c.outcome.in_(HOUSING.good),
    ),
    Share(
        key="contact_made",
        label="First contact made",
        met=lambda c: c.first_contact_date.is_not(None),
        base=lambda c: c.case_ref.is_not(None),
        source=f"{SPECIFICATION}, 7.1",
    ),
    Share(
        key="visit_made",
        label="First visit made",
        met=lambda c: c.initial_visit_date.is_not(None),
        base=lambda c: c.case_ref.is_not(None),
        source=f"{SPECIFICATION}, 10.5",
    ),
    Share(
        key="session_held",
        label="Mediation session held",
        met=lambda c: c.mediation_started_date.is_not(None),
        base=lambda c: c.case_ref.is_not(None),
        source=f"{SPECIFICATION}, 3.1",
    ),
    Share(
        key="initial_contact_in_time",
        label="First contact within two weeks",
        met=lambda c: c.first_contact_date <= c.due.initial_contact,
        base=lambda c: c.due.initial_contact <= c.as_at,
        unit="referrals",
        when="due.initial_contact",
        better=Better.HIGHER,
        source=f"{SPECIFICATION}, 7.1",
    ),
    Share(
        key="initial_visit_in_time",
        label="First visit within two weeks",
        met=lambda c: c.initial_visit_date <= c.due.initial_visit,
        base=lambda c: c.due.initial_visit <= c.as_at,
        unit="referrals",
        when="due.initial_visit",
        better=Better.HIGHER,
        source=f"{SPECIFICATION}, 10.5(1)",
    ),
    Share(
        key="expected_outcome",
        label="Closed with an expected outcome",
        met=lambda c: c.outcome.in_(HOUSING.good),
        base=lambda c: c.outcome_date.is_not(None),
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{SPECIFICATION}, 3.1, 10.5(2)",
        note="Closing for lack of evidence counts as expected: look at the four outcomes apart.",
    ),
    Share(
        key="multi_agency",
        label="Other agencies still needed after three months",
        met=lambda c: c.multi_agency_3m == "Y",
        base=lambda c: c.due.multi_agency <= c.as_at,
        among=lambda c: c.due.multi_agency <= c.as_at,
        asks="multi_agency_3m",
        when="due.multi_agency",
        better=Better.LOWER,
        source=f"{SPECIFICATION}, 10.5(3)",
    ),
    Share(
        key="reopened",
        label="Reopened within twelve months of closing",
        met=lambda c: c.reopened_date <= c.due.reopening,
        base=lambda c: c.due.reopening <= c.as_at,
        among=lambda c: c.ended == "Y",
        unit="closed cases",
        when="due.reopening",
        better=Better.LOWER,
        source=f"{SPECIFICATION}, 10.5(4)",
        note="Cases closed twelve months before: younger closures may still be reopened.",
    ),
    Share(
        key="case_report_sent",
        label="Case report sent at closure",
        met=lambda c: (
            c.case_report_date.is_not(None)
            & (c.case_report_days_allowed.is_(None) | (c.days_to_case_report <= c.case_report_days_allowed))
        ),
        base=lambda c: (
            (c.ended == "Y")
            # A report that is early waits for its day too: only those that are in would make every young closure a good one.
            & (c.case_report_days_allowed.is_(None) | (c.outcome_date <= c.case_report_settled_by))
        ),
        unit="closed cases",
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{SPECIFICATION}, 3.2, 10.2",
        note="The specification gives no time limit. Where the contract gives days, a report must come within them, and a closed case "
        "counts when they have run out, with its report or without; elsewhere every closed case counts at once.",
    ),
    Count(
        key="escalations",
        label="Cases escalated to the council",
        among=lambda c: c.escalated_on.is_not(None),
        when="escalated_on",
        source=f"{SPECIFICATION}, 10.3",
    ),
    Split(
        key="escalation_reasons",
        label="Reasons for escalation",
        field="escalation_reason",
        among=lambda c: c.escalated_on.is_not(None),
        when="escalated_on",
        source=f"{SPECIFICATION}, 10.3",
    ),
)
