"""How the Word document of a needs assessment looks: its page, its styles, its language, what stands above and below every page.

Headings, captions and contents are Word's own styles: whoever changes one changes all, and a screen reader finds them.
"""

from __future__ import annotations

from typing import Final, cast

from docx import Document
from docx.document import Document as Draft
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from data_access.packs.workbook_sheets import legal_text
from data_access.procurement.file_words import foot_of, for_whom, title_of
from data_access.procurement.word_fields import add_field, boxed
from domain.procurement.needs import NeedsPack

FONT: Final = "Arial"
INK: Final = "0b0c0c"
NOTE, FACT, EXAMPLE, CONTENTS = "Figure note", "Fact", "Example data", ("toc 1", "toc 2")
"""The styles that a new Word document does not have, and what they are for."""
LANGUAGE: Final = "en-GB"
_TABLES: Final = ("Normal Table", "Table Grid")
_MARGIN, _TALL, _WIDE = 20, 297, 210
_GREY: Final = "505a5f"


def new_draft(accent: str) -> Draft:
    """An empty document in our styles.

    Parameters
    ----------
    accent : '#rrggbb', of titles and headings, on which white is read well.
    """
    draft = Document()
    section = draft.sections[0]
    section.page_width, section.page_height = Mm(_WIDE), Mm(_TALL)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.header_distance = section.footer_distance = Mm(10)
    _speak_english(draft)
    for unused in list(draft.styles):
        # A hundred looks of tables that nobody chose stand in whoever's way who looks for one.
        if unused.type == WD_STYLE_TYPE.TABLE and unused.name not in _TABLES:
            unused.delete()
    colour = accent.removeprefix("#")
    _styled(draft, "Normal", 11, after=6)
    _styled(draft, "Title", 24, bold=True, colour=colour, after=10)
    _styled(draft, "Subtitle", 13, colour=_GREY, after=10)
    _styled(draft, "Heading 1", 18, bold=True, colour=colour, before=18, after=8, follows=True)
    _styled(draft, "Heading 2", 13, bold=True, before=16, after=4, follows=True)
    _styled(draft, "TOC Heading", 18, bold=True, colour=colour, before=18, after=8, follows=True)
    _styled(draft, "Caption", 10, bold=True, colour=_GREY, before=8, after=4)
    _styled(draft, "List Bullet", 11, after=4)
    _styled(draft, "Header", 9, colour=_GREY, after=0)
    _styled(draft, "Footer", 9, colour=_GREY, after=0)
    _styled(draft, _added(draft, NOTE), 9.5, after=3)
    _styled(draft, _added(draft, FACT), 11, after=2)
    _styled(draft, _added(draft, EXAMPLE), 11, bold=True, before=8, after=8)
    for place, name in enumerate(CONTENTS):
        style = _styled(draft, _added(draft, name), 11, bold=not place, before=6 * (1 - place), after=2)
        style.paragraph_format.left_indent = Mm(6 * place)
    # The template draws a line under a title, in a colour of its own.
    for edges in draft.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        edges.getparent().remove(edges)
    return draft


def frame(draft: Draft, pack: NeedsPack) -> None:
    """What stands above and below every page: the title, that it is example data, for whom, as of when, and which page of how many."""
    section = draft.sections[0]
    above = section.header.paragraphs[0]
    above.text = legal_text(title_of(pack))
    if pack.example:
        run = section.header.add_paragraph(style="Header").add_run(legal_text(pack.example))
        run.bold, run.font.color.rgb = True, RGBColor.from_string(INK)
    below = section.footer.paragraphs[0]
    below.text = legal_text(foot_of(pack))
    pages = section.footer.add_paragraph(style="Footer")
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    pages.add_run("Page ")
    add_field(pages, "PAGE", "1")
    pages.add_run(" of ")
    add_field(pages, "NUMPAGES", "1")
    boxed(above if not pack.example else section.header.paragraphs[-1], "bottom")
    boxed(below, "top")


def name_it(draft: Draft, pack: NeedsPack) -> None:
    """The properties of the file: nothing of the machine or the program that wrote it."""
    said = draft.core_properties
    said.title, said.author = legal_text(title_of(pack))[:255], legal_text(pack.council)[:255]
    said.subject, said.language = legal_text(for_whom(pack))[:255], LANGUAGE
    said.comments, said.keywords, said.category, said.last_modified_by, said.revision = "", "", "", "", 1
    package = draft.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # the picture of an empty page of somebody else
            del package.rels[name]


def _added(draft: Draft, name: str) -> str:
    style = cast(ParagraphStyle, draft.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = draft.styles["Normal"]
    return name


def _styled(
    draft: Draft,
    name: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    before: float = 0,
    after: float = 0,
    follows: bool = False,
) -> ParagraphStyle:
    """A style in our letters. `follows` is whether what comes next stands on the same page."""
    style = cast(ParagraphStyle, draft.styles[name])
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    # The letters of the template's theme would win over those named here.
    letters = style.element.rPr.rFonts
    for key in list(letters.attrib):
        if key.casefold().endswith("theme"):
            del letters.attrib[key]
    letters.set(qn("w:cs"), FONT)
    kept = style.paragraph_format
    kept.space_before, kept.space_after, kept.line_spacing = Pt(before), Pt(after), 1.15
    kept.keep_with_next, kept.widow_control = follows, True
    return style


def _speak_english(draft: Draft) -> None:
    """Say in which language it is read aloud and checked, and that it is a document of today's Word."""
    for spoken in draft.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LANGUAGE)
    for setting in draft.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for spoken in draft.settings.element.iter(qn("w:themeFontLang")):
        spoken.set(qn("w:val"), LANGUAGE)
