"""A needs assessment as a workbook for everybody: one sheet a screen, with its table, its chart and the numbers of that chart.

Laid out as the workbook of a meeting is, so that it can be heard read; what is hidden stands in no cell.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Final

from data_access.packs.fixed import fixed_zip
from data_access.packs.workbook import BLANK, HIDDEN_WORDS, ONE_TABLE, address, screen_sheet, tidy_sheet
from data_access.packs.workbook_sheets import OWN_COLOUR, Book, Sheet, legal_text
from data_access.procurement.file_words import (
    CHAPTERS,
    IN_BRIEF,
    across_of,
    facts_of,
    foot_of,
    for_whom,
    how_made,
    may_leave,
    parts_of,
    rows_of,
    title_of,
)
from data_access.procurement.workbook_charts import add_chart, described
from domain.figure_table import HIDDEN
from domain.look import Look
from domain.pack import Screen
from domain.procurement.needs import NeedsPack

_TWO_TABLES: Final = "This sheet holds two tables: the one directly below, and under the chart the numbers that it is drawn from."
_WHAT: Final = ("What", "In words")
_SAID: Final = {
    "Assumptions": "What somebody chose or assumed",
    "Sources": "Where the numbers come from",
    "Definitions": "What the words mean",
}


def write_needs_workbook(pack: NeedsPack, look: Look) -> bytes:
    """The workbook of a needs assessment; the same pack gives the same bytes.

    Parameters
    ----------
    look : the colour of the council.
    """
    pack = may_leave(pack)
    book = Book(look)
    cover, contents, notes = (book.add(title) for title in ("Cover", "Contents", "Notes"))
    # These titles are taken before any screen can have them.
    chapters = {name: book.add(name) for name in CHAPTERS if rows_of(pack, name)}
    tidy = book.add("Tidy")
    screens = [screen for _part, several in parts_of(pack) for screen in several]
    sheets = [book.add(screen.heading) for screen in screens]
    colour = (look.colour or OWN_COLOUR).removeprefix("#").upper()
    alts = [_screen(sheet, screen, colour) for sheet, screen in zip(sheets, screens, strict=True)]
    _cover(cover, pack)
    for name, sheet in chapters.items():
        sheet.heading(name, first=True)
        sheet.line(ONE_TABLE)
        sheet.table(name, _WHAT, rows_of(pack, name))
    tidy_sheet(tidy, screens)
    _notes(notes, pack, [one.title for one in sheets], screens)
    listed = [notes, *sheets, *chapters.values(), tidy]
    said = ["How this was made, signs", *(screen.takeaway.title for screen in screens)]
    said += [*(_SAID[name] for name in chapters), "Each number shown, one a row, for other programs"]
    _contents(contents, listed, said)
    _finish(book, [cover, contents, *listed], pack)
    out = io.BytesIO()
    book.book.save(out)
    return fixed_zip(described(out.getvalue(), [alt for alt in alts if alt]), pack.stood)


def _finish(book: Book, sheets: Sequence[Sheet], pack: NeedsPack) -> None:
    """The order of the sheets, what stands at the foot of each, and the properties of the file."""
    for one in sheets:
        one.footer(" · ".join(part for part in (foot_of(pack), pack.example) if part))
    order = [one.title for one in sheets]
    book.book._sheets.sort(key=lambda one: order.index(one.title))
    book.book.active = 0
    for one in book.book.worksheets[1:]:
        one.sheet_view.tabSelected = False
    properties = book.book.properties
    properties.title, properties.language = legal_text(title_of(pack)), "en-GB"
    properties.creator, properties.subject = legal_text(pack.council), legal_text(for_whom(pack))


def _screen(sheet: Sheet, screen: Screen, colour: str) -> str:
    """The sheet of a screen. Returns what its chart shows in words; blank where it has none."""
    chart = None if screen.withheld else screen.chart
    screen_sheet(sheet, screen, quotes=False, tables=ONE_TABLE if chart is None else _TWO_TABLES)
    if chart is None:
        return ""
    add_chart(sheet, chart, screen.heading, across_of(screen) or "Of what", colour)
    return chart.alt


def _cover(sheet: Sheet, pack: NeedsPack) -> None:
    sheet.heading(title_of(pack), first=True)
    sheet.line(pack.example)
    for name, said in facts_of(pack):
        sheet.line(f"{name}: {said}")
    sheet.line(f"The same on screen: {pack.link}" if pack.link else "", to=address(pack.link))
    sheet.heading(IN_BRIEF)
    for part, screens in parts_of(pack):
        for screen in screens:
            sheet.line(f"{part.label}: {screen.takeaway.sentence}")


def _notes(sheet: Sheet, pack: NeedsPack, titles: Sequence[str], screens: Sequence[Screen]) -> None:
    sheet.heading("Notes", first=True)
    sheet.line(ONE_TABLE)
    rows = [("Who may see this", for_whom(pack))]
    rows += [("Example", pack.example)] if pack.example else []
    rows += [("How this was made", said) for said in how_made(pack) if not said.startswith(f"{HIDDEN} ")]
    rows += [
        (HIDDEN, HIDDEN_WORDS.partition(": ")[2]),
        ("Blank cells", BLANK),
        ("n", "How many the figures of a sheet are out of."),
        (
            "Charts",
            "Each is drawn from the second table of its sheet; a hidden number is not in it. Limits reach as far below and above a mark "
            "as that table says.",
        ),
        (
            "Tidy",
            "One row for each number shown, for other programs: met and base are whole numbers, value is a share from 0 to 1, a mean, "
            "a median, a rate or pounds.",
        ),
    ]
    times = Counter(words for screen in screens for words in dict.fromkeys(screen.notes))
    for title, screen in zip(titles, screens, strict=True):
        rows += [
            ("Several sheets" if times[words] > 1 else title, words)
            for words in (screen.about, *screen.notes)
            if words
        ]
    sheet.table("notes", ("About", "Note"), dict.fromkeys(rows))


def _contents(sheet: Sheet, listed: Sequence[Sheet], said: Sequence[str]) -> None:
    sheet.heading("Contents", first=True)
    sheet.line(
        "This sheet holds one table, directly below: each other sheet, and what it says. The names lead to the sheets."
    )
    titles = [one.title for one in listed]
    sheet.table("contents", ("Sheet", "What it says"), zip(titles, said, strict=True), links=titles)
