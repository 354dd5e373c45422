"""The calendar of returns and the deadlines of cases, as the database holds them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from data_access.attempts import record_attempt
from data_access.calendars import COMES_LATER, read_calendar
from data_access.deadlines import read_case_deadlines
from data_access.return_rows import WithReturn
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store, writing
from data_access.tables import ledger
from domain.accepted import AcceptedWarning
from domain.access import COMMISSIONER, Viewer
from domain.periods import Period
from domain.returns import Record
from domain.returns_calendar import Place, Sent
from tests.builders import (
    NORTH,
    Q1,
    Q2,
    SERVICE,
    SOUTH,
    a_case,
    a_housing_case,
    a_return,
    a_send_case,
    of_provider,
)

SUMMER = date(2018, 8, 1)


def at(store: Store, seq: int, day: date) -> None:
    """Say that an act was done on a day, as no test can wait for it."""
    with writing(store, COMMISSIONER) as connection:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        connection.execute(update(ledger).where(ledger.c.seq == seq).values(at=moment))


def places(store: Store, viewer: Viewer = COMMISSIONER) -> dict[tuple[str, str], Place]:
    made = read_calendar(store, viewer, SERVICE, SUMMER)
    return {(p.provider, p.period.key): p for p in made.places}


def a_warning(reason: str) -> AcceptedWarning:
    return AcceptedWarning("dates_known", "V12", "A date is blank.", 3, reason)


def test_a_return_is_late_by_the_moment_it_was_saved_under_a_contract_that_stood_already(
    store: Store,
) -> None:
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER.signing("tests"))
    at(store, 2, date(2018, 7, 25))
    assert places(store)[NORTH, Q1].sent is Sent.RECEIVED, "its contract was entered after it was due"
    at(store, 1, date(2018, 4, 1))
    found = places(store)[NORTH, Q1]
    assert (found.sent, found.late_days, found.received_on) == (Sent.LATE, 5, date(2018, 7, 25))


def test_a_contract_that_is_changed_keeps_the_day_on_which_it_was_entered(store: Store) -> None:
    at(store, 1, date(2018, 4, 1))
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER.signing("tests"))
    at(store, 2, date(2018, 7, 25))
    change_settings(
        store,
        lambda now: replace(now, contracts=tuple(replace(c, due_days=22) for c in now.contracts)),
        by=COMMISSIONER.signing("tests"),
    )
    assert places(store)[NORTH, Q1].late_days == 3


def test_answers_that_come_later_are_counted_of_the_version_that_counts(store: Store) -> None:
    later, other = f"{COMES_LATER}: it will come in a later return", "Not recorded by our system"
    with_it = WithReturn((a_warning(later), a_warning(other), a_warning(later)))
    save_return(store, a_return(cases=[a_case("C1")]), by=COMMISSIONER.signing("tests"), with_it=with_it)
    assert places(store)[NORTH, Q1].awaited == 2
    save_return(store, a_return(cases=[a_case("C1", days=41)]), by=COMMISSIONER.signing("tests"))
    assert places(store)[NORTH, Q1].awaited == 0


def test_a_file_that_was_checked_stands_with_its_return_until_it_is_saved(store: Store) -> None:
    record_attempt(
        store, COMMISSIONER, SERVICE, NORTH, Period.parse(Q1), 4, 1, datetime.now(UTC) - timedelta(minutes=5)
    )
    check = places(store)[NORTH, Q1].check
    assert check is not None
    assert (check.must_fix, check.to_confirm) == (4, 1)
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER.signing("tests"))
    assert places(store)[NORTH, Q1].check is None


def test_a_provider_sees_its_own_returns_only(store: Store) -> None:
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER.signing("tests"))
    record_attempt(store, COMMISSIONER, SERVICE, NORTH, Period.parse(Q1), 4, 1, datetime.now(UTC))
    assert {provider for provider, _ in places(store, of_provider("south", SOUTH))} == {SOUTH}


def refs(
    store: Store, service: str, today: date, viewer: Viewer = COMMISSIONER
) -> list[tuple[str, str, date]]:
    return [
        (one.ref, one.key.rpartition(":")[2], one.on)
        for one in read_case_deadlines(store, viewer, service, today)
    ]


def test_the_last_day_of_mediation_goes_by_the_start_that_the_contract_chooses(all_services: Store) -> None:
    asked = date(2018, 6, 20)
    case: Record = a_send_case("S1", None, requested=asked)
    for provider in (NORTH, SOUTH):
        save_return(
            all_services, a_return(provider, Q1, [case], service="send"), by=COMMISSIONER.signing("tests")
        )
    found = read_case_deadlines(all_services, COMMISSIONER, "send", date(2018, 7, 10))
    assert [(one.provider, one.on) for one in found] == [
        (NORTH, date(2018, 7, 20)),
        (SOUTH, date(2018, 7, 23)),
    ]
    own = of_provider("south", SOUTH)
    assert [one.provider for one in read_case_deadlines(all_services, own, "send", date(2018, 7, 10))] == [
        SOUTH
    ]


@pytest.mark.parametrize(
    "settled",
    [
        {"outcome": "CHANGED", "outcome_date": date(2018, 6, 28)},
        {"meeting_date": date(2018, 7, 25)},
        {"mediation_started_date": date(2018, 6, 29)},
        {"service_type": "DR"},
    ],
)
def test_what_has_happened_or_is_not_wanted_is_nobodys_deadline(all_services: Store, settled: Record) -> None:
    case = {**a_send_case("S1", None, requested=date(2018, 6, 20)), **settled}
    save_return(all_services, a_return(cases=[case], service="send"), by=COMMISSIONER.signing("tests"))
    assert refs(all_services, "send", date(2018, 7, 10)) == []


def test_a_certificate_stays_due_after_the_case_has_ended(all_services: Store) -> None:
    ended = date(2018, 6, 29)
    case = {
        **a_send_case("S1", "MED_HELD", requested=date(2018, 6, 4)),
        "meeting_date": ended, "mediation_end_date": ended, "outcome_date": ended,
        "certificate_date": None, "certificate_type": None,
    }  # fmt: skip
    save_return(all_services, a_return(cases=[case], service="send"), by=COMMISSIONER.signing("tests"))
    # Three working days over a weekend: Friday 29 June to Wednesday 4 July.
    assert refs(all_services, "send", date(2018, 7, 1)) == [
        ("S1", "certificate_after_mediation", date(2018, 7, 4))
    ]
    assert refs(all_services, "send", date(2018, 7, 5)) == []


def test_each_agreed_action_of_a_case_is_a_deadline_of_the_council_with_its_own_name(
    all_services: Store,
) -> None:
    case = a_send_case("S1", "MED_HELD", requested=date(2018, 5, 4))
    agreed = [
        {"agreement_ref": ref, "case_ref": "S1", "action_type": "OTHER_ISSUES", "agreement_date": date(2018, 6, 25),
         "action_done": done}
        for ref, done in (("A1", None), ("A2", None), ("A3", date(2018, 6, 28)))
    ]  # fmt: skip
    sent = a_return(cases=[case], service="send", agreements=agreed)
    save_return(all_services, sent, by=COMMISSIONER.signing("tests"))
    found = read_case_deadlines(all_services, COMMISSIONER, "send", date(2018, 7, 1))
    assert [(one.ref, one.on, one.of_council) for one in found] == [("S1", date(2018, 7, 9), True)] * 2
    assert {one.what for one in found} == {"Agreed action of the council: Anything that cannot be appealed"}
    assert len({one.key for one in found}) == 2, "two events of a diary, not one that moves"


def test_days_from_today_to_fourteen_on_and_no_other(all_services: Store) -> None:
    case = {**a_housing_case("H1", None, referred=date(2018, 6, 20)), "first_contact_date": None, "initial_visit_date": None,
            "case_opened_date": None}  # fmt: skip
    save_return(all_services, a_return(cases=[case], service="housing"), by=COMMISSIONER.signing("tests"))
    due = date(2018, 7, 4)
    both = [("H1", "initial_contact", due), ("H1", "initial_visit", due)]
    for today, wanted in (
        (due - timedelta(days=15), []),
        (due - timedelta(days=14), both),
        (due, both),
        (due + timedelta(days=1), []),
    ):
        assert refs(all_services, "housing", today) == wanted
    assert refs(all_services, "mentoring", due) == []


def test_a_case_that_is_no_longer_reported_has_no_deadline_then(all_services: Store) -> None:
    case = {**a_housing_case("H1", None, referred=date(2018, 9, 20)), "initial_visit_date": None}
    case["case_opened_date"] = date(2018, 4, 20)
    save_return(
        all_services,
        a_return(cases=[{**case, "referral_date": date(2018, 4, 20)}], service="housing"),
        by=COMMISSIONER.signing("tests"),
    )
    assert [clock for _, clock, _ in refs(all_services, "housing", date(2018, 7, 15))] == ["multi_agency"]
    save_return(all_services, a_return(NORTH, Q2, [], service="housing"), by=COMMISSIONER.signing("tests"))
    assert [clock for _, clock, _ in refs(all_services, "housing", date(2018, 7, 15))] == ["multi_agency"]
    with_later = {
        **case,
        "case_ref": "H2",
        "referral_date": date(2018, 5, 1),
        "case_opened_date": date(2018, 7, 5),
    }
    save_return(
        all_services, a_return(SOUTH, Q1, [with_later], service="housing"), by=COMMISSIONER.signing("tests")
    )
    assert ("H2", "multi_agency", date(2018, 10, 5)) in refs(all_services, "housing", date(2018, 10, 1))
    save_return(all_services, a_return(SOUTH, Q2, [], service="housing"), by=COMMISSIONER.signing("tests"))
    assert refs(all_services, "housing", date(2018, 10, 1)) == []
