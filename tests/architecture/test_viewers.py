"""No function of the storage reads or writes a database without being told for whom."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import data_access
from data_access.packs.frame import Frame

ROOT = Path(__file__).parents[2]
SHOWS_NO_ROW = {
    # What a database is, never what stands in it.
    "data_version", "holds_examples", "is_current", "is_empty", "is_ready", "is_sqlite", "newest_step", "role_of", "step_of",
    "wall_stands",
    # Making, filling and closing a database: done by the program or from the command line of the server.
    "build_examples", "check_may_upgrade", "close_in_hand", "create_at_once", "let_in", "open_in_hand", "prepare", "read_published",
    "start", "upgrade",
    # Asked before it is known who somebody is: only what the sign-in of that very person says.
    "find_viewer", "signed_out_at",
}  # fmt: skip


WITH_A_VIEWER = {"Viewer", "Frame"}
"""For whom it is asked: somebody, or the frame of a meeting, which names them."""


def public_functions() -> Iterator[Callable[..., object]]:
    for found in pkgutil.walk_packages(data_access.__path__, "data_access."):
        if ".steps" in found.name or found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == found.name:
                yield function


def taking(kind: str) -> dict[str, inspect.Signature]:
    return {
        function.__name__: inspect.signature(function)
        for function in public_functions()
        if any(str(one.annotation) == kind for one in inspect.signature(function).parameters.values())
    }


def test_whatever_takes_a_database_takes_a_viewer_without_a_default() -> None:
    found = taking("Store")
    assert len(found) > 40
    lacking = {
        name
        for name, signature in found.items()
        if not any(
            str(one.annotation) in WITH_A_VIEWER and one.default is inspect.Parameter.empty
            for one in signature.parameters.values()
        )
    }
    assert lacking == SHOWS_NO_ROW & set(found)


def test_the_frame_of_a_meeting_cannot_be_made_without_a_viewer() -> None:
    (viewer,) = (one for one in fields(Frame) if one.name == "viewer")
    assert (viewer.type, viewer.default, viewer.default_factory) == ("Viewer", MISSING, MISSING)


def test_what_needs_no_viewer_is_there() -> None:
    assert {function.__name__ for function in public_functions()} >= SHOWS_NO_ROW


def test_a_transaction_for_somebody_is_opened_in_one_place_only() -> None:
    opening = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "data_access").rglob("*.py")
        if any(words in path.read_text() for words in (".connect()", ".begin()", "engine.raw_connection"))
    ]
    # The schema's steps and the roles of the database are the owner's, who sees everything by being the owner.
    assert set(opening) <= {"data_access/stores.py", "data_access/schema.py", "data_access/wall.py"}


def test_no_page_says_that_it_is_the_program_itself() -> None:
    named = [
        path.name
        for folder in ("pages", "components")
        for path in (ROOT / folder).rglob("*.py")
        if "THE_DASHBOARD" in path.read_text()
    ]
    assert named == []


def test_sql_as_text_is_run_only_where_nobody_is_shown_a_row() -> None:
    """The rows of a person are limited by rewriting statements, and text is none."""
    running = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "data_access").rglob("*.py")
        if "steps" not in path.parts
        and re.search(r"\bimport\b.*\btext\b|^    text,$|exec_driver_sql", path.read_text(), re.M)
    }
    assert running <= {f"data_access/{name}.py" for name in ("audit_guard", "schema", "stores", "wall")}
