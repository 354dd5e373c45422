"""Every measure, as the database gives it and as plain loops over the same records give it: the same rows on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from math import isclose

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.measures import MEASURES
from domain.returns import Return
from domain.tally import TallyRow
from tests.oracles import plain
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import MONTHS, groupings, questions, selections, some_returns
from tests.oracles.plain_rows import case_rows, current_returns

GENERATED = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


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


def compare(store: Store, sent: Sequence[Return], versions: Sequence[int], asked: Sequence[Question]) -> None:
    for question, tally in zip(asked, read_tallies(store, asked, COMMISSIONER), strict=True):
        known = list(sent) if question.as_of is None else list(sent[: versions.index(question.as_of) + 1])
        at = question.at
        if question.measure in plain.STOCKS and at is None:
            at = max(m for r in current_returns(known) for m in r.period.months)
        theirs = plain.asked(known, question.measure, question.by, question.selection, at)
        ours = {row.keys: row for row in tally.rows}
        assert len(ours) == len(tally.rows), f"{question}: a group stands twice"
        assert ours.keys() == theirs.keys(), question
        for keys, row in ours.items():
            assert same(row, theirs[keys]), f"{question}: {row}, and plainly {theirs[keys]}"


def test_the_plain_versions_know_every_measure() -> None:
    assert set(plain.MEASURES) == {declared.key for declared in MEASURES}


@GENERATED
@given(sent=some_returns(), seed=st.integers(0, 10_000))
def test_every_measure_of_generated_cases_equals_the_plain_one(
    store: Store, sent: tuple[Return, ...], seed: int
) -> None:
    versions = fill(store, sent)
    compare(store, sent, versions, questions(random.Random(seed), each=1, moments=(None, None, *versions)))


@pytest.fixture(scope="module")
def many_cases() -> tuple[Return, ...]:
    """The fullest of some generated sets of returns."""
    found: list[tuple[Return, ...]] = []

    @settings(GENERATED, max_examples=12, phases=(Phase.generate,), database=None)
    @given(some_returns())
    def collect(sent: tuple[Return, ...]) -> None:
        found.append(sent)

    collect()
    return max(found, key=lambda sent: len(case_rows(sent)) + sum(len(r.activities) for r in sent))


def test_every_measure_of_many_cases_equals_the_plain_one(
    store: Store, many_cases: tuple[Return, ...]
) -> None:
    versions = fill(store, many_cases)
    drawn = random.Random(7)
    asked = [Question(m.key, by) for m in MEASURES for by in drawn.sample(groupings(m), 8)]
    asked += [Question(m.key, (), chosen) for m in MEASURES for chosen in drawn.sample(selections(m), 4)]
    asked += [Question(key, ("area",), at=at) for key in plain.STOCKS for at in MONTHS]
    compare(store, many_cases, versions, asked)
