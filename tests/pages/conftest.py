"""Pages opened in a session of their own, on the examples, on one case, on nothing, or on a shared database of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.settings import change_settings
from data_access.sources import close_in_hand, examples_store, open_in_hand, shared_store, sweep_in_hand
from data_access.stores import Store
from sample_data.settings import example_settings
from tests.builders import a_case, a_return, some_settings

SHELL = Path(__file__).parents[2] / "components" / "shell.py"
READING = ("overview.py", "demand.py", "reasons.py", "outcomes.py", "kpis.py")


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty shared database."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'shared.db'}")
    yield shared_store()
    sweep_in_hand()


@pytest.fixture
def ready(shared: Store) -> Store:
    """A shared database with settings and no return."""
    change_settings(shared, lambda _: example_settings(), user="test")
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
def opened(shared: Store) -> Callable[..., AppTest]:
    """Open a page on a store, with what is chosen there given by its short name in the address."""

    def open_page(file: str, store: Store, **chosen: object) -> AppTest:
        app = AppTest.from_file(str(SHELL), default_timeout=60)
        app.session_state["store_in_hand"] = store
        for name, value in chosen.items():
            app.session_state[name.rstrip("_")] = value
        app.run()
        if file != "overview.py":
            app.switch_page(f"../pages/{file}").run()
        return app

    return open_page
