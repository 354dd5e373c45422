"""The Word document of a needs assessment: it says what the screens say and no more, in a form that people can go on writing on."""

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu

from data_access.procurement.word import write_word
from domain.look import Look
from domain.pack import Screen, Takeaway
from domain.procurement.needs import NeedsPack
from domain.table import Table
from tests.logos import a_logo
from tests.needs import a_needs_pack, for_bidders, screens

LOOK = Look("Example Council", "#00703c", a_logo())


def opened(pack: NeedsPack) -> Document:
    return docx.Document(io.BytesIO(write_word(pack, LOOK)))


@pytest.fixture(scope="module")
def ours() -> bytes:
    return write_word(a_needs_pack(), LOOK)


@pytest.fixture(scope="module")
def draft(ours: bytes) -> Document:
    return docx.Document(io.BytesIO(ours))


@pytest.fixture(scope="module")
def theirs() -> Document:
    return opened(for_bidders())


def words(draft: Document) -> str:
    """Every word of the body, the tables, the head and the foot."""
    section = draft.sections[0]
    parts = (draft.element.body, section.header._element, section.footer._element)
    return "\n".join("".join(one.itertext(qn("w:t"))) for part in parts for one in part.iter(qn("w:p")))


def cells(draft: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in draft.tables]


def said(cell: object) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else f"{cell:,}"


def test_every_cell_of_every_table_stands_in_it_under_its_own_header(draft: Document) -> None:
    shown = [one.table for one in screens() if one.table.rows]
    assert len(shown) == 6
    found = cells(draft)
    for table, written in zip(shown, found, strict=False):
        assert written == [[*table.headers], *([said(cell) for cell in row] for row in table.rows)]
    pack = a_needs_pack()
    chapters = [[list(row) for row in rows] for rows in (pack.assumptions, pack.sources, pack.definitions)]
    assert [rows[1:] for rows in found[len(shown) :]] == chapters


def test_every_message_chart_base_and_note_is_said(draft: Document) -> None:
    told = words(draft)
    for screen in screens():
        assert screen.takeaway.sentence in told
        for one in (screen.base, screen.about, *screen.notes, screen.withheld):
            assert one in told
    charts = [screen.chart for screen in screens() if screen.chart is not None]
    described = [shape._inline.docPr.get("descr") for shape in draft.inline_shapes]
    assert described == ["Logo of Example Council", *(chart.alt for chart in charts)]


def test_chapters_are_headings_in_order_each_with_its_screens_and_the_contents_lead_to_them(
    draft: Document,
) -> None:
    heads = [(one.style.name, one.text) for one in draft.paragraphs if one.style.name.startswith("Heading")]
    assert [text for name, text in heads if name == "Heading 1"] == [
        "In brief", "Why demand comes", "How many to expect", "What work they make", "What each way of paying costs",
        "Volumes for the tender", "Assumptions", "Sources", "Definitions", "How this was made",
    ]  # fmt: skip
    assert ("Heading 2", "Referrals counted and expected") in heads
    # Where a screen is called as its chapter is, its heading says what it shows.
    assert ("Heading 2", screens()[-1].takeaway.title) in heads
    links = [one for one in draft.element.body.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))]
    places = {one.get(qn("w:name")) for one in draft.element.body.iter(qn("w:bookmarkStart"))}
    assert {one.get(qn("w:anchor")) for one in links} == places
    assert ["".join(one.itertext(qn("w:t"))) for one in links] == [text for _name, text in heads]


def test_fields_are_words_own_and_each_begins_and_ends(draft: Document) -> None:
    body, section = draft.element.body, draft.sections[0]
    asked = [one.text for part in (body, section.footer._element) for one in part.iter(qn("w:instrText"))]
    counts = {
        key: sum(key in one for one in asked)
        for key in ("TOC", "SEQ Figure", "SEQ Table", "PAGE ", "NUMPAGES")
    }
    assert counts == {"TOC": 1, "SEQ Figure": 5, "SEQ Table": 6, "PAGE ": 1, "NUMPAGES": 1}
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
    captions = [one.text for one in draft.paragraphs if one.style.name == "Caption"]
    assert captions[:2] == ["Figure 1: Referrals per 100 decisions", "Table 1: Referrals per 100 decisions"]


def test_headers_of_tables_come_again_on_every_page_and_no_row_breaks(draft: Document) -> None:
    for table in draft.tables:
        first, *rest = (row._tr for row in table.rows)
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rest)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *rest))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_what_belongs_together_stays_on_one_page(draft: Document) -> None:
    blocks = list(draft.iter_inner_content())
    for one, after in pairwise(blocks):
        if isinstance(after, docx.table.Table):
            kept = one.paragraph_format.keep_with_next or one.style.paragraph_format.keep_with_next
            assert kept, one.text
    # A short table stands on one page, a long one may be broken.
    whole = [
        all(
            cell.paragraphs[0].paragraph_format.keep_with_next
            for row in table.rows[:-1]
            for cell in row.cells
        )
        for table in draft.tables
    ]
    assert [len(table.rows) for table, kept in zip(draft.tables, whole, strict=True) if not kept] == [41, 27]


