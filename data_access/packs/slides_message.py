"""The slides of one screen: its message as the title, how sure it is, chart and table, what was said, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from data_access.packs.slides_deck import Deck, Message
from data_access.packs.slides_ending import HIDDEN_SIGN, hides_something
from data_access.packs.slides_places import ACROSS, BOTTOM, EDGE, TOP, Box
from data_access.packs.slides_tables import BESIDE, Sheet, lay_out, natural_width
from data_access.packs.slides_text import height_of, plain
from domain.pack import Screen
from domain.table import Table

_SURE_SIZE, _SIZE = 18.0, 16.0
_INSETS: Final = 0.2
_GAP: Final = 0.12
_LEAST_CHART_HIGH, _LEAST_TABLE_HIGH = 3.2, 2.4
"""A chart or a table lower than this cannot be read: what was said then stands on a slide of its own, and notes on the last one."""
_LEAST_CHART_WIDE: Final = 6.6
_MORE: Final = "More notes stand on the last slide."
_SIGN: Final = f"{HIDDEN_SIGN}."


@dataclass(slots=True)
class _Room:
    """What of a slide is still free, from top to bottom, in inches."""

    top: float = TOP
    bottom: float = BOTTOM

    @property
    def high(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class _Below:
    """What stands below chart and table."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    high: float = 0.0
    untold: list[str] = field(default_factory=list)


def write_screen(deck: Deck, screen: Screen, *, quotes: bool) -> list[tuple[str, str]]:
    """Write a screen; gives the notes for which its slides had no room, each with what begins it on the last slide."""
    title, notes = screen.takeaway.title or screen.heading, _spoken(screen)
    said = _remarks(screen, quotes=quotes)
    slide = deck.message(title)
    room = _Room()
    _say_sure(slide, plain(screen.takeaway.sure), room)
    below = _base_of(screen)
    least = _LEAST_CHART_HIGH if screen.chart else _LEAST_TABLE_HIGH if screen.table.rows else 0.0
    free = room.high - below.high - 2 * _GAP - least
    apart = bool(said) and _remark_height(said) > free
    _add_notes(below, screen, free - (_remark_height(said) + _GAP if said and not apart else 0.0))
    _say_below(slide, below, room, first=not least)
    if said and not apart:
        _say_remark(slide, said, room)
    left = _main(slide, screen, room)
    slide.close(notes)
    if left is not None:
        _continue(deck, title, left[0], left[1], _base_of(screen), notes)
    if apart:
        more = deck.message(f"{title} (comment)")
        _say_remark(more, said, _Room(), first=True)
        more.close(notes)
    return [(screen.heading, note) for note in below.untold]


def write_sheet_slides(deck: Deck, title: str, table: Table, notes: str) -> None:
    """Write a table that is a message by itself, on as many slides as it takes."""
    slide = deck.message(title)
    room = _Room()
    sheet = lay_out(table, ACROSS, room.high)
    slide.table(sheet, sheet.pages[0], Box(EDGE, room.top, sheet.wide, room.high), notes)
    slide.close(notes)
    _continue(deck, title, sheet, 1, _Below(), notes)


def _continue(deck: Deck, title: str, sheet: Sheet, start: int, below: _Below, notes: str) -> None:
    """The pages of a table from one on, each on a slide with a title of its own."""
    for number, page in enumerate(sheet.pages[start:], start=1):
        if not page:
            continue
        slide = deck.message(f"{title} (continued{f' {number}' if number > 1 else ''})")
        room = _Room()
        _say_below(slide, below, room)
        slide.table(sheet, page, Box(EDGE, room.top, sheet.wide, room.high), f"Table, continued: {title}")
        slide.close(notes)


