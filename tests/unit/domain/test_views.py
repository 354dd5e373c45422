"""What others may ask for: one place, whole quarters, one grouping by time."""

import pytest

from domain.cubes import ALL_TIME, EVERYWHERE
from domain.measures import measure
from domain.periods import Period
from domain.selection import Selection
from domain.views import Withheld, quarters_in, shape_of, span_of

QUARTERS = ["2018-01..2018-03", "2018-04..2018-06", "2018-07..2018-09"]
REFERRALS = measure("referrals", "mentoring")
S = Selection("mentoring")


def test_a_view_is_cut_by_place_time_and_answers() -> None:
    found = shape_of(REFERRALS, ("provider", "quarter", "sex"), S)
    assert (found.place, found.by_place, found.by_time, found.dims) == (
        EVERYWHERE,
        "provider",
        "quarter",
        ("sex",),
    )
    assert shape_of(REFERRALS, (), Selection("mentoring", areas=("X",))).place == ("area", "X")


@pytest.mark.parametrize(
    ("by", "selection"),
    [
        ((), Selection("mentoring", areas=("X", "Y"))),
        ((), Selection("mentoring", areas=("X",), providers=("a",))),
        (("provider",), Selection("mentoring", areas=("X",))),
        (("provider", "area"), S),
        (("quarter", "financial_year"), S),
        (("month", "area"), S),
        (("quarter", "area"), S),
        (("area",), S.during(Period.parse("2018-04..2018-06"))),
        (("month",), Selection("mentoring", providers=("a",))),
        ((), S.only("sex", "F")),
    ],
)
def test_what_tells_small_numbers_apart_is_withheld(by: tuple[str, ...], selection: Selection) -> None:
    with pytest.raises(Withheld):
        shape_of(REFERRALS, by, selection)


def test_single_values_are_withheld() -> None:
    with pytest.raises(Withheld, match="Single values"):
        shape_of(measure("days_of_support", "mentoring"), ("days_of_support",), S)


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (None, None, ALL_TIME),
        (201804, 201806, QUARTERS[1]),
        (201804, 201809, f"{QUARTERS[1]} to {QUARTERS[2]}"),
        (201804, None, f"{QUARTERS[1]} to {QUARTERS[2]}"),
        (202001, 202003, "nothing"),
    ],
)
def test_whole_quarters_are_a_span(first: int | None, last: int | None, span: str) -> None:
    assert span_of(first, last, QUARTERS, (201801, 201809)) == span


def test_a_part_of_a_quarter_is_withheld_unless_the_rest_is_empty() -> None:
    with pytest.raises(Withheld, match="whole quarters"):
        span_of(201805, 201806, QUARTERS, (201801, 201809))
    assert span_of(201807, 201808, QUARTERS, (201801, 201808)) == QUARTERS[2]


def test_a_year_holds_its_quarters() -> None:
    assert quarters_in("financial_year", "2018-19", QUARTERS) == QUARTERS[1:]
    assert quarters_in("calendar_year", "2018", QUARTERS) == QUARTERS
    assert quarters_in("quarter", QUARTERS[0], QUARTERS) == QUARTERS[:1]
