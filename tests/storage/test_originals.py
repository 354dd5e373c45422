"""The file of a return is kept only where the council wants it and everything in it was read."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from sqlalchemy import func, select

from data_access.intake import examine
from data_access.originals import Original, original_of
from data_access.receipts import read_original, read_receipt
from data_access.return_rows import WithReturn
from data_access.returns import Refused, save_return
from data_access.settings import change_settings
from data_access.spreadsheets.template import write_template
from data_access.stores import Store, reading
from data_access.tables import originals
from domain.access import COMMISSIONER, OutOfReach
from domain.checks import Examined
from tests.builders import of_provider
from tests.upload_files.returns import (
    KNOWN,
    PERIOD,
    SETTINGS,
    Change,
    a_return,
    cover,
    right_return,
    with_column,
    with_row,
)

KEEPING = replace(SETTINGS, keep_originals=True)
LENGTH = len(right_return()["Cases"])


def look_at(data: bytes) -> Examined:
    return examine("return.xlsx", data, KEEPING, KNOWN)


def on_a_template(*more: tuple[str, str, str]) -> bytes:
    """The right return typed into our own template, with other words in cells of its other sheets."""
    out = io.BytesIO()
    write_template("mentoring", KEEPING, out, provider="provider-a", period=PERIOD)
    book = load_workbook(out)
    for name, rows in right_return().items():
        headers = {cell.value: cell.column for cell in book[name][1]}
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if name == "Cover":
                    wanted = next((c.row for c in book[name]["A"] if c.value == row[0]), None)
                    if wanted and at == 1:
                        book[name].cell(wanted, 2).value = value
                elif number > 1:
                    book[name].cell(number, headers[rows[0][at]]).value = value
    for name, place, text in more:
        book[name][place] = text
    book.save(out := io.BytesIO())
    return out.getvalue()


def with_comment(book: Workbook) -> None:
    book["Cases"]["A2"].comment = Comment("ring the mother", "Ann")


@pytest.fixture
def keeping(empty_store: Store) -> Store:
    change_settings(empty_store, lambda _: KEEPING, by=COMMISSIONER.signing("tests"))
    return empty_store


def saved_with(store: Store, data: bytes) -> str:
    examined = look_at(data)
    assert examined.accepted is not None
    beside = WithReturn(original=original_of(examined, KEEPING, data))
    return save_return(store, examined.accepted, by=COMMISSIONER.signing("ann"), with_it=beside).id


def test_a_file_of_which_all_was_read_is_kept_and_given_back_as_it_came(keeping: Store) -> None:
    data = a_return()
    identity = saved_with(keeping, data)
    assert read_original(keeping, COMMISSIONER, identity) == ("return.xlsx", data)
    assert read_receipt(keeping, COMMISSIONER, identity).original_kept
    with pytest.raises(OutOfReach):
        read_original(keeping, of_provider("other", "provider-b"), identity)


@pytest.mark.parametrize(
    ("changes", "book"),
    [
        ([with_column("Cases", "Client name", ["A Person"] * (LENGTH - 1))], None),
        ([with_column("Cases", "Colour", ["red"] * (LENGTH - 1))], None),
        ([with_column("Cases", "", ["red"] * (LENGTH - 1))], None),
        ([with_row("Cases", ["Note: ring the mother"])], None),
        ([with_row("Cover", ["Contact", "A Person"])], None),
        ([with_row("Cover", [None, "A Person"])], None),
        ([], lambda book: book.create_sheet("Our own notes").append(["A Person"])),
        ([], lambda book: book.create_sheet("Lists").append(["A Person"])),
        ([], with_comment),
    ],
    ids=["name", "unknown", "unnamed", "note", "line", "stray", "sheet", "hidden in ours", "comment"],
)  # fmt: skip
def test_a_file_that_holds_anything_else_is_never_kept(
    keeping: Store, changes: list[Change], book: Callable[[Workbook], None] | None
) -> None:
    identity = saved_with(keeping, a_return(*changes, book=book))
    assert read_original(keeping, COMMISSIONER, identity) is None
    assert not read_receipt(keeping, COMMISSIONER, identity).original_kept


def test_our_own_template_may_be_kept_as_long_as_its_other_sheets_are_ours() -> None:
    for more, kept in (((), True), ((("About", "A3", "A Person rang"),), False)):
        data = on_a_template(*more)
        assert (original_of(look_at(data), KEEPING, data) is not None) is kept, more


def test_nothing_is_kept_while_the_council_keeps_no_originals(keeping: Store) -> None:
    data = a_return()
    examined = look_at(data)
    assert original_of(examined, SETTINGS, data) is None
    held = original_of(examined, KEEPING, data)
    change_settings(keeping, lambda now: replace(now, keep_originals=False), by=COMMISSIONER.signing("tests"))
    assert examined.accepted is not None
    with pytest.raises(Refused, match="no longer keeps"):
        save_return(
            keeping, examined.accepted, by=COMMISSIONER.signing("ann"), with_it=WithReturn(original=held)
        )
    with reading(keeping, COMMISSIONER) as connection:
        assert connection.execute(select(func.count()).select_from(originals)).scalar_one() == 0


def test_only_the_bytes_that_were_checked_can_be_kept(keeping: Store) -> None:
    data, other = a_return(), a_return(cover("Surveys sent", 13))
    with pytest.raises(ValueError, match="not the bytes"):
        original_of(look_at(data), KEEPING, other)
    with pytest.raises(TypeError, match="not built"):
        Original(data, "digest", object())
    new = look_at(data).accepted
    assert new is not None
    with pytest.raises(Refused, match="not the one that was checked"):
        save_return(
            keeping,
            new,
            by=COMMISSIONER.signing("ann"),
            with_it=WithReturn(original=original_of(look_at(other), KEEPING, other)),
        )
