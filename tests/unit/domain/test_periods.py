"""Months, quarters and years."""

from datetime import date

import pytest

from domain.periods import (
    Period,
    PeriodKind,
    financial_year_of,
    month_end,
    month_of,
    months_between,
    next_month,
    parse_month,
    quarter_of,
    time_key,
    time_label,
    write_month,
)


def test_months_are_read_and_written():
    assert (month_of(date(2018, 4, 17)), parse_month(" 2018-04 "), write_month(201804)) == (
        201804,
        201804,
        "2018-04",
    )
    for text in ("2018-13", "2018-00", "April", "2018-4", "201804"):
        with pytest.raises(ValueError, match="not a month"):
            parse_month(text)


def test_months_follow_each_other_over_the_year():
    assert (next_month(201812), next_month(201801, -1), next_month(201804, 12)) == (201901, 201712, 201904)
    assert months_between(201811, 201902) == (201811, 201812, 201901, 201902)
    assert months_between(201902, 201811) == ()
    assert (month_end(202402), month_end(201802)) == (date(2024, 2, 29), date(2018, 2, 28))


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [
        (201801, "2018-01..2018-03", "2017-18"),
        (201803, "2018-01..2018-03", "2017-18"),
        (201804, "2018-04..2018-06", "2018-19"),
        (201812, "2018-10..2018-12", "2018-19"),
        (199912, "1999-10..1999-12", "1999-00"),
    ],
)
def test_quarters_and_financial_years_begin_in_april(month, quarter, year):
    assert (quarter_of(month).key, financial_year_of(month)) == (quarter, year)


def test_keys_and_labels_of_time():
    keys = [
        time_key(grouping, 201805) for grouping in ("month", "quarter", "financial_year", "calendar_year")
    ]
    assert keys == ["2018-05", "2018-04..2018-06", "2018-19", "2018"]
    labels = [
        time_label(g, k)
        for g, k in zip(("month", "quarter", "financial_year", "calendar_year"), keys, strict=True)
    ]
    assert labels == ["May 2018", "Apr-Jun 2018 (Q1 2018/19)", "2018/19", "2018"]
    with pytest.raises(ValueError, match="not a grouping by time"):
        time_key("week", 201805)


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("2018-10", PeriodKind.MONTH, "Oct 2018"),
        ("2018-10..2018-10", PeriodKind.MONTH, "Oct 2018"),
        ("2018-01..2018-03", PeriodKind.QUARTER, "Jan-Mar 2018 (Q4 2017/18)"),
        ("2018-02..2018-04", None, "Feb 2018-Apr 2018"),
    ],
)
def test_periods_are_named(text, kind, label):
    period = Period.parse(text)
    assert (period.kind, period.label) == (kind, label)
    assert Period.parse(period.key) == period
    assert (period.first_month, period.last_month) == (period.months[0], period.months[-1])


def test_a_period_of_part_of_a_month_has_no_kind():
    assert Period(date(2018, 4, 2), date(2018, 4, 30)).kind is None
    with pytest.raises(ValueError, match="ends before it starts"):
        Period.parse("2018-06..2018-04")


def test_periods_beside_and_inside_each_other():
    spring, summer, april = (Period.parse(t) for t in ("2018-04..2018-06", "2018-07..2018-09", "2018-04"))
    assert spring.overlaps(april)
    assert not spring.overlaps(summer)
    assert spring.covers(april)
    assert not april.covers(spring)
    assert spring.next() == summer
    assert april.next() == Period.parse("2018-05")
    assert Period.parse("2018-04..2018-09").covers(summer)
    assert Period.parse("2018-04..2018-09").kind is None
