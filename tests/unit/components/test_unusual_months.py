"""Unusual months on screen: what a series bears is said and no more, directions without praise, and nothing of a series with gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from components.panel import Panel
from components.unusual_months import unusual_panel, unusual_panels
from components.unusual_words import trend_words
from domain.disclosure import Hidden, Released
from domain.new_averages import NewAverage
from domain.steady import Trend
from tests.unit.components.builders import SETTINGS, released

CALM = [29, 31, 27, 33, 28, 30, 26, 32, 29, 31, 30, 28]
AGAIN = [*CALM[5:], *CALM[:5]]
ACT = NewAverage("mentoring", "referrals", 201804, "Homelessness Reduction Act starts")
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def monthly(counts: Sequence[int]) -> Released:
    """Referrals by month from April 2017 on."""
    rows = []
    for at, count in enumerate(counts):
        year, month = divmod(2017 * 12 + 3 + at, 12)
        rows.append((f"{year}-{month + 1:02d}", f"{NAMES[month]} {year}", count, count))
    return released("referrals", ("month",), rows)


def panel_of(counts: Sequence[int], *averages: NewAverage, unfinished: Sequence[str] = ()) -> Panel:
    return unusual_panel("k", monthly(counts), averages, SETTINGS, unfinished=unfinished)


def test_a_steady_series_is_drawn_with_its_limits_and_no_month_is_unusual() -> None:
    panel = panel_of(CALM)
    assert panel.title == "No unusual month: referrals stay within their own limits"
    assert panel.figure is not None
    assert panel.table.rows[0] == ("Apr 2017", "29", "29.5", "20.6", "38.4", "no", "\u2013", "")


def test_an_unusual_month_is_named_with_its_direction_in_a_shape_of_its_own() -> None:
    panel = panel_of([*CALM[:8], 60, *CALM[8:]])
    assert panel.title == "Unusual: Dec 2017, above the limits"
    assert panel.figure is not None
    marks = {trace.name: trace for trace in panel.figure.data if trace.mode == "markers"}
    assert list(marks["Unusual"].x) == ["Dec 2017"]
    assert marks["Unusual"].marker.symbol != marks["Usual"].marker.symbol
    assert marks["Unusual"].marker.color == marks["Usual"].marker.color
    said = " ".join((panel.title, *panel.notes)).lower()
    assert not {"better", "worse", "improve", "concern", "red", "green"} & set(said.replace(",", " ").split())


def test_a_rising_series_has_no_limits_but_the_same_month_a_year_before() -> None:
    panel = panel_of([20 + 2 * at + (-1) ** at for at in range(19)])
    assert panel.title == (
        "No month is called unusual, because referrals are rising by about 2 a month. "
        "Oct 2018: 57, more than 33 in Oct 2017"
    )
    assert panel.figure is None
    assert panel.grid is not None
    assert panel.grid.rows[-1] == ("Oct 2018", "57", "33", "more than 33")
    assert {row[5] for row in panel.table.rows} == {"not said"}


def test_a_season_is_named_as_the_reason() -> None:
    yearly = [20, 22, 30, 35, 40, 44, 45, 41, 36, 30, 25, 21]
    panel = panel_of([*yearly, *(value + 1 for value in yearly)])
    assert panel.title.startswith(
        "No month is called unusual, because referrals have a season. Mar 2019: 22, "
    )


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([30, 31], "there are only 2 whole months, and 7 are needed"),
        ([4, 5, 3] * 4, "there are only 4.0 referrals a month, and about 5 are needed"),
        ([], "no month is complete yet"),
    ],
)
def test_too_little_is_said_to_be_too_little(counts: list[int], why: str) -> None:
    panel = panel_of(counts)
    assert panel.title.endswith(f"because {why}")
    assert panel.figure is None


def test_fewer_than_twelve_months_have_provisional_limits() -> None:
    assert any(note.startswith("Provisional") for note in panel_of(CALM[:11]).notes)
    assert not any(note.startswith("Provisional") for note in panel_of(CALM).notes)


def test_a_new_average_begins_with_its_reason_and_never_by_itself() -> None:
    stepped = [*CALM, *(2 * value for value in AGAIN)]
    assert "rising" in panel_of(stepped).title
    panel = panel_of(stepped, ACT)
    assert panel.title == "No unusual month: referrals stay within their own limits"
    assert "A new average begins in Apr 2018: Homelessness Reduction Act starts." in panel.notes
    assert [panel.table.rows[at][2] for at in (11, 12)] == ["29.5", "59.0"]
    few = panel_of([*CALM[:4], *CALM[6:10]], NewAverage("mentoring", "referrals", 201708, "New contract"))
    assert few.title.endswith("because with a new average there are fewer than 7 months of each")


def test_months_that_are_not_whole_are_left_out_and_named() -> None:
    panel = panel_of([*CALM, 3], unfinished=["2018-04"])
    assert panel.title == "No unusual month: referrals stay within their own limits"
    assert len(panel.table.rows) == 12
    assert "Left out, because not complete: Apr 2018." in panel.notes


def test_a_series_with_a_hidden_month_has_no_panel() -> None:
    months = monthly(CALM)
    gap = (Hidden(("2017-06",), ("Jun 2017",), 2),)
    hidden = replace(months, figures=(*months.figures[:2], *months.figures[3:]), hidden=gap)
    assert unusual_panels("k", hidden, (), SETTINGS, unfinished=()) == []
    assert len(unusual_panels("k", months, (), SETTINGS, unfinished=())) == 1


def test_a_trend_is_said_only_where_it_is_clear() -> None:
    assert trend_words(Trend(0.001, 2.2)) == "rising by about 2 a month"
    assert trend_words(Trend(0.001, -0.5)) == "falling: about 6 fewer a month than a year before"
    assert trend_words(Trend(0.2, 2.2)) == ""
