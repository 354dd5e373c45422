"""The rows behind a number are counted by the number's own conditions: there are exactly as many as it says, on both databases."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from data_access.figure_rows import may_see_rows, read_figure_rows, rows_in
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.returns import save_return
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tallies import answer
from domain.access import COMMISSIONER, Grant, OutOfReach, Reach, Role, Viewer
from domain.dimensions import BANDS, DIMENSIONS, Dimension, check_grouping
from domain.figure_rows import Side
from domain.measures import Completeness, Measure, Rate, Split, Spread, measures_of
from domain.periods import Period
from domain.selection import Selection
from domain.services import SERVICES
from domain.tally import TallyRow
from tests.builders import HILL, NORTH, Q1, Q2, SOUTH, a_case, a_return

FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)
NEVER = {
    "living_wage", "prevention_by_mediation", "secured_six_months",
    "satisfaction_positive", "complaints", "complaints_upheld",
}  # fmt: skip
"""Counted from no row of the examples of some services, or from none at all."""


def able(asked: Measure, one: Dimension, service: str) -> bool:
    """Whether a measure of a service can be grouped by something, and is when somebody looks at it."""
    if one.field is not None and service not in one.field.services:
        return False
    try:
        check_grouping(asked, one.key)
    except ValueError:
        return False
    bands_of_it = isinstance(asked, Spread) and one.key.startswith(asked.value)
    return not one.whole and (one.key not in BANDS or bands_of_it)


def a_grouping(asked: Measure, service: str, pick: random.Random) -> tuple[str, ...]:
    """One of the ways in which a measure is asked for: by its own answers or alone, then by time, by something else, or by neither."""
    own = (
        (asked.field,) if isinstance(asked, Split) else ("field",) if isinstance(asked, Completeness) else ()
    )
    others = [one for one in DIMENSIONS if able(asked, one, service) and one.key not in own]
    times = [one.key for one in others if one.timed]
    more = [one.key for one in others if not one.timed]
    choices = [(), (pick.choice(more),), ("provider", "area") if "area" in more else ("provider",)]
    return (*(pick.choice(choices)), *own, *([pick.choice(times)] if times and pick.random() < 0.5 else []))


def numbers(asked: Measure, rows: Sequence[TallyRow]) -> Iterator[tuple[TallyRow, Side, int]]:
    """Some numbers of a tally: the two of its largest group, what is missing most, and the last group's."""
    if rows:
        largest = max(rows, key=lambda row: row.met)
        yield largest, Side.MET, largest.met
        yield largest, Side.BASE, largest.base
        lacking = max(rows, key=lambda row: row.missing)
        if not isinstance(asked, Rate):
            yield lacking, Side.MISSING, lacking.missing
        if rows[-1] != largest:
            yield rows[-1], Side.MET, rows[-1].met


def questions(
    moment: Moment, measures: Sequence[Measure], service: str, pick: random.Random
) -> Iterator[tuple[Measure, Question]]:
    for asked in measures:
        if not asked.in_totals_only:
            question = Question(asked.key, a_grouping(asked, service, pick), Selection(service))
            last = moment.coverage(question).last_month or 0
            cut = Selection(service, first=last - 100, last=last - 1)
            chosen = cut if pick.random() < 0.5 and not asked.at_a_date else Selection(service)
            yield asked, Question(asked.key, question.by, chosen)


@pytest.mark.parametrize("service", [one.key for one in SERVICES])
def test_there_are_as_many_rows_as_the_number_says(examples_store: Store, service: str) -> None:
    dialect = examples_store.engine.dialect.name
    pick = random.Random(f"{service} {dialect}")
    # PostgreSQL answers the same statements: some of every kind are enough there.
    measures = measures_of(service) if dialect == "sqlite" else measures_of(service)[::3]
    compared: Counter[str] = Counter()
    with reading(examples_store, COMMISSIONER) as connection:
        version = current_version(connection)
        moment = Moment(connection, examples_store.source, version, settings_in(connection), COMMISSIONER)
        for asked, question in questions(moment, measures, service, pick):
            tally = answer(moment, question)
            # The groups of a spread end with its values, by which nobody has to ask.
            question = Question(asked.key, tally.by, question.selection)
            for row, side, number in numbers(asked, tally.rows):
                found = rows_in(moment, question, row.keys, side)
                assert len(found.rows) == number, (question, row, side)
                compared[asked.key] += number
    assert sum(compared.values()) > 1_000
    assert {one.key for one in measures if not compared[one.key]} <= NEVER


def north_in_cases_south_in_totals(store: Store) -> None:
    cases = [a_case("N-1", referred=date(2018, 4, 10)), a_case("N-2", referred=date(2018, 5, 10))]
    save_return(store, a_return(NORTH, FIRST, cases), by=COMMISSIONER)
    told = {
        "measure": "referrals", "breakdown": None, "category": None, "area": None, "period_start": FIRST.start,
        "period_end": FIRST.end, "count": 7, "denominator": None, "unit": None,
    }  # fmt: skip
    save_return(store, a_return(SOUTH, FIRST, totals=[told]), by=COMMISSIONER)


