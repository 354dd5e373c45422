"""What is written into a cell comes out again, however a person may have written it.

Nothing makes reading fail.
"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cells import Fault, read_cell
from domain.fields import FIELDS, Field, Kind, case_field
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
