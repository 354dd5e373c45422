"""What example figures say of themselves: which of them a source document prints, and which are invented."""

from typing import Final

from domain.disclosure import Released

EXAMPLES: Final = "Example data, not your figures."
_TIMES: Final = {"month", "quarter", "financial_year", "calendar_year"}

_ESSEX_INVENTED: Final = (
    "This split is invented for the examples: the report gives no counts by provider or month, "
    "and by district only routes and outcomes."
)
_ESSEX_BY_AREA: Final = frozenset({"routes", "outcomes", "prevention_rate"})
_ESSEX_PARTLY: Final = frozenset({"age_band", "ethnicity", "vulnerabilities", "dependent_children"})
_PARTLY: Final = "The report prints only some of these shares; the others are invented."

_OF_SERVICE: Final = {
    "send": (
        "Norfolk's needs assessment prints referrals by year, reasons and outcomes by year, main needs, some shares and "
        "the answers of 2024; everything else, such as districts, months, days, certificates and surveys sent, is invented."
    ),
    "housing": "Invented altogether: no source document gives a count.",
    "homelessness": "Invented altogether: no source document gives a count.",
}
_SPLIT: Final = {
    "mentoring": "the split by provider, quarter and 12 months is invented",
    "send": "days, districts and certificates are invented",
    "housing": "all of them are invented",
    "homelessness": "all of them are invented",
}


def example_words(released: Released) -> str:
    """What an example figure says of itself, by its service and how it is split."""
    service = released.selection.service
    if service in _OF_SERVICE:
        return f"{EXAMPLES} {_OF_SERVICE[service]}"
    detailed = (
        (_TIMES | {"provider"}) & set(released.by)
        or ("area" in released.by and released.measure.key not in _ESSEX_BY_AREA)
        or released.selection.providers
        or released.selection.areas
        or released.selection.timed
    )
    if detailed:
        return f"{EXAMPLES} {_ESSEX_INVENTED}"
    return f"{EXAMPLES} {_PARTLY}" if released.measure.key in _ESSEX_PARTLY else EXAMPLES


def example_statuses(service: str) -> str:
    """What the KPI statuses of the examples say of themselves."""
    return f"Example data, not your figures; {_SPLIT.get(service, 'they are invented')}."