def refs(store: Store, question: Question, *keys: str, side: Side = Side.MET) -> list[str]:
    found = read_figure_rows(store, COMMISSIONER, question, keys, side)
    return [row.case_ref for row in found.rows]


def test_totals_have_no_rows_and_whose_they_are_is_said(store: Store) -> None:
    north_in_cases_south_in_totals(store)
    question = Question("referrals", (), Selection("mentoring"))
    found = read_figure_rows(store, COMMISSIONER, question, (), Side.MET)
    assert [row.case_ref for row in found.rows] == ["N-1", "N-2"]
    assert found.without == ("South Mentors",)
    by_provider = Question("referrals", ("provider",), Selection("mentoring"))
    assert read_figure_rows(store, COMMISSIONER, by_provider, (NORTH,), Side.MET).without == ()
    assert refs(store, by_provider, SOUTH) == []


def test_an_earlier_moment_has_the_rows_of_that_moment(store: Store) -> None:
    north_in_cases_south_in_totals(store)
    then = read_figure_rows(store, COMMISSIONER, Question("referrals"), (), Side.MET).version
    later = [a_case("N-1", referred=date(2018, 4, 10)), a_case("N-9", referred=date(2018, 7, 1))]
    save_return(store, a_return(NORTH, SECOND, later), by=COMMISSIONER)
    assert refs(store, Question("referrals")) == ["N-1", "N-2", "N-9"]
    assert refs(store, Question("referrals", as_of=then)) == ["N-1", "N-2"]


def test_a_case_without_a_date_is_missing_in_a_period_and_counted_without_one(store: Store) -> None:
    undated = {**a_case("N-2"), "referral_date": None}
    cases = [a_case("N-1", referred=date(2018, 4, 10)), undated]
    save_return(store, a_return(NORTH, FIRST, cases), by=COMMISSIONER)
    assert refs(store, Question("referrals")) == ["N-1", "N-2"]
    in_spring = Question("referrals", (), Selection("mentoring", first=201804, last=201806))
    assert refs(store, in_spring) == ["N-1"]
    assert refs(store, in_spring, side=Side.MISSING) == ["N-2"]
    assert refs(store, Question("referrals", ("month",)), "", side=Side.MISSING) == ["N-2"]


VIEWER = Viewer("v", (Grant(Role.VIEWER),))
OF_NORTH = Viewer("n", (Grant(Role.PROVIDER, Reach(provider=NORTH)),))
OF_HILL = Viewer("h", (Grant(Role.COMMISSIONER, Reach(area=HILL)),))
MIXED = Viewer("m", (Grant(Role.VIEWER), Grant(Role.PROVIDER, Reach(provider=NORTH))))


@pytest.mark.parametrize("viewer", [VIEWER, OF_HILL, MIXED])
def test_who_may_not_see_every_row_of_a_figure_sees_none(store: Store, viewer: Viewer) -> None:
    north_in_cases_south_in_totals(store)
    with pytest.raises(OutOfReach):
        read_figure_rows(store, viewer, Question("referrals"), (), Side.MET)
    with pytest.raises(OutOfReach):
        read_figure_rows(store, viewer, Question("referrals", ("provider",)), (SOUTH,), Side.MET)


def test_a_provider_sees_its_own_rows_and_nobody_elses(store: Store) -> None:
    north_in_cases_south_in_totals(store)
    question = Question("referrals", ("provider",))
    assert len(read_figure_rows(store, OF_NORTH, Question("referrals"), (), Side.MET).rows) == 2
    assert len(read_figure_rows(store, MIXED, question, (NORTH,), Side.MET).rows) == 2
    assert not may_see_rows(OF_NORTH, question, (SOUTH,))
    of_south = Question("referrals", (), Selection("mentoring", (SOUTH,)))
    with pytest.raises(OutOfReach):
        read_figure_rows(store, OF_NORTH, of_south, (), Side.MET)


@pytest.mark.parametrize(
    ("measure", "by", "keys", "why"),
    [
        ("satisfaction_positive", (), (), "never one by one"),
        ("sex", ("sex",), ("F",), "personal characteristic"),
        ("referrals", ("ethnicity",), ("A",), "personal characteristic"),
        ("completeness", (), (), "Each column has its own list"),
    ],
)
def test_what_is_said_of_groups_only_has_no_list(
    store: Store, measure: str, by: tuple[str, ...], keys: tuple[str, ...], why: str
) -> None:
    north_in_cases_south_in_totals(store)
    found = read_figure_rows(store, COMMISSIONER, Question(measure, by), keys, Side.MET)
    assert why in found.none_why
    assert found.rows == ()


def test_a_figure_limited_to_a_characteristic_has_no_list_either(store: Store) -> None:
    north_in_cases_south_in_totals(store)
    of_women = Question("referrals", (), Selection("mentoring", where=(("sex", "F"),)))
    assert "personal characteristic" in read_figure_rows(store, COMMISSIONER, of_women, (), Side.MET).none_why
