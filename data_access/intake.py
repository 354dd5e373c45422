"""From a file to a checked return: read it, see how it is to be understood, apply every rule. Nothing is saved or kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from datetime import date
from pathlib import Path

from data_access.settings import read_settings
from data_access.spreadsheets.apart import read_apart
from data_access.spreadsheets.reading import SIZE_LIMIT, read_folder, read_return, too_large
from data_access.stores import Store
from domain.access import THE_DASHBOARD, Duty, Viewer
from domain.checks import Examined, check_draft
from domain.checks.checking import NOTHING_TOLD
from domain.drafts import Draft, KnownReturns, RawCell
from domain.mapping import NO_MAPPING, Mapping
from domain.matching import whose
from domain.settings import Settings

__all__ = ["Examined", "KnownReturns", "check_whose", "examine", "examine_draft", "problem_rows", "read_file"]

_Read = Callable[[str, bytes], Draft]


def read_file(
    name: str,
    data: bytes | Path,
    *,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draft:
    """Read one return as it stands, in a process of its own with an end to its time and memory.

    Parameters
    ----------
    name : of the file or folder, as shown to people.
    data : its bytes, or where it lies: a workbook, a CSV file, or a folder of <sheet>.csv.
    progress : told what is being done. cancelled : asked whether to go on.

    Returns
    -------
    the sheets as they stand, or a refusal when the file cannot be opened.

    Raises
    ------
    OSError
        When the path does not exist or may not be read.
    data_access.spreadsheets.apart.Cancelled
        When `cancelled` said so.
    """
    return _read(name, data, lambda n, d: read_apart(n, d, progress=progress, cancelled=cancelled))


def check_whose(store: Store, by: Viewer, draft: Draft, today: date) -> None:
    """Raise OutOfReach where a file says that it is a return which somebody may not send. Nothing of it is checked or kept then."""
    if draft.refusal is not None or by.may(Duty.RETURNS):
        return
    # By all settings: whose it is must be known even where its provider is not theirs to know.
    service, provider = whose(draft, read_settings(store, THE_DASHBOARD), today)
    if provider:
        by.check(Duty.RETURNS, service, provider)


def examine_draft(
    draft: Draft,
    settings: Settings,
    known: KnownReturns,
    mapping: Mapping = NO_MAPPING,
    told: AnyMapping[str, RawCell] = NOTHING_TOLD,
) -> Examined:
    """Check a file that was read.

    Parameters
    ----------
    settings : providers, areas and contracts. known : current returns, and the day of the check.
    mapping : how the sender's sheets, columns and answers are to be understood; only what a person confirmed.
    told : lines of the Cover that were said on screen, by the key of the field. They fill what the file's own Cover lacks.

    Returns
    -------
    every problem at its cell, and the return itself when nothing must be fixed. A file that cannot be opened
    is such a problem too.
    """
    return check_draft(draft, settings, known, mapping, told)


def examine(
    name: str,
    data: bytes | Path,
    settings: Settings,
    known: KnownReturns,
    mapping: Mapping = NO_MAPPING,
    told: AnyMapping[str, RawCell] = NOTHING_TOLD,
) -> Examined:
    """Read a file of our own making and check it, in this process; a file from outside goes through `read_file`.

    As `read_file` and `examine_draft` in all else.
    """
    return check_draft(_read(name, data, read_return), settings, known, mapping, told)


def _read(name: str, data: bytes | Path, read: _Read) -> Draft:
    if isinstance(data, bytes):
        return read(name, data)
    if data.is_dir():
        files = sorted(path for path in data.iterdir() if path.suffix.casefold() == ".csv" and path.is_file())
        if sum(path.stat().st_size for path in files) > SIZE_LIMIT:
            return Draft(name, "", refusal=too_large(sum(path.stat().st_size for path in files)))
        return read_folder(name, {path.name: path.read_bytes() for path in files})
    if data.stat().st_size > SIZE_LIMIT:
        return Draft(name, "", refusal=too_large(data.stat().st_size))
    return read(name, data.read_bytes())


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
