"""Files made to do harm: each small to send, and large, endless or treacherous to read. They are made on the fly and never stored.

Each is called after what it tries. `HOSTILE` gives for each its file name and a function that makes it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.upload_files.hostile_parts import DECLARED, far_cells, ods, ods_cell, ods_row, packed, xls
from tests.upload_files.returns import a_return, case, rewrite

MB = 1024 * 1024
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY l11 "{"ha" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'
_CELLS = "xl/worksheets/sheet2.xml"
"""The sheet of cases in what `a_return` makes."""


def _parts(change: Callable[[str, str], str], **extra: bytes) -> bytes:
    return rewrite(a_return(), change, extra)


def _in_cells(before_end: str) -> bytes:
    """A return with something more after the cells of its cases."""
    return _parts(lambda n, t: t.replace("</sheetData>", f"</sheetData>{before_end}") if n == _CELLS else t)


def _rows(more: str) -> bytes:
    """A return with more rows under its cases."""
    return _parts(lambda n, t: t.replace("</sheetData>", f"{more}</sheetData>") if n == _CELLS else t)


def _with_entity(part: str, declared: str) -> Callable[[], bytes]:
    """A return in which one part declares entities, and uses the worst where a text stands."""

    def change(name: str, text: str) -> str:
        if name != part:
            return text
        body = text.partition("?>")[2] if text.startswith("<?xml") else text
        return DECLARED + declared + body.replace("</t>", "&l11;</t>", 1)

    return lambda: _parts(change)


def _with_texts(texts: str, rows: str = "", declared: str = "") -> bytes:
    """A return whose workbook keeps texts apart from its cells, as Excel does; a cell at the end names the first of them."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = rows or '<row r="100"><c r="A100" t="s"><v>0</v></c></row>'
    added = {
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{relation}" Target="sharedStrings.xml"/>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>',
        ),
        _CELLS: ("</sheetData>", rows),
    }
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_return())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            end, more = added.get(name, ("", ""))
            text = old.read(name).decode()
            new.writestr(name, text.replace(end, more + end) if end else text)
        new.writestr("xl/sharedStrings.xml", f'{DECLARED}{declared}<sst xmlns="{main}">{texts}</sst>')
    return out.getvalue()


def _merged(number: int) -> bytes:
    cells = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(10, 10 + number))
    return _in_cells(f'<mergeCells count="{number}">{cells}</mergeCells>')


def _claims(reference: str) -> bytes:
    def change(name: str, text: str) -> str:
        if not name.startswith("xl/worksheets/"):
            return text
        start, end = text.index('<dimension ref="'), text.index('"', text.index('<dimension ref="') + 16)
        return text[:start] + f'<dimension ref="{reference}' + text[end:]

    return _parts(change)


def _zip_bomb() -> bytes:
    """A picture of 400 MB beside the sheets; two megabytes to send."""
    out = io.BytesIO(a_return())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/a.png", "w") as part,
    ):
        for _ in range(400):
            part.write(bytes(MB))
    return out.getvalue()


def _zip_that_lies() -> bytes:
    """The same in place of the cases, while the list of contents says that it is of 1,000 bytes."""
    squeezer = zlib.compressobj(1, zlib.DEFLATED, -15)
    text = b"<worksheet><sheetData>" + b"<row></row>" * 89
    squeezed = squeezer.compress(text) + b"".join(
        squeezer.compress(b"<row></row>" * 100_000) for _ in range(1000)
    )
    squeezed += squeezer.flush()
    declared, out = text[:1000], io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_return())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), squeezed if name == _CELLS else old.read(name))
    data = bytearray(out.getvalue())
    for signature, method_at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        name_at = 30 if signature == b"PK\x03\x04" else 46
        at = data.find(signature)
        while at >= 0:
            if data[at + name_at : at + name_at + len(_CELLS)] == _CELLS.encode():
                struct.pack_into("<H", data, at + method_at, 8)
                struct.pack_into("<I", data, at + method_at + 6, zlib.crc32(declared))
                struct.pack_into("<I", data, at + method_at + 14, len(declared))
            at = data.find(signature, at + 4)
    return bytes(data)


def _one_long_text_in_many_cells() -> bytes:
    """One text of a megabyte, which 40,000 cells name."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(100, 40_100))
    return _with_texts(f"<si><t>{'x' * MB}</t></si>", rows)


def _many_cells() -> bytes:
    """Four million cells."""
    cells = "<c><v>1</v></c>" * 26
    return _rows("".join(f'<row r="{n}">{cells}</row>' for n in range(10, 150_000)))


def _sheet_elsewhere() -> bytes:
    """A workbook that says of its cases that they stand in a file outside it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_return())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"worksheets/sheet2.xml", b"../../../../etc/passwd"))
    return out.getvalue()


def _many_sheets() -> bytes:
    sheet = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId2"/>' for n in range(1000, 101_000))

    def change(name: str, text: str) -> str:
        if name != "xl/workbook.xml":
            return text
        return text.replace("</sheets>", sheet + "</sheets>")

    return _parts(change)


