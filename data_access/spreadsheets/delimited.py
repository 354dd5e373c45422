"""Opening a text file with one record a line: its alphabet, what stands between its cells, and where its lines end."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import PurePath

from data_access.spreadsheets.opened import Opened, pack
from data_access.spreadsheets.refusals import (
    CELL_LIMIT,
    LINES_LIMIT,
    REACH_LIMIT,
    UnreadableError,
    refuse,
    too_many_lines,
)
from domain.drafts import Draft, Refusal, SheetDraft

BETWEEN = ",;\t|"
"""What may stand between cells, the likeliest first."""
LINE_LIMIT = 1_000_000
"""The longest line, in characters."""
_LOOKED_AT = 60
"""Lines that are looked at to find out what stands between the cells."""
_END = "\x1eend of the file\x1e"
"""Put after the last line: when it does not come out again by itself, a quotation mark is open."""
_SAID = {";": ";", "\t": "tabs", "|": "|"}
_LONG_LINE = re.compile(rf"[^\r\n]{{{LINE_LIMIT}}}")
_SAYS_BETWEEN = re.compile(r"sep=([,;\t|])(?:\r\n?|\n|$)", re.IGNORECASE)


def open_delimited(name: str, data: bytes) -> Opened:
    """Open a CSV file.

    Raises
    ------
    UnreadableError
        When it is no text, or holds more than a return does.
    """
    text, alphabet = decode(data)
    said = _SAYS_BETWEEN.match(text)
    text = text[said.end() if said else 0 :].rstrip(BETWEEN + " \r\n")
    if _LONG_LINE.search(text):
        raise too_many_lines(f"A line of the file has more than {LINE_LIMIT:,} characters.")
    lines = max(text.count("\n"), text.count("\r")) + 1
    if lines > LINES_LIMIT:
        raise too_many_lines(f"The file has {lines:,} lines.")
    between = said[1] if said else _between(text)
    if text.count(between) + lines > CELL_LIMIT:
        raise too_many_lines(f"The file has more than {CELL_LIMIT:,} cells.")
    guesses = _guesses(alphabet, "," if said else between)
    sheet = SheetDraft(PurePath(name).stem, ())
    grid = pack(_rows(text, between), truths=False)
    return Opened(Draft("", "", (sheet,), form="csv", guesses=guesses), (grid,))


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file as Excel and others may write it, and which alphabet was guessed; blank when there was no doubt.

    UTF-8 with or without its mark, UTF-16 with or without it, or the Windows alphabet.
    """
    guess = ""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        elif order := _two_bytes_each(data):
            text, guess = data.decode(order), "UTF-16"
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, guess = data.decode("cp1252", errors="replace"), "Windows-1252"
    odd = sum(c < " " and c not in "\t\r\n" for c in text[:4096])
    if not text.strip() or "\0" in text or odd > 8:
        raise refuse("The file is empty, or is neither a workbook nor CSV.")
    return text, guess


def _two_bytes_each(data: bytes) -> str:
    """The order of the bytes of UTF-16 without its mark: in a text of letters and digits every other byte is zero."""
    start = data[:4096]
    first, second = start[::2].count(0), start[1::2].count(0)
    if second > 0.4 * len(start) / 2 and first == 0:
        return "utf-16-le"
    return "utf-16-be" if first > 0.4 * len(start) / 2 and second == 0 else ""


def _between(text: str) -> str:
    """What parts the first lines into the most cells, as many in each line."""
    best, most = ",", 0
    for between in BETWEEN:
        try:
            rows = islice(csv.reader(_lines(text[:200_000]), delimiter=between), _LOOKED_AT)
            widths = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            continue
        score = max(((width - 1) * times for width, times in widths.items()), default=0)
        if score > most:
            best, most = between, score
    return best


def _lines(text: str) -> Iterable[str]:
    return io.StringIO(text, newline="")


def _rows(text: str, between: str) -> Iterable[list[str]]:
    """Every row; a quotation mark that is never closed would swallow the rows below it, and is refused."""
    number = filled = 0
    reader = csv.reader(_lines(f"{text}\r\n{_END}"), delimiter=between)
    try:
        for row in reader:
            number += 1
            if row == [_END]:
                return
            if row and row[-1].endswith(_END):
                break
            filled += any(row)
            if filled > REACH_LIMIT:
                raise too_many_lines(f"The file has more than {REACH_LIMIT:,} rows.")
            yield row
    except csv.Error:
        number += 1
    raise UnreadableError(
        Refusal(
            f"A quotation mark in row {number:,} is not closed, so that we cannot tell where its cell ends.",
            "A quotation mark at both ends of a cell, or at neither.",
            "Close or delete it, or save the file as an Excel workbook, and upload it again.",
        )
    )


def _guesses(alphabet: str, between: str) -> tuple[str, ...]:
    parts = [f"as {alphabet} text"] if alphabet else []
    parts += [f"with {_SAID[between]} between the cells"] if between != "," else []
    return (f"We read the file {' '.join(parts)}.",) if parts else ()
