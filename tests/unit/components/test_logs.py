"""The log says what happened to the program, and nothing of a person or a cell."""

import json
import logging
import sys
import traceback
from collections.abc import Iterator

import pytest
import streamlit.config
import streamlit.logger

from components.logs import PlainFacts, log_as_json

CELL = "Jo Bloggs, 12 High Street"


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Give the rest of the run its own log back."""
    names = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(one, one.handlers[:], one.level, one.propagate, one.filters[:]) for one in names]
    formatter = streamlit.logger.setup_formatter
    yield
    vars(streamlit.logger)["setup_formatter"] = formatter
    for one, handlers, level, propagate, filters in before:
        one.handlers, one.level, one.propagate, one.filters = handlers, level, propagate, filters


def line(
    name: str, message: str, *filled: object, error: BaseException | None = None, **extra: object
) -> dict[str, object]:
    """What is written of one thing that happened."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.getLogger(name).makeRecord(
        name, logging.ERROR, __file__, 1, message, filled, info, extra=extra
    )
    written: dict[str, object] = json.loads(PlainFacts().format(record))
    return written


def failing() -> Exception:
    """An exception that quotes a cell, caused by another one that does."""
    try:
        try:
            raise KeyError(CELL)
        except KeyError as first:
            raise ValueError(f"cannot read {CELL}") from first
    except ValueError as error:
        return error


def test_an_exception_is_logged_by_its_type_and_place_and_never_by_its_words() -> None:
    written = line("dashboard", "A page failed", error=failing(), reference="ab12cd34")

    assert CELL not in json.dumps(written)
    assert written["said"] == "A page failed"
    assert written["reference"] == "ab12cd34"
    found = written["exc_info"]
    assert isinstance(found, list)
    assert [one for one in found if " " not in one] == ["ValueError", "KeyError"]
    assert any(
        one.startswith("tests/unit/components/test_logs.py:") and one.endswith(" failing") for one in found
    )


def test_a_library_is_quoted_without_what_it_fills_in() -> None:
    written = line("sqlalchemy.engine", "statement %s with %s", "SELECT", CELL, visitor=CELL)

    assert CELL not in json.dumps(written)
    assert written["said"] == "statement %s with %s"


def test_an_exception_that_a_library_writes_out_loses_its_words_too() -> None:
    error = failing()
    written = line("uvicorn.error", "".join(traceback.format_exception(error)))

    assert CELL not in json.dumps(written)
    assert "ValueError" in str(written["said"])
    assert "in failing" in str(written["said"])


def test_streamlit_itself_writes_no_error_with_its_words_past_the_log() -> None:
    assert streamlit.config.get_option("logger.enableRich") is False


def test_everything_is_written_as_json_also_by_what_streamlit_loads_later(
    logging_as_before: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log_as_json()
    logging.getLogger().handlers[0].stream = sys.stderr  # type: ignore[attr-defined]

    streamlit.logger.get_logger("streamlit.loaded.later").error("It failed", exc_info=failing())
    logging.getLogger("uvicorn.access").info('%s - "%s %s"', "192.0.2.7", "GET", "/demand?area=Hill")
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "192.0.2.7", "/?area=Hill")
    logging.getLogger("uvicorn.error").warning("Something to know")

    lines = [json.loads(one) for one in capsys.readouterr().err.splitlines()]
    assert [(one["by"], one["said"], one["level"]) for one in lines] == [
        ("streamlit.loaded.later", "It failed", "ERROR"),
        ("uvicorn.error", "Something to know", "WARNING"),
    ]
    assert CELL not in json.dumps(lines)
