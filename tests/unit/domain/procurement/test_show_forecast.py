"""What is said of the expected number: each figure of a title stands in its table, nothing is called validated that was not tried."""

import re

import pytest

from domain.formats import number
from domain.pack import Form
from domain.procurement.expected import own_volumes, volumes_of, with_assumptions
from domain.procurement.history import History
from domain.procurement.outlook import outlook_of
from domain.procurement.printed import printed_history
from domain.procurement.scenario import Assumption
from domain.procurement.show_forecast import forecast_screens

QUARTERS = (47, 39, 52, 57, 66, 53, 72, 80, 105, 86, 113, 125, 146, 119, 159, 174, 157, 128, 171, 180)
NORFOLK = outlook_of(printed_history("send"), 202504, 2)
TRIED = outlook_of(
    History("quarter", 202004, QUARTERS, (19,), ("Left out: Apr-Jun 2025",), "Referrals"), 202504, 3
)
ASSUMED = (Assumption("Two areas join", 202604, 10, 5, 20),)


def screens(outlook, assumptions=()):
    plain = volumes_of(outlook)
    found = forecast_screens(
        outlook, with_assumptions(plain, assumptions), plain, assumptions, history=outlook.history
    )
    return {one.key: one for one in found}


def said(screen):
    """What stands in the cells of a screen's table."""
    cells = [cell for row in screen.table.rows for cell in row]
    return " ".join(number(cell) if isinstance(cell, int | float) else str(cell) for cell in cells)


@pytest.mark.parametrize(("outlook", "assumptions"), [(NORFOLK, ()), (TRIED, ()), (TRIED, ASSUMED)])
def test_every_number_of_a_title_stands_in_its_table(outlook, assumptions):
    for screen in screens(outlook, assumptions).values():
        limits = {"80", "95", "100"}  # of the limits' own names
        for word in set(re.findall(r"\d[\d,.]*\d|\d", screen.takeaway.sentence)) - limits:
            assert re.search(
                rf"(?<![\d,]){re.escape(word)}(?!\d)", said(screen) + " ".join(screen.table.headers)
            ), (screen.key, word)
        assert {len(row) for row in screen.table.rows} == {len(screen.table.headers)}
        assert screen.item == "forecast"


def test_every_year_stands_beside_the_latest_twelve_months_and_one_far_from_them_is_said_to():
    climbing = outlook_of(History("quarter", 201704, (45, 78, 99, 83, 111, 100)), 201904, 3)
    years = screens(climbing)["forecast_years"]
    assert years.takeaway.sure.endswith("The latest twelve months, Oct 2017 to Sep 2018, brought 393")
    place = years.table.headers.index("Against the 393 of Oct 2017 to Sep 2018")
    assert [row[place] for row in years.table.rows] == [
        f"+{100 * row[1] / 393 - 100:.0f}%" for row in years.table.rows
    ]
    expected = years.table.rows[2][1]
    assert years.notes[0].startswith(
        f"{expected:,} in Apr 2021 to Mar 2022 is {expected / 393:.1f} times the 393"
    )
    near = outlook_of(History("quarter", 201704, (100, 98, 101, 99, 100, 101)), 201904, 1)
    assert not any("times the" in note for note in screens(near)["forecast_years"].notes)


def test_a_short_history_is_a_scenario_between_the_two_plain_ones():
    found = screens(NORFOLK)
    fan = found["forecast"]
    assert fan.takeaway.title == "636 in 2024/25; 746 expected in 2025/26, 520 to 972"
    assert (
        fan.takeaway.sure == "Scenario, not validated; if nothing changes 636; if the mean growth goes on 855"
    )
    assert any("does not say whether 636" in note for note in fan.notes)
    assert any("+39%, +58%, +39%, +6%" in note for note in fan.notes)
    years = found["forecast_years"]
    assert years.table.rows[0][:6] == ("Apr 2025 to Mar 2026", 746, 630, 863, 520, 972)
    assert years.takeaway.sure.startswith("Scenario, not validated")
    assert found["forecast_method"].takeaway.title == "Not tried on the past: 5 years are too few"


def test_the_fan_begins_where_the_counts_end():
    chart = screens(TRIED)["forecast"].chart
    counted, wide, narrow = chart.series
    assert chart.form is Form.FAN
    assert (len(chart.categories), chart.unfinished) == (20 + 12, (19,))
    assert counted.values == (*QUARTERS, *(None,) * 12)
    for one in (wide, narrow):
        assert set(one.values[:20]) | set(one.lows[:20]) == {None}
    assert all(
        low <= at <= high
        for low, at, high in zip(wide.lows[20:], narrow.lows[20:], wide.values[20:], strict=True)
    )
    assert "180 (expected once late cases are entered)" in chart.words


def test_a_method_that_was_tried_says_how_it_did_and_how_far():
    found = screens(TRIED, ASSUMED)
    method = found["forecast_method"]
    assert method.takeaway.title.endswith("misses 0.80 times as much as 'as in the last period'")
    assert [row[-1] for row in method.table.rows] == ["no", "no", "yes", "yes"]
    years = found["forecast_years"]
    assert [row[-1].partition(":")[0] for row in years.table.rows] == ["Yes", "No", "No"]
    assert years.table.rows[2][-1].endswith("tried up to 4 quarters ahead; this year lies 9 to 12 ahead")
    assert "scenario, not validated" in years.takeaway.sure
    # With and without what is assumed, which holds from the second year on.
    assert [row[1] == row[7] for row in years.table.rows] == [True, False, False]
    assumed = found["forecast_assumptions"]
    assert assumed.table.rows[0][:5] == ("Two areas join", "Apr 2026", "+10%", "+5%", "+20%")


def test_without_a_forecast_it_says_why_and_other_numbers_stand_alone():
    (none,) = forecast_screens(outlook_of(History("month", 202004, (5, 6)), 202101, 1), None, None)
    assert (none.takeaway.what, none.withheld) == ("No forecast", "")
    (shut,) = forecast_screens(
        outlook_of(History("quarter", 202004, (), left_out=("Too few",)), 202101, 1), None, None
    )
    assert shut.withheld.endswith("there are none. Too few.")
    own = own_volumes((500, 600, 800), (), 202604, 2)
    (years,) = forecast_screens(None, own, own)
    assert (
        years.takeaway.what == f"600 expected in Apr 2026 to Mar 2027, {' to '.join(map(str, own.limits(0)))}"
    )
    assert "Tried so far ahead on the past" not in years.table.headers
