"""Late entry on screen: title, chart, table and notes of a trend whose newest months still fill, and when nothing is said."""

from dataclasses import replace

import pytest

from components.charts.trend import trend
from components.late_entry import late_trend_panel, still_filling
from components.panel import Panel
from domain.access import Audience
from domain.disclosure import Released
from domain.figure import Hidden
from domain.late_entry import Arrival, LateEntry, LearntFrom, Reporting
from domain.late_words import late_message
from domain.periods import months_between
from domain.selection import Selection
from tests.unit.components.builders import SETTINGS, months, released


def late_of(*own: int, late: float = 0.5) -> LateEntry:
    """Each month from April 2018 on has so many cases in its own month and some of them again in the next."""
    found = []
    for month, cases in zip(months_between(201804, 201803 + len(own)), own, strict=True):
        found.append(Arrival("a", month, 0, cases))
        if month < 201803 + len(own):
            found.append(Arrival("a", month, 1, round(cases * late)))
    reporting = Reporting("a", frozenset(months_between(201804, 201803 + len(own))))
    return LateEntry(LearntFrom.ENTRY_DATES, tuple(found), (reporting,))


LATE = late_of(20, 24, 22, 20, 24, 22, 20)
SHOWN = months(30, 36, 33, 30, 36, 33, 20)


def panel_of(shown: Released = SHOWN, late: LateEntry = LATE, **more: object) -> Panel:
    return late_trend_panel("t", shown, SETTINGS, late=late, **more)  # type: ignore[arg-type]


def test_the_title_compares_whole_months_and_says_what_the_newest_is_likely_to_become() -> None:
    compared, _, expected = panel_of().title.partition(". ")
    assert (
        compared
        == "33 referrals a month in Jul 2018 to Sep 2018, no clear change from 33 in the 3 months before"
    )
    found = still_filling(SHOWN, LATE)["2018-10"].range
    assert found is not None
    assert found.expected == pytest.approx(30)
    assert expected == (
        f"October's 20 is likely to become about {found.low} to {found.high} once late cases are entered"
    )


def test_what_is_expected_stands_hatched_on_the_bar_with_its_range_and_in_the_table() -> None:
    panel = panel_of()
    found = still_filling(SHOWN, LATE)["2018-10"].range
    assert found is not None
    assert panel.figure is not None
    bars, coming, mean, filling = panel.figure.data
    assert list(bars.y) == [30, 36, 33, 30, 36, 33, 20], "what is reported stays as it is"
    assert (list(coming.x), list(coming.y)) == (["Oct 2018"], [pytest.approx(10)])
    assert coming.marker.pattern.shape
    assert coming.error_y.array[0] == pytest.approx(found.high - 30)
    assert coming.error_y.arrayminus[0] == pytest.approx(30 - found.low)
    assert panel.figure.layout.barmode == "stack"
    assert (mean.line.dash, mean.y[5], mean.y[6]) == ("solid", 33, None)
    assert (filling.line.dash, filling.y[5], filling.y[6]) == ("dot", 33, pytest.approx(33))
    assert panel.table.headers[-3:] == (
        "Expected once late cases are entered",
        "Expected from",
        "Expected to",
    )
    assert panel.table.rows[-1][-3:] == ("30", str(found.low), str(found.high))
    assert panel.table.rows[0][-3:] == ("", "", "")
    assert f"Still filling: Oct 2018 20, expected 30 ({found.low} to {found.high})." in panel.alt


def test_the_notes_say_where_it_comes_from_and_how_often_it_held() -> None:
    said = " ".join(panel_of().notes)
    assert "from the days on which earlier cases were entered (7 months, 24 at most)" in said
    assert (
        "made to hold in 95 of 100 months. Tried on 3 earlier months as known at the time, it held in 3."
        in said
    )
    few = " ".join(panel_of(months(30, 36, 33, 30, 20), late_of(20, 24, 22, 20, 20)).notes)
    assert "With 5 months of history it cannot allow for cases later than any seen so far" in few
    by_returns = replace(LATE, learnt_from=LearntFrom.RETURNS)
    assert "from the return in which each earlier case stood first" in " ".join(
        panel_of(late=by_returns).notes
    )


