"""What an audit reckons with: cases by place, answers and quarter; and which quarters lie in a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from domain.measures import Measure
from domain.selection import Selection

Codes = tuple[str, ...]


class Atom(NamedTuple):
    """Cases of one area or provider with some answers, in a quarter of one date; a blank quarter is without that date."""

    kind: str
    place: str
    codes: Codes
    date: str
    quarter: str


@dataclass(frozen=True)
class Counting:
    """A measure whose counts are sums of the answers: which of them it counts."""

    measure: Measure
    met: frozenset[Codes]
    base: frozenset[Codes]


def in_time(when: str, quarter: str) -> bool:
    """Whether a quarter lies in a quarter or a financial year, by their keys."""
    if not quarter:
        return False
    if ".." in when:
        return quarter == when
    year, month = int(quarter[:4]), int(quarter[5:7])
    return int(when[:4]) == (year if month >= 4 else year - 1)


def in_months(chosen: Selection, quarter: str) -> bool:
    """Whether a quarter lies in the months chosen."""
    if not chosen.timed:
        return True
    if not quarter:
        return False
    first, last = (int(month.replace("-", "")) for month in quarter.split(".."))
    return (chosen.first is None or chosen.first <= first) and (chosen.last is None or last <= chosen.last)
