"""Events on charts over time: where they stand, what they are called, and whose they are."""

from dataclasses import replace
from datetime import date

import pytest

from components.event_marks import with_events
from components.panels import trend_panel
from domain.events import Event
from tests.unit.components.builders import SETTINGS, months

ACT = Event(date(2018, 5, 16), "An act starts", ("mentoring",), "England")
SCHEME = Event(date(2018, 5, 16), "A scheme starts", ("mentoring",), "Essex")
LATER = Event(date(2019, 1, 1), "Something later", ("mentoring",), "England")
KEYS = ["2018-04", "2018-05", "2018-06"]
PANEL = trend_panel("t", months(20, 31, 28), SETTINGS)


def test_an_event_is_a_line_at_its_day_with_a_letter_that_the_notes_explain() -> None:
    panel = with_events(PANEL, [ACT, LATER], "month", KEYS)
    assert panel.figure is not None
    (line,) = panel.figure.layout.shapes
    assert line.x0 == line.x1 == pytest.approx(0.5 + 15 / 31, abs=0.001)
    (letter,) = panel.figure.layout.annotations
    assert (letter.text, letter.hovertext) == ("A", "16 May 2018 An act starts (England)")
    assert "A: 16 May 2018 An act starts (England)." in panel.notes[-1]
    assert panel.alt.endswith("Events: 16 May 2018 An act starts (England).")
    assert panel.figure.layout.xaxis.range == (-0.5, 2.5), "the first day of the first period is on the chart"
    assert PANEL.figure is not None
    assert not PANEL.figure.layout.shapes, "the panel it was made from stays as it was"


def test_two_events_of_one_day_share_a_line() -> None:
    panel = with_events(PANEL, [ACT, SCHEME], "month", KEYS)
    assert panel.figure is not None
    assert len(panel.figure.layout.shapes) == 1
    assert panel.figure.layout.annotations[0].text == "A B"
    assert "B: 16 May 2018 A scheme starts (Essex)" in panel.notes[-1]


@pytest.mark.parametrize(
    ("grouping", "keys", "place"),
    [
        ("quarter", ["2018-04..2018-06", "2018-07..2018-09"], -0.5 + (1 + 15 / 31) / 3),
        ("financial_year", ["2017-18", "2018-19"], 0.5 + (1 + 15 / 31) / 12),
        ("calendar_year", ["2018"], -0.5 + (4 + 15 / 31) / 12),
    ],
)
def test_it_stands_within_a_longer_period_where_its_day_lies(
    grouping: str, keys: list[str], place: float
) -> None:
    panel = with_events(PANEL, [ACT], grouping, keys)
    assert panel.figure is not None
    assert panel.figure.layout.shapes[0].x0 == pytest.approx(place, abs=0.001)


def test_a_panel_without_a_chart_or_an_event_stays_as_it_was() -> None:
    assert with_events(PANEL, [LATER], "month", KEYS) is PANEL
    table_only = replace(PANEL, figure=None)
    assert with_events(table_only, [ACT], "month", KEYS) is table_only
