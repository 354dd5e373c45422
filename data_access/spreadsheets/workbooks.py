"""Opening an Excel workbook (.xlsx, .xlsm): the cells by a fast reader, what that cannot tell from the XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineSheet, SheetMetadata, SheetVisibleEnum, load_workbook

from data_access.spreadsheets.opened import Opened, Packed, pack
from data_access.spreadsheets.refusals import (
    PART_LIMIT,
    SHEETS_LIMIT,
    UNPACKS_TO_TOO_MUCH,
    UnreadableError,
    reaches_too_far,
)
from data_access.spreadsheets.workbook_parts import (
    counts_from_1904,
    extent,
    look_at_sheet,
    searchable,
    sheet_paths,
)
from domain.drafts import Draft, RawCell, SheetDraft

FROM_1904 = "The workbook counts its days from 1904, as Excel on a Mac may; we read its dates so."


@dataclass(slots=True)
class Sheets:
    """The sheets of a file as they are opened, one after the other; no two grids of cells are held at once."""

    drafts: list[SheetDraft] = field(default_factory=list)
    grids: list[Packed] = field(default_factory=list)
    oversize: list[tuple[str, int, int]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, draft: SheetDraft, grid: Packed) -> None:
        """Add a sheet and its cells."""
        self.drafts.append(draft)
        self.grids.append(grid)

    def opened(
        self, form: str, guesses: Sequence[str], *, macros: bool = False, links: bool = False
    ) -> Opened:
        """All of them together."""
        draft = Draft(
            "", "", tuple(self.drafts), tuple(self.unread), macros, links, form=form, guesses=tuple(guesses)
        )
        return Opened(draft, tuple(self.grids), tuple(self.oversize))


def open_workbook(data: bytes, archive: zipfile.ZipFile, progress: Callable[[str], None]) -> Opened:
    """Open a workbook of several parts.

    Raises
    ------
    UnreadableError, or what the libraries raise over a damaged file.
    """
    paths, from_1904 = sheet_paths(archive), counts_from_1904(archive)
    names = archive.namelist()
    book = load_workbook(io.BytesIO(data))
    sheets = Sheets()
    metadata = book.sheets_metadata
    for number, meta in enumerate(metadata, start=1):
        if paths.get(meta.name) not in names or number > SHEETS_LIMIT:
            sheets.unread.append(meta.name)
            continue
        progress(f"Reading sheet {number} of {len(metadata)}")
        if archive.getinfo(paths[meta.name]).file_size > PART_LIMIT:
            raise UnreadableError(UNPACKS_TO_TOO_MUCH)
        xml = searchable(archive.read(paths[meta.name]))
        rows, columns = extent(xml)
        if reaches_too_far(rows, columns):
            sheets.oversize.append((meta.name, rows, columns))
            continue
        found = look_at_sheet(xml)
        truths = b't="b"' in xml
        del xml
        sheet = book.get_sheet_by_name(meta.name)
        grid = pack(rows_of(sheet), truths=truths)
        height, width = sheet.total_height, sheet.total_width
        sheets.add(
            SheetDraft(
                name=meta.name,
                grid=(),
                hidden=hidden(meta),
                hidden_rows=tuple(row for row in found.hidden_rows if row <= height),
                hidden_columns=tuple(c for c in sorted(set(found.hidden_columns)) if c < width),
                formulas=found.formulas,
                unstored=frozenset(found.unstored),
                errors=frozenset(found.errors),
                merged=found.merged,
                from_1904=from_1904,
            ),
            grid,
        )
    macros = any(part.endswith("vbaProject.bin") for part in names)
    links = any(part.startswith("xl/externalLinks/") for part in names)
    return sheets.opened("xlsx", [FROM_1904] if from_1904 else [], macros=macros, links=links)


def rows_of(sheet: CalamineSheet) -> Iterator[Sequence[RawCell]]:
    """Every row of a sheet from Excel's row 1 and column A on, one at a time."""
    before = sheet.start[1] if sheet.start else 0
    if not before:
        return iter(sheet.iter_rows())
    blank: list[RawCell] = [""] * before
    return (blank + list(row) for row in sheet.iter_rows())


def hidden(meta: SheetMetadata) -> bool:
    """Whether a person does not see the sheet."""
    return bool(meta.visible != SheetVisibleEnum.Visible)
