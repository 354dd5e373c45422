"""What a fast reader cannot tell of an older workbook (.xls): the records of its cells and rows, as far as they are of interest.

Without them a cell that shows an error would be read as a blank one. The format is [MS-XLS] in a compound file, [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from data_access.spreadsheets.workbook_parts import SheetParts

_END = 0xFFFFFFFA
"""Sectors from here on are none: the end of a chain, a free one, one of the table."""
_BOUNDARY, _ROW, _COLUMN, _FORMULA, _TRUTH, _FROM_1904, _PASSWORD, _LAST = (
    0x85, 0x208, 0x7D, 0x06, 0x205, 0x22, 0x2F, 0x0A,
)  # fmt: skip
_HIDDEN_ROW, _HIDDEN_COLUMN, _ERROR = 0x20, 0x01, 0x02


@dataclass(slots=True)
class OldParts:
    """What the workbook hides and calculates, sheet by sheet in its order; no sheets when its records could not be followed."""

    from_1904: bool | None = None
    protected: bool = False
    sheets: list[SheetParts] = field(default_factory=list)


def look_at_old(data: bytes) -> OldParts:
    """What an older workbook hides and calculates."""
    found = OldParts()
    try:
        stream = _stream(data)
        starts = []
        for kind, content in _records(stream, 0):
            if kind == _BOUNDARY:
                starts.append(struct.unpack_from("<I", content)[0])
            elif kind == _PASSWORD:
                return OldParts(protected=True)
            elif kind == _FROM_1904:
                found.from_1904 = content[:2] == b"\x01\x00"
        found.sheets = [_sheet(stream, start) for start in starts]
        found.from_1904 = bool(found.from_1904)
    except (struct.error, IndexError, ValueError):
        return OldParts()
    return found


def _sheet(stream: bytes, start: int) -> SheetParts:
    parts = SheetParts()
    for kind, content in _records(stream, start):
        if kind == _FORMULA:
            parts.formulas += 1
            row, column = struct.unpack_from("<HH", content)
            if content[12:14] == b"\xff\xff" and content[6] == _ERROR:
                parts.errors.add((row + 1, column))
        elif kind == _TRUTH and content[7]:
            row, column = struct.unpack_from("<HH", content)
            parts.errors.add((row + 1, column))
        elif kind == _ROW and content[12] & _HIDDEN_ROW:
            parts.hidden_rows.append(struct.unpack_from("<H", content)[0] + 1)
        elif kind == _COLUMN and content[8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", content)
            parts.hidden_columns += range(first, min(last, first + 200) + 1)
    return parts


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the workbook, until its end."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _LAST:
            return
        if kind in (_BOUNDARY, _ROW, _COLUMN, _FORMULA, _TRUTH, _FROM_1904, _PASSWORD):
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _stream(data: bytes) -> bytes:
    """The workbook within the compound file."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small_size = 1 << struct.unpack_from("<H", data, 32)[0]
    tables, listing, least, small_table, more = struct.unpack_from("<II4xII4xI", data, 44)
    sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END][:tables]
    while more < _END and len(sectors) < tables:
        listed = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [s for s in listed[:-1] if s < _END]
        more = listed[-1]
    table = [n for s in sectors for n in struct.unpack_from(f"<{size // 4}I", data, (s + 1) * size)]
    entries = _chain(data[size:], table, listing, size)
    root = entries[:128]
    for at in range(0, len(entries), 128):
        entry = entries[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
        if name.casefold() not in ("workbook", "book"):
            continue
        start, length = struct.unpack_from("<II", entry, 116)
        if length >= least:
            return _chain(data[size:], table, start, size)[:length]
        within = _chain(data[size:], table, struct.unpack_from("<I", root, 116)[0], size)
        links = _chain(data[size:], table, small_table, size)
        small = list(struct.unpack(f"<{len(links) // 4}I", links))
        return _chain(within, small, start, small_size)[:length]
    raise ValueError("There is no workbook in the file")


def _chain(sectors: bytes, table: list[int], start: int, size: int) -> bytes:
    """The sectors of a chain, one after the other; one that goes round in circles is none."""
    found: list[bytes] = []
    while start < _END:
        if len(found) > len(table):
            raise ValueError("A chain of sectors has no end")
        found.append(sectors[start * size : (start + 1) * size])
        start = table[start]
    return b"".join(found)
