"""Agreed exceptions on the command line, and as a file: whole or not at all, every fault at its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data_access.__main__ import main
from data_access.exceptions_file import COLUMNS
from data_access.ledger import data_version
from data_access.returns import save_return
from data_access.stores import Store
from domain.access import COMMISSIONER
from tests.builders import NORTH, SOUTH, a_return, a_send_case

Run = Callable[..., tuple[int, str, str]]
HEADERS = [column.label for column in COLUMNS]
GOOD = ["", "ONE", "SM1b", "Council not available", "", "Commissioning manager", date(2018, 6, 21), None]
ONE = (
    "--kpi", "sm1b", "--case", "ONE", "--reason", "Council unavailable",
    "--by", "Commissioning manager", "--on", "2018-06-21", "--user", "clerk",
)  # fmt: skip
LATE = a_send_case("ONE", requested=date(2018, 5, 1), meeting_date=date(2018, 6, 20))


@pytest.fixture
def run(
    all_services: Store,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command on a database with one late case of the north, and one of both providers."""
    both = a_send_case("BOTH", requested=date(2018, 5, 1))
    save_return(all_services, a_return(NORTH, cases=[LATE, both], service="send"), by=COMMISSIONER)
    save_return(all_services, a_return(SOUTH, cases=[both], service="send"), by=COMMISSIONER)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("AUTH_MODE", raising=False)

    def command(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(words)
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def listed(run: Run) -> list[dict[str, str]]:
    code, printed, complained = run("exceptions", "--service", "send", "--format", "csv")
    assert (code, complained) == (0, "")
    return list(csv.DictReader(io.StringIO(printed)))


def filled(run: Run, path: Path, *rows: Sequence[object]) -> str:
    """The template with rows."""
    assert run("exceptions", "template", str(path))[0] == 0
    book = load_workbook(path)
    assert [cell.value for cell in book["Exceptions"][1]] == HEADERS
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            book["Exceptions"].cell(number, place).value = value or None  # type: ignore[assignment]
    book.save(path)
    return str(path)


def test_one_is_agreed_listed_and_taken_back(run: Run) -> None:
    agreed = run("exceptions", "agree", *ONE)
    assert agreed[0] == 0
    assert agreed[1].startswith("Agreed, as act ")
    (row,) = listed(run)
    assert (row["provider"], row["reason"], row["caused_by"]) == (NORTH, "LA_UNAVAIL", "council")
    assert (row["counts"], row["effect"]) == ("no", "not counted")
    back = ("exceptions", "take-back", row["id"], "--user", "clerk", "--why", "wrong case")
    code, _, complained = run(*back[:-1], "jo@example.org asked")
    assert code == 1
    assert "jo@" not in complained
    assert len(listed(run)) == 1
    assert run(*back) == (0, f"Exception {row['id']} is taken back.\n", "")
    assert listed(run) == []
    code, printed, complained = run(*back)
    assert (code, printed) == (1, "")
    assert "or it was taken back" in complained


def test_who_works_for_one_service_names_none_and_is_answered_for_that(run: Run) -> None:
    assert run("grant", "ann@council.gov.uk", "commissioner", "--service", "send")[0] == 0
    assert run("exceptions", "agree", *ONE)[0] == 0
    code, printed, _ = run("exceptions", "--format", "csv", "--as", "ann@council.gov.uk")
    assert (code, printed.count("SM1b")) == (0, 1)
    assert run("exceptions", "--service", "housing", "--as", "ann@council.gov.uk")[0] == 1


def test_what_the_data_refuse_exits_1_and_wrong_usage_2(run: Run) -> None:
    words = ["exceptions", "agree", "--case", "NOBODY", "--reason", "SCHOOL_HOL", "--by", "Manager", "--user", "clerk"]  # fmt: skip
    code, _, complained = run(*words, "--kpi", "SM1b")
    assert code == 1
    assert "No current return has the case 'NOBODY'." in complained
    assert run(*words, "--kpi", "SM2")[0] == 1
    assert run(*words)[0] == 2
    both = run(*[word.replace("NOBODY", "BOTH") for word in words], "--kpi", "SM1b")
    assert both[0] == 2
    assert "say which with --provider (north, south)" in both[2]


def test_a_file_enters_whole_and_again_not_at_all(run: Run, tmp_path: Path) -> None:
    path = filled(run, tmp_path / "list.xlsx", GOOD, [*GOOD[:2], "SM1a Mediation arranged within 30 days", *GOOD[3:]])  # fmt: skip
    code, printed, complained = run("exceptions", "load", path, "--user", "clerk")
    assert (code, complained) == (0, "")
    assert "2 exceptions agreed" in printed
    assert {row["kpi"] for row in listed(run)} == {"SM1a", "SM1b"}
    code, printed, complained = run("exceptions", "load", path, "--user", "clerk")
    assert (code, printed) == (1, "")
    assert "Sheet 'Exceptions', row 2, 'Case reference': This exception was agreed already" in complained
    assert len(listed(run)) == 2


def test_every_fault_of_a_file_is_said_at_its_cell_and_nothing_is_kept(
    run: Run, all_services: Store, tmp_path: Path
) -> None:
    wrong = {
        "Provider": ["Nobody Ltd", *GOOD[1:]],
        "Case reference": ["", "Jo@example.org", *GOOD[2:]],
        "KPI": [*GOOD[:2], "SM2", *GOOD[3:]],
        "Reason": [*GOOD[:3], "Bad weather", *GOOD[4:]],
        "Caused by": [*GOOD[:4], "Nobody", *GOOD[5:]],
        "Agreed by (job title)": [*GOOD[:5], "Mr Bloggs", *GOOD[6:]],
        "Agreed on": [*GOOD[:6], "31/02/2018", None],
        "Until": [*GOOD[:7], "20/06/2018"],
    }
    lines = [HEADERS, *wrong.values(), ["", "BOTH", *GOOD[2:]], ["", "", *GOOD[2:]]]
    path = tmp_path / "list.csv"
    written = io.StringIO()
    csv.writer(written).writerows(
        [[f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in line] for line in lines]
    )
    path.write_text(written.getvalue())
    before = data_version(all_services)
    code, printed, complained = run("exceptions", "load", str(path), "--user", "clerk")
    assert (code, printed) == (1, "")
    for number, column in enumerate([*wrong, "Provider", "Case reference"], start=2):
        assert f"row {number}, '{column}':" in complained
    assert "example.org" not in complained
    assert "Bloggs" not in complained
    assert data_version(all_services) == before


@pytest.mark.parametrize("lacking", [column.label for column in COLUMNS if column.needed])
def test_a_file_without_a_column_that_is_needed_names_it(run: Run, tmp_path: Path, lacking: str) -> None:
    lines = [HEADERS, [*GOOD[:6], "21/06/2018", ""]]
    place = HEADERS.index(lacking)
    path = tmp_path / "list.csv"
    path.write_text("".join(",".join(line[:place] + line[place + 1 :]) + "\n" for line in lines))  # type: ignore[arg-type,operator]
    code, printed, complained = run("exceptions", "load", str(path), "--user", "clerk")
    assert (code, printed) == (1, "")
    assert f"'{lacking}': The column is missing." in complained
    assert listed(run) == []


def test_a_file_of_something_else_is_refused_in_plain_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b,c\n1,2,3\n")
    code, _, complained = run("exceptions", "load", str(path), "--user", "clerk")
    assert code == 1
    assert "No sheet has the headers of exceptions." in complained
    assert run("exceptions", "load", str(tmp_path / "gone.xlsx"), "--user", "clerk")[0] == 2
