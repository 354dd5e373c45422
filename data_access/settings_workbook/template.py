"""Writing the settings workbook: blank to start with, or filled with the settings there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data_access.settings_workbook.sheets import SHEETS, Column, Holds
from domain.kpis import kpi
from domain.periods import write_month
from domain.services import service
from domain.settings import (
    DELIVERY_MODELS,
    FAMILY_REQUEST,
    RAW,
    Contract,
    Settings,
    SurveyQuestion,
    Target,
)
from domain.settings_words import CLOCK_STARTS, OPERATOR_WORDS, SCALES, reason_label

ROWS = 200
"""So many rows below the headers carry drop-downs."""

_HOW = (
    "Fill in the sheets from left to right: council, providers, areas, contracts, targets, survey questions. One row each.",
    "Dark headers must be filled in; the others may stay blank. The drop-downs come from the sheet Lists.",
    "Loading the workbook replaces all settings by what stands in it; the past keeps the settings it had.",
    "An empty sheet Targets or Survey questions leaves them as they are; a target is ended by its last day in 'Until'.",
    "When a provider changes its name, copy its key from the earlier workbook, so that its returns stay its own.",
)
_BOLD = Font(bold=True, color="FFFFFF")
_NEEDED, _OTHER = (PatternFill("solid", start_color=colour) for colour in ("FF1F4E79", "FF5B6770"))
_FORMATS = {Holds.DATE: "DD/MM/YYYY", Holds.NUMBER: "0.##########", Holds.MONEY: "0.00"}


def write_settings_template(out: BinaryIO, settings: Settings | None = None) -> None:
    """Write the settings workbook: blank, or filled with the settings there are."""
    book = Workbook()
    book.remove(book.active)
    filled = _rows_of(settings or Settings())
    lists = book.create_sheet("Lists")
    for name, columns in SHEETS.items():
        _write_sheet(book.create_sheet(name), lists, columns, filled[name])
    _write_about(book.create_sheet("About"))
    book.move_sheet("Lists", offset=len(book.sheetnames))
    book.active = 0
    book.save(out)


def _rows_of(settings: Settings) -> Mapping[str, list[tuple[object, ...]]]:
    """The rows of each sheet, in the order of its columns."""
    return {
        "Council": _council_rows(settings),
        "Providers": [(p.key, p.label, _yes(p.example)) for p in settings.providers],
        "Areas": [
            (a.key, a.label, a.kind, "; ".join(a.aliases), a.valid_from, a.valid_to, a.successor)
            for a in settings.areas
        ],
        "Contracts": [row for contract in settings.contracts for row in _contract_rows(settings, contract)],
        "Targets": [_target_row(settings, target) for target in settings.targets],
        "Survey questions": [_question_row(settings, question) for question in settings.questions],
    }


def _council_rows(settings: Settings) -> list[tuple[object, ...]]:
    """One row, or none where nothing is set."""
    if not (settings.council or settings.council_set):
        return []
    kept, cap = _yes(settings.keep_originals), float(settings.exceptions_cap)
    rounded = _yes(bool(settings.rounding))
    return [(settings.council, kept, cap, settings.small_number, rounded, settings.colour)]


def _contract_rows(settings: Settings, contract: Contract) -> list[tuple[object, ...]]:
    """One row for each reporting period that a contract ever has."""
    bought = (settings.provider_label(contract.provider), service(contract.service).label, contract.start)
    agreed = (
        contract.due_days,
        _yes(contract.example),
        contract.key,
        "; ".join(_area_name(settings, key) for key in contract.areas),
        contract.included_cases,
        contract.fixed_price,
        contract.price_per_extra,
        CLOCK_STARTS[contract.clock_start] if contract.clock_start != FAMILY_REQUEST else "",
        "; ".join(map(reason_label, contract.counted_exceptions)),
        contract.case_report_days,
        DELIVERY_MODELS.get(contract.delivery_model, ""),
    )
    return [
        (*bought, contract.end, str(kind or ""), since, *agreed)
        for since, kind in contract.reporting or ((None, None),)
    ]


def _area_name(settings: Settings, key: str) -> str:
    """An area's name; its code where the name holds the sign that stands between two."""
    name = settings.area_label(key)
    return key if ";" in name else name


def _question_row(settings: Settings, question: SurveyQuestion) -> tuple[object, ...]:
    return (
        service(question.service).label,
        settings.provider_label(question.provider) if question.provider else "",
        question.code,
        question.label,
        SCALES[question.scale],
        question.since,
    )


