"""Rows on the command line: as a table to read, or as CSV or JSON for another program."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from domain.cell_text import FORMULA_STARTS

FORMATS = ("table", "csv", "json")

Rows = Sequence[Mapping[str, object]]


def print_rows(rows: Rows, columns: Sequence[str], form: str, out: TextIO | None = None) -> None:
    """Print rows in one of `FORMATS`; nothing recorded is blank (null in JSON)."""
    out = out or sys.stdout
    if form == "json":
        json.dump(
            [{column: row.get(column) for column in columns} for row in rows], out, indent=1, default=str
        )
        out.write("\n")
    elif form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    else:
        lines = [list(columns), *([_text(row.get(column)) for column in columns] for row in rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
        for line in lines:
            out.write(
                "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
            )


def _cell(value: object) -> str:
    """A cell of a CSV file that a spreadsheet will not run: a header of a stranger's file may look like a formula."""
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6f}" if isinstance(value, float) else str(value)
