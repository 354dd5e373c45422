"""Whether what a screen says stands on it: every number of a sentence is found there, or follows from numbers that are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from domain.formats import number, percent, percent_of
from domain.pack import MeetingPack, Screen
from domain.rounding import half_up
from domain.share_rows import LOW_BASE
from domain.statistics import count_limits, wilson_interval
from domain.table import Cell, Table

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TIME = re.compile(
    rf"(?:\d{{1,2}} )?(?:{_MONTH}-)?{_MONTH} \d{{4}}(?: \(Q\d \d{{4}}/\d\d\))?|\b\d{{4}}/\d\d\b"
)
"""The name of a day, a month, a quarter or a year: it says when, and counts nothing."""
_OF_THE_METHOD = re.compile(rf"95% limits|[Ff]ewer than {LOW_BASE}\b")
"""What is said of every figure: which limits, and how many are few."""


def numbers_in(sentence: str) -> tuple[str, ...]:
    """Every number of a sentence as it is written, without the commas between thousands; names of days, quarters and years are none.

    >>> numbers_in("82% (1,041 of 1,270), 95% limits 79.5% to 84%, since Jul-Sep 2018 (Q2 2018/19)")
    ('82%', '1041', '1270', '79.5%', '84%')
    """
    bare = _OF_THE_METHOD.sub(" ", _TIME.sub(" ", sentence))
    return tuple(found.rstrip(",").replace(",", "") for found in _NUMBER.findall(bare))


def unfounded(sentence: str, *screens: Screen) -> list[str]:
    """The numbers of a sentence that stand on none of some screens and follow from nothing there; empty where it can be checked."""
    known = {found for screen in screens for found in _standing(screen)}
    return [one for one in numbers_in(sentence) if one not in known]


def unfounded_in(pack: MeetingPack) -> dict[str, list[str]]:
    """What is unfounded in a pack, by the key of its screen, and of its breath; empty where every sentence can be checked."""
    said = {screen.key: unfounded(screen.takeaway.sentence, screen) for screen in pack.screens}
    said |= {sentence: unfounded(sentence, *pack.screens) for sentence in pack.breath}
    return {key: found for key, found in said.items() if found}


def _standing(screen: Screen) -> Iterator[str]:
    """The numbers that stand on a screen, and what follows from its counts."""
    for text in _texts(screen):
        yield from numbers_in(text)
        yield from (_whole(one) for one in numbers_in(text) if one.endswith("%"))
    for met, base in _pairs(screen):
        yield percent_of(met, base)
        yield from (percent(edge) for edge in wilson_interval(met, base))
    yield from _counted(screen.table)


def _texts(screen: Screen) -> Iterator[str]:
    """What can be read on a screen beside its takeaway."""
    yield from (screen.heading, screen.base, screen.about, *screen.notes, *screen.table.headers)
    yield from (str(cell) for row in screen.table.rows for cell in row if cell is not None)
    yield from (text for figure in screen.figures for text in (figure.label, figure.shown))
    if screen.chart is not None:
        yield from (*screen.chart.categories, *screen.chart.words)
        yield screen.chart.line.words if screen.chart.line else ""


def _whole(share: str) -> str:
    return f"{half_up(float(share.removesuffix('%')))}%"


def _pairs(screen: Screen) -> Iterator[tuple[int, int]]:
    """X of Y: two whole numbers beside each other in a row, or in a figure."""
    for row in screen.table.rows:
        for met, base in pairwise(row):
            if isinstance(met, int) and isinstance(base, int) and 0 <= met <= base and base:
                yield met, base
    for figure in screen.figures:
        if figure.met is not None and figure.base and figure.met <= figure.base:
            yield figure.met, figure.base


def _counted(table: Table) -> Iterator[str]:
    """How many rows there are, how many say the same, what a column comes to, and between what chance puts a count."""
    yield str(len(table.rows))
    for column in zip(*table.rows, strict=True):
        yield from (str(count) for count in Counter(column).values())
        counts = [cell for cell in column if isinstance(cell, int)]
        yield str(sum(counts))
        yield from _chance(counts)


def _chance(counts: Iterable[Cell]) -> Iterator[str]:
    for count in counts:
        if isinstance(count, int):
            yield from (number(edge) for edge in count_limits(count))
