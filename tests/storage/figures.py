"""What the storage tests ask of a database: a figure, how much stands in each table, and whether every return is whole."""

from collections.abc import Iterable

from sqlalchemy import func, select

from data_access.in_force import rows_as_of, rows_now
from data_access.kept import KeptReturn
from data_access.ledger import COUNTER
from data_access.returns import list_returns
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF, case_codes, cases, counter, ledger, metadata, returns
from data_access.tallies import Question, read_tally
from domain.access import COMMISSIONER
from domain.selection import Selection
from tests.builders import SERVICE


def total(
    store: Store,
    measure: str = "referrals",
    *,
    as_of: int | None = None,
    at: int | None = None,
    service: str = SERVICE,
) -> int:
    """How many a measure counts in all."""
    question = Question(measure, (), Selection(service=service), at, as_of)
    tally = read_tally(store, question, COMMISSIONER)
    return sum(row.met for row in tally.rows)


def states(store: Store) -> dict[str, str]:
    """The state of every version, by provider, period and version."""
    return {kept.id.partition(":")[2]: kept.state for kept in list_returns(store, COMMISSIONER)}


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with reading(store, COMMISSIONER) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def rows_that_count(store: Store, as_of: int | None = None) -> dict[str, list[tuple[object, ...]]]:
    """The rows in each figure, by the kept flags or, as of a moment, worked out from the returns; flags left out."""
    found = {}
    with reading(store, COMMISSIONER) as connection:
        for table in TABLE_OF.values():
            rows = rows_now(table) if as_of is None else rows_as_of(connection, table, as_of)
            columns = sorted((c for c in rows.c if c.key != "in_force"), key=lambda column: column.key)
            found[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    return found


def assert_whole(store: Store) -> tuple[KeptReturn, ...]:
    """Every return has all its rows, an act of its own and right flags; acts are numbered without a gap. Gives the returns."""
    kept = list_returns(store, COMMISSIONER)
    with reading(store, COMMISSIONER) as connection:
        acts = list(connection.execute(select(ledger.c.seq, ledger.c.subject, ledger.c.kind)))
        held = dict(connection.execute(select(returns.c.id, returns.c.seq)).all())
        rows = {
            table.name: dict(
                connection.execute(select(table.c.return_id, func.count()).group_by(table.c.return_id)).all()
            )
            for table in TABLE_OF.values()
        }
        stray = connection.execute(
            select(func.count()).where(case_codes.c.case_row.not_in(select(cases.c.row_id)))
        ).scalar_one()
        last = connection.execute(select(counter.c.seq).where(counter.c.name == COUNTER)).scalar_one()
    assert {k.row for k in kept} == set(held)
    for k in kept:
        assert all(found.get(k.row, 0) == getattr(k, f"{name}_n") for name, found in rows.items()), k.id
    assert all(set(found) <= set(held) for found in rows.values())
    assert stray == 0
    assert sorted(seq for seq, _, _ in acts) == list(range(1, last + 1))
    accepted = {(seq, subject) for seq, subject, kind in acts if kind == "return accepted"}
    assert accepted == {(k.seq, k.key) for k in kept}
    assert rows_that_count(store) == rows_that_count(store, last)
    assert_versions_contiguous(kept)
    return kept


def assert_versions_contiguous(kept: Iterable[KeptReturn]) -> None:
    """Versions of one key are numbered from 1 without a gap, in the order in which they were accepted."""
    by_key: dict[str, list[KeptReturn]] = {}
    for k in kept:
        by_key.setdefault(k.key, []).append(k)
    for versions in by_key.values():
        in_order = sorted(versions, key=lambda k: k.seq)
        assert [k.version for k in in_order] == list(range(1, len(versions) + 1))
