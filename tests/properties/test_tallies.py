"""What holds of every figure: nobody is met outside the base, parts add up to the whole, and the order of rows changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from data_access.questions import Question
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.fields import Kind, Sheet, fields_of
from domain.measures import Count, Rate, Share, Stock, about_posts, measure, measures_of
from domain.periods import TIME_KEYS, time_key
from domain.returns import Return
from domain.selection import Selection
from domain.services import SERVICES
from domain.tally import Tally
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import questions, some_returns

KEYS = [service.key for service in SERVICES]
GENERATED = pytest.mark.parametrize(("service", "number"), [(key, 51) for key in KEYS])


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("properties")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, stores: dict[str, Store]) -> Store:
    return stores[request.param]


@pytest.fixture
def sent(service: str, number: int) -> tuple[Return, ...]:
    return some_returns(service, number)


@pytest.fixture
def everything(service: str) -> Selection:
    return Selection(service=service)


def keys_of(service: str, *kinds: type) -> list[str]:
    return [declared.key for declared in measures_of(service) if isinstance(declared, kinds)]


def added_up(tally: Tally) -> tuple[int, ...]:
    numbers = [(row.met, row.base, row.missing, row.unsure) for row in tally.rows]
    return tuple(sum(column) for column in zip(*numbers, strict=True)) or (0, 0, 0, 0)


@GENERATED
def test_nobody_is_met_outside_the_base(store: Store, sent: tuple[Return, ...], service: str) -> None:
    fill(store, sent)
    for tally in read_tallies(store, questions(service, random.Random(3), each=1), COMMISSIONER):
        for row in tally.rows:
            assert min(row.missing, row.unsure) >= 0
            if isinstance(tally.measure, Rate):  # whose two counts are of different things
                assert row.value is None or 0 <= row.low <= row.value <= row.high
                continue
            assert 0 <= row.met <= row.base
            assert row.low is None or 0 <= row.low <= row.met / row.base <= row.high <= 1


@GENERATED
def test_areas_and_providers_add_up_to_the_whole(
    store: Store, sent: tuple[Return, ...], service: str, everything: Selection
) -> None:
    fill(store, sent)
    for key in keys_of(service, Count, Share, Stock):
        if about_posts(measure(key, service)):
            continue  # a post is in no area
        groups = ((), ("area",), ("provider",), ("area", "provider"))
        asked = [Question(key, by, everything) for by in groups]
        whole, *parts = (added_up(tally) for tally in read_tallies(store, asked, COMMISSIONER))
        assert parts == [whole] * 3, key


@GENERATED
def test_months_add_up_to_quarters_and_years(
    store: Store, sent: tuple[Return, ...], service: str, everything: Selection
) -> None:
    fill(store, sent)
    for key in keys_of(service, Count, Share):
        if measure(key, service).at_a_date:
            continue  # never summed over time
        asked = [Question(key, (time,), everything) for time in TIME_KEYS]
        months, *longer = read_tallies(store, asked, COMMISSIONER)
        for tally in longer:
            expected: Counter[str] = Counter()
            for row in months.rows:
                month = row.keys[0]
                at = time_key(tally.by[0], int(month.replace("-", ""))) if month else ""
                expected[at] += row.met
            assert {row.keys[0]: row.met for row in tally.rows} == dict(expected), key
            assert added_up(tally) == added_up(months)


@GENERATED
def test_the_order_of_rows_changes_nothing(store: Store, sent: tuple[Return, ...], service: str) -> None:
    asked = questions(service, random.Random(4), each=1)
    fill(store, sent)
    before = read_tallies(store, asked, COMMISSIONER)
    fill(store, [turned(r) for r in sent])
    assert [t.rows for t in read_tallies(store, asked, COMMISSIONER)] == [t.rows for t in before]


def turned(sent: Return) -> Return:
    names = ("cases", "activities", "agreements", "answers", "complaints", "staff", "supplement")
    return replace(sent, **{name: getattr(sent, name)[::-1] for name in names})


@GENERATED
def test_what_is_saved_is_read_again(store: Store, sent: tuple[Return, ...], service: str) -> None:
    last = next(r for r in sent[::-1] if r.service == service and r.cases)
    supplements = [r for r in sent if r.supplement][:1]
    fill(store, [last, *supplements])
    for sheet, table in TABLE_OF.items():
        if sheet is Sheet.TOTALS:
            continue  # what is blank in them is filled: tests/storage/test_totals.py
        records = [row for r in (last, *supplements) for row in r.rows(sheet)]
        fields = fields_of(sheet, service)
        with reading(store, COMMISSIONER) as connection:
            rows = connection.execute(select(table).order_by(table.c.row_id)).mappings()
            kept = [{f.key: row[f.key] for f in fields} for row in rows]
        assert kept == [
            {
                f.key: ";".join(record[f.key] or ()) or None if f.kind is Kind.CODES else record[f.key]
                for f in fields
            }
            for record in records
        ], sheet
