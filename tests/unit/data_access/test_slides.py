"""Slides of a pack: what they show is what the pack holds, everybody can read them, and they give nothing else away."""

import io
import zipfile

import pytest
from pptx.oxml.ns import qn
from pptx.util import Inches

from data_access.packs.slides import write_slides
from domain.look import Look
from domain.pack import Screen, Takeaway
from domain.presented import presented
from domain.table import Table
from tests.packs import a_pack, chart_of_columns
from tests.unit.data_access.opened_slides import (
    LOOK,
    QUOTE,
    SHOWN,
    a_screen,
    a_table,
    as_written,
    every_part,
    opened,
    rows_on,
    slides_of,
    the_file,
    title_of,
    words_on,
)


@pytest.mark.parametrize("screen", SHOWN, ids=lambda screen: screen.key)
def test_every_cell_of_the_pack_stands_on_the_slides_of_its_screen(screen: Screen) -> None:
    slides = [one for one in opened(the_file()).slides if title_of(one).startswith(screen.takeaway.title)]
    found = [row for slide in slides for row in rows_on(slide)]
    assert found == [list(screen.table.headers), *([as_written(c) for c in row] for row in screen.table.rows)]


def test_a_quote_is_nowhere_in_the_file_unless_it_is_asked_for() -> None:
    found = [name for name, part in every_part(the_file()).items() if b"landlord when I" in part]
    assert found == []
    slides = [one for one in opened(the_file(quotes=True)).slides if QUOTE in words_on(one)]
    assert [title_of(one) for one in slides] == ["Most often Prevented, 80% (52 of 65)"]
    assert "a tenant" in words_on(slides[0])


def test_a_withheld_screen_has_no_slide_and_is_named_on_the_last_one() -> None:
    slides = list(opened(the_file()).slides)
    assert not [one for one in slides if title_of(one).startswith("Complaints")]
    assert (
        "Complaints by quarter: not shown to this audience. Areas are shown for all dates only."
        in words_on(slides[-1])
    )


def test_every_slide_has_a_title_of_its_own_that_is_read_first_and_a_foot_and_a_number_read_last() -> None:
    slides = list(opened(the_file()).slides)
    titles = [title_of(one) for one in slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in slides:
        shapes = [one for one in slide.shapes if one.is_placeholder]
        assert shapes[0].shape_id == slide.shapes.title.shape_id
        assert [one.placeholder_format.idx for one in shapes[-2:]] == [11, 12]
        assert "Figures as they stood on 20 Oct 2018, 13:05" in shapes[-2].text_frame.text
        assert "For us and Example provider A" in shapes[-2].text_frame.text
        assert all(one.text_frame.text for one in shapes if one.has_text_frame)


def test_two_screens_of_one_title_become_slides_of_two_titles() -> None:
    twice = (a_screen(key="one"), a_screen(key="two"))
    titles = [title_of(one) for one in slides_of(a_pack(screens=twice))]
    assert len(set(titles)) == len(titles)


def test_everything_that_is_no_text_is_described_or_marked_as_decoration() -> None:
    file = opened(the_file())
    for slide in file.slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), (title_of(slide), shape.name)
    chart = next(shape for slide in file.slides for shape in slide.shapes if shape.has_chart)
    assert chart._element.xpath(".//p:cNvPr")[0].get("descr") == chart_of_columns().alt
    for layout in file.slide_layouts:
        for shape in layout.shapes:
            assert shape.is_placeholder or shape._element.xpath('.//*[local-name()="decorative"][@val="1"]')


def test_speaker_notes_say_the_message_how_sure_and_what_it_means() -> None:
    slide = next(one for one in opened(the_file()).slides if title_of(one).startswith("32 referrals"))
    assert slide.notes_slide.notes_text_frame.text.split("\n") == [
        "32 referrals a month in Jul 2018 to Sep 2018; no clear change from 30. Chance alone could make it 21 to 46.",
        "Chance alone could make it 21 to 46",
        "n = 135, data to 30 Sep 2018",
        "Apr-Jun 2018: 90 referrals; now 76",
        "All cases. Counted by referral date. Source of the definition: the return.",
    ]


