"""The cases behind a status are counted by the formula of the status: their numbers are its numbers, on both databases."""

from datetime import date

import pytest

from components.kpi_workings import workings_text
from data_access.case_story import read_case
from data_access.coverage import read_coverage
from data_access.kpi_cases import may_see_cases, read_cases_of, read_kpi_cases
from data_access.kpis import read_kpis
from data_access.stores import Store
from data_access.workings import read_workings
from domain.access import COMMISSIONER, Audience, Grant, OutOfReach, Reach, Role, Viewer
from domain.exceptions import Cause
from domain.kpi_cases import Counting
from domain.kpis import KpiStatus, kpi
from domain.measures import Share, measure
from domain.periods import Period, month_end, next_month, quarter_of
from domain.services import SERVICES

QUARTER = Period.parse("2025-01..2025-03")


def statuses(store: Store, service: str) -> tuple[KpiStatus, ...]:
    """Those of the last whole quarter, of all providers together."""
    last = read_coverage(store, COMMISSIONER, service=service).last_month or 0
    quarter = quarter_of(last)
    if quarter.end > month_end(last):
        quarter = quarter_of(next_month(quarter.first_month, -1))
    return read_kpis(store, quarter, COMMISSIONER, Audience.US, service=service)


def test_the_list_of_cases_adds_up_to_the_status(examples_store: Store) -> None:
    compared = 0
    for service in SERVICES:
        asked = {status.kpi.id: status for status in statuses(examples_store, service.key)}
        for status in asked.values():
            found = read_cases_of(examples_store, COMMISSIONER, status)
            if found.none_why or status.met is None:
                continue
            compared += 1
            assert found.met == status.met, status.kpi.id
            if isinstance(measure(status.kpi.measure, service.key), Share):
                assert found.base == status.base, status.kpi.id
            if status.adjusted is not None:
                assert len(found.of(Counting.EXCEPTED)) == status.adjusted.left_out
            assert all(one.why for one in found.cases)
    assert compared > 20


def test_a_case_says_why_it_is_late_and_whose_cause_that_was(examples_store: Store) -> None:
    found = read_kpi_cases(examples_store, COMMISSIONER, kpi("SM1b"), QUARTER, provider="norfolk-mdr")
    named = {one.ref: one for one in found.cases}
    late = named["MDR-1952"]
    assert (late.counting, late.cause) == (Counting.MISSED, Cause.COUNCIL)
    assert late.why.startswith("'Meeting date' is after the last day in time")
    assert (late.start, late.due, late.done, late.days) == (
        date(2025, 1, 22), date(2025, 2, 21), date(2025, 2, 26), 35,
    )  # fmt: skip
    excepted = named["MDR-1921"]
    assert (excepted.counting, excepted.cause) == (Counting.EXCEPTED, Cause.HOLIDAY)
    taken_back = named["MDR-1893"]
    assert taken_back.counting is Counting.NOT_COUNTED
    assert "'Outcome' is Resolved pre-mediation" in taken_back.why
    story = read_case(examples_store, COMMISSIONER, "send", "norfolk-mdr", "MDR-1921")
    assert story is not None
    assert [(one.due, one.counts) for one in story.clocks[:2]] == [
        (date(2025, 1, 15), True),
        (date(2025, 1, 17), False),
    ]
    assert {(one.kpi, one.counts) for one in story.exceptions} >= {("SM1b", True)}
    assert read_case(examples_store, COMMISSIONER, "send", "norfolk-mdr", "nobody's") is None


VIEWER = Viewer("v", (Grant(Role.VIEWER),))
OTHER = Viewer("p", (Grant(Role.PROVIDER, Reach(provider="housing-a")),))


@pytest.mark.parametrize("viewer", [VIEWER, OTHER])
def test_who_may_not_see_cases_gets_none_but_may_have_the_workings(
    examples_store: Store, viewer: Viewer
) -> None:
    assert not may_see_cases(viewer, "send", "norfolk-mdr")
    with pytest.raises(OutOfReach):
        read_kpi_cases(examples_store, viewer, kpi("SM1b"), QUARTER, provider="norfolk-mdr")
    with pytest.raises(OutOfReach):
        read_case(examples_store, viewer, "send", "norfolk-mdr", "MDR-1921")
    (status,) = (
        s
        for s in read_kpis(
            examples_store, QUARTER, COMMISSIONER, Audience.US, by=("provider",), service="send"
        )
        if s.kpi.id == "SM1b"
    )
    text = workings_text(read_workings(examples_store, VIEWER, status))
    assert "58 of 67" in text
    assert text.count("SELECT") >= 2, "the raw question and the one without exceptions"
    assert "'norfolk-mdr'" in text
    assert "MDR-" not in text


def test_somebody_with_cases_of_every_provider_that_they_see_sees_them_together() -> None:
    both = Viewer(
        "c", tuple(Grant(Role.COMMISSIONER, Reach("housing", p)) for p in ("housing-a", "housing-b"))
    )
    assert may_see_cases(both, "housing")
    assert not may_see_cases(both, "send")
    partly = Grant(Role.VIEWER, Reach("housing", "housing-b"))
    mixed = Viewer("m", (both.grants[0], partly))
    assert not may_see_cases(mixed, "housing")
    assert may_see_cases(mixed, "housing", "housing-a")
