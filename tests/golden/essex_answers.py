"""The mentoring example returns counted again in plain Python: no database, no measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from domain.periods import month_end, month_of, write_month
from domain.published import PublishedCheck
from domain.verification import Answer, AnswerRow
from tests.golden.sent_returns import Row, SentReturn

FINAL = ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")
SPLITS = {
    "outcomes": "outcome",
    "reasons": "risk_at_assessment",
    "routes": "referral_route",
    "housing_status": "housing_status",
    "primary_vulnerability": "primary_vulnerability",
    "sex": "sex",
    "age_band": "age_band",
    "ethnicity": "ethnicity",
    "tenancy_outcomes": "tenancy_outcome",
}
NOT_IN_BASE = {"outcomes": ("LIVE",), "tenancy_outcomes": ("UNKNOWN", "LC")}
SPREADS = {"adults": "adults_n", "dependent_children": "dependent_children_n", "days_of_support": "days"}


def union(returns: Iterable[SentReturn]) -> tuple[dict[str, Row], list[Row]]:
    """The latest row of every case, and all activities, each with its case's row."""
    cases: dict[str, Row] = {}
    activities: list[Row] = []
    for sent in sorted(returns, key=lambda r: r.period):
        cases |= {row["case_ref"]: row for row in sent.cases}
        activities += sent.activities
    for row in cases.values():
        began, ended = row.get("assessment_date"), row.get("outcome_date")
        row["days"] = (ended - began).days if began and ended else None
    return cases, [{**row, "case": cases[row["case_ref"]]} for row in activities]


def answering(returns: Iterable[SentReturn]) -> Callable[[PublishedCheck], Answer]:
    """A function that answers checks from the rows."""
    cases, activities = union(returns)

    def answer(check: PublishedCheck) -> Answer:
        chosen = [row for row in cases.values() if _wanted(row, check)]
        rows = _rows(check, chosen, activities)
        over = _count(check.over, list(cases.values())) if check.over else None
        return Answer(tuple(rows), over)

    return answer


def _wanted(row: Row, check: PublishedCheck) -> bool:
    answers: dict[str, list[str]] = {}
    for field, value in check.where:
        answers.setdefault(field, []).append(value)
    if any(str(row.get(field, "")) not in values for field, values in answers.items()):
        return False
    month = month_of(row["referral_date"]) if row.get("referral_date") else None
    timed = check.first_month is not None or check.last_month is not None
    return not timed or (
        month is not None and (check.first_month or 0) <= month <= (check.last_month or 999999)
    )


def _count(measure: str, rows: list[Row]) -> int:
    match measure:
        case "referrals":
            return len(rows)
        case "completed_cases":
            return sum(row.get("outcome") in FINAL for row in rows)
        case "preventions":
            return sum(row.get("outcome") == "PREVENTED" for row in rows)
    raise ValueError(measure)


def _spread(values: Iterable[Any]) -> list[AnswerRow]:
    found = Counter(value for value in values if value is not None)
    return [AnswerRow(str(value), n, found.total()) for value, n in sorted(found.items())]


def _mean(values: Iterable[Any]) -> list[AnswerRow]:
    known = [value for value in values if value is not None]
    return [AnswerRow("", 0, len(known), Fraction(sum(known), len(known)))]


def _share(met: int, base: int, key: str = "") -> AnswerRow:
    return AnswerRow(key, met, base)


def _helping(activities: list[Row]) -> list[Row]:
    return [
        row
        for row in activities
        if row["case"].get("outcome") == "PREVENTED"
        and row["activity_type"] not in ("ADMIN", "RELIEF")
        and row.get("is_admin") != "Y"
    ]


def _rows(check: PublishedCheck, cases: list[Row], activities: list[Row]) -> list[AnswerRow]:
    measure = check.measure
    kinds = [row["vulnerabilities"] for row in cases if row.get("vulnerabilities")]
    numbers = [sum(code != "NONE" for code in codes) for codes in kinds]
    per_case = Counter(row["case_ref"] for row in _helping(activities)).values()
    if measure in SPLITS:
        of = [row for row in cases if measure != "tenancy_outcomes" or row.get("outcome") == "PREVENTED"]
        values = [row.get(SPLITS[measure]) for row in of]
        return _spread(None if v in NOT_IN_BASE.get(measure, ()) else v for v in values)
    if measure in SPREADS:
        return _spread(row.get(SPREADS[measure]) for row in cases)
    match measure:
        case "referrals" if check.by == "month":
            return _spread(
                write_month(month_of(r["referral_date"])) if r.get("referral_date") else "" for r in cases
            )
        case "referrals" if check.by:
            return _spread(row.get(check.by) for row in cases)
        case "referrals" | "completed_cases":
            return [_share(_count(measure, cases), _count(measure, cases))]
        case "live_cases":
            assert check.at is not None
            last = month_end(check.at)
            return [_share(sum(not r.get("outcome_date") or r["outcome_date"] > last for r in cases), 0)]
        case "repeat_rate":
            return [_share(sum(row["repeat_case"] == "Y" for row in cases), len(cases))]
        case "prevention_rate":
            areas = sorted({row["area"] for row in cases})
            split = {area: [row for row in cases if row["area"] == area] for area in areas}
            return [
                _share(_count("preventions", r), _count("completed_cases", r), a) for a, r in split.items()
            ]
        case "vulnerabilities":
            found = Counter(code for codes in kinds for code in codes)
            return [_share(n, len(kinds), code) for code, n in found.items()]
        case "multiple_vulnerabilities":
            return [_share(sum(n > 1 for n in numbers), len(numbers))]
        case "mean_vulnerabilities":
            return _mean(numbers)
        case "stayed_in_own_home":
            known = [row.get("tenancy_outcome") for row in cases if row.get("outcome") == "PREVENTED"]
            known = [home for home in known if home not in (None, "UNKNOWN", "LC")]
            return [_share(known.count("OWN_HOME"), len(known))]
        case "mean_days_of_support":
            return _mean(row["days"] for row in cases)
        case "activity_mix":
            return _spread(row["activity_type"] for row in _helping(activities))
        case "activities_per_case":
            return _spread(per_case)
        case "mean_activities_per_case":
            return _mean(per_case)
        case "relief_activities_per_case":
            relief = [row for row in activities if row["activity_type"] == "RELIEF"]
            return _spread(
                Counter(r["case_ref"] for r in relief if r["case"].get("outcome") in FINAL).values()
            )
    raise ValueError(measure)
