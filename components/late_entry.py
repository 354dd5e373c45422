"""Late entry on screen: a trend of counts with what is expected of the months that still fill, in chart, title, table and notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from components.charts.trend import trend
from components.event_marks import with_events
from components.panel import Panel
from components.panels import trend_panel
from domain.access import Audience
from domain.disclosure import Released
from domain.events import events_shown
from domain.formats import counted, listed, month, number, sentence_case
from domain.late_entry import HISTORY, MAX_DELAY, Expected, LateEntry, LearntFrom
from domain.late_words import late_message, with_expected
from domain.messages import trend_message
from domain.periods import parse_month, time_key
from domain.settings import Settings
from domain.shown import dated, periods_of

_SHORT_HISTORY = 7
"""With fewer months the latest delays have not been seen yet."""
_LEARNT = {
    LearntFrom.ENTRY_DATES: "from the days on which earlier cases were entered",
    LearntFrom.RETURNS: "from the return in which each earlier case stood first",
}


def still_filling(months: Released, late: LateEntry, unfinished: Collection[str] = ()) -> dict[str, Expected]:
    """The months that more cases are expected of, by their keys.

    Only of counts of all cases by month, for the commissioning team: of others a month may be hidden, and some answers have other delays.
    """
    if months.audience != Audience.US:
        return {}
    return _filling(months, late, unfinished)


def _filling(months: Released, late: LateEntry, unfinished: Collection[str]) -> dict[str, Expected]:
    if months.by != ("month",) or months.selection.where or months.not_given:
        return {}
    shown = {parse_month(f.keys[0]): f.met for f in dated(months) if f.keys[0] not in unfinished}
    return {time_key("month", one.month): one for one in late.expected(shown)}


def late_trend_panel(
    key: str,
    released: Released,
    settings: Settings,
    *,
    late: LateEntry,
    filling: Mapping[str, Expected] | None = None,
    unfinished: Collection[str] = (),
    mark: tuple[str, str] = ("", ""),
) -> Panel:
    """Counts over time, with what is expected of the months that still fill.

    Parameters
    ----------
    filling : those months, as `still_filling` gives them; of longer periods those that hold one are not compared. None where the counts
        are by month themselves.
    mark : the period at whose start a line is drawn, and its words.
    """
    filling = still_filling(released, late, unfinished) if filling is None else filling
    panel = trend_panel(key, released, settings, unfinished=unfinished, mark=mark)
    if filling:
        panel = _with_filling(panel, released, late, filling, unfinished, mark)
    elif released.audience != Audience.US:
        panel = _for_others(panel, released, _filling(released, late, unfinished), unfinished)
    elif late.why:
        why = f"What may still be entered late is not estimated: {late.why}."
        panel = replace(panel, notes=(*panel.notes, why))
    events = events_shown(settings, released.selection)
    return with_events(panel, events, released.by[0], list(periods_of(released)))


def _for_others(
    panel: Panel, released: Released, filling: Mapping[str, Expected], unfinished: Collection[str]
) -> Panel:
    """The panel for an audience that gets no estimate: a month that still fills is not compared, and no number is said."""
    title = trend_message(released, {*unfinished, *filling}, released.measure.label.lower())
    said = "Cases entered late may still be added to the newest periods"
    if filling:
        said += f", so these are not compared: {listed([month(one.month) for one in filling.values()])}"
    return replace(panel, title=title if filling else panel.title, notes=(*panel.notes, f"{said}."))


def _with_filling(
    panel: Panel,
    released: Released,
    late: LateEntry,
    filling: Mapping[str, Expected],
    unfinished: Collection[str],
    mark: tuple[str, str],
) -> Panel:
    by = released.by[0]
    not_whole = {time_key(by, one.month) for one in filling.values()}
    title = trend_message(released, {*unfinished, *not_whole}, released.measure.label.lower())
    if by != "month":
        named = listed([f.label for f in dated(released) if f.keys[0] in not_whole - set(unfinished)])
        notes = (f"Not compared, because late cases are still being entered: {named}.",) if named else ()
        return replace(panel, title=title, notes=(*panel.notes, *notes))
    said = late_message(filling)
    return replace(
        panel,
        title=f"{title}. {sentence_case(said)}",
        figure=trend(released, unfinished=unfinished, mark_key=mark[0], mark_words=mark[1], expected=filling),
        alt=f"{panel.alt} Still filling: {'; '.join(_in_words(one) for one in filling.values())}.",
        table=with_expected(panel.table, released, filling),
        notes=(*panel.notes, *_notes(late, filling)),
    )


def _in_words(one: Expected) -> str:
    if one.range is None:
        return f"{month(one.month)} {number(one.reported)}, too early to say"
    edges = f"{number(one.range.low)} to {number(one.range.high)}"
    return f"{month(one.month)} {number(one.reported)}, expected {number(one.range.expected)} ({edges})"


def _notes(late: LateEntry, filling: Mapping[str, Expected]) -> tuple[str, ...]:
    early = [month(one.month) for one in filling.values() if one.range is None]
    notes = []
    if any(one.range for one in filling.values()):
        notes.append(
            "Hatched above a bar: what is expected once late cases are entered, learnt "
            f"{_LEARNT[late.learnt_from]} ({counted(late.history, 'month')}, {HISTORY} at most). The thin line is "
            f"its range. A case that comes more than {counted(MAX_DELAY, 'month')} late is not allowed for."
        )
        notes.append(_how_sure(late))
        notes.append("The mean is dashed where a month still fills; it takes what is expected of that month.")
    if early:
        notes.append(
            f"Too early to say: {listed(early)}. No case is known yet, or probably less than half of them."
        )
    return tuple(notes)


def _how_sure(late: LateEntry) -> str:
    """What the range claims, and how often it held where that can be seen by now."""
    claimed = "The range is made to hold in 95 of 100 months."
    if late.history < _SHORT_HISTORY:
        claimed += (
            f" With {counted(late.history, 'month')} of history it cannot allow for cases later than any seen so far: in trials it held "
            "in 82 to 97 of 100, least often where there are many cases a month."
        )
    looked = late.look_back()
    if not looked.months:
        return f"{claimed} There is no earlier month yet on which to try it."
    return f"{claimed} Tried on {counted(looked.months, 'earlier month')} as known at the time, it held in {number(looked.held)}."
