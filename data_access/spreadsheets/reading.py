"""Reading a return from bytes.

A workbook, one CSV file or a folder of them. Nothing is written anywhere, and nothing in it is run. `apart.read_apart` does the same in a
process of its own, for files of strangers.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from data_access.spreadsheets.opened import Opened, sheets_of
from data_access.spreadsheets.opening import open_file
from data_access.spreadsheets.refusals import (
    SIZE_LIMIT,
    UNPACKED_LIMIT,
    UnreadableError,
    refuse,
    too_large,
    too_wide,
)
from domain.checks.checking import sheet_of
from domain.checks.tables import HEADER_SEARCH, spellings
from domain.drafts import Draft, RawCell, Refusal, SheetDraft
from domain.fields import Sheet, fields_of
from domain.vocabulary import plain

__all__ = [
    "IGNORED_SHEETS",
    "SIZE_LIMIT",
    "UNPACKED_LIMIT",
    "read_folder",
    "read_return",
    "sorted_out",
    "too_large",
]

IGNORED_SHEETS = frozenset(
    {"lists", "about", "dueinthisperiod", "closedmayreopen", "errors", "errorsdashboard"}
)
"""Sheets that the dashboard itself writes; nothing is read from them and nothing is said."""


def read_return(name: str, data: bytes) -> Draft:
    """Read one file here and now. A file that cannot be opened gives a draft with a refusal, never an error.

    Parameters
    ----------
    name : as the person's computer called it; its ending is not relied on. data : the bytes.
    """
    return sorted_out(open_file((name, data), lambda text: None))


def read_folder(name: str, files: Mapping[str, bytes]) -> Draft:
    """Read a folder of CSV files, each called after its sheet, such as Cases.csv."""
    digest = hashlib.sha256()
    for file_name, data in sorted(files.items()):
        digest.update(file_name.encode() + b"\0" + hashlib.sha256(data).digest())
    total = sum(map(len, files.values()))
    try:
        if total > SIZE_LIMIT:
            raise UnreadableError(too_large(total))
        wanted = {n: d for n, d in sorted(files.items()) if sheet_of(PurePath(n).stem)}
        if not wanted:
            named = ", ".join(f"{sheet}.csv" for sheet in Sheet)
            raise refuse(f"The folder holds none of the files {named}.")
        drafts = [sorted_out(open_file((n, d), lambda text: None)) for n, d in wanted.items()]
        if refusal := next((draft.refusal for draft in drafts if draft.refusal), None):
            raise UnreadableError(refusal)
        sheets = tuple(replace(d.sheets[0], guesses=d.guesses) for d in drafts if d.sheets)
        unread = tuple(
            n for n in sorted(files) if n not in wanted and plain(PurePath(n).stem) not in IGNORED_SHEETS
        )
        return Draft(name, digest.hexdigest(), sheets, unread, form="csv")
    except UnreadableError as error:
        return Draft(name, digest.hexdigest(), refusal=error.refusal)


def sorted_out(opened: Opened) -> Draft:
    """An opened file with the sheets that returns have in `sheets`, those that none has in `others`, and ours left out."""
    draft = opened.draft
    if draft.refusal:
        return draft
    if large := next((sheet for sheet in opened.oversize if sheet_of(sheet[0])), None):
        return _refused(draft, too_wide(*large))
    read = sheets_of(opened)
    if draft.form == "csv":
        return _as_csv(draft, read[0])
    told = [sheet for sheet in read if plain(sheet.name) not in IGNORED_SHEETS]
    ours = tuple(sheet for sheet in told if sheet_of(sheet.name))
    others = tuple(sheet for sheet in told if not sheet_of(sheet.name))
    unread = (*(s.name for s in others), *(name for name, _, _ in opened.oversize), *draft.unread)
    return replace(draft, sheets=ours, others=others, unread=unread)


def _as_csv(draft: Draft, sheet: SheetDraft) -> Draft:
    """A CSV file, whose one sheet is called after the file, or else after its headers."""
    known = _known_headers(sheet.grid)
    rows = sum(len(row) > 1 for row in sheet.grid[: HEADER_SEARCH * 2])
    if not known and rows < 2:
        found = "The file is no workbook, and no CSV file with a header that we know."
        return _refused(draft, refuse(found).refusal)
    name = sheet.name if sheet_of(sheet.name) else str(max((Sheet.CASES, *Sheet), key=lambda s: known[s]))
    return replace(draft, sheets=(replace(sheet, name=name),))


def _refused(draft: Draft, refusal: Refusal) -> Draft:
    return Draft(draft.file_name, draft.digest, refusal=refusal, form=draft.form)


def _known_headers(grid: tuple[tuple[RawCell, ...], ...]) -> Counter[Sheet]:
    """How many headers of each sheet stand in the first rows; empty when none does."""
    headers = {plain(cell) for row in grid[:HEADER_SEARCH] for cell in row if isinstance(cell, str)}
    found = ((s, f.key) for s in Sheet for text, f in spellings(fields_of(s)).items() if text in headers)
    return Counter(sheet for sheet, _ in set(found))
