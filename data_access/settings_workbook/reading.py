"""Reading the settings workbook, which a council fills in to start and again whenever something changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from python_calamine import CalamineError, load_workbook

from data_access.settings_workbook.cells import Row, read_row
from data_access.settings_workbook.contracts import contracts_from
from data_access.settings_workbook.questions import questions_from
from data_access.settings_workbook.rows import areas_from, providers_from
from data_access.settings_workbook.sheets import LATER_SHEETS, SHEETS
from data_access.settings_workbook.targets import targets_from
from data_access.spreadsheets.reading import IGNORED_SHEETS, SIZE_LIMIT, UNPACKED_LIMIT, too_large
from domain.cells import is_blank
from domain.drafts import RawCell
from domain.look import colour_from
from domain.problem import Level, Problem
from domain.settings import ROUNDED_TO, SMALL_NUMBERS, USUAL_CAP, USUAL_SMALL, Settings
from domain.settings_edits import NotPossible
from domain.vocabulary import plain

Sheets: TypeAlias = "dict[str, Sequence[Sequence[RawCell]]]"
"""The grid of each sheet, by its name."""

ROW_LIMIT = 5_000
"""The most rows of one sheet."""

_CAP = "Warn past share of exceptions"
_SMALL = "Hide numbers under"
_COLOUR = "Colour of packs"
_UNREADABLE = (
    "An Excel workbook (.xlsx).",
    "Fill in the settings template, save it as an Excel workbook and choose that file.",
)


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """What a settings workbook says. `settings` is None while anything must be fixed.

    `lacks` are the attributes of contracts, targets and the council that a workbook of before has no column for.
    """

    settings: Settings | None
    problems: tuple[Problem, ...]
    lacks: tuple[str, ...] = ()


def read_settings_workbook(name: str, data: bytes) -> SettingsRead:
    """Read a settings workbook.

    Parameters
    ----------
    name : as the person's computer called it. data : its bytes.

    Returns
    -------
    the settings, or every problem that must be fixed first; a file that cannot be opened is one too.
    """
    try:
        sheets = _open(data)
    except (
        CalamineError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        return SettingsRead(
            None,
            (_whole(f"'{name}' is not an Excel workbook, or it is damaged or protected.", *_UNREADABLE),),
        )
    if isinstance(sheets, Problem):
        return SettingsRead(None, (sheets,))
    problems = [
        _said("The sheet is not one of the settings' and was not read.", sheet)
        for sheet in sheets
        if plain(sheet) not in IGNORED_SHEETS | {plain(known) for known in SHEETS}
    ]
    rows = {sheet: list(_rows(sheet, sheets, problems)) for sheet in SHEETS}
    providers = providers_from(rows["Providers"], problems.append)
    known = Settings(
        council=_council(rows["Council"], problems),
        keep_originals=any(row.yes("Keep files as sent") for row in rows["Council"]),
        exceptions_cap=_cap(rows["Council"], problems),
        small_number=_small(rows["Council"], problems),
        rounding=ROUNDED_TO if any(row.yes("Round to 5") for row in rows["Council"]) else 0,
        colour=_colour(rows["Council"], problems),
        providers=providers,
        areas=areas_from(rows["Areas"], problems.append),
    )
    settings = replace(
        known,
        contracts=contracts_from(rows["Contracts"], known, problems.append),
        targets=targets_from(rows["Targets"], providers, problems.append),
        questions=questions_from(rows["Survey questions"], providers, problems.append),
    )
    order = [*SHEETS, *sheets]
    problems.sort(key=lambda p: (order.index(p.sheet) if p.sheet in order else -1, p.row or 0))
    broken = any(problem.level is Level.MUST_FIX for problem in problems)
    return SettingsRead(None if broken else settings, tuple(problems), _lacking(sheets))


def _lacking(sheets: Sheets) -> tuple[str, ...]:
    def headers(name: str) -> set[str]:
        grid = next((grid for title, grid in sheets.items() if plain(title) == plain(name)), ())
        return {plain(text) for text in (grid[0] if grid else ()) if isinstance(text, str)}

    return tuple(
        column.sets
        for name, columns in SHEETS.items()
        for column in columns
        if column.sets and not {plain(text) for text in (column.label, *column.also)} & headers(name)
    )


def _council(rows: Sequence[Row], problems: list[Problem]) -> str:
    councils = [row for row in rows if row.text("Council")]
    if not councils:
        found = "No council is named."
        problems.append(Row("Council", 2, {}).problem("Council", found, "One council.", "Enter its name."))
    for more in councils[1:]:
        found = "There is more than one council."
        problems.append(more.problem("Council", found, "One council.", "Delete all rows but one."))
    return councils[0].text("Council") if councils else ""


def _cap(rows: Sequence[Row], problems: list[Problem]) -> Decimal:
    """The share of exceptions past which figures carry a warning."""
    for row in rows:
        value = row.cells.get(_CAP)
        if isinstance(value, (int, float)):
            if value > 1:
                found = f"We read {value:g}, which is more than 100%."
                repair = f"Enter {value:g}% if that is meant."
                problems.append(row.problem(_CAP, found, "A percentage from 0% to 100%.", repair))
            return Decimal(str(value))
    return USUAL_CAP


def _small(rows: Sequence[Row], problems: list[Problem]) -> int:
    """The number under which numbers are hidden from others; what is over the most was said when the cell was read."""
    least, most = SMALL_NUMBERS
    for row in rows:
        value = row.cells.get(_SMALL)
        if isinstance(value, int):
            if value < least:
                found = f"We read {value}: it would hide next to nothing."
                wanted = f"A whole number from {least} to {most}."
                problems.append(row.problem(_SMALL, found, wanted, f"Enter {least} or more."))
            return value
    return USUAL_SMALL


def _colour(rows: Sequence[Row], problems: list[Problem]) -> str:
    """The colour of packs; blank for the dashboard's own."""
    for row in rows:
        if typed := row.text(_COLOUR):
            try:
                return colour_from(typed)
            except NotPossible as why:
                wanted = "A # and six digits or letters a to f, such as #1f4e79."
                problems.append(
                    row.problem(_COLOUR, str(why).partition(":")[0] + ".", wanted, "Correct the colour.")
                )
    return ""


