"""What falls due soon: a list on screen, and the same as a CSV file and as a calendar that diaries read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID, uuid5

import streamlit as st
from icalendar import Calendar, Event

from components.downloads import offer, saw_cases
from components.frame import show_table
from components.returns_calendar import as_at_words, lines_csv
from components.versions import period_label
from domain.deadlines import SOON, Deadline
from domain.formats import counted, day, unmarked
from domain.services import service
from domain.settings import Settings
from domain.table import Table

_OURS: Final = UUID("8b7f0c6e-3c1a-4d52-9a0e-5a6f6d0c2f14")
"""Under which the events are named, so that the same deadline has the same name in every file."""
_SHOWN: Final = 50
_DEADLINES: Final = "Deadlines of returns and cases"


def due_words(deadline: Deadline, settings: Settings) -> str:
    """What is due: 'Return of Apr-Jun 2018', or a case's deadline with its reference."""
    if deadline.period is not None:
        return f"Return of {period_label(deadline.period, settings, deadline.service, deadline.provider)}"
    return f"{deadline.what}: case {deadline.ref}"


def deadlines_table(found: Sequence[Deadline], settings: Settings) -> Table:
    """One row for each deadline, the next one first."""
    return Table(
        ("Due", "What", "Provider", "Service"),
        tuple(
            (
                day(one.on),
                due_words(one, settings),
                settings.provider_label(one.provider),
                service(one.service).label,
            )
            for one in found
        ),
    )


def deadlines_calendar(found: Sequence[Deadline], settings: Settings, as_at: date, now: datetime) -> bytes:
    """The deadlines as whole days of a calendar (RFC 5545). References only: never a name, never an address."""
    calendar = Calendar()
    calendar.add("prodid", "-//Commissioning dashboard//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Returns and deadlines")
    calendar.add("x-wr-caldesc", as_at_words(as_at, now))
    for one in found:
        event = Event()
        event.add("uid", f"{uuid5(_OURS, one.key)}@commissioning-dashboard")
        event.add("dtstamp", now)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", f"{due_words(one, settings)}, {settings.provider_label(one.provider)}")
        event.add("description", f"{service(one.service).label}. {as_at_words(as_at, now)}.")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def show_deadlines(
    found: Sequence[Deadline],
    settings: Settings,
    today: date,
    as_at: date,
    now: datetime,
    name: str,
    *,
    saved: bool = True,
) -> None:
    """The deadlines from a day on, with both files; a sentence when there are none.

    Parameters
    ----------
    as_at : the last day that the returns behind the cases reach. now : when this is looked at. name : of the files.
    saved : whether the cases are those of saved returns: neither invented, nor of a file that its sender only looks at.
    """
    until = f"{day(today)} to {day(today + timedelta(days=SOON))}"
    if not found:
        st.markdown(f"Nothing falls due from {until}.")
        return
    if saved:
        for service_key, provider in sorted(
            {(one.service, one.provider) for one in found[:_SHOWN] if one.ref}
        ):
            saw_cases(_DEADLINES, service_key, provider)
    st.markdown(f"{counted(len(found), 'deadline')} from {until}.")
    table = deadlines_table(found, settings)
    show_table(Table(table.headers, table.rows[:_SHOWN]), "Deadlines")
    if len(found) > _SHOWN:
        st.caption(f"The first {_SHOWN}. The files hold all of them.")
    cases = f"Cases as reported up to {day(as_at)}. " if any(one.ref for one in found) else ""
    st.caption(unmarked(f"{cases}Both files hold references and no names."))
    with st.container(horizontal=True):
        whose = {one.provider for one in found}
        kept = partial(
            offer,
            what=_DEADLINES,
            service=found[0].service,
            provider=next(iter(whose)) if len(whose) == 1 else "",
            cases=saved and any(one.ref for one in found),
        )
        kept(
            "Deadlines (CSV)",
            lambda: lines_csv(("Returns and deadlines", as_at_words(as_at, now)), table),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="deadlines_csv",
        )
        kept(
            "Deadlines (calendar file)",
            lambda: deadlines_calendar(found, settings, as_at, now),
            file_name=f"{name}.ics",
            mime="text/calendar",
            icon=":material/calendar_month:",
            key="deadlines_ics",
        )
