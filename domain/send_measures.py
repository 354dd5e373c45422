"""The measures of SEND mediation: how families' requests end, and the statutory times."""

from __future__ import annotations

from functools import partial
from typing import Any

from domain import measure_kinds as kinds
from domain.measure_kinds import Better, Measure

NORFOLK = "Norfolk MDR needs assessment 2025-2028"
_REGULATIONS = "SEND Regulations 2014 (SI 2014/1530)"
_WANTS_NO_MORE = ("CHANGED", "CHANGED_CERT", "RESOLVED_PRE", "SUPPORT_ONLY")
_CHANGED = ("CHANGED", "CHANGED_CERT")
_HELD = ("DR_HELD", "MED_HELD")
_NO_MEDIATION = ("NOT_MEDIATED", "DEEMED")
_STANDS_NOTE = (
    "A request that the family took back, or that was settled, before its day was due is left out: nobody was late. "
    "The raw figure keeps cases with an agreed exception; the adjusted one beside it leaves those that missed out."
)

Count = partial(kinds.Count, services=("send",))
Share = partial(kinds.Share, services=("send",))
Split = partial(kinds.Split, services=("send",))


def _mediation(c: Any) -> Any:
    """Disagreement resolution has no clock and no certificate."""
    return c.service_type.is_(None) | (c.service_type != "DR")


def _due_and_wanted(c: Any) -> Any:
    """The 30 days have run out, and the family still wanted mediation then."""
    ended_before = c.outcome_date < c.due.mediation
    wanted = c.outcome.is_(None) | ~c.outcome.in_(_WANTS_NO_MORE) | ~ended_before
    return (c.due.mediation <= c.as_at) & wanted


SEND_MEASURES: tuple[Measure, ...] = (
    Split(
        key="reasons",
        label="Reasons for mediation",
        field="reason",
        unit="referrals",
        source=f"{NORFOLK}, Reasons for Mediation",
        note="A referral may have several reasons, so the shares may add up to more than 100%.",
    ),
    Split(key="needs", label="Main need", field="sen_need", source=f"{NORFOLK}, Main SEND"),
    Split(
        key="applicant_type",
        label="Who asked for mediation",
        field="applicant_type",
        source="Children and Families Act 2014",
    ),
    Split(
        key="meeting_mode",
        label="How meetings were held",
        field="meeting_mode",
        among=lambda c: c.outcome.in_(_HELD),
        unit="meetings",
        when="outcome_date",
        source=f"{NORFOLK}, Service User Voice",
    ),
    Count(
        key="held",
        label="Referrals with a meeting held",
        among=lambda c: c.outcome.in_(_HELD),
        source=f"{NORFOLK}, Outcomes of referrals",
    ),
    Count(
        key="resolved_or_held",
        label="Referrals resolved before mediation or with a meeting held",
        among=lambda c: c.outcome.in_((*_HELD, "RESOLVED_PRE")),
        source=f"{NORFOLK}, Outcomes of referrals",
    ),
    Share(
        key="resolved_or_held_rate",
        label="Resolved before mediation or meeting held",
        met=lambda c: c.outcome.in_((*_HELD, "RESOLVED_PRE")),
        base=lambda c: c.ended == "Y",
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{NORFOLK}, Outcomes of referrals",
    ),
    Share(
        key="change_of_mind",
        label="Families who changed their mind",
        met=lambda c: c.outcome.in_(_CHANGED),
        base=lambda c: c.ended == "Y",
        when="outcome_date",
        better=Better.LOWER,
        source=f"{NORFOLK}, Outcomes of referrals",
        note="With and without a certificate together.",
    ),
    Share(
        key="resolved_before_mediation",
        label="Resolved before mediation",
        met=lambda c: c.outcome == "RESOLVED_PRE",
        base=lambda c: c.ended == "Y",
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{NORFOLK}, Outcomes of referrals",
    ),
    Share(
        key="la_declined",
        label="Council declined mediation",
        met=lambda c: c.outcome == "LA_DECLINED",
        base=lambda c: c.ended == "Y",
        when="outcome_date",
        better=Better.LOWER,
        source="Children and Families Act 2014, section 54",
    ),
    Share(
        key="la_decision_maker_present",
        label="Council's decision-maker at the meeting",
        met=lambda c: c.la_decision_maker == "Y",
        base=lambda c: c.outcome == "MED_HELD",
        among=lambda c: c.outcome == "MED_HELD",
        asks="la_decision_maker",
        unit="meetings",
        when="outcome_date",
        better=Better.HIGHER,
        source="SEND mediation factsheet 3, Attendance",
    ),
    Share(
        key="mediation_arranged_in_time",
        label="Mediation arranged within 30 days",
        met=lambda c: c.meeting_arranged_date.is_not(None) & (c.meeting_date <= c.due.mediation),
        base=_due_and_wanted,
        among=_mediation,
        unit="requests",
        when="due.mediation",
        better=Better.HIGHER,
        source=_REGULATIONS,
        note=_STANDS_NOTE,
    ),
    Share(
        key="mediation_held_in_time",
        label="Mediation held within 30 days",
        met=lambda c: (
            ((c.outcome == "MED_HELD") & (c.meeting_date <= c.due.mediation))
            | (c.mediation_started_date <= c.due.mediation)
        ),
        base=_due_and_wanted,
        among=_mediation,
        unit="requests",
        when="due.mediation",
        better=Better.HIGHER,
        source=_REGULATIONS,
        note=f"{_STANDS_NOTE} A mediation that began in time counts, whether or not the referral has ended.",
    ),
    Share(
        key="certificate_after_mediation",
        label="Certificate within 3 working days of the mediation",
        met=lambda c: c.certificate_date <= c.due.certificate_after_mediation,
        base=lambda c: c.due.certificate_after_mediation <= c.as_at,
        among=lambda c: (
            _mediation(c) & (c.certificate_type.is_(None) | ~c.certificate_type.in_(_NO_MEDIATION))
        ),
        unit="mediations",
        when="due.certificate_after_mediation",
        better=Better.HIGHER,
        source="SEND mediation factsheet 3, DRS v mediation table",
    ),
    Share(
        key="certificate_without_mediation",
        label="Certificate within 3 working days of choosing not to mediate",
        met=lambda c: c.certificate_date <= c.due.certificate_without_mediation,
        base=lambda c: c.due.certificate_without_mediation <= c.as_at,
        among=lambda c: _mediation(c) & (c.reason.is_(None) | (c.reason != "SECI")),
        unit="requests",
        when="due.certificate_without_mediation",
        better=Better.HIGHER,
        source=f"{_REGULATIONS}, regulation 34",
        note="An appeal about the named school alone needs no certificate and is left out.",
    ),
    Share(
        key="certificate_not_arranged",
        label="Certificate within 3 working days where the council could not arrange mediation",
        met=lambda c: c.certificate_date <= c.due.certificate_not_arranged,
        base=lambda c: c.due.certificate_not_arranged <= c.as_at,
        among=_mediation,
        unit="requests",
        when="due.certificate_not_arranged",
        better=Better.HIGHER,
        source=f"{_REGULATIONS}, as read by IPSEA",
    ),
)
