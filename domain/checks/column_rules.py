"""Rules on sheets and columns: what must be there, what is not ours, and what looks personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from domain.accepted import NO_FIGURE
from domain.checks.checking import NEEDED, Checking
from domain.checks.rule import Finding, Stage, rule
from domain.checks.tables import HEADER_SEARCH, spellings
from domain.fields import Sheet, fields_of
from domain.nearness import near_field
from domain.problem import Level
from domain.services import SERVICES, service
from domain.vocabulary import plain


@rule("V01", Level.MUST_FIX, "Every sheet of a return is there", stage=Stage.SHEETS)
def sheets_there(checking: Checking) -> Iterable[Finding]:
    """Yield every missing sheet that is needed; a nil return needs only its Cover."""
    present = ", ".join(s.name for s in checking.draft.sheets)
    there = f"The sheets we know in the file: {present}." if present else "We know none of the file's sheets."
    for sheet in checking.sheets:
        part = checking.cover if sheet is Sheet.COVER else checking.found.get(sheet)
        if part is None and sheet in _needed(checking) and (sheet is Sheet.COVER or not checking.nil):
            yield Finding(
                f"There is no sheet called '{sheet}'. {there}",
                f"The sheets {', '.join(s for s in checking.sheets if s in _needed(checking))}.",
                f"Add the sheet '{sheet}' from the template; leave it with only its headers when it "
                "has no rows.",
                str(sheet),
            )


def _needed(checking: Checking) -> frozenset[Sheet]:
    """The sheets that must be there; while the service is not known, those of every service."""
    return NEEDED if checking.service else NEEDED - {Sheet.ACTIVITIES}


@rule(
    "V01",
    Level.SAID,
    "Sheets that may be missing are named",
    stage=Stage.SHEETS,
    needs=("readable", "service"),
)
def optional_sheets(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the sheets that the return lacks and could have had."""
    absent = [s for s in checking.sheets if s not in NEEDED and s not in checking.found]
    if absent and not checking.nil:
        named = " or ".join(f"'{sheet}'" for sheet in absent)
        yield Finding(
            f"There is no sheet called {named}. We take what it would say as missing, not as nought.",
            "Every sheet of the template.",
            "Add the sheets; leave one with only its headers when it has no rows.",
        )


@rule("V01", Level.MUST_FIX, "Every sheet of a return is there once", stage=Stage.SHEETS)
def sheets_once(checking: Checking) -> Iterable[Finding]:
    """Yield every further sheet that means one which is there already, since only the first is read."""
    seen: dict[Sheet, str] = {}
    for sheet in checking.draft.sheets:
        which = checking.sheet_of(sheet.name)
        if which in seen:
            yield Finding(
                f"The sheets '{seen[which]}' and '{sheet.name}' mean the same.",
                "Each sheet once.",
                "Put all rows on one of them and delete or rename the other.",
                sheet.name,
            )
        elif which:
            seen[which] = sheet.name


@rule("V01", Level.MUST_FIX, "Every column that we need is there, once", stage=Stage.SHEETS)
def columns_there(checking: Checking) -> Iterable[Finding]:
    """Yield every needed column that is missing, and every field that two columns claim."""
    for table in checking.tables:
        fields = fields_of(table.sheet, checking.service)
        present = ", ".join(f"'{c.header}'" for c in table.columns[:15] if not c.personal)
        now = (
            f"Right now the sheet has {present}."
            if present
            else f"We know no header in its first {HEADER_SEARCH} rows."
        )
        for field in fields:
            if field.required and not table.has(field.key) and not (checking.nil and not table.rows):
                yield Finding(
                    f"There is no column called '{field.label}'. {now}",
                    f"A column with the header '{field.label}'.",
                    "Add the column, or give it this header if it is there under another name.",
                    table.name,
                    None,
                    field.label,
                )
        for key, times in Counter(c.field.key for c in table.columns if c.field).items():
            if times > 1:
                named = [c.header for c in table.columns if c.field and c.field.key == key]
                yield Finding(
                    f"{times} columns mean the same: {', '.join(named)}.",
                    "One column for each question.",
                    "Delete or rename all but one.",
                    table.name,
                    None,
                    named[-1],
                )
    if checking.cover:
        for place in checking.cover.twice:
            yield Finding(
                "The question is answered twice.",
                "Each line once.",
                "Delete one of the lines.",
                checking.cover.draft.name,
                place.row,
                place.header,
            )


