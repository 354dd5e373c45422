"""The places of a slide: where title, words, chart, table, foot and number stand in each layout, and how they look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.util import Inches

WIDE, HIGH = 13.333, 7.5
"""A slide, in inches: 16 to 9."""
EDGE: Final = 0.5
ACROSS: Final = WIDE - 2 * EDGE
BAND: Final = 1.25
"""How high the bar behind the title is: two lines of 28 points."""
TOP, BOTTOM = 1.42, 6.78
"""Between them stands what a slide says; its foot is below."""
INK: Final = "1b1f23"
GREY: Final = "50585f"
PALE: Final = "f1f3f5"
OWN_COLOUR: Final = "#2f6fb5"
"""Where a council has none: the dashboard's own."""
FONT: Final = "Arial"
LANGUAGE: Final = "en-GB"

SURE, CHART, TABLE, REMARK, BASE, MARK, FOOT, NUMBER, DETAILS, LOGO = 13, 14, 15, 16, 17, 18, 11, 12, 20, 21
COVER_LAYOUT, MESSAGE_LAYOUT, WORDS_LAYOUT = "Cover", "One message", "Words"

DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a slide, in inches."""

    left: float
    top: float
    wide: float
    high: float

    def put(self, shape: Any) -> None:
        """Place a shape here."""
        shape.left, shape.top = Inches(self.left), Inches(self.top)
        shape.width, shape.height = Inches(self.wide), Inches(self.high)

    @property
    def xml(self) -> str:
        """As it stands in a shape's properties."""
        return (
            f'<a:xfrm><a:off x="{Inches(self.left)}" y="{Inches(self.top)}"/>'
            f'<a:ext cx="{Inches(self.wide)}" cy="{Inches(self.high)}"/></a:xfrm>'
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A placeholder of a layout."""

    kind: str
    idx: int
    name: str
    box: Box
    size: float = 16
    colour: str = INK
    bold: bool = False
    middle: bool = False
    right: bool = False
    fill: str = ""
    border: str = ""
    prompt: str = ""


def rgb(colour: str) -> Any:
    """A colour written as 'rrggbb', as the library takes it."""
    from_string: Any = RGBColor.from_string  # untyped in the library
    return from_string(colour.upper())


def _title(ink: str, high: float = BAND, size: float = 28) -> Place:
    box = Box(EDGE, 0, ACROSS, high)
    return Place("title", 0, "Title", box, size, ink, bold=True, middle=True, prompt="The message")


def _foot_places(ink: str = GREY) -> tuple[Place, ...]:
    return (
        Place(
            "body",
            MARK,
            "Mark",
            Box(EDGE, 6.93, 2.9, 0.34),
            12,
            INK,
            bold=True,
            middle=True,
            fill="ffe08a",
            border="7a5b00",
            prompt="Example data",
        ),
        Place("ftr", FOOT, "Footer", Box(EDGE, 6.86, 10.3, 0.48), 12, ink, middle=True, prompt="Footer"),
        Place(
            "sldNum",
            NUMBER,
            "Slide number",
            Box(WIDE - EDGE - 0.6, 6.86, 0.6, 0.48),
            12,
            ink,
            middle=True,
            right=True,
        ),
    )


def cover_places(ink: str) -> tuple[Place, ...]:
    """What the first slide has."""
    return (
        Place(
            "ctrTitle",
            0,
            "Title",
            Box(EDGE, 0.9, ACROSS, 2.3),
            40,
            ink,
            bold=True,
            middle=True,
            prompt="Title",
        ),
        Place("subTitle", 1, "Council", Box(EDGE, 0.35, ACROSS, 0.6), 24, ink, middle=True, prompt="Council"),
        Place(
            "body", DETAILS, "Who, when, for whom", Box(EDGE, 3.7, 8.4, 3.0), 20, INK, prompt="Who and when"
        ),
        *_foot_places(),
    )


def message_places(ink: str, colour: str) -> tuple[Place, ...]:
    """What a slide of one message has: a chart, a table, and words about both."""
    return (
        _title(ink),
        Place("body", SURE, "How sure", Box(EDGE, TOP, ACROSS, 0.4), 18, INK, prompt="How sure"),
        Place("chart", CHART, "Chart", Box(EDGE, 1.9, 7.4, 3.6), prompt="Chart"),
        Place("tbl", TABLE, "Table", Box(8.2, 1.9, 4.6, 3.6), prompt="Table"),
        Place(
            "body",
            REMARK,
            "Comment",
            Box(EDGE, 5.0, ACROSS, 0.5),
            16,
            INK,
            middle=True,
            fill=PALE,
            border=colour,
            prompt="Comment",
        ),
        Place("body", BASE, "What it rests on", Box(EDGE, 5.7, ACROSS, 1.0), 16, INK, prompt="Base"),
        *_foot_places(),
    )


def words_places(ink: str) -> tuple[Place, ...]:
    """What a slide of words has."""
    return (
        _title(ink),
        Place(
            "body", SURE, "Words", Box(EDGE, TOP + 0.1, ACROSS, BOTTOM - TOP - 0.1), 16, INK, prompt="Words"
        ),
        *_foot_places(),
    )


def band_xml(number: int, box: Box, colour: str) -> str:
    """A bar of one colour, marked as decoration."""
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Bar">{DECORATIVE}</p:cNvPr>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{box.xml}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def place_xml(number: int, place: Place) -> str:
    """A place of a layout."""
    idx = f' idx="{place.idx}"' if place.idx else ""
    fill = f'<a:solidFill><a:srgbClr val="{place.fill}"/></a:solidFill>' if place.fill else ""
    line = (
        f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{place.border}"/></a:solidFill></a:ln>'
        if place.border
        else ""
    )
    style = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{"r" if place.right else "l"}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{round(place.size * 100)}" '
        f'b="{int(place.bold)}"><a:solidFill><a:srgbClr val="{place.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )
    inside = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
        if place.kind == "sldNum"
        else f'<a:r><a:rPr lang="{LANGUAGE}"/><a:t>{escape(place.prompt)}</a:t></a:r>'
    )
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{escape(place.name)}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{place.kind}"{idx}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{place.box.xml}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}{line}</p:spPr>'
        f'<p:txBody><a:bodyPr lIns="72000" tIns="36000" rIns="72000" bIns="36000" wrap="square" '
        f'anchor="{"ctr" if place.middle else "t"}"><a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>'
        f"<a:p>{inside}</a:p></p:txBody></p:sp>"
    )
