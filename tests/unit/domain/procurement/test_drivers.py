"""Why demand comes: rates of one year on both sides, what follows from the decisions expected, and what is never made of too little."""

from dataclasses import replace

import numpy as np
import pytest

from domain.benchmarks import series
from domain.benchmarks_prevention import official_districts
from domain.procurement.decisions import kinds_of, published_count
from domain.procurement.drivers import (
    ENTERED,
    Asked,
    DriverFigures,
    driver_volumes,
    known_of,
    look_back,
    moved,
    rates_of,
    why_not,
)
from domain.procurement.scenario import Assumption, Basis, Driver, Scenario
from domain.procurement.show_why import why_screens
from domain.services import HOMELESSNESS, HOUSING, MENTORING, SEND, Service
from domain.statistics import count_limits
from tests.sentences import unfounded

NORFOLK, BRECKLAND, EPPING = "E10000020", "E07000143", "E07000072"
OF_2024 = Asked(2024, 630, (203, 151, 347))
OF_2023 = Asked(2023, 549, (177, 132, 302))
SEND_NORFOLK = DriverFigures(
    "send", 2024, (2023, 2024), (OF_2023, OF_2024), (NORFOLK,), "Norfolk", rests_on="data to 31 Mar 2025"
)
DUTIES = DriverFigures(
    "homelessness", 2024, (2024,), (Asked(2024, 138, (138,)),), no_area="no published count is held of Ashby"
)
BASED = Scenario("send", starts=202604)


def entered(
    figures: DriverFigures, known: int, expected: int | None = None, year: int | None = 2024
) -> Scenario:
    drivers = (Driver(figures.kinds[0].key, known, expected),)
    return Scenario(figures.service, starts=202604, driver_year=year, drivers=drivers)


def test_the_published_decisions_of_norfolk_are_those_of_the_same_calendar_year() -> None:
    kinds = kinds_of(SEND)
    assert [published_count(kind, (NORFOLK,), 2024).count for kind in kinds] == [333, 214, 12747 - 333 - 214]
    assert [published_count(kind, (NORFOLK,), 2021).count for kind in kinds] == [None] * 3
    assert "Norfolk is held for the whole of 2021" in published_count(kinds[0], (NORFOLK,), 2021).why


def test_prevention_duties_are_added_up_only_where_every_quarter_of_every_district_is_in() -> None:
    (kind,) = kinds_of(HOMELESSNESS)
    quarters = [
        one.count for one in series("prevention_duty_owed", BRECKLAND) if one.period.start.year == 2025
    ]
    assert len(quarters) == 4
    assert published_count(kind, (BRECKLAND,), 2025).count == sum(one or 0 for one in quarters)
    assert published_count(kind, (BRECKLAND,), 2024).count is None, "A1 begins in April 2024"
    silent = published_count(kind, (BRECKLAND, EPPING), 2025)
    assert (silent.count, official_districts()[EPPING] in silent.why) == (None, True)


def test_the_printed_reasons_of_norfolk_over_its_refusals_are_61_and_71_for_each_100() -> None:
    assess, issue, other = rates_of(SEND_NORFOLK, BASED)
    assert [round(one.per_hundred, 1) for one in (assess, issue, other)] == [61.0, 70.6, 2.8]
    assert assess.limits == tuple(100 * edge / 333 for edge in count_limits(203))


def test_as_many_decisions_as_then_bring_the_referrals_of_then() -> None:
    volumes = driver_volumes(SEND_NORFOLK, BASED)
    assert volumes is not None
    assert volumes.middle == pytest.approx((630.0,) * 3)
    assert (volumes.draws.shape, volumes.starts, volumes.validated) == ((10_000, 3), 202604, False)
    low, high = volumes.limits(0)
    assert low < 563 < 630 < 703 < high, "wider than one year's chance, because rates moved"


def test_a_rate_of_one_year_gives_the_chance_that_theory_says() -> None:
    """A Poisson count whose mean is a gamma: the closed form of its mean and variance, and of what two years share."""
    volumes = driver_volumes(DUTIES, entered(DUTIES, 900, 1800), draws=40_000)
    assert volumes is not None
    assert moved(DUTIES) is None
    mean = 138.5 * 2
    assert volumes.middle[0] == pytest.approx(276)
    assert volumes.draws[:, 0].mean() == pytest.approx(mean, abs=4 * np.sqrt(mean * 3 / 40_000))
    assert volumes.draws[:, 0].var() == pytest.approx(mean * 3, rel=0.05)
    assert np.cov(volumes.draws[:, 0], volumes.draws[:, 1])[0, 1] == pytest.approx(mean * 2, rel=0.06)


def test_twice_the_decisions_of_one_kind_add_its_own_referrals_once_more() -> None:
    scenario = replace(BASED, drivers=(Driver("not_assessed", None, 666),))
    volumes = driver_volumes(SEND_NORFOLK, scenario)
    assert volumes is not None
    assert volumes.middle[0] == pytest.approx(630 + 203 * 630 / 701)


def test_rates_that_stood_still_widen_nothing_and_those_that_moved_do() -> None:
    still = replace(SEND_NORFOLK, asked=(Asked(2023, 600, (262, 99, 307)), OF_2024))
    assert moved(still) == 0
    spread = moved(SEND_NORFOLK)
    assert spread is not None
    assert 0.1 < spread < 0.4
    wide, narrow = driver_volumes(SEND_NORFOLK, BASED), driver_volumes(still, BASED)
    assert wide is not None
    assert narrow is not None
    assert wide.limits(0)[0] < narrow.limits(0)[0] < narrow.limits(0)[1] < wide.limits(0)[1]
    assert wide.draws.mean() == pytest.approx(631.3, abs=5), "what moves up may move down as far"


