"""Agreements: found by their case, because every figure about agreed actions reads them with it"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_index(
        op.f("ix_agreements_in_force_service_case_ref"), "agreements", ["in_force", "service", "case_ref"]
    )
