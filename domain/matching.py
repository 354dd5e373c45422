"""Matching a sender's spreadsheet to a return: what is understood by name, what was confirmed before, and what is only guessed.

A guess is shown and asked about; no check ever acts on one by itself. What a person chose becomes a `Mapping`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from datetime import date

from domain.checks.checking import NEEDED, NOTHING_TOLD, Checking, prepare, sheet_of, supplemented
from domain.checks.headings import find_headings
from domain.checks.layout import Understanding
from domain.checks.naming import Named, best_fit, fitting_kinds, name_sheets
from domain.coded_cells import Sender
from domain.drafts import Draft, KnownReturns, RawCell, SheetDraft
from domain.fields import Field, Kind, Sheet, fields_of
from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping
from domain.matching_columns import match_columns, values_of
from domain.matching_values import is_ambiguous, match_values
from domain.nearness import near_field, nearest_fields
from domain.personal_data import value_kind
from domain.proposals import (
    GUESSED,
    SAMPLES,
    Choice,
    Chosen,
    ColumnMatch,
    How,
    Proposal,
    SheetMatch,
    ValueMatch,
)
from domain.returns import COUNCIL
from domain.settings import Settings
from domain.vocabulary import plain

__all__ = [
    "GUESSED",
    "SAMPLES",
    "Choice",
    "Chosen",
    "ColumnMatch",
    "How",
    "Proposal",
    "SheetMatch",
    "ValueMatch",
    "mapping_of",
    "propose",
    "whose",
]

ASKED = ("service", "provider", "period_start", "period_end")
"""The lines of the Cover without which nothing can be checked."""


def propose(
    draft: Draft,
    settings: Settings,
    mapping: Mapping = NO_MAPPING,
    told: AnyMapping[str, RawCell] = NOTHING_TOLD,
    today: date = date.max,
) -> Proposal:
    """Say how a file is understood, what is guessed and what must be said.

    Parameters
    ----------
    draft : the file as it was read. settings : providers, areas and code lists.
    mapping : what was confirmed before. told : lines of the Cover that were said on screen. today : the day of the check.

    Returns
    -------
    every sheet, column and coded answer that is not known by its own name. When `unsure` is False the file is understood.
    """
    if draft.refusal:
        return Proposal()
    named = name_sheets(draft, sheet_of, mapping, NEEDED)
    sheets = _sheets(draft, named, mapping)
    checking = _cover_only(draft, named, settings, mapping, told, today)
    service = checking.service
    if checking.from_council and not supplemented(service):
        service = None
    sender = Sender(settings, service, checking.provider, mapping)
    columns, values, asks = _cover_lines(checking, sender)
    seen: set[Sheet] = set()
    drafts = {sheet.name: sheet for sheet in (*draft.sheets, *draft.others)}
    for match in sheets:
        wanted = match.sheet in checking.sheets and match.sheet not in seen and match.sheet is not Sheet.COVER
        if match.sheet and wanted:
            seen.add(match.sheet)
            matched = match_columns(drafts[match.name], match.sheet, sender)
            asks = asks or matched.asks
            columns += matched.matches.values()
            for index, column in matched.matches.items():
                if column.field:
                    held = values_of(matched.layout, index)
                    values += match_values(column.field, match.name, column.header, held, sender)
    asks_cover = _lines_lacking(checking)
    missing = NEEDED & frozenset(checking.sheets) - {m.sheet for m in sheets if m.sheet} - {Sheet.COVER}
    doubt = any(m.how is How.NEAR for m in sheets) or any(m.how is How.NEAR for m in values)
    doubt = doubt or any(is_ambiguous(v, sender) for v in values)
    lost = any(m.how is How.UNKNOWN for m in sheets) and bool(missing) and not checking.nil
    return Proposal(
        sheets,
        tuple(columns),
        tuple(values),
        asks_cover,
        bool(asks or asks_cover or doubt or lost),
        checking.service,
        checking.provider,
        checking.period,
    )


def whose(draft: Draft, settings: Settings, today: date) -> tuple[str, str]:
    """The service and the provider that the file's own Cover names; blank where it names none that is known."""
    if draft.refusal:
        return "", ""
    named = name_sheets(draft, sheet_of, NO_MAPPING, NEEDED)
    checking = _cover_only(draft, named, settings, NO_MAPPING, NOTHING_TOLD, today)
    return checking.service or "", checking.provider or ""


def _sheets(draft: Draft, named: Named, mapping: Mapping) -> tuple[SheetMatch, ...]:
    open_ = [sheet for sheet in Sheet if sheet in fitting_kinds(named.sheets.values())]
    found = []
    taken: set[Sheet] = set()
    for sheet in (*draft.sheets, *draft.others):
        which = named.sheets.get(sheet.name)
        if which:
            found.append(SheetMatch(sheet.name, which, _how(sheet, which, named, mapping), ()))
        elif mapping.sheet(sheet.name) == LEFT_OUT:
            found.append(SheetMatch(sheet.name, None, How.LEFT_OUT, tuple(open_)))
        elif any(sheet.grid):
            near = _near_sheet(sheet, mapping)
            guess = near if near in open_ and near not in taken else None
            taken |= {guess} if guess else set()
            choices = tuple(sorted(open_, key=lambda kind: kind is not near))
            found.append(SheetMatch(sheet.name, guess, How.NEAR if guess else How.UNKNOWN, choices))
    return tuple(found)


def _how(sheet: SheetDraft, which: Sheet, named: Named, mapping: Mapping) -> How:
    if plain(sheet.name) == plain(which):
        return How.EXACT
    if sheet.name in named.by_headers:
        return How.HEADERS
    return How.REMEMBERED if mapping.sheet(sheet.name) else How.ALIAS


