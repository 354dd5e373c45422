"""The calendar of returns: who has sent what and when, as a grid, as a list with every date, and as words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import streamlit as st

from components.downloads import offer
from components.frame import show_table
from components.versions import SUPPLEMENT_COLUMN, held_words, moment, period_label, sender_label
from domain.fields import COUNCIL_FIELDS
from domain.formats import counted, csv_cell, day, listed, number, unmarked
from domain.periods import Period
from domain.returns import COUNCIL
from domain.returns_calendar import Calendar, Check, Place, Sent, day_in_england
from domain.settings import Settings
from domain.table import Table

SHAPES: Final = {
    Sent.IN_TIME: "✓",
    Sent.RECEIVED: "✓",
    Sent.LATE: "▲",
    Sent.OUTSTANDING: "○",
    Sent.DUE: "◇",
}
NONE: Final = "– None"
NOT_DATED: Final = "These returns were loaded at one moment, so nothing is said of when each of them came."


def place_words(place: Place) -> str:
    """One return in words and a shape: '▲ Late by 6 days, 26 Jul 2018, version 2; 1 answer to come later'."""
    said = [_sent(place)]
    version = place.version
    if version is not None:
        if place.other:
            whole = version.period.covers(place.period)
            said.append("in a longer return" if whole else "in several returns")
        elif version.version > 1:
            said.append(f"version {version.version}")
        if version.nil:
            said.append("nothing to report")
        if getattr(version, "totals_n", 0):
            said.append("totals, no cases")
    words = ", ".join(said)
    problems = open_words(place)
    return f"{words}; {problems}" if problems else words


def _sent(place: Place) -> str:
    shape, received = SHAPES[place.sent], place.received_on
    match place.sent:
        case Sent.IN_TIME:
            return f"{shape} In time, {day(received)}"
        case Sent.LATE:
            return f"{shape} Late by {counted(place.late_days, 'day')}, {day(received)}"
        case Sent.RECEIVED:
            return f"{shape} Received" + (f", {day(received)}" if received else "")
        case Sent.OUTSTANDING:
            return f"{shape} Outstanding, was due {day(place.due)}"
    return f"{shape} Due by {day(place.due)}"


def open_words(place: Place) -> str:
    """What is still open about a return: answers that come later, and a file that was checked and not saved."""
    said = []
    if place.awaited:
        said.append(f"{counted(place.awaited, 'answer')} to come later")
    if place.check is not None:
        said.append(_checked(place.check))
    return "; ".join(said)


def _checked(check: Check) -> str:
    wanted = []
    if check.must_fix:
        wanted.append(f"{counted(check.must_fix, 'thing')} to put right")
    if check.to_confirm:
        wanted.append(f"{number(check.to_confirm)} to confirm")
    found = listed(wanted) or "nothing to put right"
    return f"a file was checked on {day(day_in_england(check.at))}: {found}, not saved"


def received_table(calendar: Calendar, settings: Settings) -> Table:
    """Who has sent what: a row for each period, a column for each provider under contract, and one for the council's supplement."""
    here = {place.provider for place in calendar.places}
    providers = [p.key for p in settings.providers if p.key in here]
    asked = any(calendar.service in field.services for field in COUNCIL_FIELDS)
    cells = {(place.provider, place.period): place_words(place) for place in calendar.places}
    return Table(
        (
            "Period",
            *(settings.provider_label(key) for key in providers),
            *([SUPPLEMENT_COLUMN] if asked else []),
        ),
        tuple(
            (
                _name(period, calendar, settings),
                *(cells.get((key, period), "") for key in providers),
                *([cells.get((COUNCIL, period), NONE)] if asked else []),
            )
            for period in dict.fromkeys(place.period for place in calendar.places)
        ),
    )


def _name(period: Period, calendar: Calendar, settings: Settings) -> str:
    labels = {
        period_label(period, settings, calendar.service, place.provider)
        for place in calendar.own
        if place.period == period
    }
    return next(iter(sorted(labels, key=len, reverse=True)), period.label)


def details_table(calendar: Calendar, settings: Settings) -> Table:
    """One row for each return with every date."""
    return Table(
        (
            "Period",
            "Provider",
            "Due",
            "Received",
            "State",
            "Days late",
            "Version",
            "Holds",
            "Problems open",
        ),
        tuple(
            (
                period_label(place.period, settings, calendar.service, place.provider),
                sender_label(place.provider, settings),
                day(place.due) if place.due else "",
                day(place.received_on) if place.received_on else "",
                place.sent.value,
                place.late_days if place.judged and place.version else "",
                place.version.version if place.version else "",
                held_words(place.version) if place.version else "",  # type: ignore[arg-type]
                open_words(place),
            )
            for place in calendar.places
        ),
    )


def returns_message(calendar: Calendar) -> str:
    """The title of the page: how many returns are in and how many are outstanding; the council's supplements apart."""
    late = calendar.count(Sent.OUTSTANDING)
    came = counted(calendar.count(Sent.IN_TIME, Sent.LATE, Sent.RECEIVED), "return")
    said = f"{came} received, {number(late)} outstanding" if late else f"{came} received, none outstanding"
    extra = sum(place.provider == COUNCIL and place.version is not None for place in calendar.places)
    return f"{said}; {counted(extra, 'supplement')} of the council" if extra else said


def punctual_words(calendar: Calendar, settings: Settings) -> str:
    """How many returns came in time, of how many were due, altogether and by provider."""
    if not calendar.dated:
        return NOT_DATED
    met, base = calendar.punctual()
    if not base:
        return ""
    providers = [p for p in settings.providers if calendar.punctual(p.key)[1]]
    each = [f"{p.label} {_of(*calendar.punctual(p.key))}" for p in providers] if len(providers) > 1 else []
    return f"{_of(met, base)} {'return' if base == 1 else 'returns'} came in time" + (
        f": {listed(each, len(each))}." if each else "."
    )


def _of(met: int, base: int) -> str:
    return f"{number(met)} of {number(base)}"


def show_calendar(calendar: Calendar, settings: Settings, as_at: date, now: datetime) -> None:
    """The grid, how punctual the providers were, and every date as a list and as a file."""
    show_table(received_table(calendar, settings), "Returns received and outstanding")
    if words := punctual_words(calendar, settings):
        st.markdown(unmarked(words))
    if calendar.dated:
        st.caption(
            "A return is received on the day on which its first version was saved here: a later correction does not make it late. "
            "One that was due before its contract was entered here is not judged."
        )
    with st.expander("Every date, as a list", icon=":material/table:", key="returns_dates"):
        table = details_table(calendar, settings)
        show_table(table, "Every return with its dates")
        offer(
            "Download as CSV",
            lambda: lines_csv(_head(as_at, now), table),
            file_name=f"returns-{calendar.service}.csv",
            mime="text/csv",
            key="returns_csv",
            what="Returns received and outstanding",
            service=calendar.service,
        )


def _head(as_at: date, now: datetime) -> tuple[str, ...]:
    return ("Returns received and outstanding", as_at_words(as_at, now))


def as_at_words(as_at: date, now: datetime) -> str:
    """Up to which day a file speaks, and when it was made."""
    return f"As at {day(as_at)}; made on {moment(now)}"


def lines_csv(lines: Sequence[str], table: Table) -> bytes:
    """A table as a CSV file that Excel opens in UTF-8, with what it is above it; no cell is run as a formula."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    for line in lines:
        write.writerow([csv_cell(line)])
    write.writerow([])
    write.writerow([csv_cell(header) for header in table.headers])
    write.writerows([[csv_cell(cell) for cell in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig")
