"""The targets of housing mediation, each with a status of its own, on a return whose counts can be told at a glance."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.kpis import read_kpis
from data_access.returns import save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.kpis import KpiStatus, kpis_of
from domain.periods import Period
from domain.status import Status
from tests.builders import HILL, NORTH, Q1, Q2, SOUTH, VALE, a_housing_case, a_return

FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)
APRIL, MARCH = date(2018, 4, 10), date(2018, 3, 20)
CASES = [
    # All 20 contacted in time, 19 visited in time, 16 of 20 closed as expected, one of 10 still with other agencies.
    a_housing_case(
        outcome="GNA" if n < 16 else "OTHER",
        area=HILL if n < 18 else VALE,
        referred=APRIL,
        initial_visit_date=date(2018, 4, 24) if n else date(2018, 4, 25),
        case_opened_date=MARCH if n < 10 else APRIL,
        multi_agency_3m="N" if n else "Y",
    )
    for n in range(20)
]


@pytest.fixture
def ready(all_services: Store) -> Store:
    targets = tuple(target for kpi in kpis_of("housing") for target in kpi.starting_targets)
    change_settings(all_services, lambda now: replace(now, targets=targets), by=COMMISSIONER.signing("ann"))
    return all_services


def send(store: Store, provider: str = NORTH, period: str = Q1) -> str:
    cases = CASES if period == Q1 else []
    return save_return(
        store, a_return(provider, period, cases, service="housing"), by=COMMISSIONER.signing("ann")
    ).id


def statuses(store: Store, period: Period, *by: str) -> dict[tuple[str, str, str], KpiStatus]:
    found = read_kpis(store, period, COMMISSIONER, Audience.US, by=by, service="housing")
    return {(status.kpi.id, status.provider, status.area): status for status in found}


def test_each_target_has_its_own_status(ready: Store) -> None:
    send(ready)
    found = statuses(ready, FIRST, "provider")
    judged = {key: (found[key, NORTH, ""].status, found[key, NORTH, ""].met, found[key, NORTH, ""].base)
              for key in ("HM1", "HM2", "HM3", "HM4", "HM5")}  # fmt: skip
    assert judged == {
        "HM1": (Status.GREEN, 20, 20),
        "HM2": (Status.AMBER, 19, 20),
        "HM3": (Status.RED, 16, 20),
        "HM4": (Status.AMBER, 1, 10),
        "HM5": (Status.NOT_DUE, None, None),
    }
    assert {found[key, SOUTH, ""].status for key in judged} == {Status.NO_RETURN}
    assert {s.status for s in statuses(ready, FIRST).values()} == {Status.NO_RETURN}
    send(ready, SOUTH)
    assert statuses(ready, FIRST)["HM2", "", ""].met == 38


def test_what_falls_due_later_is_judged_when_the_return_that_reaches_it_has_come(ready: Store) -> None:
    send(ready)
    assert statuses(ready, SECOND, "provider")["HM4", NORTH, ""].status is Status.NO_RETURN
    later = save_return(
        ready, a_return(NORTH, Q2, CASES, service="housing"), by=COMMISSIONER.signing("ann")
    ).id
    second = statuses(ready, SECOND, "provider")["HM4", NORTH, ""]
    assert (second.status, second.met, second.base) == (Status.GREEN, 0, 10)
    first = statuses(ready, FIRST, "provider")["HM4", NORTH, ""]
    assert (first.met, first.base) == (1, 10)
    withdraw_return(ready, later, by=COMMISSIONER.signing("ann"), why="wrong file")
    assert statuses(ready, SECOND, "provider")["HM4", NORTH, ""].status is Status.NO_RETURN


def test_few_cases_keep_their_status_and_say_so(ready: Store) -> None:
    send(ready)
    hill, vale = (statuses(ready, FIRST, "provider", "area")["HM1", NORTH, area] for area in (HILL, VALE))
    assert (hill.status, hill.base, hill.few) == (Status.GREEN, 18, False)
    assert (vale.status, vale.base, vale.few) == (Status.GREEN, 2, True)
    assert "few cases (2)" in vale.why


def test_without_a_target_the_figure_stands_alone(ready: Store) -> None:
    change_settings(ready, lambda now: replace(now, targets=()), by=COMMISSIONER.signing("ann"))
    send(ready)
    found = statuses(ready, FIRST, "provider")["HM2", NORTH, ""]
    assert (found.status, found.met, found.base) == (Status.NO_TARGET, 19, 20)
