"""What the files of a needs assessment say beside its screens, the same in document and workbook; and what stays out of a bidder's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from domain.audience import Audience
from domain.figure_table import HIDDEN
from domain.formats import number
from domain.hidden_words import IS_HIDDEN
from domain.pack import Screen
from domain.procurement.needs import PARTS, NeedsPack, Part
from domain.procurement.volumes import DRAWS

FOR_BIDDERS: Final = "For all bidders"
CHAPTERS: Final = ("Assumptions", "Sources", "Definitions")
"""Of a document and of a workbook, after the parts."""
HOW_MADE: Final = "How this was made"
IN_BRIEF: Final = "In brief"
NOT_SHOWN: Final = "Not shown"


def may_leave(pack: NeedsPack) -> NeedsPack:
    """What of a pack stands in its files: for others than the team no name or address, and no part of the council's.

    The pack was made without them; a file cannot be taken back, so it is not left to that alone.
    """
    if pack.audience == Audience.US.key and not pack.bidders:
        return pack
    theirs = {part.key for part in PARTS if part.bidders}
    screens = tuple(screen for screen in pack.screens if screen.item in theirs)
    return replace(pack, scenario="", number=0, link="", screens=screens)


def title_of(pack: NeedsPack) -> str:
    """The title of a file, which says so where it is the one for bidders."""
    return f"{pack.title} (version for bidders)" if pack.bidders else pack.title


def for_whom(pack: NeedsPack) -> str:
    """Who may see a file, in words."""
    return FOR_BIDDERS if pack.bidders else pack.audience_words


def foot_of(pack: NeedsPack) -> str:
    """What stands at the foot of every page: for whom, as the figures stood, how far the data reach."""
    return " · ".join(part for part in (for_whom(pack), pack.stood_words, pack.as_at) if part)


def mark_of(pack: NeedsPack) -> str:
    """What is written across the charts of example data: 'Example data'; blank on real ones."""
    return pack.example.split(",")[0].split(".")[0].split(":")[0]


def facts_of(pack: NeedsPack) -> Iterator[tuple[str, str]]:
    """What stands under the title: of what, for whom, of when."""
    named = (
        ("Council", pack.council),
        ("Service", pack.service_label),
        ("About", pack.about),
        ("Scenario", pack.scenario),
        ("Who may see this", for_whom(pack)),
        ("Figures", pack.stood_words),
        ("How far the data reach", pack.as_at),
    )
    for name, said in named:
        if said:
            yield name, said


def parts_of(pack: NeedsPack) -> Iterator[tuple[Part, tuple[Screen, ...]]]:
    """The parts that have something in them, in their order, each with its screens."""
    for part in PARTS:
        screens = tuple(screen for screen in pack.screens if screen.item == part.key)
        if screens:
            yield part, screens


def heading_of(screen: Screen, part: Part) -> str:
    """The heading of a screen in its chapter: its own, or what it says where its own is that of the chapter."""
    own = screen.heading
    return own if own and own != part.label else screen.takeaway.title or part.label


def lines_of(screen: Screen) -> Iterator[tuple[str, str]]:
    """What stands below a figure: what it rests on, what it is, what must be known; of a withheld one nothing."""
    if screen.withheld:
        return
    named = (("Based on", screen.base), ("What this is", screen.about), ("Before and now", screen.before))
    for name, said in (*named, *(("Note", note) for note in screen.notes), ("Comment", screen.comment)):
        if said:
            yield name, said


def across_of(screen: Screen) -> str:
    """What the categories of a chart are, in words: the header of the column that lists them; blank where no column does."""
    if screen.chart is None or not screen.table.rows:
        return ""
    listed = {
        one if isinstance(one, str) else f"{one:,}" for one, *_others in screen.table.rows if one is not None
    }
    return screen.table.headers[0] if set(screen.chart.categories) <= listed else ""


def rows_of(pack: NeedsPack, chapter: str) -> tuple[tuple[str, str], ...]:
    """The rows of one of the chapters after the parts, names and words."""
    return dict(zip(CHAPTERS, (pack.assumptions, pack.sources, pack.definitions), strict=True))[chapter]


def how_made(pack: NeedsPack) -> Iterator[str]:
    """What a reader must know to trust a figure, or to doubt it: a sentence or two each."""
    yield f"{pack.stood_words}. {pack.as_at}.".replace("..", ".") if pack.as_at else f"{pack.stood_words}."
    yield (
        "Every figure stands here as the dashboard showed it; none was worked out for this file. A figure that is changed in the file "
        "is no longer the dashboard's."
    )
    yield (
        f"Numbers of years to come are drawn {number(DRAWS)} times from all that the forecast and the assumptions allow. The 95% limits "
        "hold what 95 of 100 drawn years bring; one year in 20 may still lie outside. The same figures and the same assumptions give "
        "the same numbers again."
    )
    yield (
        "“Scenario, not validated” says that a forecast could not be tried on the past, because too few years are known or because "
        "no trial reached so far ahead. It is what follows if things go on as they did, and no more."
    )
    if pack.bidders:
        yield "This version holds what may be published. What bidders may not see is left out, with the reason in its place."
    if has_hidden(pack):
        yield f"{HIDDEN} stands for a number that is {IS_HIDDEN}. A larger number may be hidden so that the small one cannot be worked out."


def has_hidden(pack: NeedsPack) -> bool:
    """Whether the sign of a hidden number stands anywhere."""
    shown = [screen for screen in pack.screens if not screen.withheld]
    return any(cell == HIDDEN for screen in shown for row in screen.table.rows for cell in row) or any(
        screen.chart is not None and screen.chart.hidden for screen in shown
    )
