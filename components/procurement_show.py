"""The screens of a needs assessment on the page, each with its table to take away, and the files of the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.downloads import offer
from components.frame import download, section
from components.meeting_forms import File
from components.panel import Basis, Panel
from components.procurement_state import Place, filled, typed
from components.screen_frame import show_screen
from domain.formats import number, unmarked
from domain.pack import Screen
from domain.procurement.needs import PARTS, NeedsPack
from domain.procurement.volumes import Volumes
from domain.tally import Source

_APART: Final = 0.1
"""Two expected numbers so far apart, as a share of ours, are said to differ."""


def source_of(example: str) -> Source:
    """Where the figures of a pack came from, for the mark on its charts."""
    if not example:
        return Source.SHARED
    return Source.IN_HAND if "not saved" in example else Source.EXAMPLES


def show_screens(screens: Sequence[Screen], pack: NeedsPack) -> None:
    """Screens one below the other, each with its table as a file; then what all of them rest on."""
    said: set[str] = set()
    for screen in screens:
        with st.container(key=f"panel_{screen.key}"):
            show_screen(
                screen,
                source_of(pack.example),
                ours=not pack.bidders,
                again=screen.withheld in said,
                beside=lambda one: download(panel_of(one, pack)),
            )
        said.add(screen.withheld)
    rests = (pack.stood_words, pack.as_at, pack.example, pack.audience_words)
    st.caption(unmarked(" · ".join(part.rstrip(".") for part in rests if part)))


def panel_of(screen: Screen, pack: NeedsPack) -> Panel:
    """A screen as what a file of its table is made of."""
    return Panel(
        key=f"before-a-procurement-{screen.key}",
        title=screen.takeaway.title or screen.heading,
        table=screen.table,
        basis=Basis(
            base=screen.base,
            about=screen.about,
            selection=f"Shown: {pack.service_label}, {pack.about}.",
            audience=f"{pack.audience_words}.",
            example=pack.example,
            service=pack.service,
            issued=pack.issue,
        ),
        notes=tuple(one for one in (screen.takeaway.sure, *screen.notes) if one),
    )


def say_apart(ours: Volumes | None, theirs: Volumes | None) -> None:
    """Say where bidders would read of another number of referrals than the team expects: whoever sends it must know before they do."""
    if ours is None or theirs is None:
        return
    apart = [abs(their - our) / max(our, 1.0) for our, their in zip(ours.middle, theirs.middle, strict=True)]
    year = max(range(ours.years), key=apart.__getitem__)
    if apart[year] <= _APART:
        return
    st.warning(
        unmarked(
            f"Bidders would read that {number(theirs.middle[year])} referrals are expected in {ours.label(year)}; your own number is "
            f"{number(ours.middle[year])}. Theirs rests only on what everybody may see, without what is still being entered. Leave out "
            "the chapters 'How many to expect' and 'What work they make', or enter three numbers of your own, before you send it."
        ),
        icon=":material/warning:",
    )


def choose_chapters(place: Place, pack: NeedsPack) -> tuple[str, ...]:
    """Which parts the files hold, by their keys."""
    held = {screen.item for screen in pack.screens}
    found = []
    st.markdown("**Chapters**")
    for part in PARTS:
        if part.key in held:
            key = filled(place, f"chapter_{part.key}", True)
            st.checkbox(part.label, key=key)
            if typed(key):
                found.append(part.key)
    return tuple(found)


def offer_files(make: Callable[[], Sequence[File]], pack: NeedsPack, kept: int) -> None:
    """The Word document and the workbook, each built when it is pressed, and kept in the audit then.

    Parameters
    ----------
    kept : the number of the scenario; 0 where it is not kept. A file is called after it and not after the name: who reads in the audit
        which files left may see no price, and a name may hold one.
    """
    of_ours = f"needs-assessment-{pack.service}{f'-scenario-{kept}' if kept else ''}"
    section("The files")
    if not pack.screens:
        st.markdown("Choose at least one chapter.")
        return
    with st.container(horizontal=True, key="on_screen_files"):
        for file in make():
            ending = file.name.rpartition(".")[2]
            offer(
                {"docx": "Document (Word)", "xlsx": "Workbook (Excel)"}.get(ending, file.name),
                file.make,
                file_name=file.name if pack.bidders else f"{of_ours}.{ending}",
                mime=file.mime,
                key=f"procurement_{pack.audience}_{ending}",
                what=f"Needs assessment, {ending}",
                service=pack.service,
                detail=" ".join(
                    part for part in (f"{pack.service_label}, {pack.about}.", pack.example) if part
                ),
                issued=pack.issue,
            )
    st.caption(unmarked(f"{pack.audience_words}. Each file says so on every page."))
