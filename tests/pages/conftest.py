"""Pages opened in a session of their own, on the examples, on one case, on nothing, or on a shared database of their own."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access import clock
from data_access.held_files import sweep
from data_access.schema import upgrade
from data_access.settings import change_settings
from data_access.sources import close_in_hand, examples_store, open_in_hand, shared_store
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER
from domain.services import service
from domain.settings import Settings
from domain.tally import Source
from sample_data.settings import example_settings
from tests.builders import HILL, a_case, a_return, some_settings
from tests.equipment.once import ready_examples, shared_folder
from tests.pages.opening import at

SHELL = Path(__file__).parents[2] / "pages" / "_shell.py"
READING = ("overview.py", "demand.py", "reasons.py", "outcomes.py", "kpis.py")


@pytest.fixture(scope="session", autouse=True)
def examples_built(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have the examples built by one process of the run, and not by each that opens them first.

    Every run of a page ends with a garbage collection: what other kinds of test have left is not looked at again in each.
    """
    ready_examples(shared_folder(tmp_path_factory))
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def tables_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    store = open_store(f"sqlite:///{path}", Source.SHARED)
    upgrade(store)
    store.engine.dispose()
    assert not path.with_name(f"{path.name}-wal").exists()
    return path


@pytest.fixture
def shared(tmp_path: Path, tables_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty shared database."""
    shutil.copy(tables_file, tmp_path / "shared.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'shared.db'}")
    yield shared_store()
    sweep()


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands at noon: a test that goes by the day does not change at midnight."""
    at = datetime(2018, 10, 12, 11, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


@pytest.fixture
def ready(shared: Store) -> Store:
    """A shared database with settings and no return."""
    change_settings(shared, lambda _: example_settings(), by=COMMISSIONER.signing("test"))
    return shared


@pytest.fixture
def empty(shared: Store) -> Store:
    """A database without any return."""
    return shared


@pytest.fixture
def examples() -> Store:
    """The examples."""
    return examples_store()


@pytest.fixture
def one_case() -> Iterator[Store]:
    """A file in hand with one case."""
    store = open_in_hand(a_return(cases=[a_case()]), some_settings())
    yield store
    close_in_hand(store)


@pytest.fixture
def one_case_of() -> Iterator[Callable[[str], Store]]:
    """Give a file in hand with one case of a service, of which little more is known than how it ended."""
    held: list[Store] = []

    def open_one(key: str) -> Store:
        record = {
            "case_ref": "C1",
            "area": HILL,
            "referral_date": date(2018, 4, 10),
            "outcome": service(key).good[0],
            "outcome_date": date(2018, 5, 20),
        }
        held.append(open_in_hand(replace(a_return(cases=[record]), service=key), settings_of(key)))
        return held[-1]

    yield open_one
    for store in held:
        close_in_hand(store)


def settings_of(*keys: str) -> Settings:
    """The small settings of the tests, with contracts for these services."""
    some = some_settings()
    contracts = tuple(
        replace(contract, key=f"{key}-{contract.provider}", service=key)
        for key in keys
        for contract in some.contracts
    )
    return replace(some, contracts=contracts)


@pytest.fixture
def opened(shared: Store) -> Callable[..., AppTest]:
    """Open a page on a store, with what is chosen there given by its short name in the address."""

    def open_page(file: str, store: Store, **chosen: object) -> AppTest:
        app = AppTest.from_file(str(SHELL), default_timeout=60)
        app.session_state["store_in_hand"] = store
        for name, value in chosen.items():
            app.session_state[name.rstrip("_")] = value
        return at(app, file).run()

    return open_page
