"""What python-docx has no words for: fields that Word works out itself, places to lead to, the lines around a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document as Draft
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_UPDATE: Final = "To see page numbers, press this list with the right button and choose Update field."
_FIRST_PLACE: Final = 1000
_EDGE: Final = {"w:val": "single", "w:sz": "6", "w:space": "4", "w:color": "8a9298"}
_INSIDE: Final = ("w:top", "w:left", "w:bottom", "w:right")
_AFTER_EDGES: Final = tuple(
    f"w:{name}"
    for name in (
        "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
        "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip
"""What stands behind the lines around a paragraph: Word refuses a file in which they stand in another order."""


def element(name: str, **said: str) -> BaseOxmlElement:
    """An element of the document with its attributes: 'w_val' for 'w:val'."""
    made = OxmlElement(name)
    for key, value in said.items():
        made.set(qn(key.replace("_", ":", 1)), value)
    return made


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field at the end of a paragraph, with what it shows until Word works it out again."""
    _edge_of_field(paragraph, "begin")
    asked = element("w:instrText")
    asked.set(qn("xml:space"), "preserve")
    asked.text = f" {code} "
    paragraph.add_run()._r.append(asked)
    _edge_of_field(paragraph, "separate")
    paragraph.add_run(shown)
    _edge_of_field(paragraph, "end")


def _edge_of_field(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", w_fldCharType=kind))


def caption(draft: Draft, kind: str, number: int, words: str, *, next_stays: bool) -> Paragraph:
    """'Figure 3: …' or 'Table 2: …', whose number Word counts.

    Parameters
    ----------
    next_stays : whether what comes next stands on the same page: of a table's, which stands above it.
    """
    paragraph = draft.add_paragraph(f"{kind} ", style="Caption")
    add_field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
    paragraph.add_run(f": {words}")
    paragraph.paragraph_format.keep_with_next = next_stays
    return paragraph


def mark_place(paragraph: Paragraph, number: int) -> str:
    """Make a heading a place that the contents lead to, and return its name."""
    name = f"_Toc{_FIRST_PLACE + number}"
    start, end = element("w:bookmarkStart"), element("w:bookmarkEnd")
    for one in (start, end):
        one.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = paragraph.runs[0]._r
    first.addprevious(start)
    paragraph._p.append(end)
    return name


def contents(before: Paragraph, entries: Sequence[tuple[int, str, str]], styles: Sequence[str]) -> None:
    """A table of contents that leads to every heading at once, and that Word can make again with page numbers.

    Parameters
    ----------
    before : the paragraph that it stands before. entries : level, words and place of each heading. styles : of the levels.
    """
    first = before.insert_paragraph_before(style=styles[0])
    _edge_of_field(first, "begin")
    asked = element("w:instrText")
    asked.set(qn("xml:space"), "preserve")
    asked.text = ' TOC \\o "1-2" \\h \\z \\u '
    first.add_run()._r.append(asked)
    _edge_of_field(first, "separate")
    for number, (level, words, place) in enumerate(entries):
        line = first if not number else before.insert_paragraph_before()
        line.style = styles[level - 1]
        link = element("w:hyperlink", w_anchor=place, w_history="1")
        link.append(_run(line, words))
        line._p.append(link)
    last = before.insert_paragraph_before(style=styles[-1])
    # Within the field: it goes when Word makes the list again.
    last.add_run(_UPDATE).italic = True
    _edge_of_field(last, "end")


def add_link(paragraph: Paragraph, words: str, to: str) -> None:
    """An address that can be pressed, at the end of a paragraph."""
    name = paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", r_id=name, w_history="1")
    run = _run(paragraph, words)
    shown = Run(run, paragraph)
    shown.underline = True
    link.append(run)
    paragraph._p.append(link)


def boxed(paragraph: Paragraph, *sides: str) -> None:
    """Draw a line at some sides of a paragraph; around it where none is named."""
    edges = element("w:pBdr")
    for name in _INSIDE:
        if not sides or name.removeprefix("w:") in sides:
            edge = element(name)
            for key, value in _EDGE.items():
                edge.set(qn(key), value)
            edges.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(edges, *_AFTER_EDGES)


def _run(paragraph: Paragraph, words: str) -> BaseOxmlElement:
    """A run with these words, not yet in the paragraph."""
    run = paragraph.add_run(words)._r
    run.getparent().remove(run)
    return run
