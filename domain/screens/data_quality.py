"""Data quality: what of the returns can be relied on, and which have not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from domain.access import Audience
from domain.agenda import agenda_item
from domain.base_words import as_at_words
from domain.completeness_kind import MATCHED
from domain.data_quality import ENOUGH
from domain.disclosure import Figure, Hidden, Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted, listed, number, percent_of, sentence_case, share_of
from domain.hidden_words import hidden_message, of_shown, partly
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.screens.marks import alt_of, screen_of, shown_share, with_notes, withheld_screen
from domain.table import Cell, Table
from domain.tally import AsAt

ITEM: Final = "data_quality"
FOR_US: Final = "How completely the columns are filled in is for the commissioning team alone."
NOT_ALL: Final = (
    "Only columns that a KPI rests on, in the cases in which an answer is wanted. 'Don't know' is an answer."
)
MOST_BARS: Final = 8
"""So many columns have room on a slide; the table has all of them."""
_NAMED: Final = 3


def data_quality_screens(
    completeness: Released | None, as_at: AsAt, audience: Audience
) -> tuple[Screen, ...]:
    """How completely each column is filled in, the least first, and which returns are outstanding.

    Parameters
    ----------
    completeness : by column; None where the audience sees nothing of it. as_at : how far the returns reach.
    """
    if completeness is None or completeness.withheld:
        why = completeness.withheld if completeness is not None else FOR_US
        closed = withheld_screen(ITEM, ITEM, "How completely columns are filled in", why)
        return (closed, outstanding_screen(as_at, audience))
    groups = _worst_first(completeness)
    screen = screen_of(ITEM, ITEM, takeaway := _takeaway(completeness), completeness, table=_table(groups))
    figures = tuple(
        shown_share(
            f"completeness:{one.keys[-1]}",
            f"Filled in: {one.label}",
            one if isinstance(one, Figure) else None,
            hidden=isinstance(one, Hidden),
        )
        for one in groups
    )
    filled = with_notes(
        replace(screen, chart=_chart(groups, takeaway), figures=figures),
        NOT_ALL,
        f"The chart has the {MOST_BARS} that are blank most often; the table has all."
        if len(groups) > MOST_BARS
        else "",
        "" if as_at.outstanding else _none_outstanding(as_at),
    )
    return (filled, outstanding_screen(as_at, audience)) if as_at.outstanding else (filled,)


def outstanding_screen(as_at: AsAt, audience: Audience) -> Screen:
    """Which returns have not come; other audiences are told how many, and not whose."""
    late = as_at.outstanding
    what, sure = _none_outstanding(as_at).removesuffix("."), ""
    rows: tuple[tuple[Cell, ...], ...] = (("None",),) if as_at.earliest else ()
    if late:
        what = f"{counted(len(late), 'return')} outstanding"
        sure = "What has not come is in no figure here"
        rows = ((f"{counted(len(late), 'return')}, not named here",),)
    if late and not audience.gated:
        what = f"{what}: {listed(late, _NAMED)}"
        rows = tuple((name,) for name in late)
    return Screen(
        "outstanding",
        ITEM,
        agenda_item(ITEM).label,
        Takeaway(what, sure),
        Table(("Outstanding return",), rows),
        base=sentence_case(as_at_words(replace(as_at, outstanding=()))),
        figures=(PackFigure("outstanding", "Returns outstanding", number(len(late)), len(late)),),
    )


def _none_outstanding(as_at: AsAt) -> str:
    return "No return is outstanding." if as_at.earliest else "No return is in yet."


def _worst_first(released: Released) -> list[Figure | Hidden]:
    """The columns that are wanted in a case, the least filled first, and after them those that are hidden."""
    wanted = [one for one in released.figures if one.base]
    wanted.sort(key=lambda one: (one.met / one.base, one.met - one.base))
    return [*wanted, *released.hidden]


def _takeaway(released: Released) -> Takeaway:
    wanted = [one for one in _worst_first(released) if isinstance(one, Figure)]
    if not wanted:
        return Takeaway(
            hidden_message(released) if partly(released) else "No case has been sent for what is chosen"
        )
    first, enough = wanted[0], f"{number(100 * ENOUGH)}%"
    full = sum(one.met >= ENOUGH * one.base for one in wanted)
    if first.met == first.base:
        what = f"{of_shown(released)}every one of {counted(len(wanted), 'column')} is filled in wherever it is wanted{_in_cases(released)}"
        return Takeaway(sentence_case(what))
    alike = [one.label for one in wanted if (one.met, one.base) == (first.met, first.base)]
    verb = "is" if len(alike) == 1 else "are each"
    what = (
        f"{of_shown(released)}{listed(alike, _NAMED)} {verb} blank in {number(first.base - first.met)} of "
        f"{counted(first.base, 'case')}{_referred(released)}"
    )
    if first.keys[-1] == MATCHED and len(alike) == 1:
        what = f"{of_shown(released)}{number(first.base - first.met)} of {counted(first.base, 'activity', 'activities')} name no known case"
    against = f"{number(full)} of {counted(len(wanted), 'column')} {'is' if full == 1 else 'are'} filled in for at least {enough}"
    return Takeaway(sentence_case(what) if of_shown(released) else what, "", against)


def _referred(released: Released) -> str:
    """Which cases are looked at: those referred in the months, whatever has become of them since."""
    return f" referred in {released.selection.months_in_words}" if released.selection.timed else ""


def _in_cases(released: Released) -> str:
    return f", in cases{_referred(released)}" if released.selection.timed else ""


def _table(groups: Sequence[Figure | Hidden]) -> Table:
    def row(one: Figure | Hidden) -> tuple[Cell, ...]:
        if isinstance(one, Hidden):
            return (one.label, *(HIDDEN,) * 5)
        enough = f"at least {number(100 * ENOUGH)}%" if one.met >= ENOUGH * one.base else "fewer"
        share = percent_of(one.met, one.base) if one.base else NOTHING
        return (one.label, one.base, one.met, one.base - one.met, share, enough)

    heads = ("Column", "Wanted in cases", "Filled in", "Blank", "Share", "Filled in for")
    return Table(heads, tuple(row(one) for one in groups))


def _chart(groups: Sequence[Figure | Hidden], takeaway: Takeaway) -> Chart | None:
    drawn = groups[:MOST_BARS]
    if not any(isinstance(one, Figure) for one in drawn):
        return None
    names = tuple(one.label for one in drawn)
    words = tuple(share_of(one.met, one.base) if isinstance(one, Figure) else HIDDEN for one in drawn)
    values = tuple(one.met / one.base if isinstance(one, Figure) else None for one in drawn)
    return Chart(
        Form.BARS,
        names,
        (Series("Filled in", values),),
        share=True,
        words=words,
        alt=alt_of(takeaway, "Share filled in, the least first", names, words),
        hidden=tuple(place for place, one in enumerate(drawn) if isinstance(one, Hidden)),
    )
