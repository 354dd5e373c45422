"""Reading a return from bytes.

A workbook, one CSV file or a folder of them. Nothing is written anywhere, and nothing in it is run.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import PurePath
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, load_workbook

from data_access.spreadsheets.workbook_parts import extent, sheet_parts, sheet_paths
from domain.checks.checking import sheet_of
from domain.checks.tables import HEADER_SEARCH, spellings
from domain.drafts import ROW_LIMIT, Draft, RawCell, Refusal, SheetDraft
from domain.fields import Sheet, fields_of
from domain.vocabulary import plain

SIZE_LIMIT = 20 * 1024 * 1024
"""The largest file taken, in bytes."""
UNPACKED_LIMIT = 300 * 1024 * 1024
"""The largest workbook once unpacked, in bytes, so that a small file cannot fill the memory."""
CELL_LIMIT = 10_000_000
"""The largest sheet, as rows times columns up to its last written cell, for the same reason."""

IGNORED_SHEETS = frozenset({"lists", "about", "errors"})
"""Sheets that the dashboard itself writes; nothing is read from them and nothing is said."""

OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
A_RETURN = "An Excel workbook (.xlsx or .xlsm), a CSV file, or a folder of CSV files."
PROTECTED = Refusal(
    "The file is protected with a password, so it cannot be opened.",
    "A workbook without a password.",
    "Remove the password (File > Info > Protect Workbook > Encrypt with Password, clear "
    "it), save and upload the file again.",
)


class UnreadableError(Exception):
    """The file cannot be opened; carries the words for the person who sent it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.found)
        self.refusal = refusal


def read_return(name: str, data: bytes) -> Draft:
    """Read one file. A file that cannot be opened gives a draft with a refusal, never an error.

    Parameters
    ----------
    name : as the person's computer called it; its ending is not relied on. data : the bytes.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        if len(data) > SIZE_LIMIT:
            raise UnreadableError(too_large(len(data)))
        if data.startswith(b"PK\x03\x04"):
            return _read_workbook(name, data, digest)
        if data.startswith(OLD_FORMAT):
            raise UnreadableError(
                PROTECTED if ENCRYPTED in data else _refuse("This is an older Excel file (.xls).")
            )
        only = _read_csv(name, data)
        if not _known_headers(only.grid):
            raise UnreadableError(
                _refuse("The file is no Excel workbook, and no CSV file with a header that we know.")
            )
        return Draft(name, digest, (only,))
    except UnreadableError as error:
        return Draft(name, digest, refusal=error.refusal)


def read_here(named: tuple[str, bytes], progress: Callable[[str], None]) -> Draft:
    """What the child process of `apart` runs: read the file, as `read_return`."""
    return read_return(*named)


def read_folder(name: str, files: Mapping[str, bytes]) -> Draft:
    """Read a folder of CSV files, each called after its sheet, such as Cases.csv."""
    digest = hashlib.sha256()
    for file_name, data in sorted(files.items()):
        digest.update(file_name.encode() + b"\0" + hashlib.sha256(data).digest())
    total = sum(map(len, files.values()))
    try:
        if total > SIZE_LIMIT:
            raise UnreadableError(too_large(total))
        wanted = {n: d for n, d in sorted(files.items()) if sheet_of(PurePath(n).stem)}
        if not wanted:
            named = ", ".join(f"{sheet}.csv" for sheet in Sheet)
            raise UnreadableError(_refuse(f"The folder holds none of the files {named}."))
        sheets = tuple(_read_csv(n, d) for n, d in wanted.items())
        unread = tuple(
            n for n in sorted(files) if n not in wanted and plain(PurePath(n).stem) not in IGNORED_SHEETS
        )
        return Draft(name, digest.hexdigest(), sheets, unread)
    except UnreadableError as error:
        return Draft(name, digest.hexdigest(), refusal=error.refusal)


def too_large(size: int) -> Refusal:
    """The words for a file of more than 20 MB; `size` in bytes."""
    return Refusal(
        f"The file has {size / 1024 / 1024:.1f} MB.",
        f"At most {SIZE_LIMIT // 1024 // 1024} MB.",
        "Remove pictures and sheets that are not part of the return, or send it as CSV files.",
    )


def _refuse(found: str) -> Refusal:
    return Refusal(
        found,
        A_RETURN,
        "Open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and upload that file.",
    )


def _read_workbook(name: str, data: bytes, digest: str) -> Draft:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if "mimetype" in archive.namelist():
            raise UnreadableError(_refuse("This is an OpenDocument file, not an Excel workbook."))
        parts = _unpack(archive)
        paths = sheet_paths(archive)
        book = load_workbook(io.BytesIO(data))
        sheets, unread = _sheets(book, {sheet: parts[path] for sheet, path in paths.items() if path in parts})
    except (
        CalamineError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        ParseError,
        DefusedXmlException,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UnreadableError(_refuse("The file is damaged, or is not an Excel workbook.")) from error
    macros = any(part.endswith("vbaProject.bin") for part in archive.namelist())
    links = any(part.startswith("xl/externalLinks/") for part in archive.namelist())
    return Draft(name, digest, tuple(sheets), tuple(unread), macros, links)


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The sheets of the archive, after measuring all of it.

    Python stops at the size an entry declares, and then its checksum fails.
    """
    if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
        raise UnreadableError(
            Refusal(
                f"The file unpacks to more than {UNPACKED_LIMIT // 1024 // 1024} MB.",
                "A workbook of an ordinary size.",
                "Copy the sheets of the return into the template and upload that file.",
            )
        )
    if archive.testzip():
        raise zipfile.BadZipFile
    return {
        part: archive.read(part)
        for part in archive.namelist()
        if part.startswith("xl/worksheets/") and part.endswith(".xml")
    }


