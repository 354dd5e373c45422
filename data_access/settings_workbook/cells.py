"""One row of the settings workbook, its cells understood as their columns say; what cannot be taken is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data_access.settings_workbook.sheets import SHEETS, Column, Holds
from domain.cells import Fault, as_text, is_blank, quoted, read_cell
from domain.drafts import RawCell
from domain.fields import Field, Kind, Sheet
from domain.kpis import kpis
from domain.problem import Level, Problem
from domain.services import SERVICES
from domain.settings import Settings
from domain.settings_words import OPERATOR_WORDS
from domain.vocabulary import plain

_NONE_SET = Settings()
_TEXT_LIMIT = 200
_LIST_LIMIT = 30_000
_FIELD_KINDS = {Holds.DATE: Kind.DATE, Holds.WHOLE: Kind.WHOLE}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: its Excel row number and its cells by column label; a blank or faulty cell holds None."""

    sheet: str
    number: int
    cells: dict[str, str | int | float | bool | date | None]
    faulty: frozenset[str] = frozenset()

    def text(self, label: str) -> str:
        """A text cell; blank when it holds nothing."""
        value = self.cells.get(label)
        return value if isinstance(value, str) else ""

    def day(self, label: str) -> date | None:
        """A date cell."""
        value = self.cells.get(label)
        return value if isinstance(value, date) else None

    def yes(self, label: str) -> bool:
        """Whether a cell says Y."""
        return self.cells.get(label) is True

    def problem(self, column: str, found: str, wanted: str, repair: str) -> Problem:
        """Something that must be mended in this row."""
        return Problem("settings", Level.MUST_FIX, found, wanted, repair, self.sheet, self.number, column)


def read_row(sheet: str, number: int, raw: dict[str, RawCell]) -> tuple[Row, list[Problem]]:
    """Read one row, its cells given by the label of their column, and say what could not be taken."""
    row = Row(sheet, number, {})
    problems = []
    faulty = set()
    for column in SHEETS[sheet]:
        value = _read(column, raw.get(column.label))
        if isinstance(value, Fault):
            problems.append(row.problem(column.label, value.found, value.wanted, value.repair))
            faulty.add(column.label)
        elif value is None and column.needed:
            problems.append(
                row.problem(
                    column.label, "The cell is blank.", column.help, "Fill it in, or delete the whole row."
                )
            )
            faulty.add(column.label)
        else:
            row.cells[column.label] = value
    return Row(sheet, number, row.cells, frozenset(faulty)), problems


def _read(column: Column, raw: RawCell) -> str | int | float | bool | date | Fault | None:
    if is_blank(raw):
        return None
    match column.holds:
        case Holds.DATE | Holds.WHOLE:
            kind = _FIELD_KINDS[column.holds]
            field = Field(
                column.label, column.label, Sheet.COVER, kind, column.help, minimum=0, maximum=column.most
            )
            value = read_cell(field, raw, _NONE_SET)
            return None if isinstance(value, tuple) else value
        case Holds.YES_NO:
            return _yes_or_no(as_text(raw))
        case Holds.NUMBER:
            return _number(raw)
        case Holds.MONEY:
            return _number(as_text(raw).removeprefix("£") if isinstance(raw, str) else raw, _AN_AMOUNT)
        case Holds.ONE_OF if column.choices:
            return _one_of(column, as_text(raw))
    text = as_text(raw)
    limit = _LIST_LIMIT if column.holds is Holds.LONG else _TEXT_LIMIT
    if len(text) > limit:
        return Fault(
            "", f"The text has {len(text)} characters.", f"At most {limit} characters.", "Shorten it."
        )
    return text


_A_NUMBER = "A percentage such as 80%, or a number of 0 or more."
_AN_AMOUNT = "An amount in pounds, such as 80000 or 412.50."


def _yes_or_no(text: str) -> bool | Fault:
    answer = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}.get(
        text.casefold()
    )
    if answer is None:
        return Fault("", f"We read {quoted(text)}.", "Y or N; a blank cell means N.", "Enter Y or N.")
    return answer


def _number(raw: RawCell, wanted: str = _A_NUMBER) -> float | Fault:
    """A number as typed or as Excel keeps it; '80%' is 0.8."""
    text = as_text(raw)
    try:
        if isinstance(raw, (bool, date)):
            raise ValueError
        value = float(text.removesuffix("%").replace(",", ""))
    except ValueError:
        return Fault("", f"We read {quoted(text)}, which is not a number.", wanted, "Enter the number.")
    if not 0 <= value < 1e9:
        return Fault("", f"We read {quoted(text)}.", wanted, "Correct the number.")
    return round(value / 100, 10) if text.endswith("%") else value


def _one_of(column: Column, text: str) -> str | Fault:
    """The choice that was meant; other spellings are a KPI's or service's key and an operator's sign."""
    spellings = {plain(choice): choice for choice in column.choices}
    spellings |= {plain(k.id): k.name for k in kpis() if k.name in column.choices}
    spellings |= {plain(s.key): s.label for s in SERVICES if s.label in column.choices}
    signs = {sign: words for sign, words in OPERATOR_WORDS.items() if words in column.choices}
    found = signs.get(text) or spellings.get(plain(text))
    if found is None:
        wanted = f"One of: {'; '.join(column.choices)}."
        return Fault("", f"We read {quoted(text)}, which is not in the list.", wanted, "Choose one of them.")
    return found
