"""New averages: from which month on a monthly series has another one, said by a person with a reason"""

# ruff: noqa: S608 - no value of anybody is in these texts

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "new_averages",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ended_seq", sa.Integer()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("service", "provider", "measure")),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ended_seq"], ["ledger.seq"], name=op.f("fk_new_averages_ended_seq")),
        sa.ForeignKeyConstraint(["seq"], ["ledger.seq"], name=op.f("fk_new_averages_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_averages")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _wall()


def _wall() -> None:
    """Row security as of a target: seen by whoever sees something of its provider or service, said by whoever may change settings."""
    name = "new_averages"
    told = "string_to_array(current_setting('dashboard.reach', true), E'\\n')"
    everything = f"(SELECT '||' = ANY ({told}))"
    without_areas = f"(SELECT array_agg(regexp_replace(line, '[^|]*$', '')) FROM unnest({told}) AS line)"
    services = f"(SELECT array_agg(split_part(line, '|', 1)) FROM unnest({told}) AS line)"
    duties = "string_to_array(current_setting('dashboard.duties', true), ',')"
    sets = f"({everything} AND (SELECT 'settings' = ANY ({duties})))"
    lines = (
        f"{name}.service || '|' || {name}.provider || '|', '|' || {name}.provider || '|', "
        f"{name}.service || '||', '||'"
    )
    of_all = f"({name}.provider = '' AND ARRAY[{name}.service, '']::text[] && {services})"
    seen = f"({everything} OR ARRAY[{lines}] && {without_areas} OR {of_all})"
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY seen ON {name} FOR SELECT USING ({seen})")
    op.execute(f"CREATE POLICY added ON {name} FOR INSERT WITH CHECK ({sets})")
    op.execute(f"CREATE POLICY changed ON {name} FOR UPDATE USING ({sets}) WITH CHECK ({sets})")
