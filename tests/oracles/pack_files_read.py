"""What somebody finds who opens the files of a pack with other programs: every text and number, also where no screen shows it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook
from pypdf import PdfReader

from domain.pack import MeetingPack
from tests.oracles.pack_numbers import counts_of, words_of
from tests.sentences import numbers_in

NEAR = 1e-6
_TEXTS = re.compile(r"<(?:a:t|c:v|dc:\w+|cp:\w+|vt:\w+)(?: [^>]*)?>([^<]+)<")
_NAMES = re.compile(r'(?:descr|title)="([^"]+)"')
_OF_THE_PAPER = re.compile(r"Typst [\d.]+|D:\d{14}Z?|^\s*\d{1,3}(?:\s+of\s+\d+)?\s*$", re.M)
"""Which program made it and when, and the number of a page or a mark of an axis, alone in its line."""


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """Every text of a file: notes, hidden sheets, comments, workbooks behind charts, the properties of the document."""
    if name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        yield from (page.extract_text() for page in reader.pages)
        yield from (str(value) for value in (reader.metadata or {}).values())
    elif name.endswith(".xlsx"):
        book = load_workbook(io.BytesIO(content))
        for sheet in book.worksheets:
            yield sheet.title
            cells = [cell for row in sheet.iter_rows() for cell in row]
            yield from (str(cell.value) for cell in cells if cell.value is not None)
            yield from (cell.comment.text for cell in cells if cell.comment)
        yield from (str(text) for text in vars(book.properties).values() if isinstance(text, str))
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                if part.endswith(".xlsx"):
                    yield from texts_of(part, parts.read(part))
                elif re.search(r"slides/|notesSlides/|charts/|docProps|comments", part):
                    text = parts.read(part).decode()
                    yield from (*_TEXTS.findall(text), *_NAMES.findall(text))


def strange_in(pack: MeetingPack, name: str, content: bytes) -> list[str]:
    """The numbers of a file that stand nowhere in its pack; marks of axes and the numbers of pages are none."""
    texts = [text for screen in pack.screens for text in (*words_of(screen), screen.about)]
    about = (pack.footer, pack.title, pack.about, pack.council, pack.as_at, pack.service_label)
    texts += [*pack.breath, *about, *pack.figures]
    known = {form for text in texts for one in numbers_in(text) for form in (one, one.rstrip("%"))}
    known |= {f"{count:g}" for _, count in counts_of(pack)} | {
        str(n) for n in range(2 * len(pack.screens) + 10)
    }
    values = [*_values(pack)]
    found = []
    for text in texts_of(name, content):
        for one in numbers_in(_OF_THE_PAPER.sub(" ", text)):
            bare = one.rstrip("%")
            tick = name.endswith(".pdf") and float(bare) % 5 == 0
            if (
                one in known
                or bare in known
                or tick
                or any(abs(float(bare) - value) < NEAR for value in values)
            ):
                continue
            found.append(f"{one} in '{text[:80]}'")
    return found


def _values(pack: MeetingPack) -> Iterator[float]:
    """What charts are drawn of: the values, their limits and how far these lie from them, and the levels they are held against."""
    for screen in pack.screens:
        yield from (one.value for one in screen.figures if one.value is not None)
        if screen.chart is None:
            continue
        if screen.chart.line:
            yield screen.chart.line.value
        for series in screen.chart.series:
            rows = (series.values, series.lows or series.values, series.highs or series.values)
            for value, low, high in zip(*rows, strict=True):
                if value is not None and low is not None and high is not None:
                    yield from (value, low, high, value - low, high - value)
