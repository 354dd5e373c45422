"""What is fixed beforehand of the housing examples: how many referrals, and how many of each quarter go wrong.

All of it is invented. The shares are chosen so that every status of every KPI can be seen somewhere.
"""

from __future__ import annotations

from domain.periods import Period, month_start, months_between, quarter_of

MONTHS = months_between(202304, 202503)
QUARTERS: tuple[Period, ...] = tuple(quarter_of(month) for month in MONTHS[::3])

# Referrals of each month from April to March, for two years: more from June to August (noise) and at Christmas.
REFERRALS = {
    "housing-a": (
        (23, 24, 31, 34, 33, 23, 22, 22, 31, 32, 21, 22),
        (24, 23, 33, 36, 34, 24, 23, 22, 32, 34, 22, 23),
    ),
    "housing-b": (
        (22, 23, 32, 33, 32, 22, 23, 21, 30, 31, 22, 21),
        (25, 24, 34, 37, 35, 25, 24, 23, 33, 34, 23, 24),
    ),
}

# Shares by quarter, from April-June 2023 on. A quarter after the last one has the last share.
CONTACT_LATE = {
    "housing-a": (0.03, 0.0, 0.013, 0.08, 0.03, 0.0, 0.0, 0.02),
    "housing-b": (0.10, 0.07, 0.04, 0.03, 0.0, 0.0, 0.02, 0.02),
}
"""By the quarter of the fourteenth day after referral: no contact by then, and so no visit either."""
VISIT_LATE = {
    "housing-a": (0.08, 0.03, 0.04, 0.12, 0.04, 0.02, 0.0, 0.03),
    "housing-b": (0.16, 0.11, 0.08, 0.04, 0.03, 0.0, 0.04, 0.04),
}
"""By the same quarter: no visit by then, those without contact among them."""
NOT_EXPECTED = {
    "housing-a": (0.08, 0.07, 0.12, 0.19, 0.13, 0.08, 0.06, 0.07),
    "housing-b": (0.13, 0.20, 0.18, 0.13, 0.08, 0.07, 0.12, 0.08),
}
"""By the quarter of closing: closed without one of the four expected outcomes."""
MULTI_AGENCY = {
    "housing-a": (0.0, 0.06, 0.08, 0.115, 0.14, 0.11, 0.07, 0.06),
    "housing-b": (0.0, 0.14, 0.11, 0.08, 0.07, 0.05, 0.09, 0.08),
}
"""By the quarter three months after opening: other agencies are still needed."""
REOPENED = {
    "housing-a": (0.04, 0.06, 0.09, 0.04, 0.05, 0.04, 0.04, 0.04),
    "housing-b": (0.10, 0.03, 0.065, 0.05, 0.04, 0.04, 0.04, 0.04),
}
"""By the quarter of closing: reopened within twelve months."""
REOPENED_LATER = {"housing-a": 3, "housing-b": 2}
"""Cases closed in the first nine months and reopened more than twelve months later."""

WARD_WEIGHTS = {
    "housing-a": {"X-RIVERSIDE": 38, "X-MILLFIELD": 29, "X-CASTLE-HILL": 21, "X-NORTHGATE": 12},
    "housing-b": {"X-RIVERSIDE": 24, "X-MILLFIELD": 35, "X-CASTLE-HILL": 33, "X-NORTHGATE": 8},
}
NOISE_SHARE = {6: 0.62, 7: 0.66, 8: 0.64, 12: 0.55, 1: 0.52}
"""The share of Service A (noise) by calendar month; ``NOISE_ELSEWHERE`` in the others."""
NOISE_ELSEWHERE = 0.45

OUTCOMES = {
    "A": {"SATISFIED": 40, "GNA": 16, "NO_EVIDENCE": 24, "ENFORCE": 20},
    "B": {"SATISFIED": 46, "GNA": 32, "NO_EVIDENCE": 13, "ENFORCE": 9},
}
"""Weights of the four expected outcomes, by type of service."""


def share_of(shares: tuple[float, ...], quarter: Period) -> float:
    """The share planned for a quarter."""
    at = next((at for at, known in enumerate(QUARTERS) if known == quarter), len(shares) - 1)
    return shares[at]


def referrals_by_month(provider: str) -> dict[int, int]:
    """How many cases are referred to a provider in each month."""
    counts = [count for year in REFERRALS[provider] for count in year]
    return dict(zip(MONTHS, counts, strict=True))


def noise_share(month: int) -> float:
    """The share of a month's cases that are about noise."""
    return NOISE_SHARE.get(month_start(month).month, NOISE_ELSEWHERE)