def _sheets(book: CalamineWorkbook, parts: Mapping[str, bytes]) -> tuple[list[SheetDraft], list[str]]:
    sheets, unread = [], []
    for meta in book.sheets_metadata:
        if plain(meta.name) in IGNORED_SHEETS:
            continue
        if sheet_of(meta.name) is None or meta.name not in parts:
            unread.append(meta.name)
            continue
        xml = parts[meta.name]
        rows, columns = extent(xml)
        if rows * columns > CELL_LIMIT:
            raise UnreadableError(_too_wide(meta.name, rows, columns))
        found = sheet_parts(xml)
        grid = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
        sheets.append(
            SheetDraft(
                name=meta.name,
                grid=tuple(map(tuple, grid)),
                hidden=meta.visible != SheetVisibleEnum.Visible,
                hidden_rows=tuple(row for row in found.hidden_rows if row <= len(grid)),
                hidden_columns=tuple(
                    c for c in sorted(set(found.hidden_columns)) if grid and c < len(grid[0])
                ),
                formulas=found.formulas,
                unstored=frozenset(found.unstored),
                errors=frozenset(found.errors),
            )
        )
    return sheets, unread


def _too_wide(name: str, rows: int, columns: int) -> Refusal:
    return Refusal(
        f"The sheet '{name}' reaches to row {rows:,} and has {columns:,} columns.",
        f"At most {ROW_LIMIT:,} rows, and the columns of the template.",
        "Delete stray cells far below or to the right of the rows, save and upload the file again.",
    )


def _read_csv(name: str, data: bytes) -> SheetDraft:
    text = _decode(data)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        grid = tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(_refuse("The file is not a workbook, and cannot be read as CSV.")) from error
    stem = PurePath(name).stem
    return SheetDraft(stem if sheet_of(stem) else _guess(grid), grid)


def _decode(data: bytes) -> str:
    """The text of a CSV file as Excel may write it.

    UTF-8 with or without its mark, UTF-16, or the Windows alphabet.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text or not text.strip() or sum(c < " " and c not in "\t\r\n" for c in text[:4096]) > 8:
        raise UnreadableError(_refuse("The file is empty, or is neither an Excel workbook nor CSV."))
    return text


def _guess(grid: tuple[tuple[str, ...], ...]) -> str:
    """Which sheet a single CSV is, by its headers; Cases when that leaves it open."""
    scores = _known_headers(grid)
    best = max((Sheet.CASES, *Sheet), key=lambda sheet: scores[sheet])
    return str(best)


def _known_headers(grid: tuple[tuple[RawCell, ...], ...]) -> Counter[Sheet]:
    """How many headers of each sheet stand in the first rows; empty when none does."""
    headers = {plain(cell) for row in grid[:HEADER_SEARCH] for cell in row if isinstance(cell, str)}
    found = ((s, f.key) for s in Sheet for text, f in spellings(fields_of(s)).items() if text in headers)
    return Counter(sheet for sheet, _ in set(found))
