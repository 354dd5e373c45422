"""Actions: those brought along, with the KPI they were to help then and now, and those agreed in this meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from domain.actions import Action, ActionStatus, ShownAction
from domain.agenda import agenda_item
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted, day, listed, number
from domain.kpi_words import kpi_name, one_each, value_words
from domain.kpis import Kpi, KpiStatus, kpis_of
from domain.pack import PackFigure, Screen, Takeaway
from domain.returns_calendar import CLOCK
from domain.settings import Settings
from domain.status import Status
from domain.table import Cell, Table

CARRIED: Final = "actions"
NEW: Final = "new_actions"
SIDE_BY_SIDE: Final = "The KPI then and now stand side by side: that an action moved it is not shown by that."
_ALONE: Final = (Status.NO_RETURN, Status.NOT_DUE, Status.NOT_GIVEN)
"""Without a figure: the word alone is said."""


def shown_actions(
    actions: Iterable[Action],
    statuses_then: Sequence[KpiStatus],
    statuses_now: Sequence[KpiStatus],
    today: date,
    settings: Settings | None = None,
) -> tuple[ShownAction, ...]:
    """Actions as a meeting is shown them: the overdue first, then by due date, those that are closed last.

    Parameters
    ----------
    statuses_then : of the KPIs and the periods that the actions were born on. statuses_now : of the same KPIs in the latest period.
    settings : the names of providers and areas; without them the statuses give them.
    """
    found = [
        _shown(one, _status(one, statuses_then, then=True), _status(one, statuses_now), today, settings)
        for one in actions
    ]
    return tuple(sorted(found, key=lambda one: (one.status.closed, not one.overdue, one.due, one.id)))


def _status(action: Action, statuses: Sequence[KpiStatus], *, then: bool = False) -> KpiStatus | None:
    """The status of the KPI of an action, of whoever the action is about; of one with several figures the one that needs a look first."""
    if not action.kpi:
        return None
    same = [
        one
        for one in statuses
        if (one.kpi.id, one.kpi.service, one.provider, one.area)
        == (action.kpi, action.service, action.provider, action.area)
        and (not then or one.period.key == action.kpi_period)
    ]
    return next(iter(one_each(same)), None) if len({one.period for one in same}) < 2 else None


def _shown(
    action: Action,
    then: KpiStatus | None,
    now: KpiStatus | None,
    today: date,
    settings: Settings | None,
) -> ShownAction:
    last = action.notes[-1].note if action.notes else ""
    return ShownAction(
        action.id,
        action.text,
        action.owner,
        action.due_now,
        action.status,
        overdue=action.overdue(today),
        whose=_whose(action, then or now, settings),
        kpi=_kpi_name(action, then or now),
        before=status_said(then) if then else "",
        after=status_said(now) if now else "",
        note=last,
        made_on=action.made_at.astimezone(CLOCK).date() if action.made_at else None,
    )


def _whose(action: Action, status: KpiStatus | None, settings: Settings | None) -> str:
    if settings is not None:
        named = (
            settings.provider_label(action.provider) if action.provider else "",
            settings.area_label(action.area) if action.area else "",
        )
    else:
        named = (
            (status.provider_label if status else action.provider) if action.provider else "",
            (status.area_label if status else action.area) if action.area else "",
        )
    return ", ".join(part for part in named if part)


def _kpi_name(action: Action, status: KpiStatus | None) -> str:
    """The name of the KPI; its key where there is none of that key any more."""
    if not action.kpi or status is not None:
        return kpi_name(status) if status else ""
    known: dict[str, Kpi] = {one.id: one for one in kpis_of(action.service)}
    return known[action.kpi].name if action.kpi in known else action.kpi


def status_said(status: KpiStatus) -> str:
    """A KPI in a few words: '82% (41 of 50), amber', 'not due yet', and 'c' where it is hidden."""
    if status.status is Status.HIDDEN:
        return HIDDEN
    word, value = status.status.label.lower(), value_words(status).replace("\u00a0", " ")
    return word if value == NOTHING or status.status in _ALONE else f"{value}, {word}"


def actions_screen(carried: Sequence[ShownAction]) -> Screen:
    """What was agreed before: how much of it is overdue, and each action."""
    still = [one for one in carried if not one.status.closed]
    late = [one for one in still if one.overdue]
    with_kpi = any(one.kpi for one in carried)
    heads: tuple[str, ...] = ("Action", "Whose", "Who", "Due", "Status", "Note")
    if with_kpi:
        heads = (*heads[:-1], "KPI", "When agreed", "Now", "Note")

    def row(one: ShownAction) -> tuple[Cell, ...]:
        cells: tuple[Cell, ...] = (one.text, one.whose, one.owner, day(one.due), status_words(one))
        kpi = (one.kpi, one.before, one.after) if with_kpi else ()
        return (*cells, *kpi, one.note)

    figures = (
        PackFigure("actions:open", "Actions that are not closed", number(len(still)), len(still)),
        PackFigure("actions:overdue", "Actions that are overdue", number(len(late)), len(late)),
        PackFigure(
            "actions:closed", "Actions closed", number(len(carried) - len(still)), len(carried) - len(still)
        ),
    )
    return Screen(
        CARRIED,
        CARRIED,
        agenda_item(CARRIED).label,
        _carried_takeaway(carried, still, late),
        Table(heads, tuple(row(one) for one in carried)),
        notes=(SIDE_BY_SIDE,) if any(one.before or one.after for one in carried) else (),
        figures=figures if carried else (),
    )


def _carried_takeaway(
    carried: Sequence[ShownAction], still: Sequence[ShownAction], late: Sequence[ShownAction]
) -> Takeaway:
    """'1 of 2 actions is overdue', and what was closed since."""
    if not carried:
        return Takeaway("No action is brought along")
    done = [one for one in carried if one.status is ActionStatus.DONE]
    dropped = [one for one in carried if one.status is ActionStatus.DROPPED]
    closed = listed(
        [f"{number(len(some))} {word}" for some, word in ((done, "done"), (dropped, "dropped")) if some]
    )
    which = "open action" if closed else "action"
    if not still:
        return Takeaway(f"Every action is closed: {closed}")
    if len(still) == 1:
        what = f"1 {which}, {'overdue' if late else 'not overdue'}"
    elif late:
        what = (
            f"{number(len(late))} of {counted(len(still), which)} {'is' if len(late) == 1 else 'are'} overdue"
        )
    else:
        what = f"None of {counted(len(still), which)} is overdue"
    return Takeaway(what, "", f"{closed} since last time" if closed else "")


def status_words(action: ShownAction) -> str:
    """Where it stands: 'In progress, overdue'."""
    return f"{action.status.label}, overdue" if action.overdue else action.status.label


def new_actions_screen(agreed: Sequence[ShownAction]) -> Screen:
    """What this meeting agreed: who does what by when."""
    what = f"{counted(len(agreed), 'action')} agreed" if agreed else "No action agreed yet"
    heads = ("Action", "Whose", "Who", "Due", "KPI", "When agreed")
    return Screen(
        NEW,
        NEW,
        agenda_item(NEW).label,
        Takeaway(what),
        Table(
            heads,
            tuple((one.text, one.whose, one.owner, day(one.due), one.kpi, one.before) for one in agreed),
        ),
        figures=(PackFigure("actions:agreed", "Actions agreed", number(len(agreed)), len(agreed)),)
        if agreed
        else (),
    )
