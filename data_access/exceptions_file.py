"""Agreed exceptions as a file that a council fills in: its columns, and reading it, with every fault at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from data_access.exceptions import check_exceptions, find_providers
from data_access.intake import read_file
from data_access.settings import read_settings
from data_access.stores import Store
from domain.access import Duty, Viewer
from domain.cells import Fault, as_text, is_blank, quoted, read_cell
from domain.drafts import Draft, RawCell, SheetDraft
from domain.exception_checks import (
    AGREED_BY,
    AGREED_ON,
    CASE,
    CAUSED_BY,
    CHECK,
    KPI,
    PROVIDER,
    REASON,
    UNTIL,
    cause_said,
    kpis_with_exceptions,
    problem,
    reasons_for,
)
from domain.exceptions import REASON_LISTS, AgreedException, Cause
from domain.fields import Field, Kind, Sheet
from domain.kpis import Kpi
from domain.personal_data import value_kind
from domain.problem import Level, Problem
from domain.settings import Settings
from domain.vocabulary import code_list, plain

SHEET: Final = "Exceptions"
ROW_LIMIT: Final = 5_000
"""The most exceptions of one file."""
_HEADER_SEARCH: Final = 10


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: its header, what to enter, and whether it must be filled in."""

    label: str
    help: str
    needed: bool = True
    kind: Kind = Kind.TEXT


