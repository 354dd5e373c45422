"""What is written into a cell comes out again, however a person may have written it.

Nothing makes reading fail.
"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cells import Fault, read_cell, read_survey_answer
from domain.fields import FIELDS, Field, Kind, Sheet, case_field, fields_of
from domain.settings import SurveyQuestion
from tests.upload_files.returns import SETTINGS

DATE, WHOLE, CODES = case_field("referral_date"), case_field("adults_n"), case_field("vulnerabilities")
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2199, 12, 31))


@given(DAYS)
def test_a_day_is_the_same_as_a_date_and_as_text_with_the_day_first(day: date) -> None:
    for raw in (
        day,
        datetime.combine(day, time(9)),
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f" {day.day}/{day.month}/{day.year} ",
        f"{day.day} {day:%B %Y}",
        f"{day:%d-%b-%Y}\u200b",
    ):
        assert read_cell(DATE, raw, SETTINGS) == day


@given(DAYS.filter(lambda day: day.day > 12))
def test_the_month_is_never_taken_first(day: date) -> None:
    assert isinstance(read_cell(DATE, f"{day:%m/%d/%Y}", SETTINGS), Fault)


@given(st.integers(0, 100_000) | st.floats(0, 100_000))
def test_a_number_is_never_taken_for_a_day(number: float) -> None:
    assert isinstance(read_cell(DATE, number, SETTINGS), Fault)


@given(st.integers(-100, 100))
def test_a_whole_number_is_read_or_is_outside_its_limits(number: int) -> None:
    for raw in (number, float(number), str(number), f"{number}.0", f" {number} "):
        found = read_cell(WHOLE, raw, SETTINGS)
        assert found == number if 0 <= number <= 20 else isinstance(found, Fault)


@given(
    st.lists(st.sampled_from([c for c in CODES.code_list.entries if c.key != "NONE"]), min_size=1), st.data()
)
def test_several_answers_come_out_in_list_order_once_each(codes: list, data: st.DataObject) -> None:  # type: ignore[type-arg]
    written = [
        data.draw(st.sampled_from([code.key, code.label.upper(), f" {code.label} "])) for code in codes
    ]
    assert read_cell(CODES, ";".join(written), SETTINGS) == tuple(
        code.key for code in CODES.code_list.codes if code in codes
    )


@given(
    st.sampled_from(FIELDS),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.datetimes()
    | st.times()
    | st.timedeltas(),
)
def test_nothing_makes_reading_fail(field: Field, raw: object) -> None:
    found = read_cell(field, raw, SETTINGS)  # type: ignore[arg-type]
    if isinstance(found, Fault):
        assert found.found
        assert found.wanted
        assert found.repair
    elif field.kind is Kind.WHOLE:
        assert found is None or isinstance(found, int)


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("outcome", "prevented", "PREVENTED"),
        ("housing_status", "b & b", "BB"),
        ("accepted", True, "Y"),
        ("accepted", 1.0, "Y"),
        ("accepted", "Don\u2019t know", "DK"),
        ("sex", "Refused", "REF"),
        ("sex", "N/A", "NA"),
        ("area", "unknown", "UNK"),
        ("area", "e07000073", "E07000073"),
        ("case_ref", 1234.0, "1234"),
        ("vulnerabilities", " ; ", None),
        ("referral_date", "2018-04-03 00:00:00", date(2018, 4, 3)),
    ],
)
def test_worked_cells(field: str, raw: object, value: object) -> None:
    assert read_cell(case_field(field), raw, SETTINGS) == value  # type: ignore[arg-type]


def of(sheet: Sheet, key: str) -> Field:
    return next(field for field in fields_of(sheet) if field.key == key)


FTE, QUESTION, ANSWER = (
    of(Sheet.STAFF, "fte"),
    of(Sheet.SATISFACTION, "question_code"),
    of(Sheet.SATISFACTION, "answer_code"),
)


@given(st.floats(0, 1))
def test_a_share_of_full_time_is_read_as_a_number_and_as_a_percentage(share: float) -> None:
    hundredths = round(share * 100)
    for raw in (hundredths / 100, str(hundredths / 100), f"{hundredths}%", f" {hundredths} % "):
        assert read_cell(FTE, raw, SETTINGS) == pytest.approx(hundredths / 100)


@pytest.mark.parametrize("raw", [1.01, "150%", "-0.5", "half", "1,5", True, float("nan"), float("inf")])
def test_what_is_no_share_of_full_time_is_a_fault(raw: object) -> None:
    assert isinstance(read_cell(FTE, raw, SETTINGS), Fault)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("service", "raw", "code"),
    [
        ("mentoring", "prevented", "PREVENTED"),
        ("send", "Mediation held", "MED_HELD"),
        ("send", "Live", "OPEN"),
        ("mentoring", "Open", "LIVE"),
        ("housing", "withdrawn", "WITHDRAWN"),
    ],
)
def test_an_outcome_is_read_with_the_list_of_its_service(service: str, raw: str, code: str) -> None:
    assert read_cell(case_field("outcome"), raw, SETTINGS, service) == code


def test_an_outcome_of_another_service_is_no_answer() -> None:
    for service, raw in (("housing", "Prevented"), ("mentoring", "GNA"), ("homelessness", "MED_HELD")):
        assert isinstance(read_cell(case_field("outcome"), raw, SETTINGS, service), Fault)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("q1", "Q1"),
        ("Question 2", "Q2"),
        (2, "Q2"),
        ("How useful was the mediation", "Q2"),
        ("G1", "G1"),
        ("Q12", "Q12"),
    ],
)
def test_a_question_is_known_by_its_code_its_number_or_its_words(raw: object, code: str) -> None:
    """One that the survey does not have is kept as it is written, to be asked about."""
    assert read_cell(QUESTION, raw, SETTINGS, "send", "provider-d") == code  # type: ignore[arg-type]


@given(st.integers(1, 5), st.sampled_from(SETTINGS.survey("send", "provider-d")))
def test_a_number_is_a_point_of_the_scale_of_its_question(point: int, question: SurveyQuestion) -> None:
    code = f"{question.scale[0].upper()}{point}"
    for raw in (point, float(point), str(point), code, ANSWER.code_list.label(code)):
        assert read_survey_answer(ANSWER, raw, question) == code


def test_an_answer_of_another_scale_or_without_a_scale_is_a_fault() -> None:
    agree, useful = SETTINGS.survey("send", "provider-d")
    for raw, question in (("Extremely useful", agree), ("Agree", useful), (4, None), (0, agree), (6, useful)):
        assert isinstance(read_survey_answer(ANSWER, raw, question), Fault)
    assert read_survey_answer(ANSWER, "Strongly agree", None) == "A5"
    assert read_survey_answer(ANSWER, "Don't know", agree) == "DK"
