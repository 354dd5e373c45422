"""The words for what a council sets: on the Settings page, in its history and in the settings workbook alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from domain.exceptions import REASON_LISTS, reasons_of
from domain.kpis import kpi
from domain.measures import Share, measure
from domain.periods import PeriodKind, write_month
from domain.rounding import half_up
from domain.services import service
from domain.settings import ADJUSTED, COUNCIL_INFORMED, FAMILY_REQUEST, RAW, Settings, Target
from domain.status import Operator

NONE = "none"
"""What stands where nothing is set."""

OPERATOR_WORDS: dict[str, str] = {
    str(Operator.AT_LEAST): "at least",
    str(Operator.ABOVE): "above",
    str(Operator.AT_MOST): "at most",
    str(Operator.BELOW): "below",
}
RETURN_KINDS: dict[PeriodKind, str] = {
    PeriodKind.MONTH: "each month",
    PeriodKind.QUARTER: "each quarter",
    PeriodKind.CUMULATIVE: "each quarter, counted from the start of the contract year",
}
CLOCK_STARTS: dict[str, str] = {
    FAMILY_REQUEST: "the family's request",
    COUNCIL_INFORMED: "the day the council was told",
}
SCALES: dict[str, str] = {
    "agree": "Strongly agree to strongly disagree",
    "useful": "Extremely useful to not at all useful",
}
AREA_KINDS = ("district", "ward", "locality")

JUDGED_ON: Final = {
    RAW: "the raw figure (all cases)",
    ADJUSTED: "the adjusted figure (without agreed exceptions)",
}
"""The figure that gives the status."""
TERMS_OF: Final = {"clock_start": "send", "case_report_days": "housing", "delivery_model": "homelessness"}
"""The service that alone has a term of the contract, by the term's attribute."""


def has_term(service: str, attribute: str) -> bool:
    """Whether contracts of a service have a term."""
    if attribute == "counted_exceptions":
        return service in REASON_LISTS
    return TERMS_OF.get(attribute, service) == service


def reason_label(key: str) -> str:
    """What a person reads for a reason that an exception may have."""
    return next((code.label for s in REASON_LISTS for code in reasons_of(s) if code.key == key), key)


def cap_words(cap: Decimal) -> str:
    """The share of exceptions past which figures carry a warning: '25%'."""
    return f"{half_up(cap * 100, 4).normalize():f}%"


def small_words(settings: Settings) -> str:
    """Which numbers are hidden from everybody but the commissioning team: '1 to 4'."""
    return f"1 to {settings.small_number - 1}"


def rounding_words(settings: Settings) -> str:
    """How counts are given to everybody but the commissioning team: 'as they are', 'rounded to the nearest 5'."""
    return f"rounded to the nearest {settings.rounding}" if settings.rounding else "as they are"


def day_words(day: date | None) -> str:
    """A day as settings say it: '1 Apr 2026'; 'none' where there is none."""
    return f"{day.day} {day:%b %Y}" if day else NONE


def pounds(value: Decimal | None) -> str:
    """An amount of money: '£80,000', '£412.50'."""
    if value is None:
        return NONE
    return f"£{value:,.2f}".removesuffix(".00")


def service_label(key: str) -> str:
    """What a person reads for a service; its key when it is not known."""
    try:
        return service(key).label
    except KeyError:
        return key


def kpi_name(key: str) -> str:
    """What a person reads for a KPI; its id when it is not known."""
    try:
        return kpi(key).name
    except KeyError:
        return key


def is_share(key: str) -> bool:
    """Whether the figure of a KPI is a share, whose target is a percentage."""
    try:
        return isinstance(measure(kpi(key).measure, kpi(key).service), Share)
    except KeyError:
        return False


def figure_words(key: str, value: Decimal | None, *, spread: bool = False) -> str:
    """A target or tolerance as its KPI is read: '82.5%' for a share, else a number. `spread`: a share of the target to date."""
    if value is None:
        return NONE
    if is_share(key) or spread:
        return f"{half_up(value * 100, 4).normalize():f}%"
    return f"{value.normalize():,f}"


def target_words(target: Target) -> str:
    """What a target asks for: 'at least 80%, amber from 75%'."""
    said = f"{OPERATOR_WORDS.get(target.operator, target.operator)} {figure_words(target.kpi, target.value)}"
    if target.tolerance is not None:
        spread = target.profile is not None
        said += (
            f", amber to {figure_words(target.kpi, target.tolerance, spread=spread)}"
            f"{' of the target to date' if spread else ''}"
        )
    if target.profile is not None:
        first, last = write_month(target.profile.first_month), write_month(target.profile.last_month)
        said += f", spread over {first} to {last}"
    if target.judged_on == ADJUSTED:
        said += f", judged on {JUDGED_ON[ADJUSTED]}"
    return said


def whose(settings: Settings, provider: str) -> str:
    """Whose a target or a question is: a provider's name, or 'all providers'."""
    return settings.provider_label(provider) if provider else "all providers"