def test_example_data_are_marked_on_every_slide_and_chart_and_real_ones_are_not() -> None:
    for slide in opened(the_file()).slides:
        assert "Example data, not your figures" in words_on(slide).split("\n")
        for shape in slide.shapes:
            if shape.has_chart:
                assert "Example data" in shape.chart.chart_title.text_frame.text
    real = write_slides(a_pack(example=""), LOOK)
    assert [
        name
        for name, part in every_part(real).items()
        if name.startswith("ppt/slides/") and b"Example data" in part
    ] == []


def test_the_same_pack_is_the_same_bytes_and_tells_no_moment_but_that_of_its_figures() -> None:
    first, second = write_slides(a_pack(), LOOK), write_slides(a_pack(), LOOK)
    assert first == second
    outer = zipfile.ZipFile(io.BytesIO(first))
    books = [io.BytesIO(outer.read(name)) for name in outer.namelist() if name.endswith(".xlsx")]
    for archive in (outer, *(zipfile.ZipFile(book) for book in books)):
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert archive.read("docProps/core.xml").count(b"2018-10-20T13:05:00Z") == 2
    said = opened(first).core_properties
    assert said.created == said.modified
    assert f"{said.created:%Y-%m-%d %H:%M}" == "2018-10-20 13:05"
    assert (said.title, said.language, said.author) == (a_pack().title, "en-GB", "Example Council")


def test_the_file_brings_along_nothing_of_the_template() -> None:
    names = zipfile.ZipFile(io.BytesIO(the_file())).namelist()
    kinds = {name.rpartition("/")[0].removesuffix("/_rels") for name in names}
    assert kinds == {
        "",
        "_rels",
        "docProps",
        "ppt",
        "ppt/charts",
        "ppt/embeddings",
        "ppt/media",
        "ppt/notesMasters",
        "ppt/notesSlides",
        "ppt/slideLayouts",
        "ppt/slideMasters",
        "ppt/slides",
        "ppt/theme",
    }
    assert [name for name in names if name.startswith("docProps/")] == ["docProps/core.xml"]
    assert len([name for name in names if name.startswith("ppt/media/")]) == 1


def test_the_file_is_in_british_english_throughout() -> None:
    for name, part in every_part(the_file()).items():
        if name.startswith(("ppt/slides/", "ppt/charts/", "ppt/notesSlides/")):
            assert b'lang="en-US"' not in part, name


@pytest.mark.parametrize(("colour", "ink"), [("#1f4e79", "FFFFFF"), ("#ffd700", "000000"), ("", "FFFFFF")])
def test_the_title_can_be_read_on_the_colour_of_the_council(colour: str, ink: str) -> None:
    slides = slides_of(a_pack(screens=()), Look("", colour))
    places = [one for one in slides[1].slide_layout.placeholders if one.placeholder_format.idx == 0]
    inks = [one.get("val") for one in places[0]._element.iter(qn("a:srgbClr"))]
    assert [one.upper() for one in inks] == [ink]


def test_the_cover_says_how_many_slides_are_the_meeting_and_a_slide_parts_them_from_what_is_behind() -> None:
    slides = list(opened(the_file()).slides)
    titles = [title_of(one) for one in slides]
    place = titles.index("Figures and notes")
    assert f"Slides 1 to {place} are the meeting; figures and notes follow" in words_on(slides[0])
    # Of each screen one slide, whatever had no room beside its chart.
    assert place == 2 + len(presented(a_pack().screens))
    assert {one.removesuffix(" (figures)") for one in titles[place + 1 : -1]} <= {
        *titles[:place],
        "How to read this",
    }


def test_a_pack_without_a_screen_has_a_cover_and_how_to_read_it() -> None:
    bare = a_pack(screens=(), breath=(), carried=(), agreed=(), stood=None, as_at="")
    slides = slides_of(bare, Look())
    assert [title_of(one) for one in slides] == [bare.title, "How to read this"]
    assert "No figures saved yet" in words_on(slides[0])


def test_a_pack_of_one_screen_has_its_slide_and_the_actions_that_no_screen_shows() -> None:
    slides = slides_of(a_pack(screens=(a_screen(),)))
    assert [title_of(one) for one in slides[2:-1]] == [
        a_screen().takeaway.title,
        "Actions from last time",
        "Actions agreed",
        "Figures and notes",
    ]
    assert rows_on(slides[3])[1][:4] == [
        "Ring every household within 3 working days of the referral",
        "Service manager, provider",
        "30 Sep 2018",
        "In progress, overdue",
    ]
    assert rows_on(slides[3])[1][5] == "Homelessness prevented: 84% (76 of 90), amber → 80% (52 of 65), red"