def _near_sheet(sheet: SheetDraft, mapping: Mapping) -> Sheet | None:
    """The sheet of a return that a sheet seems to be: by its headers, else by headers that are near."""
    if fit := best_fit(sheet, mapping):
        return fit
    scored = []
    for kind in Sheet:
        fields = fields_of(kind)
        meaning = Understanding(kind, None, mapping)

        def knows(header: str, fields: tuple[Field, ...] = fields, meaning: Understanding = meaning) -> str:
            if known := meaning(header):
                return known
            near = None if value_kind(header) else near_field(header, fields)
            return near.key if near else ""

        found = find_headings(sheet, knows) if kind is not Sheet.COVER else None
        if found and found.hits >= 2 and found.hits * 2 >= sum(bool(cell.text) for cell in found.cells):
            scored.append((found.hits, kind))
    most = max((hits for hits, _ in scored), default=0)
    best = [kind for hits, kind in scored if hits == most]
    return best[0] if len(best) == 1 else None


def _cover_only(
    draft: Draft,
    named: Named,
    settings: Settings,
    mapping: Mapping,
    told: AnyMapping[str, RawCell],
    today: date,
) -> Checking:
    """The file as its Cover alone says whose it is; the other sheets only by their names."""
    bare = [
        sheet if named.sheets[sheet.name] is Sheet.COVER else replace(sheet, grid=())
        for sheet in (*draft.sheets, *draft.others)
        if sheet.name in named.sheets
    ]
    as_named = Mapping(tuple((plain(name), str(which)) for name, which in named.sheets.items()))
    only = replace(draft, sheets=tuple(bare), others=())
    checking = prepare(only, settings, KnownReturns(today), mapping.and_then(as_named), told)
    supplement = Sheet.SUPPLEMENT in named.sheets.values() and Sheet.CASES not in named.sheets.values()
    if checking.provider is None and supplement and not checking.cover:
        checking.provider = COUNCIL
    return checking


def _lines_lacking(checking: Checking) -> tuple[Field, ...]:
    known = {"service": checking.service, "provider": checking.provider}
    if checking.dates:
        known |= {"period_start": "said", "period_end": "said"}
    if checking.cover:
        known |= {key: "wrong" for key, _, _ in checking.cover.faults}
        known |= {key: "said" for key, value in checking.cover.values.items() if value is not None}
    known |= {key: "said" for key, raw in checking.told.items() if raw not in (None, "")}
    return tuple(f for f in fields_of(Sheet.COVER) if f.key in ASKED and not known.get(f.key))


def _cover_lines(checking: Checking, sender: Sender) -> tuple[list[ColumnMatch], list[ValueMatch], bool]:
    """The lines of the Cover that are not known by name, and its answers that no list has."""
    cover = checking.cover
    if cover is None or not cover.draft.grid:
        return [], [], False
    name, columns, values, asks = cover.draft.name, [], [], False
    lacking = [f for f in fields_of(Sheet.COVER) if f.key not in cover.places]
    for place, personal in cover.unknown:
        fields = () if personal else tuple(f for _, f in nearest_fields(place.header, lacking))
        field = None if personal else near_field(place.header, lacking)
        how = How.NEAR if field else How.UNKNOWN
        columns.append(
            ColumnMatch(Sheet.COVER, name, place.header, str(place.row), field, how, (), personal, fields)
        )
        asks = asks or field is not None
    for place, personal in cover.left_out:
        fields = () if personal else tuple(lacking)
        columns.append(
            ColumnMatch(
                Sheet.COVER, name, place.header, str(place.row), None, How.LEFT_OUT, (), personal, fields
            )
        )
    for field in fields_of(Sheet.COVER):
        written = cover.written.get(field.key)
        if field.kind in (Kind.SERVICE, Kind.PROVIDER) and written and written != COUNCIL:
            header = cover.place(field.key).header
            values += match_values(field, name, header, Counter([written]), sender)
    return columns, values, asks


def mapping_of(proposal: Proposal, chosen: Chosen) -> Mapping:
    """What a person chose, and what was confirmed before and is used again; nothing that a name says by itself.

    Parameters
    ----------
    chosen : by sheet name, by (sheet name, header) and by (sheet, field, text). What is not in it stays as it was: a guess counts
        for nothing.
    """
    sheets = [
        (plain(match.name), said)
        for match in proposal.sheets
        if (said := _said(match.how, match.sheet and str(match.sheet), chosen.get(match.name))) is not None
    ]
    columns = []
    for column in proposal.columns:
        means = column.field.key if column.field else None
        said = _said(column.how, means, chosen.get((column.sheet_name, column.header)))
        if column.choices and said is not None:
            columns.append((str(column.sheet), plain(column.header), said))
    values = [
        (str(match.sheet), match.field.key, plain(match.text), said)
        for match in proposal.values
        if (said := _said(match.how, match.code, chosen.get((match.sheet, match.field.key, match.text))))
        is not None
    ]
    return NO_MAPPING.and_then(Mapping(tuple(sheets), tuple(columns), tuple(values)))


def _said(how: How, means: str | None, choice: str | None) -> str | None:
    """What goes into the mapping for one match; None for nothing."""
    if choice is None:
        return {How.REMEMBERED: means, How.LEFT_OUT: LEFT_OUT}.get(how)
    by_name = how in (How.EXACT, How.ALIAS, How.HEADERS)
    return None if by_name and choice == means else str(choice)
