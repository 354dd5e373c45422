"""The measures of SEND mediation about the meeting itself and what came of it: who was heard, what was agreed, whether it was kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from domain import measure_kinds as kinds
from domain.measure_kinds import Better, Measure, Statistic, Table

_VOICE = "Norfolk MDR needs assessment 2025-2028, Service User Voice"
_RECOMMENDED = "Norfolk MDR needs assessment 2025-2028, recommendations"
_FACTSHEET = "SEND mediation factsheet 3, benefits of mediation"
_HELD = ("DR_HELD", "MED_HELD")
_AGREED = ("FULL", "PART")
_NOT_DONE = ("N", "NA")
"""Not done, or said not to apply: both may have a reason beside them."""
_NO_RESULT = ("NA", "REF", "LC")
WEEKS_SIX = 42

Share = partial(kinds.Share, services=("send",), unit="meetings", when="outcome_date")
Split = partial(kinds.Split, services=("send",), unit="meetings", when="outcome_date")
Average = partial(kinds.Average, services=("send",), unit="days", when="outcome_date", source=_FACTSHEET)


def _mediated(c: Any) -> Any:
    return c.outcome == "MED_HELD"


def _with_parent(c: Any) -> Any:
    """Of a young person who is the party, it is not asked whether the young person was heard."""
    return _mediated(c) & (c.applicant_type == "PARENT")


def _offer_not_declined(c: Any) -> Any:
    """Whoever met the mediator declined no offer, whatever reason stands beside it."""
    other = c.met_mediator_reason.is_(None) | (c.met_mediator_reason != "DECLINED")
    return other | (c.met_mediator_before == "Y")


def _about_the_school(c: Any) -> Any:
    return c.outcome.in_(_HELD) & c.has("reason", "SECI")


def _school_fitting(c: Any) -> Any:
    """Not where it was not appropriate that a school took part, said by the answer or by the reason beside it."""
    other = c.school_involved_reason.is_(None) | (c.school_involved_reason != "NOT_APPROPRIATE")
    asked = c.school_involved.is_(None) | (c.school_involved != "NA")
    return asked & (other | (c.school_involved == "Y"))


_DAYS_TO_MEETING = kinds.Spread(
    key="days_to_meeting",
    label="Days from referral to meeting",
    value="days_to_meeting",
    among=lambda c: c.outcome.in_(_HELD),
    unit="meetings",
    when="outcome_date",
    services=("send",),
    source=_FACTSHEET,
    note="Meetings of mediation and of disagreement resolution that were held.",
)

SEND_MEETING_MEASURES: tuple[Measure, ...] = (
    Share(
        key="agreement_reached",
        label="Agreement reached, on all issues or some",
        met=lambda c: c.meeting_result.in_(_AGREED),
        base=_mediated,
        among=lambda c: _mediated(c) & (c.meeting_result.is_(None) | (c.meeting_result != "ADJ")),
        asks="meeting_result",
        unknown=_NO_RESULT,
        better=Better.HIGHER,
        source=_FACTSHEET,
        note="Mediation meetings that were adjourned are left out: they go on another day.",
    ),
    Share(
        key="agreement_kept",
        label="Agreed actions that the council did in time",
        table=Table.AGREEMENTS,
        met=lambda c: c.action_done <= c.due.action,
        base=lambda c: c.due.action <= c.as_at,
        unit="agreed actions",
        when="due.action",
        better=Better.HIGHER,
        source="SEND Regulations 2014 (SI 2014/1530), regulations 42 and 44; SEND mediation factsheet 3, Did you know 2",
        note="The last day is the one agreed in writing, else the one that the regulations give from the day of the agreement, else the "
        "one that was given.",
    ),
    Share(
        key="cyp_views_obtained",
        label="Views of the child or young person obtained",
        met=lambda c: c.cyp_views == "Y",
        base=_with_parent,
        among=_with_parent,
        asks="cyp_views",
        better=Better.HIGHER,
        source=f"{_RECOMMENDED}; Children and Families Act 2014, section 56(1)(e)",
        note="Mediation meetings with a parent as the party. Whatever the reason, a child who was not heard stays in the base. "
        "A meeting of which nobody recorded who the party is, is left out.",
    ),
    Split(
        key="cyp_views_reasons",
        label="Why the views were not obtained",
        field="cyp_views_reason",
        among=lambda c: _with_parent(c) & c.cyp_views.in_(_NOT_DONE),
        source=_RECOMMENDED,
    ),
    Share(
        key="met_mediator_before",
        label="Family met the mediator before the session",
        met=lambda c: c.met_mediator_before == "Y",
        base=_mediated,
        among=lambda c: _mediated(c) & _offer_not_declined(c),
        asks="met_mediator_before",
        better=Better.HIGHER,
        source=_RECOMMENDED,
        note="A family that declined the offer is left out, and shown among the reasons.",
    ),
    Split(
        key="met_mediator_reasons",
        label="Why the family did not meet the mediator",
        field="met_mediator_reason",
        among=lambda c: _mediated(c) & c.met_mediator_before.in_(_NOT_DONE),
        source=_RECOMMENDED,
    ),
    Share(
        key="school_involved",
        label="Schools that cannot meet the need and took part",
        met=lambda c: c.school_involved == "Y",
        base=_about_the_school,
        among=lambda c: _about_the_school(c) & _school_fitting(c),
        asks="school_involved",
        unknown=("REF", "LC"),
        better=Better.HIGHER,
        source=_VOICE,
        note="Meetings about the named school in which one said that it cannot meet the need; where it was not appropriate that it took "
        "part, the meeting is left out.",
    ),
    Split(
        key="school_involved_reasons",
        label="Why no school took part",
        field="school_involved_reason",
        among=lambda c: _about_the_school(c) & c.school_involved.in_(_NOT_DONE),
        source=_VOICE,
    ),
    _DAYS_TO_MEETING,
    Average(
        key="median_days_to_meeting",
        label="Median days from referral to meeting",
        spread=_DAYS_TO_MEETING,
        statistic=Statistic.MEDIAN,
        better=Better.LOWER,
    ),
    Average(
        key="mean_days_to_meeting",
        label="Mean days from referral to meeting",
        spread=_DAYS_TO_MEETING,
        statistic=Statistic.MEAN,
        better=Better.LOWER,
    ),
    Share(
        key="meeting_within_six_weeks",
        label="Meeting within six weeks of the referral",
        met=lambda c: c.days_to_meeting <= WEEKS_SIX,
        base=lambda c: c.days_to_meeting.is_not(None),
        among=lambda c: c.outcome.in_(_HELD),
        better=Better.HIGHER,
        source=_FACTSHEET,
        note="Within 42 days; meetings held without both days are left out.",
    ),
    Share(
        key="appeal_after_mediation",
        label="Appeal registered after mediation",
        met=lambda c: c.appeal_registered == "Y",
        base=lambda c: _mediated(c) & (c.due.appeal_after_mediation <= c.as_at),
        among=lambda c: _mediated(c) & (c.due.appeal_after_mediation <= c.as_at),
        asks="appeal_registered",
        unit="mediations",
        when="due.appeal_after_mediation",
        better=Better.LOWER,
        source="DfE SEN2 measure (LG Inform metric 4864); not in the source documents",
        note="Mediation meetings held two months before: later ones may still be followed by an appeal.",
    ),
)
