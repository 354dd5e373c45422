"""Charts of a needs workbook that can be edited: Excel's own, drawn from cells of their sheet, in which no hidden number stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as Drawn
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from data_access.packs.drawings_curves import places_across
from data_access.packs.drawings_parts import scale_end
from data_access.packs.workbook_sheets import Sheet, Value, legal_text
from domain.pack import Chart, Form, Series

_WIDE: Final = 24.0
"""Centimetres."""
_ROW: Final = 0.529
"""Centimetres that an empty row is high."""
_INK, _GREY = "0B0C0C", "7D868D"
_GREYS: Final = ("C3C9CE", "0B0C0C", "7D868D", "505A5F")
"""Of bars of the second series and on; lines wear the darker ones, because a pale line is not seen."""
_DASHES: Final = ("solid", "dash", "sysDot", "dashDot", "lgDash")
_SHAPES: Final = ("circle", "diamond", "square", "triangle", "x")
_LIMITS: Final = (("95% from", "95% to"), ("80% from", "80% to"))
_PARTS: Final = ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr")
"""Of the limits of a mark, in the order that the format wants: the library writes them in another, which Excel refuses."""
_DRAWING: Final = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_NAMED: Final = re.compile(rb'(<(?:\w+:)?cNvPr [^>]*?name="Chart \d+")')


@dataclass(frozen=True, slots=True)
class _Column:
    """One column that a chart is drawn from.

    Parameters
    ----------
    kind : 'value', 'edge' of what is expected, 'below' and 'above' for how far limits reach, 'level' of what marks are held against.
    row : of which series of the chart.
    """

    header: str
    values: tuple[float | None, ...]
    kind: str
    row: int = 0


def add_chart(sheet: Sheet, chart: Chart, name: str, first: str, colour: str) -> None:
    """A chart below the table of a sheet, and under it the numbers that it is drawn from.

    Parameters
    ----------
    name : what it is called. first : what its categories are. colour : 'rrggbb'.
    """
    columns = list(_columns(chart))
    across: Sequence[Value] = places_across(chart.categories) if _is_numeric(chart) else chart.categories
    rows = [[one, *(column.values[place] for column in columns)] for place, one in enumerate(across)]
    drawn = _empty(chart)
    drawn.width, drawn.height = (
        _WIDE,
        max(9.0, 3 + 0.8 * len(chart.categories)) if chart.form is Form.BARS else 10.0,
    )
    space = int(drawn.height / _ROW) + 3
    into, top = sheet.numbers(f"chart_{name}", [first, *(one.header for one in columns)], rows, space=space)
    sign = _number_format(chart)
    for at, column in enumerate(columns, start=2):
        # A level of 32.5 is not 33, whatever the marks are.
        level = column.kind == "level" and not chart.share and chart.line and chart.line.value % 1
        for number in range(top + 1, top + len(rows) + 1):
            into.cell(number, at).number_format = f"{sign}.0" if level and sign != "0.0" else sign
    _dress(drawn, chart, name, sign)
    for at, column in enumerate(columns, start=2):
        _add(drawn, chart, into, (top, at, len(rows)), column, colour)
    into.add_chart(drawn, f"A{top - space + 1}")


def described(data: bytes, alts: Sequence[str]) -> bytes:
    """A workbook whose charts say what they show to who does not see them; the library has no place for it.

    Parameters
    ----------
    alts : one a chart, in the order of the sheets, of which none has two.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if found := _DRAWING.fullmatch(name):
                alt = f" descr={quoteattr(legal_text(alts[int(found[1]) - 1]))}".encode()
                content = _NAMED.sub(lambda hit, alt=alt: hit[1] + alt, content)  # type: ignore[misc]
            target.writestr(name, content)
    return out.getvalue()


def _is_numeric(chart: Chart) -> bool:
    """Whether its lines run over numbers, as far from each other as these are."""
    return chart.form is Form.CURVES


def _columns(chart: Chart) -> Iterator[_Column]:
    """All that a chart is drawn from; a number that is hidden is not in the chart, and so in no cell."""
    for row, one in enumerate(chart.series):
        if chart.form is Form.FAN and row:
            if row == 1:
                yield _Column(one.name, one.values, "value", row)
            for header, edge in zip(_LIMITS[min(row, 2) - 1], (one.lows, one.highs), strict=True):
                yield _Column(header, edge or (None,) * len(one.values), "edge", row)
            continue
        yield _Column(one.name, one.values, "value", row)
        if one.lows and one.highs:
            yield _Column("95% limit below by", _apart(one, one.lows), "below", row)
            yield _Column("95% limit above by", _apart(one, one.highs), "above", row)
    if chart.line is not None and chart.form is not Form.BARS:
        yield _Column(chart.line.words, (chart.line.value,) * len(chart.categories), "level")


def _apart(one: Series, edge: Sequence[float | None]) -> tuple[float | None, ...]:
    """How far a limit is from its mark."""
    return tuple(
        None if value is None or limit is None else abs(limit - value)
        for value, limit in zip(one.values, edge, strict=True)
    )