def _target_row(settings: Settings, target: Target) -> tuple[object, ...]:
    spread = target.profile
    return (
        kpi(target.kpi).name,
        settings.provider_label(target.provider),
        next(words for sign, words in OPERATOR_WORDS.items() if sign == target.operator),
        float(target.value),
        None if target.tolerance is None else float(target.tolerance),
        target.since,
        target.until,
        f"{write_month(spread.first_month)} to {write_month(spread.last_month)}" if spread else "",
        _yes(target.example),
        target.clause,
        target.note,
        target.judged_on if target.judged_on != RAW else "",
        target.variation,
    )


def _yes(flag: bool) -> str:
    return "Y" if flag else ""


def _write_sheet(
    sheet: Worksheet, lists: Worksheet, columns: Sequence[Column], rows: Sequence[tuple[object, ...]]
) -> None:
    for index, column in enumerate(columns, start=1):
        _write_header(sheet, index, column.label, needed=column.needed).comment = Comment(
            column.help, "Dashboard", width=320, height=90
        )
        letter = get_column_letter(index)
        for number in range(2, max(ROWS, len(rows)) + 2):
            sheet.cell(number, index).number_format = _FORMATS.get(column.holds, "General")
        _validate(sheet, f"{letter}2:{letter}{ROWS + 1}", column, lists)
    for number, row in enumerate(rows, start=2):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(number, index, value or (value if value == 0 else None))
            if isinstance(value, str) and value:
                cell.data_type = "s"  # a name that starts with = is a name, not a formula
            elif isinstance(value, float) and value <= 1 and columns[index - 1].holds is Holds.NUMBER:
                cell.number_format = "0.##%"
    sheet.freeze_panes = "A2"


def _write_header(sheet: Worksheet, index: int, text: str, *, needed: bool) -> Cell:
    cell = sheet.cell(1, index, text)
    cell.font, cell.fill = _BOLD, _NEEDED if needed else _OTHER
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(index)].width = max(16, len(text) + 6)
    return cell


def _validate(sheet: Worksheet, cells: str, column: Column, lists: Worksheet) -> None:
    if column.holds is Holds.DATE:
        rule = DataValidation(type="date", operator="between", formula1="36526", formula2="73050")
        rule.error = "Enter a real date such as 28/02/2025, the day first."
    elif column.holds is Holds.WHOLE:
        rule = DataValidation(type="whole", operator="between", formula1="0", formula2=str(column.most))
        rule.error = f"Enter a whole number from 0 to {column.most:,}."
    elif column.from_column:
        other, label = column.from_column
        letter = get_column_letter([c.label for c in SHEETS[other]].index(label) + 1)
        rule = DataValidation(
            type="list", formula1=f"={quote_sheetname(other)}!${letter}$2:${letter}${ROWS + 1}"
        )
        rule.error = f"Choose one from the sheet {other}."
    elif column.choices or column.holds is Holds.YES_NO:
        rule = DataValidation(
            type="list", formula1=_listed(lists, column.label, column.choices or ("Y", "N"))
        )
        rule.error = "Choose one from the list."
    else:
        return
    rule.allow_blank, rule.showErrorMessage, rule.errorTitle = True, True, column.label[:32]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _listed(lists: Worksheet, label: str, choices: Sequence[str]) -> str:
    """The range on the sheet Lists that holds the choices; written there on first use."""
    headers = [cell.value for cell in lists[1] if cell.value]
    if label not in headers:
        _write_header(lists, len(headers) + 1, label, needed=False)
        for row, choice in enumerate(choices, start=2):
            lists.cell(row, len(headers) + 1, choice)
        headers.append(label)
    letter = get_column_letter(headers.index(label) + 1)
    return f"={quote_sheetname(lists.title)}!${letter}$2:${letter}${len(choices) + 1}"


def _write_about(sheet: Worksheet) -> None:
    for number, text in enumerate(_HOW, start=1):
        sheet.cell(number, 1, text)
    start = len(_HOW) + 2
    rows = [("Sheet", "Column", "What to enter", "Needed")]
    rows += [
        (name, c.label, c.help, "Yes" if c.needed else "")
        for name, columns in SHEETS.items()
        for c in columns
    ]
    for number, row in enumerate(rows, start=start):
        for index, text in enumerate(row, start=1):
            cell = sheet.cell(number, index, text)
            cell.font = Font(bold=number == start)
            cell.alignment = Alignment(wrap_text=index == 3, vertical="top")
    for letter, width in zip("ABCD", (14, 20, 90, 10), strict=True):
        sheet.column_dimensions[letter].width = width
