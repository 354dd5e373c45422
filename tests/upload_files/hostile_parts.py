"""What hostile files are made of: archives, OpenDocument spreadsheets and older workbooks, written byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


def packed(entries: Iterable[tuple[str, bytes]], start: bytes = b"") -> bytes:
    out = io.BytesIO(start)
    with zipfile.ZipFile(out, "a" if start else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ods(
    content: str,
    *,
    declared: str = "",
    manifest: str = "",
    kind: bytes = b"application/vnd.oasis.opendocument.spreadsheet",
) -> bytes:
    """A spreadsheet of OpenDocument: what stands within its table of cases."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    xml = (
        f"{DECLARED}{declared}<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Cases">{content}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = f'{DECLARED}<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}</manifest>'
    return packed(
        [("mimetype", kind), ("content.xml", xml.encode()), ("META-INF/manifest.xml", listed.encode())]
    )


def ods_cell(text: str = "x", more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def xls(*records: tuple[int, bytes], first: tuple[tuple[int, bytes], ...] = ()) -> bytes:
    """An older workbook with one sheet, whose records are given, and those that stand `first` in the workbook."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    begin = record(0x809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    begin += b"".join(record(*one) for one in first)
    sheet = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)
    name = struct.pack("<BB", 5, 0) + b"Cases"
    before = len(begin) + len(record(0x85, bytes(6) + name)) + 4
    stream = begin + record(0x85, struct.pack("<IH", before, 0) + name) + record(0x0A, b"")
    stream += record(0x809, sheet) + b"".join(record(*one) for one in records) + record(0x0A, b"")
    return _compound(stream + bytes(max(0, 8192 - len(stream))))


def _compound(stream: bytes) -> bytes:
    """The compound file that an older workbook is packed in, with the one stream 'Workbook'."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    tables = 1
    while tables * 128 < sectors + tables + 1:
        tables += 1
    chain = [*range(1, sectors), end, end, *[table] * tables]
    chain += [free] * (tables * 128 - len(chain))
    listed = [sectors + 1 + n for n in range(tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, sectors, 0, 4096, end, 0, end, 0
    )
    header += struct.pack("<109I", *(listed + [free] * 109)[:109])

    def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0" if name else b""
        said = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
        return said + bytes(36) + struct.pack("<IQ", start, size)

    listing = entry("Root Entry", 5, end, 0, 1) + entry("Workbook", 2, 0, len(stream), free)
    listing += (entry("", 0, 0, 0, free)) * 2
    return header + stream + listing + struct.pack(f"<{len(chain)}I", *chain)


def far_cells() -> bytes:
    return xls(
        *((0x203, struct.pack("<HHHd", row, column, 0, 1.0)) for row, column in ((0, 0), (65_535, 16_383)))
    )
