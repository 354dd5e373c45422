"""What docs/deploy.md says to copy works: the SQL makes two roles behind the wall, and the variables are those that are read."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from data_access.__main__ import main
from data_access.stores import open_store
from data_access.wall import wall_stands
from domain.sign_in import AuthMode, read_sign_in
from domain.tally import Source

GUIDE = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_sql_to_copy_and_init_make_a_database_behind_the_wall(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (sql,) = blocks("sql")
    end = uuid4().hex[:12]
    names = {
        "dashboard_owner": f"owner_{end}",
        "dashboard_app": f"app_{end}",
        "DATABASE dashboard": f"DATABASE test_{end}",
    }
    for said, ours in names.items():
        sql = sql.replace(said, ours)
    before, after = sql.split("\\connect dashboard\n")
    server = make_url(postgres_url)

    def run(statements: str, database: str | None) -> None:
        address = server.set(drivername="postgresql", database=database).render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in filter(str.strip, statements.split(";")):
                connection.execute(statement)

    try:
        run(before, server.database)
        run(after, f"test_{end}")
        app, owner = (
            server.set(username=f"{who}_{end}", password=password, database=f"test_{end}").render_as_string(
                hide_password=False
            )
            for who, password in (("app", "another long password"), ("owner", "one long password"))
        )
        monkeypatch.setenv("DATABASE_URL", app)
        monkeypatch.setenv("DATABASE_OWNER_URL", owner)
        assert main(["init"]) == 0
        assert "does not by itself" not in capsys.readouterr().out
        monkeypatch.delenv("DATABASE_OWNER_URL")
        assert main(["grant", "somebody@example.gov.uk", "administrator"]) == 0
        store = open_store(app, Source.SHARED)
        assert wall_stands(store) == ""
        store.engine.dispose()
    finally:
        run(
            f"DROP DATABASE IF EXISTS test_{end} WITH (FORCE); DROP ROLE IF EXISTS app_{end}; DROP ROLE IF EXISTS owner_{end}",
            server.database,
        )


def test_the_variables_to_copy_are_those_that_the_sign_in_reads() -> None:
    read = [
        read_sign_in(dict(line.split("=", 1) for line in block.splitlines()))
        for block in blocks("ini")
        if "AUTH_MODE=" in block
    ]
    assert [(one.mode, one.allowed_hosts) for one in read] == [
        (AuthMode.OIDC, ("dashboard.example.gov.uk",)),
        (AuthMode.PROXY, ("dashboard.example.gov.uk",)),
    ]
    assert read[0].secure
    assert read[1].proxy_sign_out == "/oauth2/sign_out"
