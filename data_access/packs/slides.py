"""A meeting pack as PowerPoint slides: one message a slide, with native charts and tables that can be edited and are read aloud."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from typing import Final

from data_access.packs.fixed import fixed_zip, moment_of
from data_access.packs.slides_deck import Deck
from data_access.packs.slides_ending import ending_of
from data_access.packs.slides_frame import start_file
from data_access.packs.slides_message import Later, write_screen, write_sheet_slides, write_table_later
from data_access.packs.slides_places import ACROSS, BOTTOM, LANGUAGE, TOP
from data_access.packs.slides_text import pages_of, plain
from domain.actions import ShownAction
from domain.formats import counted
from domain.look import Look
from domain.pack import MeetingPack
from domain.presented import presented
from domain.table import Table

BREATH: Final = "In one breath"
BEHIND: Final = "Figures and notes"
ENDING: Final = "How to read this"
_BREATH_SIZES: Final = (28.0, 24.0, 20.0, 18.0, 16.0)
_GAP = 0.22
_ENDING_SIZE, _ENDING_GAP = 14.0, 0.08


def write_slides(pack: MeetingPack, look: Look, *, quotes: bool = False) -> bytes:
    """Write a pack as a .pptx file; the same pack is the same bytes.

    Parameters
    ----------
    look : the council's name, colour and logo. quotes : whether quotes leave with it, which whoever was quoted must have agreed to.
    """
    deck = Deck(start_file(look), pack, look)
    _write_cover(deck)
    _write_breath(deck)
    later = Later()
    for screen in presented(pack.screens):
        write_screen(deck, screen, later, quotes=quotes)
    _write_actions(deck)
    _write_divider(deck, later)
    for title, screen in later.tables:
        write_table_later(deck, title, screen)
    _write_ending(deck, later.notes)
    _write_properties(deck)
    out = io.BytesIO()
    deck.frame.file.save(out)
    return fixed_zip(out.getvalue(), moment_of(pack.stood, pack.period.end))


def _write_cover(deck: Deck) -> None:
    pack = deck.pack
    held = f"Provider meeting on {pack.held_on:%-d %b %Y}" if pack.held_on else "Provider meeting"
    details = (held, pack.as_at, pack.footer.partition(" · ")[0], pack.audience_words)
    deck.cover(pack.title, deck.look.council or pack.council, [one for one in details if one])


def _write_breath(deck: Deck) -> None:
    said = [plain(sentence) for sentence in deck.pack.breath]
    if not said:
        return
    high = BOTTOM - TOP - 0.2
    size = next(
        (one for one in _BREATH_SIZES if len(pages_of(said, one, ACROSS - 0.2, high, _GAP)) == 1),
        _BREATH_SIZES[-1],
    )
    for number, page in enumerate(pages_of(said, size, ACROSS - 0.2, high, _GAP)):
        title = BREATH if not number else f"{BREATH} (continued)"
        deck.words(title, [("", said[place]) for place in page], size, _GAP * 72, " ".join(said))


def _write_actions(deck: Deck) -> None:
    """The actions that no screen of the pack shows."""
    shown = {screen.item for screen in deck.pack.screens}
    for item, title, actions in (
        ("actions", "Actions from last time", deck.pack.carried),
        ("new_actions", "Actions agreed", deck.pack.agreed),
    ):
        if actions and item not in shown:
            write_sheet_slides(deck, title, _action_table(actions), f"{title}: who does what by when")


def _action_table(actions: Sequence[ShownAction]) -> Table:
    every = [
        (
            one.text,
            one.owner,
            f"{one.due:%-d %b %Y}",
            f"{one.status.label}, overdue" if one.overdue else one.status.label,
            one.whose,
            ": ".join(part for part in (one.kpi, " → ".join(filter(None, (one.before, one.after)))) if part),
            one.note,
        )
        for one in actions
    ]
    headers = ("Action", "Who", "Due", "Status", "About", "KPI then and now", "Note")
    kept = [place for place in range(len(headers)) if place < 4 or any(row[place] for row in every)]
    return Table(
        tuple(headers[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in every)
    )


def _write_divider(deck: Deck, later: Later) -> None:
    """Where the meeting ends and what stands behind it begins; said on the cover too, which is written by then."""
    last = deck.count
    if last == 1:
        return
    tables = f"{counted(len(later.tables), 'table')}, then " if later.tables else ""
    words = f"The meeting ends with the slide before this one. Behind it: {tables}how to read the figures."
    deck.words(BEHIND, [("", words)], _BREATH_SIZES[2], 0)
    deck.say_on_cover(f"Slides 1 to {last} are the meeting; figures and notes follow")


def _write_ending(deck: Deck, untold: Sequence[tuple[str, str]]) -> None:
    paragraphs = [(plain(lead), plain(rest)) for lead, rest in ending_of(deck.pack, untold)]
    texts = [f"{lead} {rest}" for lead, rest in paragraphs]
    pages = pages_of(texts, _ENDING_SIZE, ACROSS - 0.3, BOTTOM - TOP - 0.25, _ENDING_GAP)
    for number, page in enumerate(pages):
        title = ENDING if not number else f"{ENDING} (continued{f' {number}' if number > 1 else ''})"
        deck.words(title, [paragraphs[place] for place in page], _ENDING_SIZE, _ENDING_GAP * 72)


def _write_properties(deck: Deck) -> None:
    pack = deck.pack
    made = moment_of(pack.stood, pack.period.end).astimezone(UTC).replace(tzinfo=None)
    said = deck.frame.file.core_properties
    said.title, said.language = plain(pack.title)[:255], LANGUAGE
    said.author = said.last_modified_by = plain(deck.look.council or pack.council)[:255]
    said.subject, said.keywords, said.comments = (
        plain(pack.audience_words)[:255],
        "",
        plain(pack.example)[:255],
    )
    said.created = said.modified = made
    said.revision = 1
