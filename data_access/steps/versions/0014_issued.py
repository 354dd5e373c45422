"""What was issued is remembered; from which number on numbers are shown to others, and whether they are rounded, are settings"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply the step."""
    for name, usual in (("small_number", "5"), ("rounding", "0")):
        op.add_column("councils", sa.Column(name, sa.Integer(), nullable=False, server_default=usual))
    op.create_table(
        "issued",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("person", "audience", "service", "provider")
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Date()),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued")),
    )
    op.create_index(op.f("ix_issued_service_audience"), "issued", ["service", "audience"])
    if op.get_bind().dialect.name == "postgresql":
        _wall()


def _wall() -> None:
    """Row security: what all of a service may be seen of, and what went to one provider; kept by whoever sees that. Nothing changes."""
    told = "string_to_array(current_setting('dashboard.reach', true), E'\\n')"
    everything = f"(SELECT '||' = ANY ({told}))"
    lines = (
        "issued.service || '|' || issued.provider || '|', '|' || issued.provider || '|', "
        "issued.service || '||', '||'"
    )
    whose = f"({everything} OR ARRAY[{lines}] && (SELECT {told}))"
    sees = "(SELECT 'figures' = ANY (string_to_array(current_setting('dashboard.duties', true), ',')))"
    op.execute("ALTER TABLE issued ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE issued FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY seen ON issued FOR SELECT USING ({whose})")
    op.execute(f"CREATE POLICY added ON issued FOR INSERT WITH CHECK ({sees} AND {whose})")
