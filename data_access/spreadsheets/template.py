"""Writing the blank return of a service.

A workbook with drop-downs and date validation, from the same lists the checks use.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from domain.checks.cover import TEMPLATE_VERSION
from domain.fields import Field, Kind, Sheet, fields_of
from domain.periods import Period
from domain.services import service as service_of
from domain.settings import Settings
from domain.vocabulary import absent_codes

VERSION = 1
"""Raised whenever the columns of a return change."""
ROWS = 1000
"""So many rows below the headers carry drop-downs and date validation."""

_BOLD = Font(bold=True, color="FFFFFF")
_NEEDED = PatternFill("solid", start_color="FF1F4E79")
_OTHER = PatternFill("solid", start_color="FF5B6770")
_DATE_FORMAT = "DD/MM/YYYY"


def write_template(
    service: str,
    settings: Settings,
    out: Path | BinaryIO,
    *,
    provider: str = "",
    period: Period | None = None,
) -> None:
    """Write the blank return of a service.

    Parameters
    ----------
    service : key. settings : the providers and areas to choose from. out : where to write the workbook.
    provider, period : filled in on the Cover when given.

    Raises
    ------
    KeyError
        When there is no such service or provider.
    """
    declared = service_of(service)
    chosen = settings.provider(provider)
    if provider and chosen is None:
        raise KeyError(f"'{provider}' is not a provider in Settings")
    book = Workbook()
    cover = book.active
    cover.title = str(Sheet.COVER)
    lists = _Lists(book.create_sheet("Lists"), settings, declared.label)
    filled = {
        "service": declared.label,
        "area_authority": settings.council,
        "provider": chosen.label if chosen else "",
    }
    dates: dict[str, object] = {"period_start": period.start, "period_end": period.end} if period else {}
    _write_cover(cover, fields_of(Sheet.COVER, service), filled | dates, lists)
    for sheet in (Sheet.CASES, Sheet.ACTIVITIES):
        _write_rows(book.create_sheet(str(sheet)), fields_of(sheet, service), lists)
    _write_about(book.create_sheet("About"), service)
    book.move_sheet("Lists", offset=len(book.sheetnames))
    book.save(out)


class _Lists:
    """The visible sheet with every list of answers, one column each, and where each stands."""

    def __init__(self, sheet: Worksheet, settings: Settings, service: str) -> None:
        self._sheet, self._settings, self._service = sheet, settings, service
        self._places: dict[str, str] = {}

    def formula(self, field: Field) -> str:
        """The range of cells that holds the answers of a field; blank when it has no list."""
        name = field.codes or str(field.kind)
        if name not in self._places:
            answers = self._answers(field)
            if not answers:
                return ""
            column = len(self._places) + 1
            for row, text in enumerate([field.label, *answers], start=1):
                self._sheet.cell(row, column, text)
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
                own = [code.label for code in field.code_list.entries]
                return own + [label for label in absent_codes().values() if label not in own]
            case Kind.AREA:
                unknown = self._settings.area("UNK")
                return [area.label for area in self._settings.areas] + ([unknown.label] if unknown else [])
            case Kind.PROVIDER:
                return [provider.label for provider in self._settings.providers]
            case Kind.SERVICE:
                return [self._service]
        return []


def _write_cover(
    sheet: Worksheet, fields: tuple[Field, ...], filled: dict[str, object], lists: _Lists
) -> None:
    for row, field in enumerate(fields, start=1):
        label = sheet.cell(row, 1, field.label)
        label.font, label.fill = _BOLD, _NEEDED if field.required else _OTHER
        label.comment = Comment(field.help, "Dashboard", width=320, height=80)
        value = sheet.cell(row, 2, filled.get(field.key) or None)
        value.alignment = Alignment(horizontal="left")
        if field.kind is Kind.DATE:
            value.number_format = _DATE_FORMAT
        _validate(sheet, f"B{row}", field, lists)
    sheet.cell(len(fields) + 1, 1, TEMPLATE_VERSION).font = Font(italic=True)
    sheet.cell(len(fields) + 1, 2, VERSION).alignment = Alignment(horizontal="left")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 48


def _write_rows(sheet: Worksheet, fields: tuple[Field, ...], lists: _Lists) -> None:
    for column, field in enumerate(fields, start=1):
        letter = get_column_letter(column)
        cell = sheet.cell(1, column, field.label)
        cell.comment = Comment(field.help, "Dashboard", width=320, height=80)
        _style_header(sheet, column, needed=field.required)
        if field.kind is Kind.DATE:
            sheet.column_dimensions[letter].number_format = _DATE_FORMAT
            for row in range(2, ROWS + 2):
                sheet.cell(row, column).number_format = _DATE_FORMAT
        _validate(sheet, f"{letter}2:{letter}{ROWS + 1}", field, lists)
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
    elif formula:
        rule = DataValidation(type="list", formula1=formula)
        rule.error = "Choose an answer from the list."
        # Several answers in one cell are typed with ; between them, which no drop-down can offer.
        rule.errorStyle = "warning" if field.kind is Kind.CODES else "stop"
    else:
        return
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = field.label[:32]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _write_about(sheet: Worksheet, service: str) -> None:
    """Write what each column means, for those who do not see comments."""
    for column, text in enumerate(("Sheet", "Column", "What to enter", "Kind of answer", "Needed"), start=1):
        sheet.cell(1, column, text)
        _style_header(sheet, column, needed=True)
    fields = [field for part in Sheet for field in fields_of(part, service)]
    for row, field in enumerate(fields, start=2):
        needed = "Yes" if field.required else "If you can" if field.wanted else ""
        for column, text in enumerate(
            (str(field.sheet), field.label, field.help, str(field.kind), needed), start=1
        ):
            sheet.cell(row, column, text).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDE", (12, 34, 70, 34, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
