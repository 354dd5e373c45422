"""Agreed exceptions: raw never moves, the adjusted figure leaves out what missed and is counted, and each act keeps its own figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from data_access import clock
from data_access.audit import read_audit
from data_access.exception_effects import causes_in
from data_access.exceptions import (
    NotAgreed,
    agree,
    check_exceptions,
    read_exceptions,
    take_back,
    what_exceptions_move,
)
from data_access.intake import examine
from data_access.kpis import read_kpis
from data_access.ledger import data_version
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store, reading
from data_access.tables import cases
from domain.access import COMMISSIONER, LOCAL_USER, Audience, OutOfReach, Viewer
from domain.audit import Act
from domain.exceptions import AgreedException, Cause
from domain.exceptions_kept import Effect, KeptException
from domain.kpis import KpiStatus, kpi
from domain.periods import Period
from tests.builders import (
    HILL,
    NORTH,
    SOUTH,
    a_housing_case,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    of_area,
    of_provider,
)
from tests.upload_files.returns import KNOWN, SETTINGS, case
from tests.upload_files.returns import a_return as a_file
from tests.upload_files.right import day

ASKED = date(2018, 5, 1)  # 30 days later: 31 May
LATE: dict[str, Any] = dict.fromkeys(
    ("meeting_date", "mediation_end_date", "outcome_date"), date(2018, 6, 20)
)
CANCELLED = a_send_case("TWICE", requested=ASKED, **LATE)
CASES = [
    CANCELLED,
    a_send_case("SCHOOL", requested=ASKED, **LATE),
    a_send_case("HOLIDAY", requested=ASKED, **LATE),
    a_send_case("PROVIDER", requested=ASKED, **LATE),
    a_send_case("EARLY", requested=ASKED),
]
QUARTER = Period.parse("2018-04..2018-06")
COUNTED = ("LA_UNAVAIL", "SCHOOL_HOL", "PROVIDER_UNAVAIL")


def an_exception(case_ref: str, reason: str = "LA_UNAVAIL", **values: object) -> AgreedException:
    caused = {"LA_UNAVAIL": Cause.COUNCIL, "SCHOOL_UNAVAIL": Cause.SCHOOL, "PROVIDER_UNAVAIL": Cause.PROVIDER}
    one = AgreedException(
        "send",
        NORTH,
        case_ref,
        "SM1b",
        reason,
        caused.get(reason, Cause.HOLIDAY),
        "Commissioning manager",
        date(2018, 6, 21),
    )
    return replace(one, **values)  # type: ignore[arg-type]


@pytest.fixture
def sent(all_services: Store) -> Store:
    change_settings(
        all_services,
        lambda now: replace(
            now,
            contracts=tuple(
                replace(c, counted_exceptions=COUNTED)
                if (c.service, c.provider) == ("send", NORTH)
                else replace(c, counted_exceptions=("UNRELATED_DISPUTE", "CONSENT_WITHDRAWN"))
                if (c.service, c.provider) == ("housing", NORTH)
                else c
                for c in now.contracts
            ),
        ),
        by=COMMISSIONER,
    )
    save_return(
        all_services, a_return(NORTH, cases=CASES, service="send", period="2018-04..2018-06"), by=COMMISSIONER
    )
    return all_services


def held_in_time(store: Store, as_of: int | None = None, key: str = "SM1b") -> KpiStatus:
    found = read_kpis(
        store, QUARTER, COMMISSIONER, Audience.US, by=("provider",), service=kpi(key).service, as_of=as_of
    )
    return next(one for one in found if one.kpi.id == key and one.provider == NORTH)


def figures(status: KpiStatus) -> tuple[object, ...]:
    assert status.adjusted is not None
    return status.met, status.base, status.adjusted.met, status.adjusted.base, status.adjusted.left_out


def caused(
    store: Store, key: str = "SM1b", as_of: int | None = None
) -> tuple[dict[Cause, int], dict[Cause, int]]:
    (found,) = causes_in(store, COMMISSIONER, kpi(key), QUARTER, providers=(NORTH,), as_of=as_of)
    return dict(found.taken_out), dict(found.recorded)


def effects(store: Store) -> dict[tuple[str, str], Effect]:
    return {
        (one.exception.case_ref, one.exception.reason): one.effect
        for one in read_exceptions(store, COMMISSIONER, service="send")
        if one.exception.kpi == "SM1b"
    }


def test_a_case_that_the_council_cancelled_twice_stays_missed_and_is_the_councils(sent: Store) -> None:
    before = data_version(sent)
    assert figures(held_in_time(sent)) == (1, 5, 1, 5, 0)
    twice = [an_exception("TWICE", agreed_on=day) for day in (date(2018, 6, 1), date(2018, 6, 21))]
    act = agree(sent, twice, by=COMMISSIONER)
    assert act == data_version(sent) == before + 1
    status = held_in_time(sent)
    assert figures(status) == (1, 5, 1, 4, 1)
    assert "1 of 5" in status.why
    assert caused(sent) == ({Cause.COUNCIL: 1}, {Cause.COUNCIL: 1})
    assert figures(held_in_time(sent, before)) == (1, 5, 1, 5, 0)
    assert [one.exception.caused_by for one in read_exceptions(sent, COMMISSIONER, service="send")] == [
        Cause.COUNCIL
    ] * 2
    assert read_exceptions(sent, COMMISSIONER, service="send", as_of=before) == ()


def test_taking_back_moves_only_what_is_shown_from_then_on(sent: Store) -> None:
    act = agree(sent, [an_exception("TWICE")], by=COMMISSIONER)
    (kept,) = read_exceptions(sent, COMMISSIONER, service="send")
    (gone,) = take_back(sent, [kept.id], by=COMMISSIONER, why="entered for the wrong case")
    assert gone == kept.exception
    assert figures(held_in_time(sent)) == (1, 5, 1, 5, 0)
    assert figures(held_in_time(sent, act)) == (1, 5, 1, 4, 1)
    assert caused(sent, as_of=act) == ({Cause.COUNCIL: 1}, {Cause.COUNCIL: 1})
    with pytest.raises(ValueError, match=f"no exception {kept.id}, or it was taken back"):
        take_back(sent, [kept.id], by=COMMISSIONER, why="again")
    assert agree(sent, [gone], by=COMMISSIONER) == act + 2
    kinds = [(one.subject, one.detail) for one in read_audit(sent, LOCAL_USER, act=Act.CHANGED_EXCEPTIONS)]
    assert kinds == [
        (f"act {act + 2}", "1 exception agreed"),
        (f"act {act + 1}", "1 exception taken back"),
        (f"act {act}", "1 exception agreed"),
    ]


def test_a_school_holiday_moves_no_due_date_and_the_provider_excuses_nothing(sent: Store) -> None:
    def dues() -> list[object]:
        with reading(sent, COMMISSIONER) as connection:
            asked = select(cases.c.case_ref, cases.c.due_mediation_from_request).order_by(cases.c.case_ref)
            return [tuple(row) for row in connection.execute(asked)]

    before = dues()
    found = [
        an_exception("HOLIDAY", "SCHOOL_HOL"),
        an_exception("PROVIDER", "PROVIDER_UNAVAIL"),
        an_exception("SCHOOL", "SCHOOL_UNAVAIL"),
        an_exception("EARLY"),
    ]
    agree(sent, found, by=COMMISSIONER)
    assert dues() == before
    assert ("HOLIDAY", date(2018, 5, 31)) in before
    assert figures(held_in_time(sent)) == (1, 5, 1, 4, 1)
    assert caused(sent) == (
        {Cause.HOLIDAY: 1},
        {Cause.SCHOOL: 1, Cause.HOLIDAY: 1, Cause.PROVIDER: 1},
    )
    assert effects(sent) == {
        ("HOLIDAY", "SCHOOL_HOL"): Effect.TAKEN_OUT,
        ("PROVIDER", "PROVIDER_UNAVAIL"): Effect.PROVIDER,
        ("SCHOOL", "SCHOOL_UNAVAIL"): Effect.NOT_COUNTED,
        ("EARLY", "LA_UNAVAIL"): Effect.IN_TIME,
    }


def test_a_case_with_two_causes_stands_once_under_the_council(sent: Store) -> None:
    agree(
        sent,
        [an_exception("TWICE", "SCHOOL_HOL"), an_exception("TWICE"), an_exception("HOLIDAY", "SCHOOL_HOL")],
        by=COMMISSIONER,
    )
    taken_out, recorded = caused(sent)
    assert taken_out == recorded == {Cause.COUNCIL: 1, Cause.HOLIDAY: 1}
    status = held_in_time(sent)
    assert status.adjusted is not None
    assert sum(taken_out.values()) == status.adjusted.left_out


def test_a_legal_time_limit_without_exceptions_lists_its_late_cases_by_no_cause(sent: Store) -> None:
    agree(sent, [an_exception("TWICE")], by=COMMISSIONER)
    status, (found,) = held_in_time(sent, key="SM2"), causes_in(sent, COMMISSIONER, kpi("SM2"), QUARTER)
    assert (found.met, found.due) == (status.met, status.base) == found.adjusted
    assert (dict(found.taken_out), dict(found.recorded)) == ({}, {})


def test_an_exception_excuses_only_until_its_last_day(sent: Store) -> None:
    agree(
        sent,
        [
            an_exception("TWICE", agreed_on=date(2018, 6, 1), ends_on=date(2018, 6, 19)),
            an_exception("HOLIDAY", "SCHOOL_HOL", agreed_on=date(2018, 6, 1), ends_on=date(2018, 6, 20)),
        ],
        by=COMMISSIONER,
    )
    assert figures(held_in_time(sent)) == (1, 5, 1, 4, 1)
    assert effects(sent)["TWICE", "LA_UNAVAIL"] is Effect.ENDED
    assert effects(sent)["HOLIDAY", "SCHOOL_HOL"] is Effect.TAKEN_OUT


def test_what_the_supplement_says_stands_beside_for_both_kpis(sent: Store) -> None:
    save_return(sent, a_supplement(rows=[a_supplement_row(CANCELLED, delay_exception="LA_UNAVAIL")]), by=COMMISSIONER)  # fmt: skip
    found = read_exceptions(sent, COMMISSIONER, service="send")
    assert [(one.exception.kpi, one.from_supplement, one.effect) for one in found] == [
        ("SM1a", True, Effect.TAKEN_OUT),
        ("SM1b", True, Effect.TAKEN_OUT),
    ]
    assert caused(sent) == caused(sent, "SM1a") == ({Cause.COUNCIL: 1}, {Cause.COUNCIL: 1})


def test_a_reopening_is_excused_and_one_that_never_happened_stays(all_services: Store, sent: Store) -> None:
    closed = date(2018, 5, 20)
    homes = [
        a_housing_case("AGAIN", referred=date(2018, 4, 10), reopened_date=date(2018, 7, 1)),
        a_housing_case("OTHER", referred=date(2018, 4, 10), reopened_date=date(2018, 7, 2)),
        a_housing_case("NEVER", referred=date(2018, 4, 10)),
    ]
    assert homes[0]["outcome_date"] == closed
    year = Period.parse("2018-04..2019-06")
    save_return(sent, a_return(NORTH, year, homes, service="housing"), by=COMMISSIONER)
    excused = AgreedException(
        "housing",
        NORTH,
        "AGAIN",
        "HM5",
        "UNRELATED_DISPUTE",
        Cause.FAMILY,
        "Housing officer",
        date(2019, 6, 1),
    )
    agree(sent, [excused, replace(excused, case_ref="NEVER")], by=COMMISSIONER)
    (found,) = causes_in(sent, COMMISSIONER, kpi("HM5"), Period.parse("2019-04..2019-06"))
    assert (found.met, found.due, found.adjusted, found.missed) == (2, 3, (1, 2), 2)
    assert dict(found.taken_out) == {Cause.FAMILY: 1}
    (status,) = [
        one
        for one in read_kpis(
            sent,
            Period.parse("2019-04..2019-06"),
            COMMISSIONER,
            Audience.US,
            by=("provider",),
            service="housing",
        )
        if one.kpi.id == "HM5" and one.provider == NORTH
    ]
    assert figures(status) == (2, 3, 1, 2, 1)


def wrong(store: Store, *found: AgreedException) -> list[tuple[int, str]]:
    before = data_version(store)
    with pytest.raises(NotAgreed) as refused:
        agree(store, found, by=COMMISSIONER)
    assert data_version(store) == before
    assert refused.value.problems == check_exceptions(store, COMMISSIONER, found)
    for _, problem in refused.value.problems:
        assert problem.found
        assert problem.wanted
        assert problem.repair
    return [(place, problem.column) for place, problem in refused.value.problems]


def test_what_cannot_be_kept_is_refused_whole_with_every_reason(sent: Store) -> None:
    good = an_exception("TWICE")
    agree(sent, [good], by=COMMISSIONER)
    tomorrow = clock.today() + timedelta(1)
    found = [
        an_exception("NOBODY"),
        an_exception("SCHOOL", provider=SOUTH),
        good,
        an_exception("SCHOOL", kpi="SM2"),
        an_exception("SCHOOL", kpi="HM1"),
        an_exception("SCHOOL", "CONSENT_WITHDRAWN"),
        an_exception("SCHOOL", caused_by=Cause.FAMILY),
        an_exception("SCHOOL", "SCHOOL_UNAVAIL", agreed_by="jo@council.gov.uk"),
        an_exception("SCHOOL", "SCHOOL_HOL", agreed_by="Mrs Bloggs"),
        an_exception("PROVIDER", "SCHOOL_UNAVAIL", agreed_by=" "),
        an_exception("SCHOOL", "SCHOOL_UNAVAIL", agreed_on=tomorrow),
        an_exception("EARLY", "SCHOOL_UNAVAIL", ends_on=date(2018, 6, 20)),
        an_exception("HOLIDAY"),
        an_exception("HOLIDAY"),
    ]
    columns = ["Case reference"] * 3 + ["KPI"] * 2 + ["Reason", "Caused by"] + ["Agreed by (job title)"] * 3
    assert wrong(sent, *found) == [
        *enumerate([*columns, "Agreed on", "Until"]),
        (13, "Case reference"),
    ]
    assert len(read_exceptions(sent, COMMISSIONER, service="send")) == 1


def test_what_is_looked_at_before_it_is_saved_is_what_then_holds(sent: Store) -> None:
    before = data_version(sent)
    (moved,) = what_exceptions_move(sent, COMMISSIONER, [an_exception("TWICE")])
    assert data_version(sent) == before
    at = (NORTH, "2018-04..2018-06")
    found = [released.figure(*at) for released in (moved.raw, moved.before, moved.after)]
    assert [(one.met, one.base) for one in found if one] == [(1, 5), (1, 5), (1, 4)]
    agree(sent, [an_exception("TWICE")], by=COMMISSIONER)
    assert figures(held_in_time(sent))[2:4] == (1, 4)


def test_only_a_commissioner_of_everything_agrees_and_only_who_sees_cases_reads(sent: Store) -> None:
    agree(sent, [an_exception("TWICE")], by=COMMISSIONER)
    nora, sue, val = of_provider("nora", NORTH), of_provider("sue", SOUTH), of_area("val", HILL)
    for viewer in (nora, sue, val, Viewer("nobody")):
        with pytest.raises(OutOfReach):
            agree(sent, [an_exception("SCHOOL")], by=viewer)
        with pytest.raises(OutOfReach):
            take_back(sent, [1], by=viewer, why="mine")

    def seen(viewer: Viewer) -> Sequence[KeptException]:
        return read_exceptions(sent, viewer, service="send")

    assert len(seen(nora)) == 1
    assert seen(sue) == ()
    with pytest.raises(OutOfReach):
        seen(val)
    (share,) = causes_in(sent, val, kpi("SM1b"), QUARTER)
    assert share.left_out == 1
    with pytest.raises(OutOfReach):
        causes_in(sent, val, kpi("SM1b"), QUARTER, as_of=1)
    assert causes_in(sent, sue, kpi("SM1b"), QUARTER) == ()


def test_a_deemed_certificate_followed_by_a_meeting_that_was_held_is_accepted() -> None:
    data = a_file(
        case(2, "la_cannot_arrange_date", day(4, 17)),
        case(2, "certificate_date", day(4, 19)),
        case(2, "certificate_type", "DEEMED"),
        kind="send",
    )
    examined = examine("return.xlsx", data, SETTINGS, KNOWN)
    assert examined.must_fix == examined.to_confirm == ()
    assert examined.accepted is not None
    (held,) = (one for one in examined.accepted.cases if one["outcome"] == "MED_HELD")
    assert (held["certificate_type"], held["certificate_date"], held["meeting_date"]) == (
        "DEEMED",
        date(2018, 4, 19),
        date(2018, 5, 2),
    )
