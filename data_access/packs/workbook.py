"""A meeting pack as a workbook for everybody, also for who hears it read: as the Government Analysis Function asks of spreadsheets.

Cover, contents, notes, then one table a sheet, the actions, and last a sheet for other programs: one row for each number shown. What may
not live here: any figure of its own; and the logo, because a picture in a cell says nothing to who does not see it.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Final

from data_access.packs.fixed import fixed_zip, moment_of
from data_access.packs.workbook_sheets import Book, Sheet, Value, legal_text
from domain.actions import ShownAction
from domain.figure_table import HIDDEN
from domain.formats import counted
from domain.look import Look
from domain.pack import MeetingPack, Screen

TIDY_COLUMNS: Final = ("screen", "figure", "label", "met", "base", "value", "shown", "status")
"""The columns of the sheet for other programs. They stay as they are: whoever reads it by program relies on them."""
ACTION_COLUMNS: Final = (
    "Action",
    "Agreed",
    "Who",
    "Due",
    "Status",
    "Overdue",
    "About",
    "KPI",
    "KPI when agreed",
    "KPI now",
    "Note",
    "Agreed on",
)
HIDDEN_WORDS: Final = (
    f"{HIDDEN}: hidden, so that nobody can be recognised in a small number. A larger number may be hidden so that the small one cannot "
    "be worked out."
)
ONE_TABLE: Final = "This sheet holds one table, directly below."
BLANK: Final = "A blank cell holds no value: there is none to give."


def write_workbook(pack: MeetingPack, look: Look, *, quotes: bool = False) -> bytes:
    """The workbook of a pack; the same pack gives the same bytes.

    Parameters
    ----------
    quotes : whether what people were quoted with is in it.
    """
    book = Book(look)
    cover, contents, notes = (book.add(title) for title in ("Cover", "Contents", "Notes"))
    # These titles are taken before any screen can have them.
    actions, tidy = book.add("Actions"), book.add("Tidy")
    sheets = [book.add(screen.heading) for screen in pack.screens]
    _cover(cover, pack)
    for sheet, screen in zip(sheets, pack.screens, strict=True):
        screen_sheet(sheet, screen, quotes=quotes)
    _actions(actions, pack)
    tidy_sheet(tidy, pack.screens)
    _notes(notes, pack, [one.title for one in sheets], quotes=quotes)
    _contents(contents, pack, [notes, *sheets, actions, tidy])
    order = [one.title for one in (cover, contents, notes, *sheets, actions, tidy)]
    for one in (cover, contents, notes, *sheets, actions, tidy):
        one.footer(" · ".join(part for part in (pack.about, pack.audience_words, pack.example) if part))
    book.book._sheets.sort(key=lambda one: order.index(one.title))
    book.book.active = 0
    for one in book.book.worksheets[1:]:
        one.sheet_view.tabSelected = False
    properties = book.book.properties
    properties.title, properties.language = legal_text(pack.title), "en-GB"
    properties.creator, properties.subject = legal_text(pack.council), legal_text(pack.audience_words)
    out = io.BytesIO()
    book.book.save(out)
    return fixed_zip(out.getvalue(), moment_of(pack.stood, pack.period.end))


def _cover(sheet: Sheet, pack: MeetingPack) -> None:
    sheet.heading(pack.title, first=True)
    sheet.line(pack.council)
    sheet.line(pack.example)
    sheet.line(f"Who may see this: {pack.audience_words}")
    sheet.line(f"Service: {pack.service_label}")
    sheet.line(f"About: {pack.about}")
    sheet.line(f"Period: {pack.period.label}")
    sheet.line(f"Chosen: {pack.selection}" if pack.selection else "")
    sheet.line(pack.stood_words)
    sheet.line(pack.as_at)
    sheet.line(f"Meeting of {pack.held_on:%-d %B %Y}" if pack.held_on else "")
    sheet.line(f"The same on screen: {pack.link}" if pack.link else "", to=address(pack.link))
    if pack.breath:
        sheet.heading("In one breath")
        for sentence in pack.breath:
            sheet.line(sentence)


def address(link: str) -> str:
    """The link where it leads anywhere from a file: with the server's own address before it."""
    return link if link.startswith(("http://", "https://")) else ""


