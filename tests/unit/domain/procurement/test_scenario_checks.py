"""What can be wrong in a scenario is said in a sentence, and what is right is left alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.procurement.example_prices import example_offers
from domain.procurement.offer_checks import offer_problems
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.scenario import Assumption, Bands, Basis, Driver, Scenario
from domain.procurement.scenario_checks import (
    MOST_OF_A_NAME,
    MOST_OF_A_NOTE,
    assumption_problems,
    name_problems,
    rising_problems,
    scenario_problems,
)
from domain.services import SEND, SERVICES
from tests.builders import HILL, NORTH, some_settings

DUTY = Assumption("A new duty", 202704, 10, 5, 20)
RIGHT = Scenario(
    "send",
    providers=(NORTH,),
    areas=(HILL,),
    first=201804,
    last=202609,
    starts=202704,
    years=10,
    basis=Basis.OWN,
    driver_year=2024,
    drivers=(Driver("refused_assessment", 333, 350), Driver("refused_plan")),
    own=(0, 630, 630),
    assumptions=(DUTY,),
    mean_days=Decimal("30.5"),
    cases_each=Decimal(12),
    offers=example_offers(SEND, 500),
    bands=Bands(500, 630, 800),
    note="As agreed in March.",
)


def test_what_is_right_is_left_alone() -> None:
    assert scenario_problems(RIGHT, some_settings()) == ()
    # What is not filled in yet is no mistake: it is not priced.
    for one in SERVICES:
        empty: tuple[Offer, ...] = (ByStage(), FixedAndExtra(), PerCase(), Hourly(), Block())
        assert scenario_problems(Scenario(one.key, starts=202704, offers=empty)) == ()
    assert list(name_problems("Two lots", ["One lot"])) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"service": "parking"}, "The service: there is none called 'parking'."),
        ({"providers": ("x",)}, "The providers: the settings have none called 'x'."),
        ({"areas": ("x",)}, "The areas: the settings have none with the key 'x'."),
        ({"first": 201813}, "The first month looked at is 201813, which is no month."),
        ({"first": 202610}, "The months looked at end in Sep 2026, before they begin in Oct 2026."),
        (
            {"starts": 202609},
            "The contract starts in Sep 2026, while the months looked at go on to Sep 2026.",
        ),
        ({"starts": 0}, "When the contract starts is not said."),
        ({"years": 0}, "The contract runs for 0 years. Enter 1 to 10."),
        ({"years": 11}, "The contract runs for 11 years. Enter 1 to 10."),
        ({"grouping": "week"}, "The history is carried forward by 'week'. Choose month, quarter or"),
        ({"own": None}, "Your own numbers are not entered."),
        ({"own": (1, 3, 2)}, "Your own numbers are 1, 3 and 2. Let low, expected and high rise."),
        ({"own": (-1, 3, 4)}, "Your own numbers begin at -1. Enter 0 or more."),
        ({"own": (1, 3, 2_000_000)}, "Your own numbers go up to 2,000,000."),
        ({"bands": Bands(1, 2, 2_000_000)}, "The volumes for the tender go up to 2,000,000."),
        ({"driver_year": 24}, "The year of the decisions is 24."),
        ({"drivers": (Driver("a", -1),)}, "A number of decisions is -1."),
        ({"drivers": (Driver("a"), Driver("a"))}, "A kind of decision stands twice."),
        ({"drivers": (Driver("jo@example.org"),)}, "A kind of decision is none that is known."),
        ({"assumptions": (replace(DUTY, words=" "),)}, "An assumption says nothing."),
        (
            {"assumptions": (replace(DUTY, high=float("inf")),)},
            "The percentages of an assumption are not all",
        ),
        ({"assumptions": (replace(DUTY, high=1001),)}, "The percentages of an assumption go up to 1,001%."),
        (
            {"assumptions": (replace(DUTY, since=202700),)},
            "The month an assumption begins is 202700, which is no month.",
        ),
        ({"assumptions": (DUTY,) * 11}, "There are 11 assumptions."),
        (
            {"assumptions": (replace(DUTY, high=900), replace(DUTY, high=100))},
            "The assumptions together go above 1,000%.",
        ),
        ({"mix_months": 0}, "How referrals end is taken from 0 months."),
        ({"mean_days": Decimal(0)}, "The days that a case is open: 0 was entered."),
        ({"cases_each": Decimal("NaN")}, "The open cases that one worker carries: NaN was entered."),
        ({"offers": (PerCase(),) * 2}, "'Price per case' stands 2 times. Enter each way of paying once"),
        ({"note": "x" * (MOST_OF_A_NOTE + 1)}, "The note has 501 letters."),
        ({"note": "Ring 01603 123456"}, "The note looks as if it holds a phone number."),
        ({"note": "At NR1 3JU"}, "The note looks as if it holds a full postcode."),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, object], said: str) -> None:
    (found,) = scenario_problems(replace(RIGHT, **changes), some_settings())  # type: ignore[arg-type]
    assert found.startswith(said)
    assert found.endswith(".")


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (PerCase(Decimal("-0.01")), "Price per case: the price of a case is -£0.01. Enter £0 or more."),
        (
            PerCase(Decimal("1.001")),
            "Price per case: the price of a case is £1.001, which has parts of a penny.",
        ),
        (PerCase(Decimal("1E+30")), "Price per case: the price of a case is more than £100,000,000."),
        (PerCase(Decimal("Infinity")), "Price per case: the price of a case is no number."),
        (PerCase(indexation=Decimal("-20.1")), "Price per case: the yearly rise is -20.1%."),
        (PerCase(indexation=Decimal(51)), "Price per case: the yearly rise is 51%. Enter -20% to 50%."),
        (
            FixedAndExtra(-1),
            "Fixed price for N cases, then a price per extra case: the number of cases included is -1.",
        ),
        (ByStage((("lost", Decimal(1)),)), "Price list by stage: in the prices 'lost' is no way"),
        (ByStage((("held", Decimal(1)),) * 2), "Price list by stage: in the prices a way that a referral"),
        (
            ByStage((("held", Decimal(-1)),)),
            "Price list by stage: the price of 'Mediation meeting held' is -£1.",
        ),
        (Hourly(Decimal(1_001)), "Hourly rate: the hourly rate is more than £1,000."),
        (ByStage(late_share=1.5), "Price list by stage: the share cancelled late is 150%. Enter 0% to 100%."),
        (Hourly(hours=(("dr", Decimal(-1)),)), "Hourly rate: the hours of 'Disagreement resolution meeting"),
        (
            Block(((500, Decimal(2)), (500, Decimal(2)))),
            "Block price with volume bands: the volume of band 2 is 500, not above the 500 of the band before.",
        ),
        (
            Block(((400, Decimal(3)), (500, Decimal(2)))),
            "Block price with volume bands: the price of band 2 is £2, below the £3 of the band before.",
        ),
        (Block(((0, Decimal(2)),)), "Block price with volume bands: the volume of band 1 is 0. Enter 1 or"),
    ],
)
def test_what_is_wrong_in_a_way_of_paying_is_said_after_its_name(offer: Offer, said: str) -> None:
    (found,) = offer_problems(offer, SEND)
    assert found.startswith(said)


def test_a_name_is_there_short_its_own_and_names_nobody() -> None:
    for name, said in (
        ("", "The name is blank."),
        ("x" * (MOST_OF_A_NAME + 1), "The name has 61 letters."),
        ("two LOTS", "The name 'two LOTS' is that of another scenario"),
        ("jo@example.org", "The name looks as if it holds an e-mail address."),
    ):
        (found,) = name_problems(name, ["Two lots"])
        assert found.startswith(said)


def test_a_form_is_told_before_anything_is_made_of_what_it_holds() -> None:
    assert assumption_problems("A duty", 202704, 10, 10, 10) == ()
    (found,) = assumption_problems("A duty", 202704, -120, -130, 0)
    assert found.startswith("The percentages of an assumption begin at -130.")
    (found,) = rising_problems("The bands", 5, float("nan"), 6)
    assert found.startswith("The bands are not all numbers.")
