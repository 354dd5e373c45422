"""The charts of a pack on paper: their words are words, what is hidden and not complete is marked, and grey tells as much."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageColor

from data_access.packs.drawings import draw, draw_png, in_parts
from data_access.packs.drawings_letters import in_lines, readable, width
from data_access.packs.drawings_parts import LETTERS, WIDE, bar_looks, scale, scale_end
from domain.pack import Chart, Form, Line, Series
from tests.packs import chart_of_bars, chart_of_columns, chart_of_shares

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {"columns": chart_of_columns(), "bars": chart_of_bars(), "shares": chart_of_shares()}


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def many(long: int, form: Form = Form.BARS) -> Chart:
    names = tuple(f"District {number}" for number in range(long))
    counts = tuple(float(number) for number in range(long))
    return Chart(
        form, names, (Series("Cases", counts),), False, tuple(str(number) for number in range(long)), ""
    )


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_word_of_a_chart_stands_in_its_drawing_as_text(chart: Chart) -> None:
    found = " ".join(texts(draw(chart))).split()
    said = [*chart.categories, *chart.words, *(one.name for one in chart.series)]
    said += [chart.line.words] if chart.line else []
    for word in " ".join(said).split():
        assert word in found


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_no_word_is_smaller_than_nine_points(chart: Chart) -> None:
    sizes = [
        float(part.split(":")[1].removesuffix("px"))
        for one in ElementTree.fromstring(draw(chart, mark="Example data")).iter(f"{SVG}text")
        for part in one.attrib["style"].split(";")
        if part.strip().startswith("font-size")
    ]
    assert len(sizes) == len(texts(draw(chart, mark="Example data")))
    assert min(sizes) >= LETTERS == 9


def test_a_hidden_number_is_a_c_whatever_words_were_given() -> None:
    chart = replace(chart_of_columns(), words=("31", "28", "27", "35", "29", "12"))
    assert "27" not in texts(draw(chart))
    assert texts(draw(chart)).count("c") == 2, "in its place, and in the key"


def test_what_is_not_complete_is_hatched_and_said() -> None:
    complete = replace(chart_of_columns(), unfinished=())
    assert "<pattern" in draw(chart_of_columns())
    assert "Not complete" in texts(draw(chart_of_columns()))
    assert "<pattern" not in draw(complete)
    assert "Not complete" not in texts(draw(complete))


def test_a_mark_that_is_not_complete_is_hollow() -> None:
    chart = chart_of_shares()
    assert draw(replace(chart, unfinished=(2,))).count("fill: #ffffff") > draw(chart).count("fill: #ffffff")


def test_a_target_is_a_dashed_line_with_its_words_above_the_marks() -> None:
    assert "stroke-dasharray" in draw(chart_of_shares())
    assert "stroke-dasharray" not in draw(replace(chart_of_shares(), line=None))


def test_series_are_told_apart_in_grey() -> None:
    fills = [bar_looks(row, "#1d4f91", unfinished=False)["facecolor"] for row in range(4)]
    greys = sorted(ImageColor.getcolor(fill, "L") for fill in fills)
    assert all(lighter - darker > 40 for darker, lighter in pairwise(greys))


@pytest.mark.parametrize(
    ("form", "share", "values", "line", "end"),
    [
        (Form.SHARES, True, (0.91,), None, 1.0),
        (Form.SHARES, True, (1.0,), None, 1.0),
        (Form.BARS, True, (0.031,), None, 0.04),
        (Form.COLUMNS, False, (35.0,), 61.0, 80.0),
        (Form.COLUMNS, False, (None,), None, 1.0),
        (Form.COLUMNS, False, (0.0,), None, 1.0),
    ],
)
def test_a_scale_begins_at_nought_and_holds_every_mark_and_the_target(
    form: Form, share: bool, values: tuple[float | None, ...], line: float | None, end: float
) -> None:
    chart = Chart(
        form, ("A",), (Series("S", values),), share, ("w",), "", line=Line(line, "Target") if line else None
    )
    assert scale_end(chart) == pytest.approx(end)
    assert scale(chart, scale_end(chart))[0][0] == 0


def test_counts_are_never_marked_in_parts_of_a_case() -> None:
    chart = many(5, Form.COLUMNS)
    assert scale(chart, scale_end(chart))[1] == ["0", "1", "2", "3", "4"]


def test_the_same_chart_is_the_same_drawing_though_two_draw_at_once() -> None:
    with ThreadPoolExecutor(2) as both:
        drawn = list(both.map(draw, [*CHARTS.values()] * 2))
    assert drawn[:3] == drawn[3:]
    assert len(set(drawn)) == 3


def test_a_picture_is_the_same_each_time_and_as_wide_as_the_drawing() -> None:
    chart = chart_of_bars()
    picture = draw_png(chart)
    assert picture == draw_png(chart)
    assert Image.open(BytesIO(picture)).width == pytest.approx(WIDE / 72 * 200, abs=1)


def test_a_long_list_is_several_drawings_on_one_scale() -> None:
    parts = in_parts(many(90))
    assert len(parts) > 1
    assert [name for part in parts for name in part.categories] == list(many(90).categories)
    assert [value for part in parts for value in part.series[0].values] == list(range(90))
    assert all("100" in texts(draw(part, end=scale_end(many(90)))) for part in parts)


def test_parts_keep_what_is_hidden_at_its_place() -> None:
    whole = many(90)
    shown = (None, *whole.series[0].values[1:-1], None)
    last = in_parts(replace(whole, series=(Series("Cases", shown),), hidden=(0, 89)))[-1]
    assert [last.categories[place] for place in last.hidden] == ["District 89"]


@pytest.mark.parametrize("typed", ["$x^2$", "<b>&amp;", "]]>", '" onload="x', "#let a", "£5 ≥ 3 ▲"])
def test_what_a_person_typed_stands_in_a_drawing_as_it_is(typed: str) -> None:
    chart = replace(chart_of_columns(), series=(replace(chart_of_columns().series[0], name=typed),))
    assert typed in texts(draw(chart))


def test_signs_that_no_drawing_can_hold_are_left_out() -> None:
    chart = replace(chart_of_bars(), categories=("A\x00B", "\ud800C", "D\ufffe", "日"))
    assert {"AB", "C", "D", "□"} <= set(texts(draw(chart)))


@pytest.mark.parametrize("long", [0, 1, 24, 60])
def test_any_number_of_periods_is_drawn(long: int) -> None:
    assert "Cases" in texts(draw(many(long, Form.COLUMNS)))


def test_lines_are_as_wide_as_the_room_and_lose_no_letter() -> None:
    text = "Withdrew before anything could be agreed " + "W" * 60
    lines = in_lines(text, 100, 9)
    assert all(width(line, 9) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_readable_text_is_one_line_of_letters() -> None:
    assert readable(" a\u202eb \ufeff\n\tc\ue000 ") == "ab c"