def _number_format(chart: Chart) -> str:
    if chart.share:
        return "0%"
    values = [value for one in chart.series for value in one.values if value is not None]
    small = any(value != round(value) for value in values) and max(values) < 20
    return f'"{chart.unit}"#,##0' if chart.unit else "0.0" if small else "#,##0"


def _empty(chart: Chart) -> ChartBase:
    """A chart of the kind that its form asks for."""
    if chart.form in (Form.COLUMNS, Form.BARS):
        drawn = BarChart()
        drawn.type = "col" if chart.form is Form.COLUMNS else "bar"
        drawn.gapWidth = 60
        if not any(one.lows for one in chart.series):
            drawn.dataLabels = DataLabelList(
                showVal=True, showSerName=False, showCatName=False, showLegendKey=False
            )
        return drawn
    if _is_numeric(chart):
        drawn = ScatterChart()
        drawn.scatterStyle = "lineMarker"
        return drawn
    return LineChart()


def _dress(drawn: ChartBase, chart: Chart, name: str, sign: str) -> None:
    """Title, scales and key."""
    drawn.title, drawn.title.overlay = legal_text(name), False
    # Without it programs of today draw no scale.
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.number_format, drawn.y_axis.scaling.min = sign, 0
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D9DDE0"))
    if any(one.highs for one in chart.series):
        # By itself it would end at the marks, and cut off their limits.
        drawn.y_axis.scaling.max = scale_end(chart)
    drawn.legend.position = "b"
    if chart.form is Form.BARS:
        drawn.x_axis.scaling.orientation, drawn.y_axis.crosses = "maxMin", "max"
    if _is_numeric(chart):
        places = places_across(chart.categories)
        drawn.x_axis.number_format, drawn.x_axis.majorGridlines = "#,##0", None
        drawn.x_axis.scaling.min, drawn.x_axis.scaling.max = min(places, default=0), max(places, default=1)


def _add(
    drawn: ChartBase, chart: Chart, into: Worksheet, cells: tuple[int, int, int], column: _Column, colour: str
) -> None:
    """One column of the numbers as a row of marks, or as the limits of the last one."""
    top, at, long = cells
    ref = Reference(into, min_col=at, min_row=top + 1, max_row=top + long)
    if column.kind in ("below", "above"):
        _limit(drawn.series[-1], column, NumDataSource(numRef=NumRef(f=str(ref))))
        return
    across = Reference(into, min_col=1, min_row=top + 1, max_row=top + long)
    if _is_numeric(chart):
        one = SeriesFactory(ref, across)
        one.cat = None
    else:
        one = SeriesFactory(ref)
        one.cat = AxDataSource(strRef=StrRef(f=str(across)))
    one.tx = SeriesFactory(
        Reference(into, min_col=at, min_row=top, max_row=top + long), title_from_data=True
    ).tx
    if column.kind == "level" and isinstance(drawn, BarChart):
        lines = LineChart()
        _look(one, column, chart, colour)
        lines.series.append(one)
        drawn += lines
        return
    _look(one, column, chart, colour)
    drawn.series.append(one)


def _limit(one: Drawn, column: _Column, reach: NumDataSource) -> None:
    """The limits of a row of marks: first how far below, then how far above."""
    if column.kind == "below":
        one.errBars = ErrorBars(errBarType="both", errValType="cust", minus=reach)
        one.errBars.__elements__ = _PARTS
        one.errBars.spPr = GraphicalProperties(ln=LineProperties(solidFill=_INK, w=12_700))
    else:
        one.errBars.plus = reach


def _look(one: Drawn, column: _Column, chart: Chart, colour: str) -> None:
    """The looks of a row of marks: told apart in grey too."""
    ink = colour if not column.row else _GREYS[(column.row - 1) % len(_GREYS)]
    if column.kind == "edge":
        _line(one, _GREY if column.row == 1 else _INK, "sysDot" if column.row == 1 else "sysDash", 12_700)
    elif column.kind == "level":
        _line(one, _INK, "dash", 15_875)
    elif chart.form in (Form.COLUMNS, Form.BARS):
        one.spPr = GraphicalProperties(solidFill=ink, ln=LineProperties(solidFill=_INK, w=6_350))
    else:
        expected = chart.form is Form.FAN and column.row > 0
        ink = colour if not column.row else _GREYS[1 + (column.row - 1) % (len(_GREYS) - 1)]
        _line(
            one, _INK if expected else ink, "dash" if expected else _DASHES[column.row % len(_DASHES)], 22_225
        )
        one.marker = Marker(symbol=_SHAPES[column.row % len(_SHAPES)], size=6)
        one.marker.spPr = GraphicalProperties(
            solidFill="FFFFFF" if expected else ink, ln=LineProperties(solidFill=_INK)
        )
        if chart.form is Form.CURVES and sum(value is not None for value in column.values) == 1:
            one.marker.symbol, one.marker.size = "star", 10
        if chart.form is Form.SHARES:
            one.spPr = GraphicalProperties(ln=LineProperties(noFill=True))


def _line(one: Drawn, colour: str, dash: str, wide: int) -> None:
    one.spPr = GraphicalProperties(ln=LineProperties(solidFill=colour, prstDash=dash, w=wide))
    one.marker, one.smooth = Marker(symbol="none"), False
