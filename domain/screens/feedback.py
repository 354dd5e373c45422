"""Case feedback: what was learned from cases, told in the room. It holds only what somebody writes beside it."""

from __future__ import annotations

from typing import Final

from domain.agenda import agenda_item
from domain.pack import Screen, Takeaway
from domain.table import Table

ITEM: Final = "feedback"
NO_NAMES: Final = "Without a name, an address or a reference of a case."


def feedback_screen(comment: str = "", quote: str = "", quote_by: str = "") -> Screen:
    """A screen that holds a comment and a quote, and no figure; it says so where nothing is written yet.

    A quote is written down only where whoever said it agreed that it may be used (`domain.meetings.Remark`).
    """
    what = (
        "What was learned from cases" if comment or quote else "What was learned from cases: told in the room"
    )
    return Screen(
        ITEM,
        ITEM,
        agenda_item(ITEM).label,
        Takeaway(what),
        Table((agenda_item(ITEM).label,), ()),
        notes=(NO_NAMES,),
        comment=comment,
        quote=quote,
        quote_by=quote_by,
    )