def screen_sheet(sheet: Sheet, screen: Screen, *, quotes: bool, tables: str = ONE_TABLE) -> None:
    """What a screen says, then its table.

    Parameters
    ----------
    tables : how many tables the sheet holds and where, in words.
    """
    sheet.heading(screen.heading, first=True)
    sheet.line(screen.takeaway.sentence)
    sheet.line(f"Not shown: {screen.withheld}" if screen.withheld else "")
    sheet.line(screen.base)
    sheet.line(f"Last time and now: {screen.before}" if screen.before else "")
    sheet.line(f"Comment: {screen.comment}" if screen.comment else "")
    if quotes and screen.quote:
        sheet.line(f"Quote: “{screen.quote}”" + (f", {screen.quote_by}" if screen.quote_by else ""))
    for note in screen.notes:
        sheet.line(note)
    rows = () if screen.withheld else screen.table.rows
    if not rows:
        sheet.line("" if screen.withheld else "There is nothing to list.")
        return
    _before_table(sheet, rows, screen.notes, tables)
    sheet.table(screen.key, screen.table.headers, rows)


def _before_table(
    sheet: Sheet, rows: Sequence[Sequence[Value]], said: Sequence[str] = (), tables: str = ONE_TABLE
) -> None:
    """What must be known before the table is read or heard, and was not said."""
    cells = {cell for row in rows for cell in row}
    explained = any(words.startswith(f"{HIDDEN} ") for words in said)
    sheet.line(HIDDEN_WORDS if HIDDEN in cells and not explained else "")
    sheet.line(BLANK if cells & {None, ""} else "")
    sheet.line(tables)


def _actions(sheet: Sheet, pack: MeetingPack) -> None:
    sheet.heading("Actions", first=True)
    carried, agreed = len(pack.carried), len(pack.agreed)
    rows = [_action(one, "Before") for one in pack.carried]
    rows += [_action(one, "In this meeting") for one in pack.agreed]
    sheet.line(
        f"{counted(carried, 'action')} brought along, {counted(agreed, 'action')} agreed in this meeting."
    )
    if rows:
        kept = [place for place in range(len(ACTION_COLUMNS)) if any(row[place] for row in rows)]
        shown = [tuple(row[place] for place in kept) for row in rows]
        _before_table(sheet, shown)
        sheet.table("actions", [ACTION_COLUMNS[place] for place in kept], shown)


def _action(one: ShownAction, agreed: str) -> tuple[Value, ...]:
    return (
        one.text,
        agreed,
        one.owner,
        one.due,
        one.status.label,
        "Overdue" if one.overdue else "No",
        one.whose,
        one.kpi,
        one.before,
        one.after,
        one.note,
        one.made_on,
    )


def tidy_sheet(sheet: Sheet, screens: Sequence[Screen]) -> None:
    """One row a number, headers in the first row and nothing else: for other programs."""
    sheet.table(
        "tidy",
        TIDY_COLUMNS,
        (
            (screen.key, one.key, one.label, one.met, one.base, one.value, one.shown, one.status)
            for screen in screens
            if not screen.withheld
            for one in screen.figures
        ),
    )


def _notes(sheet: Sheet, pack: MeetingPack, titles: Sequence[str], *, quotes: bool) -> None:
    sheet.heading("Notes", first=True)
    sheet.line(ONE_TABLE)
    rows = [("Who may see this", pack.audience_words)]
    rows += [("Example", pack.example)] if pack.example else []
    rows += [
        ("Moment", ". ".join(part for part in (pack.stood_words, pack.as_at) if part)),
        (HIDDEN, HIDDEN_WORDS.partition(": ")[2]),
        ("Blank cells", BLANK),
        ("n", "How many the figures of a sheet are out of."),
        (
            "95% limits",
            "Chance alone could have given any share within them; the fewer the cases, the wider they are.",
        ),
        (
            "Tidy",
            "One row for each number shown, for other programs: met and base are whole numbers, value is a share from 0 to 1, a mean, "
            "a median or a rate.",
        ),
    ]
    if quotes and any(screen.quote for screen in pack.screens):
        rows.append(("Quotes", "Whoever is quoted agreed that it may be used. Nobody is named."))
    times = Counter(words for screen in pack.screens for words in dict.fromkeys(screen.notes))
    for title, screen in zip(titles, pack.screens, strict=True):
        rows += [
            ("Several sheets" if times[words] > 1 else title, words)
            for words in (screen.about, *screen.notes)
            if words
        ]
    sheet.table("notes", ("About", "Note"), dict.fromkeys(rows))


def _contents(sheet: Sheet, pack: MeetingPack, listed: Sequence[Sheet]) -> None:
    sheet.heading("Contents", first=True)
    sheet.line(
        "This sheet holds one table, directly below: each other sheet, and what it says. The names lead to the sheets."
    )
    said = ["Definitions, sources, signs", *(one.takeaway.title for one in pack.screens)]
    said += ["What was agreed, by whom and by when", "Each number shown, one a row, for other programs"]
    titles = [one.title for one in listed]
    sheet.table("contents", ("Sheet", "What it says"), zip(titles, said, strict=True), links=titles)
