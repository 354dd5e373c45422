"""The homelessness mediation examples, counted again in plain loops from the rows as sent."""

from __future__ import annotations

from collections import Counter

import pytest

from domain.fields import Sheet
from sample_data.homelessness.cases import example_cases
from sample_data.homelessness.sending import sendings
from sample_data.homelessness.settings import AREAS, CONTRACTS, LAST_DAY, PROVIDERS
from tests.unit.sample_data import sent as plain
from tests.unit.sample_data.sent import quarter

SENT = sendings()
ROWS = list(plain.latest(SENT).values())
ENDED = [row for row in ROWS if "outcome_date" in row]
AGREED = {"RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT"}
QUARTERS = [sending.period.key for sending in SENT]


def test_there_is_a_return_for_every_expected_quarter() -> None:
    assert [s.period for s in SENT] == list(CONTRACTS[0].expected_periods(LAST_DAY))
    assert len(SENT) == 8
    assert CONTRACTS[0].example
    assert PROVIDERS[0].example


@pytest.mark.parametrize("key", QUARTERS)
def test_twenty_five_to_forty_cases_are_referred_in_a_quarter(key: str) -> None:
    assert 25 <= sum(quarter(case.referral) == key for case in example_cases()) <= 40


@pytest.mark.parametrize("key", QUARTERS)
def test_about_four_in_five_mediations_that_ended_had_an_agreement(key: str) -> None:
    started = [
        row for row in ENDED if quarter(row["outcome_date"]) == key and "mediation_started_date" in row
    ]
    agreed = sum(row["mediation_agreement"] == "Y" for row in started)
    assert len(started) >= 10
    assert 0.75 <= agreed / len(started) <= 0.85


def test_every_outcome_and_every_kind_of_case_is_there() -> None:
    assert set(Counter(row["outcome"] for row in ROWS)) == {
        *AGREED, "NO_AGREEMENT", "NOT_STARTED", "WITHDRAWN", "OPEN",
    }  # fmt: skip
    assert {row["service_type"] for row in ROWS} == {"FAMILY", "EVICTION", "NEIGHBOUR"}
    assert {row["area"] for row in ROWS} == {area.key for area in AREAS}


def test_agreement_and_managed_move_say_what_the_outcome_says() -> None:
    for row in ENDED:
        started = "mediation_started_date" in row
        assert row.get("mediation_agreement") == (
            ("Y" if row["outcome"] in AGREED else "N") if started else None
        )
        move = {"PLANNED_MOVE": "Y", "RETURNED_HOME": "N", "OTHER_AGREEMENT": "N"}.get(row["outcome"])
        assert row.get("managed_move") == move
        assert started or row["outcome"] in ("NOT_STARTED", "WITHDRAWN")
        assert row["outcome"] != "NOT_STARTED" or not started


def test_only_family_cases_return_home_and_the_reason_for_loss_fits_the_kind() -> None:
    for row in ROWS:
        assert (row["loss_reason"] in ("A2_09", "A2_10")) == (row["service_type"] == "FAMILY")
        assert row["outcome"] != "RETURNED_HOME" or row["service_type"] == "FAMILY"
        if row["loss_reason"] == "A2_09":
            assert row["accommodation_at_application"] in ("A4_10", "A4_11")
        assert row.get("hearing_date") is None or row["service_type"] == "EVICTION"


def test_how_the_duty_ended_fits_how_the_case_ended() -> None:
    ended = [row for row in ROWS if "duty_end_date" in row]
    assert len(ended) > 150
    for row in ended:
        reason, activity = row["prevention_end_reason"], row["prevention_activity"]
        if row["outcome"] == "PLANNED_MOVE":
            assert reason == "P1_03"
        elif row["outcome"] in AGREED:
            assert (reason, activity) == ("P1_02", "P3_05" if row["service_type"] == "FAMILY" else "P3_06")
        else:
            assert activity not in ("P3_05", "P3_06")
            assert reason != "P1_02"
        if reason == "P1_10":
            assert (row["duty_end_date"] - row["duty_owed_date"]).days >= 56
    for row in ROWS:
        assert "duty_end_date" in row or not {"prevention_activity", "prevention_end_reason"} & set(row)


def test_mediation_is_offered_before_the_assessment_in_most_cases_and_after_it_in_some() -> None:
    known = [r for r in ROWS if "mediation_offer_date" in r and "homelessness_assessment_date" in r]
    early = sum(r["mediation_offer_date"] < r["homelessness_assessment_date"] for r in known)
    assert 0.65 <= early / len(known) <= 0.9


def test_dates_of_a_case_are_in_order() -> None:
    for row in ROWS:
        mediation = ("mediation_offer_date", "mediation_started_date", "mediation_end_date", "outcome_date")
        assert plain.in_order(row, "referral_date", *mediation), row
        duty = ("homelessness_assessment_date", "duty_owed_date", "duty_end_date")
        assert plain.in_order(row, "referral_date", *duty), row
        assert plain.in_order(row, "referral_date", "entered_date", "outcome_date"), row
        assert plain.in_order(row, "homelessness_assessment_date", "outcome_date"), row
        assert plain.in_order(row, "referral_date", "hearing_date"), row
        assert row["referral_date"] >= CONTRACTS[0].start


def test_a_return_holds_what_was_known_and_nothing_twice_without_reason() -> None:
    assert [late for sending in SENT for late in plain.late_days(sending)] == []
    assert plain.sent_without_reason(SENT) == []
    assert plain.vanished(SENT) == []
    for row in ROWS:
        assert (row["outcome"] == "OPEN") == ("outcome_date" not in row)


def test_every_column_and_answer_is_one_of_the_service() -> None:
    assert [wrong for sending in SENT for wrong in plain.wrong_answers(sending)] == []


def test_only_clients_answer_and_the_cover_counts_what_the_sheets_hold() -> None:
    for sending in SENT:
        sheets = {"cases_n": Sheet.CASES, "answers_n": Sheet.SATISFACTION, "complaints_n": Sheet.COMPLAINTS}
        for key, sheet in sheets.items():
            assert sending.cover[key] == len(sending.sheets[sheet])
        answers = plain.rows(sending, Sheet.SATISFACTION)
        assert {row["respondent_type"] for row in answers} == {"CLIENT"}
        assert len(answers) <= sending.cover["surveys_sent"]  # type: ignore[operator]


def test_the_cases_are_the_same_when_they_are_made_again() -> None:
    first = sendings()
    example_cases.cache_clear()
    assert sendings() == first
