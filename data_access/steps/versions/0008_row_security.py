"""Row security: on PostgreSQL the database itself shows and takes only the rows of whoever a transaction is told to be for"""

# ruff: noqa: S608 - no value of anybody is in these texts

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What a transaction was told (data_access.stores.tell_database): lines "service|provider|area", where a blank is every one.
# In a SELECT of its own each is worked out once for a statement and not for every row. Nothing told is null or blank, and gives nothing.
_TOLD = "string_to_array(current_setting('dashboard.reach', true), E'\\n')"
_LINES = f"(SELECT {_TOLD})"
_EVERYTHING = f"(SELECT '||' = ANY ({_TOLD}))"
_WITHOUT_AREAS = f"(SELECT array_agg(regexp_replace(line, '[^|]*$', '')) FROM unnest({_TOLD}) AS line)"
_BY_AREA = f"(SELECT bool_or(line !~ '[|]$') FROM unnest({_TOLD}) AS line)"
_SERVICES = f"(SELECT array_agg(split_part(line, '|', 1)) FROM unnest({_TOLD}) AS line)"
_PERSON = "(SELECT current_setting('dashboard.person', true))"
_ANYBODY = "(SELECT current_setting('dashboard.person', true) <> '')"


def _duty(name: str) -> str:
    return f"(SELECT '{name}' = ANY (string_to_array(current_setting('dashboard.duties', true), ',')))"


def _lines_of(table: str) -> str:
    """The lines without an area that hold the row of a service and a provider."""
    service, provider = f"{table}.service", f"{table}.provider"
    return f"{service} || '|' || {provider} || '|', '|' || {provider} || '|', {service} || '||', '||'"


def _whole(table: str) -> str:
    """Within reach whatever the area: what a reach of one area does not hold."""
    return f"({_EVERYTHING} OR ARRAY[{_lines_of(table)}] && {_LINES})"


def _whose(table: str) -> str:
    """Of a service and provider of which something is seen, be it one area."""
    return f"({_EVERYTHING} OR ARRAY[{_lines_of(table)}] && {_WITHOUT_AREAS})"


def _a_case(table: str) -> str:
    service, provider, area = (f"{table}.{name}" for name in ("service", "provider", "area"))
    lines = (
        f"{service} || '|' || {provider} || '|' || {area}, '|' || {provider} || '|' || {area}, "
        f"{service} || '||' || {area}, '||' || {area}"
    )
    return f"({_EVERYTHING} OR ARRAY[{_lines_of(table)}, {lines}] && {_LINES})"


def _beside_a_case(table: str) -> str:
    """A policy that looks into another table finds only what that table's own policy shows."""
    same = " AND ".join(f"cases.{key} = {table}.{key}" for key in ("service", "provider", "case_ref"))
    its_case = f"EXISTS (SELECT 1 FROM cases WHERE {same} AND cases.in_force)"
    return f"({_whole(table)} OR ({_BY_AREA} AND {its_case}))"


def _of_a_case(further: str = "true") -> str:
    its_case = f"EXISTS (SELECT 1 FROM cases WHERE cases.row_id = case_codes.case_row AND {further})"
    return f"({_EVERYTHING} OR {its_case})"


def _of_a_return(table: str, further: str = "true") -> str:
    """Returns are few: they are looked up once for a statement."""
    return f"({_EVERYTHING} OR {table}.return_id IN (SELECT returns.id FROM returns WHERE {further}))"


def _whose_or_of(shared: str, table: str) -> str:
    """Of a provider of which something is seen, or of what stands for all providers of a service."""
    for_all = f"({table}.provider = '{shared}' AND ARRAY[{table}.service, '']::text[] && {_SERVICES})"
    return f"({_whose(table)} OR {for_all})"


_ACT = (
    # That settings changed, and when, is for everybody: a save made on earlier ones is refused.
    f"({_EVERYTHING} OR ledger.kind = 'settings changed' OR ledger.seq IN (SELECT returns.seq FROM returns)"
    " OR ledger.seq IN (SELECT withdrawals.seq FROM withdrawals))"
)
_PROVIDER = (
    f"({_EVERYTHING} OR ARRAY['|' || providers.key || '|', '||'] && {_WITHOUT_AREAS}"
    " OR providers.key IN (SELECT contracts.provider FROM contracts))"
)
_SENDS = _duty("returns")
_SETS = f"({_EVERYTHING} AND {_duty('settings')})"
_DECIDES = _duty("people")
# Who signs out is written down by themselves, known or not; it gives them nothing.
_THEMSELVES = f"({_DECIDES} OR people.person = {_PERSON})"
_BESIDE = ("activities", "agreements", "answers", "complaints", "supplement")
_SETTINGS = {
    "councils": _ANYBODY,
    "areas": _ANYBODY,
    "providers": _PROVIDER,
    "contracts": _whose("contracts"),
    "targets": _whose_or_of("", "targets"),
    "survey_questions": _whose_or_of("", "survey_questions"),
}


def _beside_a_return(table: str, seen: str) -> tuple[str, str, str]:
    return seen, f"({_SENDS} AND {_of_a_return(table, _whole('returns'))})", ""


def _kept_with_a_return(table: str) -> tuple[str, str, str]:
    return _beside_a_return(table, _of_a_return(table, _whole("returns")))


def _rows(table: str, seen: str) -> tuple[str, str, str]:
    written = f"({_SENDS} AND {_whole(table)})"
    return seen, written, written


POLICIES = {
    **{table: _rows(table, _beside_a_case(table)) for table in _BESIDE},
    **{table: _rows(table, _a_case(table)) for table in ("cases", "totals")},
    "staff": _rows("staff", _whole("staff")),
    "case_codes": (_of_a_case(), f"({_SENDS} AND {_of_a_case(_whole('cases'))})", ""),
    "returns": (_whose_or_of("council", "returns"), f"({_SENDS} AND {_whole('returns')})", ""),
    "withdrawals": _beside_a_return("withdrawals", _of_a_return("withdrawals")),
    "accepted_warnings": _kept_with_a_return("accepted_warnings"),
    "originals": _kept_with_a_return("originals"),
    "attempts": (_whole("attempts"), f"({_SENDS} AND {_whole('attempts')})", ""),
    "ledger": (_ACT, "true", ""),
    **{table: (seen, _SETS, _SETS) for table, seen in _SETTINGS.items()},
    "people": (_THEMSELVES, _THEMSELVES, _THEMSELVES),
    "grants": (f"({_DECIDES} OR grants.person = {_PERSON})", _DECIDES, _DECIDES),
    "audit": (_duty("audit"), "true", ""),
}
"""For each table which rows are seen, which may be added and which may be changed; blank is none. Nothing is ever deleted."""


def upgrade() -> None:
    """Apply the step. SQLite has no row security."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, (seen, added, changed) in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY seen ON {table} FOR SELECT USING ({seen})")
        op.execute(f"CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({added})")
        if changed:
            op.execute(
                f"CREATE POLICY changed ON {table} FOR UPDATE USING ({changed}) WITH CHECK ({changed})"
            )
