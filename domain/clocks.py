"""Deadlines: how a due date follows from the day on which something happened.

The day of the event is day 0, and "within N days" takes in day N. Working days are Monday to Friday
without the bank holidays of England and Wales. Nothing here knows what day it is today. The periods for
what was agreed in mediation stand in `domain.action_periods`, because each has its dates.
"""

import csv
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

ClockKind = Literal["calendar", "working", "calendar_months"]

SATURDAY = 5
DECEMBER, AUGUST = 12, 8
CHRISTMAS_DAY = 25


@cache
def bank_holidays() -> Mapping[date, str]:
    """List the known bank holidays of England and Wales, with their names.

    Returns
    -------
    mapping of date to str
        From 1 January of the first year to 31 December of the last; read once.
    """
    file = files("domain").joinpath("codelists/bank_holidays_england_wales.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({date.fromisoformat(row["date"]): row["name"] for row in rows})


def is_working_day(day: date) -> bool:
    """Whether the day is Monday to Friday and no bank holiday in England and Wales.

    Raises
    ------
    ValueError
        If the bank holidays of that year are not known, naming the year.

    Examples
    --------
    >>> is_working_day(date(2025, 4, 18))  # Good Friday
    False
    """
    known = bank_holidays()
    first, last = min(known).year, max(known).year
    if not first <= day.year <= last:
        raise ValueError(f"The bank holidays of {day.year} are not known, only those of {first} to {last}.")
    return day.weekday() < SATURDAY and day not in known


def add_days(day: date, days: int) -> date:
    """Go ``days`` calendar days on; the day itself is day 0.

    Examples
    --------
    >>> add_days(date(2025, 7, 1), 30)
    datetime.date(2025, 7, 31)
    """
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """Go to the corresponding date ``months`` later, or to that month's last day if there is none.

    Months below zero go back.

    Examples
    --------
    >>> add_months(date(2024, 12, 31), 2)
    datetime.date(2025, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_working_days(day: date, days: int) -> date:
    """Go ``days`` working days on; the day itself is day 0, whether or not it is a working day.

    Raises
    ------
    ValueError
        If ``days`` is below zero, or the bank holidays of a year on the way are not known.

    Examples
    --------
    Over Easter, and over Christmas:

    >>> add_working_days(date(2025, 4, 17), 3)
    datetime.date(2025, 4, 24)
    >>> add_working_days(date(2025, 12, 23), 3)
    datetime.date(2025, 12, 30)
    """
    if days < 0:
        raise ValueError(f"Working days are counted forward only, not {days}.")
    for _ in range(days):
        day = _next_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start``, up to and including ``end``.

    ``working_days_between(start, end) <= 3`` says the same as "within 3 working days".

    Returns
    -------
    int
        Below zero where ``end`` comes before ``start``.

    Raises
    ------
    ValueError
        If the bank holidays of a year on the way are not known.

    Examples
    --------
    >>> working_days_between(date(2025, 4, 17), date(2025, 4, 24))
    3
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=day)) for day in range(1, (end - start).days + 1))


def _next_working_day(day: date) -> date:
    """Find the first working day after ``day``."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def appeal_deadline(notice: date, certificate: date | None) -> date:
    """Find the last day on which the Tribunal can receive an appeal in time.

    The later of 2 months from the decision notice and 1 month from the certificate. If that day falls
    from 25 December to 1 January or in August, it becomes the first working day after 1 January or
    31 August; any other day that is no working day becomes the next working day. Which rule holds is
    decided by the day first reached: one that only rolls into August stays there.

    Parameters
    ----------
    notice : date
        Of the council's decision.
    certificate : date or None
        When the mediation certificate was issued; None where there is none, as in an appeal about the
        placement alone.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        If the bank holidays of that year are not known.

    Notes
    -----
    HESC Rules 2008 (SI 2008/2699), rules 20(1)(c), 12(2) and 12(3).

    Examples
    --------
    >>> appeal_deadline(date(2024, 10, 1), date(2024, 11, 29))
    datetime.date(2025, 1, 2)
    >>> appeal_deadline(date(2025, 5, 20), date(2025, 7, 5))
    datetime.date(2025, 9, 1)
    """
    last = add_months(notice, 2)
    if certificate is not None:
        last = max(last, add_months(certificate, 1))
    if last.month == AUGUST:
        return _next_working_day(date(last.year, AUGUST, 31))
    if last.month == DECEMBER and last.day >= CHRISTMAS_DAY:
        return _next_working_day(date(last.year + 1, 1, 1))
    # 1 January is a bank holiday, so the ordinary rule gives the first working day after it.
    return last if is_working_day(last) else _next_working_day(last)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit from one event to another.

    Attributes
    ----------
    key, label : str
    start, end : str
        What starts it and what must have happened by the due date, as field keys.
    days : int
        Its length, in the unit of ``kind``: calendar days, working days or calendar months.
    kind : {"calendar", "working", "calendar_months"}
    source : str
        Where the limit comes from.
    after_end : bool
        Whether what must have happened may still happen once the case has ended.
    """

    key: str
    label: str
    start: str
    end: str
    days: int
    kind: ClockKind
    source: str
    after_end: bool = False

    def due(self, start: date) -> date:
        """Find the last day in time, for an event on ``start``.

        Raises
        ------
        ValueError
            For working days, if the bank holidays of a year on the way are not known.

        Examples
        --------
        >>> CLOCKS["mediation_from_request"].due(date(2025, 7, 1))
        datetime.date(2025, 7, 31)
        """
        if self.kind == "working":
            return add_working_days(start, self.days)
        if self.kind == "calendar_months":
            return add_months(start, self.days)
        return add_days(start, self.days)


_HOUSING = "Housing mediation services specification, {}"
_SEND_REGS = "SEND Regulations 2014 (SI 2014/1530), {}"

_ALL = (
    Clock("initial_contact", "Initial contact within 2 weeks", "referral_date", "first_contact_date",
          14, "calendar", _HOUSING.format("7.1")),
    Clock("initial_visit", "Initial visit within 2 weeks", "referral_date", "initial_visit_date",
          14, "calendar", _HOUSING.format("10.5(1)")),
    Clock("multi_agency", "Three months after the case was opened", "case_opened_date", "multi_agency_3m",
          3, "calendar_months", _HOUSING.format("10.5(3)"), after_end=True),
    Clock("reopening", "Twelve months after the case was closed", "outcome_date", "reopened_date",
          12, "calendar_months", _HOUSING.format("10.5(4)"), after_end=True),
    Clock("adviser_contact", "Family contacts the mediation adviser within 2 months of the notice",
          "decision_notice_date", "adviser_contact_date", 2, "calendar_months",
          _SEND_REGS.format("regulation 33")),
    Clock("mediation_from_request", "Mediation within 30 days of the family's request",
          "family_request_date", "meeting_date", 30, "calendar",
          "SEND Regulations 2014 (SI 2014/1530); start as read by IPSEA"),
    Clock("mediation_from_council_informed", "Mediation within 30 days of the council being informed",
          "la_informed_date", "meeting_date", 30, "calendar",
          "SEND mediation factsheet 3; SEND Regulations 2014 (SI 2014/1530)"),
    Clock("certificate_after_mediation", "Certificate within 3 working days of the mediation's end",
          "mediation_end_date", "certificate_date", 3, "working", "SEND mediation factsheet 3", after_end=True),
    Clock("certificate_without_mediation", "Certificate within 3 working days of choosing not to mediate",
          "family_decision_date", "certificate_date", 3, "working", _SEND_REGS.format("regulation 34"), after_end=True),
    Clock("certificate_not_arranged",
          "Certificate within 3 working days of the council saying that it cannot arrange mediation in time",
          "la_cannot_arrange_date", "certificate_date", 3, "working",
          "SEND Regulations 2014 (SI 2014/1530), as read by IPSEA", after_end=True),
    Clock("appeal_after_mediation", "Two months after the mediation meeting", "meeting_date", "appeal_registered",
          2, "calendar_months", "DfE SEN2 measure; HESC Rules 2008, rule 20", after_end=True),
    Clock("prevention_duty", "Threatened with homelessness within 56 days",
          "referral_date", "hearing_date", 56, "calendar", "Housing Act 1996, section 195"),
)  # fmt: skip

CLOCKS: Mapping[str, Clock] = MappingProxyType({clock.key: clock for clock in _ALL})
