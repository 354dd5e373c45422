"""What is fixed beforehand of the homelessness mediation examples. All of it is invented."""

from __future__ import annotations

from domain.periods import Period, months_between, quarter_of

MONTHS = months_between(202304, 202503)
QUARTERS: tuple[Period, ...] = tuple(quarter_of(month) for month in MONTHS[::3])
REFERRALS = (9, 9, 10, 11, 10, 11, 12, 10, 9, 12, 11, 11, 11, 11, 12, 12, 11, 12, 13, 11, 11, 12, 12, 13)
"""Cases referred in each month from April 2023 to March 2025."""
AGREED = (0.80, 0.76, 0.79, 0.83, 0.78, 0.81, 0.78, 0.82)
"""By the quarter of closing: the share of mediations started that end in an agreement."""

DISTRICT_WEIGHTS = {"X-ASHBY": 46, "X-BRAMLEY": 33, "X-COLDWELL": 21}
KINDS = {"FAMILY": 58, "EVICTION": 33, "NEIGHBOUR": 9}
REACHED = {"started": 74, "NOT_STARTED": 15, "WITHDRAWN": 11}
"""How far cases that are taken on come; those that start are given an outcome by ``AGREED`` and ``AGREEMENTS``."""
AGREEMENTS = {
    "FAMILY": {"RETURNED_HOME": 45, "PLANNED_MOVE": 38, "OTHER_AGREEMENT": 17},
    "EVICTION": {"OTHER_AGREEMENT": 72, "PLANNED_MOVE": 28},
    "NEIGHBOUR": {"OTHER_AGREEMENT": 80, "PLANNED_MOVE": 20},
}
EARLY = 0.77
"""The share of cases to which mediation is offered before the homelessness assessment."""
ASSESSED = 0.93
"""The share of cases with a homelessness assessment; the others are settled before there is one."""

# H-CLIC codes: A2 reason for loss, A4 accommodation, P3 prevention activity, P1 reason the duty ended.
LOSS = {
    "FAMILY": {"A2_09": 74, "A2_10": 26},
    "EVICTION": {"A2_02": 36, "A2_04": 30, "A2_01": 10, "A2_03": 9, "A2_13": 15},
    "NEIGHBOUR": {"A2_13": 45, "A2_19": 55},
}
LIVED = {
    "A2_09": {"A4_10": 79, "A4_11": 21},
    "A2_10": {"A4_02": 50, "A4_07": 25, "A4_06": 15, "A4_09": 10},
    "A2_13": {"A4_06": 45, "A4_07": 55},
    "A2_19": {"A4_02": 40, "A4_06": 30, "A4_07": 30},
}
LIVED_ELSEWHERE = {"A4_02": 75, "A4_03": 15, "A4_04": 10}
MOVED_BY = {"P3_01": 20, "P3_02": 30, "P3_03": 30, "P3_04": 20}
NOT_AGREED_ENDS = {"P1_04": 42, "P1_10": 33, "P1_03": 25}
WITHDRAWN_ENDS = {"P1_07": 60, "P1_08": 40}


def agreed_share(quarter: Period) -> float:
    """The share planned for a quarter; the last one for those after it."""
    at = next((at for at, known in enumerate(QUARTERS) if known == quarter), len(AGREED) - 1)
    return AGREED[at]
