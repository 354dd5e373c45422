"""Opening a file by its content: what a stranger sent becomes grids of cells, or a refusal.

This is what runs in the child process, so it imports little. Nothing is written anywhere, nothing in the file is run, and no name
in it becomes a path.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, PasswordError

from data_access.spreadsheets.delimited import open_delimited
from data_access.spreadsheets.old_workbooks import open_old_workbook
from data_access.spreadsheets.open_documents import open_document
from data_access.spreadsheets.opened import Opened
from data_access.spreadsheets.refusals import (
    DAMAGED,
    PARTS_LIMIT,
    PROTECTED,
    SIZE_LIMIT,
    UNPACKED_LIMIT,
    UNPACKS_TO_TOO_MUCH,
    UnreadableError,
    refuse,
    too_large,
)
from data_access.spreadsheets.workbooks import open_workbook
from domain.drafts import Draft

OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENDINGS = {
    "xlsx": ("an Excel workbook", ("xlsx", "xlsm", "xltx", "xltm")),
    "xls": ("an older Excel workbook", ("xls", "xlt")),
    "ods": ("an OpenDocument spreadsheet", ("ods", "ots")),
    "csv": ("a text file with one record a line", ("csv", "txt", "tsv", "tab")),
}
_OTHER_KINDS = (
    (b"%PDF", "This is a PDF document, not a spreadsheet."),
    (b"{\\rtf", "This is a text document, not a spreadsheet."),
    (b"\x89PNG", "This is a picture, not a spreadsheet."),
    (b"\xff\xd8\xff", "This is a picture, not a spreadsheet."),
    (b"\x1f\x8b", "This is a compressed file, not a spreadsheet."),
    (b"7z\xbc\xaf", "This is a compressed file, not a spreadsheet."),
    (b"MZ", "This is a program, not a spreadsheet."),
)
_TEXT_KINDS = (
    (b"<?xml", "This is an XML file, not a workbook; some programs give it the ending of one."),
    (b"<!doctype", "This is a web page, not a workbook; some programs give it the ending of one."),
    (b"<html", "This is a web page, not a workbook; some programs give it the ending of one."),
    (b"<table", "This is a web page, not a workbook; some programs give it the ending of one."),
)
_FAULTS = (
    CalamineError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    ParseError,
    DefusedXmlException,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What a library raises over a file that is not what it seems."""


def open_file(named: tuple[str, bytes], progress: Callable[[str], None]) -> Opened:
    """Open one file. One that cannot be opened gives a draft with a refusal, never an error.

    Parameters
    ----------
    named : what the person's computer calls the file, whose ending is not relied on, and its bytes.
    progress : told what is being done.
    """
    name, data = named
    digest = hashlib.sha256(data).hexdigest()
    try:
        opened = _by_content(name, data, progress)
    except UnreadableError as error:
        return Opened(Draft(name, digest, refusal=error.refusal))
    draft = opened.draft
    return replace(
        opened,
        draft=replace(
            draft, file_name=name, digest=digest, guesses=(*_of_ending(name, draft.form), *draft.guesses)
        ),
    )


def _by_content(name: str, data: bytes, progress: Callable[[str], None]) -> Opened:
    if len(data) > SIZE_LIMIT:
        raise UnreadableError(too_large(len(data)))
    for start, said in _OTHER_KINDS:
        if data.startswith(start):
            raise refuse(said)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for text, said in _TEXT_KINDS:
        if start.startswith(text):
            raise refuse(said)
    try:
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _packed(data, progress)
        if data.startswith(OLD_FORMAT):
            if ENCRYPTED in data:
                raise UnreadableError(PROTECTED)
            return open_old_workbook(data, progress)
    except PasswordError as error:
        raise UnreadableError(PROTECTED) from error
    except _FAULTS as error:
        raise UnreadableError(DAMAGED) from error
    return open_delimited(name, data)


def _packed(data: bytes, progress: Callable[[str], None]) -> Opened:
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    if len(parts) > PARTS_LIMIT:
        raise refuse(f"The file is packed from {len(parts):,} parts, and a workbook from some dozens.")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise UnreadableError(UNPACKS_TO_TOO_MUCH)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return open_workbook(data, archive, progress)
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" not in archive.read("mimetype")[:100]:
            raise refuse("This is an OpenDocument file, but not a spreadsheet.")
        return open_document(data, archive, progress)
    if "xl/workbook.bin" in names:
        raise refuse("This is a binary Excel workbook (.xlsb).")
    if "[Content_Types].xml" in names:
        raise refuse("This is a document of another Office program, not a workbook.")
    raise refuse("This is a packed file (.zip) or a damaged workbook.")


def _of_ending(name: str, form: str) -> tuple[str, ...]:
    """A sentence when the name says something else than the content."""
    ending = PurePath(name).suffix.casefold().lstrip(".")
    what, usual = _ENDINGS[form]
    known = {e for _, endings in _ENDINGS.values() for e in endings}
    if ending in usual or not ending:
        return ()
    seems = f"ends in .{ending}" if ending in known else "does not end as one"
    return (f"The name of the file {seems}; by its content it is {what}, and we read it as that.",)
