"""Provider meetings and their actions, saved views, and how the council's packs look"""

# ruff: noqa: S608 - no value of anybody is in these texts

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TOLD = "string_to_array(current_setting('dashboard.reach', true), E'\\n')"
_EVERYTHING = f"(SELECT '||' = ANY ({_TOLD}))"
_PRESENTS = "(SELECT 'presenting' = ANY (string_to_array(current_setting('dashboard.duties', true), ',')))"
_PERSON = "(SELECT current_setting('dashboard.person', true))"


def _number() -> sa.Column[int]:
    return sa.Column("id", _NUMBER, nullable=False)


def _text(name: str, *, blank: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="" if blank else None)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Apply the step."""
    op.add_column("councils", sa.Column("colour", sa.String(), nullable=False, server_default=""))
    op.add_column("councils", sa.Column("logo", sa.Text(), nullable=False, server_default=""))
    _meetings()
    _actions()
    _of_one_person()
    if op.get_bind().dialect.name == "postgresql":
        _wall()


def _meetings() -> None:
    op.create_table(
        "meetings",
        _number(),
        _text("service"),
        _text("provider", blank=True),
        _text("area", blank=True),
        _text("audience"),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False, server_default="{}"),
        _moment("made_at"),
        _text("made_by"),
        _moment("changed_at"),
        _text("changed_by"),
        _moment("frozen_at", nullable=True),
        _text("frozen_by", blank=True),
        sa.Column("version", sa.Integer()),
        sa.Column("pack", sa.Text()),
        _moment("withdrawn_at", nullable=True),
        _text("withdrawn_by", blank=True),
        _text("withdrawn_why", blank=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_service_provider"), "meetings", ["service", "provider"])


def _actions() -> None:
    op.create_table(
        "actions",
        _number(),
        _text("service"),
        _text("provider", blank=True),
        _text("area", blank=True),
        _text("audience"),
        sa.Column("meeting", sa.Integer()),
        _text("kpi", blank=True),
        _text("kpi_period", blank=True),
        _text("text"),
        _text("owner"),
        sa.Column("due", sa.Date(), nullable=False),
        _moment("made_at"),
        _text("made_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    op.create_index(op.f("ix_actions_service_provider"), "actions", ["service", "provider"])
    op.create_table(
        "action_notes",
        _number(),
        sa.Column("action", _NUMBER, nullable=False),
        _text("service"),
        _text("audience"),
        _moment("at"),
        _text("who"),
        sa.Column("meeting", sa.Integer()),
        _text("status"),
        sa.Column("due", sa.Date()),
        _text("note", blank=True),
        sa.ForeignKeyConstraint(["action"], ["actions.id"], name=op.f("fk_action_notes_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_notes")),
    )
    op.create_index(op.f("ix_action_notes_action"), "action_notes", ["action"])


def _of_one_person() -> None:
    op.create_table(
        "saved_views",
        _number(),
        _text("person"),
        _text("name"),
        _text("page"),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()),
        _moment("made_at"),
        _moment("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index(op.f("ix_saved_views_person"), "saved_views", ["person"])
    op.create_table(
        "last_looked",
        _text("person"),
        _text("service"),
        sa.Column("seq", sa.Integer(), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("person", "service", name=op.f("pk_last_looked")),
    )


def _wall() -> None:
    """Row security: what the council's side prepares, what was shown to a provider, and what is of one person."""
    for name in ("meetings", "actions", "action_notes"):
        ours = f"({_EVERYTHING} OR {name}.service || '||' = ANY ((SELECT {_TOLD})::text[]))"
        # As everywhere, a policy that looks into another table finds only what that table's own policy shows.
        bought = (
            f"EXISTS (SELECT 1 FROM contracts WHERE contracts.service = {name}.service"
            " AND contracts.provider = split_part(line, '|', 2) AND contracts.ended_seq IS NULL)"
        )
        theirs = (
            f"EXISTS (SELECT 1 FROM unnest({_TOLD}) AS line WHERE split_part(line, '|', 2) <> ''"
            f" AND split_part(line, '|', 3) = '' AND split_part(line, '|', 1) IN ('', {name}.service)"
            f" AND ({name}.audience IN ('provider:' || split_part(line, '|', 2), 'public')"
            f" OR {name}.audience = 'providers' AND {bought}))"
        )
        shown = " AND meetings.frozen_at IS NOT NULL" if name == "meetings" else ""
        _policies(name, f"({ours} OR ({theirs}{shown}))", f"({_PRESENTS} AND {ours})")
    mine = f"saved_views.person = {_PERSON}"
    _policies("saved_views", f"({mine} OR (saved_views.shared AND {_EVERYTHING}))", f"({mine})")
    _policies("last_looked", f"(last_looked.person = {_PERSON})", f"(last_looked.person = {_PERSON})")


def _policies(name: str, seen: str, kept: str) -> None:
    op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY seen ON {name} FOR SELECT USING ({seen})")
    op.execute(f"CREATE POLICY added ON {name} FOR INSERT WITH CHECK ({kept})")
    if name not in ("actions", "action_notes"):
        op.execute(f"CREATE POLICY changed ON {name} FOR UPDATE USING ({kept}) WITH CHECK ({kept})")