def _main(slide: Message, screen: Screen, room: _Room) -> tuple[Sheet, int] | None:
    """Write chart and table; gives the table and its first page that did not fit."""
    table = screen.table
    if screen.chart is None:
        if not table.rows:
            return None
        sheet = lay_out(table, ACROSS, room.high)
        slide.table(
            sheet,
            sheet.pages[0],
            Box(EDGE, room.top, sheet.wide, room.high),
            f"Table: {screen.takeaway.title}",
        )
        return sheet, 1
    whole = Box(EDGE, room.top, ACROSS, room.high)
    if not table.rows:
        slide.chart(screen.chart, whole)
        return None
    beside = _beside(table, room.high)
    if beside is None:
        slide.chart(screen.chart, whole)
        return lay_out(table, ACROSS, BOTTOM - TOP - _base_of(screen).high - 2 * _GAP), 0
    wide = ACROSS - beside.wide - 0.3
    slide.chart(screen.chart, Box(EDGE, room.top, wide, room.high))
    slide.table(
        beside,
        beside.pages[0],
        Box(EDGE + wide + 0.3, room.top, beside.wide, room.high),
        f"Table of the same figures: {screen.takeaway.title}",
    )
    return None


def _beside(table: Table, high: float) -> Sheet | None:
    """The table as it stands beside its chart; None where it is too wide or too long for that."""
    room = ACROSS - _LEAST_CHART_WIDE - 0.3
    sheet = lay_out(table, min(natural_width(table, BESIDE[0]), room), high, BESIDE)
    fits = len(sheet.pages) == 1 and sum(sheet.heights) <= high
    return sheet if fits and natural_width(table, sheet.size) <= room * 1.5 else None


def _base_of(screen: Screen) -> _Below:
    """What a figure rests on: its base, what was before, and that a number is hidden."""
    found = _Below()
    for text in (screen.base, screen.before, _SIGN if hides_something(screen) else ""):
        if words := plain(text):
            found.paragraphs.append(("", words))
            found.high += height_of(words, _SIZE, ACROSS - _INSETS)
    return found


def _add_notes(below: _Below, screen: Screen, room: float) -> None:
    """Add as many notes as there is room for, and where the others are."""
    notes = [plain(note) for note in screen.notes]
    tall = [height_of(note, _SIZE, ACROSS - _INSETS) for note in notes]
    line = height_of("More", _SIZE, ACROSS)
    kept = len(notes)
    while kept and sum(tall[:kept]) + (line if kept < len(notes) else 0.0) > room:
        kept -= 1
    below.untold = notes[kept:]
    below.paragraphs += [("", note) for note in notes[:kept]]
    below.high += sum(tall[:kept])
    if below.untold:
        below.paragraphs.append(("", _MORE))
        below.high += line


def _say_sure(slide: Message, text: str, room: _Room) -> None:
    if not text:
        return
    tall = height_of(text, _SURE_SIZE, ACROSS - _INSETS) + 0.1
    slide.sure(text, Box(EDGE, room.top, ACROSS, tall), _SURE_SIZE)
    room.top += tall + 0.05


def _say_below(slide: Message, below: _Below, room: _Room, *, first: bool = False) -> None:
    if not below.paragraphs:
        return
    tall = below.high + 0.12
    top = room.top if first else room.bottom - tall
    slide.base(below.paragraphs, Box(EDGE, top, ACROSS, tall), _SIZE)
    room.bottom -= tall + _GAP


def _remarks(screen: Screen, *, quotes: bool) -> list[tuple[str, str]]:
    found = [("Comment:", plain(screen.comment))] if screen.comment else []
    if quotes and screen.quote:
        whose = f" – {plain(screen.quote_by)}" if screen.quote_by else ""
        found.append(("", f"“{plain(screen.quote)}”{whose}"))
    return found


def _remark_height(said: list[tuple[str, str]]) -> float:
    return sum(height_of(f"{lead} {rest}", _SIZE, ACROSS - 0.3) for lead, rest in said) + 0.16


def _say_remark(slide: Message, said: list[tuple[str, str]], room: _Room, *, first: bool = False) -> None:
    tall = _remark_height(said)
    top = room.top if first else room.bottom - tall
    slide.remark(said, Box(EDGE, top, ACROSS, tall), _SIZE)
    room.bottom -= tall + _GAP


def _spoken(screen: Screen) -> str:
    """What the speaker sees: the message as it is read aloud, what it rests on, what it means."""
    parts = (
        screen.takeaway.sentence if screen.takeaway.title else "",
        screen.takeaway.sure,
        screen.base,
        screen.before,
        screen.about,
        *screen.notes,
    )
    return "\n".join(dict.fromkeys(plain(part) for part in parts if part))
