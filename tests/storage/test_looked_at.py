"""A file that is looked at and not saved goes with its session."""

import os
from pathlib import Path

import pytest

from data_access import held_files
from data_access.held_files import HeldFile, close_ended
from data_access.returns import Refused, save_return, withdraw_return
from data_access.sources import close_in_hand, open_in_hand
from data_access.stores import Store
from domain.access import COMMISSIONER
from tests.builders import a_case, a_return, some_settings


def test_it_stays_while_its_session_has_a_browser_and_for_a_reload(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_in_hand(a_return(cases=[a_case("c1")]), some_settings(), session="s1")
    path = Path(store.url.removeprefix("sqlite:///"))
    assert close_ended(lambda session: True) == 0
    assert close_ended(lambda session: session != "s1") == 0, "a browser that reloads comes back"
    assert path.exists()
    later = held_files.time.monotonic() + 600
    monkeypatch.setattr(held_files.time, "monotonic", lambda: later)
    assert close_ended(lambda session: session != "s1") == 1
    assert not path.exists()
    store.engine.dispose()


def test_it_goes_at_once_when_the_reader_leaves_it() -> None:
    store = open_in_hand(a_return(cases=[a_case("c1")]), some_settings(), session="s2")
    close_in_hand(store)
    assert not Path(store.url.removeprefix("sqlite:///")).exists()
    assert close_ended(lambda session: False) == 0


def test_words_that_look_personal_are_not_kept_with_a_return(store: Store) -> None:
    new = a_return(cases=[a_case("c1")])
    with pytest.raises(Refused, match="e-mail address"):
        save_return(store, new, by=COMMISSIONER.signing("jane@example.org"))
    saved = save_return(store, new, by=COMMISSIONER.signing("manager"))
    with pytest.raises(Refused, match="phone number"):
        withdraw_return(store, saved.id, by=COMMISSIONER.signing("manager"), why="call 07700 900123")


def test_a_file_that_is_checked_can_be_read_again_until_it_is_let_go() -> None:
    held = HeldFile({"Cover.csv": b"Service,mentoring", "Cases.csv": b"Case reference"}, session="s3")
    assert held.name == "2 CSV files"
    assert held.read() == {"Cover.csv": b"Service,mentoring", "Cases.csv": b"Case reference"}
    (path,) = files_holding(b"Case reference")
    assert path.stat().st_mode & 0o077 == 0, "nobody else may read it"
    held.let_go()
    assert not path.exists()
    assert not held.there
    assert close_ended(lambda session: False) == 0


def test_a_file_that_is_checked_goes_with_the_session_that_forgets_it() -> None:
    held = HeldFile({"return.xlsx": b"forgotten"}, session="s4")
    assert held.there
    assert files_holding(b"forgotten")
    del held
    assert not files_holding(b"forgotten")


def files_holding(data: bytes) -> list[Path]:
    """Files of this process alone: others may run at the same time."""
    mine = held_files.private_folder().glob(f"{os.getpid()}-*.part")
    return [path for path in mine if path.read_bytes() == data]