def test_a_long_table_goes_on_where_nothing_is_smaller_than_12_points_or_off_the_slide() -> None:
    long = a_screen(chart=None, table=a_table(40), notes=("A note. " * 250,))
    slides = slides_of(a_pack(screens=(long,), carried=(), agreed=()))
    mine = [one for one in slides if rows_on(one)]
    assert len(mine) > 1
    assert [title_of(one).removeprefix(long.takeaway.title) for one in mine[:3]] == [
        "",
        " (continued)",
        " (continued 2)",
    ]
    assert [row[0] for one in mine for row in rows_on(one)[1:]] == [f"KPI number {n}" for n in range(40)]
    assert all(rows_on(one)[0] == ["KPI", "Now", "Why"] for one in mine)
    for slide in slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= Inches(7.5)
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= Inches(6.8)
        sizes = [int(one.get("sz")) for one in slide.element.iter(qn("a:rPr")) if one.get("sz")]
        assert min(sizes, default=1200) >= 1200
    assert "A note." in words_on(slides[-1])


def test_a_table_without_room_beside_its_chart_and_notes_without_room_stand_at_the_end() -> None:
    table = Table(("Month", *(f"A long heading, number {n}" for n in range(9))), (("Apr 2018", *range(9)),))
    full = a_screen(table=table, notes=("A note that stands last. " * 30, "A note that stands last. " * 30))
    slides = slides_of(a_pack(screens=(full, SHOWN[1]), carried=(), agreed=()))
    titles = [title_of(one) for one in slides]
    assert titles[2:] == [
        full.takeaway.title,
        SHOWN[1].takeaway.title,
        "Figures and notes",
        f"{full.takeaway.title} (figures)",
        "How to read this",
    ]
    assert rows_on(slides[2]) == []
    assert rows_on(slides[5]) == [list(table.headers), ["Apr 2018", *(str(n) for n in range(9))]]
    assert "The table and more notes stand at the end." in words_on(slides[2])
    # The same note twice is said once.
    assert words_on(slides[6]).count("A note that stands last. " * 29) == 1


def test_nothing_on_a_slide_lies_over_something_else() -> None:
    full = a_screen(
        comment="The summer was busier than planned for. " * 12,
        notes=tuple(f"Note {n}: what must be known to read this rightly. " * 2 for n in range(6)),
        takeaway=Takeaway("W" + "ord and more " * 15, "Chance alone could make it 21 to 46. " * 5),
    )
    for slide in slides_of(a_pack(screens=(full, *SHOWN))):
        boxes = sorted(
            (one.top, one.top + one.height, one.left, one.left + one.width) for one in slide.shapes
        )
        for place, (top, bottom, left, right) in enumerate(boxes):
            for other_top, _, other_left, other_right in boxes[place + 1 :]:
                beside = other_left >= right or left >= other_right
                assert beside or other_top >= bottom - Inches(0.08), (
                    title_of(slide),
                    top / 914400,
                    bottom / 914400,
                    other_top / 914400,
                )


def test_a_title_of_200_letters_stands_on_two_lines_and_a_short_one_is_large() -> None:
    long = a_screen(takeaway=Takeaway(("homelessness was prevented more often " * 6)[:200]))
    short = a_screen(key="short", takeaway=Takeaway("1 of 3 KPIs is red"))
    slides = slides_of(a_pack(screens=(long, short)))
    runs = [one.shapes.title.text_frame.paragraphs[0].runs[0] for one in slides[2:4]]
    assert runs[0].font.size.pt >= 16
    assert runs[1].font.size is None  # as its layout has it
    assert 'sz="2800"' in slides[3].slide_layout.placeholders[0]._element.xml


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    odd = a_screen(comment="One\x0bline\x00 only", takeaway=Takeaway("A\ttitle\x01"))
    slide = slides_of(a_pack(screens=(odd,)))[2]
    assert title_of(slide) == "A title"
    assert "Comment: One line only" in words_on(slide)
