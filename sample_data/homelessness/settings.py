"""The settings of the homelessness mediation examples: three invented districts, one invented provider."""

from __future__ import annotations

from datetime import date

from domain.periods import PeriodKind
from domain.settings import Area, Contract, Provider, SurveyQuestion

SERVICE = "homelessness"
COUNCIL = "Example districts partnership"
SERVICE_START = date(2023, 4, 1)
LAST_DAY = date(2025, 3, 31)
PROVIDER = "homelessness-a"
PROVIDER_LABEL = "Example provider G (homelessness mediation)"
DISTRICTS = (
    ("X-ASHBY", "Ashby (example)"),
    ("X-BRAMLEY", "Bramley (example)"),
    ("X-COLDWELL", "Coldwell (example)"),
)
"""Real places bear such names; the labels say that these are not they."""

PROVIDERS: tuple[Provider, ...] = (Provider(PROVIDER, PROVIDER_LABEL, example=True),)
AREAS: tuple[Area, ...] = tuple(
    Area(key, label, kind="district", aliases=(label.split()[0],)) for key, label in DISTRICTS
)
CONTRACTS: tuple[Contract, ...] = (
    Contract(
        key=f"{SERVICE}-{PROVIDER}",
        service=SERVICE,
        provider=PROVIDER,
        start=SERVICE_START,
        end=date(2026, 3, 31),
        reporting=((SERVICE_START, PeriodKind.QUARTER),),
        example=True,
        areas=tuple(key for key, _ in DISTRICTS),
        delivery_model="stand_alone",
    ),
)
QUESTIONS: tuple[SurveyQuestion, ...] = ()
"""None of its own: the one general question is asked."""
