"""The KPIs of complaints, mentors, the Living Wage and completeness: whole, by provider, by area, for an area's reader, with totals."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.kpis import read_kpis
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience, Viewer
from domain.kpis import KpiStatus
from domain.periods import Period
from domain.status import Status
from tests.builders import (
    HILL,
    NORTH,
    Q1,
    Q2,
    SOUTH,
    VALE,
    a_case,
    a_complaint,
    a_housing_case,
    a_post,
    a_return,
    of_area,
)
from tests.oracles.emptied import fill

FIRST = Period.parse(Q1)
HOUSING, MENTORING = "housing", "mentoring"


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, spec_stores: dict[str, Store]) -> Store:
    return spec_stores[request.param]


def judged(
    store: Store,
    service: str,
    kpi: str,
    viewer: Viewer = COMMISSIONER,
    period: Period = FIRST,
    **more: object,
) -> list[KpiStatus]:
    found = read_kpis(store, period, viewer, Audience.US, service=service, **more)  # type: ignore[arg-type]
    return [status for status in found if status.kpi.id == kpi]


def paid(answer: str | None) -> dict[str, object]:
    return dict(a_post(llw_relevant="Y", hourly_rate_meets_llw=answer))


def in_housing(store: Store) -> None:
    """Three open cases and one complaint in the north, one case and one of two posts underpaid in the south."""
    hill, vale = a_housing_case("A", area=HILL), a_housing_case("B", area=VALE)
    north = a_return(
        NORTH, Q1, [hill, vale, a_housing_case("C", "OPEN", area=VALE)], service=HOUSING,
        complaints=[a_complaint(vale)], staff=[paid("Y"), paid(None)],
    )  # fmt: skip
    south = a_return(
        SOUTH, Q1, [a_housing_case("D", area=HILL)], service=HOUSING, staff=[paid("Y"), paid("N")]
    )
    fill(store, [north, south])


def test_complaints_whole_by_provider_and_by_area(store: Store) -> None:
    in_housing(store)
    (whole,) = judged(store, HOUSING, "HM9")
    assert (whole.met, whole.base, whole.value, whole.status) == (1, 4, 25.0, Status.NO_TARGET)
    found = {s.provider: (s.met, s.base) for s in judged(store, HOUSING, "HM9", by=("provider",))}
    assert found == {NORTH: (1, 3), SOUTH: (0, 1)}
    areas = {s.area: (s.met, s.base) for s in judged(store, HOUSING, "HM9", by=("area",))}
    assert (areas[HILL], areas[VALE]) == ((0, 2), (1, 2))


def test_the_living_wage_by_provider_and_in_no_area(store: Store) -> None:
    in_housing(store)
    (whole,) = judged(store, HOUSING, "HM10")
    assert (whole.met, whole.base, whole.unrecorded, whole.target) == (2, 3, 1, None)
    found = {s.provider: (s.met, s.base) for s in judged(store, HOUSING, "HM10", by=("provider",))}
    assert found == {NORTH: (1, 1), SOUTH: (1, 2)}
    assert judged(store, HOUSING, "HM10", by=("area",)) == []
    assert judged(store, HOUSING, "HM10", of_area("reader", HILL, HOUSING)) == []
    (seen,) = judged(store, HOUSING, "HM9", of_area("reader", HILL, HOUSING))
    assert (seen.met, seen.base) == (0, 2)


def test_a_caseload_is_of_live_cases_at_the_end_and_full_time_mentors(store: Store) -> None:
    live = [a_case(outcome="LIVE", referred=date(2018, 6, 1)) for _ in range(5)]
    mentors = [
        a_post(role="MENTOR", fte=1.0),
        a_post(role="MENTOR", fte=0.5),
        a_post(role="MENTOR", fte=None),
    ]
    fill(store, [a_return(NORTH, Q1, live, staff=mentors), a_return(SOUTH, Q1, [a_case(outcome="LIVE")])])
    (whole,) = judged(store, MENTORING, "TB3")
    assert (whole.met, whole.base, whole.divisor, whole.value) == (6, 2, 1.5, 4.0)
    found = {
        s.provider: (s.divisor, s.value, s.status) for s in judged(store, MENTORING, "TB3", by=("provider",))
    }
    assert found[NORTH] == (1.5, 5 / 1.5, Status.NO_TARGET)
    assert found[SOUTH] == (0.0, None, Status.NOT_DUE)
    assert judged(store, MENTORING, "TB3", by=("area",)) == []


def test_completeness_has_a_status_for_each_column_and_each_provider(store: Store) -> None:
    fill(store, [a_return(NORTH, Q1, [a_case(), a_case(entered_date=None)]), a_return(SOUTH, Q1, [a_case()])])
    found = {s.category: (s.category_label, s.met, s.base) for s in judged(store, MENTORING, "TB8")}
    assert found["entered_date"] == ("Date entered on system", 2, 3)
    assert found["tenancy_outcome"][1:] == (0, 3)
    theirs = [s for s in judged(store, MENTORING, "TB8", by=("provider",)) if s.category == "entered_date"]
    assert {s.provider: (s.met, s.base) for s in theirs} == {NORTH: (1, 2), SOUTH: (1, 1)}


def test_where_a_provider_sends_totals_there_is_no_rate_of_the_others_alone(store: Store) -> None:
    total = {
        "measure": "complaints", "breakdown": None, "category": None, "area": None, "count": 7, "denominator": None,
        "period_start": FIRST.start, "period_end": FIRST.end, "unit": None,
    }  # fmt: skip
    vale = a_housing_case("B")
    north = a_return(NORTH, Q1, [vale], service=HOUSING, complaints=[a_complaint(vale)])
    fill(store, [north, a_return(SOUTH, Q1, service=HOUSING, totals=[total])])
    (whole,) = judged(store, HOUSING, "HM9")
    assert (whole.status, whole.met, whole.base, whole.value) == (Status.NOT_GIVEN, None, None, None)
    found = {s.provider: (s.status, s.value) for s in judged(store, HOUSING, "HM9", by=("provider",))}
    assert found == {NORTH: (Status.NO_TARGET, 100.0), SOUTH: (Status.NOT_GIVEN, None)}


def test_a_year_with_a_gap_has_its_number_and_no_status(store: Store) -> None:
    in_housing(store)
    (status,) = judged(store, HOUSING, "HM9", period=Period.parse(Q2), rolling=True)
    assert (status.status, status.met, status.base) == (Status.NO_RETURN, 1, 4)
