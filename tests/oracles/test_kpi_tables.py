"""The same KPI table from SQLite, from PostgreSQL and from plain Python, on 500 generated data sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isclose

import pytest

from data_access.kpis import read_kpis
from data_access.schema import create_at_once
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience
from domain.kpis import KpiStatus
from domain.measures import Average, measure
from domain.tally import Source
from tests.equipment.postgres import fresh_database
from tests.oracles.kpi_sets import PERIOD, SERVICES, Sets, enter, some_sets
from tests.oracles.plain_kpis import CATALOGUE, Line, table


@pytest.fixture(scope="module")
def sets() -> dict[str, Sets]:
    return {service: some_sets(service) for service in SERVICES}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("kpis")
    if request.param == "sqlite":
        store = open_store(f"sqlite:///{folder / 'kpis.db'}", Source.SHARED)
        create_at_once(store)
        yield store
        store.engine.dispose()
        return
    with fresh_database(request.getfixturevalue("postgres_url")) as address:
        store = open_store(address, Source.SHARED)
        create_at_once(store)
        yield store
        store.engine.dispose()


def line_of(status: KpiStatus) -> Line:
    average = isinstance(measure(status.kpi.measure, status.kpi.service), Average)
    other = status.adjusted
    return Line(
        None if average else status.met or 0,
        status.base or 0,
        status.value,
        str(status.status),
        None if other is None else (other.met or 0, other.base or 0, str(other.status)),
    )


def same(ours: Line, theirs: Line) -> bool:
    known = ours.value is not None and theirs.value is not None
    close = isclose(ours.value or 0, theirs.value or 0) if known else ours.value is theirs.value
    return close and (ours.met, ours.base, ours.status, ours.adjusted) == (
        theirs.met, theirs.base, theirs.status, theirs.adjusted,
    )  # fmt: skip


def test_five_hundred_data_sets_are_made_up(sets: dict[str, Sets]) -> None:
    returns = [one for made in sets.values() for one in made.sent if one.provider != "council"]
    assert len(returns) == 500
    assert {kpi for made in sets.values() for kpi in {one.kpi for one in made.agreed}} == {
        kpi["id"] for kpi in CATALOGUE if kpi.get("exceptions")
    }


def test_each_data_set_has_the_same_kpi_table_from_the_database_and_from_plain_python(
    empty: Store, sets: dict[str, Sets]
) -> None:
    seen: Counter[str] = Counter()
    moved = 0
    for service, made in sets.items():
        enter(empty, made)
        found = read_kpis(empty, PERIOD, COMMISSIONER, Audience.US, by=("provider",), service=service)
        ours = {(s.kpi.id, s.provider, s.category): line_of(s) for s in found}
        assert len(ours) == len(found), "a line stands twice"
        theirs = table(made, PERIOD.first_month, PERIOD.last_month)
        nothing = {key for key in ours.keys() ^ theirs.keys() if not (ours.get(key) or theirs[key]).base}
        assert ours.keys() ^ theirs.keys() == nothing, (
            "only a category that nobody is in may stand on one side"
        )
        for key in ours.keys() & theirs.keys():
            assert same(ours[key], theirs[key]), f"{key}: {ours[key]}, and plainly {theirs[key]}"
            seen[ours[key].status] += 1
            moved += ours[key].adjusted not in (None, (ours[key].met, ours[key].base, ours[key].status))
    assert {"green", "amber", "red", "too_few", "not_due", "no_target"} <= seen.keys()
    assert moved > 30, "exceptions move figures"
