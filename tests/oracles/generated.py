"""Returns made up by chance, the same for the same number, and the questions asked of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from data_access.questions import Question
from domain.fields import COUNCIL_FIELDS, Field, Kind, Sheet, fields_of
from domain.measures import Measure, measures_of
from domain.periods import Period
from domain.returns import Record, Return
from domain.selection import Selection
from domain.services import SERVICES
from tests.builders import HILL, NORTH, SHORE, SOUTH, VALE, a_return, a_supplement, a_supplement_row
from tests.oracles.plain_formulas import AVERAGES, SPLITS, STOCKS, TABLES
from tests.oracles.plain_records import OF_POSTS
from tests.oracles.plain_rows import TIMES

ABSENT = ("DK", "REF", "NA", "LC")
PERIODS = tuple(Period.parse(text) for text in ("2018-04..2018-06", "2018-07..2018-09", "2018-10"))
MONTHS = (201803, 201804, 201806, 201808, 201810, 201811)
DAYS_BACK = (0, 1, 2, 3, 4, 5, 6, 14, 15, 28, 30, 31, 45, 61, 91, 92, 93, 120, 200, 365, 366, 380)
"""Before the end of the period: deadlines fall on the last day in time, one day later, and on the last day reported."""
OFTEN = {"mentoring": "PREVENTED", "send": "MED_HELD", "housing": "GNA", "homelessness": "OTHER_AGREEMENT"}
"""An outcome that comes up often: measures of how such cases went have somebody in them."""
REFERENCES = {
    Sheet.CASES: ("case_ref", "c", 12),
    Sheet.ACTIVITIES: ("activity_ref", "a", 10),
    Sheet.AGREEMENTS: ("agreement_ref", "g", 3),
    Sheet.SATISFACTION: ("response_ref", "r", 10),
    Sheet.COMPLAINTS: ("complaint_ref", "k", 6),
    Sheet.STAFF: ("role_ref", "p", 3),
}
"""The field that names a row of each sheet, and from how many names they are drawn."""
SHEET_NAMES = {
    Sheet.ACTIVITIES: "activities",
    Sheet.AGREEMENTS: "agreements",
    Sheet.SATISFACTION: "answers",
    Sheet.COMPLAINTS: "complaints",
    Sheet.STAFF: "staff",
}
GROUPINGS = {
    "": ("area", "provider", "service", *TIMES, "outcome", "ethnicity", "sex"),
    "mentoring": ("risk_at_assessment", "vulnerabilities", "repeat_case", "housing_status", "days_of_support_band"),
    "send": ("reason", "service_type", "delay_exception", "la_decision_maker", "days_to_outcome_band"),
    "housing": ("service_type", "noise_related", "multi_agency_3m", "days_to_outcome_band"),
    "homelessness": ("loss_reason", "referral_route", "service_type", "days_to_outcome_band"),
}  # fmt: skip
PAIRS = {
    "": (("area", "month"), ("provider", "area"), ("quarter", "sex"), ("financial_year", "month"), ("ethnicity", "area")),
    "mentoring": (
        ("vulnerabilities", "month"), ("days_of_support_band", "quarter"), ("referral_route", "tenancy_outcome"),
    ),
    "send": (("reason", "month"), ("provider", "quarter"), ("delay_exception", "service_type")),
    "housing": (("service_type", "month"), ("days_to_outcome_band", "quarter")),
    "homelessness": (("loss_reason", "month"), ("referral_route", "accommodation_at_application")),
}  # fmt: skip
WHERE = {
    "": (
        (("ethnicity", "ASIAN"),),
        (("financial_year", "2018-19"),),
        (("quarter", "2018-04..2018-06"), ("quarter", "2018-10..2018-12")),
        (("repeat_case", "DK"),),
        (("sex", "F"), ("accepted", "Y")),
    ),
    "mentoring": (
        (("risk_at_assessment", "D28"), ("risk_at_assessment", "FUTURE")),
        (("housing_status", "FIXED"), ("sex", "F")),
        (("vulnerabilities", "MENTAL"), ("vulnerabilities", "NONE")),
        (("adults_n", "2"),),
        (("days_of_support_band", "up_to_007"), ("days_of_support_band", "up_to_112")),
        (("days_of_support_band", "more"),),
    ),
    "send": (
        (("reason", "CON"),),
        (("reason", "CON_F"), ("reason", "SECI")),
        (("la_decision_maker", "Y"),),
        (("service_type", "MED"), ("days_to_outcome_band", "up_to_030")),
    ),
    "housing": ((("service_type", "A"),), (("parties_n", "2"), ("noise_related", "Y"))),
    "homelessness": ((("loss_reason", "A2_01"),), (("referral_route", "A7_01"), ("referral_route", "SELF"))),
}


def _codes(field: Field, service: str) -> list[str]:
    return [code.key for code in field.code_list_for(service).entries if code.key != "NONE"]


def _answer(drawn: random.Random, field: Field, service: str, end: date) -> Any:
    """A value that the field may hold; blank, don't know and declined come up as often as others."""
    if not field.required and drawn.random() < 0.2:
        return None
    match field.kind:
        case Kind.DATE:
            return end - timedelta(days=drawn.choice(DAYS_BACK))
        case Kind.WHOLE:
            return drawn.randint(0, 3)
        case Kind.NUMBER:
            return drawn.choice((0.5, 1.0))
        case Kind.QUESTION:
            return drawn.choice(("Q1", "Q10", "G1"))
        case Kind.CODES:
            if drawn.random() < 0.2:
                return drawn.choice(
                    (("DK",), ("REF",), ("NONE",) if field.key == "vulnerabilities" else ("NA",))
                )
            codes = _codes(field, service)
            return tuple(drawn.sample(codes, drawn.randint(1, 3)))
        case Kind.CODE if field.key == "outcome" and drawn.random() < 0.4:
            return OFTEN[service]
        case Kind.CODE | Kind.YES_NO:
            if not field.required and drawn.random() < 0.2:
                return drawn.choice(ABSENT)
            return drawn.choice(_codes(field, service)[:9])
    return None


