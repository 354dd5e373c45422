"""Many generated cases of any service, from the declared fields, as quarterly returns of its example providers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from domain.fields import CASES, Field, Kind
from domain.periods import Period, next_month, quarter_of
from domain.returns import Record, Return, Value
from domain.services import Service
from domain.settings import Settings

_FIRST, _LAST_QUARTER, _QUARTERS = date(2023, 4, 1), Period.parse("2025-01..2025-03"), 8


def _value(field: Field, service: Service, referred: date, chance: random.Random) -> Value:
    if field.kind is Kind.DATE:
        return referred + timedelta(days=chance.randrange(1, 60))
    if field.kind is Kind.WHOLE:
        return chance.randrange(0, 5)
    if not field.coded:
        return None
    codes = [code.key for code in field.code_list_for(service.key).entries]
    if field.kind is Kind.CODES:
        return tuple(chance.sample(codes, chance.randrange(1, 3)))
    return chance.choice(codes)


def _case(number: int, service: Service, areas: list[str], chance: random.Random) -> Record:
    referred = _FIRST + timedelta(days=chance.randrange(725))
    ended = chance.random() < 0.9
    fields = [f for f in CASES if service.key in f.services and f.kind is not Kind.AREA]
    record = {f.key: _value(f, service, referred, chance) for f in fields if chance.random() < 0.9}
    return record | {
        "case_ref": f"B-{number:06d}",
        "area": chance.choice(areas),
        "referral_date": referred,
        "entered_date": referred,
        "outcome": chance.choice(service.final) if ended else service.open[0],
        "outcome_date": referred + timedelta(days=chance.randrange(5, 120)) if ended else None,
    }


def generated_returns(service: Service, settings: Settings, size: int) -> Iterator[Return]:
    """Give one return a provider and quarter, together `size` cases; the same ones every time."""
    chance = random.Random(20250331)
    providers = [provider.key for provider in settings.providers_of(service.key)]
    areas = [area.key for area in settings.areas_of(service.key)]
    share = size // (_QUARTERS * len(providers))
    last = _LAST_QUARTER.first_month
    periods = [quarter_of(next_month(last, -3 * ago)) for ago in reversed(range(_QUARTERS))]
    number = 0
    for period in periods:
        for provider in providers:
            rows = tuple(_case(number + n, service, areas, chance) for n in range(share))
            number += share
            yield Return(service.key, provider, period, rows, (), f"bench-{number}", "bench.xlsx")
