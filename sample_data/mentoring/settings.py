"""The settings of the mentoring examples: 14 districts, three invented providers and their contracts."""

from __future__ import annotations

from datetime import date

from domain.periods import PeriodKind
from domain.settings import Area, Contract, Provider, SurveyQuestion

SERVICE = "mentoring"
COUNCIL = "Greater Essex (example)"
SERVICE_START = date(2017, 4, 1)
MONTHLY_FROM = date(2018, 10, 1)
LAST_DAY = date(2018, 10, 31)
"""The report counts cases up to the end of October 2018; so do the examples."""

# ONS codes and names: Statutory homelessness Detailed local authority tables, table A1 (MHCLG, Oct-Dec 2025).
# Southend-on-Sea and Thurrock are unitary authorities; the report calls all fourteen districts, and so do we.
DISTRICTS: tuple[tuple[str, str], ...] = (
    ("E07000066", "Basildon"),
    ("E07000067", "Braintree"),
    ("E07000068", "Brentwood"),
    ("E07000069", "Castle Point"),
    ("E07000070", "Chelmsford"),
    ("E07000071", "Colchester"),
    ("E07000072", "Epping Forest"),
    ("E07000073", "Harlow"),
    ("E07000074", "Maldon"),
    ("E07000075", "Rochford"),
    ("E06000033", "Southend-on-Sea"),
    ("E07000076", "Tendring"),
    ("E06000034", "Thurrock"),
    ("E07000077", "Uttlesford"),
)
PRINTED_NAMES = {"E06000033": "Southend"}
"""Where the report's tables print another name than the official one."""

# No document says which provider works in which district: this split is invented.
DISTRICTS_OF: dict[str, tuple[str, ...]] = {
    "provider-a": ("E07000066", "E07000068", "E07000069", "E07000075", "E06000033", "E06000034"),
    "provider-b": ("E07000067", "E07000071", "E07000074", "E07000076"),
    "provider-c": ("E07000070", "E07000072", "E07000073", "E07000077", "UNK"),
}
PROVIDER_LABELS = {
    "provider-a": "Example provider A",
    "provider-b": "Example provider B",
    "provider-c": "Example provider C",
}


def _aliases(key: str) -> tuple[str, ...]:
    return ("Southend", "Southend on Sea") if key == "E06000033" else ()


PROVIDERS = tuple(Provider(key, label, example=True) for key, label in PROVIDER_LABELS.items())
AREAS = tuple(
    Area(key, label, kind="district", order=order, aliases=_aliases(key))
    for order, (key, label) in enumerate(DISTRICTS, start=1)
)
CONTRACTS = tuple(
    Contract(
        key=f"{SERVICE}-{provider}",
        service=SERVICE,
        provider=provider,
        start=SERVICE_START,
        end=date(2019, 3, 31),
        reporting=((SERVICE_START, PeriodKind.QUARTER), (MONTHLY_FROM, PeriodKind.MONTH)),
        example=True,
        areas=tuple(key for key, _ in DISTRICTS),
    )
    for provider in PROVIDER_LABELS
)
QUESTIONS: tuple[SurveyQuestion, ...] = ()
