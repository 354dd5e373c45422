"""How a measure is specified: a table of cases, a question, and the table that must come out, in this order, on both databases.

A blank cell is blank in the return. Several answers are joined by '+'. Rows stand in a return of the second quarter of 2018 by the
provider 'north', unless a column says otherwise, so figures hold up to 30 June 2018. For 'north' the 30 days for mediation count from
the family's request, for 'south' from the council being informed. For 'south' a case report may come ten days after closing; for
'north' at any time.
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
from domain.fields import FIELDS, Kind
from domain.returns import Record, Return
from domain.selection import Selection
from tests.builders import HILL, NORTH, Q1, a_return, a_supplement
from tests.oracles.emptied import both_stores, fill

KINDS = {field.key: field.kind for field in FIELDS}
REFERENCES = {
    "staff": "role_ref",
    "activities": "activity_ref",
    "agreements": "agreement_ref",
    "answers": "response_ref",
    "complaints": "complaint_ref",
}
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
    if KINDS[key] is Kind.NUMBER:
        return float(text)
    return tuple(text.split("+")) if KINDS[key] is Kind.CODES else text


def _records(rows: list[dict[str, str]], reference: str) -> list[Record]:
    placed = ("provider", "period")
    return [
        {"area": HILL, reference: f"X{number}"}
        | {key: _value(key, text) for key, text in row.items() if key not in placed}
        for number, row in enumerate(rows)
    ]


def _sent(service: str, cases: str, sheets: dict[str, str], supplement: str) -> Iterator[Return]:
    """The returns that the tables make: one for each provider and period, and the council's."""
    tables = {"cases": read_table(cases)} | {name: read_table(text) for name, text in sheets.items()}
    places = dict.fromkeys(
        (row.get("provider", NORTH), row.get("period", Q1)) for rows in tables.values() for row in rows
    )
    for place in places:
        own = {
            name: _records(
                [row for row in rows if (row.get("provider", NORTH), row.get("period", Q1)) == place],
                REFERENCES.get(name, "case_ref"),
            )
            for name, rows in tables.items()
        }
        yield a_return(*place, own.pop("cases"), own.pop("activities", ()), service=service, **own)
    if supplement:
        rows = [
            {"provider": NORTH} | {key: _value(key, text) for key, text in row.items()}
            for row in read_table(supplement)
        ]
        yield a_supplement(Q1, rows, service=service)


@pytest.fixture(params=["sqlite", "postgresql"])
def spec_test(request: pytest.FixtureRequest, spec_stores: dict[str, Store]) -> SpecTest:
    store = spec_stores[request.param]

    def run(
        cases: str,
        measure: str,
        expected: str,
        *,
        service: str = "mentoring",
        by: tuple[str, ...] = (),
        selection: Selection | None = None,
        at: int | None = None,
        supplement: str = "",
        **sheets: str,
    ) -> None:
        fill(store, list(_sent(service, cases, sheets, supplement)))
        question = Question(measure, by, selection or Selection(service=service), at)
        tally = read_tally(store, question, COMMISSIONER)
        wanted = read_table(expected)
        found = [
            dict(zip(tally.by, row.keys, strict=True))
            | {name: str(getattr(row, name)) for name in ("met", "base", "missing", "unsure")}
            | {"value": "" if row.value is None else f"{row.value:.4g}"}
            for row in tally.rows
        ]
        assert [{name: row[name] for name in wanted[0]} for row in found] == wanted

    return run
