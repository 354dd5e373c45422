"""Every measure of every service again, written from its definition: who is met, who is in the base, who is missing.

Each table is by measure, then by service.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tests.oracles.plain_answers import (
    IN,
    NOT_IN,
    OUTSIDE,
    SERVICES,
    TOOK_BACK,
    UNSURE,
    State,
    Test,
    any_help,
    asked,
    by_then,
    direct_help,
    ended,
    everyone,
    filled,
    good,
    in_time,
    is_due,
    kinds,
    not_dr,
    of,
    outcome_in,
    question,
    relief,
)
from tests.oracles.plain_catalogue import (
    MORE_AVERAGES,
    MORE_COUNTS,
    MORE_SHARES,
    MORE_SPLITS,
    MORE_SPREADS,
    MORE_TABLES,
    SEND_ONLY,
)
from tests.oracles.plain_records import OF_POSTS, RECORDS
from tests.oracles.plain_rows import Row


def _of_those_who_stayed(row: Row) -> str:
    return OUTSIDE if row.get("outcome") == "WITHDRAWN" else of(ended, good)(row)


def _several_kinds(row: Row) -> str:
    found = question(row, "vulnerabilities", lambda codes: len(set(codes) - {"NONE"}) > 1)
    return OUTSIDE if found in (IN, NOT_IN) and kinds(row) is None else found


def _own_home(row: Row) -> str:
    if not good(row):
        return OUTSIDE
    if row.get("tenancy_outcome") in ("UNKNOWN", "LC"):
        return UNSURE
    return question(row, "tenancy_outcome", lambda code: code == "OWN_HOME")


def still_wanted(row: Row) -> bool:
    """Due, and neither taken back nor settled before; with no day of that, nobody can say and the request is left out."""
    if not (not_dr(row) and is_due(row, "mediation")):
        return False
    day = row.get("outcome_date")
    return row.get("outcome") not in TOOK_BACK or bool(day and day >= row["due_mediation"])


def _arranged(row: Row) -> bool:
    return bool(row.get("meeting_arranged_date")) and by_then(row, "meeting_date", "mediation")


def _held(row: Row) -> bool:
    met = row.get("outcome") == "MED_HELD" and by_then(row, "meeting_date", "mediation")
    return met or by_then(row, "mediation_started_date", "mediation")


def _mediated(row: Row) -> bool:
    return not_dr(row) and row.get("certificate_type") not in ("NOT_MEDIATED", "DEEMED")


def _needs_certificate(row: Row) -> bool:
    return not_dr(row) and row.get("reason") != ("SECI",)


def _satisfied(row: Row) -> str:
    if row.get("answer_code") in ("NA", "REF", "LC"):
        return UNSURE
    return question(row, "answer_code", lambda code: code in ("A5", "A4", "U5", "U4"))


def _upheld(row: Row) -> str:
    return {"UPHELD": IN, "PART": IN, "NOT": NOT_IN}.get(row.get("complaint_outcome") or "", OUTSIDE)


def _started_and_ended(row: Row) -> bool:
    return bool(row.get("mediation_started_date")) and ended(row)


def _for(services: Iterable[str], one: Any) -> Mapping[str, Any]:
    return dict.fromkeys(services, one)


COUNTS: Mapping[str, Mapping[str, tuple[str, Test]]] = {
    "referrals": _for(SERVICES, ("referral_date", everyone)),
    "closed_cases": _for(SERVICES, ("referral_date", ended)),
    "complaints": _for(SERVICES, ("received_date", everyone)),
    "completed_cases": {"mentoring": ("referral_date", ended)},
    "prevented_of_referred": {"mentoring": ("referral_date", good)},
    "preventions": {"mentoring": ("outcome_date", good)},
    "held": {"send": ("referral_date", outcome_in("DR_HELD", "MED_HELD"))},
    "resolved_or_held": {"send": ("referral_date", good)},
    "accepted_cases": {"housing": ("referral_date", lambda row: row.get("accepted") != "N")},
    "expected_of_referred": {"housing": ("referral_date", good)},
    "escalations": {"housing": ("escalated_on", filled("escalated_on"))},
    "mediation_started": {"homelessness": ("referral_date", filled("mediation_started_date"))},
    "mediation_concluded": {
        "homelessness": ("referral_date", lambda row: good(row) or row.get("outcome") == "NO_AGREEMENT")
    },
    "agreement_of_referred": {"homelessness": ("referral_date", good)},
} | MORE_COUNTS
SHARES: Mapping[str, Mapping[str, tuple[str, State]]] = {
    "satisfaction_positive": _for(SERVICES, ("date_received", _satisfied)),
    "complaints_upheld": _for(SERVICES, ("received_date", _upheld)),
    "prevention_rate": {"mentoring": ("outcome_date", of(ended, good))},
    "prevention_rate_excluding_withdrawn": {"mentoring": ("outcome_date", _of_those_who_stayed)},
    "identified_early": {"mentoring": ("referral_date", asked("risk_at_assessment", "FUTURE"))},
    "multiple_vulnerabilities": {"mentoring": ("referral_date", _several_kinds)},
    "repeat_rate": {"mentoring": ("referral_date", asked("repeat_case", "Y"))},
    "stayed_in_own_home": {"mentoring": ("outcome_date", _own_home)},
    "resolved_or_held_rate": {"send": ("outcome_date", of(ended, good))},
    "change_of_mind": {"send": ("outcome_date", of(ended, outcome_in("CHANGED", "CHANGED_CERT")))},
    "resolved_before_mediation": {"send": ("outcome_date", of(ended, outcome_in("RESOLVED_PRE")))},
    "la_declined": {"send": ("outcome_date", of(ended, outcome_in("LA_DECLINED")))},
    "la_decision_maker_present": {
        "send": ("outcome_date", asked("la_decision_maker", "Y", outcome_in("MED_HELD")))
    },
    "mediation_arranged_in_time": {"send": ("due_mediation", of(still_wanted, _arranged))},
    "mediation_held_in_time": {"send": ("due_mediation", of(still_wanted, _held))},
    "certificate_after_mediation": {
        "send": (
            "due_certificate_after_mediation",
            in_time("certificate_date", "certificate_after_mediation", _mediated),
        )
    },
    "certificate_without_mediation": {
        "send": (
            "due_certificate_without_mediation",
            in_time("certificate_date", "certificate_without_mediation", _needs_certificate),
        )
    },
    "certificate_not_arranged": {
        "send": (
            "due_certificate_not_arranged",
            in_time("certificate_date", "certificate_not_arranged", not_dr),
        )
    },
    "contact_made": {"housing": ("referral_date", of(everyone, filled("first_contact_date")))},
    "visit_made": {"housing": ("referral_date", of(everyone, filled("initial_visit_date")))},
    "session_held": {"housing": ("referral_date", of(everyone, filled("mediation_started_date")))},
    "initial_contact_in_time": {
        "housing": ("due_initial_contact", in_time("first_contact_date", "initial_contact"))
    },
    "initial_visit_in_time": {
        "housing": ("due_initial_visit", in_time("initial_visit_date", "initial_visit"))
    },
    "expected_outcome": {"housing": ("outcome_date", of(filled("outcome_date"), good))},
    "multi_agency": {
        "housing": (
            "due_multi_agency",
            asked("multi_agency_3m", "Y", lambda row: is_due(row, "multi_agency")),
        )
    },
    "reopened": {"housing": ("due_reopening", in_time("reopened_date", "reopening", ended))},
    "mediation_effective": {
        "homelessness": ("outcome_date", asked("mediation_agreement", "Y", _started_and_ended))
    },
} | MORE_SHARES


def _split(
    name: str, when: str = "referral_date", among: Test = everyone, left_out: tuple[str, ...] = ()
) -> Any:
    return when, name, among, left_out


SPLITS: Mapping[str, Mapping[str, tuple[str, str, Test, tuple[str, ...]]]] = {
    "outcomes": {
        service: _split("outcome", among=ended, left_out=("LIVE",) if service == "mentoring" else ("OPEN",))
        for service in SERVICES
    },
    "reasons": {
        "mentoring": _split("risk_at_assessment"),
        "send": _split("reason"),
        "housing": _split("service_type"),
        "homelessness": _split("loss_reason"),
    },
    "sex": _for(SERVICES, _split("sex")),
    "age_band": _for(SERVICES, _split("age_band")),
    "ethnicity": _for(SERVICES, _split("ethnicity")),
    "routes": _for(("mentoring", "homelessness"), _split("referral_route")),
    "accommodation": {"homelessness": _split("accommodation_at_application")},
    "needs": {"send": _split("sen_need")},
    "applicant_type": {"send": _split("applicant_type")},
    "escalation_reasons": {"housing": _split("escalation_reason", "escalated_on", filled("escalated_on"))},
    "meeting_mode": {"send": _split("meeting_mode", "outcome_date", outcome_in("DR_HELD", "MED_HELD"))},
    "housing_status": {"mentoring": _split("housing_status")},
    "vulnerabilities": {"mentoring": _split("vulnerabilities")},
    "primary_vulnerability": {"mentoring": _split("primary_vulnerability")},
    "tenancy_outcomes": {"mentoring": _split("tenancy_outcome", "outcome_date", good, ("UNKNOWN", "LC"))},
    "activity_mix": {"mentoring": _split("activity_type", "activity_date", direct_help, ("ADMIN", "RELIEF"))},
    "activity_mix_with_administrative": {
        "mentoring": _split("activity_type", "activity_date", any_help, ("RELIEF",))
    },
} | MORE_SPLITS
SPREADS: Mapping[str, tuple[str, Callable[[Row], int | None], Test, str]] = {
    "number_of_vulnerabilities": ("referral_date", kinds, everyone, "vulnerabilities"),
    "adults": ("referral_date", lambda row: row.get("adults_n"), everyone, ""),
    "dependent_children": ("referral_date", lambda row: row.get("dependent_children_n"), everyone, ""),
    "days_of_support": ("outcome_date", lambda row: row["days_of_support"], ended, ""),
    "days_to_outcome": ("outcome_date", lambda row: row["days_to_outcome"], ended, ""),
    "entry_delay": ("referral_date", lambda row: row["delay"], everyone, ""),
} | MORE_SPREADS
PER_CASE: Mapping[str, Test] = {"activities_per_case": direct_help, "relief_activities_per_case": relief}
AVERAGES: Mapping[str, tuple[str, Callable[[list[int]], float]]] = {
    "mean_vulnerabilities": ("number_of_vulnerabilities", statistics.mean),
    "mean_days_of_support": ("days_of_support", statistics.mean),
    "median_days_of_support": ("days_of_support", statistics.median),
    "median_days_to_outcome": ("days_to_outcome", statistics.median),
    "median_entry_delay": ("entry_delay", statistics.median),
    "mean_activities_per_case": ("activities_per_case", statistics.mean),
} | MORE_AVERAGES
IN_EVERY_SERVICE = ("entry_delay", "median_entry_delay")
OF_HOUSEHOLDS = ("adults", "dependent_children")
OUTSIDE_MENTORING = ("days_to_outcome", "median_days_to_outcome")
STOCKS = ("live_cases", *OF_POSTS)
TABLES = dict.fromkeys(
    ("activity_mix", "activity_mix_with_administrative", *PER_CASE, "mean_activities_per_case"), "activities"
) | {
    "satisfaction_positive": "answers",
    "complaints": "complaints",
    "complaints_upheld": "complaints",
}
TABLES |= MORE_TABLES
"""The rows that a measure is about, where they are not cases."""


def _known() -> set[tuple[str, str]]:
    found = {(key, service) for table in (COUNTS, SHARES, SPLITS) for key in table for service in table[key]}
    for key in (*SPREADS, *PER_CASE, *AVERAGES):
        if key in SEND_ONLY:
            found.add((key, "send"))
            continue
        mentoring = () if key in OUTSIDE_MENTORING else ("mentoring",)
        others: Sequence[str] = SERVICES if key in (*IN_EVERY_SERVICE, *OUTSIDE_MENTORING) else ()
        others = ("homelessness",) if key in OF_HOUSEHOLDS else others
        found |= {(key, s) for s in (*mentoring, *(s for s in others if s != "mentoring"))}
    found |= {(key, service) for key, (services, _) in RECORDS.items() for service in services}
    return found | {("live_cases", service) for service in SERVICES}


KNOWN = _known()
"""Measure and service of everything that can be counted plainly."""
