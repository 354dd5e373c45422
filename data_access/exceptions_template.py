"""Writing the workbook in which a council fills in agreed exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data_access.exceptions_file import COLUMNS, SHEET, kpi_words
from domain.exception_checks import CAUSED_BY, KPI, PROVIDER, REASON, kpis_with_exceptions
from domain.exceptions import Cause, reasons_of
from domain.fields import Kind
from domain.services import SERVICES
from domain.settings import Settings

_ROWS: Final = 200
"""So many rows below the headers carry drop-downs."""
_HOW: Final = (
    "One row for each exception: one case and one KPI. All rows of a file are kept, or none.",
    "Dark headers must be filled in; the others may stay blank. The drop-downs come from the sheet Lists.",
    "An exception never moves a deadline and never changes the raw figure. It takes a late case out of the adjusted figure where the "
    "contract counts its reason; what the provider caused is never taken out.",
    "Enter job titles and case references only: no names, no addresses, no comments.",
)
_BOLD: Final = Font(bold=True, color="FFFFFF")
_NEEDED, _OTHER = (PatternFill("solid", start_color=colour) for colour in ("FF1F4E79", "FF5B6770"))


def write_exceptions_template(out: BinaryIO, settings: Settings, service: str = "") -> None:
    """Write the workbook to fill in, for the KPIs and reasons of one service or of all."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    lists = book.create_sheet("Lists")
    choices = _choices(settings, service)
    for place, column in enumerate(COLUMNS, start=1):
        _header(sheet, place, column.label, needed=column.needed)
        sheet.cell(1, place).comment = Comment(column.help, "Dashboard", width=320, height=90)
        letter = get_column_letter(place)
        cells = f"{letter}2:{letter}{_ROWS + 1}"
        if column.kind is Kind.DATE:
            _dated(sheet, cells, place)
        elif column.label in choices:
            _listed(sheet, lists, cells, column.label, choices[column.label])
    sheet.freeze_panes = "A2"
    about = book.create_sheet("About", 1)
    rows = [(text, "") for text in _HOW] + [("", "")] + [(one.label, one.help) for one in COLUMNS]
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            about.cell(number, place, text).alignment = Alignment(vertical="top")
    about.column_dimensions["A"].width = 26
    book.save(out)


def _choices(settings: Settings, service: str) -> dict[str, Sequence[str]]:
    services = [one.key for one in SERVICES if service in ("", one.key)]
    named = [p for p in settings.providers if any(p in settings.providers_of(key) for key in services)]
    return {
        PROVIDER: [p.label for p in named],
        KPI: [kpi_words(k) for k in kpis_with_exceptions(service)],
        REASON: list(dict.fromkeys(code.label for key in services for code in reasons_of(key))),
        CAUSED_BY: [one.label for one in Cause],
    }


def _header(sheet: Worksheet, place: int, text: str, *, needed: bool) -> None:
    cell = sheet.cell(1, place, text)
    cell.font, cell.fill = _BOLD, _NEEDED if needed else _OTHER
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(place)].width = max(18, len(text) + 6)


def _dated(sheet: Worksheet, cells: str, place: int) -> None:
    for number in range(2, _ROWS + 2):
        sheet.cell(number, place).number_format = "DD/MM/YYYY"
    rule = DataValidation(type="date", operator="between", formula1="36526", formula2="73050")
    rule.error, rule.showErrorMessage = "Enter a real date such as 28/02/2025, the day first.", True
    sheet.add_data_validation(rule)
    rule.add(cells)


def _listed(sheet: Worksheet, lists: Worksheet, cells: str, label: str, choices: Sequence[str]) -> None:
    place = len([cell for cell in lists[1] if cell.value]) + 1
    _header(lists, place, label, needed=False)
    for number, text in enumerate(choices, start=2):
        lists.cell(number, place, text).data_type = "s"  # a name that starts with = is no formula
    if not choices:
        return
    letter = get_column_letter(place)
    rule = DataValidation(type="list", formula1=f"=Lists!${letter}$2:${letter}${len(choices) + 1}")
    rule.error, rule.showErrorMessage = "Choose one from the list.", True
    sheet.add_data_validation(rule)
    rule.add(cells)
