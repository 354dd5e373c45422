"""A needs assessment as a Word document that people go on writing on: headings, captions, tables and contents are Word's own.

Every figure comes from the screens of the `NeedsPack`, which the page shows too. The same pack is the same file, byte for byte.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import count
from typing import Final

from docx.document import Document as Draft
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from data_access.packs.document_parts import accent_of
from data_access.packs.drawings import WIDE, draw_png, in_parts, scale_end
from data_access.packs.fixed import fixed_zip
from data_access.packs.workbook_sheets import legal_text
from data_access.procurement.file_words import (
    CHAPTERS,
    HOW_MADE,
    IN_BRIEF,
    NOT_SHOWN,
    across_of,
    facts_of,
    heading_of,
    how_made,
    lines_of,
    mark_of,
    may_leave,
    parts_of,
    rows_of,
    title_of,
)
from data_access.procurement.word_fields import add_link, boxed, caption, contents, mark_place
from data_access.procurement.word_styles import CONTENTS, EXAMPLE, FACT, NOTE, frame, name_it, new_draft
from data_access.procurement.word_tables import add_table, is_wide
from domain.look import Look
from domain.pack import Chart, Screen, Takeaway
from domain.procurement.needs import NeedsPack, Part
from domain.table import Table

_LOGO_HIGH, _LOGO_WIDE = 16, 70
"""Millimetres that a logo takes at most."""
_TWO_COLUMNS: Final = ("What", "In words")
_FIRST: Final = 0.3
"""Of the page, for the names of a chapter."""


def write_word(pack: NeedsPack, look: Look) -> bytes:
    """A needs assessment as .docx.

    Parameters
    ----------
    look : the colour and logo of the council.
    """
    return _Writer(may_leave(pack), look).written()


def _lies(screen: Screen) -> bool:
    return not screen.withheld and is_wide(screen.table)


class _Writer:
    """One document that is being written, from the top."""

    def __init__(self, pack: NeedsPack, look: Look) -> None:
        self._pack, self._look, self._accent = pack, look, accent_of(look)
        self._draft: Draft = new_draft(self._accent)
        self._figures, self._tables, self._lying = count(1), count(1), False
        self._entries: list[tuple[int, str, str]] = []

    def written(self) -> bytes:
        """The document."""
        pack, draft = self._pack, self._draft
        frame(draft, pack)
        name_it(draft, pack)
        self._front()
        behind_contents = self._say("")
        self._in_brief()
        for part, screens in parts_of(pack):
            self._part(part, screens)
        self._turn(False)
        for chapter in CHAPTERS:
            self._rows(chapter)
        self._heading(HOW_MADE, 1)
        for said in how_made(pack):
            self._say(said)
        contents(behind_contents, self._entries, CONTENTS)
        behind_contents._p.getparent().remove(behind_contents._p)
        out = io.BytesIO()
        draft.save(out)
        return fixed_zip(out.getvalue(), pack.stood)

    def _say(self, text: str, style: str = "Normal") -> Paragraph:
        return self._draft.add_paragraph(legal_text(text), style=style)

    def _heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        words = " ".join(legal_text(text).split())
        heading = self._say(words, f"Heading {level}")
        heading.paragraph_format.page_break_before = new_page
        self._entries.append((level, words, mark_place(heading, len(self._entries))))

    def _front(self) -> None:
        """Logo, title, what it is of, for whom and as of when; then where the contents go."""
        if self._look.logo:
            council = self._pack.council or self._look.council
            self._picture(
                self._look.logo, f"Logo of {council}" if council else "Logo of the council", logo=True
            )
        self._say(title_of(self._pack), "Title")
        if self._pack.example:
            boxed(self._say(self._pack.example, EXAMPLE))
        for name, said in facts_of(self._pack):
            fact = self._say("", FACT)
            fact.add_run(f"{name}: ").bold = True
            fact.add_run(legal_text(said))
        self._link()
        self._say("Contents", "TOC Heading")

    def _link(self) -> None:
        """The address; one can be pressed only where it says which server it leads to."""
        to = legal_text(self._pack.link)
        if not to:
            return
        said = self._say("", FACT)
        said.add_run("To see it again: ").bold = True
        if to.startswith(("http://", "https://")):
            add_link(said, to, to)
        else:
            said.add_run(to)

    def _in_brief(self) -> None:
        """What every screen says, by itself, for who reads no more."""
        self._heading(IN_BRIEF, 1, new_page=True)
        for part, screens in parts_of(self._pack):
            lead = self._say("")
            lead.add_run(part.label).bold = True
            lead.paragraph_format.keep_with_next = True
            for screen in screens:
                point = self._say("", "List Bullet")
                self._takeaway(point, screen.takeaway, bold=False)

    def _part(self, part: Part, screens: Sequence[Screen]) -> None:
        self._turn(_lies(screens[0]))
        self._heading(part.label, 1, new_page=True)
        self._say(part.help)
        for screen in screens:
            self._turn(_lies(screen))
            self._screen(screen, heading_of(screen, part))

    def _turn(self, lying: bool) -> None:
        """Go on upon a page that lies, or upright, where the last one does not."""
        if lying == self._lying:
            return
        self._lying = lying
        section = self._draft.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
        tall, wide = section.page_width, section.page_height
        section.page_width, section.page_height = wide, tall

    def _screen(self, screen: Screen, heading: str) -> None:
        """One message: its words, its chart, its table, and what must be known of it. Of a withheld one nothing but why."""
        self._heading(heading, 2)
        takeaway = screen.takeaway
        if heading == takeaway.title:
            # The heading said it already.
            takeaway = Takeaway(takeaway.sure)
        if takeaway.what:
            said = self._say("")
            said.paragraph_format.keep_with_next = not screen.withheld
            self._takeaway(said, takeaway, bold=heading != screen.takeaway.title)
        if screen.withheld:
            self._say(f"{NOT_SHOWN}: {screen.withheld}")
            return
        if screen.chart is not None:
            self._chart(screen.chart, screen.heading or heading, across_of(screen))
        if screen.table.rows:
            name = legal_text(screen.heading or heading)
            caption(self._draft, "Table", next(self._tables), name, next_stays=True)
            add_table(self._draft, screen.table, name, self._accent, lying=self._lying)
        for name, words in lines_of(screen):
            note = self._say("", NOTE)
            note.add_run(f"{name}: ").bold = True
            note.add_run(legal_text(words))

    def _takeaway(self, to: Paragraph, takeaway: Takeaway, *, bold: bool) -> None:
        """The sentence that is read aloud, what it says before how sure that is."""
        title = legal_text(takeaway.title)
        to.add_run(title).bold = bold
        to.add_run(legal_text(takeaway.sentence).removeprefix(title))

    def _chart(self, chart: Chart, heading: str, across: str) -> None:
        end = scale_end(chart)
        for number, drawn in enumerate(in_parts(chart)):
            goes_on = (
                f"The chart above goes on, from {drawn.categories[0]} to {drawn.categories[-1]}."
                if number
                else ""
            )
            self._picture(
                draw_png(drawn, colour=self._accent, mark=mark_of(self._pack), end=end, across=across),
                goes_on or chart.alt,
            )
        caption(self._draft, "Figure", next(self._figures), legal_text(heading), next_stays=False)

    def _picture(self, data: bytes, alt: str, *, logo: bool = False) -> None:
        """A picture in a paragraph of its own, on one page with what comes next, and its words."""
        paragraph = self._say("")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(data))
        most = Mm(_LOGO_WIDE) if logo else Pt(WIDE)
        scale = most / shape.width
        if logo:
            scale = min(scale, Mm(_LOGO_HIGH) / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        shape._inline.docPr.set("descr", legal_text(alt))

    def _rows(self, chapter: str) -> None:
        """A chapter of names and words."""
        rows = rows_of(self._pack, chapter)
        if not rows:
            return
        self._heading(chapter, 1, new_page=chapter == CHAPTERS[0])
        add_table(self._draft, Table(_TWO_COLUMNS, rows), chapter, self._accent, first=_FIRST)
