"""The tables of the settings. Each row says from which act on it holds, and which act ended it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, false

from data_access.metadata import RowId, metadata
from domain.settings import FAMILY_REQUEST, RAW


def _dated() -> list[Column[object]]:
    """From which act on a setting holds, and which act ended it (none: it holds now)."""
    return [
        Column("id", RowId, primary_key=True),
        Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
        Column("ended_seq", Integer, ForeignKey("ledger.seq")),
    ]


councils = Table(
    "councils",
    metadata,
    *_dated(),
    Column("label", String, nullable=False),
    Column("keep_originals", Boolean, nullable=False, server_default=false()),
    Column("exceptions_cap", String, nullable=False, server_default="0.25"),
    Column("small_number", Integer, nullable=False, server_default="5"),
    Column("rounding", Integer, nullable=False, server_default="0"),
    Column("colour", String, nullable=False, server_default=""),
    Column("logo", Text, nullable=False, server_default=""),
)

providers = Table(
    "providers",
    metadata,
    *_dated(),
    Column("key", String, nullable=False),
    Column("label", String, nullable=False),
    Column("example", Boolean, nullable=False),
)

areas = Table(
    "areas",
    metadata,
    *_dated(),
    Column("key", String, nullable=False),
    Column("label", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("aliases", String, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successor", String, nullable=False),
)

contracts = Table(
    "contracts",
    metadata,
    *_dated(),
    Column("key", String, nullable=False),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date),
    Column("reporting", String, nullable=False),
    Column("due_days", Integer, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("areas", String, nullable=False, server_default=""),
    Column("included_cases", Integer),
    Column("fixed_price", String),
    Column("price_per_extra", String),
    Column("clock_start", String, nullable=False, server_default=FAMILY_REQUEST),
    Column("counted_exceptions", String, nullable=False, server_default=""),
    Column("case_report_days", Integer),
    Column("delivery_model", String, nullable=False, server_default=""),
)

targets = Table(
    "targets",
    metadata,
    *_dated(),
    Column("kpi", String, nullable=False),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("operator", String, nullable=False),
    Column("value", String, nullable=False),
    Column("tolerance", String),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Column("profile", String, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("clause", String, nullable=False),
    Column("note", String, nullable=False),
    Column("judged_on", String, nullable=False, server_default=RAW),
    Column("variation", String, nullable=False, server_default=""),
)

survey_questions = Table(
    "survey_questions",
    metadata,
    *_dated(),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("code", String, nullable=False),
    Column("label", String, nullable=False),
    Column("scale", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("since", Date),
)

agreed_exceptions = Table(
    "agreed_exceptions",
    metadata,
    *_dated(),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("case_ref", String, nullable=False),
    Column("kpi", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("caused_by", String, nullable=False),
    Column("agreed_by", String, nullable=False),
    Column("agreed_on", Date, nullable=False),
    Column("ends_on", Date),
    Index(None, "service", "provider", "case_ref"),
)
"""What was agreed for single cases. Not a setting, but dated as one: agreed in one act, taken back in another."""

new_averages = Table(
    "new_averages",
    metadata,
    *_dated(),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("measure", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("reason", String, nullable=False),
)
"""From which month on a monthly series has a new average, and why: said by a person, taken back in another act. Blank provider: of all."""

SETTINGS_TABLES = (councils, providers, areas, contracts, targets, survey_questions)
