"""What a case still lacks is waited for until its time is over, and no column of somebody else's is."""

from __future__ import annotations

from datetime import date

import pytest

from domain.awaited import Awaited, awaited, may_reopen_until
from domain.field_kinds import Owner
from domain.returns import Record
from domain.settings import COUNCIL_INFORMED, FAMILY_REQUEST
from tests.builders import a_case, a_homelessness_case, a_housing_case, a_send_case

JULY = date(2018, 7, 1)


def fields(
    service: str, case: Record, owner: Owner = Owner.PROVIDER, asked: date = JULY
) -> dict[str, date | None]:
    found = awaited(service, case, clock_start=FAMILY_REQUEST, asked_from=asked, owner=owner)
    return {one.field: one.due for one in found}


def test_an_open_case_waits_for_the_ends_of_its_clocks() -> None:
    case = a_housing_case(outcome="OPEN", initial_visit_date=None)
    assert fields("housing", case) == {
        "initial_visit_date": date(2018, 4, 24),
        "multi_agency_3m": date(2018, 7, 10),
    }


def test_a_closed_case_waits_for_its_report_and_not_for_a_visit() -> None:
    case = a_housing_case(initial_visit_date=None, multi_agency_3m="N")
    assert fields("housing", case) == {"case_report_date": None}


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({}, True),
        ({"service_type": "DR"}, False),
        ({"reason": ("SECI",)}, False),
        ({"reason": ("CON", "SECI")}, True),
    ],
)
def test_only_who_needs_a_certificate_waits_for_one(values: Record, waits: bool) -> None:
    case = a_send_case(certificate_date=None, **values)
    assert ("certificate_date" in fields("send", case)) is waits
    assert fields("send", a_send_case(certificate_date=None)) == {"certificate_date": date(2018, 5, 10)}


def test_the_thirty_days_start_where_the_contract_says() -> None:
    case = a_send_case(outcome="OPEN")
    starts = {FAMILY_REQUEST: date(2018, 5, 10), COUNCIL_INFORMED: date(2018, 5, 13)}
    for start, due in starts.items():
        found = awaited("send", case, clock_start=start, asked_from=JULY)
        assert [(one.field, one.due) for one in found] == [("meeting_date", due)]


def test_a_planned_meeting_waits_for_what_came_of_it() -> None:
    case = a_send_case(outcome="OPEN", meeting_date=date(2018, 7, 5))
    assert awaited("send", case, clock_start=FAMILY_REQUEST, asked_from=JULY) == (
        Awaited("outcome", "What came of it: meeting date", date(2018, 7, 5)),
    )


def test_the_council_is_asked_for_its_own_columns_alone() -> None:
    case = a_send_case(meeting_result="FULL", agreement_due=date(2018, 6, 5), certificate_date=None)
    assert fields("send", case, Owner.COUNCIL) == {
        "decision_notice_date": None,
        "la_decision_maker": None,
        "agreement_done": date(2018, 6, 5),
        "appeal_registered": None,
    }
    noticed = case | {"decision_notice_date": date(2018, 4, 2), "certificate_date": date(2018, 5, 8)}
    assert fields("send", noticed, Owner.COUNCIL)["appeal_registered"] == date(2018, 6, 8)


def test_a_late_meeting_waits_for_its_reason() -> None:
    assert "delay_exception" in fields("send", a_send_case(meeting_date=date(2018, 5, 11)), Owner.COUNCIL)
    assert "delay_exception" not in fields("send", a_send_case(meeting_date=date(2018, 5, 10)), Owner.COUNCIL)


def test_nothing_is_asked_of_a_case_that_ended_more_than_a_year_before() -> None:
    case = a_housing_case(multi_agency_3m="N")  # ended on 20 May 2018
    assert fields("housing", case, asked=date(2019, 5, 20)) == {"case_report_date": None}
    assert fields("housing", case, asked=date(2019, 5, 21)) == {}


def test_what_comes_afterwards_is_asked_in_every_service_that_has_it() -> None:
    assert fields("mentoring", a_case()) == {"tenancy_outcome": None}
    assert fields("mentoring", a_case(outcome="WITHDRAWN")) == {}
    owed = a_homelessness_case(duty_owed_date=date(2018, 4, 10))
    assert fields("homelessness", owed) == {"duty_end_date": None}
    assert fields("homelessness", a_homelessness_case()) == {}


def test_a_closed_case_of_housing_may_be_reopened_for_a_year() -> None:
    assert may_reopen_until("housing", a_housing_case()) == date(2019, 5, 20)
    assert may_reopen_until("housing", a_housing_case(reopened_date=date(2018, 7, 1))) is None
    assert may_reopen_until("housing", a_housing_case(outcome="OPEN")) is None
    assert may_reopen_until("mentoring", a_case()) is None
