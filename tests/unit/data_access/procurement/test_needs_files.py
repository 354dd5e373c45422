"""What the files of a needs assessment are called, and how what is expected and what it costs is drawn on paper."""

import io
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import docx
import pytest
from openpyxl import load_workbook
from PIL import ImageColor

from data_access.packs.drawings import draw, draw_png
from data_access.packs.drawings_curves import places_across
from data_access.packs.drawings_fan import _SHADES
from data_access.procurement.files import needs_files
from domain.look import Look
from domain.pack import Chart, Series
from tests.needs import a_needs_pack, chart_of_a_fan, chart_of_curves, for_bidders

SVG = "{http://www.w3.org/2000/svg}"


def texts(chart: Chart) -> list[str]:
    svg = ElementTree.fromstring(draw(chart))
    return ["".join(one.itertext()) for one in svg.iter(f"{SVG}text")]


def test_the_files_are_named_for_whom_they_are_and_open() -> None:
    names = [[file.name for file in needs_files(pack, Look())] for pack in (for_bidders(), a_needs_pack())]
    assert names == [
        ["needs-assessment-send-for-bidders.docx", "needs-assessment-send-for-bidders.xlsx"],
        ["needs-assessment-send-scenario-3.docx", "needs-assessment-send-scenario-3.xlsx"],
    ]
    odd = a_needs_pack(scenario=' ../"C:\\x" ' + "y" * 300)
    assert all(
        len(file.name) <= 105 and not set(file.name) & set('/\\":') for file in needs_files(odd, Look())
    )
    document, workbook = needs_files(for_bidders(), Look())
    assert docx.Document(io.BytesIO(document.make())).core_properties.title.endswith("(version for bidders)")
    assert load_workbook(io.BytesIO(workbook.make())).sheetnames[0] == "Cover"


def test_a_fan_says_the_last_counted_and_the_first_expected_and_no_hidden_number() -> None:
    chart = chart_of_a_fan()
    told = texts(replace(chart, words=("195", "248", "311", *chart.words[3:])))
    assert {"655*", "746 (520 to 972)", "95% limits", "80% limits", "Not complete", "Hidden", "c"} <= set(
        told
    )
    assert not {"195", "830", "311"} & set(told), "the others stand in the table"
    assert set(chart.categories) <= set(told)


def test_limits_of_one_expected_period_alone_are_seen() -> None:
    one = chart_of_a_fan()
    cut = replace(
        one,
        categories=one.categories[:7],
        words=one.words[:7],
        series=tuple(Series(s.name, s.values[:7], s.lows[:7], s.highs[:7]) for s in one.series),
    )
    without = replace(cut, series=(cut.series[0], Series("Expected", cut.series[1].values)))
    # Each shade once in the key and once as a band.
    assert [draw(cut).count(f"fill: {shade}") for shade in _SHADES] == [2, 2]
    assert [draw(without).count(f"fill: {shade}") for shade in _SHADES] == [0, 0]


def test_a_fan_of_nothing_expected_or_nothing_counted_is_drawn() -> None:
    one = chart_of_a_fan()
    nothing = (None,) * len(one.categories)
    assert "95% limits" not in texts(replace(one, series=one.series[:1], hidden=(), unfinished=()))
    told = texts(replace(one, series=(Series("Counted", nothing), *one.series[1:])))
    assert "746 (520 to 972)" in told


def test_the_two_limits_are_told_apart_in_grey() -> None:
    greys = [ImageColor.getcolor(shade, "L") for shade in ("#ffffff", *_SHADES, "#0b0c0c")]
    assert all(lighter - darker > 20 for lighter, darker in pairwise(greys))


def test_every_line_has_its_name_a_mark_of_its_own_and_a_scale_in_pounds() -> None:
    chart = chart_of_curves()
    told = texts(chart)
    for one in chart.series:
        assert set(one.name.split()) <= set(" ".join(told).split())
    assert {"£0", "£500,000", "The budget: £250,000", "0", "1,200"} <= set(told)
    drawn = {draw(replace(chart, series=(one,))) for one in chart.series}
    assert len(drawn) == len(chart.series)


def test_names_of_lines_that_end_together_do_not_cover_each_other() -> None:
    chart = chart_of_curves()
    same = replace(chart, series=tuple(Series(f"Line {n}", chart.series[2].values) for n in range(5)))
    svg = ElementTree.fromstring(draw(same))
    placed = sorted(
        float(part.get("y") or part.get("transform", "").replace(")", "").split()[-1])
        for part in svg.iter(f"{SVG}text")
        if "".join(part.itertext()).startswith("Line ")
    )
    assert len(placed) == 5
    assert all(after - before >= 12 for before, after in pairwise(placed))


@pytest.mark.parametrize("names", [("0", "500"), ("10", "10"), ("few", "many"), ("7",), ()])
def test_any_numbers_across_are_drawn(names: tuple[str, ...]) -> None:
    values = tuple(float(place) for place in range(len(names)))
    chart = Chart(chart_of_curves().form, names, (Series("S", values),), False, names, "")
    assert len(places_across(names)) == len(names)
    assert draw_png(chart) == draw_png(chart)