def test_it_says_for_whom_as_of_when_that_it_is_example_data_and_in_which_language(draft: Document) -> None:
    section, pack = draft.sections[0], a_needs_pack()
    assert [one.text for one in section.header.paragraphs] == [pack.title, pack.example]
    assert section.footer.paragraphs[0].text == f"{pack.audience_words} · {pack.stood_words} · {pack.as_at}"
    assert section.footer.paragraphs[1].text == "Page 1 of 1"
    properties = draft.core_properties
    assert (properties.title, properties.author, properties.language) == (pack.title, pack.council, "en-GB")
    assert {one.get(qn("w:val")) for one in draft.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    told = words(draft)
    for one in (pack.scenario, pack.link, "Norfolk needs assessment"):
        assert one in told


def test_a_hidden_number_is_a_c_and_explained_and_what_is_withheld_has_only_its_reason() -> None:
    kept_back = replace(screens()[5], item="work", withheld="Not for them.")
    told = words(opened(a_needs_pack(screens=(screens()[0], kept_back))))
    assert "c stands for a number that is hidden" in told
    assert "Not shown: Not for them." in told
    assert "£222,000" not in told
    assert "Example prices" not in told
    alone = words(opened(a_needs_pack(screens=(screens()[6],))))
    assert "c stands for" not in alone


def test_the_bidders_version_has_no_price_no_address_and_no_name_even_if_it_was_handed_them(
    theirs: Document,
) -> None:
    careless = replace(a_needs_pack(), bidders=True, assumptions=(), definitions=())
    unmarked = words(opened(replace(careless, bidders=False, audience="providers")))
    assert not re.search(r"£|http|New duty, cautious", unmarked), "nobody but the team has more than bidders"
    for draft in (theirs, opened(careless)):
        told = words(draft)
        outside = [one.target_ref for one in draft.part.rels.values() if one.is_external]
        assert outside == []
        assert not re.search(r"£|http|procurement\?|price|New duty, cautious", told, re.IGNORECASE)
        assert "(version for bidders)" in told
        assert draft.sections[0].footer.paragraphs[0].text.startswith("For all bidders")
        assert "746 referrals are expected" in told


def test_the_same_pack_gives_the_same_bytes_and_nothing_of_the_machine(ours: bytes) -> None:
    assert write_word(a_needs_pack(), LOOK) == ours
    assert write_word(a_needs_pack(screens=()), LOOK) != ours
    with zipfile.ZipFile(io.BytesIO(ours)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert core.count("2026-10-20T13:05:00Z") == 2
    assert "python" not in core


def test_what_a_person_typed_stands_in_it_as_it_is_without_signs_that_no_file_holds() -> None:
    odd = Screen(
        "odd",
        "work",
        "<b>&amp; who?\x07",
        Takeaway("=1+1\ufffe\ud800"),
        Table(("Name", ""), (('=HYPERLINK("x")', "+44\x0b"),)),
        notes=("]]> <w:p/>",),
    )
    draft = opened(a_needs_pack(screens=(odd,), about="A\x00B", assumptions=(("\x1f", "x"),)))
    assert cells(draft)[0] == [["Name", ""], ['=HYPERLINK("x")', "+44"]]
    told = words(draft)
    for one in ("<b>&amp; who?", "=1+1.", "]]> <w:p/>", "SEND mediation, AB"):
        assert one in told


def test_a_pack_of_which_nothing_was_saved_can_be_written() -> None:
    bare = a_needs_pack(
        screens=(),
        assumptions=(),
        sources=(),
        definitions=(),
        stood=None,
        link="",
        example="",
        council="",
        scenario="",
    )
    told = words(docx.Document(io.BytesIO(write_word(bare, Look()))))
    assert "No figures saved yet" in told
    assert "Assumptions" not in told


def test_a_table_too_wide_for_an_upright_page_stands_on_one_that_lies_and_every_table_inside_its_margins() -> (
    None
):
    many = tuple(f"Column of pounds {place}" for place in range(13))
    wide = Screen("wide", "work", "Wide", Takeaway("Wide"), Table(many, (("£1,234,567",) * 13,) * 3))
    draft = opened(a_needs_pack(screens=(screens()[0], wide, replace(screens()[3], key="after"))))
    lying = [one.page_width > one.page_height for one in draft.sections]
    assert lying == [False, True, False]
    widths = [sum(column.width.pt for column in table.columns) for table in draft.tables]
    room = [Emu(one.page_width - one.left_margin - one.right_margin).pt for one in draft.sections]
    assert room[0] < widths[1] <= room[1] + 1
    assert all(one <= room[0] + 1 for place, one in enumerate(widths) if place != 1)
