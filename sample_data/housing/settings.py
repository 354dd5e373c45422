"""The settings of the housing examples: four invented wards, two invented providers and their contracts."""

from __future__ import annotations

from datetime import date

from domain.periods import PeriodKind
from domain.settings import Area, Contract, Provider, SurveyQuestion

SERVICE = "housing"
COUNCIL = "Example borough council"
SERVICE_START = date(2023, 4, 1)
LAST_DAY = date(2025, 3, 31)

PROVIDER_LABELS = {
    "housing-a": "Example provider E (housing mediation)",
    "housing-b": "Example provider F (housing mediation)",
}
WARDS = (
    ("X-RIVERSIDE", "Riverside"),
    ("X-MILLFIELD", "Millfield"),
    ("X-CASTLE-HILL", "Castle Hill"),
    ("X-NORTHGATE", "Northgate"),
)
INCLUDED_CASES = {"housing-a": 280, "housing-b": 340}
"""Cases a contract year in the fixed price: invented. No document gives a number or a price, so prices stay blank."""

PROVIDERS = tuple(Provider(key, label, example=True) for key, label in PROVIDER_LABELS.items())
AREAS = tuple(Area(key, label, kind="ward") for key, label in WARDS)
CONTRACTS = tuple(
    Contract(
        key=f"{SERVICE}-{provider}",
        service=SERVICE,
        provider=provider,
        start=SERVICE_START,
        end=date(2026, 3, 31),
        reporting=((SERVICE_START, PeriodKind.QUARTER),),
        example=True,
        areas=tuple(key for key, _ in WARDS),
        included_cases=INCLUDED_CASES[provider],
    )
    for provider in PROVIDER_LABELS
)
QUESTIONS: tuple[SurveyQuestion, ...] = ()
"""None of its own: the one general question is asked."""
