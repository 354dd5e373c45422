"""What is logged and printed holds no cell of a return and no password; a file that is looked at lies where nobody else can open it."""

import tempfile
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.held_files import sweep
from data_access.returns import save_return
from data_access.stores import Store, without_password
from domain.access import COMMISSIONER
from tests.builders import NORTH, Q1, a_case, a_return


def test_an_error_of_the_database_quotes_no_cell(store: Store) -> None:
    twice = [a_case("SECRET-REFERENCE"), a_case("SECRET-REFERENCE")]
    with pytest.raises(IntegrityError) as failed:
        save_return(store, a_return(NORTH, Q1, twice), by=COMMISSIONER.signing("ann"))
    assert "hidden" in str(failed.value)
    assert "E1" not in str(failed.value).partition("[SQL")[2]


def test_an_address_is_printed_without_its_password() -> None:
    assert without_password("postgresql://me:geheim@db/x") == "postgresql://me:***@db/x"
    assert without_password("sqlite:///var/x.db") == "sqlite:///var/x.db"


def test_a_folder_that_others_can_open_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert sweep() == 0
    (folder,) = tmp_path.iterdir()
    folder.chmod(0o777)
    with pytest.raises(PermissionError, match="somebody else"):
        sweep()
