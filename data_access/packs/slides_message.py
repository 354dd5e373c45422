"""The slides of one screen: its message as the title, how sure it is, chart and table, what was said, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from data_access.packs.slides_deck import Deck, Message
from data_access.packs.slides_ending import HIDDEN_SIGN, hides_something
from data_access.packs.slides_places import ACROSS, BOTTOM, EDGE, TOP, Box
from data_access.packs.slides_tables import BESIDE, Sheet, lay_out, natural_width
from data_access.packs.slides_text import height_of, plain
from domain.figure_table import HIDDEN
from domain.pack import Screen
from domain.table import Table

_SURE_SIZE, _SIZE, _SMALLER = 18.0, 16.0, 14.0
"""Of the letters of how sure it is, of what it rests on, and of that where it takes too much of the slide."""
_INSETS: Final = 0.2
_GAP: Final = 0.12
_LEAST_CHART_HIGH, _LEAST_TABLE_HIGH = 3.9, 4.2
"""What a chart or a table should have: notes for which that leaves no room stand at the end."""
_LOWEST_HIGH: Final = 2.9
"""A chart or a table lower than this cannot be read: what was said then stands on a slide of its own."""
_LEAST_CHART_WIDE: Final = 6.6
_TABLE_SIZE: Final = 14.0
"""Of the letters of a table, when it is asked how much room it needs."""
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
    size: float = _SIZE
    untold: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Later:
    """What of the screens stands at the end: tables that did not fit beside their charts, and notes, with what begins each."""

    tables: list[tuple[str, Screen]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def write_screen(deck: Deck, screen: Screen, later: Later, *, quotes: bool) -> None:
    """Write a screen, and add what its slides have no room for to what stands at the end."""
    title, notes = screen.takeaway.title or screen.heading, _spoken(screen)
    said = _remarks(screen, quotes=quotes)
    slide = deck.message(title)
    room = _Room()
    _say_sure(slide, plain(screen.takeaway.sure), room)
    least, lowest = _least(screen)
    below = _base_of(screen)
    if room.high - below.high - 2 * _GAP < least:
        below = _base_of(screen, _SMALLER)
    main = room.high - below.high - 2 * _GAP
    apart = bool(said) and main - _remark_height(said) - _GAP < lowest
    kept = said if not apart else []
    main -= _remark_height(kept) + _GAP if kept else 0.0
    beside = _beside(screen.table, main) if screen.chart else None
    table_later = screen.chart is not None and bool(screen.table.rows) and beside is None
    _add_notes(below, screen, main - (max(least, beside.high) if beside else least), table_later=table_later)
    _say_below(slide, below, room, first=not least)
    if kept:
        _say_remark(slide, kept, room)
    if table_later:
        later.tables.append((title, screen))
    later.notes += [(screen.heading, note) for note in below.untold]
    sheet = _main(slide, screen, beside, room)
    slide.close(notes)
    if sheet is not None:
        _continue(deck, title, sheet, 1, _base_of(screen), notes)
    if apart:
        more = deck.message(f"{title} (comment)")
        _say_remark(more, said, _Room(), first=True)
        more.close(notes)


def write_table_later(deck: Deck, title: str, screen: Screen) -> None:
    """Write the table of a screen whose chart had no room beside it."""
    below = _base_of(screen)
    high = _Room().high - below.high - 2 * _GAP
    _continue(deck, f"{title} (figures)", lay_out(screen.table, ACROSS, high), 0, below, _spoken(screen))


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
    for number, page in enumerate(sheet.pages[start:], start=start):
        more = f" (continued{f' {number}' if number > 1 else ''})" if number else ""
        slide = deck.message(f"{title}{more}")
        room = _Room()
        _say_below(slide, below, room)
        slide.table(sheet, page, Box(EDGE, room.top, sheet.wide, room.high), f"Table: {title}{more}")
        slide.close(notes)


def _least(screen: Screen) -> tuple[float, float]:
    """How much of a slide its chart or its table should have before notes have any, and before what was said has."""
    if screen.chart is not None:
        return _LEAST_CHART_HIGH, _LOWEST_HIGH
    if not screen.table.rows:
        return 0.0, 0.0
    needed = lay_out(screen.table, ACROSS, 99, (_TABLE_SIZE,)).high
    return min(needed, _LEAST_TABLE_HIGH), min(needed, _LOWEST_HIGH)


def _main(slide: Message, screen: Screen, beside: Sheet | None, room: _Room) -> Sheet | None:
    """Write chart and table; gives the table where it is all there is and goes on."""
    table = screen.table
    if screen.chart is None:
        if not table.rows:
            return None
        sheet = lay_out(table, ACROSS, room.high)
        place = Box(EDGE, room.top, sheet.wide, room.high)
        slide.table(sheet, sheet.pages[0], place, f"Table: {screen.takeaway.title}")
        return sheet
    wide = ACROSS - (beside.wide + 0.3 if beside else 0.0)
    slide.chart(screen.chart, Box(EDGE, room.top, wide, room.high))
    if beside is not None:
        place = Box(EDGE + wide + 0.3, room.top, beside.wide, room.high)
        slide.table(beside, beside.pages[0], place, f"Table of the same figures: {screen.takeaway.title}")
    return None


def _beside(table: Table, high: float) -> Sheet | None:
    """The table as it stands beside its chart; None where there is none, or it is too wide or too long for that."""
    if not table.rows:
        return None
    room = ACROSS - _LEAST_CHART_WIDE - 0.3
    sheet = lay_out(table, min(natural_width(table, BESIDE[0]), room), high, BESIDE)
    return sheet if len(sheet.pages) == 1 and sheet.high <= high and not sheet.squeezed else None


def _base_of(screen: Screen, size: float = _SIZE) -> _Below:
    """What a figure rests on: its base, what was before, and what the signs beside its numbers mean."""
    found = _Below(size=size)
    signs = [note for note in screen.notes if _explains_a_sign(note)]
    explained = f"({HIDDEN})" in screen.base or any(note.startswith(f"{HIDDEN} ") for note in signs)
    if hides_something(screen) and not explained:
        signs.insert(0, _SIGN)
    for text in (screen.base, screen.before, *signs):
        if words := plain(text):
            found.paragraphs.append(("", words))
            found.high += height_of(words, size, ACROSS - _INSETS)
    return found


def _add_notes(below: _Below, screen: Screen, room: float, *, table_later: bool) -> None:
    """Add as many notes as there is room for, and say where the others are."""
    notes = [plain(note) for note in screen.notes if plain(note) and not _explains_a_sign(note)]
    tall = [height_of(note, below.size, ACROSS - _INSETS) for note in notes]
    line = height_of("More", below.size, ACROSS)
    kept = len(notes)
    while kept and sum(tall[:kept]) + (line if kept < len(notes) or table_later else 0.0) > room:
        kept -= 1
    below.untold = notes[kept:]
    below.paragraphs += [("", note) for note in notes[:kept]]
    below.high += sum(tall[:kept])
    what = [*(["The table"] if table_later else []), *(["more notes"] if below.untold else [])]
    if not what:
        return
    words = f"{' and '.join(what)} {'stands' if what == ['The table'] else 'stand'} at the end."
    words = words[:1].upper() + words[1:]
    # On the line before it where there is room, so that a chart loses none.
    last = below.paragraphs[-1][1] if below.paragraphs else ""
    wide = ACROSS - _INSETS
    if last and height_of(f"{last} {words}", below.size, wide) <= height_of(last, below.size, wide):
        below.paragraphs[-1] = ("", f"{last}{_stop(last)} {words}")
    else:
        below.paragraphs.append(("", words))
        below.high += line


def _explains_a_sign(note: str) -> bool:
    """Whether a note says what a sign beside a number means, as '*' or 'c': it stands on the slide, whatever room it takes."""
    words = plain(note)
    return bool(words) and (not words[0].isalnum() or words.startswith(f"{HIDDEN} "))


def _stop(text: str) -> str:
    return "" if text.endswith((".", "!", "?")) else "."


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
    slide.base(below.paragraphs, Box(EDGE, top, ACROSS, tall), below.size)
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
