"""Files of every kind are read from their bytes, or refused in words that say what to do."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from data_access.intake import Examined, examine, problem_rows
from data_access.spreadsheets import opening
from tests.upload_files.returns import (
    KNOWN,
    SETTINGS,
    a_return,
    as_csv,
    case,
    right_return,
    with_column,
    with_row,
    with_stored_value,
)
from tests.upload_files.right import RIGHT


def look_at(data: bytes | Path, name: str = "return.xlsx") -> Examined:
    return examine(name, data, SETTINGS, KNOWN)


def a_folder(where: Path, kind: str = "mentoring", **texts: bytes) -> Path:
    for sheet, rows in right_return(kind).items():
        (where / f"{sheet}.csv").write_bytes(texts.get(sheet, as_csv(rows).encode()))
    return where


@pytest.mark.parametrize("kind", RIGHT)
def test_a_folder_of_csv_gives_the_same_return_as_the_workbook(tmp_path: Path, kind: str) -> None:
    book, folder = look_at(a_return(kind=kind)).accepted, look_at(a_folder(tmp_path, kind)).accepted
    assert book is not None
    assert folder is not None
    assert replace(folder, digest=book.digest) == book


@pytest.mark.parametrize("kind", RIGHT)
def test_a_csv_alone_is_known_by_its_headers(kind: str) -> None:
    for name in RIGHT[kind][2]:
        data = as_csv(right_return(kind)[name]).encode()
        assert list(look_at(data, "quarter 1.csv").rows_read) == [name]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_the_alphabets_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    sheets = right_return()
    case(2, "mentor_ref", "Café")(sheets)
    found = look_at(a_folder(tmp_path, Cases=as_csv(sheets["Cases"]).encode(encoding)))
    assert found.accepted is not None
    assert found.accepted.cases[0]["mentor_ref"] == "Café"


def test_csv_with_semicolons_is_read(tmp_path: Path) -> None:
    sheets = right_return()
    case(2, "vulnerabilities", "Young person")(sheets)
    text = as_csv(sheets["Cases"]).replace(",", ";")
    assert look_at(a_folder(tmp_path, Cases=text.encode())).accepted is not None


def test_one_csv_alone_lacks_its_other_sheets() -> None:
    found = look_at(as_csv(right_return()["Cases"]).encode(), "quarter 1.csv")
    assert [(p.check, p.sheet) for p in found.must_fix] == [("V01", "Cover")]
    assert found.rows_read == {"Cases": 3}


def test_the_digest_is_that_of_the_bytes() -> None:
    data = a_return()
    assert look_at(data).digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\x00\x01", "a PDF document"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (opening.OLD_FORMAT + bytes(600), "older document of another Office program"),
        (opening.OLD_FORMAT + bytes(600) + opening.ENCRYPTED, "password"),
        (b"x" * (21 * 1024 * 1024), "21.0 MB"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused_in_plain_words(data: bytes, says: str) -> None:
    found = look_at(data)
    (problem,) = found.problems
    assert problem.check == "V28"
    assert says in problem.found
    assert found.accepted is None


def test_a_small_file_that_unpacks_to_much_is_refused() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/a.bin", "w") as part,
    ):
        for _ in range(301):
            part.write(bytes(1024 * 1024))
    (problem,) = look_at(out.getvalue()).problems
    assert "300 MB" in problem.found


def test_a_cell_far_away_is_refused_before_the_memory_is_filled() -> None:
    def far(book: Workbook) -> None:
        book["Cases"]["XFD1000000"] = "x"

    (problem,) = look_at(a_return(book=far)).problems
    assert "reaches to row 1,000,000 and has 16,384 columns" in problem.found


def test_50_001_rows_are_refused_and_counted() -> None:
    lines = as_csv(right_return()["Cases"]) + "".join(f"X-{n},Harlow\r\n" for n in range(49_998))
    (long,) = [p for p in look_at(lines.encode(), "Cases.csv").must_fix if p.check == "V28"]
    assert long.found == "The sheet has 50,001 rows."


def test_a_title_above_the_headers_moves_no_row_number() -> None:
    data = a_return(case(2, "sex", "Femal"), lambda sheets: sheets["Cases"].insert(0, ["Quarter 1"]))
    found = look_at(data)
    assert [p.row for p in found.must_fix] == [3]
    assert "above the headers" in found.said[0].found


def test_a_total_row_a_formula_and_a_name_column_together_are_said_and_not_refused() -> None:
    data = with_stored_value(
        a_return(
            with_row("Cases", ["Total", None]),
            case(2, "adults_n", "=1+1"),
            with_column("Cases", "Client name", ["Somebody"]),
        ),
        "1+1",
        "2",
    )
    found = look_at(data)
    assert found.accepted is not None
    assert found.accepted.cases[0]["adults_n"] == 2
    assert [p.check for p in found.to_confirm] == ["V30"]
    assert len(found.said) == 2
    assert "Client name" not in repr(found.accepted)


def test_an_excel_error_is_a_problem_not_a_blank() -> None:
    def broken(book: Workbook) -> None:
        book["Cases"]["M2"] = "#REF!"
        book["Cases"]["M2"].data_type = "e"

    (problem,) = look_at(a_return(book=broken)).must_fix
    assert "Excel error" in problem.found
    assert problem.row == 2


def test_rows_for_the_command_line_have_their_nine_columns() -> None:
    (row,) = problem_rows(look_at(a_return(case(3, "area", None))))
    assert list(row) == ["file", "sheet", "row", "column", "check", "level", "found", "wanted", "repair"]
    assert (row["file"], row["sheet"], row["row"], row["level"]) == ("return.xlsx", "Cases", 3, "must fix")


def test_the_time_of_a_check_grows_with_its_rows_and_not_with_their_square() -> None:
    def seconds(rows: int) -> float:
        row = right_return()["Cases"][1]
        data = a_return(*(with_row("Cases", [f"R-{n}", *row[1:]]) for n in range(rows)))
        started = time.process_time()
        assert look_at(data).accepted is not None
        return time.process_time() - started

    # Eight times the rows, so 8 when it grows with them and 64 when with their square.
    assert seconds(8_000) < 30 * seconds(1_000)
