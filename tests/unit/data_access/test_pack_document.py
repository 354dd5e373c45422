"""The document of a meeting: tagged, the same each time, with every figure of the pack and nothing that was not asked for."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from data_access.packs.document import write_document
from data_access.packs.document_parts import accent_of
from data_access.packs.document_tables import INSET, table_data
from data_access.packs.drawings_letters import readable, width
from data_access.packs.drawings_parts import WIDE
from domain.look import Look
from domain.pack import Takeaway
from domain.table import Table
from tests.packs import a_pack

HOSTILE = (
    '#let x = 1; #eval("1") $x^2$ *bold* _it_ `raw` <label> @ref [x](y) // c /* \\ \' = - + ~ &amp; <b> ]]> --- ... '
    "http://x.example"
)
LONG = "Withdrew" * 30


@cache
def logo() -> bytes:
    written = BytesIO()
    Image.new("RGB", (80, 40), "#7a1f5e").save(written, "PNG")
    return written.getvalue()


@cache
def written() -> bytes:
    return write_document(a_pack(), Look("Example Council", "#7a1f5e", logo()))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@cache
def words_of(pdf: bytes) -> str:
    """All that it says, without spaces: where lines break is not what is tested."""
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


def solid(text: str) -> str:
    return "".join(readable(text).split())


def tags(pdf: bytes) -> list[tuple[str, Any]]:
    """Every tag in reading order, with its properties."""

    def walk(node: Any) -> Iterator[tuple[str, Any]]:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if "/S" in node:
            yield str(node["/S"]), node
        below = node.get("/K")
        below = below.get_object() if below is not None else []
        for one in below if isinstance(below, list) else [below]:
            yield from walk(one)

    return list(walk(read(pdf).root_object["/StructTreeRoot"]))


def test_it_is_tagged_has_a_title_and_says_its_language() -> None:
    root = read(written()).root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of the file
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    metadata = read(written()).metadata
    assert metadata is not None
    assert metadata.title == a_pack().title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_headings_say_the_takeaways_and_no_level_is_left_out() -> None:
    found = [(name, str(node.get("/T", ""))) for name, node in tags(written()) if name in ("/H1", "/H2")]
    levels = [int(name[-1]) for name, _ in found]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    said = [words for _, words in found]
    assert [one for one in said if one in {screen.takeaway.title for screen in a_pack().screens}] == [
        screen.takeaway.title for screen in a_pack().screens
    ]
    assert said[:2] == ["In one breath", "Contents"]
    assert said[-1] == "Definitions and sources"


def test_every_table_has_a_row_of_headers_that_are_tagged_so() -> None:
    found = [name for name, _ in tags(written())]
    shown = [screen.table for screen in a_pack().screens if not screen.withheld]
    assert found.count("/Table") == len(shown) + 2, "and the two of actions"
    assert found.count("/THead") == found.count("/Table")
    assert found.count("/TH") == sum(len(table.headers) for table in shown) + 7 + 4


def test_every_figure_has_its_words_for_who_does_not_see_it() -> None:
    alts = [str(node["/Alt"]) for name, node in tags(written()) if name == "/Figure"]
    charts = [screen.chart for screen in a_pack().screens if screen.chart]
    assert alts == ["Logo of Example Council", *(chart.alt for chart in charts)]


def test_every_word_and_figure_of_the_pack_is_in_its_text() -> None:
    said, pack = words_of(written()), a_pack()
    for screen in pack.screens:
        wanted = [screen.heading, screen.takeaway.title, screen.takeaway.sure]
        wanted += [screen.base, screen.before, screen.about, screen.comment, *screen.notes]
        if not screen.withheld:
            wanted += [str(cell) for row in screen.table.rows for cell in row]
        if screen.chart:
            wanted += [*screen.chart.categories, *screen.chart.words]
            wanted += [screen.chart.line.words] if screen.chart.line else []
        for text in wanted:
            assert solid(text) in said, text
    for action in (*pack.carried, *pack.agreed):
        for text in (
            action.text,
            action.owner,
            action.status.label,
            action.before,
            action.after,
            action.note,
        ):
            assert solid(text) in said, text
    for text in (*pack.breath, pack.title, pack.audience_words, pack.as_at, pack.selection, pack.link):
        assert solid(text) in said, text


def test_each_number_of_a_table_stands_once_and_in_its_row() -> None:
    rows = tuple(
        (f"Period {letter}", 41_070 + place, f"{place}7.3%") for place, letter in enumerate("ABCDE", 1)
    )
    screen = replace(a_pack().screens[1], table=Table(("Period", "Cases", "Share"), rows))
    said = words_of(write_document(a_pack(screens=(screen,)), Look()))
    for name, count, share in rows:
        assert said.count(f"{count:,}") == 1
        assert solid(f"{name}{count:,}{share}") in said


def test_the_same_pack_is_the_same_file() -> None:
    assert written() == write_document(a_pack(), Look("Example Council", "#7a1f5e", logo()))
    assert written() != write_document(a_pack(screens=()), Look())


def test_the_date_of_the_document_is_that_of_the_figures() -> None:
    metadata = read(written()).metadata
    assert metadata is not None
    assert str(metadata["/CreationDate"]).startswith("D:20181020")


def test_example_data_and_the_footer_stand_on_every_page() -> None:
    pages = [solid(page.extract_text()) for page in read(written()).pages]
    for number, page in enumerate(pages, 1):
        assert page.startswith(solid(a_pack().example))
        assert solid(a_pack().footer) in page
        assert solid(f"Page {number} of {len(pages)}") in page


def test_real_figures_bear_no_mark() -> None:
    assert "Exampledata" not in words_of(
        write_document(a_pack(example="", screens=a_pack().screens[2:3]), Look())
    )


def test_what_a_person_typed_is_never_read_as_markup() -> None:
    pack = a_pack(council=HOSTILE, about=HOSTILE, breath=(HOSTILE,), selection=HOSTILE, example=HOSTILE)
    typed = tuple(
        replace(
            screen,
            heading=HOSTILE,
            takeaway=Takeaway(HOSTILE, HOSTILE, HOSTILE),
            table=Table(("A", HOSTILE), ((HOSTILE, HOSTILE),)),
            base=HOSTILE,
            about=HOSTILE,
            comment=f"{HOSTILE}\n{LONG}",
            notes=(HOSTILE, LONG),
        )
        for screen in pack.screens[2:4]
    )
    action = replace(pack.carried[0], text=HOSTILE, owner=LONG, note=HOSTILE)
    pdf = write_document(replace(pack, screens=typed, carried=(action,)), Look())
    assert words_of(pdf).count(solid(HOSTILE)) > 20
    assert words_of(pdf).count(LONG) > 3


def test_letters_of_any_language_and_broken_ones_are_written() -> None:
    odd = "日本 😀 مرحبا ŵ \x00\u200b\ufffe\u202e\ue000\U0010ffff\ud800 ▲ ▼ ● – £ ≥"
    said = words_of(write_document(a_pack(breath=(odd,), council=odd, screens=()), Look()))
    for sign in "ŵ▲▼●–£≥":
        assert sign in said
    assert said.count("□□😀") == 2, "a letter that the font has not is a box, and never another letter"


def test_a_mark_over_a_letter_does_not_keep_a_chart_out_of_it() -> None:
    screen = a_pack().screens[3]
    assert screen.chart
    chart = replace(screen.chart, categories=("Cafe\u0301", "K\u0360", "\u05b1z", "Live"))
    said = words_of(write_document(a_pack(screens=(replace(screen, chart=chart),)), Look()))
    assert "Café" in said


def test_a_heading_of_two_hundred_letters_stands_whole() -> None:
    title = "A very long takeaway of many words " * 6
    screen = replace(a_pack().screens[0], takeaway=Takeaway(title.strip()))
    assert words_of(write_document(a_pack(screens=(screen,)), Look())).count(solid(title)) == 2


def test_a_quote_is_in_it_only_where_that_is_asked_for() -> None:
    quote = solid("They rang my landlord when I could not.")
    assert quote not in words_of(written())
    asked = words_of(write_document(a_pack(screens=a_pack().screens[3:4]), Look(), quotes=True))
    assert quote in asked
    assert "Saidbyatenant" in asked


def test_nothing_of_a_withheld_screen_is_in_it_but_why() -> None:
    shown = a_pack().screens[3]
    pack = a_pack(screens=(replace(shown, withheld="Areas are shown for all dates only."),), breath=())
    pdf = write_document(pack, Look())
    assert solid("Areas are shown for all dates only.") in words_of(pdf)
    assert "Unsuccessful" not in words_of(pdf)
    assert not [node for name, node in tags(pdf) if name == "/Figure"]


def test_a_pack_without_screens_is_a_document_too() -> None:
    pack = a_pack(screens=(), carried=(), agreed=(), breath=(), stood=None, link="", held_on=None)
    said = words_of(write_document(pack, Look()))
    assert solid("There is nothing on the agenda.") in said
    assert solid("No action was agreed.") in said
    assert solid("No figures saved yet") in said


def test_a_long_table_goes_on_with_its_headers_again() -> None:
    rows = tuple((f"Area {number}", number) for number in range(120))
    screen = replace(a_pack().screens[1], table=Table(("Place of the case", "Cases"), rows))
    pages = [
        solid(page.extract_text())
        for page in read(write_document(a_pack(screens=(screen,), breath=()), Look())).pages
    ]
    with_rows = [page for page in pages if "Area1" in page or "Area7" in page]
    assert len(with_rows) > 1
    assert all("Placeofthecase" in page for page in with_rows)


def test_figures_under_the_wrong_header_are_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        table_data(Table(("A", "B"), ((1,),)))


@pytest.mark.parametrize("columns", [2, 7, 14])
def test_a_table_is_never_wider_than_the_page_and_no_word_than_its_column(columns: int) -> None:
    table = Table(
        tuple(f"Unprecedented {n}" for n in range(columns)), (("Unsuccessful, " + LONG,) * columns,)
    )
    data = table_data(table)
    assert data is not None
    assert sum(data["widths"]) <= WIDE + 1
    for cell, room in zip(data["rows"][0], data["widths"], strict=True):
        pieces = [piece for word in cell.split() for piece in word.split("\u200b")]
        assert all(width(piece, data["size"]) <= room - 2 * INSET + 0.1 for piece in pieces)
        assert cell.replace("\u200b", "") == "Unsuccessful, " + LONG


def test_a_link_can_be_pressed_where_it_names_its_server() -> None:
    address = "https://dashboard.example.gov.uk/meeting?service=mentoring&provider=provider-a"
    pages = read(write_document(a_pack(link=address, screens=()), Look())).pages
    links = [
        one.get_object()["/A"].get("/URI")
        for page in pages
        for one in page.get("/Annots", ())
        if "/A" in one.get_object()
    ]
    assert address in links
    bare = read(write_document(a_pack(screens=()), Look())).pages
    assert not [one for page in bare for one in page.get("/Annots", ()) if "/URI" in str(one.get_object())]


@pytest.mark.parametrize(
    ("colour", "worn"), [("#7a1f5e", "#7a1f5e"), ("#ffd700", "#1d4f91"), ("", "#1d4f91")]
)
def test_a_colour_too_light_to_read_on_white_is_not_worn(colour: str, worn: str) -> None:
    assert accent_of(Look(colour=colour)) == worn
