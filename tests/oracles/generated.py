"""Generated returns, and the questions asked of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from data_access.questions import Question
from domain.fields import ACTIVITIES, CASES, Field, Kind
from domain.measures import MEASURES, Measure
from domain.periods import Period
from domain.returns import Return
from domain.selection import Selection
from tests.builders import HILL, NORTH, SHORE, SOUTH, VALE, a_return
from tests.oracles.plain import OF_ACTIVITIES, SPLITS, STOCKS

ABSENT = ("DK", "REF", "NA")
PERIODS = tuple(Period.parse(text) for text in ("2018-04..2018-06", "2018-07..2018-09", "2018-10"))
MONTHS = (201803, 201804, 201806, 201808, 201810, 201811)
CASE_FIELDS = {field.key: field for field in CASES}
CASE_GROUPINGS = (
    "area", "provider", "service", "month", "quarter", "financial_year", "calendar_year", "outcome", "risk_at_assessment",
    "ethnicity", "vulnerabilities", "repeat_case", "housing_status", "days_of_support_band",
)  # fmt: skip
PAIRS = (
    ("area", "month"), ("provider", "area"), ("quarter", "sex"), ("vulnerabilities", "month"), ("financial_year", "month"),
    ("ethnicity", "area"), ("days_of_support_band", "quarter"), ("referral_route", "tenancy_outcome"),
)  # fmt: skip
WHERE = (
    (("risk_at_assessment", "D28"), ("risk_at_assessment", "FUTURE")),
    (("ethnicity", "ASIAN"),),
    (("housing_status", "FIXED"), ("sex", "F")),
    (("vulnerabilities", "MENTAL"), ("vulnerabilities", "NONE")),
    (("adults_n", "2"),),
    (("financial_year", "2018-19"),),
    (("quarter", "2018-04..2018-06"), ("quarter", "2018-10..2018-12")),
    (("days_of_support_band", "up_to_007"), ("days_of_support_band", "up_to_112")),
    (("days_of_support_band", "more"),),
    (("repeat_case", "DK"),),
    (("outcome", "PREVENTED"), ("accepted", "Y")),
)
SELECTIONS = (
    Selection("mentoring"),
    Selection("mentoring", first=201805, last=201808),
    Selection("mentoring", first=201801),
    Selection("mentoring", last=201806),
    Selection("mentoring", areas=(HILL,)),
    Selection("mentoring", providers=(SOUTH,), areas=(VALE, "UNK")),
    Selection("mentoring", providers=(NORTH,), first=201807, last=201907),
    *(Selection("mentoring", where=where) for where in WHERE),
    Selection("mentoring", first=201804, last=201806, where=WHERE[0]),
)


def _codes(field: Field) -> list[str]:
    return [code.key for code in field.code_list.entries if code.key != "NONE"]


def _answer(field: Field, end: date) -> st.SearchStrategy[Any]:
    """A value that the field may hold; blank, don't know and declined come up as often as others."""
    match field.kind:
        case Kind.DATE:
            days = st.integers(-10, 200).map(lambda back: end - timedelta(days=back))
            return st.one_of(
                st.none(), days.map(lambda day: min(day, end)), days.map(lambda day: min(day, end))
            )
        case Kind.WHOLE:
            return st.one_of(st.none(), st.integers(0, 3))
        case Kind.CODES:
            several = st.lists(st.sampled_from(_codes(field)), min_size=1, max_size=3, unique=True).map(tuple)
            return st.one_of(st.none(), st.sampled_from([("DK",), ("REF",), ("NONE",)]), several, several)
        case Kind.CODE | Kind.YES_NO:
            codes = _codes(field)[:6]
            usual = st.sampled_from(codes)
            return st.one_of(st.none(), st.sampled_from(ABSENT), usual, usual, usual)
    return st.none()


def _rows(
    reference: str, pool: int, fields: Iterable[Field], end: date, **known: Any
) -> st.SearchStrategy[Any]:
    answers = {field.key: _answer(field, end) for field in fields if field.key not in known}
    numbers = st.integers(1, pool).map(lambda n: f"{reference[0]}{n}")
    row = st.fixed_dictionaries(answers | known | {reference: numbers})
    return st.lists(row, max_size=pool, unique_by=lambda r: r[reference])


@st.composite
def some_returns(draw: st.DrawFn) -> tuple[Return, ...]:
    """Two or three returns of two providers; a period may be sent again, and a case reported again or no more."""
    whose = st.tuples(st.sampled_from((NORTH, SOUTH)), st.sampled_from(PERIODS))
    sent = []
    for provider, period in draw(st.lists(whose, min_size=2, max_size=3)):
        area = st.sampled_from((HILL, VALE, SHORE, "UNK"))
        cases = draw(_rows("case_ref", 7, CASES, period.end, area=area))
        kinds = st.sampled_from(_codes(next(f for f in ACTIVITIES if f.key == "activity_type")))
        of = st.integers(1, 9).map(lambda n: f"c{n}")
        done = draw(_rows("activity_ref", 8, ACTIVITIES, period.end, activity_type=kinds, case_ref=of))
        sent.append(a_return(provider, period, cases, done))
    return tuple(sent)


def groupings(measure: Measure) -> list[tuple[str, ...]]:
    """What a measure is grouped by here: nothing, one thing, two things, and the field that it is about."""
    found: list[tuple[str, ...]] = [(), *((key,) for key in CASE_GROUPINGS), *PAIRS]
    if measure.key in SPLITS:
        own = SPLITS[measure.key][1]
        found += [
            (own,),
            (own, "month"),
            ("area", own),
            ("provider", "quarter", own),
            (own, "vulnerabilities"),
        ]
    if measure.key in OF_ACTIVITIES:
        found += [("activity_type", "month"), ("is_admin",)]
    if measure.key in STOCKS:
        times = {"month", "quarter", "financial_year", "calendar_year"}
        return [by for by in found if not times & set(by)]
    return [tuple(dict.fromkeys(by)) for by in found]


def selections(measure: Measure) -> list[Selection]:
    """What a measure is limited to here; a stock is of one day, so it is not limited to months."""
    timed = {"quarter", "financial_year"}
    return [s for s in SELECTIONS if measure.key not in STOCKS or not timed & {key for key, _ in s.where}]


def questions(drawn: random.Random, each: int, moments: Sequence[int | None] = (None,)) -> list[Question]:
    """Some questions about every measure, each grouped and chosen at random."""
    return [
        Question(
            declared.key,
            drawn.choice(groupings(declared)),
            drawn.choice(selections(declared)),
            drawn.choice(MONTHS) if declared.key in STOCKS else None,
            drawn.choice(moments),
        )
        for declared in MEASURES
        for _ in range(each)
    ]
