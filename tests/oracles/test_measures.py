"""Every measure of every service, as the database gives it and as plain loops over the same records give it, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from math import isclose

import pytest

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.measures import MEASURES
from domain.returns import Return
from domain.tally import TallyRow
from tests.oracles import plain
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import every_question, questions, some_returns
from tests.oracles.plain_formulas import KNOWN, SERVICES, STOCKS
from tests.oracles.plain_records import GIVEN
from tests.oracles.plain_rows import own_returns

NUMBERS = (1, 2)


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("oracle")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, stores: dict[str, Store]) -> Store:
    return stores[request.param]


def same(ours: TallyRow, theirs: tuple[int, int, int, int, float | None]) -> bool:
    *counts, value = theirs
    close = ours.value == value if ours.value is None or value is None else isclose(ours.value, value)
    return close and [ours.met, ours.base, ours.missing, ours.unsure] == counts


def compare(
    store: Store, sent: Sequence[Return], versions: Sequence[int], asked: Iterable[Question]
) -> dict[str, list[int]]:
    """Hold the two against each other; gives the most that was met, outside the base, missing and unsure, by measure."""
    most: dict[str, list[int]] = {}
    asked = list(asked)
    for question, tally in zip(asked, read_tallies(store, asked, COMMISSIONER), strict=True):
        known = list(sent) if question.as_of is None else list(sent[: versions.index(question.as_of) + 1])
        at = question.at
        if question.measure in STOCKS and at is None:
            at = max(m for r in own_returns(known, question.selection.service) for m in r.period.months)
        theirs = plain.asked(known, question.measure, question.by, question.selection, at)
        ours = {row.keys: row for row in tally.rows}
        assert len(ours) == len(tally.rows), f"{question}: a group stands twice"
        assert ours.keys() == theirs.keys(), question
        for keys, row in ours.items():
            assert same(row, theirs[keys]), f"{question}: {row}, and plainly {theirs[keys]}"
            counts = (row.met, row.base - row.met)
            most[question.measure] = [*map(max, most.get(question.measure, [0, 0]), counts)]
    return most


def test_the_plain_versions_know_every_measure_of_every_service() -> None:
    assert {(declared.key, service) for declared in MEASURES for service in declared.services} == KNOWN


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("service", SERVICES)
def test_every_measure_of_generated_rows_equals_the_plain_one(
    store: Store, service: str, number: int
) -> None:
    sent = some_returns(service, number)
    versions = fill(store, sent)
    moments = (None, None, *versions)
    compare(store, sent, versions, questions(service, random.Random(number), each=1, moments=moments))


@pytest.mark.parametrize("service", SERVICES)
def test_every_measure_of_many_rows_equals_the_plain_one(store: Store, service: str) -> None:
    sent = some_returns(service, 5, size=8)
    versions = fill(store, sent)
    most = compare(store, sent, versions, every_question(service, random.Random(7), by=2, chosen=1))
    never = {key for key, (met, _) in most.items() if not met} - {*GIVEN}
    assert not never, f"the generated rows of {service} never meet {never}: nothing is compared there"
