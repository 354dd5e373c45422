"""Writing the return of a service to be filled in, blank or with the rows that are known already.

A workbook with drop-downs and date validation, from the same lists the checks use.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data_access.spreadsheets.filled import (
    CLOSED_SHEET,
    DATE_FORMAT,
    DUE_SHEET,
    NOTHING_FILLED,
    Filled,
    Typist,
    mark_due,
    put,
    put_text,
    write_closed_sheet,
    write_due_sheet,
    write_records,
)
from domain.checks.cover import TEMPLATE_VERSION
from domain.checks.tables import ANSWER
from domain.fields import COUNCIL_FIELDS, Field, Kind, Sheet, fields_of
from domain.periods import Period
from domain.returns import COUNCIL, Value
from domain.services import service as service_of
from domain.settings import Settings, SurveyQuestion
from domain.vocabulary import absent_codes

VERSION = 2
"""Raised whenever the columns of a return change."""
_COVER_OF_COUNCIL = frozenset(
    {"service", "area_authority", "period_start", "period_end", "submitted_by_role", "submitted_on"}
)
"""What the Cover of the council's supplement asks: it names no provider, and counts nothing."""
_COVER_OF_TOTALS = _COVER_OF_COUNCIL | {"provider", "nil_return"}
"""What the Cover of totals asks: there are no rows to count."""
ROWS = 1000
"""So many rows below the headers carry drop-downs and date validation, and more where more are filled."""
_SPARE = 500
"""So many blank rows are left below those that are filled."""

_BOLD = Font(bold=True, color="FFFFFF")
_NEEDED = PatternFill("solid", start_color="FF1F4E79")
_OTHER = PatternFill("solid", start_color="FF5B6770")


def write_template(
    service: str,
    settings: Settings,
    out: Path | BinaryIO,
    *,
    provider: str = "",
    period: Period | None = None,
    filled: Filled = NOTHING_FILLED,
    totals: bool = False,
) -> None:
    """Write the return of a service to be filled in.

    Parameters
    ----------
    service : key. settings : the providers, areas and questions to choose from. out : where to write the workbook.
    provider, period : filled in on the Cover when given. With `COUNCIL` as the provider it is the council's
        supplement, whose Cover names no provider.
    filled : what is known already; nothing in a blank return. totals : whether it holds counts in place of cases.

    Raises
    ------
    KeyError
        When there is no such service or provider, or the service has no supplement.
    """
    declared = service_of(service)
    for_council = provider == COUNCIL
    if for_council and not any(service in field.services for field in COUNCIL_FIELDS):
        raise KeyError(f"{declared.label} has no supplement of the council")
    chosen = None if for_council else settings.provider(provider)
    if provider and chosen is None and not for_council:
        raise KeyError(f"'{provider}' is not a provider in Settings")
    book = Workbook()
    cover = book.active
    cover.title = str(Sheet.COVER)
    lists = _Lists(book.create_sheet("Lists"), settings, service, chosen.key if chosen else "")
    said: dict[str, Value] = {
        "service": declared.label,
        "area_authority": settings.council,
        "provider": chosen.label if chosen else "",
    }
    dates: dict[str, Value] = {"period_start": period.start, "period_end": period.end} if period else {}
    parts = sheets_of(service, for_council=for_council, totals=totals)
    _write_cover(cover, parts[Sheet.COVER], said | dates | dict(filled.cover), lists)
    typist = Typist(settings, service, COUNCIL if for_council else chosen.key if chosen else "")
    for sheet, fields in parts.items():
        if sheet is not Sheet.COVER:
            records = filled.rows.get(sheet, ())
            page = book.create_sheet(str(sheet))
            _write_rows(page, fields, lists, max(ROWS, len(records) + _SPARE))
            write_records(page, fields, records, typist)
            mark_due(page, fields, [one for one in filled.due if one.sheet is sheet])
    _write_lookups(book, filled, parts)
    _write_about(book.create_sheet("About"), [field for fields in parts.values() for field in fields])
    book.move_sheet("Lists", offset=len(book.sheetnames))
    book.save(out)


