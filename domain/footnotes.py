"""Footnotes on a figure: the warnings that were accepted with the returns it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.accepted import LAST_THREE, NO_FIGURE, AcceptedWarning
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
    """The footnotes as sentences: those of one sender that say the same are one, with every reason they were accepted for.

    How many rows they are about, where it is more than one, is for the commissioning team alone.
    """
    same: dict[tuple[str, str], list[Footnote]] = {}
    for one in footnotes:
        same.setdefault((one.sender, one.warning.said), []).append(one)
    found = []
    for (sender, said), each in same.items():
        rows = sum(one.warning.count for one in each)
        # A warning about the whole file is kept as one, whatever it is about: no number is better than "1 row".
        of_rows = any(one.warning.count > 1 for one in each)
        counted = f"{rows:,} rows; " if of_rows and not audience.gated else ""
        words = said[:-1] if said.endswith(".") else said
        found.append(f"{sender}, {_periods(each)}: {_start(words)} ({counted}accepted: {_reasons(each)}).")
    return tuple(found)


def _reasons(each: Sequence[Footnote]) -> str:
    """Every reason once; that it was accepted before says nothing beside the reason it was accepted for then."""
    given = dict.fromkeys((one.warning.reason, one.warning.note) for one in each)
    told = [pair for pair in given if pair[0] != LAST_THREE] or list(given)
    return "; ".join(_start(f"{reason}: {note}" if note else reason) for reason, note in told)


def _start(text: str) -> str:
    """A sentence within another one; a first word in capitals or quotes stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _periods(each: Sequence[Footnote]) -> str:
    periods = sorted({one.period for one in each})
    if len(periods) <= FEW_PERIODS:
        return ", ".join(period.label for period in periods)
    return f"{len(periods)} returns from {periods[0].label} to {periods[-1].label}"
