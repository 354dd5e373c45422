"""What holds of every figure: nobody is met outside the base, parts add up to the whole, and the order of rows changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.questions import Question
from data_access.stores import Store, reading
from data_access.tables import activities, cases
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.fields import ACTIVITIES, CASES, Kind
from domain.measures import MEASURES, Count, Share, Stock
from domain.periods import TIME_KEYS, time_key
from domain.returns import Return
from domain.tally import Tally
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import questions, some_returns

FEW = settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ADDED_UP = [declared.key for declared in MEASURES if isinstance(declared, Count | Share)]
STOCKS = [declared.key for declared in MEASURES if isinstance(declared, Stock)]


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("properties")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, stores: dict[str, Store]) -> Store:
    return stores[request.param]


def added_up(tally: Tally) -> tuple[int, ...]:
    numbers = [(row.met, row.base, row.missing, row.unsure) for row in tally.rows]
    return tuple(sum(column) for column in zip(*numbers, strict=True)) or (0, 0, 0, 0)


@FEW
@given(sent=some_returns(), seed=st.integers(0, 10_000))
def test_nobody_is_met_outside_the_base(store: Store, sent: tuple[Return, ...], seed: int) -> None:
    fill(store, sent)
    for tally in read_tallies(store, questions(random.Random(seed), each=1), COMMISSIONER):
        for row in tally.rows:
            assert 0 <= row.met <= row.base
            assert min(row.missing, row.unsure) >= 0
            assert row.low is None or 0 <= row.low <= row.met / row.base <= row.high <= 1


@FEW
@given(sent=some_returns())
def test_areas_and_providers_add_up_to_the_whole(store: Store, sent: tuple[Return, ...]) -> None:
    fill(store, sent)
    for key in (*ADDED_UP, *STOCKS):
        asked = [Question(key, by) for by in ((), ("area",), ("provider",), ("area", "provider"))]
        whole, *parts = (added_up(tally) for tally in read_tallies(store, asked, COMMISSIONER))
        assert parts == [whole] * 3, key


@FEW
@given(sent=some_returns())
def test_months_add_up_to_quarters_and_years(store: Store, sent: tuple[Return, ...]) -> None:
    fill(store, sent)
    for key in ADDED_UP:
        months, *longer = read_tallies(store, [Question(key, (time,)) for time in TIME_KEYS], COMMISSIONER)
        for tally in longer:
            expected: Counter[str] = Counter()
            for row in months.rows:
                month = row.keys[0]
                at = time_key(tally.by[0], int(month.replace("-", ""))) if month else ""
                expected[at] += row.met
            assert {row.keys[0]: row.met for row in tally.rows} == dict(expected), key
            assert added_up(tally) == added_up(months)


@FEW
@given(sent=some_returns(), seed=st.integers(0, 10_000))
def test_the_order_of_rows_changes_nothing(store: Store, sent: tuple[Return, ...], seed: int) -> None:
    asked = questions(random.Random(seed), each=1)
    fill(store, sent)
    before = read_tallies(store, asked, COMMISSIONER)
    turned = [replace(r, cases=r.cases[::-1], activities=r.activities[::-1]) for r in sent]
    fill(store, turned)
    assert [t.rows for t in read_tallies(store, asked, COMMISSIONER)] == [t.rows for t in before]


@FEW
@given(sent=some_returns())
def test_what_is_saved_is_read_again(store: Store, sent: tuple[Return, ...]) -> None:
    last = sent[-1]
    fill(store, [last])
    with reading(store) as connection:
        for table, fields, records in ((cases, CASES, last.cases), (activities, ACTIVITIES, last.activities)):
            kept = [
                dict(row) for row in connection.execute(select(table).order_by(table.c.row_id)).mappings()
            ]
            wanted = [
                {
                    f.key: ";".join(record[f.key] or ()) or None if f.kind is Kind.CODES else record[f.key]
                    for f in fields
                }
                for record in records
            ]
            assert [{f.key: row[f.key] for f in fields} for row in kept] == wanted