def _write_lookups(book: Workbook, filled: Filled, parts: Mapping[Sheet, tuple[Field, ...]]) -> None:
    """Write the sheets that are for looking things up, where there is anything to look up."""
    if filled.due or filled.told:
        labels = {(field.sheet, field.key): field.label for fields in parts.values() for field in fields}
        write_due_sheet(book.create_sheet(DUE_SHEET), filled, labels)
    if filled.closed:
        write_closed_sheet(book.create_sheet(CLOSED_SHEET), filled.closed)


def sheets_of(
    service: str, *, for_council: bool = False, totals: bool = False
) -> dict[Sheet, tuple[Field, ...]]:
    """The sheets of a blank return and their columns, in order: a provider's cases or totals, or the council's supplement."""
    if for_council:
        cover = tuple(f for f in fields_of(Sheet.COVER, service) if f.key in _COVER_OF_COUNCIL)
        return {Sheet.COVER: cover, Sheet.SUPPLEMENT: fields_of(Sheet.SUPPLEMENT, service)}
    if totals:
        cover = tuple(f for f in fields_of(Sheet.COVER, service) if f.key in _COVER_OF_TOTALS)
        return {Sheet.COVER: cover, Sheet.TOTALS: fields_of(Sheet.TOTALS, service)}
    own = {s: fields_of(s, service) for s in Sheet if s not in (Sheet.SUPPLEMENT, Sheet.TOTALS)}
    return {sheet: fields for sheet, fields in own.items() if fields}


class _Lists:
    """The visible sheet with every list of answers, one column each, and where each stands."""

    def __init__(self, sheet: Worksheet, settings: Settings, service: str, provider: str) -> None:
        self._sheet, self._settings, self._service = sheet, settings, service
        self._questions = _questions(settings, service, provider)
        self._places: dict[str, str] = {}

    def formula(self, field: Field) -> str:
        """The range of cells that holds the answers of a field; blank when it has no list."""
        name = field.code_list_for(self._service).key if field.coded else str(field.kind)
        if name not in self._places:
            answers = self._answers(field)
            if not answers:
                return ""
            column = len(self._places) + 1
            for row, text in enumerate([field.label, *answers], start=1):
                put_text(self._sheet.cell(row, column), text)
            _style_header(self._sheet, column, needed=False)
            letter = get_column_letter(column)
            self._places[name] = (
                f"={quote_sheetname(self._sheet.title)}!${letter}$2:${letter}${len(answers) + 1}"
            )
        return self._places[name]

    def _answers(self, field: Field) -> list[str]:
        match field.kind:
            case Kind.YES_NO:
                return ["Y", "N", *absent_codes().values()]
            case Kind.CODE | Kind.CODES:
                entries = field.code_list_for(self._service).entries
                if field.key == ANSWER:
                    scales = tuple({question.scale[0].upper() for question in self._questions})
                    entries = tuple(code for code in entries if code.key.startswith(scales))
                own = [code.label for code in entries if code.valid_to is None]
                return own + [label for label in absent_codes().values() if label not in own]
            case Kind.QUESTION:
                return list(dict.fromkeys(question.label for question in self._questions))
            case Kind.AREA:
                unknown = self._settings.area("UNK")
                areas = self._settings.areas_of(self._service)
                return [area.label for area in areas] + ([unknown.label] if unknown else [])
            case Kind.PROVIDER:
                providers = self._settings.providers_of(self._service) or self._settings.providers
                return [provider.label for provider in providers]
            case Kind.SERVICE:
                return [service_of(self._service).label]
        return []


def _questions(settings: Settings, service: str, provider: str) -> tuple[SurveyQuestion, ...]:
    """The questions of one provider's survey, or of all surveys of the service while no provider is chosen."""
    asking = [provider] if provider else [p.key for p in settings.providers_of(service)]
    return tuple(question for key in asking or [""] for question in settings.survey(service, key))


