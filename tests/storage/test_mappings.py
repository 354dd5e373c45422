"""What was confirmed of a provider's spreadsheet is kept with its returns and used for its next file, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.intake import examine
from data_access.mappings import remembered
from data_access.return_rows import WithReturn
from data_access.returns import Saved, known_returns, list_returns, save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping, mapping_from_json
from tests.upload_files.matchings import IN_OTHER_WORDS, OTHER_HEADERS, headers
from tests.upload_files.returns import SETTINGS, TODAY, Change, a_return, case, with_column

HELD = replace(
    SETTINGS, contracts=tuple(replace(c, key=f"{c.service}-{c.provider}") for c in SETTINGS.contracts)
)
MESSY = headers("Cases", OTHER_HEADERS)
TOWN = Mapping(columns=(("Cases", "town", "area"),))
TOWN_OUT = Mapping(columns=(("Cases", "town", LEFT_OUT),))

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(empty_store: Store) -> Store:
    change_settings(empty_store, lambda _: HELD, by=COMMISSIONER.signing("tests"))
    return empty_store


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the test's database; its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("DATABASE_URL", store.url)

    def command(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def save(store: Store, mapping: Mapping, *changes: Change) -> Saved:
    found = examine(
        "r.xlsx", a_return(*changes), SETTINGS, known_returns(store, COMMISSIONER, TODAY), mapping
    )
    assert found.accepted is not None
    return save_return(
        store, found.accepted, by=COMMISSIONER.signing("Jo"), with_it=WithReturn(mapping=mapping)
    )


def test_a_mapping_comes_back_from_storage_as_it_was(store: Store) -> None:
    values = (("Cases", "outcome", "léftüs3", "WITHDRAWN"),)
    full = replace(IN_OTHER_WORDS, sheets=(("clientlist", "Cases"),), values=values)
    save(store, full, MESSY)
    assert remembered(store, COMMISSIONER, "mentoring", "provider-a") == full
    (kept,) = list_returns(store, COMMISSIONER)
    assert mapping_from_json(kept.mapping) == full
    assert remembered(store, COMMISSIONER, "mentoring", "provider-b") == NO_MAPPING
    assert remembered(store, COMMISSIONER, "send", "provider-a") == NO_MAPPING


def test_what_was_confirmed_last_holds_and_a_withdrawn_return_counts_no_more(store: Store) -> None:
    save(store, TOWN)
    second = save(store, TOWN_OUT, case(2, "adults_n", 3))
    assert remembered(store, COMMISSIONER, "mentoring", "provider-a") == TOWN_OUT
    withdraw_return(store, second.id, by=COMMISSIONER.signing("Jo"), why="The wrong column was taken")
    assert remembered(store, COMMISSIONER, "mentoring", "provider-a") == TOWN


def test_the_same_file_understood_in_the_same_way_is_known_and_in_another_is_not(store: Store) -> None:
    assert save(store, TOWN).changed
    again = save(store, TOWN)
    assert (again.changed, again.version) == (False, 1)
    other = save(store, TOWN_OUT)
    assert (other.changed, other.version) == (True, 2)


def test_the_command_line_uses_a_mapping_and_needs_none_for_the_next_file(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "q1.xlsx", tmp_path / "q1 again.xlsx"
    first.write_bytes(a_return(MESSY))
    second.write_bytes(a_return(case(2, "adults_n", 2), MESSY))
    confirmed = tmp_path / "m.json"
    confirmed.write_text(IN_OTHER_WORDS.to_json(), encoding="utf-8")

    code, printed, _ = run("check", first, "--format", "json")
    assert code == 1
    town = next(row for row in json.loads(printed) if row["column"] == "Town")
    assert (town["level"], town["repair"].partition("?")[0]) == (
        "confirm with a reason",
        "Did you mean 'Area'",
    )
    assert run("check", first, "--mapping", confirmed)[0] == 0
    code, printed, _ = run("load", first, "--user", "Jo", "--mapping", confirmed)
    assert (code, "saved as mentoring:provider-a:2018-04..2018-06:1" in printed) == (0, True)

    code, printed, complained = run("load", second, "--user", "Jo")
    assert (code, complained) == (0, "")
    assert "saved as mentoring:provider-a:2018-04..2018-06:2" in printed
    assert "unchanged" in run("load", second, "--user", "Jo")[1]


def test_the_command_line_writes_a_mapping_that_it_reads_again(
    store: Store, run: Run, tmp_path: Path
) -> None:
    saved = save(store, IN_OTHER_WORDS, MESSY)
    out = tmp_path / "out.json"
    assert run("mapping", saved.id, out)[0] == 0
    assert mapping_from_json(out.read_text(encoding="utf-8")) == IN_OTHER_WORDS
    code, printed, _ = run("mapping", "mentoring:provider-a")
    assert (code, mapping_from_json(printed)) == (0, IN_OTHER_WORDS)
    code, _, complained = run("mapping", "mentoring:provider-a:2018-04..2018-06:9")
    assert (code, complained.startswith("There is no return")) == (1, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"not json", "holds no mapping"),
        (b"[1, 2]", "holds no mapping"),
        (b"\xff\xfe\x00", "holds no"),
        (b'{"columns": {"Cases": {"town": "no_such_column"}}}', "no column 'no_such_column'"),
        (b'{"sheets": {"x": "No such sheet"}}', "not a sheet of a return"),
        (b'{"values": {"Cases": {"outcome": {"x": 3}}}}', "holds no mapping"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused_in_plain_words(
    run: Run, tmp_path: Path, text: bytes, said: str
) -> None:
    returned, mapping = tmp_path / "r.xlsx", tmp_path / "m.json"
    returned.write_bytes(a_return())
    mapping.write_bytes(text)
    for words in (("check", returned), ("load", returned, "--user", "Jo")):
        code, printed, complained = run(*words, "--mapping", mapping)
        assert (code, printed) == (2, "")
        assert said in complained
    assert run("check", returned, "--mapping", tmp_path / "nowhere.json")[0] == 2


def test_what_is_kept_is_only_what_the_file_needed(run: Run, tmp_path: Path, store: Store) -> None:
    returned, mapping = tmp_path / "r.xlsx", tmp_path / "m.json"
    returned.write_bytes(a_return(with_column("Cases", "Town", ["x"])))
    more = TOWN_OUT.and_then(Mapping(columns=(("Cases", "elsewhere", "area"),)))
    mapping.write_text(more.to_json(), encoding="utf-8")
    assert run("load", returned, "--user", "Jo", "--mapping", mapping)[0] == 0
    (kept,) = list_returns(store, COMMISSIONER)
    assert mapping_from_json(kept.mapping) == TOWN_OUT
