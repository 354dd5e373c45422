"""Uploads and figures ask for the same columns of the same cases; a rate is judged by its two counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.completeness import asked_by_kpis, old_enough, row_keys, wanted_columns
from domain.disclosure import Figure
from domain.fields import Kind, Sheet, fields_of
from domain.kpis import is_clear, judged, kpi
from domain.periods import Period
from domain.row_conditions import holds
from domain.services import SERVICES
from domain.settings import Target
from domain.status import Status
from tests.oracles.generated import some_returns

NAMES = [service.key for service in SERVICES]
PERIOD = Period.parse("2018-04..2018-06")
DAY = date(2018, 12, 31)


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_asked_for_at_upload_are_those_counted_and_the_rest_are_dates(name: str) -> None:
    kinds = {f.key: f.kind for f in fields_of(Sheet.CASES, name)}
    counted = {column.key for column in wanted_columns(name)}
    asked = {key for _, keys in asked_by_kpis(name) for key in keys}
    assert asked == {key for key in counted if kinds[key] is not Kind.DATE}
    assert {"referral_date", "outcome_date"} <= counted


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_wanted_of_the_very_cases_that_an_upload_is_asked_about(name: str) -> None:
    """Over generated cases: wanted where one of the measures that ask for it looks at the case and it is old enough."""
    rows = [row for sent in some_returns(name, 3, size=6) if sent.service == name for row in sent.cases]
    wanted_once = False
    for column in wanted_columns(name):
        measures = [one for one, keys in asked_by_kpis(name) if column.key in keys]
        if not measures:
            continue
        for row in rows:
            said = any(holds(old_enough(one), name, row, as_at=DAY) for one in measures)
            assert holds(column.wanted, name, row, as_at=DAY) is said
            wanted_once |= said
    assert wanted_once


def test_only_mentoring_has_activities_to_match() -> None:
    assert [name for name in NAMES if "activities_matched" in row_keys(name)] == ["mentoring"]


def a_rate(met: int, base: int, *, divisor: float | None = None, times: int = 100) -> Figure:
    value = met * times / (base if divisor is None else divisor)
    return Figure((), (), met, base, 0, 0, value, value / 2, value * 2, small=False, divisor=divisor)


def a_target(name: str, operator: str, value: str, tolerance: str) -> Target:
    return Target(name, kpi(name).service, operator, Decimal(value), Decimal(tolerance), date(2018, 4, 1))


@pytest.mark.parametrize(
    ("met", "base", "status"),
    [(5, 100, Status.GREEN), (51, 1000, Status.AMBER), (7, 100, Status.AMBER), (71, 1000, Status.RED)],
)
def test_complaints_are_judged_for_each_100_cases_at_the_edges(met: int, base: int, status: Status) -> None:
    target = a_target("HM9", "<=", "5", "7")
    verdict, _ = judged(kpi("HM9"), a_rate(met, base), target, PERIOD, returned=True)
    assert verdict.status is status
    assert verdict.why.startswith(f"{met} complaints, {base:,} cases: ")


def test_a_rate_is_divided_by_full_time_posts_and_needs_some() -> None:
    figure = a_rate(69, 12, divisor=10, times=1)
    verdict, _ = judged(kpi("TB3"), figure, None, PERIOD, returned=True)
    assert (verdict.status, verdict.why) == (
        Status.NO_TARGET,
        "69 cases, 10 full-time posts: 6.9 for each full-time mentor in post; no target is set.",
    )
    most = a_target("TB3", "<=", "10", "12")
    verdict, _ = judged(kpi("TB3"), figure, most, PERIOD, returned=True)
    assert verdict.status is Status.GREEN, "ten posts may be few, 69 cases are not"
    verdict, _ = judged(kpi("TB3"), replace(figure, met=0, value=0.0), most, PERIOD, returned=True)
    assert verdict.status is Status.TOO_FEW
    nobody = replace(figure, base=0, divisor=0.0, value=None, low=None, high=None)
    verdict, _ = judged(kpi("TB3"), nobody, None, PERIOD, returned=True)
    assert (verdict.status, verdict.why) == (
        Status.NOT_DUE,
        "There is no post to divide by: the returns name none.",
    )
    verdict, _ = judged(kpi("TB3"), None, None, PERIOD, returned=False)
    assert verdict.status is Status.NO_RETURN


def test_a_rate_is_clear_of_its_target_by_its_own_limits() -> None:
    target = a_target("HM9", "<=", "5", "7")
    assert is_clear(kpi("HM9"), a_rate(6, 100), target) is False
    assert is_clear(kpi("HM9"), a_rate(30, 100), target) is True
    assert is_clear(kpi("HM9"), a_rate(300, 100), target) is True


@pytest.mark.parametrize(
    ("met", "base", "status"), [(9, 9, Status.GREEN), (8, 9, Status.RED), (1, 1, Status.GREEN)]
)
def test_the_living_wage_has_no_amber_and_counts_from_one_post(met: int, base: int, status: Status) -> None:
    (target,) = kpi("HM10").starting_targets
    figure = Figure((), (), met, base, 0, 0, met / base, 0.0, 1.0, small=True)
    verdict, _ = judged(kpi("HM10"), figure, target, PERIOD, returned=True)
    assert verdict.status is status
    assert verdict.few
    nobody = replace(figure, met=0, base=0, value=None, missing=2)
    verdict, _ = judged(kpi("HM10"), nobody, target, PERIOD, returned=True)
    assert verdict.why == "It was not recorded for any of the 2 posts, so nothing can be said."
    verdict, _ = judged(kpi("HM10"), replace(nobody, missing=0), target, PERIOD, returned=True)
    assert verdict.why == "The returns name no such post at the end of the period."
