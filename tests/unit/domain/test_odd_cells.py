"""What people write in place of a date, a number or nothing is read in one way or refused, and never silently."""

from __future__ import annotations

from datetime import date

import pytest

from domain.drafts import RawCell
from domain.fields import CASES, Field
from domain.odd_cells import Oddity, odd_cells

UNTIL = date(2019, 6, 30)
FIELDS = {field.key: field for field in CASES}
DAY: Field = FIELDS["referral_date"]


def odd(
    *cells: RawCell, field: Field = DAY, until: date | None = UNTIL, from_1904: bool | None = False
) -> dict:
    found = odd_cells(field, {cell: cells.count(cell) for cell in cells}, until, from_1904)
    return {cell: (one.oddity, one.meant) for cell, one in found.items()}


@pytest.mark.parametrize("number", [43192, 43192.0, "43192", " 43192 "])
def test_a_number_among_dates_is_the_day_that_excel_means(number: RawCell) -> None:
    assert odd(number, date(2018, 5, 1)) == {number: (Oddity.DAY_NUMBER, date(2018, 4, 2))}


def test_a_workbook_that_counts_from_1904_means_another_day() -> None:
    assert odd(41730, from_1904=True) == {41730: (Oddity.DAY_NUMBER, date(2018, 4, 2))}
    assert odd(43192, from_1904=True) == {}


def test_a_number_that_could_be_two_days_is_none_where_the_file_does_not_say() -> None:
    assert odd(43192, from_1904=None) == {43192: (Oddity.DAY_NUMBER, date(2018, 4, 2))}
    assert odd(41730, from_1904=None) == {}


@pytest.mark.parametrize("number", [36525, 43647, 20180402, 4319, 43192.5, True, -43192, "043192"])
def test_a_number_that_no_return_can_mean_as_a_day_is_left_as_it_is(number: RawCell) -> None:
    assert odd(number, date(2018, 5, 1)) == {}


def test_numbers_are_no_days_in_a_column_that_mostly_holds_something_else() -> None:
    assert odd(43192, "soon", "later") == {}
    assert odd(43192, "-", "..", None, "") == {
        43192: (Oddity.DAY_NUMBER, date(2018, 4, 2)),
        "-": (Oddity.MARK, None),
        "..": (Oddity.MARK, None),
    }


def test_no_number_is_read_as_a_day_while_the_period_is_not_known() -> None:
    assert odd(43192, date(2018, 5, 1), until=None) == {}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/04/2018", date(2018, 4, 3)),
        ("3.4.2018", date(2018, 4, 3)),
        ("03-04-2018 00:00", date(2018, 4, 3)),
    ],
)
def test_a_date_that_could_be_read_in_two_ways_has_its_day_first(text: str, day: date) -> None:
    assert odd(text) == {text: (Oddity.DAY_FIRST, day)}


@pytest.mark.parametrize("text", ["13/04/2018", "04/04/2018", "2018-04-03", "3 April 2018", "04/13/2018"])
def test_a_date_with_one_reading_is_not_spoken_of(text: str) -> None:
    assert odd(text) == {}


@pytest.mark.parametrize("key", ["referral_date", "adults_n", "sex", "area", "vulnerabilities", "mentor_ref"])
def test_a_dash_is_blank_in_every_kind_of_column(key: str) -> None:
    for mark in ("-", "\u2013", "..", "?", "\u00a0-\u00a0"):
        assert odd(mark, field=FIELDS[key]) == {mark: (Oddity.MARK, None)}


def test_words_for_nothing_are_blank_only_where_no_list_says_what_they_mean() -> None:
    assert odd("N/A", field=FIELDS["adults_n"]) == {"N/A": (Oddity.MARK, None)}
    assert odd("n/a", "NA", "unknown", field=FIELDS["sex"]) == {}
    assert odd("NA", "unknown", field=FIELDS["mentor_ref"]) == {}
    assert odd("none", "nil", "0", 0, field=FIELDS["adults_n"]) == {}