def _rows(drawn: random.Random, sheet: Sheet, service: str, end: date, size: int = 1) -> list[Record]:
    fields = fields_of(sheet, service)
    if not fields:
        return []
    key, letter, pool = REFERENCES[sheet]
    pool *= size
    found: list[Record] = []
    for number in drawn.sample(range(pool), drawn.randint(0 if size == 1 else pool // 2, pool)):
        row = {field.key: _answer(drawn, field, service, end) for field in fields}
        row |= {"case_ref": f"c{drawn.randint(0, 14 * size)}"} if "case_ref" in row else {}
        row |= {"area": drawn.choice((HILL, VALE, SHORE, "UNK"))} if "area" in row else {}
        # Half of the posts are still filled, and are such as a figure is about.
        row |= (
            {"in_post_to": None, "llw_relevant": "Y", "role": "MENTOR"}
            if letter == "p" and number % 2
            else {}
        )
        found.append(row | {key: f"{letter}{number}"})
    return found


def _supplement(drawn: random.Random, period: Period, size: int) -> Return:
    """The council's rows: about cases that are there, and some that are not."""
    rows = [
        a_supplement_row(
            f"c{number}",
            drawn.choice((NORTH, SOUTH)),
            **{field.key: _answer(drawn, field, "send", period.end) for field in COUNCIL_FIELDS},
        )
        for number in drawn.sample(range(15 * size), 10 * size)
    ]
    return a_supplement(period, rows)


def some_returns(service: str, number: int, size: int = 1) -> tuple[Return, ...]:
    """Four returns of two providers; a period may be sent again, and a case reported again or no more.

    Another service's return of the same cases stands among them, and in SEND mediation two of the council.
    """
    drawn = random.Random(f"{service} {number}")
    sent = []
    for _ in range(4):
        period = drawn.choice(PERIODS)
        sheets = {name: _rows(drawn, sheet, service, period.end, size) for sheet, name in SHEET_NAMES.items()}
        cases = _rows(drawn, Sheet.CASES, service, period.end, size)
        sent.append(a_return(drawn.choice((NORTH, SOUTH)), period, cases, service=service, **sheets))
    if service == "send":
        sent.insert(2, _supplement(drawn, drawn.choice(PERIODS), size))
        sent.append(_supplement(drawn, drawn.choice(PERIODS), size))
    other = next(s.key for s in SERVICES if s.key != service)
    cases = _rows(drawn, Sheet.CASES, other, PERIODS[1].end)
    answers = _rows(drawn, Sheet.SATISFACTION, other, PERIODS[1].end)
    sent.insert(1, a_return(NORTH, PERIODS[1], cases, service=other, answers=answers))
    return tuple(sent)


def groupings(measure: Measure, service: str) -> list[tuple[str, ...]]:
    """What a measure is grouped by here: nothing, one thing, two things, and the field that it is about."""
    found: list[tuple[str, ...]] = [()]
    for named in ("", service):
        found += [*((key,) for key in GROUPINGS[named]), *PAIRS[named]]
    split = SPLITS.get(measure.key, {}).get(service)
    if split:
        own = split[1]
        several = "vulnerabilities" if service == "mentoring" else "sex"
        found += [(own,), (own, "month"), ("area", own), ("provider", "quarter", own), (own, several)]
    own_table = {
        "activities": [("activity_type", "month"), ("is_admin",)],
        "agreements": [("action_type",), ("action_type", "month"), ("timescale_agreed_in_writing",)],
        "answers": [("question_code",), ("question", "month"), ("respondent_type",), ("answer_code",)],
        "complaints": [("subject_code",), ("complaint_outcome", "month")],
    }
    found += own_table.get(TABLES.get(measure.key, ""), [])
    if measure.key == "completeness":
        found += [("field",), ("area", "field"), ("field", "month"), ("provider", "field", "quarter")]
    if measure.key in OF_POSTS:
        found = [(), ("provider",), ("service",), ("provider", "service")]
        found += [("role",), ("accredited", "provider")] if measure.key == "living_wage" else []
    if measure.key in STOCKS:
        found = [by for by in found if not set(TIMES) & set(by)]
    if measure.key in AVERAGES or measure.key.startswith("days_to_outcome"):
        found = [by for by in found if "days_to_outcome_band" not in by] + [()]
    if measure.key == "days_to_outcome":
        found.append(("days_to_outcome_band",))
    return [tuple(dict.fromkeys(by)) for by in found]


def selections(measure: Measure, service: str) -> list[Selection]:
    """What a measure is limited to here; a stock is of one day, so it is not limited to months."""
    found = [
        Selection(service=service),
        Selection(service=service, first=201805, last=201808),
        Selection(service=service, first=201801),
        Selection(service=service, last=201806),
        Selection(service=service, areas=(HILL,)),
        Selection(service=service, providers=(SOUTH,), areas=(VALE, "UNK")),
        Selection(service=service, providers=(NORTH,), first=201807, last=201907),
        *(Selection(service=service, where=where) for where in (*WHERE[""], *WHERE[service])),
        Selection(service=service, first=201804, last=201806, where=WHERE[service][0]),
    ]
    timed = {"quarter", "financial_year"}
    if measure.key in OF_POSTS:  # of no area, and with none of the answers that a case has
        return [s for s in found if not s.where]
    limited = measure.key in (
        *STOCKS,
        "complaints_rate",
    )  # by the first and the last month alone, or not at all
    return [s for s in found if not limited or not timed & {key for key, _ in s.where}]


def questions(
    service: str, drawn: random.Random, each: int, moments: Sequence[int | None] = (None,)
) -> list[Question]:
    """Some questions about every measure of a service, each grouped and chosen at random."""
    return [
        Question(
            declared.key,
            drawn.choice(groupings(declared, service)),
            drawn.choice(selections(declared, service)),
            drawn.choice(MONTHS) if declared.key in STOCKS else None,
            drawn.choice(moments),
        )
        for declared in measures_of(service)
        for _ in range(each)
    ]


def every_question(service: str, drawn: random.Random, by: int, chosen: int) -> Iterable[Question]:
    """More questions about every measure of a service: some groupings of all rows, and some choices without a grouping."""
    for declared in measures_of(service):
        everything = Selection(service=service)
        yield Question(declared.key, (), everything)
        yield from (
            Question(declared.key, keys, everything)
            for keys in drawn.sample(groupings(declared, service), by)
        )
        limits = drawn.sample(selections(declared, service), chosen)
        yield from (Question(declared.key, (), limit) for limit in limits)
        if declared.key in STOCKS:
            each = ("provider",) if declared.key in OF_POSTS else ("area",)
            yield from (Question(declared.key, each, everything, at) for at in MONTHS)
