"""Published figures: which source document each stands in"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step. The figures that are kept already are those of the Essex report."""
    op.add_column(
        "published_figures", sa.Column("document", sa.String(), nullable=False, server_default="essex")
    )
    with op.batch_alter_table("published_figures", schema=None) as batch_op:
        batch_op.alter_column("document", server_default=None)
