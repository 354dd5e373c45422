"""Whatever scenario is kept as text comes back as it was, each way of paying as its own kind."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, PerCase
from domain.procurement.scenario import Assumption, Bands, Basis, Driver, Scenario
from domain.procurement.scenario_text import parse_scenario, write_scenario

pounds = st.decimals(0, 10**8, places=2)
rises = st.decimals(-20, 50, places=1)
cases = st.integers(0, 10**6)
keys = st.sampled_from(["changed", "held", "dr"])
months = st.integers(2000, 2090).map(lambda year: year * 100 + 4)
percents = st.floats(-100, 1000, allow_nan=False)
three = st.lists(cases, min_size=3, max_size=3).map(lambda found: tuple(sorted(found)))


def pairs(first: st.SearchStrategy[object], second: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(st.tuples(first, second), max_size=3).map(tuple)


offers = st.one_of(
    st.builds(ByStage, pairs(keys, pounds), st.none() | pounds, st.floats(0, 1), rises),
    st.builds(FixedAndExtra, cases, pounds, pounds, rises),
    st.builds(PerCase, pounds, rises),
    st.builds(Hourly, pounds, pairs(keys, pounds), rises),
    st.builds(Block, pairs(cases, pounds), pounds, rises),
)
assumptions = st.builds(
    lambda words, since, found: Assumption(words, since, found[1], found[0], found[2]),
    st.text(max_size=20),
    months,
    st.lists(percents, min_size=3, max_size=3).map(sorted),
)
names = st.lists(st.text(max_size=8), max_size=2).map(tuple)
scenarios = st.builds(
    Scenario,
    st.sampled_from(["send", "mentoring"]),
    providers=names,
    areas=names,
    first=st.none() | months,
    last=st.none() | months,
    grouping=st.sampled_from(["month", "quarter", "financial_year"]),
    published=st.booleans(),
    starts=months,
    years=st.integers(1, 10),
    basis=st.sampled_from(Basis),
    driver_year=st.none() | st.integers(2000, 2090),
    drivers=st.lists(
        st.builds(Driver, st.text(max_size=5), st.none() | cases, st.none() | cases), max_size=2
    ).map(tuple),
    own=st.none() | three,
    assumptions=st.lists(assumptions, max_size=2).map(tuple),
    mix_months=st.integers(1, 120),
    mean_days=st.none() | pounds,
    cases_each=st.none() | pounds,
    offers=st.lists(offers, max_size=5).map(tuple),
    bands=st.none() | three.map(lambda found: Bands(*found)),
    note=st.text(max_size=20),
)


@settings(max_examples=20)
@given(scenario=scenarios)
def test_a_scenario_comes_back_as_it_was(scenario: Scenario) -> None:
    back = parse_scenario(write_scenario(scenario))
    assert back == scenario
    assert list(map(type, back.offers)) == list(map(type, scenario.offers))


EVERY_KIND = (ByStage(), FixedAndExtra(), PerCase(), Hourly(), Block())
WHOLE = Scenario("send", offers=EVERY_KIND, assumptions=(Assumption("A new duty", 202704, 10, 5, 20),))


def test_which_scenario_it_is_stands_beside_the_text() -> None:
    assert (
        parse_scenario(write_scenario(replace(WHOLE, id=7, name="98,765", version=3, changed_by="A")))
        == WHOLE
    )


def test_one_of_an_older_or_a_newer_program_is_read_as_far_as_it_goes() -> None:
    text = json.loads(write_scenario(WHOLE))
    del text["years"], text["bands"]
    for part in (text, *text["offers"], *text["assumptions"]):
        part["not_yet"] = 1
    text["id"] = 9
    assert parse_scenario(json.dumps(text)) == WHOLE
    assert parse_scenario('{"service": "send"}') == Scenario("send")


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", '{"service": "send", "offers": {}}', '{"service": "send", "years": "many"}'),
        '{"service": "send", "offers": [{"kind": "auction"}]}',
        '{"service": "send", "offers": [{"kind": "per_case", "price": "cheap"}]}',
        '{"service": "send", "bands": {"low": 3, "expected": 2, "high": 1}}',
    ],
)
def test_a_text_that_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_scenario(text)


def test_pounds_keep_their_pennies() -> None:
    (back,) = parse_scenario(write_scenario(replace(WHOLE, offers=(PerCase(Decimal("0.10")),)))).offers
    assert isinstance(back, PerCase)
    assert str(back.price) == "0.10"
