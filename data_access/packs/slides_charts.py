"""Charts on slides: native ones, that can be edited, told apart in grey, and hold the released numbers and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from data_access.packs.slides_places import GREY, INK, LANGUAGE, Box, rgb
from data_access.packs.slides_scale import SIZE, Plan, keyed, plan_of
from data_access.packs.slides_text import plain
from domain.pack import Chart, Form

_C: Final = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_A: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
KINDS: Final = {
    Form.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Form.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Form.SHARES: XL_CHART_TYPE.LINE_MARKERS,
}
_NEW_DATA: Final[Any] = CategoryChartData  # untyped in the library
_FILLS: Final = ("", "c3c9ce", "ffffff", "4a5258")
"""Of the second series and on: as light and dark as they must be to be told apart in grey. The first wears the council's colour."""
_MARKERS: Final = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
)
_WHITE: Final = "ffffff"


def write_chart(place: Any, chart: Chart, box: Box, *, colour: str, mark: str = "") -> Any:
    """Write a chart into its place on a slide; gives the frame it stands in.

    Parameters
    ----------
    colour : 'rrggbb' of the first series, which stands out from white. mark : what is said of example data; blank for real ones.
    """
    plan = plan_of(chart, box.wide, box.high, mark)
    frame = place.insert_chart(KINDS[chart.form], _data(chart, plan))
    box.put(frame)
    drawn = frame.chart
    drawn.font.size, drawn.font.name = Pt(SIZE), "Arial"
    drawn.font.color.rgb = rgb(INK)
    plot = drawn.plots[0]
    plot.vary_by_categories = False
    if chart.form is not Form.SHARES:
        plot.gap_width = 60 if len(chart.categories) > 2 else 250  # a bar alone would fill the slide
    for number, row in enumerate(list(plot.series)[: len(chart.series)]):
        _dress(row, chart, number, colour)
        _add_limits(row, chart, number)
    _write_words(next(iter(plot.series)), chart, plan)
    _title(drawn, plan)
    _scales(drawn, chart, plan)
    if chart.line is not None:
        _draw_line(drawn, chart)
    drawn.has_legend = keyed(chart)
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        legend = drawn.legend._element
        for old in legend.findall(qn("c:layout")):
            legend.remove(old)
        legend.find(qn("c:legendPos")).addnext(_placed((0.04, plan.key[0], 0.92, plan.key[1])))
    _lay_out(drawn, plan)
    for run in drawn._chartSpace.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        run.set("lang", LANGUAGE)
    return frame


def _data(chart: Chart, plan: Plan) -> Any:
    """What 'Edit data' opens: the categories, the values and the line. Limits are drawn and stand in the table."""
    data = _NEW_DATA(number_format="0%" if chart.share else "General")
    data.categories = plan.categories
    for one in chart.series:
        data.add_series(plain(one.name), one.values)
    if chart.line is not None:
        data.add_series(plain(chart.line.words), [chart.line.value] * len(plan.categories))
    return data


def _dress(row: Any, chart: Chart, number: int, colour: str) -> None:
    """How the marks of a series look; those that are not complete are hatched, or hollow."""
    fill = _FILLS[number % len(_FILLS)] or colour
    if chart.form is Form.SHARES:
        row.smooth = False
        row.format.line.width, row.format.line.color.rgb = Pt(1.25), rgb(GREY)
        row.marker.style, row.marker.size = _MARKERS[number % len(_MARKERS)], 11
        _fill_marker(row.marker, fill)
        for place in chart.unfinished:
            _fill_marker(row.points[place].marker, _WHITE)
        return
    row.invert_if_negative = False
    row.format.fill.solid()
    # Paler where limits are drawn through it: their lower half lies on the bar.
    row.format.fill.fore_color.rgb = rgb(_paler(fill) if chart.series[number].lows else fill)
    row.format.line.color.rgb = rgb(INK if number else colour)
    for place in chart.unfinished:
        look = row.points[place].format
        look.fill.patterned()
        look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        look.fill.fore_color.rgb, look.fill.back_color.rgb = rgb(INK if number else colour), rgb(_WHITE)
        look.line.color.rgb = rgb(INK if number else colour)


def _paler(colour: str) -> str:
    """Half way to white."""
    return "".join(f"{(int(colour[place : place + 2], 16) + 255) // 2:02x}" for place in (0, 2, 4))


def _fill_marker(marker: Any, fill: str) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(fill)
    marker.format.line.color.rgb = rgb(INK)