def test_it_is_too_early_to_say_anything_of_a_month_without_cases() -> None:
    panel = panel_of(months(30, 36, 33, 30, 36, 33, 0), late_of(20, 24, 22, 20, 24, 22, 0))
    assert panel.title.endswith(". It is too early to say what October's 0 will become")
    assert panel.table.rows[-1][-3:] == ("too early to say", "", "")
    assert "Too early to say: Oct 2018." in " ".join(panel.notes)
    assert panel.figure is not None
    assert [trace.name for trace in panel.figure.data] == ["Referrals", "Mean of the last three months"]


def test_a_month_not_reported_in_full_keeps_its_mark_and_is_not_estimated() -> None:
    panel = panel_of(unfinished={"2018-10"})
    assert panel.figure is not None
    assert "Not reported in full" in [trace.name for trace in panel.figure.data]
    assert "likely" not in panel.title
    assert still_filling(SHOWN, LATE, {"2018-10"}) == {}


def test_longer_periods_that_hold_a_filling_month_are_not_compared() -> None:
    rows = [
        ("2018-04..2018-06", "Q1", 99, 99),
        ("2018-07..2018-09", "Q2", 99, 99),
        ("2018-10..2018-12", "Q3", 20, 20),
    ]
    quarters = released("referrals", ("quarter",), rows)
    filling = still_filling(SHOWN, LATE)
    panel = panel_of(quarters, filling=filling)
    assert panel.title == "99 referrals in Q2, no clear change from 99 in Q1"
    assert "Not compared, because late cases are still being entered: Q3." in panel.notes


def test_nothing_is_said_to_others_nor_of_some_answers_only() -> None:
    """Who gets less than the team gets no estimate either: it would tell a month that is hidden."""
    some = released(
        "referrals",
        ("month",),
        [(f.keys[0], f.label, f.met, f.base) for f in SHOWN.figures],
        selection=Selection("mentoring", where=(("referral_route", "LA"),)),
    )
    assert still_filling(SHOWN, LATE)
    assert still_filling(some, LATE) == {}
    public = replace(SHOWN, audience=Audience.PUBLIC)
    assert still_filling(public, LATE) == {}
    panel = panel_of(public)
    assert panel.title.startswith("33 referrals a month in Jul 2018 to Sep 2018"), "nor is the month compared"
    assert "late cases are entered" not in panel.title
    assert panel.figure is not None
    assert [trace.name for trace in panel.figure.data] == ["Referrals", "Mean of the last three months"]
    assert panel.table.rows[-1][-1] == ""
    assert any("so these are not compared: Oct 2018." in note for note in panel.notes)
    unsaid = LateEntry(LearntFrom.NOTHING, why="a provider sends totals")
    assert "sends totals" not in " ".join(panel_of(public, unsaid).notes)
    assert "not estimated: a provider sends totals." in " ".join(panel_of(late=unsaid).notes)
    assert late_message({}) == ""


@pytest.mark.parametrize("cases", [0, 1, 9, 30, 10_000])
def test_charts_of_any_size_have_room_for_the_range(cases: int) -> None:
    late = late_of(*[cases] * 7, late=1)
    shown = months(*[2 * cases] * 6, cases)
    filling = still_filling(shown, late)
    figure = trend(shown, expected=filling)
    if not cases:
        assert filling == {}, "where nothing ever came late, nothing is expected"
        return
    found = filling["2018-10"].range
    assert found is not None
    assert found.low >= cases
    (coming,) = [trace for trace in figure.data if trace.name.startswith("Expected")]
    assert coming.y[0] + cases == pytest.approx(found.expected)


def test_a_hidden_month_keeps_its_place_and_stops_the_mean() -> None:
    """Without it the months around it would be taken for neighbours."""
    whole = months(20, 31, 28, 36, 30, 29, 40)
    hidden = Hidden(("2018-06",), ("Jun 2018",), 2)
    shown = tuple(figure for figure in whole.figures if figure.keys != hidden.keys)
    figure = trend(replace(whole, figures=shown, hidden=(hidden,), audience=Audience.PUBLIC))
    assert list(figure.layout.xaxis.categoryarray)[1:4] == ["May 2018", "Jun 2018", "Jul 2018"]
    bars, mean, mark = figure.data
    assert "Jun 2018" not in bars.x
    assert (list(mark.x), list(mark.text)) == (["Jun 2018"], ["c"])
    known = [place for place, value in enumerate(mean.y) if value is not None]
    assert [mean.x[place] for place in known] == ["Sep 2018", "Oct 2018"]
    assert mean.y[5] == pytest.approx((36 + 30 + 29) / 3)
