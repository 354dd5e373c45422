"""Slides one after the other: each with its title, its foot, its number and what its speaker should know."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.shapes.shapetree import SlideShapeFactory
from pptx.util import Pt

from data_access.packs.slides_charts import write_chart
from data_access.packs.slides_frame import Frame, logo_size
from data_access.packs.slides_places import (
    ACROSS,
    BASE,
    CHART,
    COVER_LAYOUT,
    DETAILS,
    EDGE,
    FOOT,
    GREY,
    LANGUAGE,
    MARK,
    MESSAGE_LAYOUT,
    NUMBER,
    OWN_COLOUR,
    REMARK,
    SURE,
    TABLE,
    WIDE,
    WORDS_LAYOUT,
    Box,
)
from data_access.packs.slides_tables import Sheet, write_table
from data_access.packs.slides_text import plain, size_that_fits, width_of
from domain.look import Look
from domain.pack import Chart, MeetingPack

_TITLES: Final = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_COVER_TITLES: Final = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_INSETS: Final = 0.2
_GREY_INK: Final = (
    '<a:solidFill xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    f'<a:srgbClr val="{GREY}"/></a:solidFill>'
)
Words = Sequence[tuple[str, str]]
"""Paragraphs: what begins each in bold letters, which may be blank, and the rest."""


@dataclass(slots=True)
class Deck:
    """A presentation that is being written."""

    frame: Frame
    pack: MeetingPack
    look: Look
    titles: set[str] = field(default_factory=set)

    @property
    def mark(self) -> str:
        """What is said of example or unsaved data on every slide; blank for real ones. The last slide says all of it."""
        return re.split(r"[.;]", plain(self.pack.example))[0]

    @property
    def mark_colour(self) -> str:
        """Of the marks of a chart: the council's, unless it would be lost on white."""
        stands_out = self.frame.ink == "ffffff"
        return self.frame.colour if stands_out else OWN_COLOUR.lstrip("#")

    def cover(self, title: str, council: str, details: Sequence[str]) -> None:
        """Write the first slide."""
        slide = self._slide(COVER_LAYOUT, title, _COVER_TITLES)
        self._say(slide, 1, [("", council)] if council else ())
        self._say(slide, DETAILS, [("", one) for one in details])
        if self.look.logo:
            across, down = logo_size(self.look, 3.2, 1.5)
            picture = slide.shapes.add_picture(io.BytesIO(self.look.logo), 0, 0)
            Box(WIDE - EDGE - across, 3.75, across, down).put(picture)
            name = self.look.council or self.pack.council
            describe(picture, plain(f"Logo of {name}") if name else "Logo of the council")
            picture.name = "Logo"
        self._close(slide)

    @property
    def count(self) -> int:
        """How many slides there are so far."""
        return len(self.frame.file.slides)

    def say_on_cover(self, text: str) -> None:
        """Add to the first slide what is only known once others are written."""
        paragraph = _place(self.frame.file.slides[0], DETAILS).text_frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(text)
        run._r.get_or_add_rPr().set("lang", LANGUAGE)

    def words(self, title: str, paragraphs: Words, size: float, gap: float, notes: str = "") -> None:
        """Write a slide of words."""
        slide = self._slide(WORDS_LAYOUT, title, _TITLES)
        self._say(slide, SURE, paragraphs, size=size, gap=gap)
        self._close(slide, notes)

    def message(self, title: str) -> Message:
        """Begin a slide of one message."""
        return Message(self, self._slide(MESSAGE_LAYOUT, title, _TITLES))

    def _slide(self, layout: str, title: str, sizes: Sequence[float]) -> Any:
        slide = self.frame.file.slides.add_slide(self.frame.layouts[layout])
        text = self._own(plain(title))
        size = size_that_fits(text, ACROSS - _INSETS, 2, sizes, bold=True)
        frame = slide.shapes.title.text_frame
        frame.text = text
        if size < sizes[0]:
            frame.paragraphs[0].runs[0].font.size = Pt(size)
        return slide

    def _own(self, title: str) -> str:
        """A title that no other slide has: by their titles slides are found and told apart."""
        text, again = title, 1
        while text in self.titles:
            again += 1
            text = f"{title} ({again})"
        self.titles.add(text)
        return text

    def _say(self, slide: Any, place: int, paragraphs: Words, *, size: float = 0, gap: float = 0) -> None:
        """Write paragraphs into a place; one without any is taken out when the slide is closed."""
        frame = _place(slide, place).text_frame
        for number, (lead, rest) in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            if gap and number:
                paragraph.space_before = Pt(gap)
            for text, bold in ((lead, True), (rest, None)):
                if text:
                    run = paragraph.add_run()
                    run.text = plain(text) + (" " if bold and rest else "")
                    run.font.bold = bold
                    if size:
                        run.font.size = Pt(size)

    def _close(self, slide: Any, notes: str = "") -> None:
        """Write mark, foot, number and notes; take out the places that nothing was written into."""
        self._say(slide, MARK, [("", self.mark)] if self.mark else ())
        left = EDGE
        if self.mark:
            box = Box(EDGE, 6.93, min(width_of(self.mark, 12, bold=True) + 0.3, 5.0), 0.34)
            box.put(_place(slide, MARK))
            left += box.wide + 0.1
        tree = slide.shapes._spTree
        for unused in tree.xpath("p:sp[not(.//a:t[string()])]"):
            tree.remove(unused)
        logo = 1.3 if self.look.logo and slide.slide_layout.name != COVER_LAYOUT else 0.0
        foot = _add_place(slide, FOOT)
        Box(left, 6.86, WIDE - EDGE - 0.7 - logo - left, 0.48).put(foot)
        foot.text_frame.text = self.foot
        number = _add_place(slide, NUMBER)
        number._element.xpath(".//a:fld/a:t")[0].text = str(len(self.frame.file.slides))
        for part in (foot, number):
            # Said once more: some programs take the colour of a foot from the master, where it is pale.
            for run in part._element.xpath(".//a:rPr | .//a:r[not(a:rPr)]"):
                look = run.get_or_add_rPr() if run.tag == qn("a:r") else run
                look.insert(0, parse_xml(_GREY_INK))
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
        for part in (slide, *([slide.notes_slide] if notes else [])):
            for run in part.element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:r"), qn("a:fld")):
                own = run.get_or_add_rPr() if run.tag == qn("a:r") else run
                if own.tag != qn("a:fld"):
                    own.set("lang", LANGUAGE)

    @property
    def foot(self) -> str:
        """The foot of every slide: as the figures stood, and for whom; the last slide says the rest."""
        stood = self.pack.footer.partition(" · ")[0]
        return plain(" · ".join(part for part in (stood, self.pack.audience_words) if part))


