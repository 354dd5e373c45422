"""Which sheet of the file is which sheet of a return: by its name, by what a person said, and by its headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from domain.cells import is_blank
from domain.checks.headings import find_headings
from domain.checks.layout import Understanding, spellings
from domain.drafts import Draft, SheetDraft
from domain.fields import Sheet, fields_of
from domain.mapping import LEFT_OUT, Mapping
from domain.vocabulary import plain

_KNOWN_SHARE = 0.6
"""So many of a sheet's headers must be known for its headers to say which it is."""
_COVER_LINES = 3
"""So many of the lines that every Cover has must be on a sheet for it to be the Cover."""


@dataclass(frozen=True, slots=True)
class Named:
    """The sheets of a file that are sheets of a return, by their name in the file; `by_headers` those known only by their headers."""

    sheets: dict[str, Sheet]
    by_headers: tuple[str, ...] = ()


def name_sheets(
    draft: Draft, named: Callable[[str], Sheet | None], mapping: Mapping, needed: frozenset[Sheet]
) -> Named:
    """Say which sheet is which.

    A sheet with a return's own name is that sheet, unless a person said that another one is and that this one is not. What a person
    said goes before other spellings. A sheet whose name says nothing is known by its headers when a return needs it, only this one
    fits and it is not hidden; else it is for a person to say.
    """
    found: dict[str, Sheet] = {}
    said: dict[str, str] = {}
    for sheet in (*draft.sheets, *draft.others):
        which, meant = named(sheet.name), mapping.sheet(sheet.name)
        if meant is not None:
            said[sheet.name] = meant
        if which and (meant is None or plain(sheet.name) == plain(which)):
            found[sheet.name] = which
        elif meant:
            found[sheet.name] = Sheet(meant)
    for name, which in list(found.items()):
        meant = said.get(name)
        if meant is not None and meant != which and list(found.values()).count(which) > 1:
            found.pop(name)
            found |= {name: Sheet(meant)} if meant else {}
    open_ = [
        s for s in (*draft.sheets, *draft.others) if s.name not in found and said.get(s.name) != LEFT_OUT
    ]
    by_headers = {}
    for which in fitting_kinds(found.values()) & needed:
        fits = [sheet for sheet in open_ if best_fit(sheet, mapping) is which]
        if len(fits) == 1 and not fits[0].hidden:
            by_headers[fits[0].name] = which
    return Named(found | by_headers, tuple(by_headers))


def fitting_kinds(taken: Iterable[Sheet]) -> frozenset[Sheet]:
    """The sheets that a file may still have beside those found in it."""
    there = set(taken)
    apart = {Sheet.SUPPLEMENT, Sheet.TOTALS} if Sheet.CASES in there else set()
    return frozenset(Sheet) - there - apart


def best_fit(sheet: SheetDraft, mapping: Mapping) -> Sheet | None:
    """The sheet of a return that the headers say it is; None when they leave a doubt."""
    if is_cover(sheet):
        return Sheet.COVER
    scored = [(hits, kind) for kind in Sheet if (hits := _hits(sheet, kind, mapping))]
    most = max((hits for hits, _ in scored), default=0)
    best = [kind for hits, kind in scored if hits == most]
    return best[0] if len(best) == 1 else None


def is_cover(sheet: SheetDraft) -> bool:
    """Whether a sheet has the lines that every Cover has, in either layout."""
    wanted = spellings(f for f in fields_of(Sheet.COVER) if f.required)
    texts = {plain(cell) for row in sheet.grid[:30] for cell in row[:30] if isinstance(cell, str)}
    return len({wanted[text].key for text in texts if text in wanted}) >= _COVER_LINES and _narrow(sheet)


def _narrow(sheet: SheetDraft) -> bool:
    """Whether a sheet is one of lines, or of one row of values; a sheet of records may repeat what the Cover says."""
    filled = [sum(not is_blank(cell) for cell in row) for row in sheet.grid]
    return max(filled, default=0) <= 3 or sum(count > 0 for count in filled) <= 3


def _hits(sheet: SheetDraft, kind: Sheet, mapping: Mapping) -> int:
    """How many columns of a kind of sheet are there; 0 when one that it needs is not, or too much else is."""
    if kind is Sheet.COVER:
        return 0
    meaning = Understanding(kind, None, mapping)
    found = find_headings(sheet, meaning)
    if found is None:
        return 0
    there = {cell.key for cell in found.cells}
    needed = {f.key for f in fields_of(kind) if f.required}
    headers = sum(bool(cell.text) for cell in found.cells)
    return found.hits if needed <= there and found.hits >= headers * _KNOWN_SHARE else 0


def with_sheets(draft: Draft, named: Named) -> Draft:
    """The file with the sheets that are a return's as its sheets, and all others among those left alone."""
    every = (*draft.sheets, *draft.others)
    kept = tuple(sheet for sheet in every if sheet.name in named.sheets)
    others = tuple(sheet for sheet in every if sheet.name not in named.sheets)
    unread = tuple(name for name in draft.unread if name not in named.sheets)
    more = tuple(sheet.name for sheet in others if sheet.name not in unread)
    return replace(draft, sheets=kept, others=others, unread=(*unread, *more))
