"""From a file to a checked return.

Read it, apply every rule, and list what was found. Nothing is saved and nothing kept on disk.
"""

from __future__ import annotations

from pathlib import Path

from data_access.spreadsheets.reading import SIZE_LIMIT, read_folder, read_return, too_large
from domain.checks import Examined, check_draft
from domain.drafts import Draft, KnownReturns
from domain.mapping import NO_MAPPING, Mapping
from domain.settings import Settings

__all__ = ["Examined", "KnownReturns", "examine", "problem_rows"]


def examine(
    name: str, data: bytes | Path, settings: Settings, known: KnownReturns, mapping: Mapping = NO_MAPPING
) -> Examined:
    """Read and check one return.

    Parameters
    ----------
    name : of the file or folder, as shown to people.
    data : its bytes, or where it lies: a workbook, a CSV file, or a folder of <sheet>.csv.
    settings : providers, areas and contracts. known : current returns, and the day of the check.
    mapping : how the sender's sheets, columns and answers are to be understood.

    Returns
    -------
    every problem at its cell, and the return itself when nothing must be fixed. A file that cannot be opened
    is such a problem too.

    Raises
    ------
    OSError
        When the path does not exist or may not be read.
    """
    return check_draft(_read(name, data), settings, known, mapping)


def _read(name: str, data: bytes | Path) -> Draft:
    if isinstance(data, bytes):
        return read_return(name, data)
    if data.is_dir():
        files = sorted(path for path in data.iterdir() if path.suffix.casefold() == ".csv" and path.is_file())
        if sum(path.stat().st_size for path in files) > SIZE_LIMIT:
            return Draft(name, "", refusal=too_large(sum(path.stat().st_size for path in files)))
        return read_folder(name, {path.name: path.read_bytes() for path in files})
    if data.stat().st_size > SIZE_LIMIT:
        return Draft(name, "", refusal=too_large(data.stat().st_size))
    return read_return(name, data.read_bytes())


def problem_rows(examined: Examined) -> list[dict[str, str | int | None]]:
    """The problems as rows for a table or file.

    File, sheet, row, column, check, level, found, wanted, repair.
    """
    return [
        {
            "file": examined.file_name,
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "check": problem.check,
            "level": str(problem.level),
            "found": problem.found,
            "wanted": problem.wanted,
            "repair": problem.repair,
        }
        for problem in examined.problems
    ]
