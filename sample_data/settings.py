"""The settings of all the examples: each service's part, put together."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from domain.settings import Area, Contract, Provider, Settings, SurveyQuestion
from sample_data.homelessness import settings as homelessness
from sample_data.housing import settings as housing
from sample_data.mentoring import settings as mentoring
from sample_data.send import settings as send

COUNCIL = "Example councils"
"""The examples are of several councils' areas; a return's cover names the one that it is for."""


class Part(Protocol):
    """What the module ``sample_data.<service>.settings`` gives."""

    PROVIDERS: tuple[Provider, ...]
    AREAS: tuple[Area, ...]
    CONTRACTS: tuple[Contract, ...]
    QUESTIONS: tuple[SurveyQuestion, ...]


PARTS: tuple[Part, ...] = (mentoring, send, housing, homelessness)


@lru_cache(maxsize=1)
def example_settings() -> Settings:
    """Give the settings under which the example returns are accepted.

    Returns
    -------
    Settings
        Areas, providers, contracts and survey questions of every service's examples; no targets, which come
        from ``domain/kpis.toml``. An area that two services name stands once.
    """
    areas = {area.key: area for part in reversed(PARTS) for area in reversed(part.AREAS)}
    return Settings(
        council=COUNCIL,
        providers=tuple(provider for part in PARTS for provider in part.PROVIDERS),
        areas=tuple(
            replace(area, order=order) for order, area in enumerate(reversed(areas.values()), start=1)
        ),
        contracts=tuple(contract for part in PARTS for contract in part.CONTRACTS),
        questions=tuple(question for part in PARTS for question in part.QUESTIONS),
    )
