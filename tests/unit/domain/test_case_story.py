"""The deadlines of one case: both starts with the one that counts, open and past due apart, and the limit for an appeal."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.case_story import CaseClock, State, appeal_limit, clocks_of_actions, clocks_of_case
from domain.settings import COUNCIL_INFORMED, Contract

CONTRACT = Contract("c", "send", "north", date(2025, 1, 1))
ASKED: dict[str, Any] = {"family_request_date": date(2025, 7, 1), "la_informed_date": date(2025, 7, 4)}


def clocks(
    as_at: date, contract: Contract = CONTRACT, service: str = "send", **case: Any
) -> dict[str, CaseClock]:
    return {one.label: one for one in clocks_of_case(service, {**ASKED, **case}, contract, as_at)}


REQUEST = "Mediation within 30 days of the family's request"
INFORMED = "Mediation within 30 days of the council being informed"


def test_both_starts_are_kept_and_the_one_that_the_contract_names_is_marked() -> None:
    found = clocks(date(2025, 7, 31))
    assert (found[REQUEST].due, found[REQUEST].counts, found[REQUEST].state) == (
        date(2025, 7, 31),
        True,
        State.OPEN_LATE,
    )
    assert (found[INFORMED].due, found[INFORMED].counts, found[INFORMED].state) == (
        date(2025, 8, 3),
        False,
        State.OPEN,
    )
    other = clocks(date(2025, 7, 31), replace(CONTRACT, clock_start=COUNCIL_INFORMED))
    assert (other[REQUEST].counts, other[INFORMED].counts) == (False, True)


def test_a_meeting_that_is_only_planned_is_not_held() -> None:
    planned = clocks(date(2025, 8, 31), meeting_date=date(2025, 7, 20))
    assert (planned[REQUEST].done, planned[REQUEST].state) == (None, State.OPEN_LATE)
    held = clocks(date(2025, 8, 31), meeting_date=date(2025, 7, 31), outcome="MED_HELD")
    assert (held[REQUEST].days, held[REQUEST].state) == (30, State.IN_TIME)


def test_a_request_taken_back_before_its_day_is_waited_for_no_longer_and_a_certificate_still_is() -> None:
    found = clocks(
        date(2025, 9, 30),
        outcome="CHANGED",
        outcome_date=date(2025, 7, 10),
        family_decision_date=date(2025, 7, 10),
    )
    assert found[REQUEST].state is State.NO_LONGER
    assert found["Certificate within 3 working days of choosing not to mediate"].state is State.OPEN_LATE


def test_disagreement_resolution_has_no_deadline() -> None:
    assert clocks(date(2025, 8, 31), service_type="DR") == {}


def test_a_report_has_a_deadline_only_where_the_contract_gives_one() -> None:
    closed: dict[str, Any] = {"outcome_date": date(2025, 7, 1), "case_report_date": date(2025, 7, 16)}
    limited = replace(CONTRACT, service="housing", case_report_days=14)
    name = "Case report within 14 days of closing"
    assert clocks(date(2025, 8, 31), limited, "housing", **closed)[name].state is State.LATE
    assert name not in clocks(date(2025, 8, 31), replace(limited, case_report_days=None), "housing", **closed)


def test_the_limit_for_an_appeal_rolls_out_of_august_and_is_lacking_without_the_notice() -> None:
    notice, certificate = date(2025, 5, 20), date(2025, 7, 5)
    limit, rule = appeal_limit({"decision_notice_date": notice, "certificate_date": certificate})
    assert limit == date(2025, 9, 1)
    assert "not judged" in rule
    assert appeal_limit({"certificate_date": certificate})[0] is None


def test_an_agreed_action_that_is_open_past_its_day_says_so() -> None:
    (action,) = clocks_of_actions([{"action_due": date(2025, 7, 1)}], date(2025, 7, 31))
    assert (action.due, action.state) == (date(2025, 7, 1), State.OPEN_LATE)
