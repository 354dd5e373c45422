"""Uploading: how a sender's columns were matched, warnings with their reasons, files as they were sent, and what was checked"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply the step."""
    op.add_column("returns", sa.Column("mapping", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "councils", sa.Column("keep_originals", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "accepted_warnings",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("return_id", _NUMBER, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("check_id", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_accepted_warnings_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_warnings")),
    )
    op.create_index(op.f("ix_accepted_warnings_return_id"), "accepted_warnings", ["return_id"])
    op.create_table(
        "originals",
        sa.Column("return_id", _NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_originals_return_id")),
        sa.PrimaryKeyConstraint("return_id", name=op.f("pk_originals")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("must_fix", sa.Integer(), nullable=False),
        sa.Column("to_confirm", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
