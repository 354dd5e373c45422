"""Many generated cases, seeded, as returns of the three example providers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from domain.periods import Period
from domain.returns import Record, Return
from domain.services import MENTORING
from sample_data.mentoring.settings import DISTRICTS, PROVIDERS

_FIRST, _DAYS, _LAST = date(2017, 4, 1), 540, date(2018, 9, 30)


def _case(number: int, chance: random.Random) -> Record:
    referred = _FIRST + timedelta(days=chance.randrange(_DAYS))
    ended = chance.random() < 0.9
    return {
        "case_ref": f"B-{number:06d}",
        "area": chance.choice(DISTRICTS)[0],
        "referral_date": referred,
        "entered_date": min(referred + timedelta(days=7 * number % 75), _LAST),
        "referral_route": chance.choice(("LA", "OTHER", "SELF")),
        "risk_at_assessment": chance.choice(("FUTURE", "D29_56", "D28", "HOMELESS")),
        "outcome": chance.choice(MENTORING.final) if ended else "LIVE",
        "outcome_date": referred + timedelta(days=chance.randrange(120)) if ended else None,
        "assessment_date": referred,
        "vulnerabilities": tuple(chance.sample(("MENTAL", "PHYSICAL", "DRUG_ALC"), chance.randrange(1, 3))),
    }


def many_returns(size: int) -> Iterator[Return]:
    """One return a provider for one long-past quarter, together `size` cases; the same ones every time."""
    chance = random.Random(20171031)
    providers = [provider.key for provider in PROVIDERS]
    for place, provider in enumerate(providers):
        rows = tuple(_case(number, chance) for number in range(place, size, len(providers)))
        period = Period.parse("2018-07..2018-09")
        yield Return(MENTORING.key, provider, period, rows, (), f"bench-{provider}", "bench.xlsx")
