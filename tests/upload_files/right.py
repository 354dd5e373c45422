"""What the right return of each service holds: by sheet and column, one value a row; other columns are blank."""

from __future__ import annotations

from datetime import date
from typing import Any

Columns = dict[str, list[Any]]


def day(month: int, number: int) -> date:
    """A day of 2018, the year of every right return."""
    return date(2018, month, number)


COMPLAINTS: Columns = {
    "complaint_ref": ["K-1"],
    "received_date": [day(5, 2)],
    "subject_code": ["Delay"],
    "complaint_outcome": ["Upheld"],
    "closed_date": [day(5, 20)],
}
STAFF: Columns = {
    "role_ref": ["P-1", "P-2"],
    "role": ["Mentor", "Manager"],
    "fte": [1, "50%"],
    "in_post_from": [date(2017, 4, 1), date(2017, 9, 1)],
    "llw_relevant": ["Y", "N"],
    "hourly_rate_meets_llw": ["Y", None],
    "accredited": ["Y", "DK"],
}
"""Complaints and staff are the same in every service."""


def answers(case_ref: str, respondent: str) -> Columns:
    """One person's answer to the general question."""
    return {
        "response_ref": ["R-1"],
        "case_ref": [case_ref],
        "date_received": [day(6, 8)],
        "respondent_type": [respondent],
        "question_code": ["Overall, how satisfied are you?"],
        "answer_code": [5],
    }


MENTORING: dict[str, Columns] = {
    "Cases": {
        "case_ref": ["TB-001", "TB-002", "TB-003"],
        "area": ["Basildon", "Harlow", "UNK"],
        "referral_date": [day(4, 3), day(4, 9), day(6, 20)],
        "entered_date": [day(4, 3), day(4, 12), day(6, 25)],
        "referral_route": ["Self-referral into service", "LA", "Other service"],
        "accepted": ["Y", "Yes", "Y"],
        "first_contact_date": [day(4, 4), day(4, 12), None],
        "initial_visit_date": [day(4, 10), day(4, 20), None],
        "sex": ["Female", "M", None],
        "age_band": ["18-24", "25-34", None],
        "adults_n": [1, 2, None],
        "risk_at_assessment": ["Future risk", "Homeless", None],
        "assessment_date": [day(4, 10), day(4, 20), None],
        "vulnerabilities": ["Mental health; Young person", "NONE", "DK"],
        "mentor_ref": ["M1", "M2", "M1"],
        "hearing_date": [None, day(5, 1), None],
        "outcome": ["Prevented", "Withdrawn", "Live"],
        "outcome_date": [day(5, 30), day(6, 1), None],
    },
    "Activities": {
        "activity_ref": ["A-1", "A-2"],
        "case_ref": ["TB-001", "TB-002"],
        "activity_date": [day(4, 12), day(4, 22)],
        "activity_type": ["Mediation", "Information/Advice"],
        "is_admin": ["N", "N"],
        "minutes": [45, 20],
    },
    "Satisfaction": answers("TB-001", "Household helped"),
    "Complaints": COMPLAINTS,
    "Staff": STAFF,
}

SEND: dict[str, Columns] = {
    "Cases": {
        "case_ref": ["S-1", "S-2", "S-3", "S-4"],
        "service_type": ["Mediation", "Mediation", "DR", "MED"],
        "area": ["Basildon", "Harlow", "Harlow", "UNK"],
        "referral_date": [day(4, 3), day(4, 9), day(4, 20), day(6, 25)],
        "entered_date": [day(4, 3), day(4, 9), day(4, 20), day(6, 25)],
        "accepted": ["Y", "Y", "Y", "Y"],
        "sex": ["Male", "Female", "Male", None],
        "applicant_type": ["Parent or carer", "Parent or carer", "Young person", None],
        "reason": ["Contents; Section F", "Refusal to assess", "DR", "Section I only"],
        "adviser_contact_date": [day(4, 3), day(4, 9), None, day(6, 25)],
        "family_request_date": [day(4, 4), None, None, day(6, 26)],
        "la_informed_date": [day(4, 5), None, None, day(6, 27)],
        "meeting_arranged_date": [day(4, 10), None, day(4, 25), day(6, 28)],
        "meeting_date": [day(5, 2), None, day(5, 10), day(7, 20)],
        "meeting_mode": ["Online", None, "In person", None],
        "mediation_started_date": [day(5, 2), None, None, None],
        "mediation_end_date": [day(5, 2), None, None, None],
        "family_decision_date": [None, day(4, 16), None, None],
        "certificate_date": [day(5, 4), day(4, 18), None, None],
        "certificate_type": ["MEDIATED", "Certificate without mediation", None, None],
        "cyp_views": ["Y", None, "N", None],
        "cyp_views_reason": [None, None, "Declined", None],
        "meeting_result": ["FULL", None, "PART", None],
        "agreement_due": [day(8, 20), None, None, None],
        "outcome": ["Mediation held", "CHANGED_CERT", "DR_HELD", "OPEN"],
        "outcome_date": [day(5, 4), day(4, 18), day(5, 10), None],
    },
    "Agreements": {
        "agreement_ref": ["G-1", "G-2"],
        "case_ref": ["S-1", "s-1 "],
        "action_type": ["Other issues", "FINAL_PLAN"],
        "agreement_date": [day(5, 2), day(5, 2)],
        "action_due": [day(5, 16), day(8, 20)],
        "action_done": [day(5, 15), None],
        "timescale_agreed_in_writing": ["N", "Y"],
    },
    "Satisfaction": {
        "response_ref": ["R-1", "R-1", "R-2", "R-2"],
        "case_ref": ["S-1", "S-1", None, None],
        "date_received": [day(5, 20), day(5, 20), day(6, 1), day(6, 1)],
        "respondent_type": ["Parent", "Parent", "Council", "Council"],
        "question_code": ["Q1", "How useful was the mediation?", "Question 1", "q2"],
        "answer_code": ["Strongly agree", 4, 3, "Not applicable"],
    },
    "Complaints": COMPLAINTS,
    "Staff": STAFF,
}

