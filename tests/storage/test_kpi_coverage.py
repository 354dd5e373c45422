"""A KPI is judged only where every return that it needs has come, and one is needed only from who is under contract."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data_access.kpis import read_kpis
from data_access.returns import save_return, withdraw_return
from data_access.settings import change_settings, read_settings
from data_access.sources import close_in_hand, open_in_hand
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience, Viewer
from domain.kpis import KpiStatus
from domain.periods import Period
from domain.settings import Settings, Target
from domain.status import Status
from tests.builders import NORTH, Q1, Q2, SERVICE, SOUTH, a_case, a_return, of_provider

FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)
IN_SECOND = date(2018, 7, 10)
RATE = Target("TB1", SERVICE, ">=", Decimal("0.5"), None, date(2018, 4, 1))
VOLUME = replace(RATE, kpi="TB2", value=Decimal(12), profile=Period.parse("2018-04..2019-03"))


def send(store: Store, provider: str, period: str) -> str:
    referred = IN_SECOND if period == Q2 else date(2018, 4, 10)
    cases = [a_case(f"{provider}-{period}-{n}", referred=referred) for n in range(12)]
    return save_return(store, a_return(provider, period, cases), by=COMMISSIONER.signing("ann")).id


def judged(
    store: Store, key: str, period: Period, *by: str, viewer: Viewer = COMMISSIONER
) -> dict[str, KpiStatus]:
    found = read_kpis(store, period, viewer, Audience.US, by=by, service=SERVICE)
    return {status.provider: status for status in found if status.kpi.id == key}


@pytest.fixture
def ready(store: Store) -> Store:
    change_settings(store, lambda now: replace(now, targets=(RATE, VOLUME)), by=COMMISSIONER.signing("ann"))
    return store


def ends(store: Store, provider: str, day: date) -> None:
    def ended(now: Settings) -> Settings:
        return replace(
            now, contracts=tuple(replace(c, end=day) if c.provider == provider else c for c in now.contracts)
        )

    change_settings(store, ended, by=COMMISSIONER.signing("ann"))


def test_a_provider_under_contract_that_never_reported_is_waited_for(ready: Store) -> None:
    send(ready, NORTH, Q1)
    assert judged(ready, "TB1", FIRST)[""].status is Status.NO_RETURN
    by_provider = judged(ready, "TB1", FIRST, "provider")
    assert (by_provider[NORTH].status, by_provider[SOUTH].status) == (Status.GREEN, Status.NO_RETURN)
    send(ready, SOUTH, Q1)
    assert judged(ready, "TB1", FIRST)[""].status is Status.GREEN


def test_a_provider_whose_contract_has_ended_is_not_waited_for(ready: Store) -> None:
    send(ready, NORTH, Q1)
    send(ready, SOUTH, Q1)
    send(ready, SOUTH, Q2)
    assert judged(ready, "TB1", SECOND)[""].status is Status.NO_RETURN
    ends(ready, NORTH, date(2018, 6, 30))
    assert judged(ready, "TB1", SECOND)[""].status is Status.GREEN
    assert set(judged(ready, "TB1", SECOND, "provider")) == {SOUTH}


def test_a_contract_that_ends_within_a_period_wants_its_own_months_only(ready: Store) -> None:
    ends(ready, SOUTH, date(2018, 4, 30))
    send(ready, NORTH, Q1)
    send(ready, SOUTH, "2018-04")
    assert judged(ready, "TB1", FIRST, "provider")[SOUTH].status is Status.GREEN


def test_a_volume_so_far_is_not_judged_while_an_earlier_return_is_missing(ready: Store) -> None:
    earlier = send(ready, NORTH, Q1)
    send(ready, SOUTH, Q1)
    for provider in (NORTH, SOUTH):
        send(ready, provider, Q2)
    whole = judged(ready, "TB2", SECOND)[""]
    assert (whole.status, whole.met, whole.target_to_date) == (Status.GREEN, 48, 6.0)
    withdraw_return(ready, earlier, by=COMMISSIONER.signing("ann"), why="wrong file")
    lacking = judged(ready, "TB2", SECOND)[""]
    assert (lacking.status, lacking.met) == (Status.NO_RETURN, None)
    assert lacking.why == "Not every return for Apr 2018-Sep 2018 has arrived."
    assert judged(ready, "TB1", SECOND)[""].status is Status.GREEN


def test_a_volume_counts_nothing_after_its_programme(ready: Store) -> None:
    short = replace(VOLUME, profile=Period.parse(Q1))
    change_settings(ready, lambda now: replace(now, targets=(short,)), by=COMMISSIONER.signing("ann"))
    for provider in (NORTH, SOUTH):
        send(ready, provider, Q1)
        send(ready, provider, Q2)
    assert judged(ready, "TB2", SECOND)[""].met == judged(ready, "TB2", FIRST)[""].met == 24


def test_a_volume_is_not_due_before_its_programme_and_has_a_value_when_it_is_not_spread(ready: Store) -> None:
    later = replace(VOLUME, profile=Period.parse("2019-04..2020-03"))
    flat = replace(VOLUME, profile=None)
    for provider in (NORTH, SOUTH):
        send(ready, provider, Q1)
    change_settings(ready, lambda now: replace(now, targets=(later,)), by=COMMISSIONER.signing("ann"))
    assert judged(ready, "TB2", FIRST)[""].status is Status.NO_TARGET
    change_settings(ready, lambda now: replace(now, targets=(flat,)), by=COMMISSIONER.signing("ann"))
    assert judged(ready, "TB2", FIRST)[""].value == 24.0


def test_the_programme_is_not_judged_on_a_part_of_it(ready: Store) -> None:
    send(ready, NORTH, Q1)
    assert judged(ready, "TB2", FIRST, viewer=of_provider("nora", NORTH)) == {}
    in_hand = open_in_hand(a_return(NORTH, Q1, [a_case()]), read_settings(ready, COMMISSIONER))
    assert judged(in_hand, "TB2", FIRST) == {}
    close_in_hand(in_hand)
