"""What a case still lacks and may yet get: which cells of the next return are waited for, and until when.

It follows from the clocks whose due dates are kept with each case, and from a few answers that come only when a case has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.clocks import CLOCKS, Clock, add_months, appeal_deadline
from domain.columns import CHOSEN_DUE
from domain.derived import CLOCKS_OF, OF_AGE, has_ended
from domain.field_kinds import Owner, Sheet
from domain.fields import case_field, fields_of
from domain.returns import Record
from domain.services import service as service_of

ASKED_MONTHS = 12
"""So long after its end a case is asked for what it lacks; after that it is a gap in the figures, and no more a task."""
REOPENING = "reopening"
"""The clock of what is possible, and not due: a closed case may be opened again so long."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """One cell that is waited for: the column's key, what for in words, and the last day in time where there is one."""

    field: str
    what: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class _WhenKnown:
    """A column that is asked for under a condition, with its last day where one follows from the case."""

    field: str
    what: str
    applies: Callable[[Record], bool]
    due: Callable[[Record], date | None] = lambda case: None


def _needs_certificate(case: Record) -> bool:
    """Disagreement resolution has no certificate, and an appeal about the named school alone needs none."""
    return case.get("service_type") != "DR" and case.get("reason") != ("SECI",)


def _agreed(case: Record) -> bool:
    return case.get("meeting_result") in ("FULL", "PART")


def _day(case: Record, key: str) -> date | None:
    day = case.get(key)
    return day if isinstance(day, date) else None


def _appeal_until(case: Record) -> date | None:
    """The last day for an appeal; nothing while the notice is not known, or in a year whose bank holidays are not."""
    notice = _day(case, "decision_notice_date")
    if notice is None:
        return None
    try:
        return appeal_deadline(notice, _day(case, "certificate_date"))
    except ValueError:
        return None


_ONCE_ENDED: dict[str, tuple[_WhenKnown, ...]] = {
    "send": (
        _WhenKnown(
            "certificate_date",
            "The certificate is missing",
            lambda case: case.get("outcome") in ("CHANGED_CERT", "MED_HELD") and _needs_certificate(case),
        ),
        _WhenKnown("agreement_due", "By when the agreement must be kept", _agreed),
        _WhenKnown(
            "la_decision_maker",
            "Whether the council's decision-maker was there",
            lambda case: case.get("outcome") == "MED_HELD",
        ),
        _WhenKnown(
            "agreement_done",
            "Whether the agreement was kept",
            _agreed,
            lambda case: _day(case, "agreement_due"),
        ),
        _WhenKnown("appeal_registered", "Whether the family appealed", lambda case: True, _appeal_until),
    ),
    "housing": (_WhenKnown("case_report_date", "Case report to the officer", lambda case: True),),
    "mentoring": (
        _WhenKnown(
            "tenancy_outcome",
            "Where the household lived afterwards",
            lambda case: case.get("outcome") in service_of("mentoring").good,
        ),
    ),
    "homelessness": (
        _WhenKnown(
            "duty_end_date",
            "The day the prevention duty ended",
            lambda case: bool(case.get("duty_owed_date")),
        ),
    ),
}
"""What only the end of a case brings, by service."""
_ALWAYS: dict[str, tuple[_WhenKnown, ...]] = {
    "send": (
        _WhenKnown("decision_notice_date", "The day of the council's decision notice", lambda case: True),
    ),
}
"""What is asked of every case, open or ended, by service."""
_PLANNED = ("meeting_date", "hearing_date")
"""Days that are planned, after which an open case has something to tell."""


def is_open(service: str, case: Record) -> bool:
    """Whether a case has not ended."""
    return has_ended(service, case.get("outcome")) == "N"


def awaited(
    service: str, case: Record, *, clock_start: str, asked_from: date, owner: Owner = Owner.PROVIDER
) -> tuple[Awaited, ...]:
    """What is waited for in one case, by last day; each column once, at its earliest day.

    Parameters
    ----------
    service : key. case : all that is known of it, the council's columns among them.
    clock_start : from which date its contract counts the 30 days for mediation. asked_from : the first day of the period that is
        asked about. owner : whose columns.

    Returns
    -------
    tuple of Awaited
        Of a case that ended more than `ASKED_MONTHS` before, nothing.
    """
    ended = _day(case, "outcome_date")
    if not is_open(service, case) and (ended is None or add_months(ended, ASKED_MONTHS) < asked_from):
        return ()
    found: dict[str, Awaited] = {}
    for one in (
        *_by_clocks(service, case, clock_start),
        *_when_known(service, case),
        *_planned(service, case),
        *_delayed(service, case, clock_start),
    ):
        if case_field(one.field).owner is owner:
            before = found.get(one.field)
            if before is None or _later(before.due, one.due):
                found[one.field] = one
    return tuple(sorted(found.values(), key=lambda one: (one.due or date.max, one.field)))


def _later(day: date | None, other: date | None) -> bool:
    return other is not None and (day is None or other < day)


def _by_clocks(service: str, case: Record, clock_start: str) -> Iterator[Awaited]:
    for clock in _clocks(service, clock_start):
        due = _due(case, clock)
        waits = due is not None and case.get(clock.end) is None
        if not waits or (clock.end == "certificate_date" and not _needs_certificate(case)):
            continue
        if clock.start == clock_start and case.get("service_type") == "DR":
            continue
        if clock.after_end or is_open(service, case):
            yield Awaited(clock.end, clock.label, due)


def _clocks(service: str, clock_start: str) -> Iterator[Clock]:
    """The clocks of a service whose end is waited for; of those that start in two ways, the one of the contract."""
    turned_down = {key for keys in CHOSEN_DUE.values() for key in keys if CLOCKS[key].start != clock_start}
    return (CLOCKS[key] for key in CLOCKS_OF.get(service, ()) if key not in turned_down | OF_AGE)


def _due(case: Record, clock: Clock) -> date | None:
    start = _day(case, clock.start)
    try:
        return clock.due(start) if start else None
    except ValueError:
        return None  # a year whose bank holidays nobody has announced yet has no due date yet either


def _when_known(service: str, case: Record) -> Iterator[Awaited]:
    asked = _ALWAYS.get(service, ())
    if not is_open(service, case):
        asked += _ONCE_ENDED.get(service, ())
    for one in asked:
        if case.get(one.field) is None and one.applies(case):
            yield Awaited(one.field, one.what, one.due(case))


def _planned(service: str, case: Record) -> Iterator[Awaited]:
    if is_open(service, case):
        for field in fields_of(Sheet.CASES, service):
            if field.key in _PLANNED and (day := _day(case, field.key)):
                yield Awaited("outcome", f"What came of it: {field.label.lower()}", day)


def _delayed(service: str, case: Record, clock_start: str) -> Iterator[Awaited]:
    """A meeting later than the 30 days wants a reason."""
    meeting = _day(case, "meeting_date")
    if meeting is None or case.get("delay_exception") is not None or case.get("service_type") == "DR":
        return
    for clock in _clocks(service, clock_start):
        due = _due(case, clock)
        if clock.start == clock_start and due is not None and meeting > due:
            yield Awaited("delay_exception", "Why the 30 days were not kept")


def may_reopen_until(service: str, case: Record) -> date | None:
    """The last day on which a closed case may be reported as opened again; nothing where it cannot be."""
    if REOPENING not in CLOCKS_OF.get(service, ()) or is_open(service, case):
        return None
    return None if case.get(CLOCKS[REOPENING].end) else _due(case, CLOCKS[REOPENING])
