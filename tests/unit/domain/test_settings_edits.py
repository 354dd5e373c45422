"""Changing settings by one step: what it gives, and when it is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.kpis import kpi, target_for
from domain.periods import Period, PeriodKind
from domain.settings import ADJUSTED, Area, Contract, Settings, SurveyQuestion, Target
from domain.settings_changes import changes_between
from domain.settings_edits import (
    NotPossible,
    end_provider,
    end_target,
    put_area,
    put_contract,
    put_provider,
    put_question,
    put_target,
    take_out_area,
    take_out_target,
)
from tests.builders import HILL, NORTH, SOUTH, VALE, some_settings

NOW = some_settings()
CONTRACT = NOW.contracts[0]
TARGET = Target("TB1", "mentoring", ">=", Decimal("0.80"), Decimal("0.75"), date(2018, 4, 1))
QUESTION = SurveyQuestion("mentoring", "Q1", "Did it help?")


def test_a_provider_gets_a_key_and_keeps_it_when_renamed() -> None:
    added = put_provider(NOW, "St Anne's & Co")
    assert added.providers[-1].key == "st-annes-co"
    renamed = put_provider(added, "Saint Anne", was="st-annes-co")
    assert (renamed.providers[-1].key, renamed.providers[-1].label) == ("st-annes-co", "Saint Anne")


def test_ending_a_provider_ends_its_contracts_and_keeps_it() -> None:
    ended = end_provider(NOW, NORTH, date(2019, 3, 31))
    assert [c.end for c in ended.contracts] == [date(2019, 3, 31), None]
    assert ended.providers == NOW.providers


def test_an_area_gets_its_code_and_place() -> None:
    area = put_area(NOW, Area("", "New Town", "locality")).areas[-1]
    assert (area.key, area.kind, area.order) == ("new-town", "locality", 4)


def test_a_contract_of_later_years_has_a_key_of_its_own() -> None:
    first = replace(CONTRACT, end=date(2019, 3, 31))
    second = put_contract(
        put_contract(NOW, first, was=CONTRACT.key), Contract("", "mentoring", NORTH, date(2019, 4, 1))
    )
    assert second.contracts[-1].key == "mentoring-north-2019-04-01"


def varied(**what: object) -> Target:
    """The target as a variation of the contract makes it."""
    return replace(TARGET, variation="Variation 3", note="Agreed by the board", **what)  # type: ignore[arg-type]


def test_a_new_target_starts_on_its_day_and_the_former_keeps_the_days_before() -> None:
    harder = varied(value=Decimal("0.9"), since=date(2019, 4, 1))
    after = put_target(put_target(NOW, TARGET), harder)
    assert [(t.value, t.until) for t in after.targets] == [
        (Decimal("0.80"), date(2019, 3, 31)),
        (Decimal("0.9"), None),
    ]
    held = [target_for(after.targets, kpi("TB1"), "", day) for day in (date(2019, 3, 31), date(2019, 4, 1))]
    assert [t.value if t else None for t in held] == [Decimal("0.80"), Decimal("0.9")]


def test_a_target_set_before_another_ends_where_that_one_starts() -> None:
    after = put_target(put_target(NOW, TARGET), replace(TARGET, since=date(2017, 4, 1)))
    assert after.targets[-1].until == date(2018, 3, 31)
    assert after.targets[0] == TARGET


def test_a_target_of_one_provider_leaves_the_programmes_alone() -> None:
    after = put_target(put_target(NOW, TARGET), replace(TARGET, provider=NORTH, since=date(2019, 4, 1)))
    assert after.targets[0] == TARGET


def test_a_target_taken_out_gives_the_former_its_time_back() -> None:
    first = put_target(NOW, TARGET)
    second = put_target(first, varied(since=date(2019, 4, 1)))
    assert take_out_target(second, second.targets[-1]).targets == first.targets


def test_an_area_taken_out_is_named_no_more() -> None:
    named = put_contract(NOW, replace(CONTRACT, areas=(HILL, VALE)), was=CONTRACT.key)
    followed = put_area(named, replace(NOW.areas[1], successor=HILL), was=VALE)
    after = take_out_area(followed, HILL)
    assert after.contracts[0].areas == (VALE,)
    assert after.area(VALE) == NOW.areas[1]


REFUSED: dict[str, Callable[[], Settings]] = {
    "a provider twice": lambda: put_provider(NOW, "north mentors"),
    "a provider without a name": lambda: put_provider(NOW, " ! "),
    "a provider called as the council": lambda: put_provider(NOW, "Anywhere council"),
    "a provider called council": lambda: put_provider(NOW, "Council"),
    "no contract to end": lambda: end_provider(put_provider(NOW, "West"), "west", date(2019, 1, 1)),
    "ended before it starts": lambda: end_provider(NOW, NORTH, date(2018, 3, 1)),
    "a spelling of another area": lambda: put_area(NOW, Area("E9", "Elsewhere", aliases=("the vale",))),
    "the unknown area": lambda: put_area(NOW, Area("", "Unknown")),
    "an area that ends before it starts": lambda: put_area(
        NOW, Area("", "New", valid_from=date(2019, 1, 1), valid_to=date(2018, 1, 1))
    ),
    "the only area of a contract": lambda: take_out_area(
        put_contract(NOW, replace(CONTRACT, areas=(HILL,)), was=CONTRACT.key), HILL
    ),
    "a contract that overlaps": lambda: put_contract(NOW, Contract("", "mentoring", NORTH, date(2020, 4, 1))),
    "a contract that ends before it starts": lambda: put_contract(
        NOW, replace(CONTRACT, end=date(2018, 3, 1)), was=CONTRACT.key
    ),
    "returns that change before the contract": lambda: put_contract(
        NOW, replace(CONTRACT, reporting=((date(2018, 3, 1), PeriodKind.MONTH),)), was=CONTRACT.key
    ),
    "a contract with nobody": lambda: put_contract(NOW, Contract("", "mentoring", "west", date(2020, 4, 1))),
    "two targets from one day": lambda: put_target(put_target(NOW, TARGET), TARGET),
    "a target that ends before it starts": lambda: end_target(
        put_target(NOW, TARGET), TARGET, date(2018, 3, 31)
    ),
    "a target in another's place without its variation": lambda: put_target(
        put_target(NOW, TARGET), replace(TARGET, since=date(2019, 4, 1), note="Agreed by the board")
    ),
    "a target in another's place without a reason": lambda: put_target(
        put_target(NOW, TARGET), replace(TARGET, since=date(2019, 4, 1), variation="Variation 3", note=" ")
    ),
    "a question twice": lambda: put_question(put_question(NOW, QUESTION), replace(QUESTION, code="q1")),
    "a question without words": lambda: put_question(NOW, replace(QUESTION, label=" ")),
}


@pytest.mark.parametrize("step", REFUSED.values(), ids=REFUSED.keys())
def test_a_step_that_settings_do_not_allow_is_refused(step: Callable[[], Settings]) -> None:
    with pytest.raises(NotPossible) as why:
        step()
    assert str(why.value).endswith(".")


def test_changes_are_said_as_a_person_reads_them() -> None:
    contract = replace(
        CONTRACT,
        due_days=15,
        end=date(2020, 3, 31),
        reporting=((date(2018, 4, 1), PeriodKind.CUMULATIVE),),
        areas=(HILL, VALE),
        fixed_price=Decimal("80000"),
        price_per_extra=Decimal("412.5"),
        clock_start="la_informed_date",
        counted_exceptions=("SCHOOL_HOL",),
        case_report_days=10,
        delivery_model="integrated",
    )
    after = replace(put_target(NOW, replace(TARGET, provider=SOUTH)), contracts=(contract, NOW.contracts[1]))
    changed, added = changes_between(NOW, after)
    assert changed == (
        "Contract of North Mentors (Homelessness-prevention mentoring): last day none → 31 Mar 2020, "
        "returns none → each quarter, counted from the start of the contract year from 1 Apr 2018, "
        "days until due 20 → 15, areas all → Hill; Vale, price a year none → £80,000, "
        "price of each extra case none → £412.50, "
        "the 30 days count from the family's request → the day the council was told, "
        "reasons for exceptions taken out none → School holidays, days for the case report none → 10, "
        "delivered as none → Part of the housing options team"
    )
    assert added == (
        "Target of Prevention rate (South Mentors) from 1 Apr 2018: at least 80%, amber to 75%: added"
    )


def test_what_a_target_is_judged_on_is_said_as_a_person_reads_it() -> None:
    raw = Target("HM1", "housing", ">=", Decimal(1), Decimal("0.95"), date(2018, 4, 1))
    adjusted = replace(raw, judged_on=ADJUSTED, variation="Variation 3")
    before, after = replace(NOW, targets=(raw,)), replace(NOW, targets=(adjusted,))
    assert changes_between(before, replace(after, exceptions_cap=Decimal("0.3"))) == (
        "Share of exceptions past which figures carry a warning: 25% → 30%",
        "Target of Initial contact in 2 weeks (all providers) from 1 Apr 2018: judged on the raw figure (all cases) → "
        "the adjusted figure (without agreed exceptions), variation none → Variation 3",
    )
    others = replace(before, small_number=10, rounding=5)
    assert changes_between(before, others) == (
        "Numbers hidden from others: 1 to 4 → 1 to 9",
        "Counts for others: as they are → rounded to the nearest 5",
    )
    (added,) = changes_between(NOW, after)
    assert added.endswith(
        "at least 100%, amber to 95%, judged on the adjusted figure (without agreed exceptions): added"
    )


def test_the_same_settings_differ_in_nothing() -> None:
    assert changes_between(NOW, some_settings()) == ()


@pytest.mark.parametrize(
    ("operator", "value", "tolerance", "possible"),
    [
        (">=", "0.80", "0.80", True),
        (">=", "0.80", "0.81", False),
        ("<=", "10", "10", True),
        ("<=", "10", "9", False),
    ],
)
def test_a_tolerance_never_asks_for_more_than_the_target(
    operator: str, value: str, tolerance: str, possible: bool
) -> None:
    wanted = replace(TARGET, operator=operator, value=Decimal(value), tolerance=Decimal(tolerance))
    if possible:
        assert put_target(NOW, wanted).targets == (wanted,)
        return
    with pytest.raises(NotPossible, match="asks for more than the target"):
        put_target(NOW, wanted)


def test_the_tolerance_of_a_target_spread_over_time_is_a_share_of_the_target_to_date() -> None:
    spread = replace(
        TARGET, value=Decimal(600), tolerance=Decimal("0.9"), profile=Period.parse("2018-04..2019-03")
    )
    assert put_target(NOW, spread).targets == (spread,)
    with pytest.raises(NotPossible):
        put_target(NOW, replace(spread, tolerance=Decimal("1.1")))