HOUSING: dict[str, Columns] = {
    "Cases": {
        "case_ref": ["H-1", "H-2", "H-3", "H-4"],
        "service_type": ["A", "B", "A", "B"],
        "area": ["Basildon", "Basildon", "UNK", "Basildon"],
        "consent_date": [day(4, 2), day(4, 9), day(4, 10), None],
        "referral_date": [day(4, 3), day(4, 9), day(4, 20), day(6, 25)],
        "entered_date": [day(4, 3), day(4, 9), day(4, 20), day(6, 25)],
        "accepted": ["Y", "Y", "Y", None],
        "case_opened_date": [day(4, 4), day(4, 10), day(4, 21), None],
        "first_contact_date": [day(4, 6), day(4, 12), day(4, 25), None],
        "initial_visit_date": [day(4, 10), day(4, 20), day(4, 30), None],
        "noise_related": ["Y", "N", "Y", "DK"],
        "good_neighbour_agreement": ["N", "Y", "N", None],
        "case_report_date": [day(6, 2), day(6, 4), day(6, 6), None],
        "outcome": ["Satisfied", "GNA", "ENFORCE", "Open"],
        "outcome_date": [day(6, 1), day(6, 4), day(6, 6), None],
    },
    "Satisfaction": answers("H-1", "Complainant"),
    "Complaints": COMPLAINTS,
    "Staff": STAFF,
}

HOMELESSNESS: dict[str, Columns] = {
    "Cases": {
        "case_ref": ["X-1", "X-2"],
        "service_type": ["FAMILY", "EVICTION"],
        "area": ["Harlow", "Basildon"],
        "referral_date": [day(4, 3), day(6, 9)],
        "entered_date": [day(4, 3), day(6, 9)],
        "accepted": ["Y", "Y"],
        "adults_n": [1, 2],
        "dependent_children_n": [0, 1],
        "mediation_offer_date": [day(4, 4), day(6, 10)],
        "mediation_started_date": [day(4, 20), None],
        "mediation_end_date": [day(4, 30), None],
        "mediation_agreement": ["Y", None],
        "hearing_date": [None, day(7, 20)],
        "outcome": ["RETURNED_HOME", "OPEN"],
        "outcome_date": [day(5, 2), None],
    },
    "Satisfaction": answers("X-1", "Household helped"),
    "Complaints": COMPLAINTS,
    "Staff": STAFF,
}

SUPPLEMENT: dict[str, Columns] = {
    "Supplement": {
        "provider": ["Example provider D", "provider-d"],
        "case_ref": ["S-1", "S-2"],
        "decision_notice_date": [day(3, 20), day(3, 22)],
        "la_decision_maker": ["Y", None],
        "agreement_done": ["Y", None],
        "appeal_registered": ["N", "DK"],
    },
}

RIGHT: dict[str, tuple[str, str, dict[str, Columns]]] = {
    "mentoring": ("mentoring", "provider-a", MENTORING),
    "send": ("send", "provider-d", SEND),
    "housing": ("housing", "provider-e", HOUSING),
    "homelessness": ("homelessness", "provider-f", HOMELESSNESS),
    "supplement": ("send", "council", SUPPLEMENT),
}
"""Each kind of return: its service, its sender and its sheets."""
