"""The published counts that the example referrals must add up to, and the shapes chosen where none is published."""

from __future__ import annotations

REFERRALS = {2020: 195, 2021: 271, 2022: 429, 2023: 598, 2024: 636}
"""Referrals by financial year, named by the year that it begins in."""

OUTCOMES: dict[int, dict[str, int]] = {
    2023: {
        "CHANGED_CERT": 31, "CHANGED": 159, "LA_DECLINED": 7, "RESOLVED_PRE": 61, "SUPPORT_ONLY": 34,
        "DR_HELD": 2, "MED_HELD": 255,
    },
    2024: {
        "CHANGED_CERT": 23, "CHANGED": 196, "LA_DECLINED": 9, "RESOLVED_PRE": 91, "SUPPORT_ONLY": 36,
        "DR_HELD": 5, "MED_HELD": 270,
    },
}  # fmt: skip
"""Outcomes of referrals by calendar year: 549 and 630."""

REASONS = {"RTA": 203, "RTI": 151, "OTH": 34, "CON": 224, "SECI": 89}
"""Reasons of 2024: 701, more than the 630 referrals (CHECKS N1). We read it as several reasons to a referral."""
REASONS_TOGETHER = {("CON", "SECI"): 60, ("CON", "OTH"): 6, ("RTI", "OTH"): 5}
"""Which 71 referrals have two reasons is invented."""
REASONS_ALONE = {
    (code,): count - sum(n for pair, n in REASONS_TOGETHER.items() if code in pair)
    for code, count in REASONS.items()
}
REASON_SETS: dict[tuple[str, ...], int] = REASONS_ALONE | REASONS_TOGETHER

NEEDS = {
    "ASD": 539, "MLD": 44, "SPLD": 23, "SLD": 9, "PMLD": 8, "SEMH": 20, "SLCN": 20, "PD": 22, "HI": 8,
    "MSI": 2, "OTH": 11, "UNK": 7,
}  # fmt: skip
"""The 713 whose main need is printed, without a period (CHECKS N3); 'Other / Unknown' (18) is split by us."""
SEX = {"M": 456, "F": 257}
ETHNICITY = {
    "WH_BRI": 492, "REF": 178,
    "WH_OTH": 9, "WH_GIT": 1, "WH_ROM": 1, "MX_WBC": 5, "MX_WBA": 3, "MX_WAS": 5, "MX_OTH": 6,
    "AS_IND": 2, "AS_BAN": 1, "AS_PAK": 1, "AS_OTH": 3, "BL_AFR": 3, "BL_OTH": 1, "OT_OTH": 2,
}  # fmt: skip
"""Shares without a base are printed: 64% and 36%, 69% and 25% (CHECKS N4). Out of 713 each fits one number."""

RESPONDENTS = {2023: 40, 2024: 92}
POSITIVE = {
    2023: (39, 40, 39, 38, 36, 33, 37, 34, 38, 28),
    2024: (92, 92, 92, 92, 85, 78, 88, 83, 90, 68),
}
"""Positive answers to the ten questions. Those of 2024 are published; those of 2023 are invented."""

BLOCKS: tuple[tuple[int, int, int], ...] = (
    (202004, 202103, 195),
    (202104, 202203, 271),
    (202204, 202212, 304),
    (202301, 202303, 125),
    (202304, 202312, 424),
    (202401, 202403, 174),
    (202404, 202412, 456),
    (202501, 202503, 180),
)
"""First month, last month, referrals. 125 is chosen; the others then follow from financial and calendar years."""

SEASON = (1.05, 1.0, 1.15, 0.85, 1.05, 1.15, 1.1, 0.5, 0.8, 1.1, 1.2, 0.75)
"""How busy each month of the year is, January first: the school terms. Invented."""
MONTHLY_GROWTH = 1.015
DISTRICT_SHARES = (0.16, 0.13, 0.12, 0.17, 0.09, 0.19, 0.14)
"""How the referrals are shared between the districts, in their order: invented."""
