"""Entry: the month a case was entered in, so that what was entered after the month of its referral can be counted"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step. What is computed when a row is written is computed here for the rows that are kept already."""
    op.add_column("cases", sa.Column("entered_month", sa.Integer()))
    cases = sa.table("cases", sa.column("entered_date", sa.Date), sa.column("entered_month", sa.Integer))
    day = cases.c.entered_date
    month = 100 * sa.extract("year", day) + sa.extract("month", day)
    op.execute(cases.update().where(day.is_not(None)).values(entered_month=sa.cast(month, sa.Integer)))