def _said(found: str, sheet: str, column: str = "") -> Problem:
    return Problem("settings", Level.SAID, found, "", "", sheet, column=column)


def _whole(found: str, wanted: str, repair: str) -> Problem:
    return Problem("settings", Level.MUST_FIX, found, wanted, repair)


def _open(data: bytes) -> Sheets | Problem:
    """The sheets, after measuring the file, so that a small one cannot fill the memory."""
    if len(data) > SIZE_LIMIT:
        large = too_large(len(data))
        return _whole(large.found, large.wanted, "Save the settings template again and choose that file.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT or archive.testzip():
            raise zipfile.BadZipFile
    book = load_workbook(io.BytesIO(data))
    grids: Sheets = {}
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        if sheet.total_height > ROW_LIMIT or sheet.total_width > 200:
            return _whole(
                f"The sheet '{title}' is too large.",
                f"At most {ROW_LIMIT:,} rows, and the columns of the template.",
                "Delete stray cells far below or to the right.",
            )
        grids[title] = sheet.to_python(skip_empty_area=False)
    return grids


def _rows(sheet: str, sheets: Sheets, problems: list[Problem]) -> Iterator[Row]:
    """The filled rows of one sheet; what is missing or cannot be taken is added to the problems."""
    grid = next((grid for title, grid in sheets.items() if plain(title) == plain(sheet)), None)
    if grid is None and sheet in LATER_SHEETS:
        return
    if grid is None:
        repair = "Copy it from the template; leave only its headers when there is nothing to list."
        problems.append(_whole(f"The sheet '{sheet}' is missing.", "Every sheet of the template.", repair))
        return
    headers = {plain(text): n for n, text in enumerate(grid[0] if grid else ()) if isinstance(text, str)}
    labels = {plain(column.label): column.label for column in SHEETS[sheet]}
    for column in SHEETS[sheet]:
        if plain(column.label) not in headers:
            labels |= {plain(former): column.label for former in column.also if plain(former) in headers}
    for column in SHEETS[sheet]:
        label = column.label
        if not column.sets and not any(labels.get(text) == label for text in headers):
            wanted, repair = "Every column of the template.", "Copy its header from the template into row 1."
            found = "The column is missing."
            problems.append(Problem("settings", Level.MUST_FIX, found, wanted, repair, sheet, column=label))
    problems += [
        _said("The column is not one of the settings' and was not read.", sheet, str(grid[0][index]))
        for text, index in headers.items()
        if text and text not in labels
    ]
    for number, cells in enumerate(grid[1:], start=2):
        raw = {labels[t]: cells[n] for t, n in headers.items() if t in labels and n < len(cells)}
        if not all(map(is_blank, raw.values())):
            row, found_here = read_row(sheet, number, raw)
            problems += found_here
            yield row
