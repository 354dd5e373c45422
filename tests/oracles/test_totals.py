"""Totals beside cases: what a provider's totals give is what its cases would, and what they do not give is counted nowhere and named."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.measures import Average, Completeness, Rate, Spread, about_posts, measure, measures_of
from domain.periods import Period
from domain.returns import Return
from domain.selection import Selection
from domain.tally import TallyRow
from tests.builders import HILL, NORTH, SOUTH, VALE, a_return
from tests.oracles import plain
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import groupings, some_returns
from tests.oracles.plain_formulas import SERVICES
from tests.oracles.sent_as_totals import as_totals

FIRST = Period.parse("2018-04..2018-06")
QUARTERS = (FIRST, Period.parse("2018-07..2018-09"))


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("totals")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, stores: dict[str, Store]) -> Store:
    return stores[request.param]


def in_cases(service: str, number: int) -> tuple[Return, Return]:
    """Cases of two providers in the same quarter."""
    drawn = [r for n in range(number, number + 4) for r in some_returns(service, n, size=6) if r.cases]
    own = [r for r in drawn if r.service == service]
    names = ("activities", "agreements", "answers", "complaints", "staff")
    first, second = (
        a_return(whose, FIRST, r.cases, service=service, **{name: getattr(r, name) for name in names})
        for whose, r in zip((NORTH, SOUTH), own, strict=False)
    )
    return first, second


def selections(service: str) -> tuple[Selection, ...]:
    everything = Selection(service).during(FIRST)
    return (
        everything,
        Selection(service, areas=(HILL,)).during(FIRST),
        Selection(service, areas=(VALE, HILL), providers=(NORTH,)).during(FIRST),
        Selection(service, first=201804, last=201805),
        Selection(service, where=(("quarter", "2018-04..2018-06"),)).during(FIRST),
        Selection(service, where=(("sex", "F"),)).during(FIRST),
    )


def questions(service: str, drawn: random.Random) -> list[Question]:
    found = []
    for declared in measures_of(service):
        stock = declared.at_a_date
        if declared.in_totals_only:
            continue  # no case says it, so that there is nothing to hold it against
        whole: list[tuple[str, ...]] = (
            [(), ("provider",)] if about_posts(declared) else [(), ("area",), ("provider",)]
        )
        for by in [*whole, *drawn.sample(groupings(declared, service), 3)]:
            chosen = selections(service)[0] if len(found) % 2 else drawn.choice(selections(service))
            timed = any(key == "quarter" for key, _ in chosen.where)
            if (timed and (stock or isinstance(declared, Rate))) or (chosen.where and about_posts(declared)):
                chosen = selections(service)[0]
            selection = chosen.during(None) if stock else chosen
            found.append(Question(declared.key, by, selection, at=201806 if stock else None))
    return found


def counts(rows: dict[tuple[str, ...], tuple[int, int]]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Without nought, which is listed beside groups that somebody is in, and without what was not recorded."""
    return {keys: numbers for keys, numbers in rows.items() if numbers[0] and "" not in keys}


def known_counts(rows: tuple[TallyRow, ...]) -> dict[tuple[str, ...], tuple[int, int]]:
    return counts({row.keys: (row.met, row.base) for row in rows})


@pytest.mark.parametrize("service", SERVICES)
def test_totals_and_cases_together_are_what_plain_loops_over_all_cases_count(
    store: Store, service: str
) -> None:
    first, second = in_cases(service, 1)
    fill(store, [first, second])
    totals = as_totals(store, service, NORTH, FIRST)
    asked = questions(service, random.Random(service))
    fill(store, [totals, second])
    given = left_out = 0
    for question, tally in zip(asked, read_tallies(store, asked, COMMISSIONER), strict=True):
        known = [second] if tally.not_given else [first, second]
        theirs = plain.asked(known, question.measure, question.by, question.selection, question.at)
        expected = counts({keys: (met, base) for keys, (met, base, *_) in theirs.items()})
        assert known_counts(tally.rows) == expected, (question, tally.not_given)
        assert tally.not_given in ((), ("North Mentors",))
        given, left_out = given + (not tally.not_given), left_out + bool(tally.not_given)
        if isinstance(measure(question.measure, service), Spread | Average | Rate | Completeness):
            assert tally.not_given or question.selection.providers == (SOUTH,), question
    assert given > 20
    assert left_out > 10


@pytest.mark.parametrize("service", SERVICES)
def test_monthly_totals_give_the_months_and_their_quarter(store: Store, service: str) -> None:
    first, second = in_cases(service, 2)
    fill(store, [first, second])
    totals = as_totals(store, service, NORTH, FIRST, breakdowns=0, by_month=True)
    fill(store, [totals, second])
    together, by_area = ((), ("month",)), (("quarter", "area"), ("area", "month"))
    shapes = dict.fromkeys(("referrals", "closed_cases", "outcomes"), together + by_area)
    # A complaint may name no case and so no area: the areas then come to less than all.
    for key, groups in (shapes | {"complaints": together}).items():
        for by in groups:
            question = Question(key, by, Selection(service).during(FIRST))
            (tally,) = read_tallies(store, [question], COMMISSIONER)
            assert tally.not_given == ()
            theirs = plain.asked([first, second], key, by, question.selection, None)
            assert known_counts(tally.rows) == counts({k: (m, b) for k, (m, b, *_) in theirs.items()})
