"""KPIs: which target holds, and what it says of a figure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.access import Audience
from domain.disclosure import Figure, release
from domain.kpis import Kpi, KpiStatus, is_clear, judged, kpi, kpis, rolling_year, target_for
from domain.measures import measure
from domain.periods import Period
from domain.selection import Selection
from domain.settings import Target
from domain.statistics import wilson_interval
from domain.status import Status
from domain.tally import Source, Tally, TallyRow

QUARTER = Period.parse("2018-07..2018-09")
RATE, VOLUME = kpi("TB1"), kpi("TB2")
EIGHTY = Target("TB1", "mentoring", ">=", Decimal("0.80"), Decimal("0.75"), date(2017, 4, 1))
AVERAGE = Kpi("X1", "Days", "mean_days_of_support", "mentoring", "shared", "monitoring", 2, "-")


def a_figure(key: str, met: int, base: int, value: float | None = None) -> Figure:
    low, high = wilson_interval(met, base) if base else (None, None)
    row = TallyRow((), (), met, base, 0, 0, value, low, high)
    tally = Tally(measure(key), (), (row,), Selection("mentoring"), Source.SHARED, 1)
    return release(tally, Audience.US).figures[0]


def status(kpi: Kpi, figure: Figure | None, target: Target | None, *, returned: bool = True) -> Status:
    return judged(kpi, figure, target, QUARTER, returned=returned)[0].status


def test_kpis_have_ids_of_their_own_and_starting_targets_with_a_reason():
    assert len({declared.id for declared in kpis()}) == len(kpis())
    assert all(declared.source for declared in kpis())
    # What the regulations ask for needs no reason of ours; another target or edge of amber does.
    proposed = [
        t for k in kpis() for t in k.starting_targets if k.basis != "statute" or t.tolerance is not None
    ]
    assert all(t.note for t in proposed)
    assert all(t.tolerance is None for k in kpis() if k.basis == "statute" for t in k.starting_targets)
    assert all((t.kpi, t.service) == (k.id, k.service) for k in kpis() for t in k.starting_targets)
    with pytest.raises(KeyError, match="is not a KPI"):
        kpi("XX")


def test_the_starting_targets_are_the_published_and_the_example_one():
    assert [(t.value, t.tolerance, t.example) for t in RATE.starting_targets] == [
        (Decimal("0.80"), Decimal("0.75"), True)
    ]
    assert VOLUME.starting_targets[0].profile == Period.parse("2017-04..2019-03")
    assert VOLUME.programme_only


@pytest.mark.parametrize(
    ("met", "base", "expected"),
    [
        (16, 20, Status.GREEN),
        (15, 20, Status.AMBER),
        (14, 20, Status.RED),
        (9, 9, Status.TOO_FEW),
        (0, 0, Status.NOT_DUE),
    ],
)
def test_a_share_is_judged_before_it_is_rounded(met, base, expected):
    assert (
        status(RATE, a_figure("prevention_rate", met, base, met / base if base else None), EIGHTY) is expected
    )


def test_no_figure_no_return_and_no_target_are_told_apart():
    figure = a_figure("prevention_rate", 16, 20, 0.8)
    assert status(RATE, None, EIGHTY) is Status.NOT_DUE
    assert status(RATE, figure, EIGHTY, returned=False) is Status.NO_RETURN
    assert status(RATE, figure, None) is Status.NO_TARGET


def test_a_volume_is_judged_against_its_target_to_date():
    target = VOLUME.starting_targets[0]
    verdict, to_date = judged(VOLUME, a_figure("preventions", 372, 372), target, QUARTER, returned=True)
    assert to_date is not None
    assert 360 < to_date < 380
    assert verdict.status in (Status.GREEN, Status.AMBER)
    assert status(VOLUME, None, target) is Status.RED
    flat = replace(target, profile=None, value=Decimal(10), tolerance=None)
    verdict, to_date = judged(VOLUME, a_figure("preventions", 10, 10), flat, QUARTER, returned=True)
    assert (verdict.status, to_date) == (Status.GREEN, None)
    assert status(VOLUME, a_figure("preventions", 10, 10), None) is Status.NO_TARGET


def test_an_average_is_judged_as_a_number():
    target = Target("X1", "mentoring", "<=", Decimal(55), None, date(2017, 4, 1))
    assert status(AVERAGE, a_figure("mean_days_of_support", 12, 12, 55.0), target) is Status.GREEN
    assert status(AVERAGE, a_figure("mean_days_of_support", 12, 12, 55.5), target) is Status.RED
    assert status(AVERAGE, a_figure("mean_days_of_support", 0, 0), target) is Status.NOT_DUE
    assert status(AVERAGE, None, target) is Status.NOT_DUE


def test_the_providers_own_and_the_latest_target_holds():
    later = replace(EIGHTY, value=Decimal("0.85"), since=date(2018, 4, 1))
    own = replace(EIGHTY, value=Decimal("0.70"), provider="north")
    ended = replace(EIGHTY, until=date(2018, 3, 31))
    other = replace(EIGHTY, kpi="TB4")
    day = date(2018, 6, 30)
    assert target_for((EIGHTY, later, other), RATE, "", day) is later
    assert target_for((EIGHTY, later, own), RATE, "north", day) is own
    assert target_for((EIGHTY, later, own), RATE, "south", day) is later
    assert target_for((EIGHTY, later), RATE, "", date(2018, 3, 31)) is EIGHTY
    assert target_for((ended, replace(later, since=date(2019, 4, 1))), RATE, "", day) is None


def test_a_rolling_year_ends_with_its_period():
    assert rolling_year(QUARTER).key == "2017-10..2018-09"


def test_chance_is_only_weighed_for_a_share_with_a_target():
    assert (
        is_clear(
            RATE, a_figure("prevention_rate", 387, 471, 387 / 471), replace(EIGHTY, value=Decimal("0.90"))
        )
        is True
    )
    assert is_clear(RATE, a_figure("prevention_rate", 16, 20, 0.8), EIGHTY) is False
    for figure, target in (
        (None, EIGHTY),
        (a_figure("prevention_rate", 16, 20, 0.8), None),
        (a_figure("prevention_rate", 0, 0), EIGHTY),
        (a_figure("preventions", 16, 16), EIGHTY),
    ):
        assert is_clear(RATE, figure, target) is None


@pytest.mark.parametrize(
    ("provider", "area", "words"),
    [("", "", "Whole programme"), ("North", "", "North"), ("North", "Hill", "North, Hill")],
)
def test_a_status_says_whose_it_is(provider, area, words):
    found = KpiStatus(
        RATE,
        "",
        "",
        provider,
        area,
        QUARTER,
        False,
        None,
        None,
        None,
        None,
        None,
        Status.NO_RETURN,
        "",
        False,
        None,
    )
    assert found.where == words


def test_what_nobody_recorded_is_said_and_not_taken_for_what_is_not_due():
    row = TallyRow((), (), 0, 0, 7, 1)
    tally = Tally(measure("identified_early"), (), (row,), Selection("mentoring"), Source.SHARED, 1)
    figure = release(tally, Audience.US).figures[0]
    verdict, _ = judged(kpi("TB4"), figure, None, QUARTER, returned=True)
    assert verdict.status is Status.NOT_DUE
    assert verdict.why == "It was not recorded for any of the 8 cases, so nothing can be said."
