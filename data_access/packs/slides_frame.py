"""The empty presentation: its size, colours and layouts, with real places for title, words, chart, table, foot and number.

Outline view, screen readers and 'Reset slide' go by these places, so nothing on a slide is a loose text box.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.shapes.picture import CT_Picture
from pptx.slide import SlideLayout
from pptx.util import Inches

from data_access.packs.slides_places import (
    ACROSS,
    BAND,
    BOTTOM,
    COVER_LAYOUT,
    DECORATIVE,
    EDGE,
    FONT,
    HIGH,
    INK,
    LANGUAGE,
    MESSAGE_LAYOUT,
    OWN_COLOUR,
    SPACES,
    TOP,
    WIDE,
    WORDS_LAYOUT,
    Box,
    Place,
    band_xml,
    cover_places,
    message_places,
    place_xml,
    words_places,
)
from domain.look import Look


@dataclass(slots=True)
class Frame:
    """An empty presentation, with its layouts by name and the colour and ink of its bars."""

    file: Any
    colour: str
    ink: str
    layouts: dict[str, SlideLayout] = field(default_factory=dict)


def start_file(look: Look) -> Frame:
    """An empty presentation in the council's look."""
    file = Presentation()
    colour = (look.colour or OWN_COLOUR).lstrip("#").lower()
    ink = look.ink(f"#{colour}").lstrip("#")
    file.slide_width, file.slide_height = Inches(WIDE), Inches(HIGH)
    size = file.element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)
    _leave_out(file)
    _dress(file, colour)
    kept = list(file.slide_layouts)[:3]
    for layout in list(file.slide_layouts)[3:]:
        file.slide_layouts.remove(layout)
    frame = Frame(file, colour, ink)
    places = {
        COVER_LAYOUT: cover_places(ink),
        MESSAGE_LAYOUT: message_places(ink, colour if ink == "ffffff" else INK),
        WORDS_LAYOUT: words_places(ink),
    }
    for layout, (name, wanted) in zip(kept, places.items(), strict=True):
        _furnish(layout, name, wanted, colour)
        if look.logo and name != COVER_LAYOUT:
            _put_logo(layout, look)
        frame.layouts[name] = layout
    _place_on_master(file.slide_master, ink)
    return frame


def _leave_out(file: Any) -> None:
    """Take out what the template brings along and says nothing true of this file: a picture, a printer, counts of slides."""
    for part in (file.part, file.part.package):
        rels = part._rels
        for key, rel in list(rels.items()):
            if rel.reltype in (RT.PRINTER_SETTINGS, RT.THUMBNAIL, RT.EXTENDED_PROPERTIES):
                rels.pop(key)


def _dress(file: Any, colour: str) -> None:
    """Put the council's colour and a letter that every machine has into the theme."""
    part = file.slide_master.part.part_related_by(RT.THEME)
    theme = part.blob.decode("utf-8")
    theme = re.sub(
        r"(<a:accent1><a:srgbClr val=\")[0-9A-F]{6}", lambda found: found[1] + colour.upper(), theme
    )
    theme = theme.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>')
    part._blob = theme.encode("utf-8")
    for styles in (file.element, file.slide_master.element):
        for run in styles.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
            if run.get("lang"):
                run.set("lang", LANGUAGE)


def _furnish(layout: SlideLayout, name: str, places: tuple[Place, ...], colour: str) -> None:
    """Empty a layout and give it a coloured bar and its places, in the order in which they are read."""
    layout.name = name
    layout._element.attrib.pop("type", None)
    tree = layout.shapes._spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    band = Box(0, 0, WIDE, 3.4 if name == COVER_LAYOUT else BAND)
    tree.append(parse_xml(band_xml(2, band, colour)))
    for number, place in enumerate(places, start=3):
        tree.append(parse_xml(place_xml(number, place)))


def _place_on_master(master: Any, ink: str) -> None:
    """Spread the places of the master over the wide slide: a layout made later starts from them."""
    boxes = {
        "title": Box(EDGE, 0, ACROSS, BAND),
        "body": Box(EDGE, TOP, ACROSS, BOTTOM - TOP),
        "dt": Box(EDGE, 6.86, 2.0, 0.48),
        "ftr": Box(2.7, 6.86, 8.0, 0.48),
        "sldNum": Box(WIDE - EDGE - 0.6, 6.86, 0.6, 0.48),
    }
    for shape in list(master.placeholders):
        kind = shape._element.find(f".//{qn('p:ph')}").get("type")
        if kind == "dt":  # the day it is opened is not the day of the figures
            shape._element.getparent().remove(shape._element)
            continue
        boxes[kind].put(shape)


def logo_size(look: Look, wide: float, high: float) -> tuple[float, float]:
    """How large the logo stands within so many inches, in its own proportions."""
    with Image.open(io.BytesIO(look.logo)) as picture:
        across, down = picture.size
    scale = min(wide / across, high / down)
    return across * scale, down * scale


def _put_logo(layout: SlideLayout, look: Look) -> None:
    """The logo in the corner of a layout, as decoration: the cover names the council."""
    across, down = logo_size(look, 1.2, 0.42)
    _, key = layout.part.get_or_add_image_part(io.BytesIO(look.logo))
    tree = layout.shapes._spTree
    new_picture: Any = CT_Picture.new_pic  # untyped in the library
    picture = new_picture(
        len(tree) + 20,
        "Logo",
        "",
        key,
        Inches(WIDE - EDGE - 0.7 - across),
        Inches(6.89 + (0.42 - down) / 2),
        Inches(across),
        Inches(down),
    )
    named = picture.find(f".//{qn('p:cNvPr')}")
    named.append(parse_xml(DECORATIVE.replace("<a:extLst>", f"<a:extLst {SPACES}>")))
    tree.append(picture)
