"""The sheets of the settings workbook, declared once: writing and reading it both loop over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.cells import Fault, as_text, is_blank, quoted, read_cell
from domain.drafts import RawCell
from domain.fields import Field, Kind, Sheet
from domain.kpis import kpis
from domain.problem import Level, Problem
from domain.services import SERVICES
from domain.settings import Settings
from domain.status import Operator
from domain.vocabulary import plain


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    YES_NO = "Y or N"
    NUMBER = "number or percentage"
    ONE_OF = "one from the list"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `choices` are its drop-down; `from_column` offers what another sheet's column holds."""

    label: str
    help: str
    holds: Holds = Holds.TEXT
    needed: bool = False
    choices: tuple[str, ...] = ()
    from_column: tuple[str, str] | None = None


PERIOD_KINDS = ("month", "quarter")
OPERATORS = {
    Operator.AT_LEAST: "at least",
    Operator.ABOVE: "above",
    Operator.AT_MOST: "at most",
    Operator.BELOW: "below",
}
_EXAMPLE = Column(
    "Example", "Y when it is invented; it is then marked as an example wherever it shows.", Holds.YES_NO
)
_PROVIDER_NAME = ("Providers", "Name")
_AREA_CODE = ("Areas", "Code")

SHEETS: dict[str, tuple[Column, ...]] = {
    "Council": (
        Column("Council", "The council that buys the services, as it should show on screen.", needed=True),
    ),
    "Providers": (
        Column(
            "Key",
            "A short name for addresses, such as 'anytown-mediation'. Made from the name when blank; then keep it.",
        ),
        Column("Name", "The provider's name, as it should show on screen.", needed=True),
        _EXAMPLE,
    ),
    "Areas": (
        Column("Code", "The ONS code, such as E07000066, or a code of your own.", needed=True),
        Column("Name", "The area's name, as it should show on screen.", needed=True),
        Column("Kind", "What such an area is called: district (when blank), ward, locality."),
        Column("Other spellings", "Other names that returns may use, with ; between them."),
        Column("Valid from", "The first day the area existed; blank when it always has.", Holds.DATE),
        Column("Valid to", "The last day the area existed; blank while it does.", Holds.DATE),
        Column(
            "Successor", "The code of the area that took its place.", Holds.ONE_OF, from_column=_AREA_CODE
        ),
    ),
    "Contracts": (
        Column(
            "Provider",
            "A name from the sheet Providers.",
            Holds.ONE_OF,
            needed=True,
            from_column=_PROVIDER_NAME,
        ),
        Column(
            "Service", "What is bought.", Holds.ONE_OF, needed=True, choices=tuple(s.label for s in SERVICES)
        ),
        Column("Start", "The first day of the contract.", Holds.DATE, needed=True),
        Column("End", "The last day of the contract; blank when it has none.", Holds.DATE),
        Column("Reporting period", "How much time each return covers.", Holds.ONE_OF, choices=PERIOD_KINDS),
        Column(
            "From",
            "The day from which that reporting period holds: blank for the contract's start. A second row for the "
            "same provider, service and start gives a later change.",
            Holds.DATE,
        ),
        Column(
            "Days until due",
            "Days after the end of its period until a return is due: 20 when blank.",
            Holds.WHOLE,
        ),
        _EXAMPLE,
    ),
    "Targets": (
        Column(
            "KPI", "Which KPI is judged.", Holds.ONE_OF, needed=True, choices=tuple(k.name for k in kpis())
        ),
        Column(
            "Provider",
            "A name from the sheet Providers; blank for the whole programme.",
            Holds.ONE_OF,
            from_column=_PROVIDER_NAME,
        ),
        Column(
            "Operator",
            "How the figure is compared with the target.",
            Holds.ONE_OF,
            needed=True,
            choices=tuple(OPERATORS.values()),
        ),
        Column(
            "Target", "The figure to reach: a percentage such as 80%, or a number.", Holds.NUMBER, needed=True
        ),
        Column(
            "Tolerance",
            "The figure down to which a miss is amber; blank when every miss is red. For a target that is spread "
            "over time, a percentage of the target to date.",
            Holds.NUMBER,
        ),
        Column("From", "The first day the target holds.", Holds.DATE, needed=True),
        Column("Until", "The last day the target holds; blank while it does.", Holds.DATE),
        Column(
            "Spread over",
            "For a number to reach over a longer time: its first and last month, such as 2017-04 to 2019-03.",
        ),
        _EXAMPLE,
        Column("Clause", "Where the contract says so."),
        Column("Note", "Anything a reader of the target should know."),
    ),
}

_NONE_SET = Settings()
_TEXT_LIMIT = 200
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
            field = Field(column.label, column.label, Sheet.COVER, kind, column.help, minimum=0, maximum=366)
            value = read_cell(field, raw, _NONE_SET)
            return None if isinstance(value, tuple) else value
        case Holds.YES_NO:
            return _yes_or_no(as_text(raw))
        case Holds.NUMBER:
            return _number(raw)
        case Holds.ONE_OF if column.choices:
            return _one_of(column, as_text(raw))
    text = as_text(raw)
    if len(text) > _TEXT_LIMIT:
        return Fault(
            "", f"The text has {len(text)} characters.", f"At most {_TEXT_LIMIT} characters.", "Shorten it."
        )
    return text


def _yes_or_no(text: str) -> bool | Fault:
    answer = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}.get(
        text.casefold()
    )
    if answer is None:
        return Fault("", f"We read {quoted(text)}.", "Y or N; a blank cell means N.", "Enter Y or N.")
    return answer


def _number(raw: RawCell) -> float | Fault:
    """A number as typed or as Excel keeps it; '80%' is 0.8."""
    text = as_text(raw)
    try:
        if isinstance(raw, (bool, date)):
            raise ValueError
        value = float(text.removesuffix("%").replace(",", ""))
    except ValueError:
        return Fault(
            "",
            f"We read {quoted(text)}, which is not a number.",
            "A percentage such as 80%, or a number.",
            "Enter the number.",
        )
    if not 0 <= value < 1e9:
        return Fault(
            "",
            f"We read {quoted(text)}.",
            "A percentage such as 80%, or a number of 0 or more.",
            "Correct the number.",
        )
    return round(value / 100, 10) if text.endswith("%") else value


def _one_of(column: Column, text: str) -> str | Fault:
    """The choice that was meant; other spellings are a KPI's or service's key and an operator's sign."""
    spellings = {plain(choice): choice for choice in column.choices}
    spellings |= {plain(k.id): k.name for k in kpis() if k.name in column.choices}
    spellings |= {plain(s.key): s.label for s in SERVICES if s.label in column.choices}
    signs = {str(sign): words for sign, words in OPERATORS.items() if words in column.choices}
    found = signs.get(text) or spellings.get(plain(text))
    if found is None:
        wanted = f"One of: {'; '.join(column.choices)}."
        return Fault("", f"We read {quoted(text)}, which is not in the list.", wanted, "Choose one of them.")
    return found
