"""Settings: areas, prices and deadlines of a contract; survey questions"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step. Contracts that are kept already get what they meant: every area, no price, the legal start of 30 days."""
    for column in (
        sa.Column("areas", sa.String(), nullable=False, server_default=""),
        sa.Column("included_cases", sa.Integer(), nullable=True),
        sa.Column("fixed_price", sa.String(), nullable=True),
        sa.Column("price_per_extra", sa.String(), nullable=True),
        sa.Column("clock_start", sa.String(), nullable=False, server_default="family_request_date"),
        sa.Column("counted_exceptions", sa.String(), nullable=False, server_default=""),
    ):
        op.add_column("contracts", column)
    op.create_table(
        "survey_questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ended_seq", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["ended_seq"], ["ledger.seq"], name=op.f("fk_survey_questions_ended_seq")),
        sa.ForeignKeyConstraint(["seq"], ["ledger.seq"], name=op.f("fk_survey_questions_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_questions")),
    )
