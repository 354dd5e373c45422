"""What only an aggregate return gives: shares of prevention duties, never counted from cases of mediation."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.kpis import read_kpis
from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER, Audience
from domain.kpis import KpiStatus
from domain.periods import Period
from domain.returns import Record, Return
from domain.selection import Selection
from domain.status import Status
from tests.builders import HILL, NORTH, Q1, Q2, SOUTH, VALE, a_homelessness_case, a_return
from tests.oracles.emptied import fill

SERVICE = "homelessness"
BY_MEDIATION, SECURED = "prevention_by_mediation", "secured_six_months"
FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, spec_stores: dict[str, Store]) -> Store:
    return spec_stores[request.param]


def total(measure: str, count: int, base: int | None, category: str = "", **more: object) -> Record:
    row: dict[str, object] = {
        "measure": measure,
        "breakdown": "prevention_activity" if measure == BY_MEDIATION else None,
        "category": category or None,
        "area": None,
        "period_start": date(2018, 4, 1),
        "period_end": date(2018, 6, 30),
        "count": count,
        "denominator": base,
        "unit": None,
    }
    return row | more  # type: ignore[return-value]


H_CLIC = (
    total(BY_MEDIATION, 10, 200, "P3_05"),
    total(BY_MEDIATION, 18, 200, "P3_06"),
    total(SECURED, 200, 360),
)


def an_aggregate(rows: tuple[Record, ...] = H_CLIC, provider: str = SOUTH, period: str = Q1) -> Return:
    return a_return(provider, period, service=SERVICE, totals=rows)


def cases(period: str = Q1, provider: str = NORTH) -> Return:
    return a_return(provider, period, [a_homelessness_case("X1")], service=SERVICE)


def asked(
    store: Store, measure: str, by: tuple[str, ...] = (), period: Period | None = FIRST
) -> dict[tuple[str, ...], tuple[int, int]]:
    question = Question(measure, by, Selection(SERVICE).during(period))
    tally = read_tally(store, question, COMMISSIONER)
    return {row.keys: (row.met, row.base) for row in tally.rows}


def judged(store: Store, kpi: str, period: Period = FIRST, **more: object) -> list[KpiStatus]:
    found = read_kpis(store, period, COMMISSIONER, Audience.US, service=SERVICE, **more)  # type: ignore[arg-type]
    return [status for status in found if status.kpi.id == kpi]


def test_the_two_shares_have_one_base_and_others_by_other_means_are_in_it_alone(store: Store) -> None:
    other = total(BY_MEDIATION, 30, 200, "P3_01")
    fill(store, [cases(), an_aggregate((*H_CLIC, other))])
    wanted = {("P3_05",): (10, 200), ("P3_06",): (18, 200)}
    assert asked(store, BY_MEDIATION, ("prevention_activity",)) == wanted
    assert asked(store, SECURED) == {(): (200, 360)}


def test_cases_of_mediation_never_say_it(store: Store) -> None:
    fill(store, [cases(), cases(Q1, SOUTH)])
    assert asked(store, SECURED) == {}
    assert asked(store, BY_MEDIATION, ("prevention_activity",)) == {}
    for kpi in ("HX2", "HX3"):
        (status,) = judged(store, kpi)
        assert (status.status, status.met, status.base, status.value) == (Status.NOT_GIVEN, None, None, None)
        assert "An H-CLIC aggregate return (sheet Totals) for Apr-Jun 2018" in status.why


def test_each_of_the_two_shares_has_its_own_status(store: Store) -> None:
    fill(store, [cases(), an_aggregate()])
    found = {s.category: (s.category_label, s.met, s.base, s.status) for s in judged(store, "HX2")}
    assert found.keys() == {"P3_05", "P3_06"}
    assert [v[1:] for v in found.values()] == [(10, 200, Status.NO_TARGET), (18, 200, Status.NO_TARGET)]
    assert len({v[0] for v in found.values()}) == 2
    (status,) = judged(store, "HX3")
    assert (status.met, status.base, status.value) == (200, 360, 200 / 360)


def test_it_stands_in_no_provider_s_row(store: Store) -> None:
    fill(store, [cases(), an_aggregate()])
    assert judged(store, "HX3", by=("provider",)) == []


def test_twelve_months_of_which_some_are_not_given_have_no_number(store: Store) -> None:
    fill(store, [cases(), cases(Q2), an_aggregate()])
    (status,) = judged(store, "HX3", SECOND, rolling=True)
    assert (status.status, status.value) == (Status.NOT_GIVEN, None)
    assert status.why.startswith("The totals of South Mentors do not cover all of")
    (status,) = judged(store, "HX3", SECOND)
    assert (status.status, status.value) == (Status.NOT_GIVEN, None)


def test_quarters_add_up(store: Store) -> None:
    later = [row | {"period_start": date(2018, 7, 1), "period_end": date(2018, 9, 30)} for row in H_CLIC]
    fill(store, [an_aggregate(), an_aggregate(tuple(later), period=Q2)])
    both = Period(FIRST.start, SECOND.end)
    assert asked(store, SECURED, period=both) == {(): (400, 720)}
    assert asked(store, SECURED, ("quarter",), None) == {
        ("2018-04..2018-06",): (200, 360),
        ("2018-07..2018-09",): (200, 360),
    }


def test_a_district_is_given_where_the_totals_name_it(store: Store) -> None:
    by_area = (
        total(SECURED, 120, 200, area=HILL),
        total(SECURED, 80, 160, area=VALE),
        total(SECURED, 200, 360),
    )
    fill(store, [cases(), an_aggregate(by_area)])
    assert asked(store, SECURED, ("area",)) == {(HILL,): (120, 200), (VALE,): (80, 160)}
    found = {s.area: s.status for s in judged(store, "HX3", by=("area",))}
    assert found == {HILL: Status.NO_TARGET, VALE: Status.NO_TARGET, "E3": Status.NOT_GIVEN}


def test_one_answer_alone_is_not_the_whole(store: Store) -> None:
    fill(store, [cases(), an_aggregate((H_CLIC[0],))])
    assert asked(store, BY_MEDIATION, ("prevention_activity",)) == {}
    (status,) = judged(store, "HX2")
    assert status.status is Status.NOT_GIVEN


def test_a_withdrawn_or_replaced_return_gives_it_no_more(store: Store) -> None:
    fill(store, [an_aggregate(), cases(Q1, SOUTH)])
    assert asked(store, SECURED) == {}


def test_an_aggregate_return_leaves_figures_about_cases_as_they_are(store: Store) -> None:
    fill(store, [cases(), an_aggregate()])
    (effective,) = judged(store, "HX1")
    assert (effective.status, effective.met, effective.base) == (Status.NO_TARGET, 1, 1)
    with_referrals = (*H_CLIC, total("referrals", 4, None, breakdown=None))
    fill(store, [cases(), an_aggregate(with_referrals)])
    (effective,) = judged(store, "HX1")
    assert effective.status is Status.NOT_GIVEN, "totals that count cases stand in place of them"