COLUMNS: Final = (
    Column(PROVIDER, "The provider whose case it is, by its name. Blank where only one provider has the reference.", needed=False),
    Column(CASE, "The provider's own reference of the case, as in its return. Never a name."),
    Column(KPI, "The KPI that the exception is agreed for, such as SM1b. One row for each KPI."),
    Column(REASON, "Why the case was late, from the list. Which reasons are taken out is set in the contract."),
    Column(CAUSED_BY, "Who caused it. Blank where the reason says it.", needed=False),
    Column(AGREED_BY, "The job title of who agreed it, such as Commissioning manager. Not a name."),
    Column(AGREED_ON, "The day on which it was agreed, today or earlier.", kind=Kind.DATE),
    Column(UNTIL, "The last day that it excuses. Blank where it has no end.", needed=False, kind=Kind.DATE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExceptionsRead:
    """What a file says: the exceptions, none while anything must be put right, and every problem at its cell."""

    found: tuple[AgreedException, ...]
    problems: tuple[Problem, ...]


def read_exceptions_file(store: Store, viewer: Viewer, name: str, data: bytes) -> ExceptionsRead:
    """Read a workbook or CSV file of exceptions and check all of it; nothing is saved.

    Parameters
    ----------
    name : as the person's computer calls it. data : its bytes.
    """
    viewer.check(Duty.SETTINGS)
    draft = read_file(name, data)
    if draft.refusal:
        said = draft.refusal
        return ExceptionsRead((), (_whole(said.found, said.wanted, said.repair),))
    sheet, at = _sheet(draft)
    if sheet is None:
        return ExceptionsRead((), (_no_sheet(),))
    filled = [(number, cells) for number, cells in _rows(sheet, at) if not all(map(is_blank, cells.values()))]
    if not filled or len(filled) > ROW_LIMIT:
        found = f"The file holds {len(filled):,} exceptions."
        return ExceptionsRead((), (_whole(found, f"1 to {ROW_LIMIT:,}.", "Correct the file."),))
    problems, understood = _lacking(sheet, at), []
    reader = _Reader(store, viewer, read_settings(store, viewer))
    for number, cells in filled:
        one, wrong = reader.row(cells)
        problems += [replace(p, sheet=sheet.name, row=number) for p in wrong]
        if one is not None:
            understood.append((number, one))
    checked = check_exceptions(store, viewer, [one for _, one in understood])
    problems += [replace(p, sheet=sheet.name, row=understood[place][0]) for place, p in checked]
    problems.sort(key=lambda p: p.row or 0)
    return ExceptionsRead(() if problems else tuple(one for _, one in understood), tuple(problems))


def _whole(found: str, wanted: str, repair: str) -> Problem:
    return Problem(CHECK, Level.MUST_FIX, found, wanted, repair)


def _no_sheet() -> Problem:
    headers = ", ".join(f"'{one.label}'" for one in COLUMNS if one.needed)
    return _whole(
        "No sheet has the headers of exceptions.",
        f"The headers {headers} in one row.",
        "Fill in the template for exceptions and choose that file.",
    )


def _sheet(draft: Draft) -> tuple[SheetDraft | None, int]:
    """The sheet with the most of our headers, and the place of their row."""
    labels = {plain(one.label) for one in COLUMNS}
    best: tuple[int, SheetDraft | None, int] = (2, None, 0)
    for sheet in (*draft.sheets, *draft.others):
        for place, row in enumerate(sheet.grid[:_HEADER_SEARCH]):
            known = len({plain(cell) for cell in row if isinstance(cell, str)} & labels)
            if known > best[0]:
                best = (known, sheet, place)
    return best[1], best[2]


def _places(sheet: SheetDraft, at: int) -> dict[str, int]:
    labels = {plain(one.label): one.label for one in COLUMNS}
    return {
        labels[plain(cell)]: place
        for place, cell in enumerate(sheet.grid[at])
        if isinstance(cell, str) and plain(cell) in labels
    }


def _lacking(sheet: SheetDraft, at: int) -> list[Problem]:
    found = _places(sheet, at)
    return [
        replace(
            problem(one.label, "The column is missing.", one.help, "Copy its header from the template."),
            sheet=sheet.name,
            row=at + 1,
        )
        for one in COLUMNS
        if one.needed and one.label not in found
    ]


def _rows(sheet: SheetDraft, at: int) -> list[tuple[int, dict[str, RawCell]]]:
    places = _places(sheet, at)
    return [
        (number, {label: cells[place] if place < len(cells) else None for label, place in places.items()})
        for number, cells in enumerate(sheet.grid[at + 1 :], start=at + 2)
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Understands the cells of one row after another."""

    store: Store
    viewer: Viewer
    settings: Settings

    def row(self, cells: Mapping[str, RawCell]) -> tuple[AgreedException | None, list[Problem]]:
        problems: list[Problem] = []
        values: dict[str, str | date | None] = {}
        for column in COLUMNS:
            value = _value(column, cells.get(column.label))
            if isinstance(value, Problem):
                problems.append(value)
            elif value is None and column.needed:
                if column.label in cells:
                    mend = "Fill it in, or delete the whole row."
                    problems.append(problem(column.label, "The cell is blank.", column.help, mend))
            else:
                values[column.label] = value
        kpi = self._kpi(values, problems)
        reason = _reason(kpi, values, problems)
        cause = _cause(reason, values, problems)
        provider = self._provider(kpi, values, problems)
        agreed_on, ends_on = values.get(AGREED_ON), values.get(UNTIL)
        # A column that is missing is said once, for the whole file.
        lacking = any(column.needed and column.label not in values for column in COLUMNS)
        if problems or lacking or kpi is None or cause is None or not isinstance(agreed_on, date):
            return None, problems
        return AgreedException(
            kpi.service,
            provider,
            str(values[CASE]),
            kpi.id,
            reason,
            cause,
            str(values[AGREED_BY]),
            agreed_on,
            ends_on if isinstance(ends_on, date) else None,
        ), []

    def _kpi(self, values: Mapping[str, object], problems: list[Problem]) -> Kpi | None:
        if KPI not in values:
            return None
        text = plain(str(values[KPI]))
        spellings = {
            plain(spelling): k for k in kpis_with_exceptions() for spelling in (k.id, k.name, kpi_words(k))
        }
        if text not in spellings:
            wanted = f"One of: {', '.join(map(kpi_words, kpis_with_exceptions()))}."
            found = f"We read {quoted(str(values[KPI]))}, which is no KPI with exceptions."
            problems.append(problem(KPI, found, wanted, "Choose one."))
        return spellings.get(text)

    def _provider(self, kpi: Kpi | None, values: Mapping[str, object], problems: list[Problem]) -> str:
        text = values.get(PROVIDER)
        if isinstance(text, str):
            found = self.settings.find_provider(text)
            if found is None:
                named = ", ".join(p.label for p in self.settings.providers) or "none yet; add it in Settings"
                said = f"We read {quoted(text)}, which is no provider."
                problems.append(problem(PROVIDER, said, f"One of: {named}.", "Correct the name."))
            return found or ""
        if kpi is None or CASE not in values:
            return ""
        having = find_providers(self.store, self.viewer, kpi.service, str(values[CASE]))
        if len(having) > 1:
            said = f"{len(having)} providers have a case with this reference."
            problems.append(problem(PROVIDER, said, "The provider whose case is meant.", "Enter its name."))
        return having[0] if len(having) == 1 else ""


def _value(column: Column, raw: RawCell) -> str | date | Problem | None:
    if is_blank(raw):
        return None
    # A date that is wrong is quoted by its reader only where it holds nothing personal.
    if kind := value_kind(as_text(raw), dates=column.kind is not Kind.DATE):
        found = f"It looks as if it holds {kind.rstrip(',')}, so it is not shown."
        return problem(column.label, found, column.help, "Remove it.")
    field = Field(column.label, column.label, Sheet.COVER, column.kind, column.help)
    value = read_cell(field, raw, Settings())
    if isinstance(value, Fault):
        return problem(column.label, value.found, value.wanted, value.repair)
    return value if isinstance(value, date) else as_text(raw).strip()


def kpi_words(kpi: Kpi) -> str:
    """A KPI as a file names it."""
    return f"{kpi.id} {kpi.name}"


def _reason(kpi: Kpi | None, values: Mapping[str, object], problems: list[Problem]) -> str:
    if kpi is None or REASON not in values:
        return ""
    found = code_list(REASON_LISTS[kpi.service]).find(str(values[REASON]))
    if found is None:
        wanted = f"One of: {'; '.join(code.label for code in reasons_for(kpi))}."
        said = f"We read {quoted(str(values[REASON]))}, which is not in the list."
        problems.append(problem(REASON, said, wanted, "Choose one."))
    return found or ""


def _cause(reason: str, values: Mapping[str, object], problems: list[Problem]) -> Cause | None:
    if CAUSED_BY not in values or values[CAUSED_BY] is None:
        return cause_said(reason)
    text = plain(str(values[CAUSED_BY]))
    found = next((one for one in Cause if text in (plain(one.label), plain(one.value))), None)
    if found is None:
        wanted = f"One of: {'; '.join(one.label for one in Cause)}."
        said = f"We read {quoted(str(values[CAUSED_BY]))}, which is not in the list."
        problems.append(problem(CAUSED_BY, said, wanted, "Choose one."))
    return found