def test_the_rates_of_a_year_are_held_against_what_the_next_year_brought() -> None:
    ((year, given, came),) = look_back(SEND_NORFOLK)
    by_hand = 549 / 611 * (177 / 430 * 333 + 132 / 141 * 214 + 302 / 10796 * 12200)
    assert (year, came) == (2024, 630)
    assert given == pytest.approx(by_hand)


def test_a_number_entered_stands_only_for_the_year_it_is_of_and_says_what_is_published() -> None:
    kind = kinds_of(SEND)[0]
    drivers = (Driver(kind.key, 340),)
    known = known_of(SEND_NORFOLK, replace(BASED, drivers=drivers, driver_year=2024), kind)
    assert (known.count, known.source, known.instead_of) == (340, ENTERED, 333)
    assert known_of(SEND_NORFOLK, replace(BASED, drivers=drivers, driver_year=2023), kind).count == 333
    nobody_said = entered(DUTIES, 900, year=None)
    assert known_of(DUTIES, nobody_said, DUTIES.kinds[0]).count is None
    assert "choose the calendar year" in why_not(DUTIES, nobody_said).lower()
    (rates, *_) = why_screens(SEND_NORFOLK, replace(BASED, drivers=drivers))
    assert any(note.startswith("Refusals to assess: choose the calendar year") for note in rates.notes)


def test_a_small_number_entered_is_not_shown_to_others() -> None:
    others = replace(DUTIES, gated=True, least=5)
    assert driver_volumes(others, entered(others, 4)) is None
    assert "not shown to others" in why_not(others, entered(others, 4)).lower()
    assert driver_volumes(others, entered(others, 5)) is not None
    assert driver_volumes(DUTIES, entered(DUTIES, 4)) is not None


@pytest.mark.parametrize("by_kind", [(203, 151, None), (None, 151, 347)])
def test_nothing_is_made_of_the_rest_where_one_reason_is_hidden(by_kind: tuple[int | None, ...]) -> None:
    hidden = replace(SEND_NORFOLK, asked=(replace(OF_2024, by_kind=by_kind, why="hidden"),))
    assert driver_volumes(hidden, BASED) is None
    assert why_not(hidden, BASED).endswith(": hidden")
    assert len(rates_of(hidden, BASED)) == 2
    (expected,) = (one for one in why_screens(hidden, BASED) if one.key == "why_expected")
    assert (expected.chart, expected.figures) == (None, ())


def test_a_rate_above_100_is_said_as_it_is() -> None:
    scenario = entered(DUTIES, 100)
    (rate,) = rates_of(DUTIES, scenario)
    assert rate.per_hundred == 138
    screen = why_screens(DUTIES, scenario)[0]
    assert "In 2024 138.0 households were referred for each 100 prevention duties" in screen.takeaway.what
    assert any("may pass 100" in note for note in screen.notes)


@pytest.mark.parametrize(
    ("figures", "scenario"),
    [
        (SEND_NORFOLK, BASED),
        (
            SEND_NORFOLK,
            replace(BASED, drivers=(Driver("not_assessed", None, 400), Driver("other", None, 13_000))),
        ),
        (SEND_NORFOLK, replace(BASED, driver_year=2024, drivers=(Driver("not_issued", 230),))),
        (replace(SEND_NORFOLK, printed=OF_2024, printed_areas=(NORFOLK,)), BASED),
        (replace(SEND_NORFOLK, year=2023), BASED),
        (DUTIES, entered(DUTIES, 900, 1000)),
        (DUTIES, Scenario("homelessness")),
        (DriverFigures("housing"), Scenario("housing")),
        (replace(SEND_NORFOLK, withheld="Too fine."), BASED),
        (DriverFigures("send"), BASED),
    ],
)
def test_every_number_that_is_said_stands_in_the_table(figures: DriverFigures, scenario: Scenario) -> None:
    screens = why_screens(figures, scenario)
    assert screens
    assert len({one.key for one in screens}) == len(screens)
    for screen in screens:
        assert screen.item == "why"
        table_alone = replace(screen, notes=(), about="", base="", figures=(), chart=None)
        assert unfounded(screen.takeaway.sentence, table_alone) == [], screen.takeaway.sentence


def test_what_is_unsure_is_said_beside_the_number() -> None:
    _, expected, *_ = why_screens(SEND_NORFOLK, BASED)
    assert expected.takeaway.sure.endswith("scenario, not validated")
    _, alone = why_screens(DUTIES, entered(DUTIES, 900))
    assert "for chance alone" in alone.takeaway.sure
    volumes = driver_volumes(DUTIES, entered(DUTIES, 900))
    assert volumes is not None
    assert "chance alone" in volumes.rests_on


def test_a_scenario_that_goes_by_other_numbers_and_its_assumptions_are_said() -> None:
    plain = why_screens(SEND_NORFOLK, replace(BASED, basis=Basis.DECISIONS))[1]
    more = replace(BASED, assumptions=(Assumption("A new duty", 202604, 10, 0, 20),))
    told = why_screens(SEND_NORFOLK, more)[1]
    assert len(told.notes) == len(plain.notes) + 2


@pytest.mark.parametrize("asked", [HOUSING, MENTORING])
def test_where_no_count_is_published_that_is_said_and_the_way_on(asked: Service) -> None:
    key = asked.key
    (screen,) = why_screens(DriverFigures(key), Scenario(key))
    assert screen.takeaway.what.startswith("No count is published")
    assert "How many to expect" in " ".join(screen.notes)
    assert "decision" not in str(screen)
    assert driver_volumes(DriverFigures(key), Scenario(key)) is None
