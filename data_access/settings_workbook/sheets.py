"""The sheets of the settings workbook, declared once: writing and reading it both loop over them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.kpis import kpis
from domain.periods import PeriodKind
from domain.services import SERVICES
from domain.settings import ADJUSTED, DELIVERY_MODELS, RAW, SMALL_NUMBERS
from domain.settings_words import CLOCK_STARTS, OPERATOR_WORDS, SCALES


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    YES_NO = "Y or N"
    NUMBER = "number or percentage"
    MONEY = "pounds and pence"
    ONE_OF = "one from the list"
    LONG = "a list with ; between"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `choices` are its drop-down; `from_column` offers what another sheet's column holds.

    `most` is the largest whole number; `also` are headers of earlier workbooks that mean the same column.
    `sets` names the attribute of a contract, a target or the council that workbooks of before did not have: where the column is
    lacking, it stays as it is.
    """

    label: str
    help: str
    holds: Holds = Holds.TEXT
    needed: bool = False
    choices: tuple[str, ...] = ()
    from_column: tuple[str, str] | None = None
    most: int = 366
    also: tuple[str, ...] = ()
    sets: str = ""


PERIOD_KINDS = tuple(str(kind) for kind in PeriodKind)
_EXAMPLE = Column(
    "Example", "Y when it is invented; it is then marked as an example wherever it shows.", Holds.YES_NO
)
_PROVIDER_NAME = ("Providers", "Name")
_AREA_CODE = ("Areas", "Code")

LATER_SHEETS = ("Survey questions",)
"""Sheets that workbooks of before did not have: where one is lacking, what it would say stays as it is."""

SHEETS: dict[str, tuple[Column, ...]] = {
    "Council": (
        Column("Council", "The council that buys the services, as it should show on screen.", needed=True),
        Column(
            "Keep files as sent",
            "Y when each return's file is kept as it was sent, so that it can be downloaded again. N or blank: only what was "
            "read from it is kept.",
            Holds.YES_NO,
            sets="keep_originals",
        ),
        Column(
            "Warn past share of exceptions",
            "The share of cases with an agreed exception past which figures carry a warning, such as 25%, which holds when blank.",
            Holds.NUMBER,
            sets="exceptions_cap",
        ),
        Column(
            "Hide numbers under",
            "Numbers from 1 to under this one are hidden from everybody but the commissioning team, and so is what would give "
            "them away: 3 to 10; 5 holds when blank.",
            Holds.WHOLE,
            most=SMALL_NUMBERS[1],
            sets="small_number",
        ),
        Column(
            "Round to 5",
            "Y when counts are also rounded to the nearest 5 for everybody but the commissioning team.",
            Holds.YES_NO,
            sets="rounding",
        ),
        Column(
            "Colour of packs",
            "The council's colour in packs for meetings, such as #1f4e79; blank for the dashboard's own. The logo is set on the "
            "Settings page.",
            sets="colour",
        ),
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
        Column(
            "Returns",
            "How much time each return covers: a month, a quarter, or cumulative (each quarter, counted from the start of "
            "the contract year).",
            Holds.ONE_OF,
            choices=PERIOD_KINDS,
            also=("Reporting period",),
        ),
        Column(
            "From",
            "The day from which returns come so: blank for the contract's start. A second row for the "
            "same provider, service and start gives a later change.",
            Holds.DATE,
        ),
        Column(
            "Days until due",
            "Days after the end of its period until a return is due: 20 when blank.",
            Holds.WHOLE,
        ),
        _EXAMPLE,
        Column(
            "Key",
            "The contract's own key; made when blank. Keep it when the workbook comes from here.",
            sets="key",
        ),
        Column(
            "Areas",
            "The areas it is for, by name, with ; between them; blank for all.",
            Holds.LONG,
            sets="areas",
        ),
        Column(
            "Included cases",
            "Cases a contract year that the fixed price includes; blank when none were agreed.",
            Holds.WHOLE,
            most=1_000_000,
            sets="included_cases",
        ),
        Column(
            "Fixed price", "Pounds a contract year; blank when not known.", Holds.MONEY, sets="fixed_price"
        ),
        Column(
            "Price of an extra case",
            "Pounds for each case beyond those included.",
            Holds.MONEY,
            sets="price_per_extra",
        ),
        Column(
            "30 days count from",
            "SEND mediation only: the family's request when blank, which is the legal start.",
            Holds.ONE_OF,
            choices=tuple(CLOCK_STARTS.values()),
            sets="clock_start",
        ),
        Column(
            "Exceptions taken out",
            "SEND and housing mediation only: the reasons for an agreed exception that the contract takes out of an adjusted "
            "figure, with ; between them.",
            Holds.LONG,
            also=("Delays taken out",),
            sets="counted_exceptions",
        ),
        Column(
            "Days for the case report",
            "Housing mediation only: days after closing by which the case report is due; blank when the contract gives no limit.",
            Holds.WHOLE,
            sets="case_report_days",
        ),
        Column(
            "Delivered as",
            "Homelessness mediation only: how it is provided in the contract's areas.",
            Holds.ONE_OF,
            choices=tuple(DELIVERY_MODELS.values()),
            sets="delivery_model",
        ),
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
            choices=tuple(OPERATOR_WORDS.values()),
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
        Column("Note", "Why it is so, or anything else that a reader of the target should know."),
        Column(
            "Judged on",
            "The figure that gives the status of a KPI with agreed exceptions: raw (all cases) when blank, or adjusted (without "
            "the exceptions that the contract counts).",
            Holds.ONE_OF,
            choices=(RAW, ADJUSTED),
            sets="judged_on",
        ),
        Column(
            "Variation",
            "The reference of the variation of the contract that brought this target.",
            sets="variation",
        ),
    ),
    "Survey questions": (
        Column(
            "Service",
            "Whose survey it is.",
            Holds.ONE_OF,
            needed=True,
            choices=tuple(s.label for s in SERVICES),
        ),
        Column(
            "Provider",
            "A name from the sheet Providers; blank for every provider's survey.",
            Holds.ONE_OF,
            from_column=_PROVIDER_NAME,
        ),
        Column("Code", "The question's short code, as returns give it, such as Q1.", needed=True),
        Column("Question", "The question as it is asked.", needed=True),
        Column(
            "Answers",
            "The scale of its answers; strongly agree to strongly disagree when blank.",
            Holds.ONE_OF,
            choices=tuple(SCALES.values()),
        ),
        Column("From", "The first day it was asked; blank when it always was.", Holds.DATE),
    ),
}
