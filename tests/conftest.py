"""Fixtures for all tests: an empty database of each kind, and the browser."""

import gc
import os

# As data_access says it, for a test that reads a workbook before that is imported.
os.environ["OPENPYXL_LXML"] = "False"
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.equipment.chromium import LAUNCH_FLAGS, chromium_path
from tests.equipment.memory import temporary_files_in_memory
from tests.equipment.missing import MissingEquipmentError
from tests.equipment.postgres import GOES_WITH_THE_RUN, fresh_database, running_postgres

# A generated case that takes long on a busy machine is no fault.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

LONG_KINDS_FIRST = (
    "browser",
    "properties",
    "storage",
    "oracles",
    "pages",
    "golden",
    "unit",
    "spec",
    "architecture",
)
"""The order in which the kinds of test start: a process never waits at the end for another's long file."""
ROOT = Path(__file__).parents[1]

_for_all = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Have temporary files written in memory, and start one PostgreSQL server for several processes, both before those start."""
    first = not hasattr(config, "workerinput")
    if first:
        _for_all.enter_context(temporary_files_in_memory())
    if first and getattr(config.option, "numprocesses", None) and not os.environ.get("TEST_POSTGRES_URL"):
        with suppress(MissingEquipmentError):  # a test that needs it says so
            os.environ["TEST_POSTGRES_URL"] = _for_all.enter_context(running_postgres())
            os.environ[GOES_WITH_THE_RUN] = "yes"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long kinds first; each kind keeps its order. What stands in no kind's folder, such as doctests, comes last."""
    place = {kind: number for number, kind in enumerate(LONG_KINDS_FIRST)}
    items.sort(key=lambda item: place.get((*item.path.relative_to(ROOT).parts, "")[1], len(place)))


def pytest_collection_finish() -> None:
    """Take what was loaded out of reach of garbage collection, as app.py does: Streamlit asks for one after every run of a page."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    _for_all.close()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server; it is started once in a test run."""
    with running_postgres() as url:
        yield url


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped after the test."""
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'dashboard.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database: the test runs on SQLite and again on PostgreSQL."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "fresh_postgres_url"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a browser that Playwright would download."""
    return {**browser_type_launch_args, "executable_path": str(chromium_path()), "args": LAUNCH_FLAGS}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, such as the counts of kills; also when they ran in other processes."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == "measured":
                    terminalreporter.write_line(f"{value}")
