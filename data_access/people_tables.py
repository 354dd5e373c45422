"""The tables of who may do what, of who did what, and of what was issued. Nothing in them is ever deleted."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from data_access.metadata import Moment, RowId, metadata

people = Table(
    "people",
    metadata,
    Column("person", String, primary_key=True),
    Column("title", String, nullable=False, server_default=""),
    Column("added_at", Moment(), nullable=False),
    Column("added_by", String, nullable=False),
    Column("signed_out_at", Moment()),
)
"""Who may sign in: `person` as their sign-in names them, in small letters; sign-ins before `signed_out_at` no longer hold."""

grants = Table(
    "grants",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person", String, nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("service", String, nullable=False, server_default=""),
    Column("provider", String, nullable=False, server_default=""),
    Column("area", String, nullable=False, server_default=""),
    Column("granted_at", Moment(), nullable=False),
    Column("granted_by", String, nullable=False),
    Column("revoked_at", Moment()),
    Column("revoked_by", String, nullable=False, server_default=""),
)
"""The roles that people have and had; a blank service, provider or area is every one."""

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment(), nullable=False),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("service", String, nullable=False, server_default=""),
    Column("provider", String, nullable=False, server_default=""),
    Column("subject", String, nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),
    Index(None, "at"),
)
"""Who did what, saw which cases, and was refused. Rows are only added: the database itself refuses to change or delete one."""

issued = Table(
    "issued",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment(), nullable=False),
    Column("person", String, nullable=False),
    Column("audience", String, nullable=False),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reached", Date),
    Column("file_name", String, nullable=False),
    Column("cells", Text, nullable=False),
    Index(None, "service", "audience"),
)
"""Files for others than the commissioning team: `cells` is what they show, as JSON; `provider` the one provider they were made for, or
blank; `version` the moment and `reached` the last day of their data."""
