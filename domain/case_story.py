"""One case and its deadlines: when each began, its last day in time, what was done and where it stands; no characteristic of anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from domain.action_periods import IN_WRITING, action_due
from domain.clocks import CLOCKS, Clock, appeal_deadline, working_days_between
from domain.columns import CHOSEN_DUE, column_label
from domain.derived import CLOCKS_OF, due_date
from domain.exceptions import Cause
from domain.settings import COUNCIL_INFORMED, Contract
from domain.vocabulary import code_list

_AGES: Final = ("reopening", "appeal_after_mediation", "multi_agency")
"""Clocks that only say when something is looked at: nothing has to be done by then."""
APPEAL_RULE: Final = (
    "The later of 2 months from the decision notice and 1 month from the certificate. A day in August, or from 25 December to "
    "1 January, becomes the first working day after; any other day that is no working day, the next one. Shown to help, not judged: "
    "check it with the Tribunal."
)
_MEDIATION: Final = tuple(key for keys in CHOSEN_DUE.values() for key in keys)


class State(StrEnum):
    """Where a deadline stands."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    OPEN_LATE = "open_late"
    NOT_BEGUN = "not_begun"
    NO_LONGER = "no_longer"
    LOOKED_AT = "looked_at"
    NO_DAY = "no_day"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _LABELS[self]


