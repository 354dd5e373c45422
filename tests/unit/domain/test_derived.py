"""What is computed when a row is written."""

from datetime import date

import pytest

from domain.derived import CASE_CLOCKS, CLOCKS_OF, derive_case, derive_row, has_ended
from domain.fields import Sheet
from domain.services import SERVICES
from tests.builders import a_case, a_complaint, a_housing_case, a_post, a_send_case, an_agreement, an_answer

MAY = date(2018, 5, 1)


def dues(service: str, record: object) -> dict[str, object]:
    found = derive_case(service, record)  # type: ignore[arg-type]
    return {key: found[f"due_{key}"] for key in CASE_CLOCKS if found[f"due_{key}"]}


def test_both_starts_of_the_30_days_are_kept_with_their_months():
    found = derive_case("send", a_send_case(requested=MAY))
    assert (found["due_mediation_from_request"], found["due_mediation_from_request_month"]) == (
        date(2018, 5, 31),
        201805,
    )
    informed = "due_mediation_from_council_informed"
    assert (found[informed], found[f"{informed}_month"]) == (date(2018, 6, 3), 201806)


def test_a_case_has_the_due_dates_of_its_service_only():
    assert set(dues("housing", a_housing_case())) == set(CLOCKS_OF["housing"])
    assert set(dues("send", a_send_case())) <= set(CLOCKS_OF["send"])
    assert dues("mentoring", a_case()) == {}
    assert dues("mentoring", a_housing_case()) == {}


def test_what_has_not_begun_and_a_year_whose_holidays_nobody_knows_have_no_due_date():
    assert dues("housing", {"case_ref": "A"}) == {}
    far = {"family_decision_date": date(2040, 5, 1), "family_request_date": date(2040, 5, 1)}
    assert dues("send", far) == {"mediation_from_request": date(2040, 5, 31)}


def test_lengths_need_both_dates():
    found = derive_case("send", a_send_case(requested=MAY))
    assert (found["days_to_meeting"], found["days_to_outcome"], found["entry_delay_days"]) == (25, 25, 0)
    found = derive_case("send", a_send_case(outcome="OPEN", requested=MAY, entered_date=None))
    assert (found["days_to_meeting"], found["days_to_outcome"], found["entry_delay_days"]) == (
        None,
        None,
        None,
    )
    assert (found["referral_month"], found["outcome_month"]) == (201805, None)


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.key)
def test_a_case_has_ended_by_the_outcomes_of_its_own_service(service):
    assert {has_ended(service.key, outcome) for outcome in service.final} == {"Y"}
    assert {has_ended(service.key, outcome) for outcome in (*service.open, None, "DK", "NA")} == {"N"}
    others = {outcome for other in SERVICES for outcome in other.final} - set(service.final)
    assert {has_ended(service.key, outcome) for outcome in others} == {"N"}


def test_a_row_of_another_sheet_goes_by_its_own_month():
    case = a_send_case()
    assert derive_row(Sheet.SATISFACTION, an_answer(case)) == {"received_month": 201806}
    assert derive_row(Sheet.COMPLAINTS, a_complaint(received_date=None)) == {"received_month": None}
    assert derive_row(Sheet.AGREEMENTS, an_agreement(case)) == {
        "action_due_month": 201806,
        "due_action": date(2018, 6, 1),
        "due_action_month": 201806,
    }
    assert derive_row(Sheet.STAFF, a_post()) == {}
