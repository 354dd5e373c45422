"""Footnotes on a figure: the warnings that were accepted with the returns it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.accepted import NO_FIGURE, AcceptedWarning
from domain.access import Audience
from domain.columns_used import measure_columns
from domain.measures import Measure
from domain.periods import Period

FEW_PERIODS = 3
"""So many periods are named one by one; of more, the first and the last."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """One warning of one return that counts: who sent it and for when, and what was accepted."""

    sender: str
    period: Period
    warning: AcceptedWarning


def touches(warning: AcceptedWarning, measure: Measure, by: Sequence[str] = ()) -> bool:
    """Whether a warning is about a column that a figure rests on or is broken down by, or about all figures."""
    if NO_FIGURE in warning.fields:
        return False
    return not warning.fields or not {*measure_columns(measure), *by}.isdisjoint(warning.fields)


def in_words(footnotes: Iterable[Footnote], audience: Audience) -> tuple[str, ...]:
    """The footnotes as sentences: those of one sender that say the same and were accepted for the same reason as one.

    How many rows they are about is for the commissioning team alone.
    """
    same: dict[tuple[str, str, str, str], list[Footnote]] = {}
    for one in footnotes:
        what = (one.sender, one.warning.said, one.warning.reason, one.warning.note)
        same.setdefault(what, []).append(one)
    found = []
    for (sender, said, reason, note), each in same.items():
        rows = sum(one.warning.count for one in each)
        counted = f"{rows:,} {'row' if rows == 1 else 'rows'}; " if audience is Audience.US else ""
        why = f"{reason}: {note}" if note else reason
        words = said[:-1] if said.endswith(".") else said
        found.append(f"{sender}, {_periods(each)}: {_start(words)} ({counted}accepted: {_start(why)}).")
    return tuple(found)


def _start(text: str) -> str:
    """A sentence within another one; a first word in capitals or quotes stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _periods(each: Sequence[Footnote]) -> str:
    periods = sorted({one.period for one in each})
    if len(periods) <= FEW_PERIODS:
        return ", ".join(period.label for period in periods)
    return f"{len(periods)} returns from {periods[0].label} to {periods[-1].label}"
