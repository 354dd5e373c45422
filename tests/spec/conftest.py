"""How a measure is specified: a table of cases, a question, and the table that must come out, in this order, on both databases.

A blank cell is blank in the return. Several answers are joined by '+'. Cases stand in a return of the second quarter of 2018 by the
provider 'north', unless a column says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.fields import ACTIVITIES, CASES, Kind
from domain.returns import Record
from domain.selection import Selection
from tests.builders import HILL, NORTH, Q1, a_return
from tests.oracles.emptied import both_stores, fill

KINDS = {field.key: field.kind for field in (*CASES, *ACTIVITIES)}
SpecTest = Callable[..., None]


@pytest.fixture(scope="session")
def spec_stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("spec")) as opened:
        yield opened


def read_table(text: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def _value(key: str, text: str) -> Any:
    if not text:
        return None
    if KINDS[key] is Kind.DATE:
        return date.fromisoformat(text)
    if KINDS[key] is Kind.WHOLE:
        return int(text)
    return tuple(text.split("+")) if KINDS[key] is Kind.CODES else text


def _records(rows: list[dict[str, str]], reference: str) -> list[Record]:
    placed = ("provider", "period")
    return [
        {"area": HILL, reference: f"X{number}"}
        | {key: _value(key, text) for key, text in row.items() if key not in placed}
        for number, row in enumerate(rows)
    ]


@pytest.fixture(params=["sqlite", "postgresql"])
def spec_test(request: pytest.FixtureRequest, spec_stores: dict[str, Store]) -> SpecTest:
    store = spec_stores[request.param]

    def run(
        cases: str,
        measure: str,
        expected: str,
        *,
        by: tuple[str, ...] = (),
        selection: Selection | None = None,
        at: int | None = None,
        activities: str = "",
    ) -> None:
        rows = read_table(cases)
        done = _records(read_table(activities), "activity_ref") if activities else []
        sent = []
        for provider, period in dict.fromkeys((r.get("provider", NORTH), r.get("period", Q1)) for r in rows):
            own = [r for r in rows if (r.get("provider", NORTH), r.get("period", Q1)) == (provider, period)]
            sent.append(a_return(provider, period, _records(own, "case_ref"), done if not sent else []))
        fill(store, sent)
        tally = read_tally(store, Question(measure, by, selection or Selection("mentoring"), at), COMMISSIONER)
        wanted = read_table(expected)
        found = [
            dict(zip(tally.by, row.keys, strict=True))
            | {name: str(getattr(row, name)) for name in ("met", "base", "missing", "unsure")}
            | {"value": "" if row.value is None else f"{row.value:.4g}"}
            for row in tally.rows
        ]
        assert [{name: row[name] for name in wanted[0]} for row in found] == wanted

    return run
