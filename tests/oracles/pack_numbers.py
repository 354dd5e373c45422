"""Every number that can be read anywhere in a pack for others, and those of them that were not given out as issued.

A number is explained where it is a count that was issued, follows from such counts on its own screen (a share, its limits, a sum that is
said, how many rows say the same), or counts nobody: a day, a level that is wanted, a definition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from domain.cubes import Cell
from domain.fields import CASE_FIELDS, Kind
from domain.formats import number, percent, percent_of
from domain.pack import MeetingPack, Screen
from domain.rounding import half_up
from domain.statistics import count_limits, wilson_interval
from tests.sentences import numbers_in

OF_NOBODY = ("kpis", "kpis_council", "actions", "outstanding")
"""What counts KPIs, actions and returns, by the first part of its key."""
_OF_NOBODY = re.compile(
    r"[Ff]ewer than \d+|95% (?:from|to)|(?:[Uu]p to|More than) \d+ weeks?|At (?:least|most) [\d,.]+%?"
    r"|\([\d,]+ due by then\)|[\d,]+ (?:more|fewer) would have been"
)
"""Words with a number that is a definition, a heading, a level that is wanted, or how far from it a number is that stands beside it."""
_OF = re.compile(r"\(?([\d,]+) of ([\d,]+)\)?")
_DAYS = re.compile(r"([\d.]+) days? \([\d,]+\)")
"""A median with how many it rests on; it is shown of so many only that it tells of none of them."""


@cache
def _labels(service: str) -> re.Pattern[str]:
    """The names of answers that hold a number, as 'Threatened - 28 days'."""
    fields = [
        one for one in CASE_FIELDS if one.coded and service in one.services and one.kind is not Kind.AREA
    ]
    named = {code.label for one in fields for code in one.code_list_for(service).entries}
    return re.compile(
        "|".join(re.escape(one) for one in sorted(named, key=len, reverse=True) if re.search(r"\d", one))
        or "$^"
    )


def counts_of(pack: MeetingPack) -> Iterator[tuple[str, int]]:
    """Every count of a pack that stands in it as a number: in figures, in tables and in charts of counts, with where it stands."""
    for screen in pack.screens:
        for figure in screen.figures:
            if figure.key.partition(":")[0] not in OF_NOBODY:
                yield from ((figure.key, n) for n in (figure.met, figure.base) if n is not None)
        for row in screen.table.rows:
            yield from ((f"{screen.key}: {row}", cell) for cell in row if type(cell) is int)
        if screen.chart is not None and not screen.chart.share:
            values = (value for series in screen.chart.series for value in series.values)
            yield from ((f"{screen.key}: chart", value) for value in values if value is not None)


def not_issued(pack: MeetingPack) -> list[str]:
    """The counts of a pack that are not among those that were issued with it."""
    held = {count for _, count in pack.issue.cells} if pack.issue else set()
    return [f"{where}: {count:g}" for where, count in counts_of(pack) if count and count not in held]


def words_of(screen: Screen) -> Iterator[str]:
    """All that can be read on a screen, heard of it or found in the files made of it, but for its definition."""
    yield from (screen.heading, screen.takeaway.sentence, screen.base, screen.before, screen.withheld)
    yield from (screen.comment, screen.quote, *screen.notes, *screen.table.headers)
    yield from (str(cell) for row in screen.table.rows for cell in row if cell is not None)
    yield from (text for figure in screen.figures for text in (figure.label, figure.shown, figure.status))
    if screen.chart is not None:
        yield from (screen.chart.alt, *screen.chart.categories, *screen.chart.words)
        yield from (series.name for series in screen.chart.series)
        yield screen.chart.line.words if screen.chart.line else ""


def unexplained(pack: MeetingPack, before: Iterable[MeetingPack] = ()) -> list[str]:
    """The numbers in the words of a pack that do not follow from what was issued with it, or with those before it."""
    packs = (pack, *before)
    held = {str(count) for one in packs if one.issue for _, count in one.issue.cells}
    labels = _labels(pack.service)
    follows = {one: set(_follows(one, packs)) for one in pack.screens}
    found = [
        f"{screen.key}: {one} in '{text}'"
        for screen in pack.screens
        for text in words_of(screen)
        for one in numbers_in(_OF_NOBODY.sub(" ", labels.sub(" ", text)))
        if one not in held and one not in follows[screen]
    ]
    every = held.union(*follows.values())
    said = [*pack.breath, pack.as_at, pack.about, pack.example]
    return found + [f"'{text}': {one}" for text in said for one in numbers_in(text) if one not in every]


def _follows(screen: Screen, packs: Iterable[MeetingPack]) -> Iterator[str]:
    alike = [one for pack in packs for one in pack.screens if one.key == screen.key]
    # The label of a measure and of a KPI may hold a number that is a definition: 'within 30 days'.
    yield from numbers_in(screen.about)
    for one in alike:
        yield from (text for met, base in pairs_on(one) for text in shares_of(met, base))
        yield from _counted(one)
        for text in words_of(one):
            for met, base in _OF.findall(text):
                yield from shares_of(int(met.replace(",", "")), int(base.replace(",", "")))
            yield from _DAYS.findall(text)
        for figure in one.figures:
            if figure.key.partition(":")[0] in OF_NOBODY:
                yield from (str(n) for n in (figure.met, figure.base) if n is not None)
                yield from (
                    percent_of(figure.met, figure.base) for _ in "x" if figure.met is not None and figure.base
                )
            if figure.value is not None:
                yield from (number(figure.value, digits) for digits in range(3))
            if figure.key.endswith(":target"):
                yield from numbers_in(figure.shown)


def shares_of(met: int, base: int) -> Iterator[str]:
    """A share and its limits, as they are written."""
    edges = wilson_interval(met, base)
    yield percent_of(met, base)
    for share in (met / base, *edges):
        yield percent(share)
        yield f"{100 * share:.1f}%"
        yield f"{half_up(100 * share)}%"


def pairs_on(screen: Screen) -> set[tuple[int, int]]:
    """X of Y on a screen, whose counts are held against what was issued elsewhere."""
    rows = {
        (met, base)
        for row in screen.table.rows
        for met, base in pairwise(row)
        if type(met) is int and type(base) is int and 0 <= met <= base and base
    }
    return rows | {
        (one.met, one.base)
        for one in screen.figures
        if one.met is not None and one.base and one.met <= one.base
    }


def _counted(screen: Screen) -> Iterator[str]:
    """How many rows there are and how many say the same, what a column comes to, and between what chance puts a count."""
    yield str(len(screen.table.rows))
    yield str(len(screen.chart.hidden) if screen.chart else 0)
    for column in zip(*screen.table.rows, strict=True):
        yield from (str(many) for many in Counter(column).values())
        counts = [cell for cell in column if type(cell) is int]
        yield str(sum(counts))
        for count in counts:
            yield from (number(edge) for edge in count_limits(count))


def issued_with(packs: Iterable[MeetingPack]) -> dict[Cell, int]:
    """What was issued with several packs of one moment."""
    return dict(cell for pack in packs if pack.issue for cell in pack.issue.cells)
