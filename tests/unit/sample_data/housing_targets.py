"""The five targets of the housing specification, counted in plain loops from the example rows as sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from domain.clocks import add_months
from sample_data.housing.sending import sendings
from tests.unit.sample_data import sent as plain
from tests.unit.sample_data.sent import Row, quarter

SENT = sendings()
PROVIDER_KEYS = ("housing-a", "housing-b")
ROWS = {p: list(plain.latest(s for s in SENT if s.provider == p).values()) for p in PROVIDER_KEYS}
AS_AT = {p: max(s.period.end for s in SENT if s.provider == p) for p in PROVIDER_KEYS}
EXPECTED = {"SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE"}

Cohort = Iterator[tuple[Row, date, bool]]
"""A case, the day by which it belongs to a quarter, and whether it is met."""


def first_contact(rows: list[Row]) -> Cohort:
    for row in rows:
        due = plain.two_weeks(row)
        yield row, due, "first_contact_date" in row and row["first_contact_date"] <= due


def first_visit(rows: list[Row]) -> Cohort:
    for row in rows:
        due = plain.two_weeks(row)
        yield row, due, "initial_visit_date" in row and row["initial_visit_date"] <= due


def expected_outcome(rows: list[Row]) -> Cohort:
    for row in rows:
        if "outcome_date" in row:
            yield row, row["outcome_date"], row["outcome"] in EXPECTED


def multi_agency(rows: list[Row]) -> Cohort:
    for row in rows:
        if "case_opened_date" in row:
            yield row, add_months(row["case_opened_date"], 3), row.get("multi_agency_3m") == "Y"


def reopened(rows: list[Row]) -> Cohort:
    for row in rows:
        if "outcome_date" in row:
            due = add_months(row["outcome_date"], 12)
            yield row, due, "reopened_date" in row and row["reopened_date"] <= due


def counts(
    provider: str, cohort: Callable[[list[Row]], Cohort], *by: str
) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for row, day, met in cohort(ROWS[provider]):
        if day <= AS_AT[provider]:
            count = found.setdefault((quarter(day), *(row[key] for key in by)), [0, 0])
            count[0] += met
            count[1] += 1
    return found


KPIS = {
    "HM1": (first_contact, ">=", "1", "0.95"),
    "HM2": (first_visit, ">=", "1", "0.95"),
    "HM3": (expected_outcome, ">=", "0.90", "0.85"),
    "HM4": (multi_agency, "<", "0.10", "0.125"),
    "HM5": (reopened, "<=", "0.05", "0.07"),
}


def statuses(kpi: str, provider: str) -> list[str]:
    cohort, operator, target, edge = KPIS[kpi]
    found = counts(provider, cohort)
    sent = [s.period.key for s in SENT if s.provider == provider]
    return [plain.colour(*found.get((key,), [0, 0]), operator, target, edge) for key in sent]
