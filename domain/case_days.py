"""The days of a case that a measure looks at, and the deadline that it goes by: its start, last day, day done, and the days it took."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.case_story import days_taken, mediated_on
from domain.clocks import CLOCKS, Clock
from domain.columns import CHOSEN_DUE
from domain.columns_used import measure_columns
from domain.fields import CASE_FIELDS, Kind
from domain.measures import Measure

_AGREED_ACTION = ("agreement_date", "action_done")
"""The start and the end of the deadline of an agreed action, which is no clock of a case."""


def dates_of(counted: Measure) -> list[tuple[str, str]]:
    """The days of a case that a measure looks at, with their labels, in the order of the return."""
    named = dict.fromkeys(measure_columns(counted))
    if counted.by_deadline:
        named |= dict.fromkeys(key for key in _ends_of(counted) if key)
    labels = {field.key: field.label for field in CASE_FIELDS if field.kind is Kind.DATE}
    return [(key, labels[key]) for key in named if key in labels]


def _clocks(counted: Measure) -> tuple[Clock, ...]:
    """The clock of a deadline; both where the contract chooses one."""
    key = counted.when.removeprefix("due.")
    return tuple(CLOCKS[one] for one in CHOSEN_DUE.get(key, (key,)) if one in CLOCKS)


def _ends_of(counted: Measure) -> tuple[str, ...]:
    clocks = _clocks(counted)
    return (*(c.start for c in clocks), clocks[0].end) if clocks else _AGREED_ACTION


def deadline_of(
    counted: Measure, values: dict[str, Any]
) -> tuple[date | None, date | None, date | None, int | None]:
    """Start, last day in time and day done of the deadline of a row, and how many days it took."""
    if not counted.by_deadline:
        return None, None, None, None
    due = values.get(counted.when)
    *starts, end = _ends_of(counted)
    clocks = _clocks(counted)
    start = values.get(starts[0])
    for clock in clocks:
        # Of two possible starts it is the one from which this due date follows.
        if (day := values.get(clock.start)) and due is not None and clock.due(day) == due:
            start = day
            break
    # A meeting that is only planned is not done where the KPI asks for one that was held.
    done = mediated_on(values) if "mediation_started_date" in values else values.get(end)
    done = done if isinstance(done, date) else None
    start = start if isinstance(start, date) else None
    working = bool(clocks) and clocks[0].kind == "working"
    return start, due, done, days_taken(start, done, working=working)
