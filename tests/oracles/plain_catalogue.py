"""Measures of the catalogue again, beside those of `plain_formulas`: the SEND meeting, agreed actions, case reports, early mediation."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping

from tests.builders import SOUTH
from tests.oracles.plain_answers import (
    IN,
    NOT_IN,
    OUTSIDE,
    SERVICES,
    UNSURE,
    State,
    Test,
    asked,
    ended,
    in_time,
    is_due,
    outcome_in,
    question,
)
from tests.oracles.plain_rows import Row

REPORT_DAYS = {SOUTH: 10}
"""How long the contracts of the builders give for the case report; the others give no time."""

mediated = outcome_in("MED_HELD")
met_at_all = outcome_in("MED_HELD", "DR_HELD")


def _agreed(row: Row) -> str:
    if not mediated(row) or row.get("meeting_result") == "ADJ":
        return OUTSIDE
    if row.get("meeting_result") in ("NA", "REF", "LC"):
        return UNSURE
    return question(row, "meeting_result", lambda code: code in ("FULL", "PART"))


def _with_parent(row: Row) -> bool:
    return mediated(row) and row.get("applicant_type") == "PARENT"


def _not_declined(row: Row) -> bool:
    declined = row.get("met_mediator_reason") == "DECLINED" and row.get("met_mediator_before") != "Y"
    return mediated(row) and not declined


def _about_the_school(row: Row) -> bool:
    return met_at_all(row) and "SECI" in (row.get("reason") or ())


def _school(row: Row) -> str:
    answer = row.get("school_involved")
    unfitting = row.get("school_involved_reason") == "NOT_APPROPRIATE" and answer != "Y"
    if not _about_the_school(row) or answer == "NA" or unfitting:
        return OUTSIDE
    return UNSURE if answer in ("REF", "LC") else question(row, "school_involved", lambda code: code == "Y")


def _undone(name: str, among: Test) -> Test:
    return lambda row: among(row) and row.get(name) in ("N", "NA")


def _report(row: Row) -> str:
    """Where the contract gives days, a case waits for the last of them, with its report or without."""
    allowed, closed = REPORT_DAYS.get(row["provider"]), row.get("outcome_date")
    waits = allowed is not None and not (closed and (row["as_at"] - closed).days >= allowed)
    if not ended(row) or waits:
        return OUTSIDE
    if not row.get("case_report_date"):
        return NOT_IN
    return IN if allowed is None or row["days_to_report"] <= allowed else NOT_IN


def _early(row: Row) -> str:
    offered, assessed = row.get("mediation_offer_date"), row.get("homelessness_assessment_date")
    if not (offered and assessed):
        return OUTSIDE
    return IN if offered < assessed else NOT_IN


def _entered_late(row: Row) -> str:
    referred, entered = row.get("referral_date"), row.get("entered_date")
    if not (referred and entered):
        return OUTSIDE
    return IN if (entered.year, entered.month) > (referred.year, referred.month) else NOT_IN


def _within_six_weeks(row: Row) -> str:
    days = row["days_to_meeting"]
    if days is None or not met_at_all(row):
        return OUTSIDE
    return IN if days <= 42 else NOT_IN


_CONCLUDED = ("RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT", "NO_AGREEMENT")

MORE_COUNTS: Mapping[str, Mapping[str, tuple[str, Test]]] = {
    "early_mediation_not_known": {
        "homelessness": (
            "referral_date",
            lambda row: not (row.get("mediation_offer_date") and row.get("homelessness_assessment_date")),
        )
    },
}
MORE_SHARES: Mapping[str, Mapping[str, tuple[str, State]]] = {
    "entered_late": dict.fromkeys(SERVICES, ("referral_date", _entered_late)),
    "agreement_reached": {"send": ("outcome_date", _agreed)},
    "agreement_kept": {"send": ("due_action", in_time("action_done", "action"))},
    "cyp_views_obtained": {"send": ("outcome_date", asked("cyp_views", "Y", _with_parent))},
    "met_mediator_before": {"send": ("outcome_date", asked("met_mediator_before", "Y", _not_declined))},
    "school_involved": {"send": ("outcome_date", _school)},
    "meeting_within_six_weeks": {"send": ("outcome_date", _within_six_weeks)},
    "appeal_after_mediation": {
        "send": (
            "due_appeal_after_mediation",
            asked(
                "appeal_registered",
                "Y",
                lambda row: mediated(row) and is_due(row, "appeal_after_mediation"),
            ),
        )
    },
    "case_report_sent": {"housing": ("outcome_date", _report)},
    "early_mediation": {"homelessness": ("referral_date", _early)},
}
MORE_SPLITS: Mapping[str, Mapping[str, tuple[str, str, Test, tuple[str, ...]]]] = {
    "cyp_views_reasons": {
        "send": ("outcome_date", "cyp_views_reason", _undone("cyp_views", _with_parent), ())
    },
    "met_mediator_reasons": {
        "send": ("outcome_date", "met_mediator_reason", _undone("met_mediator_before", mediated), ())
    },
    "school_involved_reasons": {
        "send": ("outcome_date", "school_involved_reason", _undone("school_involved", _about_the_school), ())
    },
    "mediation_outcomes": {
        "homelessness": (
            "outcome_date",
            "outcome",
            outcome_in(*_CONCLUDED),
            ("NOT_STARTED", "WITHDRAWN", "OPEN"),
        )
    },
}
MORE_SPREADS: Mapping[str, tuple[str, Callable[[Row], int | None], Test, str]] = {
    "days_to_meeting": ("outcome_date", lambda row: row["days_to_meeting"], met_at_all, ""),
}
MORE_AVERAGES: Mapping[str, tuple[str, Callable[[list[int]], float]]] = {
    "median_days_to_meeting": ("days_to_meeting", statistics.median),
    "mean_days_to_meeting": ("days_to_meeting", statistics.mean),
}
MORE_TABLES = {"agreement_kept": "agreements"}
SEND_ONLY = (*MORE_SPREADS, *MORE_AVERAGES)
