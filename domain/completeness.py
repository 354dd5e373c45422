"""Which columns of the cases the KPIs of a service rest on, and of which cases each is wanted. Uploads and figures ask for the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.columns import Condition
from domain.columns_used import LENGTHS, columns_of
from domain.completeness_kind import MATCHED, every_case
from domain.fields import Kind, Sheet, fields_of
from domain.kpis import kpis_of
from domain.measures import Average, Measure, Share, Table, measure

_ANSWERS = (Kind.CODE, Kind.CODES, Kind.YES_NO, Kind.WHOLE)


@dataclass(frozen=True, slots=True)
class WantedColumn:
    """A column, and the condition on the cases in which it is wanted."""

    key: str
    wanted: Condition


@cache
def asked_by_kpis(name: str) -> tuple[tuple[Measure, tuple[str, ...]], ...]:
    """The measures of a service's KPIs that count cases, each with the answers it needs of every case it looks at.

    A date is not among them: blank, it says that nothing has happened yet. Nor is the outcome, which a case gets when it ends, nor
    an answer of which the formula says what a blank means. Blank dates of referral are asked about by a rule of their own.
    """
    fields = {f.key: f for f in fields_of(Sheet.CASES, name)}
    found = []
    for one in _measures(name):
        if not isinstance(one, Share):
            continue
        used = dict.fromkeys((one.asks, *columns_of(one.met)))
        asked = tuple(
            key
            for key in used
            if key in fields and fields[key].kind in _ANSWERS and key != "outcome" and not fields[key].wanted
        )
        if asked:
            found.append((one, asked))
    return tuple(found)


def old_enough(asked: Measure) -> Condition:
    """The condition on a case that an answer is wanted of: the measure looks at it, and it has ended or its deadline has passed."""
    among = asked.among or every_case
    if asked.by_deadline:
        return among
    return lambda c: among(c) & (c.ended == "Y")


@cache
def wanted_columns(name: str) -> tuple[WantedColumn, ...]:
    """Every column of the cases that a KPI of a service rests on and that can be wanted of a case, in the order of the return.

    Beside the answers: the day of referral of every case, the day of the outcome of those that have ended, and the two days of
    each length, in the cases whose length is counted.
    """
    found: dict[str, list[Condition]] = {"referral_date": [every_case]}
    for one, asked in asked_by_kpis(name):
        for key in asked:
            found.setdefault(key, []).append(old_enough(one))
    for one in _measures(name):
        if one.when == "outcome_date":
            found.setdefault("outcome_date", []).append(lambda c: c.ended == "Y")
        if isinstance(one, Average) and one.spread.value in LENGTHS:
            for key in columns_of(lambda c, value=one.spread.value: getattr(c, value).is_not(None)):  # type: ignore[misc]
                found.setdefault(key, []).append(one.spread.among or every_case)
    return tuple(
        WantedColumn(f.key, either(found[f.key])) for f in fields_of(Sheet.CASES, name) if f.key in found
    )


def either(conditions: list[Condition]) -> Condition:
    """The condition that at least one of some holds."""

    def found(c: Any) -> Any:
        first, *others = (condition(c) for condition in conditions)
        for other in others:
            first = first | other
        return first

    return found


@cache
def _measures(name: str) -> tuple[Measure, ...]:
    """What the KPIs of a service count of its cases."""
    declared = (measure(kpi.measure, name) for kpi in kpis_of(name))
    return tuple(m for m in declared if m.table is Table.CASES and not m.in_totals_only)


def row_keys(name: str) -> tuple[str, ...]:
    """The rows of a service's completeness, in their order: its columns, and the activities whose case is known where it has any."""
    matched = (MATCHED,) if fields_of(Sheet.ACTIVITIES, name) else ()
    return (*(column.key for column in wanted_columns(name)), *matched)
