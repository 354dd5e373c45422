"""Totals: the figures of providers that may not share their cases"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = ("return_id", "measure", "breakdown", "category", "area", "period_start", "period_end")


def upgrade() -> None:
    """Apply the step."""
    op.add_column("returns", sa.Column("totals_n", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "totals",
        sa.Column("row_id", _NUMBER, nullable=False),
        sa.Column("return_id", _NUMBER, nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("breakdown", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_totals_return_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_totals")),
        sa.UniqueConstraint(*_KEY, name="uq_totals_row"),
    )
    op.create_index(op.f("ix_totals_return_id"), "totals", ["return_id"])
    op.create_index(op.f("ix_totals_in_force_service_measure"), "totals", ["in_force", "service", "measure"])
