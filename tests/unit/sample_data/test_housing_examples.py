"""The housing examples: what the brief to their makers promises, counted again in plain loops from the rows as sent."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from domain.clocks import add_months
from domain.fields import Sheet
from domain.periods import write_month
from sample_data.housing.cases import example_cases
from sample_data.housing.sending import NEVER_SENT, sendings
from sample_data.housing.settings import AREAS, CONTRACTS, INCLUDED_CASES, LAST_DAY, PROVIDERS
from tests.unit.sample_data import sent as plain
from tests.unit.sample_data.housing_targets import (
    EXPECTED,
    KPIS,
    PROVIDER_KEYS,
    ROWS,
    SENT,
    counts,
    first_contact,
    statuses,
)
from tests.unit.sample_data.sent import quarter

STATUSES = {
    ("HM1", "housing-a"): "amber green amber red amber green green amber",
    ("HM1", "housing-b"): "red red amber amber green green amber",
    ("HM2", "housing-a"): "red amber amber red amber amber green amber",
    ("HM2", "housing-b"): "red red red amber amber green amber",
    ("HM3", "housing-a"): "green green amber red amber green green green",
    ("HM3", "housing-b"): "amber red red amber green green amber",
    ("HM4", "housing-a"): "not-due green green amber red amber green green",
    ("HM4", "housing-b"): "not-due red amber green green green green",
    ("HM5", "housing-a"): "not-due not-due not-due not-due green amber red green",
    ("HM5", "housing-b"): "not-due not-due not-due not-due red green amber",
}


@pytest.mark.parametrize(("kpi", "provider"), STATUSES)
def test_a_kpi_has_the_statuses_over_the_quarters_that_were_planned(kpi: str, provider: str) -> None:
    assert statuses(kpi, provider) == [word.replace("-", " ") for word in STATUSES[kpi, provider].split()]


@pytest.mark.parametrize("kpi", KPIS)
def test_every_kpi_is_green_and_amber_and_red_somewhere(kpi: str) -> None:
    assert {word for p in PROVIDER_KEYS for word in statuses(kpi, p)} >= {"green", "amber", "red"}


def test_only_the_last_return_of_the_second_provider_never_came() -> None:
    wanted = {(c.provider, p.key) for c in CONTRACTS for p in c.expected_periods(LAST_DAY)}
    came = {(s.provider, s.period.key) for s in SENT}
    assert len(wanted) == 16
    assert wanted - came == NEVER_SENT == {("housing-b", "2025-01..2025-03")}
    assert came < wanted


@pytest.mark.parametrize("provider", PROVIDER_KEYS)
def test_at_least_sixty_cases_close_in_every_quarter_from_the_second_on(provider: str) -> None:
    closed = Counter(quarter(row["outcome_date"]) for row in ROWS[provider] if "outcome_date" in row)
    sent = [s.period.key for s in SENT if s.provider == provider]
    assert sorted(closed) == sent
    assert all(closed[key] >= 60 for key in sent[1:]), closed
    assert 0 < closed[sent[0]] < 60


@pytest.mark.parametrize("provider", PROVIDER_KEYS)
def test_referrals_peak_in_summer_and_at_christmas(provider: str) -> None:
    cases = [case for case in example_cases() if case.provider == provider]
    months = Counter(write_month(case.referral.year * 100 + case.referral.month) for case in cases)
    peaks = {key for key in months if key[-2:] in ("06", "07", "08", "12", "01")}
    assert len(months) == 24
    for year in ("2023-04", "2024-04"):
        within = [key for key in months if year <= key < f"{int(year[:4]) + 1}-04"]
        assert min(months[k] for k in within if k in peaks) > max(months[k] for k in within if k not in peaks)


def test_noise_makes_the_summer_peak() -> None:
    summer, other = Counter[str](), Counter[str]()
    for case in example_cases():
        (summer if case.referral.month in (6, 7, 8) else other)[case.kind] += 1
    assert summer["A"] / summer.total() > 0.55 > 0.5 > other["A"] / other.total()


def test_a_ward_has_fewer_than_ten_cases_due_in_some_quarters_and_more_in_others() -> None:
    bases = [base for p in PROVIDER_KEYS for _, base in counts(p, first_contact, "area").values()]
    assert sum(base < 10 for base in bases) >= 5
    assert sum(base >= 20 for base in bases) >= 10
    assert {row["area"] for rows in ROWS.values() for row in rows} == {area.key for area in AREAS}


def test_the_first_provider_uses_more_cases_than_its_price_includes_before_the_year_ends() -> None:
    for provider, over in (("housing-a", True), ("housing-b", False)):
        accepted = sorted(
            row["referral_date"]
            for row in ROWS[provider]
            if row.get("accepted") == "Y" and row["referral_date"] < date(2024, 4, 1)
        )
        included = INCLUDED_CASES[provider]
        assert (len(accepted) > included) is over, (provider, len(accepted))
        if over:
            assert accepted[included] < date(2024, 3, 15)


def test_prices_stay_blank_because_no_source_gives_one() -> None:
    assert {(c.fixed_price, c.price_per_extra) for c in CONTRACTS} == {(None, None)}
    assert all(c.example for c in CONTRACTS)
    assert all(p.example for p in PROVIDERS)


def test_each_outcome_has_a_share_that_can_be_seen() -> None:
    for rows in ROWS.values():
        outcomes = Counter(row["outcome"] for row in rows if "outcome_date" in row)
        assert set(outcomes) == {*EXPECTED, "OTHER", "WITHDRAWN"}
        for outcome in ("ENFORCE", "NO_EVIDENCE"):
            assert 0.08 <= outcomes[outcome] / outcomes.total() <= 0.25


def test_cases_are_reopened_within_twelve_months_and_after() -> None:
    again = [row for rows in ROWS.values() for row in rows if "reopened_date" in row]
    late = [row for row in again if row["reopened_date"] > add_months(row["outcome_date"], 12)]
    assert len(again) - len(late) >= 15
    assert len(late) >= 2
    assert all(row["reopened_date"] > row["outcome_date"] for row in again)


def test_what_an_outcome_needs_stands_beside_it_in_every_return() -> None:
    for sending in SENT:
        for row in plain.rows(sending):
            if row["outcome"] == "GNA":
                assert row["good_neighbour_agreement"] == "Y"
            if row["outcome"] == "ENFORCE":
                assert row["case_report_date"] <= row["outcome_date"]
            assert (row["outcome"] == "OPEN") == ("outcome_date" not in row)


def test_a_satisfied_case_comes_with_a_satisfied_answer_of_a_party() -> None:
    for sending in SENT:
        content = {
            row["case_ref"]
            for row in plain.rows(sending, Sheet.SATISFACTION)
            if row["answer_code"] in ("A4", "A5") and row["respondent_type"] in ("RESIDENT_A", "RESIDENT_B")
            if "case_ref" in row
        }
        for row in plain.rows(sending):
            if row["outcome"] == "SATISFIED" and plain.in_period(row["outcome_date"], sending.period):
                assert row["case_ref"] in content


def test_dates_of_a_case_are_in_order() -> None:
    for row in (row for rows in ROWS.values() for row in rows):
        assert plain.in_order(
            row, "consent_date", "referral_date", "acknowledged_date", "case_opened_date"
        ), row
        assert plain.in_order(row, "referral_date", "entered_date", "outcome_date", "reopened_date"), row
        steps = ("first_contact_date", "initial_visit_date", "mediation_started_date", "mediation_end_date")
        assert plain.in_order(row, "referral_date", *steps, "outcome_date"), row
        assert plain.in_order(row, "case_opened_date", "escalated_on", "outcome_date"), row
        assert row["referral_date"] >= CONTRACTS[0].start


def test_a_return_holds_what_was_known_and_nothing_twice_without_reason() -> None:
    assert [late for sending in SENT for late in plain.late_days(sending)] == []
    assert plain.sent_without_reason(SENT) == []
    assert plain.vanished(SENT) == []


def test_every_column_and_answer_is_one_of_the_service() -> None:
    assert [wrong for sending in SENT for wrong in plain.wrong_answers(sending)] == []


def test_a_case_not_accepted_says_why_and_has_no_opening() -> None:
    refused = [row for rows in ROWS.values() for row in rows if row.get("accepted") == "N"]
    assert len(refused) >= 8
    assert all("not_accepted_reason" in row and "case_opened_date" not in row for row in refused)
    assert all("consent_date" in row for row in refused if row["not_accepted_reason"] != "NO_CONSENT")


def test_the_cover_counts_what_the_sheets_hold() -> None:
    for sending in SENT:
        sheets = {"cases_n": Sheet.CASES, "answers_n": Sheet.SATISFACTION, "complaints_n": Sheet.COMPLAINTS}
        for key, sheet in sheets.items():
            assert sending.cover[key] == len(sending.sheets[sheet])
        assert len(sending.sheets[Sheet.SATISFACTION]) <= sending.cover["surveys_sent"]  # type: ignore[operator]


def test_complaints_stay_open_until_they_are_decided() -> None:
    complaints = plain.latest(SENT, Sheet.COMPLAINTS, "complaint_ref")
    decided = Counter(row["complaint_outcome"] for row in complaints.values())
    assert {"UPHELD", "PART", "NOT", "OPEN"} <= set(decided)
    assert all(
        (row["complaint_outcome"] == "OPEN") == ("closed_date" not in row) for row in complaints.values()
    )


def test_the_living_wage_is_paid_to_all_only_from_the_second_year_of_one_provider_on() -> None:
    for sending in SENT:
        paid = {
            r["hourly_rate_meets_llw"] for r in plain.rows(sending, Sheet.STAFF) if r["llw_relevant"] == "Y"
        }
        short = sending.provider == "housing-b" and sending.period.start < date(2024, 4, 1)
        assert paid == ({"Y", "N"} if short else {"Y"})


def test_the_cases_are_the_same_when_they_are_made_again() -> None:
    first = sendings()
    example_cases.cache_clear()
    assert sendings() == first
