"""How long a council has for what was agreed in mediation: the periods that the regulations give, each with its dates.

The periods stand in one table (`codelists/agreed_action_periods.csv`). When the law changes, the old line gets its last day and a new
line begins the day after; what was agreed before keeps the period of its day.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Final

from domain.returns import Record

DAYS_A_WEEK: Final = 7
IN_WRITING: Final = "Y"


@dataclass(frozen=True, slots=True)
class ActionPeriod:
    """The weeks that the law gives for one kind of agreed action.

    Parameters
    ----------
    action : a code of the list `agreed_action`.
    since, until : the first and the last day of agreements that it holds for; `until` is None while it is the law.
    """

    action: str
    weeks: int
    since: date
    until: date | None
    source: str
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether what is agreed on a day has this period."""
        return self.since <= day and (self.until is None or day <= self.until)

    def last_day(self, agreed_on: date) -> date:
        """The last day in time for what was agreed on a day, which is day 0."""
        return agreed_on + timedelta(days=DAYS_A_WEEK * self.weeks)


@cache
def action_periods() -> tuple[ActionPeriod, ...]:
    """Every period, in the order of the table; read once."""
    text = resources.files("domain").joinpath("codelists", "agreed_action_periods.csv").read_text("utf-8")
    return tuple(
        ActionPeriod(
            action=row["action"],
            weeks=int(row["weeks"]),
            since=date.fromisoformat(row["valid_from"]),
            until=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def period_of(
    action: object, agreed_on: object, table: Sequence[ActionPeriod] | None = None
) -> ActionPeriod | None:
    """The period that the law gave for a kind of action on the day it was agreed; None without a kind, a day or a law of that day.

    Parameters
    ----------
    table : the periods to choose from; those of the project unless others are given.
    """
    if not isinstance(agreed_on, date):
        return None
    among = action_periods() if table is None else table
    return next((p for p in among if p.action == action and p.holds_on(agreed_on)), None)


def action_due(agreement: Record) -> date | None:
    """The last day in time for an agreed action.

    Where the parties agreed another time in writing, the day they agreed; else the period that the law gives from the day of the
    agreement: a day given without writing neither shortens nor stretches it. Where the kind of action or the day of the agreement is
    not known, the day that is given.

    Returns
    -------
    date or None
        None where nobody can say: no day is given, or another time was agreed and its day is not recorded.
    """
    given = agreement.get("action_due")
    agreed_day = given if isinstance(given, date) else None
    if agreement.get("timescale_agreed_in_writing") == IN_WRITING:
        return agreed_day
    agreed_on = agreement.get("agreement_date")
    period = period_of(agreement.get("action_type"), agreed_on)
    return period.last_day(agreed_on) if period and isinstance(agreed_on, date) else agreed_day
