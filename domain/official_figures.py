"""Official figures that ours stand beside: what the government publishes of England and of districts. No source document prints them.

Preventions by mediation: MHCLG, Statutory homelessness, detailed local authority tables, table P3, July 2020 to December 2025, for
England and for the districts of Essex and Norfolk (Open Government Licence v3.0). England is published rounded to tens; a council that
did not report is blank. They are shown beside figures of ours and never added to them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from domain.periods import Period

ENGLAND: Final = "E92000001"
RETURN_HOME, PREVENT_EVICTION = "P3_05", "P3_06"
MEDIATED: Final = (RETURN_HOME, PREVENT_EVICTION)
"""The two ways of preventing homelessness that are mediation or negotiation, as the national return lists them."""
PREVENTION_SOURCE: Final = (
    "MHCLG, Statutory homelessness, detailed local authority tables, table P3 (Open Government Licence v3.0)"
)


@dataclass(frozen=True, slots=True)
class OfficialPreventions:
    """Preventions of one area in one quarter: how many ended with accommodation secured, and how many of these by each way of mediation.

    A number is None where the council did not report.
    """

    area: str
    label: str
    period: Period
    secured: int | None
    by_way: Mapping[str, int | None]


@lru_cache
def official_preventions() -> tuple[OfficialPreventions, ...]:
    """Every quarter of England and of the districts, by time; England first."""
    text = (
        resources.files("domain")
        .joinpath("official", "prevention_by_mediation.csv")
        .read_text(encoding="utf-8")
    )
    return tuple(
        OfficialPreventions(
            row["area"],
            row["label"],
            Period.parse(f"{row['first_month']}..{row['last_month']}"),
            _whole(row["secured"]),
            {way: _whole(row[way]) for way in MEDIATED},
        )
        for row in csv.DictReader(text.splitlines())
    )


def official_of(area: str, period: Period | None = None) -> OfficialPreventions:
    """One area in one quarter; in the latest where none is named.

    Raises
    ------
    KeyError
        Where nothing is held of it.
    """
    found = [one for one in official_preventions() if one.area == area and period in (None, one.period)]
    if not found:
        raise KeyError(f"no official figure of '{area}' in {period.label if period else 'any quarter'}")
    return found[-1]


def official_districts() -> dict[str, str]:
    """The districts that are held: code and name."""
    return {one.area: one.label for one in official_preventions() if one.area != ENGLAND}


def _whole(text: str) -> int | None:
    return int(text) if text else None
