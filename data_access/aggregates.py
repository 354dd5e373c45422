"""What only aggregate returns say: shares from the sheet Totals, which no case is counted for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data_access.coverage import Coverage
from data_access.folding import finish
from data_access.questions import Moment, Question
from data_access.totals import Asked, given_of, read_totals
from domain.dimensions import dimension
from domain.measures import GivenSplit, Measure
from domain.periods import months_between, time_key
from domain.tally import TallyRow
from domain.totals_given import Given, TotalRow

Counts = list[int]


def given_rows(
    moment: Moment, question: Question, measure: Measure, by: tuple[str, ...], coverage: Coverage
) -> tuple[tuple[TallyRow, ...], tuple[str, ...]]:
    """The rows, and the providers whose totals say it of some of the months and not of all that are asked about.

    A provider that never sends it is not waited for: it is the council's own figure, and comes with one return.
    """
    asked = Asked(moment, question, measure, by, coverage, None, timed=False)
    if not asked.answerable():
        return (), tuple(dict.fromkeys(provider for provider, _ in coverage.totals))
    counted = [row for row in read_totals(asked) if asked.asks(row.provider) and _in_force(row, coverage)]
    found: dict[tuple[str, ...], Counts] = {}
    lacking: list[str] = []
    for provider in dict.fromkeys(row.provider for row in counted):
        theirs = [row for row in counted if row.provider == provider]
        for place, months in _places(asked, theirs).items():
            given = given_of(asked, theirs, provider, months)
            if given is None:
                lacking.append(provider)
                continue
            for one in given:
                _add(found, asked, provider, one, dict(zip(asked.times, place, strict=True)))
    rows = finish(measure, by, found, moment.settings, question.selection.service)
    return rows, tuple(dict.fromkeys(lacking))


def _in_force(row: TotalRow, coverage: Coverage) -> bool:
    return any(p == row.provider and set(row.months) <= set(period.months) for p, period in coverage.totals)


def _places(asked: Asked, rows: list[TotalRow]) -> Mapping[tuple[str, ...], list[int]]:
    """The months that are asked about, by where they stand in time: those chosen, else those that the rows are about."""
    chosen = asked.question.selection
    about = sorted({month for row in rows for month in row.months})
    first = chosen.first if chosen.first is not None else about[0]
    last = chosen.last if chosen.last is not None else about[-1]
    span = months_between(first, last) if chosen.timed and not asked.times else about
    found: dict[tuple[str, ...], list[int]] = {}
    for month in asked.months(span):
        found.setdefault(tuple(time_key(dimension(k).key, month) for k in asked.times), []).append(month)
    return found


def _add(
    found: dict[tuple[str, ...], Counts], asked: Asked, provider: str, given: Given, times: dict[str, str]
) -> None:
    split = isinstance(asked.measure, GivenSplit)
    for (area, answer), (met, base) in given.cells.items():
        if split and bool(answer) is not bool(asked.fields):
            continue
        if isinstance(asked.measure, GivenSplit) and answer and answer not in asked.measure.only:
            continue
        values: dict[str, Any] = {
            "provider": provider,
            "service": asked.question.selection.service,
            "area": area,
        }
        keys = tuple(times.get(key) or values.get(key, answer) for key in asked.by)
        held = found.setdefault(keys, [0, 0, 0, 0])
        held[0] += met
        held[1] += base
