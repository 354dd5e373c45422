"""The charts of what is to come and of what each way of paying costs: told apart without colour, and said in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from components.charts.pack_curves import pack_curves
from components.charts.pack_fan import pack_fan
from domain.pack import Series
from domain.tally import Source
from tests.unit.components.pack_figures import curves_of, fan_of


def test_the_expected_goes_on_from_what_came_within_two_bands() -> None:
    figure = pack_fan(fan_of(100), Source.SHARED)
    wide, narrow, expected, counted = figure.data
    assert (counted.line.dash, expected.line.dash) == (None, "dash")
    assert counted.marker.symbol[0] != expected.marker.symbol
    assert wide.fillcolor != narrow.fillcolor
    last = [value for value in counted.y if value is not None][-1]
    assert expected.y[0] == wide.y[0] == narrow.y[0] == last
    assert min(wide.y) <= min(narrow.y) <= max(narrow.y) <= max(wide.y)
    assert "80% limits" in {trace.name for trace in figure.data}


def test_of_one_period_to_come_whiskers_say_how_far_it_may_go() -> None:
    chart = fan_of(100)
    first, *rest = chart.series
    held = len(chart.categories) - 1

    def one(values: tuple[float | None, ...]) -> tuple[float | None, ...]:
        return (*values[:held], None)

    short = tuple(Series(s.name, one(s.values), one(s.lows), one(s.highs)) for s in rest)
    (expected,) = [
        trace
        for trace in pack_fan(replace(chart, series=(first, *short)), Source.SHARED).data
        if trace.name == "Expected"
    ]
    assert list(expected.error_y.array)[-1] == 9


def test_lines_differ_in_dash_and_mark_and_carry_a_number_at_their_end() -> None:
    figure = pack_curves(curves_of(100), Source.SHARED)
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [trace.name for trace in lines] == ["1. Price per case", "2. Fixed price"]
    assert len({(trace.line.dash, trace.marker.symbol) for trace in lines}) == 2
    assert lines[0].customdata[0] == "Price per case: £200 at 100"
    assert list(lines[0].x) == [100, 200, 300]
    (mark,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert (mark.x, mark.y) == ((200,), (400,))
    ends = {one.text: one.y for one in figure.layout.annotations}
    assert set(ends) == {"<b>1</b>", "<b>2</b>"}


def test_numbers_of_lines_that_end_together_stand_apart_and_inside_the_chart() -> None:
    chart = curves_of(100)
    same = tuple(Series(f"Way {n}", (100.0, 200.0, 600.0)) for n in range(5))
    figure = pack_curves(replace(chart, series=same), Source.SHARED)
    heights = sorted(one.y for one in figure.layout.annotations)
    assert len(heights) == 5
    assert min(b - a for a, b in pairwise(heights)) >= 0.04 * 600
    assert heights[-1] < figure.layout.yaxis.range[1]
