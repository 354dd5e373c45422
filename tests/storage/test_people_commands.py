"""The command line on people: the first administrator, giving and taking roles, and what was written down."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.audit import AUDIT_COLUMNS, note, read_audit
from data_access.commands.people import PEOPLE_COLUMNS
from data_access.people import find_viewer, grant_role, sign_out
from data_access.returns import save_return
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Grant, Reach, Role, Viewer
from domain.audit import Act
from domain.tally import Source
from tests.builders import HILL, NORTH, SOUTH, a_case, a_return, of_provider

Run = Callable[..., tuple[int, str, str]]
ANN, BEN = "ann@council.gov.uk", "ben@north.example"
READER = Viewer("reader", (Grant(Role.ADMINISTRATOR),))
ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the test's database; its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("AUTH_MODE", raising=False)

    def command(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(words)
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def rows(run: Run, *words: str) -> list[dict[str, str]]:
    code, printed, complained = run(*words, "--format", "csv")
    assert (code, complained) == (0, "")
    return list(csv.DictReader(io.StringIO(printed)))


def test_the_first_administrator_of_a_fresh_database_is_made_by_command(database_url: str) -> None:
    def command(*words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"DATABASE_URL": database_url}
        called = [sys.executable, "-m", "data_access", *words]
        return subprocess.run(called, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)

    early = command("grant", "Somebody@council.gov.uk", "administrator")
    assert (early.returncode, early.stdout) == (2, "")
    assert "has no tables yet. Run: python -m data_access init" in early.stderr
    assert command("init").returncode == 0
    given = command("grant", "Somebody@council.gov.uk", "administrator")
    assert (given.returncode, given.stdout) == (0, "somebody@council.gov.uk is now administrator.\n")
    again = command("grant", "somebody@council.gov.uk", "administrator")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "somebody@council.gov.uk has the role administrator already.\n"
    store = open_store(database_url, Source.SHARED)
    found = find_viewer(store, "somebody@council.gov.uk")
    assert found.grants == (Grant(Role.ADMINISTRATOR),)
    assert [e.person for e in read_audit(store, found, act=Act.CHANGED_ROLES)] == ["command line"]
    store.engine.dispose()


def test_people_are_listed_with_the_roles_they_have_now(store: Store, run: Run) -> None:
    assert run("grant", ANN, "administrator", "--title", "Head of commissioning", "--user", "it desk")[0] == 0
    assert run("grant", BEN, "provider", "--provider", "north", "--service", "mentoring")[0] == 0
    assert run("grant", BEN, "viewer", "--area", "E1")[0] == 0
    assert run("revoke", BEN, "viewer", "--area", "E1", "--user", "Jo")[0] == 0
    sign_out(store, Viewer("zoe@example.org"))
    found = rows(run, "people")
    keys = ("person", "title", "role", "service", "provider", "area", "granted_by")
    assert [tuple(row[key] for key in keys) for row in found] == [
        (ANN, "Head of commissioning", "administrator", "", "", "", "it desk, command line"),
        (BEN, "", "provider", "mentoring", "north", "", "command line"),
        ("zoe@example.org", "", "", "", "", "", ""),
    ]
    assert all(row["granted_at"].startswith("20") for row in found[:2])
    as_json = json.loads(run("people", "--format", "json")[1])
    assert [list(row) for row in as_json] == [list(PEOPLE_COLUMNS)] * 3
    assert as_json[2]["role"] is None
    assert run("people")[1].splitlines()[0].split() == list(PEOPLE_COLUMNS)
    revoked = rows(run, "audit", "--act", "changed roles")[0]
    assert (revoked["person"], revoked["detail"]) == ("jo, command line", "revoked viewer (area E1)")


def test_a_role_given_by_command_holds_at_once_and_one_taken_is_gone(store: Store, run: Run) -> None:
    code, printed, complained = run("grant", BEN, "provider", "--provider", "north")
    assert (code, printed, complained) == (0, f"{BEN} is now provider (provider north).\n", "")
    assert find_viewer(store, BEN).grants == (Grant(Role.PROVIDER, Reach(provider=NORTH)),)
    code, printed, complained = run("revoke", BEN, "provider", "--provider", "north")
    assert (code, printed, complained) == (0, f"{BEN} is no longer provider (provider north).\n", "")
    assert find_viewer(store, BEN).grants == ()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("grant x@y.uk provider", 1, "does not say of which provider. Accepted: north, south."),
        ("grant x@y.uk viewer --provider east", 1, "There is no provider 'east'. Accepted: north, south."),
        ("grant x@y.uk viewer --title jo@y.uk", 1, "looks as if it holds an e-mail address"),
        ("grant x@y viewer", 1, "'x@y' names nobody. Accepted: the e-mail address"),
        ("grant x@y.uk administrator --area E1", 1, "An administrator is never limited"),
        ("revoke x@y.uk viewer", 1, "They have no role."),
        (f"revoke {ANN} administrator", 1, "is the last administrator"),
        ("grant x@y.uk owner", 2, "invalid choice: 'owner'"),
        ("grant x@y.uk", 2, "required: ROLE"),
        ("audit --from yesterday", 2, "accepted: as 2026-11-22"),
        ("audit --act peeked", 2, "invalid choice: 'peeked'"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_accepted(
    store: Store, run: Run, words: str, code: int, said: str
) -> None:
    assert run("grant", ANN, "administrator")[0] == 0
    before = rows(run, "people"), rows(run, "audit")
    found, printed, complained = run(*words.split())
    assert (found, printed) == (code, "")
    assert said in complained
    assert (rows(run, "people"), rows(run, "audit")) == before


@pytest.mark.parametrize(
    "words", ["grant x@y.uk viewer", f"revoke {BEN} provider --provider north", "people", "audit"]
)
def test_in_the_place_of_a_provider_each_is_refused_and_written_down(
    store: Store, run: Run, words: str
) -> None:
    grant_role(store, BEN, of_provider(BEN, NORTH).grants[0], by=READER)
    before = rows(run, "people")
    code, printed, complained = run(*words.split(), "--as", BEN)
    assert (code, printed) == (1, "")
    assert complained.startswith("You are not allowed to")
    assert rows(run, "people") == before
    (refused,) = read_audit(store, READER, act=Act.REFUSED)
    assert (refused.person, refused.subject) == (BEN, words.split()[0])


def test_returns_are_listed_to_whom_may_see_every_area_of_their_sender(store: Store, run: Run) -> None:
    for provider in (NORTH, SOUTH):
        save_return(store, a_return(provider, cases=[a_case(area=HILL)]), by=COMMISSIONER.signing("test"))
    for grant in (of_provider(BEN, NORTH).grants[0], Grant(Role.VIEWER, Reach(area=HILL))):
        grant_role(store, BEN, grant, by=READER)

    assert [row["id"].split(":")[1] for row in rows(run, "returns", "--as", BEN)] == [NORTH]
    assert [row["id"].split(":")[1] for row in rows(run, "returns")] == [NORTH, SOUTH]


def test_the_audit_is_found_by_day_person_and_act(store: Store, run: Run) -> None:
    note(store, Viewer("=1+1"), Act.EXPORTED, subject="cases.csv")
    note(store, Viewer(BEN), Act.EXPORTED, service="mentoring", provider=NORTH, subject="cases.csv")
    note(store, Viewer(BEN), Act.SIGNED_IN)
    found = rows(run, "audit")
    assert list(found[0]) == list(AUDIT_COLUMNS)
    assert [(row["person"], row["act"]) for row in found] == [
        (BEN, "signed in"), (BEN, "exported"), ("'=1+1", "exported")
    ]  # fmt: skip
    assert rows(run, "audit", "--person", BEN, "--act", "exported") == [found[1]]
    assert rows(run, "audit", "--to", "2018-04-01") == []
    assert rows(run, "audit", "--from", "2018-04-01") == found
    assert json.loads(run("audit", "--format", "json")[1])[2]["person"] == "=1+1"
