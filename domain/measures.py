"""The measures: what is counted, out of what, by which date, and where the definition comes from. Each is declared once.

They stand by service, in `domain.mentoring_measures` and so on; the kinds they may be are those of `domain.measure_kinds`.
"""

from __future__ import annotations

from domain.measure_kinds import (
    Average,
    Better,
    Count,
    Measure,
    Share,
    Split,
    Spread,
    Statistic,
    Stock,
    Table,
)
from domain.mentoring_measures import MENTORING_MEASURES

__all__ = [
    "MEASURES",
    "Average",
    "Better",
    "Count",
    "Measure",
    "Share",
    "Split",
    "Spread",
    "Statistic",
    "Stock",
    "Table",
    "measure",
]

MEASURES: tuple[Measure, ...] = MENTORING_MEASURES


def measure(key: str) -> Measure:
    """The measure with this key.

    Raises
    ------
    KeyError
        When there is none; the message names how to list those there are.
    """
    for declared in MEASURES:
        if declared.key == key:
            return declared
    raise KeyError(f"'{key}' is not a measure; `python -m data_access measures` lists those there are")