@rule("V01", Level.CONFIRM, "Columns that are not part of a return are left out", stage=Stage.SHEETS)
def unknown_columns(checking: Checking) -> Iterable[Finding]:
    """Yield every column, and every line of the Cover, that is not ours and does not look personal.

    Those of another service's return come in one finding a sheet: all of them are one slip, such as a wrong service on the Cover.
    """
    foreign: dict[str, list[str]] = {}
    for sheet, row, header, personal in _unknown(checking):
        if row is None and not personal and _elsewhere(checking, sheet, header):
            foreign.setdefault(sheet, []).append(header)
        elif not personal:
            yield Finding(
                f"We do not know '{header}' and left it out.",
                "Only what the template asks for.",
                f"{_meant(checking, sheet, header)}Rename it if it is one of ours under another name; otherwise "
                "confirm that it may be left out.",
                sheet,
                row,
                header,
                fields=(NO_FIGURE,),
            )
    yield from (_of_another_service(checking, sheet, headers) for sheet, headers in foreign.items())


def _meant(checking: Checking, sheet: str, header: str) -> str:
    """The column that an unknown one seems to be, as a question; blank when it is near to none that the sheet lacks."""
    table = next((table for table in checking.tables if table.name == sheet), None)
    if table:
        lacking = [f for f in fields_of(table.sheet, checking.service) if not table.has(f.key)]
    else:
        lacking = [f for f in fields_of(Sheet.COVER) if checking.cover and f.key not in checking.cover.places]
    near = near_field(header, lacking)
    return f"Did you mean '{near.label}'? " if near else ""


def _elsewhere(checking: Checking, sheet: str, header: str) -> list[str]:
    """The other services whose returns have such a column on the sheet, by name; none while the service is not known."""
    which = checking.sheet_of(sheet)
    if which is None or checking.service is None or checking.from_council:
        return []
    return [
        other.label
        for other in SERVICES
        if other.key != checking.service and plain(header) in spellings(fields_of(which, other.key))
    ]


def _of_another_service(checking: Checking, sheet: str, headers: list[str]) -> Finding:
    mine = service(checking.service or "").label
    every = [_elsewhere(checking, sheet, header) for header in headers]
    shared = [label for label in every[0] if all(label in labels for labels in every)]
    theirs = " or ".join(shared) if shared else "other services"
    named = ", ".join(f"'{header}'" for header in headers)
    what = "The column" if len(headers) == 1 else f"{len(headers)} columns"
    return Finding(
        f"{what} {named} {'belongs' if len(headers) == 1 else 'belong'} to a return for {theirs}, and the Cover says {mine}; "
        "we left out what is not ours.",
        f"The columns of a return for {mine}.",
        "Correct the service on the Cover if it is wrong; otherwise confirm that they may be left out.",
        sheet,
        None,
        headers[0] if len(headers) == 1 else "",
        fields=(NO_FIGURE,),
        general="Columns that belong to a return of another service were left out.",
    )


@rule(
    "V30", Level.CONFIRM, "Columns that look personal are dropped before anything is kept", stage=Stage.SHEETS
)
def personal_columns(checking: Checking) -> Iterable[Finding]:
    """Yield every column, and every line of the Cover, that is not ours and looks personal."""
    for sheet, row, header, personal in _unknown(checking):
        if personal:
            yield Finding(
                f"It looks as if it holds {personal.rstrip(',')}. We dropped it before keeping anything.",
                "No personal details and no free text.",
                "Delete it from the file before you send it again, or confirm that it may be dropped.",
                sheet,
                row,
                header,
                fields=(NO_FIGURE,),
            )


def _unknown(checking: Checking) -> Iterable[tuple[str, int | None, str, str]]:
    if checking.cover:
        for place, personal in checking.cover.unknown:
            yield checking.cover.draft.name, place.row, place.header, personal
    for table in checking.tables:
        for column in table.columns:
            if not (column.field or column.repeats or column.council or column.left_out):
                yield table.name, None, column.header, column.personal


def dropped_columns(checking: Checking) -> tuple[str, ...]:
    """The headers of everything that was left out, in the order of the file."""
    said = [c.header for table in checking.tables for c in table.columns if c.council or c.left_out]
    return (*(header for _, _, header, _ in _unknown(checking)), *said)


@rule(
    "V01",
    Level.SAID,
    "Columns that may be missing are named",
    stage=Stage.SHEETS,
    needs=("readable", "service"),
)
def optional_columns(checking: Checking) -> Iterable[Finding]:
    """Yield, for each sheet, the columns that it lacks and could have had."""
    for table in checking.tables:
        absent = [
            f.label
            for f in fields_of(table.sheet, checking.service)
            if not f.required and not table.has(f.key)
        ]
        if absent and table.rows and table.sheet is not Sheet.TOTALS:
            found = f"The sheet has no column for: {', '.join(absent)}. We take the answers as missing."
            yield Finding(
                found, "Every column of the template.", "Add the columns if you have the answers.", table.name
            )