@dataclass(slots=True)
class Message:
    """A slide of one message that is being written: its parts are given from top to bottom."""

    deck: Deck
    slide: Any

    def sure(self, text: str, box: Box, size: float) -> None:
        """How sure it is."""
        self._words(SURE, [("", text)], box, size)

    def chart(self, chart: Chart, box: Box) -> None:
        """The chart, with what it shows in words for who does not see it."""
        frame = write_chart(
            _place(self.slide, CHART),
            chart,
            box,
            colour=self.deck.mark_colour,
            mark=self.deck.mark.removesuffix(", not your figures"),
        )
        describe(frame, plain(chart.alt))

    def table(self, sheet: Sheet, page: Sequence[int], box: Box, alt: str) -> None:
        """Rows of the table."""
        frame = write_table(
            _place(self.slide, TABLE),
            sheet,
            page,
            box,
            colour=self.deck.frame.colour,
            ink=self.deck.frame.ink,
        )
        describe(frame, plain(alt))

    def remark(self, paragraphs: Words, box: Box, size: float) -> None:
        """What was said about it, as a call-out."""
        self._words(REMARK, paragraphs, box, size)

    def base(self, paragraphs: Words, box: Box, size: float) -> None:
        """What it rests on."""
        self._words(BASE, paragraphs, box, size)

    def close(self, notes: str) -> None:
        """Write foot and notes, and take out what was not used."""
        self.deck._close(self.slide, notes)

    def _words(self, place: int, paragraphs: Words, box: Box, size: float) -> None:
        self.deck._say(self.slide, place, paragraphs, size=size)
        box.put(_place(self.slide, place))


def describe(shape: Any, words: str) -> None:
    """Give a chart, a table or a picture the words that are read to who does not see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def _place(slide: Any, idx: int) -> Any:
    # By one search: the library asks every shape of the slide for its place, again and again.
    found = slide.shapes._spTree.xpath(f"p:sp[p:nvSpPr/p:nvPr/p:ph/@idx='{idx}']")
    return SlideShapeFactory(found[0], slide.shapes)


def _add_place(slide: Any, idx: int) -> Any:
    """Bring a place of the layout, as its foot, onto a slide, which new slides leave out."""
    origin = slide.slide_layout.shapes._spTree.xpath(f"p:sp[p:nvSpPr/p:nvPr/p:ph/@idx='{idx}']")[0]
    element = copy.deepcopy(origin)
    element.xpath(".//p:cNvPr")[0].set(
        "id", str(max(int(n) for n in slide.element.xpath("//p:cNvPr/@id")) + 1)
    )
    for gone in element.xpath(".//p:spPr/*"):
        gone.getparent().remove(gone)
    slide.shapes._spTree.append(element)
    return _place(slide, idx)