_LABELS = {
    State.IN_TIME: "Done in time",
    State.LATE: "Done late",
    State.OPEN: "Open, not due yet",
    State.OPEN_LATE: "Open, past its day",
    State.NOT_BEGUN: "Not begun: its start is blank",
    State.NO_LONGER: "No longer waited for",
    State.LOOKED_AT: "Only looked at then",
    State.NO_DAY: "No day can be said",
}


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One deadline of a case.

    Parameters
    ----------
    start_label, done_label : the columns that start and end it. days : from start to done, in working days where `working`.
    counts : whether the contract counts from this start; None where there is only one start.
    """

    label: str
    start_label: str
    start: date | None
    due: date | None
    done_label: str
    done: date | None
    days: int | None
    state: State
    source: str = ""
    working: bool = False
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseException:
    """An exception recorded for the case: for which KPI, and whether it takes the case out of the adjusted figure."""

    kpi: str
    reason: str
    cause: Cause | None
    agreed_by: str
    agreed_on: date | None
    ends_on: date | None
    counts: bool
    from_supplement: bool


@dataclass(frozen=True, slots=True)
class CaseStory:
    """One case: what it is, its deadlines, the days recorded, and its exceptions. `as_at` is the last day its provider has reported."""

    service: str
    provider: str
    ref: str
    area: str
    as_at: date | None
    outcome: str
    clocks: tuple[CaseClock, ...]
    days: tuple[tuple[str, date | None], ...]
    exceptions: tuple[CaseException, ...] = ()
    appeal_limit: date | None = None
    appeal_why: str = ""


def clocks_of_case(
    service: str, case: Mapping[str, Any], contract: Contract | None, as_at: date | None
) -> tuple[CaseClock, ...]:
    """Every deadline of a case by the clocks of its service; both starts of the 30 days, the one that its contract counts from marked."""
    keys = CLOCKS_OF.get(service, ())
    if case.get("service_type") == "DR":
        keys = ()  # disagreement resolution has no time limit and no certificate
    found = [_clock(CLOCKS[key], case, contract, as_at) for key in keys]
    if service == "housing" and contract is not None and contract.case_report_days is not None:
        found.append(_report(case, contract.case_report_days, as_at))
    return tuple(found)


def _clock(clock: Clock, case: Mapping[str, Any], contract: Contract | None, as_at: date | None) -> CaseClock:
    start, due, done = _day(case.get(clock.start)), due_date(dict(case), clock.key), _day(case.get(clock.end))
    if clock.key in _MEDIATION:
        done = mediated_on(case)
    working = clock.kind == "working"
    return CaseClock(
        clock.label,
        column_label(clock.start),
        start,
        due,
        column_label(clock.end),
        done,
        days_taken(start, done, working=working),
        _state(clock, case, start, due, done, as_at),
        clock.source,
        working,
        _counts(clock, contract),
    )


def mediated_on(case: Mapping[str, Any]) -> date | None:
    """The day that mediation began or was held, as the figures have it: one that is only planned has not been."""
    held = _day(case.get("meeting_date")) if case.get("outcome") == "MED_HELD" else None
    days = [day for day in (held, _day(case.get("mediation_started_date"))) if day is not None]
    return min(days, default=None)


def _counts(clock: Clock, contract: Contract | None) -> bool | None:
    for usual, other in CHOSEN_DUE.values():
        if clock.key in (usual, other):
            informed = contract is not None and contract.clock_start == COUNCIL_INFORMED
            return clock.key == (other if informed else usual)
    return None


def _state(
    clock: Clock,
    case: Mapping[str, Any],
    start: date | None,
    due: date | None,
    done: date | None,
    as_at: date | None,
) -> State:
    if start is None:
        return State.NOT_BEGUN
    if due is None:
        return State.NO_DAY
    if clock.key in _AGES:
        return State.LOOKED_AT
    ended = None if clock.after_end else _day(case.get("outcome_date"))
    return standing(due, done, as_at, ended=ended, gone=_day(case.get("vanished_on")))


def standing(
    due: date, done: date | None, as_at: date | None, *, ended: date | None = None, gone: date | None = None
) -> State:
    """Where a deadline stands on the last day that is known.

    Parameters
    ----------
    ended : when the case ended, for what is no longer waited for then. gone : from when the case was no longer reported.

    Examples
    --------
    >>> standing(date(2025, 7, 31), None, date(2025, 7, 31)), standing(date(2025, 7, 31), None, date(2025, 7, 30))
    (<State.OPEN_LATE: 'open_late'>, <State.OPEN: 'open'>)
    """
    if done is not None:
        return State.IN_TIME if done <= due else State.LATE
    if any(stop is not None and stop <= due for stop in (ended, gone)):
        return State.NO_LONGER
    # As in the figures: a deadline of the very day up to which is reported can be judged.
    return State.OPEN_LATE if as_at is not None and due <= as_at else State.OPEN


def _report(case: Mapping[str, Any], allowed: int, as_at: date | None) -> CaseClock:
    start, done = _day(case.get("outcome_date")), _day(case.get("case_report_date"))
    due = start + timedelta(days=allowed) if start else None
    return CaseClock(
        f"Case report within {allowed} days of closing",
        column_label("outcome_date"),
        start,
        due,
        column_label("case_report_date"),
        done,
        days_taken(start, done),
        State.NOT_BEGUN if due is None else standing(due, done, as_at),
        "The contract",
    )


def clocks_of_actions(actions: Sequence[Mapping[str, Any]], as_at: date | None) -> tuple[CaseClock, ...]:
    """The deadline of each action that was agreed in mediation; it is the council's own."""
    found = []
    for action in actions:
        due, done = action_due(dict(action)), _day(action.get("action_done"))
        start = _day(action.get("agreement_date"))
        kind = action.get("action_type")
        named = code_list("agreed_action").label(kind) if kind else "Agreed action"
        written = action.get("timescale_agreed_in_writing") == IN_WRITING
        found.append(
            CaseClock(
                f"{named} (the council's own)",
                column_label("agreement_date"),
                start,
                due,
                column_label("action_done"),
                done,
                days_taken(start, done),
                State.NO_DAY if due is None else standing(due, done, as_at),
                "Another time was agreed in writing" if written else "SEND Regulations 2014 (SI 2014/1530)",
            )
        )
    return tuple(found)


def days_taken(start: date | None, done: date | None, *, working: bool = False) -> int | None:
    """From a start to the day it was done; None without both days, or where the bank holidays of a year are not known."""
    if start is None or done is None:
        return None
    if not working:
        return (done - start).days
    try:
        return working_days_between(start, done)
    except ValueError:
        return None


def appeal_limit(case: Mapping[str, Any]) -> tuple[date | None, str]:
    """The last day for an appeal, to be shown and not judged, and how it was found or what is lacking."""
    notice, certificate = _day(case.get("decision_notice_date")), _day(case.get("certificate_date"))
    if notice is None:
        return None, "The day of the decision notice is blank. It comes in the council's supplement."
    try:
        last = appeal_deadline(notice, certificate)
    except ValueError as unknown:
        return None, str(unknown)
    without = "" if certificate else " No certificate is recorded, so it counts from the notice alone."
    return last, f"{APPEAL_RULE}{without}"


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None
