"""The screens of a meeting: one below the other on the page, one at a time in large type while presenting, each said aloud."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from components.frame import section
from components.meeting_parts import parts_of
from components.present import show_position
from components.screen_frame import show_screen
from domain.example_words import EXAMPLES
from domain.figure_table import HIDDEN
from domain.formats import unmarked
from domain.pack import MeetingPack, Screen
from domain.presented import presented
from domain.tally import Source

_SMALL_PRINT: Final = 400
"""So many letters of notes stand on a presented screen: more would take the room of its chart."""
BREATH: Final = "In one breath"
Below = Callable[[Screen], None]

_ROOM: Final = """<style>
/* Read out by a screen reader, and not seen: what a change of the screen says. */
.st-key-said_aloud { position: absolute !important; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media print { .st-key-said_aloud { display: none !important; } }
</style>"""
_LARGE: Final = """<style>
@media screen and (min-width: 56rem) {
  [class*="st-key-panel_"] h2 { font-size: clamp(1.6rem, 4.7vh, 3.4rem) !important; line-height: 1.15 !important; }
  [data-testid="stMainBlockContainer"] [class*="st-key-panel_"] p { font-size: clamp(1.15rem, 3.1vh, 2.1rem) !important; }
  [data-testid="stMainBlockContainer"] [class*="st-key-panel_"] [data-testid="stCaptionContainer"] p {
    font-size: clamp(0.95rem, 2.2vh, 1.5rem) !important; }
  [class*="st-key-panel_"] :is(th, td), [class*="st-key-panel_"] :is(th, td) p {
    font-size: clamp(1.05rem, 2.6vh, 2rem) !important; }
  [data-testid="stMainBlockContainer"] .st-key-panel_breath [data-testid="stMarkdownContainer"] p {
    font-size: clamp(1.5rem, 5vh, 3.4rem) !important; margin: 1.6vh 0 !important; line-height: 1.25 !important; }
  [class*="st-key-panel_"] td [data-testid="stMarkdownContainer"] { max-width: 30vw; }
  .st-key-panel_nothing td [data-testid="stMarkdownContainer"] { max-width: 60vw; }
}
</style>"""
"""Larger than on other pages: a meeting is read from the back of a room, by people who have not seen the page before."""


def source_of(pack: MeetingPack) -> Source:
    """Where the figures of a pack came from, for the mark on its charts."""
    if not pack.example:
        return Source.SHARED
    return Source.IN_HAND if "not saved" in pack.example else Source.EXAMPLES


def show_pack(pack: MeetingPack, below: Below) -> None:
    """Show every screen, one below the other, each with its place on the agenda; `below` draws what may be done at one."""
    show_breath(pack)
    places = {
        item: place for place, item in enumerate(dict.fromkeys(one.item for one in pack.screens), start=1)
    }
    said: set[str] = set()
    for screen in pack.screens:
        with st.container(key=f"panel_{screen.key}"):
            st.caption(unmarked(f"{places[screen.item]} · {screen.heading}"))
            show_screen(screen, source_of(pack), again=screen.withheld in said)
            below(screen)
        said.add(screen.withheld)
    st.caption(unmarked(pack.footer))


def show_breath(pack: MeetingPack) -> None:
    """The meeting in three sentences."""
    if pack.breath:
        with st.container(border=True, key="panel_breath"):
            section(BREATH)
            for sentence in pack.breath:
                st.markdown(unmarked(sentence))


def present_pack(pack: MeetingPack, below: Below, *, keep: Collection[str] = ()) -> None:
    """Show one screen in large type, and say it aloud; `below` draws what may be done at one, at the last part of a long one.

    What has nothing to show, or nothing that its audience may see, stands in one screen together; `keep` names items of which each has its
    own all the same.
    """
    screens: list[Screen | None] = [
        part for one in presented(pack.screens, keep=keep) for part in parts_of(one)
    ]
    if pack.breath:
        screens.insert(0, None)
    st.html(_ROOM + _LARGE)
    if not screens:
        st.info("There is nothing to present: nothing of it may be shown to those in the room.")
        return
    place = show_position(len(screens))
    screen = screens[place]
    _say(f"{place + 1} of {len(screens)}. {aloud(pack, screen)}")
    if screen is None:
        with st.container(key="panel_breath"):
            section(BREATH)
            for sentence in pack.breath:
                st.markdown(unmarked(sentence))
            st.caption(unmarked(_small(pack)))
        return
    with st.container(key=f"panel_{screen.key}"):
        st.caption(unmarked(screen.heading))
        show_screen(screen, source_of(pack))
        st.caption(unmarked(" ".join(part for part in (_rests_on(screen), _small(pack)) if part)))
        following = screens[place + 1] if place + 1 < len(screens) else None
        if following is None or following.key != screen.key:
            below(screen)


def aloud(pack: MeetingPack, screen: Screen | None) -> str:
    """What a screen says, in sentences; None is the meeting in one breath."""
    if screen is None:
        return " ".join((f"{BREATH}.", *pack.breath))
    return f"{screen.heading}. {screen.takeaway.sentence}"


def _say(words: str) -> None:
    """Have a screen reader say what stands on the screen now.

    A box of Streamlit's is a place that screen readers listen to, and it stays where it is while its words change: a part of a page that
    comes with its words is mostly not read.
    """
    with st.container(key="said_aloud"):
        st.info(unmarked(words))


def _rests_on(screen: Screen) -> str:
    """What a figure rests on, in small type while presenting: what an example says of itself is said of all of them at once."""
    said = [f"{screen.base}."] if screen.base else []
    for note in screen.notes:
        if note.startswith(EXAMPLES[:-1]):
            continue
        if sum(map(len, said)) + len(note) > _SMALL_PRINT:
            return " ".join((*said, "More notes on it stand on the page and in the pack."))
        said.append(note)
    return " ".join(said)


def _small(pack: MeetingPack) -> str:
    """What stands on every presented screen in small type: that it is an example or not saved, and who may see it."""
    example = EXAMPLES if pack.example.startswith(EXAMPLES[:-1]) else pack.example
    return f"{example} {pack.audience_words}.".strip()


def words_of_actions(screens: Sequence[Screen]) -> dict[str, str]:
    """The KPIs that stand on screens by the key of their figure, for whoever agrees an action on one."""
    return {
        figure.key: f"{figure.label}: {'' if figure.shown == HIDDEN else f'{figure.shown}, '}{figure.status.lower()}"
        for screen in screens
        for figure in screen.figures
        if figure.status
    }
