"""The second wall, on PostgreSQL: what the app's role may do at all, and whether the database itself keeps people to their rows.

The first wall is `data_access.scope`. The policies stand in the schema step 0008. The tables belong to an owner (DATABASE_OWNER_URL), and
the app's role (DATABASE_URL) may do with them only what is listed here; it could switch off nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Table, text

from data_access.meeting_tables import OF_ONE_PERSON, last_looked, meetings, saved_views
from data_access.procurement_tables import scenarios
from data_access.scope import RULES
from data_access.stores import Store, is_sqlite, shared_url
from data_access.tables import (
    SETTINGS_TABLES,
    TABLE_OF,
    agreed_exceptions,
    audit,
    cases,
    counter,
    grants,
    metadata,
    new_averages,
    people,
    published_figures,
)

WALLED: Final = (
    *dict.fromkeys((*RULES, *SETTINGS_TABLES, people, grants, audit, *OF_ONE_PERSON, scenarios)),
)
"""The tables with row security. The others hold nothing of anybody: the counter, what the database is, published figures, its step."""

NEVER_ADDED: Final = (counter, published_figures)
"""Filled by `init` alone."""

CHANGED: Final[dict[Table, tuple[str, ...]]] = {
    counter: ("seq",),
    **dict.fromkeys(TABLE_OF.values(), ("in_force",)),
    cases: ("in_force", "vanished_on"),
    **dict.fromkeys((*SETTINGS_TABLES, agreed_exceptions, new_averages), ("ended_seq",)),
    people: ("title", "signed_out_at"),
    grants: ("revoked_at", "revoked_by"),
    meetings: (
        *(
            "held_on",
            "agenda",
            "remarks",
            "changed_at",
            "changed_by",
            "frozen_at",
            "frozen_by",
            "version",
            "pack",
        ),
        *("withdrawn_at", "withdrawn_by", "withdrawn_why"),
    ),
    saved_views: ("removed_at",),
    last_looked: ("seq", "at"),
    scenarios: ("name", "body", "version", "changed_at", "changed_by", "removed_at", "removed_by"),
}
"""The only columns that ever change once a row stands. Nothing is ever deleted."""


def owner_url() -> str:
    """The address under which the tables are made and changed: DATABASE_OWNER_URL, else the one under which the app reads."""
    return os.environ.get("DATABASE_OWNER_URL") or shared_url()


def role_of(store: Store) -> str:
    """The role under which PostgreSQL knows an address."""
    with store.engine.connect() as connection:
        return str(connection.execute(text("SELECT current_user")).scalar_one())


def let_in(owner: Store, role: str) -> None:
    """Grant the app's role what it needs and nothing more; nothing happens where it is the owner itself."""
    if role == role_of(owner):
        return
    with owner.engine.begin() as connection:
        quoted = connection.dialect.identifier_preparer.quote
        name = quoted(role)
        _of_the_schema(connection, name)
        for held in (*map(quoted, _names()), "alembic_version"):
            connection.execute(text(f"REVOKE ALL ON {held} FROM {name}"))
            connection.execute(text(f"GRANT SELECT ON {held} TO {name}"))
        for table in metadata.sorted_tables:
            if table not in NEVER_ADDED:
                connection.execute(text(f"GRANT INSERT ON {quoted(table.name)} TO {name}"))
        for table, columns in CHANGED.items():
            listed = ", ".join(map(quoted, columns))
            connection.execute(text(f"GRANT UPDATE ({listed}) ON {quoted(table.name)} TO {name}"))
        for sequence in connection.execute(_SEQUENCES, {"tables": _names()}).scalars():
            connection.execute(text(f"GRANT USAGE ON SEQUENCE {sequence} TO {name}"))


_FROM_TABLES = "FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (:tables)"


def _names() -> list[str]:
    return [table.name for table in metadata.sorted_tables]


_SEQUENCES = text(
    "SELECT pg_get_serial_sequence(quote_ident(table_name), column_name) FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = ANY (:tables)"
    " AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"
)


def _of_the_schema(connection: Connection, role: str) -> None:
    """Let the role see the schema and make nothing in it, where that is the owner's to say; docs/deploy.md says it as well."""
    mine = "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"
    if connection.execute(text(mine)).scalar():
        schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
        connection.execute(text(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"))
        connection.execute(text(f"REVOKE CREATE ON SCHEMA {schema} FROM {role}"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))


@contextmanager
def every_row_in_reach(connection: Connection) -> Iterator[None]:
    """Let the owner of the tables see and change every row within one transaction; nobody else sees more by it.

    What the policies let somebody change is less than a schema step may have to move, and a row that a policy hides is passed over
    without a word.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    _force(connection, "NO FORCE", "relforcerowsecurity")
    yield
    _force(connection, "FORCE", "NOT relforcerowsecurity")


def _force(connection: Connection, how: str, where: str) -> None:
    asked = f"SELECT quote_ident(relname) {_FROM_TABLES} AND relrowsecurity AND {where}"
    for table in connection.execute(text(asked), {"tables": _names()}).scalars().all():
        connection.execute(text(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY"))


_ROLE = text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
_TABLES = text(
    "SELECT relname, relrowsecurity AND relforcerowsecurity AS walled, pg_has_role(relowner, 'MEMBER') AS mine"
    f" {_FROM_TABLES} ORDER BY relname"
)


def wall_stands(store: Store) -> str:
    """Whether the database itself keeps a person to their rows: blank where it does, else a sentence that says why not."""
    if is_sqlite(store):
        return "The database is a SQLite file, which cannot itself keep a person to their rows: only the program does."
    with store.engine.connect() as connection:
        role = connection.execute(_ROLE).one()
        tables = connection.execute(_TABLES, {"tables": [table.name for table in WALLED]}).all()
    open_ones = [table.relname for table in tables if not table.walled]
    if role.rolsuper:
        why = f"its role {role.rolname} is a superuser"
    elif role.rolbypassrls:
        why = f"its role {role.rolname} may pass row security by"
    elif len(tables) < len(WALLED) or open_ones:
        why = f"row security is off for {', '.join(open_ones) or 'tables that are missing'}"
    elif any(table.mine for table in tables):
        why = f"its role {role.rolname} owns the tables, so that it could switch row security off"
    else:
        return ""
    return f"The database does not by itself keep a person to their rows, because {why}. See docs/deploy.md."
