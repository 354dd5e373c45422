"""What happened to a meeting's figures since: counts of cases for us who may see cases, and for others only which returns came."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data_access.exceptions import agree, read_exceptions, take_back
from data_access.ledger import data_version
from data_access.returns import save_return, withdraw_return
from data_access.settings import change_settings
from data_access.since import read_acts_since
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience, Grant, Role, Viewer
from domain.exceptions import AgreedException, Cause
from domain.meetings import About
from domain.periods import Period
from domain.settings import Target
from tests.builders import (
    NORTH,
    Q1,
    Q2,
    SOUTH,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    of_provider,
)

ABOUT = About("send", Period.parse(Q1))
WITH_NORTH = replace(ABOUT, audience=Audience.with_provider(NORTH))
CASES = [a_send_case(f"S{number}") for number in range(4)]
PAT = Viewer("pat", (Grant(Role.PRESENTER),))


def saved(store: Store, *cases: dict[str, object], provider: str = NORTH, period: str = Q1) -> str:
    new = a_return(provider, period, cases, service="send")
    return save_return(store, new, by=COMMISSIONER.signing(f"Manager of {provider}")).id


@pytest.fixture
def shown(all_services: Store) -> tuple[Store, int]:
    """A database with what a meeting was shown, and its version; then much happens."""
    store = all_services
    saved(store, *CASES)
    version = data_version(store)
    late = [a_send_case("LATE", requested=date(2018, 3, 20)), a_send_case("NEW")]
    saved(store, {**CASES[0], "outcome": "MED_HELD", "sen_need": "MLD"}, CASES[1], CASES[2], *late)
    of_south = saved(store, a_send_case("T1"), provider=SOUTH)
    withdraw_return(store, of_south, by=COMMISSIONER.signing("A manager"), why="The wrong file")
    save_return(store, a_supplement(Q1, [a_supplement_row("S1")]), by=COMMISSIONER)
    excused = AgreedException(
        "send", NORTH, "S1", "SM1b", "LA_UNAVAIL", Cause.COUNCIL, "A manager", date(2018, 6, 21)
    )
    agree(store, [excused], by=COMMISSIONER)
    (kept,) = read_exceptions(store, COMMISSIONER, service="send")
    take_back(store, [kept.id], by=COMMISSIONER, why="The wrong case")
    target = Target("SM1b", "send", ">=", Decimal("0.8"), None, date(2018, 4, 1))
    of_others = replace(target, kpi="HM1", service="housing")
    change_settings(store, lambda now: replace(now, targets=(target, of_others)), by=COMMISSIONER)
    change_settings(store, lambda now: replace(now, council="Another name"), by=COMMISSIONER)
    return store, version


def bare(said: tuple[str, ...]) -> list[str]:
    """The sentences without the moment, which is that of the test."""
    return [re.sub(r" on \d+ \w{3} \d{4}, \d\d:\d\d", "", one, count=1) for one in said]


QUARTER = Period.parse(Q1).label
CAME = f"North Mentors: {QUARTER}, version 2, saved"
ROWS = ": 2 cases added, 1 of them referred before its months; 1 case changed; 1 case taken out"
OF_SOUTH = f"South Mentors: {QUARTER}, version 1"
SUPPLEMENT = f"The council's supplement: {QUARTER}, version 1, saved"


def test_the_commissioning_team_reads_what_each_act_did(shown: tuple[Store, int]) -> None:
    store, version = shown
    everything = [
        f"{CAME} by Manager of north{ROWS}",
        f"{OF_SOUTH}, saved by Manager of south: 1 case added",
        f"{OF_SOUTH}, withdrawn by A manager: The wrong file",
        f"{SUPPLEMENT} by commissioner: 1 row added",
        "North Mentors: 1 exception agreed by commissioner",
        "North Mentors: 1 exception taken back by commissioner",
    ]
    found = bare(read_acts_since(store, COMMISSIONER, ABOUT, version))
    assert found[:-1] == everything
    assert found[-1].startswith("Settings changed by commissioner: Target of ")
    assert found[-1].endswith(" from 1 Apr 2018: at least 80%: added")
    assert "HM1" not in found[-1]
    of_north = bare(read_acts_since(store, COMMISSIONER, replace(ABOUT, provider=NORTH), version))
    assert of_north == [one for one in found if "South" not in one]
    assert bare(read_acts_since(store, COMMISSIONER, ABOUT, version + 1)) == found[1:]
    assert read_acts_since(store, COMMISSIONER, ABOUT, data_version(store)) == ()
    assert read_acts_since(store, COMMISSIONER, replace(ABOUT, service="housing"), version) != ()


def test_who_may_see_no_case_reads_no_count_of_them(shown: tuple[Store, int]) -> None:
    store, version = shown
    found = bare(read_acts_since(store, PAT, ABOUT, version))
    assert found[0] == f"{CAME} by Manager of north"
    assert not any("added" in one or "changed;" in one for one in found[:-1])


def test_others_read_which_returns_came_and_nothing_more(shown: tuple[Store, int]) -> None:
    store, version = shown
    of_south = [f"{OF_SOUTH}, saved", f"{OF_SOUTH}, withdrawn"]
    unnamed = [one.replace("South Mentors", "Another provider") for one in of_south]
    providers = replace(ABOUT, audience=Audience.PROVIDERS)
    with_south = replace(ABOUT, audience=Audience.with_provider(SOUTH))
    for viewer, about, said in (
        (COMMISSIONER, WITH_NORTH, [CAME, *unnamed, SUPPLEMENT]),
        (COMMISSIONER, replace(WITH_NORTH, provider=NORTH), [CAME, SUPPLEMENT]),
        (COMMISSIONER, providers, [CAME, *of_south, SUPPLEMENT]),
        (of_provider("nora", NORTH), WITH_NORTH, [CAME]),
        (of_provider("sue", SOUTH), with_south, of_south),
    ):
        assert bare(read_acts_since(store, viewer, about, version)) == said


def test_a_return_of_the_next_months_adds_only_what_was_not_known(all_services: Store) -> None:
    saved(all_services, a_send_case("OPEN", None), a_send_case("GONE", None), CASES[1])
    version = data_version(all_services)
    saved(all_services, a_send_case("OPEN"), a_send_case("NEXT", requested=date(2018, 7, 2)), period=Q2)
    (said,) = bare(read_acts_since(all_services, COMMISSIONER, ABOUT, version))
    assert said.endswith(": 1 case added; 1 case changed; 1 case no longer reported")
