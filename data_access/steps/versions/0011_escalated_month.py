"""Escalation: the month a case was escalated in, so that escalations can be counted by it"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step. What is computed when a row is written is computed here for the rows that are kept already."""
    op.add_column("cases", sa.Column("escalated_month", sa.Integer()))
    cases = sa.table("cases", sa.column("escalated_on", sa.Date), sa.column("escalated_month", sa.Integer))
    day = cases.c.escalated_on
    month = 100 * sa.extract("year", day) + sa.extract("month", day)
    op.execute(cases.update().where(day.is_not(None)).values(escalated_month=sa.cast(month, sa.Integer)))
