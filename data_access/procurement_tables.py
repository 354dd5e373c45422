"""The table of procurement scenarios: what somebody chose and assumed, prices among it. Limited by the duty of prices, not by reach."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from data_access.metadata import Moment, RowId, metadata

scenarios = Table(
    "scenarios",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("service", String, nullable=False),
    Column("name", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("made_by", String, nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("changed_by", String, nullable=False),
    Column("removed_at", Moment()),
    Column("removed_by", String, nullable=False, server_default=""),
)
"""One scenario a row. `body` is all that was chosen, as JSON (`domain.procurement.scenario_text`), and no figure that follows from it;
`version` the moment of the data it was last saved on. One that is removed keeps its row and gives up its name."""
