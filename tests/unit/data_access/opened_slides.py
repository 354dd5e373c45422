"""Slides as they are read back by a test."""

import io
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any

from PIL import Image
from pptx import Presentation

from data_access.packs.slides import write_slides
from domain.look import Look
from domain.pack import MeetingPack, Screen
from domain.table import Cell, Table
from tests.packs import a_pack, screens

QUOTE = "They rang my landlord when I could not."
LOOK = Look("Example Council", "#1f4e79")
SHOWN = tuple(screen for screen in screens() if not screen.withheld)


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "#1f4e79").save(out, "PNG")
    return out.getvalue()


@cache
def the_file(*, quotes: bool = False) -> bytes:
    return write_slides(a_pack(), replace(LOOK, logo=logo()), quotes=quotes)


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def slides_of(pack: MeetingPack, look: Look = LOOK) -> list[Any]:
    return list(opened(write_slides(pack, look)).slides)


def title_of(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def words_on(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def rows_on(slide: Any) -> list[list[str]]:
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def as_written(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def every_part(data: bytes) -> dict[str, bytes]:
    """The parts of a file, with those of the workbooks inside it."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found[name] = content
            if name.endswith(".xlsx"):
                found |= {f"{name}/{inner}": part for inner, part in every_part(content).items()}
    return found


def a_screen(**changes: Any) -> Screen:
    return replace(SHOWN[2], **changes)


def a_table(rows: int) -> Table:
    words = "Below the target of 85%; the tolerance is 5 points; 13 of 65 were late"
    return Table(("KPI", "Now", "Why"), tuple((f"KPI number {n}", n, words) for n in range(rows)))