def _formatted_rows(cells: str) -> bytes:
    return _rows("".join(f'<row r="{n}" s="1" customFormat="1">{cells}</row>' for n in range(10, 1_000_010)))


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a zip bomb": ("return.xlsx", _zip_bomb),
    "a zip bomb that lies about its size": ("return.xlsx", _zip_that_lies),
    "100,000 parts": (
        "return.xlsx",
        lambda: packed(((f"xl/{n}.xml", b"") for n in range(100_000)), a_return()),
    ),
    "laughs in the cells": ("return.xlsx", _with_entity(_CELLS, BILLION_LAUGHS)),
    "laughs in the texts": (
        "return.xlsx",
        lambda: _with_texts("<si><t>&l11;</t></si>", declared=BILLION_LAUGHS),
    ),
    "laughs in the workbook": ("return.xlsx", _with_entity("xl/workbook.xml", BILLION_LAUGHS)),
    "laughs in the styles": ("return.xlsx", _with_entity("xl/styles.xml", BILLION_LAUGHS)),
    "one long entity": ("return.xlsx", lambda: _with_texts("<si><t>&l11;</t></si>", declared=QUADRATIC)),
    "a file of ours as an entity": (
        "return.xlsx",
        lambda: _with_texts("<si><t>&l11;</t></si>", declared=OUTSIDE),
    ),
    "a file of ours in the cells": ("return.xlsx", _with_entity(_CELLS, OUTSIDE)),
    "another machine as an entity": (
        "return.xlsx",
        lambda: _with_texts("<si><t>&l11;</t></si>", declared=ELSEWHERE),
    ),
    "100,000 merged cells": ("return.xlsx", lambda: _merged(100_000)),
    "1,000,000 merged cells": ("return.xlsx", lambda: _merged(1_000_000)),
    "a million empty formatted rows": ("return.xlsx", lambda: _formatted_rows("")),
    "a million rows of empty formatted cells": (
        "return.xlsx",
        lambda: _formatted_rows('<c s="1"/><c s="1"/><c s="1"/>'),
    ),
    "a claim of every cell there can be": ("return.xlsx", lambda: _claims("A1:XFD1048576")),
    "a claim of more cells than there can be": ("return.xlsx", lambda: _claims("A1:ZZZZZ4294967295")),
    "a cell in the last corner": (
        "return.xlsx",
        lambda: _rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "millions of cells": ("return.xlsx", _many_cells),
    "one long text in many cells": ("return.xlsx", _one_long_text_in_many_cells),
    "twenty million texts": ("return.xlsx", lambda: _with_texts("<si><t/></si>" * 20_000_000)),
    "100,000 sheets": ("return.xlsx", _many_sheets),
    "elements within elements": (
        "return.xlsx",
        lambda: _in_cells("<extLst>" * 1_000_000 + "</extLst>" * 1_000_000),
    ),
    "a day that no calendar has": (
        "return.xlsx",
        lambda: _parts(lambda n, t: t.replace("</v>", "999</v>") if n == _CELLS else t),
    ),
    "names that lead elsewhere": (
        "../../../tmp/return.xlsx",
        lambda: packed(
            (("../../elsewhere.xml", b"x"), ("/etc/elsewhere", b"x"), ("C:\\elsewhere", b"x")), a_return()
        ),
    ),
    "a sheet kept elsewhere": ("return.xlsx", _sheet_elsewhere),
    "a program called by a formula": (
        "return.xlsx",
        lambda: a_return(case(2, "mentor_ref", "=cmd|' /C calc'!A0")),
    ),
    "a workbook called a text": ("return.csv", a_return),
    "a program called a workbook": ("return.xlsx", lambda: b"MZ\x90\x00" + bytes(10_000)),
    "19 MB without an end of line": ("return.csv", lambda: b"x" * 19 * MB),
    "19 MB of commas": ("return.csv", lambda: b"," * 19 * MB),
    "19 MB of tiny cells": ("return.csv", lambda: b"Case reference,Area\n" + b"a,b\n" * (19 * MB // 4)),
    "19 MB of blank lines": ("return.csv", lambda: b"Case reference,Area\n" + b"\n" * 19 * MB),
    "19 MB behind a quotation mark": (
        "return.csv",
        lambda: b'Case reference,Area\n"' + b"a,b\n" * (19 * MB // 4),
    ),
    "19 MB of quotation marks": ("return.csv", lambda: b"Case reference,Area\n" + b'"' * 19 * MB),
    "a repeated cell": (
        "return.ods",
        lambda: ods(ods_row(ods_cell(more='table:number-columns-repeated="2000000000"'))),
    ),
    "a repeated row": (
        "return.ods",
        lambda: ods(
            f'<table:table-row table:number-rows-repeated="2000000000">{ods_cell()}</table:table-row>'
        ),
    ),
    "repeated empty rows between": (
        "return.ods",
        lambda: ods(
            f'<table:table-row>{ods_cell()}</table:table-row><table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            f"<table:table-row>{ods_cell()}</table:table-row>"
        ),
    ),
    "laughs in a spreadsheet": (
        "return.ods",
        lambda: ods(f"<table:table-row>{ods_cell('&l11;')}</table:table-row>", declared=BILLION_LAUGHS),
    ),
    "millions of repeated spaces": (
        "return.ods",
        lambda: ods(ods_row(ods_cell('<text:s text:c="2000000000"/>'))),
    ),
    "cells in the corners of an older workbook": ("return.xls", far_cells),
    "an older workbook that claims four billion texts": (
        "return.xls",
        lambda: xls((0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))),
    ),
    "an older workbook cut short": ("return.xls", lambda: far_cells()[:1500]),
    "an older workbook that goes round in circles": (
        "return.xls",
        lambda: far_cells()[:-512] + struct.pack("<128I", *([0] * 128)),
    ),
}
