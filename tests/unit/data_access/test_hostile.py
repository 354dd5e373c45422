"""A file made to do harm is read or refused in its own process, within its limits, while the dashboard goes on answering."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from data_access.intake import examine_draft
from data_access.memory import forget
from data_access.questions import Question
from data_access.settings import change_settings
from data_access.spreadsheets import apart
from data_access.spreadsheets.apart import (
    JOBS,
    Cancelled,
    FailedApart,
    Job,
    Limit,
    LimitReached,
    read_apart,
    run_apart,
)
from data_access.spreadsheets.reading import read_return
from data_access.starting import start
from data_access.stores import open_store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.tally import Source
from sample_data.settings import example_settings
from tests.upload_files.hostile import HOSTILE
from tests.upload_files.returns import KNOWN, SETTINGS, a_return

READ_ALL_THE_SAME = {
    "laughs in the styles",
    "100,000 merged cells",
    "1,000,000 merged cells",
    "a million empty formatted rows",
    "a million rows of empty formatted cells",
    "a claim of every cell there can be",
    "a claim of more cells than there can be",
    "100,000 sheets",
    "elements within elements",
    "a day that no calendar has",
    "names that lead elsewhere",
    "a sheet kept elsewhere",
    "a program called by a formula",
    "a workbook called a text",
    "19 MB of blank lines",
    "an older workbook that claims four billion texts",
}
"""What does no harm once nothing of it is believed; every other one is refused."""


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_read_or_refused_within_its_memory(what: str) -> None:
    name, make = HOSTILE[what]
    peaks: list[int] = []
    draft = read_apart(name, make(), on_peak=peaks.append)
    assert (draft.refusal is None) == (what in READ_ALL_THE_SAME), draft.refusal
    assert all(peak <= JOBS["read"].memory for peak in peaks)
    assert peaks or (draft.refusal and "memory" in draft.refusal.found)
    found = examine_draft(draft, SETTINGS, KNOWN)
    assert found.problems or what in READ_ALL_THE_SAME
    assert "root:" not in repr(draft)


def test_the_dashboard_answers_while_a_hostile_file_is_read(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/one.db", Source.SHARED)
    start(store)
    change_settings(store, lambda _: example_settings(), by=COMMISSIONER.signing("u"))
    name, make = HOSTILE["twenty million texts"]
    data, reading, answers = make(), threading.Event(), 0

    def cancelled() -> bool:
        reading.set()
        return False

    reader = threading.Thread(target=lambda: read_apart(name, data, cancelled=cancelled))
    reader.start()
    assert reading.wait(60)
    while reader.is_alive():
        forget(store.url)
        read_tally(store, Question("referrals", ("month",)), COMMISSIONER)
        answers += 1
    assert answers > 1
    store.engine.dispose()


def test_the_child_reads_what_this_process_would() -> None:
    data = a_return()
    assert read_apart("return.xlsx", data) == read_return("return.xlsx", data)


def children() -> str:
    return Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text()


def test_it_says_what_it_does_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said: list[str] = []
    before = children()
    read_apart("return.xlsx", a_return(), progress=said.append)
    assert "Reading sheet 2 of 6" in said
    with pytest.raises(Cancelled):
        read_apart("return.xlsx", a_return(), cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []
    assert children() == before


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(apart.JOBS, "told", Job("tests.upload_files.harm:work"))
    monkeypatch.setitem(apart.JOBS, "told in a hurry", Job("tests.upload_files.harm:work", seconds=1))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("job", "harm", "limit"),
    [
        ("told in a hurry", "time", Limit.TIME),
        ("told in a hurry", "sleep", Limit.TIME),
        ("told", "memory", Limit.MEMORY),
    ],
)
def test_a_child_ends_at_its_limits(job: str, harm: str, limit: Limit) -> None:
    with pytest.raises(LimitReached) as reached:
        run_apart(job, harm)
    assert reached.value.limit is limit


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("harm", ["class", "write", "fault"])
def test_a_child_can_neither_answer_with_more_than_plain_values_nor_write(
    harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(FailedApart):
        run_apart("told", harm)
    assert "what a cell holds, what" not in caplog.text


@pytest.mark.usefixtures("told")
def test_a_child_knows_no_secret_of_the_dashboard_and_answers_in_plain_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    assert "secret" not in str(run_apart("told", "environment"))
    plain = [timedelta(1), {"a": (1, 2.5, None, True)}, b"x" * 3_000_000, frozenset({(1, 2)})]
    assert run_apart("told", plain) == plain


def test_workbooks_are_read_by_the_parser_that_refuses_entities() -> None:
    """Another part brings lxml along, by which openpyxl would read instead as soon as it finds it."""
    asked = "import data_access, openpyxl.xml as x; print(bool(x.LXML), bool(x.DEFUSEDXML))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENPYXL_LXML"}
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment
    )
    assert said.stdout.split() == ["False", "True"]
