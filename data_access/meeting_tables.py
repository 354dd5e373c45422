"""The tables of provider meetings: what was prepared and frozen, the actions agreed, and what somebody keeps for themselves."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, false

from data_access.metadata import Moment, RowId, metadata

meetings = Table(
    "meetings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False, server_default=""),
    Column("area", String, nullable=False, server_default=""),
    Column("audience", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("held_on", Date),
    Column("agenda", Text, nullable=False),
    Column("remarks", Text, nullable=False, server_default="{}"),
    Column("made_at", Moment(), nullable=False),
    Column("made_by", String, nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", String, nullable=False),
    Column("frozen_at", Moment()),
    Column("frozen_by", String, nullable=False, server_default=""),
    Column("version", Integer),
    Column("pack", Text),
    Column("withdrawn_at", Moment()),
    Column("withdrawn_by", String, nullable=False, server_default=""),
    Column("withdrawn_why", String, nullable=False, server_default=""),
    Index(None, "service", "provider"),
)
"""One meeting a row. `provider` and `area` are what it is about, blank for all; `audience` who is in the room; `first` and `last` the
months looked at; `agenda` and `remarks` JSON. Once it is frozen, `version` is the moment of its figures and `pack` all that was shown,
as JSON, and neither changes again."""

actions = Table(
    "actions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False, server_default=""),
    Column("area", String, nullable=False, server_default=""),
    Column("audience", String, nullable=False),
    Column("meeting", Integer),
    Column("kpi", String, nullable=False, server_default=""),
    Column("kpi_period", String, nullable=False, server_default=""),
    Column("text", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("made_by", String, nullable=False),
    Index(None, "service", "provider"),
)
"""What was agreed. `provider` is of whom, blank for all; `audience` who was in the room, and so who may see it; `meeting` where it was
agreed; `kpi` and `kpi_period` the status that it came from, blank where it came from none. Its state is that of its last note."""

action_notes = Table(
    "action_notes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("action", RowId, ForeignKey("actions.id"), nullable=False, index=True),
    Column("service", String, nullable=False),
    Column("audience", String, nullable=False),
    Column("at", Moment(), nullable=False),
    Column("who", String, nullable=False),
    Column("meeting", Integer),
    Column("status", String, nullable=False),
    Column("due", Date),
    Column("note", String, nullable=False, server_default=""),
)
"""What became of an action, the first note being that it was agreed: its state since then, a new due date where it was moved, and words."""

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("page", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("made_at", Moment(), nullable=False),
    Column("removed_at", Moment()),
)
"""Views by name: the address of a page and what was chosen on it, never a figure. A shared one is for whoever sees everything."""

last_looked = Table(
    "last_looked",
    metadata,
    Column("person", String, primary_key=True),
    Column("service", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", Moment(), nullable=False),
)
"""Up to which act somebody has seen a service's figures, and when that was; nobody else sees it."""

OF_MEETINGS = (meetings, actions, action_notes)
OF_ONE_PERSON = (saved_views, last_looked)
