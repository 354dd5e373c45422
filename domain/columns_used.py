"""Which columns of a return a figure rests on, told by its formula itself and never written down by hand.

A condition is run on a namespace that only records what it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from domain.clocks import CLOCKS
from domain.columns import AS_AT, CHOSEN_DUE, CONTRACT_TERMS, DAY, Condition
from domain.fields import CASE_FIELDS, KEY_OF, Kind, Sheet
from domain.measures import (
    SHEET_OF,
    Average,
    Measure,
    OpenCases,
    Posts,
    Rate,
    Share,
    Split,
    Spread,
    Stock,
    Table,
    measures_of,
)
from domain.services import SERVICES

_SOURCES: Mapping[str, tuple[str, ...]] = {
    "referral_month": ("referral_date",),
    "outcome_month": ("outcome_date",),
    "activity_month": ("activity_date",),
    "action_due_month": ("action_due",),
    "received_month": ("received_date", "date_received"),
    "ended": ("outcome",),
    "days_of_support": ("assessment_date", "outcome_date"),
    "days_to_outcome": ("referral_date", "outcome_date"),
    "days_to_meeting": ("referral_date", "meeting_date"),
    "entry_delay_days": ("referral_date", "entered_date"),
    "entered_month": ("entered_date",),
    "escalated_month": ("escalated_on",),
    "vulnerabilities_n": ("vulnerabilities",),
    "vanished_on": (),
    "days_to_case_report": ("outcome_date", "case_report_date"),
    "due_action": ("action_type", "agreement_date", "action_due", "timescale_agreed_in_writing"),
    AS_AT: (),
    DAY: (),
    **dict.fromkeys(CONTRACT_TERMS, ()),
}
"""The columns of a return behind each column that is computed when a row is written."""
LENGTHS = frozenset(
    key for key, sources in _SOURCES.items() if len(sources) > 1 and not key.endswith("_month")
)
"""Computed columns that say how long something took."""
_DUE = "due_"


class _Used:
    """A column, or a condition made of some; all it does is to let itself be compared."""

    __hash__ = None  # type: ignore[assignment]

    def _same(self, *_: object) -> _Used:
        return self

    __eq__ = __ne__ = __lt__ = __le__ = __and__ = __or__ = __invert__ = _same  # type: ignore[assignment]
    in_ = is_ = is_not = _same


class _Due:
    def __init__(self, note: Callable[[str], _Used]) -> None:
        self._note = note

    def __getattr__(self, clock: str) -> _Used:
        return self._note(f"{_DUE}{clock}")


class _Recorder:
    """The namespace that remembers which columns a condition asked for."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self.due = _Due(self._note)

    def _note(self, key: str) -> _Used:
        self._asked.append(key)
        return _Used()

    def __getattr__(self, key: str) -> _Used:
        return self._note(key)

    def has(self, field: str, code: str) -> _Used:
        """A field with several answers holds this one."""
        return self._note(field)

    def excepted(self, kpi: str) -> _Used:
        """An agreed exception rests on no column that a provider sends."""
        return _Used()

    def asked(self) -> list[str]:
        """The columns in the order asked for."""
        return self._asked


def columns_of(*conditions: Condition | None) -> tuple[str, ...]:
    """The columns of a return that conditions rest on, in the order they are asked for.

    >>> columns_of(lambda c: (c.outcome == "GNA") & (c.first_contact_date <= c.due.initial_contact))
    ('outcome', 'first_contact_date', 'referral_date')
    """
    recorder = _Recorder()
    for condition in conditions:
        if condition is not None:
            condition(recorder)
    return _as_sent(recorder.asked())


def _as_sent(keys: Iterable[str]) -> tuple[str, ...]:
    """Columns of a return in place of those computed from them."""
    found: list[str] = []
    for key in keys:
        if key in _SOURCES:
            found += _SOURCES[key]
        elif key.startswith(_DUE):
            clocks = CHOSEN_DUE.get(key.removeprefix(_DUE), (key.removeprefix(_DUE),))
            found += [CLOCKS[clock.removesuffix("_month")].start for clock in clocks]
        else:
            found.append(key)
    return tuple(dict.fromkeys(found))


@cache
def measure_columns(measure: Measure) -> tuple[str, ...]:
    """Every column of a return that a measure rests on: in its formula, by the date it goes by, and the key of its rows.

    A length that it shows is named too, beside the two dates it is computed from: what is said of the length is not said of the dates.
    """
    asked: list[Any] = [measure.among]
    more: list[str] = []
    match measure:
        case Share(met=met, base=base, asks=asks):
            asked += [met, base]
            more.append(asks)
        case Split(field=field):
            more.append(field)
        case Spread(value=value, asks=asks):
            more += [value, asks]
        case Average(spread=spread):
            more += measure_columns(spread)
        case Stock(counted=counted):
            asked.append(lambda c: counted(c, None))
        case Rate(over=over, of=of):
            more += (*measure_columns(over), *measure_columns(of))
        case OpenCases():
            more += ["referral_date", "entered_date", "outcome_date"]
        case Posts(counted=counted, unclear=unclear):
            asked += [counted, unclear]
            more.append("fte")
        case _:
            pass
    when = deadline_starts(measure) or (() if measure.table is Table.STAFF else (measure.when,))
    rows = KEY_OF[SHEET_OF[measure.table]]
    lengths = [key for key in more if key in LENGTHS]
    return tuple(
        dict.fromkeys((*columns_of(*asked), *_as_sent(key for key in more if key), *when, *rows, *lengths))
    )


def deadline_starts(measure: Measure) -> tuple[str, ...]:
    """The columns from which the deadline of a measure may count; several where the contract chooses, none without a deadline."""
    return _as_sent((measure.when.replace("due.", _DUE),)) if measure.by_deadline else ()


@cache
def share_fields(service: str) -> tuple[str, ...]:
    """The coded columns of a case whose answers a service's figures show side by side, in the order of the measures."""
    coded = {f.key for f in CASE_FIELDS if f.sheet is Sheet.CASES and f.kind in (Kind.CODE, Kind.CODES)}
    return tuple(
        dict.fromkeys(
            m.field
            for m in measures_of(service)
            if isinstance(m, Split) and m.table is Table.CASES and m.field in coded and not m.in_totals_only
        )
    )


ALL_SHARE_FIELDS = tuple(dict.fromkeys(key for service in SERVICES for key in share_fields(service.key)))
"""The same for every service."""