def _write_cover(
    sheet: Worksheet, fields: tuple[Field, ...], filled: dict[str, Value], lists: _Lists
) -> None:
    for row, field in enumerate(fields, start=1):
        label = sheet.cell(row, 1, field.label)
        label.font, label.fill = _BOLD, _NEEDED if field.required else _OTHER
        label.comment = Comment(field.help, "Dashboard", width=320, height=80)
        value = sheet.cell(row, 2)
        known = filled.get(field.key)
        put(value, None if known == "" else known)
        value.alignment = Alignment(horizontal="left")
        if field.kind is Kind.DATE:
            value.number_format = DATE_FORMAT
        _validate(sheet, f"B{row}", field, lists)
    sheet.cell(len(fields) + 1, 1, TEMPLATE_VERSION).font = Font(italic=True)
    sheet.cell(len(fields) + 1, 2, VERSION).alignment = Alignment(horizontal="left")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 48


def _write_rows(sheet: Worksheet, fields: tuple[Field, ...], lists: _Lists, rows: int) -> None:
    for column, field in enumerate(fields, start=1):
        letter = get_column_letter(column)
        cell = sheet.cell(1, column, field.label)
        cell.comment = Comment(field.help, "Dashboard", width=320, height=80)
        _style_header(sheet, column, needed=field.required)
        if field.kind is Kind.DATE:
            sheet.column_dimensions[letter].number_format = DATE_FORMAT
            for row in range(2, rows + 2):
                sheet.cell(row, column).number_format = DATE_FORMAT
        _validate(sheet, f"{letter}2:{letter}{rows + 1}", field, lists)
    sheet.freeze_panes = "B2"


def _style_header(sheet: Worksheet, column: int, *, needed: bool) -> None:
    cell = sheet.cell(1, column)
    cell.font, cell.fill = _BOLD, _NEEDED if needed else _OTHER
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = max(16, len(str(cell.value)) * 0.7)


def _validate(sheet: Worksheet, cells: str, field: Field, lists: _Lists) -> None:
    """Add the drop-down or the limits of a field to some cells."""
    formula = lists.formula(field)
    if field.kind is Kind.DATE:
        rule = DataValidation(type="date", operator="between", formula1="36526", formula2="73050")
        rule.error = "Enter a real date such as 28/02/2025, the day first."
    elif field.kind is Kind.WHOLE:
        most = field.maximum if field.maximum is not None else 1_000_000
        rule = DataValidation(
            type="whole", operator="between", formula1=str(field.minimum or 0), formula2=str(most)
        )
        rule.error = f"Enter a whole number from {field.minimum or 0} to {most:,}."
    elif field.kind is Kind.NUMBER:
        most = field.maximum if field.maximum is not None else 1_000_000
        rule = DataValidation(
            type="decimal", operator="between", formula1=str(field.minimum or 0), formula2=str(most)
        )
        rule.error = f"Enter a number from {field.minimum or 0} to {most:,}, such as 0.5."
    elif formula:
        rule = DataValidation(type="list", formula1=formula)
        rule.error = "Choose an answer from the list."
        # No drop-down can offer what else may be typed: several answers with ; between them, the code of a
        # question, and 5 to 1 for an answer to it.
        typed = field.kind in (Kind.CODES, Kind.QUESTION) or field.key == ANSWER
        rule.errorStyle = "warning" if typed else "stop"
    else:
        return
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = field.label[:32]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _write_about(sheet: Worksheet, fields: list[Field]) -> None:
    """Write what each column means, for those who do not see comments."""
    for column, text in enumerate(("Sheet", "Column", "What to enter", "Kind of answer", "Needed"), start=1):
        sheet.cell(1, column, text)
        _style_header(sheet, column, needed=True)
    for row, field in enumerate(fields, start=2):
        needed = "Yes" if field.required else "If you can" if field.wanted else ""
        for column, text in enumerate(
            (str(field.sheet), field.label, field.help, str(field.kind), needed), start=1
        ):
            sheet.cell(row, column, text).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDE", (12, 34, 70, 34, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
