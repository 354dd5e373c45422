"""Exceptions: what was agreed for single cases; the terms and dates that the rest of the catalogue asks for"""

# ruff: noqa: S608 - no value of anybody is in these texts

from calendar import monthrange
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ADDED: dict[str, tuple[sa.Column[object], ...]] = {
    "agreements": (
        sa.Column("action_type", sa.String()),
        sa.Column("agreement_date", sa.Date()),
        sa.Column("due_action", sa.Date()),
        sa.Column("due_action_month", sa.Integer()),
    ),
    "cases": (
        sa.Column("days_to_case_report", sa.Integer()),
        sa.Column("due_appeal_after_mediation", sa.Date()),
        sa.Column("due_appeal_after_mediation_month", sa.Integer()),
    ),
    "contracts": (
        sa.Column("case_report_days", sa.Integer()),
        sa.Column("delivery_model", sa.String(), nullable=False, server_default=""),
    ),
    "councils": (sa.Column("exceptions_cap", sa.String(), nullable=False, server_default="0.25"),),
    "targets": (
        sa.Column("judged_on", sa.String(), nullable=False, server_default="raw"),
        sa.Column("variation", sa.String(), nullable=False, server_default=""),
    ),
}


def upgrade() -> None:
    """Apply the step. What is computed when a row is written is computed here for the rows that are kept already."""
    op.create_table(
        "agreed_exceptions",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ended_seq", sa.Integer()),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("service", "provider", "case_ref", "kpi")
        ),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "caused_by", "agreed_by")),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.ForeignKeyConstraint(["ended_seq"], ["ledger.seq"], name=op.f("fk_agreed_exceptions_ended_seq")),
        sa.ForeignKeyConstraint(["seq"], ["ledger.seq"], name=op.f("fk_agreed_exceptions_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_exceptions")),
    )
    op.create_index(
        op.f("ix_agreed_exceptions_service_provider_case_ref"),
        "agreed_exceptions",
        ["service", "provider", "case_ref"],
    )
    for table, columns in _ADDED.items():
        for column in columns:
            op.add_column(table, column)
    _compute()
    if op.get_bind().dialect.name == "postgresql":
        _wall()


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _two_months_after(day: date) -> date:
    year, month = (day.year + (day.month + 1) // 12, (day.month + 1) % 12 + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _compute() -> None:
    connection = op.get_bind()
    names = ("outcome_date", "case_report_date", "meeting_date", "due_appeal_after_mediation")
    whole = ("days_to_case_report", "due_appeal_after_mediation_month")
    cases = sa.table(
        "cases",
        sa.column("row_id", sa.Integer),
        sa.column("service", sa.String),
        *(sa.column(name, sa.Date) for name in names),
        *(sa.column(name, sa.Integer) for name in whole),
    )
    c = cases.c
    reports = sa.select(c.row_id, c.outcome_date, c.case_report_date).where(
        c.outcome_date.is_not(None), c.case_report_date.is_not(None)
    )
    found = [{"row": row, "days": (sent - closed).days} for row, closed, sent in connection.execute(reports)]
    change = cases.update().where(c.row_id == sa.bindparam("row"))
    if found:
        connection.execute(change.values(days_to_case_report=sa.bindparam("days")), found)
    met = sa.select(c.row_id, c.meeting_date).where(c.service == "send", c.meeting_date.is_not(None))
    due = [(row, _two_months_after(day)) for row, day in connection.execute(met)]
    if due:
        connection.execute(
            change.values(
                due_appeal_after_mediation=sa.bindparam("due"),
                due_appeal_after_mediation_month=sa.bindparam("month"),
            ),
            [{"row": row, "due": day, "month": _month(day)} for row, day in due],
        )
    op.execute("UPDATE agreements SET due_action = action_due, due_action_month = action_due_month")


def _wall() -> None:
    """Row security: an exception is seen by whoever sees its case, and agreed by whoever may change the settings."""
    told = "string_to_array(current_setting('dashboard.reach', true), E'\\n')"
    everything = f"(SELECT '||' = ANY ({told}))"
    sets = (
        f"({everything} AND "
        "(SELECT 'settings' = ANY (string_to_array(current_setting('dashboard.duties', true), ','))))"
    )
    name = "agreed_exceptions"
    lines = (
        f"{name}.service || '|' || {name}.provider || '|', '|' || {name}.provider || '|', "
        f"{name}.service || '||', '||'"
    )
    same = " AND ".join(f"cases.{key} = {name}.{key}" for key in ("service", "provider", "case_ref"))
    by_area = f"(SELECT bool_or(line !~ '[|]$') FROM unnest({told}) AS line)"
    its_case = f"EXISTS (SELECT 1 FROM cases WHERE {same} AND cases.in_force)"
    seen = f"({everything} OR ARRAY[{lines}] && (SELECT {told}) OR ({by_area} AND {its_case}))"
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY seen ON {name} FOR SELECT USING ({seen})")
    op.execute(f"CREATE POLICY added ON {name} FOR INSERT WITH CHECK ({sets})")
    op.execute(f"CREATE POLICY changed ON {name} FOR UPDATE USING ({sets}) WITH CHECK ({sets})")
