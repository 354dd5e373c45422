"""Charts on slides: native, with the released numbers and no others, and readable without their colours."""

import io

import pytest
from openpyxl import load_workbook
from pptx.oxml.ns import qn

from data_access.packs.slides_charts import KINDS
from domain.look import Look
from domain.pack import Chart, Form, Line, Screen, Series
from tests.packs import a_pack
from tests.unit.data_access.opened_slides import (
    SHOWN,
    a_screen,
    every_part,
    opened,
    slides_of,
    the_file,
    title_of,
    words_on,
)


@pytest.mark.parametrize("screen", [one for one in SHOWN if one.chart], ids=lambda screen: screen.key)
def test_a_chart_is_native_and_has_the_values_and_words_of_the_pack(screen: Screen) -> None:
    assert screen.chart is not None
    slide = next(one for one in opened(the_file()).slides if title_of(one) == screen.takeaway.title)
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    series = [one for plot in frame.chart.plots for one in plot.series]
    assert [one.values for one in series[: len(screen.chart.series)]] == [
        one.values for one in screen.chart.series
    ]
    if screen.chart.line is not None:
        assert set(series[-1].values) == {screen.chart.line.value}
        assert series[-1].name == screen.chart.line.words
    places = [int(one.get("val")) for one in series[0]._element.iterfind(f".//{qn('c:dLbl')}/{qn('c:idx')}")]
    said = {place: series[0].points[place].data_label.text_frame.text for place in places}
    assert said == {
        place: words
        for place, words in enumerate(screen.chart.words)
        if screen.chart.series[0].values[place] is not None
    }


def test_the_limits_drawn_are_those_of_the_pack() -> None:
    slide = next(one for one in opened(the_file()).slides if title_of(one).startswith("Most often"))
    chart = next(shape for shape in slide.shapes if shape.has_chart).chart
    bars = chart._chartSpace.find(f".//{qn('c:errBars')}")
    drawn = {
        side: [float(one.text) for one in bars.find(qn(f"c:{side}")).iter(qn("c:v"))]
        for side in ("plus", "minus")
    }
    assert drawn == {
        "plus": pytest.approx([0.08, 0.11, 0.08]),
        "minus": pytest.approx([0.11, 0.07, 0.03]),
    }
    # A line from a mark to its words would look like a longer limit.
    leaders = [one.get("val") for one in chart._chartSpace.iter(qn("c:showLeaderLines"))]
    assert leaders == ["0"]


def test_what_is_hidden_or_not_complete_says_so_in_the_name_of_its_period() -> None:
    slide = next(one for one in opened(the_file()).slides if title_of(one).startswith("32 referrals"))
    chart = next(shape for shape in slide.shapes if shape.has_chart).chart
    names = list(chart.plots[0].categories)
    assert names == [
        "Apr 2018",
        "May 2018",
        "Jun 2018 (c)",
        "Jul 2018",
        "Aug 2018",
        "Sep 2018 (not complete)",
    ]
    last = chart._chartSpace.findall(f".//{qn('c:dPt')}")[-1]
    assert last.find(qn("c:idx")).get("val") == "5"
    assert last.find(f".//{qn('a:pattFill')}") is not None
    assert "c: hidden to protect people." in words_on(slide)


def test_behind_edit_data_stand_the_released_numbers_and_nothing_more() -> None:
    parts = [part for name, part in every_part(the_file()).items() if name.endswith(".xlsx")]
    books = [load_workbook(io.BytesIO(part)) for part in parts]
    assert [book.sheetnames for book in books] == [["Sheet1"]] * 3
    assert [list(book["Sheet1"].values) for book in books[:1]] == [
        [
            (None, "Referrals", "Included: 32.5 a month"),
            ("Apr 2018", 31, 32.5),
            ("May 2018", 28, 32.5),
            ("Jun 2018 (c)", None, 32.5),
            ("Jul 2018", 35, 32.5),
            ("Aug 2018", 29, 32.5),
            ("Sep 2018 (not complete)", 12, 32.5),
        ]
    ]
    assert [len(list(book["Sheet1"].values)) - 1 for book in books] == [6, 4, 3]


def test_marks_of_a_light_colour_are_drawn_in_one_that_stands_out_from_white() -> None:
    slide = slides_of(a_pack(screens=(a_screen(),)), Look("", "#ffd700"))[2]
    chart = next(shape for shape in slide.shapes if shape.has_chart).chart
    assert "ffd700" not in {one.get("val").lower() for one in chart._chartSpace.iter(qn("a:srgbClr"))}


@pytest.mark.parametrize("form", KINDS)
def test_many_periods_and_one_alone_can_be_drawn_with_a_line_to_hold_them_against(form: Form) -> None:
    for many in (1, 36):
        names = tuple(f"Quarter {n} of a long name" for n in range(many))
        values = tuple(n / 40 for n in range(many))
        chart = Chart(
            form,
            names,
            (Series("Share", values, values, values),),
            share=True,
            words=tuple(f"{n}% ({n} of 100)" for n in range(many)),
            alt="what it shows",
            unfinished=(many - 1,),
            line=Line(0.85, "Target: at least 85%"),
        )
        slides = slides_of(a_pack(screens=(a_screen(chart=chart),)))
        drawn = next(shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)
        series = [one for plot in drawn.plots for one in plot.series]
        assert [one.name for one in series] == ["Share", "Target: at least 85%"]
        assert series[0].values == values
        assert drawn.has_legend
