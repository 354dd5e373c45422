"""What the database itself refuses, whoever asks: to change or delete a row of the audit, and to delete a role that somebody had."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

_SQLITE: Final = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'rows of the audit are only added'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'rows of the audit are only added'); END""",
    # INSERT OR REPLACE takes the old row away without telling the trigger on deleting.
    """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'rows of the audit are only added'); END""",
    """CREATE TRIGGER grants_no_delete BEFORE DELETE ON grants
    BEGIN SELECT RAISE(ABORT, 'a role is revoked, never deleted'); END""",
    """CREATE TRIGGER grants_no_replace BEFORE INSERT ON grants WHEN EXISTS (SELECT 1 FROM grants WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'a role is revoked, never deleted'); END""",
)
_POSTGRESQL: Final = (
    """CREATE OR REPLACE FUNCTION refuse_for_good() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_good('rows of the audit are only added')""",
    """CREATE TRIGGER grants_never_deleted BEFORE DELETE OR TRUNCATE ON grants
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_good('a role is revoked, never deleted')""",
)


def guard_audit(connection: Connection) -> None:
    """Set the triggers on the tables of the audit and of the roles, which must be there and have none yet.

    Called by the step that makes the tables and by `schema.create_at_once`.
    """
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)
