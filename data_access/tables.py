"""The tables, made from the declared fields. Rows are only ever added; what replaces or ends a row says so in a row of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from data_access import meeting_tables as meeting_tables
from data_access import procurement_tables as procurement_tables
from data_access.metadata import Moment, RowId, metadata
from data_access.people_tables import audit, grants, issued, people
from data_access.settings_tables import (
    SETTINGS_TABLES,
    agreed_exceptions,
    areas,
    contracts,
    councils,
    new_averages,
    providers,
    survey_questions,
    targets,
)
from domain.columns import DERIVED
from domain.derived import MONTHS_OF
from domain.fields import (
    ACTIVITIES,
    AGREEMENTS,
    CASES,
    COMPLAINTS,
    COUNCIL_FIELDS,
    KEY_OF,
    SATISFACTION,
    STAFF,
    TOTALS,
    Field,
    Kind,
    Sheet,
    case_field,
)

__all__ = [
    "SETTINGS_TABLES",
    "TABLE_OF",
    "accepted_warnings",
    "activities",
    "agreed_exceptions",
    "agreements",
    "answers",
    "areas",
    "attempts",
    "audit",
    "case_codes",
    "cases",
    "complaints",
    "contracts",
    "councils",
    "counter",
    "grants",
    "issued",
    "ledger",
    "marks",
    "metadata",
    "new_averages",
    "originals",
    "people",
    "providers",
    "published_figures",
    "returns",
    "staff",
    "supplement",
    "survey_questions",
    "targets",
    "totals",
    "withdrawals",
]

_TYPES: dict[Kind, type[TypeEngine[Any]]] = {Kind.DATE: Date, Kind.WHOLE: Integer, Kind.NUMBER: Float}
_DERIVED: dict[type, type[TypeEngine[Any]]] = {int: Integer, date: Date, str: String}


def _columns(fields: tuple[Field, ...]) -> list[Column[object]]:
    return [Column(f.key, _TYPES.get(f.kind, String)(), nullable=not f.required) for f in fields]


counter = Table(
    "counter", metadata, Column("name", String, primary_key=True), Column("seq", Integer, nullable=False)
)

ledger = Table(
    "ledger",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment(), nullable=False),
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Index(None, "subject", "seq"),
)

marks = Table(
    "marks", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False)
)
"""What the whole database is, for good: 'holds' is 'examples' or 'returns'."""

returns = Table(
    "returns",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("file_name", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("nil", Boolean, nullable=False),
    Column("cases_n", Integer, nullable=False),
    Column("activities_n", Integer, nullable=False),
    *(
        Column(f"{name}_n", Integer, nullable=False, server_default="0")
        for name in ("agreements", "answers", "complaints", "staff", "supplement", "totals")
    ),
    Column("surveys_sent", Integer),
    Column("mapping", Text, nullable=False, server_default=""),
    UniqueConstraint("service", "provider", "period_start", "period_end", "version"),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("return_id", RowId, ForeignKey("returns.id"), primary_key=True),
    Column("seq", Integer, ForeignKey("ledger.seq"), nullable=False),
)

accepted_warnings = Table(
    "accepted_warnings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("return_id", RowId, ForeignKey("returns.id"), nullable=False, index=True),
    Column("rule", String, nullable=False),
    Column("check_id", String, nullable=False),
    Column("said", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("fields", String, nullable=False),
)
"""The warnings of a return that were accepted; `fields` are keys with ; between them."""

originals = Table(
    "originals",
    metadata,
    Column("return_id", RowId, ForeignKey("returns.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The file of a return as it was sent, where the council keeps originals."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment(), nullable=False),
    Column("service", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("must_fix", Integer, nullable=False),
    Column("to_confirm", Integer, nullable=False),
)
"""Files that were checked for the shared database, saved or not: how many things had to be put right, and nothing of what they held."""


def _placed() -> list[Column[object]]:
    """Where a row of a return stands: whose it is, and whether it is the one that counts now."""
    return [
        Column("row_id", RowId, primary_key=True),
        Column("return_id", RowId, ForeignKey("returns.id"), nullable=False, index=True),
        Column("service", String, nullable=False),
        Column("provider", String, nullable=False),
        Column("period_end", Date, nullable=False),
        Column("in_force", Boolean, nullable=False),
    ]


cases = Table(
    "cases",
    metadata,
    *_placed(),
    *_columns(CASES),
    *(Column(d.key, _DERIVED[d.kind]()) for d in DERIVED),
    UniqueConstraint("return_id", "case_ref"),
    Index(None, "service", "provider", "case_ref"),
    Index(None, "in_force", "service", "referral_month"),
    Index(None, "in_force", "service", "outcome_month"),
)

case_codes = Table(
    "case_codes",
    metadata,
    Column("case_row", RowId, ForeignKey("cases.row_id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("code", String, primary_key=True),
)


def _sheet_table(name: str, sheet: Sheet, fields: tuple[Field, ...], *extra: Index) -> Table:
    """The rows of one sheet beside Cases, with the month that they go by."""
    month = [Column(MONTHS_OF[sheet][1], Integer)] if sheet in MONTHS_OF else []
    return Table(
        name,
        metadata,
        *_placed(),
        *_columns(tuple(f for f in fields if f.key != "provider")),
        *month,
        UniqueConstraint("return_id", *KEY_OF[sheet]),
        Index(None, "service", "provider", *(key for key in KEY_OF[sheet] if key != "provider")),
        *extra,
    )


_BY_CASE = ("in_force", "service", "case_ref")
activities = _sheet_table("activities", Sheet.ACTIVITIES, ACTIVITIES, Index(None, *_BY_CASE))
agreements = _sheet_table("agreements", Sheet.AGREEMENTS, AGREEMENTS, Index(None, *_BY_CASE))
for _due in (Column("due_action", Date), Column("due_action_month", Integer)):
    agreements.append_column(_due)
answers = _sheet_table(
    "answers", Sheet.SATISFACTION, SATISFACTION, Index(None, "in_force", "service", "received_month")
)
complaints = _sheet_table("complaints", Sheet.COMPLAINTS, COMPLAINTS)
staff = _sheet_table("staff", Sheet.STAFF, STAFF)
supplement = _sheet_table(
    "supplement", Sheet.SUPPLEMENT, (case_field("case_ref"), *COUNCIL_FIELDS), Index(None, *_BY_CASE)
)
"""The council's own rows: `provider` is the one whose case it is; the return they came in is the council's."""

totals = Table(
    "totals",
    metadata,
    *_placed(),
    *(
        Column(f.key, _TYPES.get(f.kind, String)(), nullable=f.key in ("denominator", "unit"))
        for f in TOTALS
        if f.key != "period_end"
    ),
    *(Column(key, Integer, nullable=False) for key in ("first_month", "last_month")),
    UniqueConstraint("return_id", *KEY_OF[Sheet.TOTALS], name="uq_totals_row"),
    Index(None, "in_force", "service", "measure"),
)
"""What a provider counted itself. `period_end` is the row's own; a breakdown, category or area that there is not is a blank text."""

TABLE_OF: dict[Sheet, Table] = {
    Sheet.CASES: cases,
    Sheet.ACTIVITIES: activities,
    Sheet.AGREEMENTS: agreements,
    Sheet.SATISFACTION: answers,
    Sheet.COMPLAINTS: complaints,
    Sheet.STAFF: staff,
    Sheet.SUPPLEMENT: supplement,
    Sheet.TOTALS: totals,
}
"""Where the rows of each sheet of a return are kept."""

published_figures = Table(
    "published_figures",
    metadata,
    Column("fig_id", String, primary_key=True),
    *(
        Column(name, String, nullable=False)
        for name in (
            *("document", "area", "measure", "breakdown", "category", "count", "denominator"),
            *("percent_as_published", "value_as_published", "unit", "period_start", "period_end"),
        )
    ),
    Column("note", Text, nullable=False),
    Column("source", Text, nullable=False),
)
"""The examples' published record, as text exactly as printed."""
