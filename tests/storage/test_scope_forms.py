"""The rows of others are left out of a statement, whatever its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import FromClause, Select, Table, case, exists, func, literal, select, union_all

from data_access.audit import note
from data_access.in_force import rows_now
from data_access.people import grant_role
from data_access.returns import save_return
from data_access.stores import Store, reading
from data_access.tables import audit, cases, grants, people
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Role
from domain.audit import Act
from tests.builders import NORTH, SOUTH, a_case, a_return, of_provider


def _from(rows: FromClause, column: str) -> Select[Any]:
    return select(rows.c[column])


def _joined(table: FromClause, name: str) -> Select[Any]:
    one, two = table.alias("one"), table.alias("two")
    return select(two.c[name]).select_from(one.join(two, one.c[name] == two.c[name]))


def _correlated(table: FromClause, name: str) -> Select[Any]:
    two = table.alias("two")
    return select(
        select(func.max(table.c[name])).where(table.c[name] == two.c[name]).scalar_subquery()
    ).select_from(two)


FORMS: dict[str, Callable[[Table, str], Any]] = {
    "a table": lambda table, name: select(table.c[name]),
    "the table alone": lambda table, name: select(table).with_only_columns(table.c[name]).select_from(table),
    "another name": lambda table, name: _from(table.alias("other"), name),
    "a name of a name": lambda table, name: _from(table.alias("other").alias("third"), name),
    "a table within": lambda table, name: _from(select(table).subquery("inner"), name),
    "a table within a table within": lambda table, name: _from(
        select(select(table).subquery("inner")).subquery("outer"), name
    ),
    "rows named before": lambda table, name: _from(select(table).cte("before"), name),
    "rows named before, again": lambda table, name: _from(select(table).cte("before").alias("again"), name),
    "several statements": lambda table, name: union_all(
        select(table.c[name]), select(table.alias("other").c[name])
    ),
    "one value": lambda table, name: select(select(func.max(table.c[name])).scalar_subquery()),
    "the greatest": lambda table, name: select(func.max(table.c[name])),
    "a case": lambda table, name: select(case((func.max(table.c[name]) != "", func.max(table.c[name])))),
    "a rank": lambda table, name: select(
        table.c[name], func.row_number().over(order_by=table.c[name])
    ).order_by(table.c[name].label("found")),
    "joined to itself": _joined,
    "correlated": _correlated,
}


@pytest.fixture
def loaded(store: Store) -> Store:
    for provider in (NORTH, SOUTH):
        new = a_return(provider, cases=[a_case(f"{provider}-1")])
        save_return(store, new, by=COMMISSIONER.signing("test"))
    note(store, LOCAL_USER, Act.SIGNED_IN)
    return store


def test_a_statement_of_any_form_finds_the_rows_of_the_viewer_alone(loaded: Store) -> None:
    north = of_provider("somebody", NORTH)
    for table in (cases, rows_now(cases)):
        for form, make in FORMS.items():
            with reading(loaded, COMMISSIONER) as connection:
                every = {row[0] for row in connection.execute(make(table, "provider"))}  # type: ignore[arg-type]
            with reading(loaded, north) as connection:
                own = {row[0] for row in connection.execute(make(table, "provider"))}  # type: ignore[arg-type]
            assert SOUTH in every, form
            assert own == {NORTH}, form


def test_a_condition_on_the_rows_of_others_does_not_hold(loaded: Store) -> None:
    others = select(cases.c.provider).where(cases.c.provider == SOUTH)
    asked = (
        select(exists(others)),
        select(literal(SOUTH).in_(select(cases.c.provider))),
        select(select(func.count()).select_from(others.subquery()).scalar_subquery() > 0),
    )
    for statement in asked:
        with reading(loaded, COMMISSIONER) as connection:
            assert connection.execute(statement).scalar_one()
        with reading(loaded, of_provider("somebody", NORTH)) as connection:
            assert not connection.execute(statement).scalar_one()


@pytest.mark.parametrize(("table", "name"), [(audit, "person"), (people, "person"), (grants, "person")])
def test_who_sees_every_figure_sees_nobody_in_a_statement_of_any_form(
    loaded: Store, table: Table, name: str
) -> None:
    grant_role(loaded, "jo@council.example", Grant(Role.VIEWER), by=LOCAL_USER)
    for form, make in FORMS.items():
        with reading(loaded, LOCAL_USER) as connection:
            assert any(row[0] for row in connection.execute(make(table, name))), form
        with reading(loaded, COMMISSIONER) as connection:
            assert not any(row[0] for row in connection.execute(make(table, name))), form
