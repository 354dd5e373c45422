"""Scenarios side by side: in what they differ, what each expects and what it costs, each number in the table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest

from domain.formats import number
from domain.procurement.chosen import differences
from domain.procurement.compare import Compared, compare_screens
from domain.procurement.example_prices import EXAMPLE_PRICES, example_offers
from domain.procurement.lines import lines_of
from domain.procurement.needs import PARTS
from domain.procurement.offers import FixedAndExtra, Offer, PerCase
from domain.procurement.prices import money
from domain.procurement.scenario import Assumption, Bands, Basis, Driver, Scenario
from domain.procurement.show_parts import chance
from domain.procurement.simulate import cost_of
from domain.procurement.volumes import Volumes
from domain.procurement.work import work_of
from domain.services import SEND

FIXED = FixedAndExtra(630, Decimal(400_000), Decimal("912.35"))
PLAIN = Scenario("send", starts=202704, years=2, offers=(FIXED, PerCase(Decimal("805.55"))))
COSTS = (
    "the whole contract, expected",
    "half of all contracts cost less than",
    "9 of 10 contracts cost less than",
    "cases included, a year",
    "chance that a year brings more",
)
ENDED = (219, 9, 91, 36, 5, 270)


def compared(name: str, scenario: Scenario = PLAIN, *, version: int = 3, mean: float = 630) -> Compared:
    drawn = np.random.default_rng(5).poisson(mean, size=(2_000, scenario.years))
    volumes = Volumes(scenario.starts, drawn, (mean,) * scenario.years, validated=False, rests_on="Drift")
    work = work_of(volumes, lines_of(SEND), ENDED)
    costs = tuple(cost_of(one, work) for one in scenario.offers)
    stood = f"Figures as they stood on {version} Oct 2026, 14:05"
    return Compared(name, scenario, volumes, costs, version, stood, about="all providers, all areas")


def rows_of(*found: Compared) -> dict[str, tuple[object, ...]]:
    (screen,) = compare_screens(found)
    assert all(len(row) == len(screen.table.headers) for row in screen.table.rows)
    return {str(row[0]): row[1:] for row in screen.table.rows}


def test_it_takes_two_and_is_a_part_that_bidders_never_get() -> None:
    assert compare_screens([compared("One")]) == compare_screens([]) == ()
    (screen,) = compare_screens([compared("One"), compared("Other")])
    assert {part.key: part.bidders for part in PARTS}[screen.item] is False


def test_what_scenarios_expect_and_cost_stands_beside_each_other() -> None:
    one = compared("One lot")
    other = compared("Two lots", replace(PLAIN, starts=202707, years=3, bands=Bands(560, 630, 700)), mean=700)
    rows = rows_of(one, other)
    assert rows["Contract starts"] == ("Apr 2027", "Jul 2027")
    assert rows["First contract year"] == ("Apr 2027 to Mar 2028", "Jul 2027 to Jun 2028")
    for place, each in enumerate((one, other)):
        assert each.volumes
        low, high = each.volumes.limits(0)
        said = f"{number(each.volumes.middle[0])} ({low} to {high})"
        assert rows["Referrals expected in it (95% limits)"][place] == said
        fixed = each.costs[0]
        assert fixed.whole
        assert [rows[f"Fixed price: {words}"][place] for words in COSTS] == [
            *map(money, (fixed.whole.mean.value, fixed.whole.p50, fixed.whole.p90)),
            "630",
            chance(fixed.over),
        ]
    assert rows["How they are expected"] == ("Drift; scenario, not validated",) * 2
    assert rows["Volumes for the tender, a year"] == ("–", "560 / 630 / 700")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "'One' and 'Other' are chosen alike"),
        ({"starts": 202707}, "'One' and 'Other' differ in the start"),
        ({"offers": (FIXED,)}, "'One' and 'Other' differ in the prices"),
        ({"own": (1, 2, 3)}, "'One' and 'Other' are chosen alike"),
        (
            {"offers": (replace(FIXED, fixed=Decimal("400000.00")), PLAIN.offers[1])},
            "'One' and 'Other' are chosen alike",
        ),
        ({"basis": Basis.OWN, "own": (1, 2, 3)}, "'One' and 'Other' differ in how referrals are expected"),
        (
            {"years": 3, "mix_months": 24},
            "'One' and 'Other' differ in the number of years and how referrals end",
        ),
        ({"note": "Another note"}, "'One' and 'Other' are chosen alike"),
    ],
)
def test_the_title_names_what_differs(changes: dict[str, object], said: str) -> None:
    (screen,) = compare_screens([compared("One"), compared("Other", replace(PLAIN, **changes))])  # type: ignore[arg-type]
    assert screen.takeaway.title == said


def test_whose_decisions_are_counted_is_a_difference_where_they_are_gone_by() -> None:
    ours = replace(PLAIN, basis=Basis.DECISIONS)
    theirs = replace(ours, driver_area="E10000020")
    assert differences([ours, theirs]) == ("how referrals are expected",)
    assert differences([PLAIN, replace(PLAIN, driver_area="E10000020")]) == ()


def test_what_differs_stands_in_the_table_as_it_was_chosen() -> None:
    decisions = replace(
        PLAIN,
        basis=Basis.DECISIONS,
        driver_year=2024,
        driver_area="E10000020",
        drivers=(Driver("not_assessed", 333, 350), Driver("not_issued")),
        first=201804,
        offers=(FixedAndExtra(500, Decimal(380_000), Decimal("950.5"), Decimal("2.5")),),
        cases_each=Decimal("12.5"),
    )
    rows = rows_of(compared("One"), compared("Other", decisions))
    assert rows["Referrals expected from"] == (
        "The history carried forward, as counted here, quarter by quarter",
        "The council's own decisions: those of Norfolk in 2024; Refusals to assess 333 then, 350 expected a year",
    )
    assert rows["Months looked at"] == ("all there are", "from Apr 2018")
    assert rows["Open cases that one worker carries, assumed"] == ("–", "12.5")
    assert "Days a case is open, assumed" not in rows
    assert rows["Fixed price: prices entered"] == (
        "630 cases for £400,000.00 a year; £912.35 for each extra case",
        "500 cases for £380,000.00 a year; £950.50 for each extra case; prices rise by 2.5% a year",
    )
    assert rows["Price per case: prices entered"] == ("£805.55 a case", "–")


def test_every_number_that_is_said_stands_in_the_table() -> None:
    duty = Assumption("A new duty", 202710, 10, 5, 20)
    (screen,) = compare_screens(
        [compared("One"), compared("Other", replace(PLAIN, assumptions=(duty,)), mean=700)]
    )
    cells = " ".join(str(cell) for row in screen.table.rows for cell in row)
    found = re.findall(r"\d[\d,]*", screen.takeaway.sentence)
    assert found
    assert [one for one in found if one not in re.findall(r"\d[\d,]*", cells)] == []
    assert "A new duty: 10% more from Oct 2027 on, perhaps 5% more to 20% more" in cells


def test_what_must_be_known_to_compare_them_is_said() -> None:
    kept = replace(
        PLAIN,
        years=3,
        offers=example_offers(SEND, 600),
        version=2,
        changed_at=datetime(2026, 9, 3, 9, tzinfo=UTC),
    )
    (screen,) = compare_screens([compared("One"), compared("Other", kept, version=4)])
    said = " ".join(screen.notes)
    assert (
        "'One': Figures as they stood on 3 Oct 2026, 14:05; 'Other': Figures as they stood on 4 Oct" in said
    )
    assert "compare what a year costs, not the whole" in said
    assert f"'Other': {EXAMPLE_PRICES}" in said
    assert "'Other': returns or settings were saved since it was last saved on 3 Sep 2026, 10:00" in said
    assert ": 9 of 10 years cost less than" in " ".join(map(str, (row[0] for row in screen.table.rows)))
    (alike,) = compare_screens([compared("One"), compared("Other")])
    assert (alike.notes, alike.base) == ((), "Figures as they stood on 3 Oct 2026, 14:05")


def test_what_is_not_priced_or_not_shown_says_so() -> None:
    empty: tuple[Offer, ...] = (FixedAndExtra(),)
    nothing = Compared("Other", PLAIN, None, (), 3, "", why="Fewer than 4 periods")
    rows = rows_of(compared("One", replace(PLAIN, offers=empty)), nothing)
    assert rows["How they are expected"][1] == "Fewer than 4 periods"
    assert rows["Referrals expected in it (95% limits)"][1] == "–"
    assert str(rows["Fixed price: the whole contract, expected"][0]).startswith("not priced: needs")
    (screen,) = compare_screens([compared("Same"), compared("Same")])
    assert screen.table.headers == ("What", "Same (1)", "Same (2)")
    # One that is open with changes has the name it was saved under: what is said of it says which of the two it is.
    (screen,) = compare_screens([compared("Same"), compared("Same", version=4)])
    assert "'Same (1)': Figures as they stood on 3 Oct 2026" in screen.notes[0]
