"""Procurement scenarios, which hold prices: seen and kept by whom may see the prices of all of a service"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# The lines of the reach in which somebody may see prices: duties are told without where they hold, which would not do for prices.
_TOLD = "string_to_array(current_setting('dashboard.prices', true), E'\\n')"


def _text(name: str, *, blank: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="" if blank else None)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "scenarios",
        sa.Column("id", _NUMBER, nullable=False),
        _text("service"),
        _text("name"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("made_at"),
        _text("made_by"),
        _moment("changed_at"),
        _text("changed_by"),
        _moment("removed_at", nullable=True),
        _text("removed_by", blank=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _wall()


def _wall() -> None:
    """Row security: one rule for seeing, adding and changing. Nothing is ever deleted."""
    ours = f"((SELECT '||' = ANY ({_TOLD})) OR scenarios.service || '||' = ANY ((SELECT {_TOLD})::text[]))"
    op.execute("ALTER TABLE scenarios ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE scenarios FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY seen ON scenarios FOR SELECT USING ({ours})")
    op.execute(f"CREATE POLICY added ON scenarios FOR INSERT WITH CHECK ({ours})")
    op.execute(f"CREATE POLICY changed ON scenarios FOR UPDATE USING ({ours}) WITH CHECK ({ours})")
