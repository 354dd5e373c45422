"""The command that writes the pack of a meeting: the files that the page gives, told to the audit, and kept where they are for others."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access import clock
from data_access.__main__ import main
from data_access.audit import audit_entries
from data_access.issued import keep_issue
from data_access.ledger import data_version
from data_access.meetings import freeze_meeting, prepare_meeting
from data_access.packs.files import pack_files
from data_access.packs.reading import read_pack
from data_access.people import grant_role
from data_access.returns import save_return
from data_access.settings import change_settings, read_settings
from data_access.stores import Store, reading
from data_access.tables import issued
from domain.access import COMMISSIONER, THE_DASHBOARD, Audience, Grant, Reach, Role
from domain.audit import Act
from domain.issued import Issue
from domain.look import look_of
from domain.meetings import About, Meeting, Remark
from domain.pack import MeetingPack
from domain.periods import Period
from tests.builders import HILL, NORTH, Q1, SOUTH, VALE, a_case, a_return
from tests.storage.roles import BEN, OPERATOR

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What has nothing to do with the kind of database is tried on one, because drawing a pack takes seconds."""
Run = Callable[..., tuple[int, str, str]]
ADDRESS = "https://dashboard.example"
QUARTER = Period.parse(Q1)
AGENDA = ("kpis", "volumes", "outcomes")


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on the test's database, with returns of two providers in it."""
    change_settings(store, lambda now: replace(now, colour="#00703c"), by=COMMISSIONER.signing("tests"))
    for provider in (NORTH, SOUTH):
        cases = [
            a_case(area=(HILL, VALE)[number % 2], outcome=("PREVENTED", "WITHDREW")[number % 3 == 0])
            for number in range(16)
        ]
        save_return(store, a_return(provider, Q1, cases), by=COMMISSIONER.signing("tests"))
    monkeypatch.setenv("DATABASE_URL", store.url)

    def command(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["pack", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def of_the_page(store: Store, meeting: Meeting) -> MeetingPack:
    return read_pack(store, COMMISSIONER, meeting, today=clock.today(), address=ADDRESS)


def files_of(store: Store, pack: MeetingPack, *, quotes: bool = False) -> dict[str, bytes]:
    look = look_of(read_settings(store, COMMISSIONER))
    return {file.name: file.make() for file in pack_files(pack, look, quotes=quotes)}


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def exported(store: Store) -> list[tuple[str, str, str]]:
    found = audit_entries(store, OPERATOR, act=Act.EXPORTED)
    return sorted((one.subject, one.provider, one.detail.partition(";")[0]) for one in found)


def given_out(store: Store) -> list[tuple[str, str]]:
    with reading(store, THE_DASHBOARD) as connection:
        return sorted(
            (one.audience, one.file_name)
            for one in connection.execute(select(issued.c.audience, issued.c.file_name))
        )


@ON_SQLITE
def test_the_command_writes_the_pages_files_and_keeps_what_they_give_away(
    store: Store, run: Run, tmp_path: Path
) -> None:
    # Of several: a provider's own figures give away nothing that it has not, so that nothing is kept of them.
    folder, audience = tmp_path / "new" / "packs", Audience.PROVIDERS
    expected = files_of(store, of_the_page(store, Meeting(About("mentoring", QUARTER, audience, NORTH))))
    words = ("--service", "mentoring", "--provider", "North Mentors", "--period", Q1, "--out", folder)
    told = (*words, "--for", audience.key, "--address", f"{ADDRESS}/")
    code, said, complained = run(*told)
    assert (code, complained) == (0, "")
    assert said.splitlines() == [str(folder / name) for name in expected]
    assert written(folder) == expected
    names = sorted(expected)
    assert exported(store) == [(name, NORTH, "for providers") for name in names]
    assert given_out(store) == [("providers", name) for name in names]


@ON_SQLITE
def test_a_kept_meeting_is_written_as_it_was_frozen_and_its_quotes_only_where_asked_for(
    store: Store, run: Run, tmp_path: Path
) -> None:
    remark = Remark("Fewer than in spring.", "It helped us stay.", "a tenant", agreed=True)
    meeting = Meeting(About("mentoring", QUARTER, Audience.US, NORTH), AGENDA, {"volumes": remark})
    number = prepare_meeting(store, meeting, by=COMMISSIONER)
    pack = of_the_page(store, replace(meeting, id=number))
    freeze_meeting(store, number, pack, by=COMMISSIONER)
    save_return(store, a_return(NORTH, "2018-07..2018-09", [a_case()] * 1), by=COMMISSIONER.signing("tests"))
    assert run("--meeting", number, "--out", tmp_path / "bare")[0] == 0
    assert written(tmp_path / "bare") == files_of(store, pack)
    assert run("--meeting", number, "--out", tmp_path / "quoted", "--quotes")[0] == 0
    quoted = written(tmp_path / "quoted")
    assert quoted == files_of(store, pack, quotes=True)
    assert {one[2] for one in exported(store)} == {"for us"}
    assert (len(exported(store)), given_out(store)) == (6, [])
    assert all(quoted[name] != content for name, content in written(tmp_path / "bare").items())


@ON_SQLITE
def test_nothing_is_written_where_nothing_may_be_shown_or_it_cannot_be_kept(
    store: Store, run: Run, tmp_path: Path
) -> None:
    words = ("--service", "mentoring", "--period", Q1, "--out", tmp_path / "packs")
    code, said, complained = run(*words, "--for", "public", "--as-of", data_version(store) - 1)
    assert (code, said) == (1, "")
    assert "Nothing of it may be shown to 'public'" in complained
    later = Issue(Audience.PUBLIC, "mentoring", data_version(store) + 1, None, ())
    keep_issue(store, COMMISSIONER, later, file_name="later.csv")
    kept = exported(store)
    code, said, complained = run(*words, "--for", "public")
    assert (code, said) == (1, "")
    assert "later than those of act" in complained
    assert (written(tmp_path / "packs"), exported(store)) == ({}, kept)


def test_who_may_see_one_provider_gets_no_pack_of_another(store: Store, run: Run, tmp_path: Path) -> None:
    grant_role(store, BEN, Grant(Role.PROVIDER, Reach(provider=NORTH)), by=OPERATOR)
    words = ("--service", "mentoring", "--period", Q1, "--for", "us", "--as", BEN)
    for provider in ("South Mentors", SOUTH, "nobody"):
        code, _, complained = run(*words, "--provider", provider, "--out", tmp_path / "theirs")
        assert (code, "not allowed" in complained) == (1, True), complained
    assert (written(tmp_path / "theirs"), exported(store)) == ({}, [])