def _add_limits(row: Any, chart: Chart, number: int) -> None:
    """Draw the 95% limits of a series as lines through its marks."""
    one = chart.series[number]
    if not (one.lows or one.highs):
        return
    lows, highs = one.lows or one.values, one.highs or one.values
    plus = [_apart(high, value) for high, value in zip(highs, one.values, strict=True)]
    minus = [_apart(value, low) for value, low in zip(one.values, lows, strict=True)]
    direction = '<c:errDir val="y"/>' if chart.form is Form.SHARES else ""
    bars = parse_xml(
        f'<c:errBars {_C} {_A}>{direction}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(plus)}</c:plus><c:minus>{_numbers(minus)}</c:minus>"
        f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{INK}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    row._element.find(qn("c:cat")).addprevious(bars)


def _apart(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else max(upper - lower, 0.0)


def _numbers(values: Sequence[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
    )


def _write_words(row: Any, chart: Chart, plan: Plan) -> None:
    """Write the words beside the marks, beyond the limits drawn through them."""
    lying, marks = chart.form is Form.BARS, chart.form is Form.SHARES
    one = chart.series[0]
    for place, words in enumerate(plan.words):
        value = one.values[place]
        if not words or value is None:
            continue
        label = row.points[place].data_label
        label.text_frame.text = words
        label.text_frame.word_wrap = False
        run = label.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.color.rgb = Pt(SIZE), rgb(INK)
        label.position = XL_LABEL_POSITION.ABOVE if marks else XL_LABEL_POSITION.OUTSIDE_END
        # On white, so that a line that runs behind it crosses out no word.
        ground = f'<c:spPr {_C} {_A}><a:solidFill><a:srgbClr val="{_WHITE}"/></a:solidFill></c:spPr>'
        label._dLbl.find(qn("c:tx")).addnext(parse_xml(ground))
        high = one.highs[place] if one.highs else None
        beyond = max((high or value) - value, 0.0) / plan.end
        if beyond:
            x, y = (beyond * plan.wide + 0.005, 0.0) if lying else (0.0, -beyond * plan.high)
            moved = parse_xml(
                f'<c:layout {_C}><c:manualLayout><c:x val="{x:.5f}"/><c:y val="{y:.5f}"/></c:manualLayout></c:layout>'
            )
            label._dLbl.find(qn("c:idx")).addnext(moved)
    # A line from a mark to words that were moved would look like a longer limit.
    for leader in row._element.iter(qn("c:showLeaderLines")):
        leader.set("val", "0")


def _title(drawn: Any, plan: Plan) -> None:
    drawn.has_title = bool(plan.title)
    if not plan.title:
        return
    frame = drawn.chart_title.text_frame
    frame.text = plan.title
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = Pt(SIZE), True, rgb(INK)
    drawn.chart_title.include_in_layout = False


def _scales(drawn: Any, chart: Chart, plan: Plan) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = 0, plan.end, plan.step
    values.tick_labels.number_format = "0%" if chart.share else "#,##0.##" if plan.step % 1 else "#,##0"
    if chart.share and (plan.step * 100) % 1:
        values.tick_labels.number_format = "0.0%"
    values.tick_labels.number_format_is_linked = False
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = rgb("d9dde0")
    names.format.line.color.rgb = rgb(GREY)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    if chart.form is Form.BARS:
        names.reverse_order = True  # the first at the top; the scale stays below
        drawn._chartSpace.find(f".//{qn('c:valAx')}/{qn('c:crosses')}").set("val", "max")
    names.tick_labels.font.size = Pt(plan.letters)
    if plan.turned:
        names._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("rot", "-5400000")
    skip = parse_xml(f'<c:tickLblSkip {_C} val="1"/>')
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _draw_line(drawn: Any, chart: Chart) -> None:
    """Draw the line that the marks are held against: over upright marks a line, round lying ones a frame that ends there."""
    row = list(drawn.plots[0].series)[-1]
    if chart.form is Form.BARS:
        if len(chart.series) == 1:  # of several each stands apart, and so does the line
            drawn.plots[0].overlap = 100
        row.format.fill.background()
        _dash(row.format.line)
        return
    element = row._element
    if chart.form is Form.COLUMNS:
        bars = element.getparent()
        ids = "".join(f'<c:axId val="{one.get("val")}"/>' for one in bars.findall(qn("c:axId")))
        lines = parse_xml(
            f'<c:lineChart {_C}><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/>{ids}</c:lineChart>'
        )
        bars.addnext(lines)
        for gone in element.findall(qn("c:invertIfNegative")):
            element.remove(gone)
        lines.find(qn("c:varyColors")).addnext(element)
        row = next(iter(drawn.plots[1].series))
    row.smooth = False
    _dash(row.format.line)
    # One period has no line: a dash stands where it would be.
    row.marker.style = XL_MARKER_STYLE.NONE if len(chart.categories) > 1 else XL_MARKER_STYLE.DASH
    if len(chart.categories) == 1:
        row.marker.size = 24
        _fill_marker(row.marker, INK)


def _dash(line: Any) -> None:
    line.width, line.color.rgb, line.dash_style = Pt(1.5), rgb(INK), MSO_LINE.DASH


def _lay_out(drawn: Any, plan: Plan) -> None:
    """Say where the field of the marks stands: where the words beside them go is reckoned from it."""
    area = drawn._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, _placed((plan.left, plan.top, plan.wide, plan.high), "inner"))


def _placed(edges: tuple[float, float, float, float], target: str = "") -> Any:
    """Where a part of a chart stands, as parts of the chart: left, top, wide, high."""
    kind = f'<c:layoutTarget val="{target}"/>' if target else ""
    said = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in zip("xywh", edges, strict=True))
    return parse_xml(
        f'<c:layout {_C}><c:manualLayout>{kind}<c:xMode val="edge"/><c:yMode val="edge"/>{said}</c:manualLayout></c:layout>'
    )
