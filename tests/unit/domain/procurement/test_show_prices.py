"""Screens of prices and of volumes for the tender: every number said stands in its table, and bidders are told no chance or price."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from domain.pack import Screen
from domain.procurement.bands import last_year_of, suggested
from domain.procurement.example_prices import EXAMPLE_PRICES, example_offers, is_example
from domain.procurement.expected import own_volumes, volumes_of
from domain.procurement.history import History
from domain.procurement.lines import lines_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.outlook import outlook_of
from domain.procurement.prices import price_of, price_words, whole_counts
from domain.procurement.scenario import Assumption, Bands, Scenario
from domain.procurement.show_bands import band_screens
from domain.procurement.show_parts import chance, drawn_note
from domain.procurement.show_prices import price_screens
from domain.procurement.simulate import cost_of
from domain.procurement.volumes import Volumes
from domain.procurement.work import Work, work_of
from domain.services import HOMELESSNESS, HOUSING, MENTORING, SEND, Service
from tests.sentences import unfounded

NORFOLK = History("financial_year", 202004, (195, 271, 429, 598, 636))
ENDED = (219, 9, 91, 36, 5, 270)
KEYS = tuple(line.key for line in lines_of(SEND))
RISE = Decimal("2.5")
OFFERS: tuple[Offer, ...] = (
    ByStage(
        tuple(zip(KEYS, map(Decimal, ("120.50", "75", "310.25", "180", "1450", "1625.75")), strict=True)),
        Decimal(400),
        0.1,
        RISE,
    ),
    FixedAndExtra(750, Decimal(585_000), Decimal("912.35"), RISE),
    PerCase(Decimal("805.55"), RISE),
    Hourly(
        Decimal("87.35"),
        tuple(zip(KEYS, map(Decimal, ("1.25", "0.5", "3.75", "2.1", "14", "16.3")), strict=True)),
        RISE,
    ),
    Block(((600, Decimal(500_000)), (800, Decimal(620_000))), Decimal(900), RISE),
)
SCENARIO = Scenario(
    "send", starts=202504, offers=OFFERS, assumptions=(Assumption("A new duty", 202510, 5, 0, 10),)
)


@cache
def norfolk(years: int = 3) -> Work:
    return work_of(volumes_of(outlook_of(NORFOLK, 202504, years)), lines_of(SEND), ENDED)


@cache
def shown(offers: tuple[Offer, ...] = OFFERS, years: int = 3) -> dict[str, Screen]:
    work = norfolk(years)
    found = price_screens([cost_of(one, work) for one in offers], work, replace(SCENARIO, offers=offers))
    return {one.key: one for one in found}


def column(screen: Screen, header: str) -> list[object]:
    place = screen.table.headers.index(header)
    return [row[place] for row in screen.table.rows]


@pytest.mark.parametrize("years", [1, 3])
@pytest.mark.parametrize(
    "offers",
    [OFFERS, OFFERS[:1], OFFERS[1:2], (OFFERS[1], PerCase()), (replace(OFFERS[1], extra=Decimal(700)),)],
    ids=["all", "a list alone", "fixed alone", "one not complete", "extra cheaper than included"],
)
def test_every_number_of_a_title_stands_on_its_screen(offers: tuple[Offer, ...], years: int):
    screens = shown(offers, years)
    assert {one.item for one in screens.values()} == {"prices"}
    assert not [one.key for one in screens.values() if unfounded(one.takeaway.sentence, one)]
    assert all("scenario, not validated" in one.base for one in screens.values())


def test_all_that_a_commissioner_is_owed_stands_there():
    screens = shown()
    assert list(screens) == [
        "prices",
        "prices_curves",
        "prices_even",
        "prices_choosing",
        "prices_matters",
        "prices_years",
        "prices_included",
        "prices_worked",
    ]
    side = screens["prices"]
    assert column(side, "Way of paying") == [
        "Price list",
        "Fixed price for 750",
        "Price per case",
        "Hourly rate",
        "Block price",
    ]
    assert side.chart is not None
    assert (side.chart.unit, len(side.chart.categories)) == ("£", 5)
    assert side.chart.series[0].lows < side.chart.series[0].values < side.chart.series[0].highs


def test_the_totals_by_hand_are_those_of_the_price_to_the_penny():
    screen, counts = shown()["prices_worked"], whole_counts(norfolk(), 0)
    assert sum(counts.values()) == 746
    totals = [row for row in screen.table.rows if row[1] == "Total, referrals"]
    assert [row[4] for row in totals] == [price_words(int(price_of(one, counts) * 100)) for one in OFFERS]
    for total in totals:
        parts = [row for row in screen.table.rows if row[0] == total[0] and row is not total]
        assert sum(pounds(row[4]) for row in parts) == pounds(total[4])


def pounds(words: object) -> Decimal:
    return Decimal(str(words).replace("£", "").replace(",", ""))


def test_the_curves_say_which_is_cheapest_and_where_two_cost_the_same():
    screens = shown((OFFERS[1], OFFERS[2]))
    curves, even = screens["prices_curves"], screens["prices_even"]
    # 585,000 at 805.55 are 726.2 cases: per case is cheaper up to 726. From 750 on each extra case costs 106.80 more: 19,162.50 saved
    # there are gone after 179.4 more, so that per case is cheaper again from 930 on.
    rows = {row[0]: row[-1] for row in curves.table.rows}
    assert [rows[n] for n in (726, 727, 750, 929, 930)] == [
        "Price per case",
        "Fixed price for 750",
        "Fixed price for 750",
        "Fixed price for 750",
        "Price per case",
    ]
    assert "from 727 to 929" in curves.takeaway.what
    assert [row[1:6] for row in even.table.rows] == [
        ("about 727", "Price per case", 726, "Fixed price for 750", 727),
        ("about 930", "Fixed price for 750", 929, "Price per case", 930),
    ]
    # Where a pair crosses twice the way in the middle is cheaper between the two numbers, and not from the first one on.
    draws = norfolk().volumes.draws
    middle = np.mean((draws >= 727) & (draws <= 929))
    assert [row[6:] for row in even.table.rows] == [
        (chance(np.mean(draws >= 727)), chance(middle)),
        (chance(np.mean(draws >= 930)),) * 2,
    ]
    assert even.takeaway.sure.startswith("The chance that a year brings 930 or more, so that Price per case")
    later = shown((replace(OFFERS[1], extra=Decimal(820)), OFFERS[2]))["prices_even"].takeaway.sure
    assert later.startswith("The chance that a year brings 727 to 2,0"), later
    assert later.endswith("with more they cross again")
    assert curves.chart is not None
    mark = curves.chart.series[-1]
    assert mark.name == "750 cases included"
    assert [one for one in mark.values if one is not None] == [585_000.0]


def test_before_any_price_is_entered_what_to_enter_is_said_shortly():
    screen = shown(())["prices"]
    said = dict(screen.table.rows)
    assert said["Price list by stage"] == "a price for each way that a case may end"
    assert (
        said["Hourly rate"]
        == "the price an hour and the hours that a case takes for each way that it may end"
    )
    assert not any(line.label in str(said) for line in lines_of(SEND))


def test_one_way_of_paying_alone_is_said_where_the_first_year_is_likely_to_lie():
    low, high = norfolk().volumes.limits(0, 0.8)
    said = shown((PerCase(Decimal(400)),))["prices_curves"].takeaway.what
    assert (
        said
        == f"Price per case: £{400 * low:,} at {low:,} referrals a year, £{400 * high:,} at {high:,} referrals"
    )


def test_a_stretch_over_which_two_cost_the_same_is_named_whole_and_a_band_ends_with_a_step():
    fixed = FixedAndExtra(743, Decimal(267_480), Decimal(450))
    block = Block(((595, Decimal(214_200)), (743, Decimal(267_480))), Decimal(500))
    screens = shown((fixed, block))
    assert [row[1] for row in screens["prices_even"].table.rows] == ["596 to 743"]
    steps = {row[0]: row[2] for row in screens["prices_curves"].table.rows}
    assert (steps[595], steps[596]) == ("£214,200", "£267,480")


def test_a_low_n_is_said_to_be_cheapest_only_with_what_that_leaves_out():
    screen = shown((replace(OFFERS[1], extra=Decimal(700)),))["prices_choosing"]
    assert "fewer cases is always cheaper" in screen.takeaway.what
    assert any("keeps people ready" in note for note in screen.notes)


def test_nothing_is_said_of_costs_until_a_price_is_entered():
    work = norfolk()
    (empty,) = price_screens((), work, SCENARIO)
    assert "£" not in str(empty)
    assert len(empty.table.rows) == 5
    (lacking,) = price_screens([cost_of(PerCase(), work)], work, SCENARIO)
    assert lacking.table.rows == (("Price per case", "the price per case"),)
    (unknown,) = price_screens((), None, SCENARIO)
    assert unknown.table.rows == ()


@pytest.mark.parametrize("about", [HOMELESSNESS, HOUSING, MENTORING])
def test_example_prices_of_a_service_without_meetings_tell_the_endings_apart_and_name_no_meeting(
    about: Service,
):
    stages = example_offers(about, 160)[0]
    assert {price for _, price in stages.prices} == {Decimal(600), Decimal(150)}
    assert (stages.late_cancellation, stages.late_share) == (None, 0)
    assert all(is_example(replace(one, indexation=Decimal(2)), about) for one in example_offers(about, 160))


def test_example_prices_are_told_on_every_screen():
    screens = shown(example_offers(SEND, 750))
    assert all(one.takeaway.what.startswith("With example prices: ") for one in screens.values())
    assert all(one.notes[0].startswith(EXAMPLE_PRICES) for one in screens.values())
    assert not any(EXAMPLE_PRICES in str(one) for one in shown().values())


def test_suggested_volumes_are_those_of_their_reasons():
    steady, forecast, cautious = suggested(norfolk().volumes, last_year=last_year_of(NORFOLK))
    # 520 to 972 is the worked value of the first year; its 80% limits hold the tender's steady year in proportion to 636.
    low, high = norfolk().volumes.limits(0, 0.8)
    assert (steady.exact[0], steady.exact[2]) == pytest.approx((636 * low / 746.25, 636 * high / 746.25))
    assert steady.exact[1] == 636
    assert forecast.exact[1] == pytest.approx((746.25 + 856.5 + 966.75) / 3)
    mean = norfolk().volumes.draws.mean(axis=1)
    assert np.mean(mean < forecast.bands.low) < 0.1
    assert np.mean(mean > forecast.bands.high) < 0.1
    assert (cautious.exact[0], cautious.exact[2]) == norfolk().volumes.limits(2)
    for one in (steady, forecast, cautious):
        assert one.bands.low <= one.exact[0]
        assert one.bands.high >= one.exact[2]
        assert {one.bands.low % 10, one.bands.expected % 10, one.bands.high % 10} == {0}


def test_the_team_sees_how_often_the_chosen_volumes_would_be_missed():
    chosen, options = band_screens(
        norfolk().volumes, replace(SCENARIO, bands=Bands(600, 750, 900)), bidders=False, last_year=636
    )
    assert unfounded(chosen.takeaway.sentence, chosen) == []
    assert unfounded(options.takeaway.sentence, options) == []
    assert (
        column(chosen, "Chance of more than high")[0] == f"{np.mean(norfolk().volumes.draws[:, 0] > 900):.0%}"
    )
    assert len(options.table.rows) == 3


@pytest.mark.parametrize("bands", [None, Bands(600, 750, 900)])
@pytest.mark.parametrize("volumes", [norfolk().volumes, None], ids=["released", "not released"])
def test_bidders_are_told_volumes_and_neither_chance_nor_price(bands: Bands | None, volumes: Volumes | None):
    scenario = replace(SCENARIO, bands=bands, name="Secret", note="Secret")
    (screen,) = band_screens(volumes, scenario, bidders=True, withheld="Too few to be shown")
    said = str(screen)
    assert not re.search(r"£|%|chance|Secret|new duty", said.replace("95%", ""), re.IGNORECASE)
    if bands is not None:
        assert [row[1] for row in screen.table.rows] == [600, 750, 900]
    else:
        # What follows from released figures alone may be far from what the council expects: it is no volume of a tender.
        assert "has not chosen" in screen.withheld
        assert screen.table.rows == ()


def test_a_year_that_brings_nothing_is_shown_and_not_divided_by():
    work = work_of(own_volumes((0, 0, 1), (), 202504, 1), lines_of(SEND), ENDED)
    screens = price_screens([cost_of(one, work) for one in OFFERS], work, SCENARIO)
    bands = band_screens(work.volumes, SCENARIO, bidders=False, last_year=0)
    assert not [one.key for one in (*screens, *bands) if unfounded(one.takeaway.sentence, one)]


def test_where_two_ways_cost_the_same_neither_is_called_the_cheapest():
    # The same price an hour and a case, hence the same sums; a fixed price meets the price per case at its N and nowhere crosses it.
    hourly = Hourly(Decimal(100), tuple((key, Decimal(4)) for key in KEYS))
    found = shown((PerCase(Decimal(400)), hourly, FixedAndExtra(600, Decimal(240_000), Decimal(450))))
    assert "Price per case and Hourly rate come to" in found["prices_worked"].takeaway.what
    assert (
        "Price per case and Hourly rate are cheapest, at the same cost,"
        in found["prices_curves"].takeaway.what
    )
    rows = {row[0]: row for row in found["prices_even"].table.rows}
    assert rows["Price per case / Hourly rate"][1] == "always"
    assert rows["Price per case / Fixed price for 600"][1:3] == (
        "only at 600",
        "Price per case",
    )
    assert rows["Hourly rate / Fixed price for 600"][1] == "only at 600"


def test_a_mean_that_few_futures_make_is_not_to_be_gone_by():
    # Three years tell so little of their size that one future in a thousand holds a hundred times as many.
    volumes = volumes_of(outlook_of(History("financial_year", 202004, (300, 900, 400)), 202304, 1))
    work = work_of(volumes, lines_of(SEND), ENDED)
    scenario = Scenario("send", starts=202304, years=1, offers=(PerCase(Decimal(400)),))
    found = price_screens([cost_of(one, work) for one in scenario.offers], work, scenario)[0]
    assert any("go by what half and 9 of 10 cost less than" in note for note in found.notes)
    assert not any("go by what half" in note for note in shown()["prices"].notes)


@pytest.mark.parametrize(
    ("drawn", "said"), [((0, 100, 218), "106 referrals on average where 100"), ((0, 100, 212), "")]
)
def test_that_futures_bring_more_on_average_than_is_expected_is_said(
    drawn: tuple[int, ...], said: str
) -> None:
    volumes = Volumes(202604, np.array(drawn)[:, None], (100.0,), False, "Made up")
    note = drawn_note(volumes)
    assert ("where 100 are expected" in note) is bool(said)
    assert said in note
