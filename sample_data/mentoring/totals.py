"""The published counts that the example cases must add up to.

What the report prints by district is read from the published figures themselves. The rest stands here as
whole numbers, each of which rounds half up to the percentage that the report prints.
"""

from __future__ import annotations

from functools import lru_cache

from domain.published import published_figures
from sample_data.mentoring.settings import DISTRICTS, PRINTED_NAMES

OUTCOMES = ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")
STATUSES = (*OUTCOMES, "LIVE")
ROUTES = ("LA", "OTHER", "SELF")
UNKNOWN = "UNK"

CASES = 540
UNDATED = 4
LIVE = 69
UNKNOWN_DISTRICT_CASES = 2
KNOWN_DISTRICT_TOTALS = {"E07000073": 72, "E07000067": 64, "E07000076": 62}
"""Harlow, Braintree and Tendring: the only all-case counts in the text, and the three highest."""

# The report gives no monthly series: only April 2017, October 2018 and averages (CHECKS E3, reading (a)).
# The months between are invented; they add up to 292 for June 2017-March 2018 and 227 from April 2018 on.
MONTHS: dict[int, int] = {
    201704: 1, 201705: 16,
    201706: 24, 201707: 27, 201708: 26, 201709: 29, 201710: 31, 201711: 33, 201712: 22,
    201801: 34, 201802: 32, 201803: 34,
    201804: 34, 201805: 37, 201806: 36, 201807: 35, 201808: 32, 201809: 30, 201810: 23,
}  # fmt: skip
BEFORE = tuple(m for m in MONTHS if 201706 <= m <= 201803)
AFTER = tuple(m for m in MONTHS if m >= 201804)
BEFORE_AND_AFTER = {"E07000073": (22, 50), "E07000072": (23, 28)}
"""Harlow and Epping Forest: cases in the ten months before April 2018 and in the seven from then on."""

ADULTS = {1: 427, 2: 91, 3: 11, 4: 8}
CHILDREN = {0: 257, 1: 85, 2: 90, 3: 60, 4: 30, 5: 10, 6: 4, 7: 1}
"""Table 1; 'Four or more' (45) is split by us. Three households have neither number."""
SINGLE_WITHOUT_CHILDREN = 209
SINGLE_MEN_WITHOUT_CHILDREN = 113
WOMEN, MEN = 377, 162
AGE_BANDS = {
    "16-17": 4,
    "18-24": 52,
    "25-34": 160,
    "35-44": 149,
    "45-54": 92,
    "55-64": 48,
    "65-74": 14,
    "75+": 4,
}
ETHNICITY = {"WHITE": 504, "BLACK": 11, "MIXED": 8, "ASIAN": 5, "OTHER": 2, "NOT_STATED": 2}
"""White 504 of 532, or of the 530 who gave an ethnic group: the report prints 95% and no base."""
HOUSING_STATUS = {
    "SRS": 327, "PRS": 124, "RP": 17, "OO": 4, "NFA_FAM": 6, "NFA_FRI": 4, "BB": 4, "EMERG": 4, "HOSTEL": 3,
    "OTH_TEMP": 23, "OTHER": 11,
}  # fmt: skip
RISK = {"FUTURE": 226, "D29_56": 178, "D28": 88, "HOMELESS": 16}
REPEATS = 31

PRIMARY_VULNERABILITY = {
    "DEP_CHILD": 228, "MENTAL": 152, "PHYSICAL": 51, "DRUG_ALC": 51, "YOUNG": 12, "MULTI": 7, "NONE": 6,
}  # fmt: skip
FURTHER_VULNERABILITIES = {"MENTAL": 167, "PHYSICAL": 55, "DRUG_ALC": 45, "YOUNG": 28, "MULTI": 15}
"""Types beside the primary one: 310, so that 507 households have 811 types between them (1.6 each)."""
SEVERAL_BY_PRIMARY = {"DEP_CHILD": 150, "MENTAL": 62, "PHYSICAL": 18, "DRUG_ALC": 19, "YOUNG": 3, "MULTI": 2}
"""How many households have more than one type, by their primary one: 254 of 507."""
EXTRA_TYPES = {1: 205, 2: 42, 3: 7}

TENANCY = {
    "OWN_HOME": 180, "ANOTHER": 64,
    "FAM_FRIENDS": 6, "SUPPORTED": 6, "HOSTEL_LA": 4, "SHARED": 4, "OWN_ARR": 4, "OTHER": 49,
    "UNKNOWN": 30, "LC": 15,
}  # fmt: skip
"""Of 387 prevented cases: 317 known, 30 unknown, 15 with lost contact, 25 left blank."""

DURATION_BANDS = (7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 112, 140, 168)
DURATION_COUNTS = (29, 42, 25, 15, 30, 24, 26, 15, 21, 16, 19, 7, 27, 20, 11, 11)
"""Table 4: whole numbers of 338 cases that round to its percentages and to its cumulative percentages."""
WITH_DURATION = {"PREVENTED": 316, "UNSUCCESSFUL": 22, "WITHDRAWN": 51}
MEAN_DAYS = {"PREVENTED": 57, "UNSUCCESSFUL": 56, "WITHDRAWN": 44}

ACTIVITIES = {
    "INFO": 404, "MEDIATION": 326, "FINANCIAL": 169, "PROBLEM": 130, "PARTNER": 130, "REFERRAL": 78,
    "OTHER": 66,
}  # fmt: skip
"""1,303 activities of prevented cases; the printed shares add up to 95%, 'other' has the rest (E9)."""
CASES_WITH_ACTIVITIES = 274
ONE_ACTIVITY, TWO_TO_EIGHT, OVER_EIGHT = 63, 178, 33
MOST_ACTIVITIES = 28
CASES_WITH_RELIEF = 33

_ROUTE_LABELS = {
    "LA": "Proactively identified by LA/ partner",
    "OTHER": "Referred from other service/ partner",
    "SELF": "Self-referral into service",
}


@lru_cache(maxsize=1)
def routes_by_district() -> dict[str, dict[str, int]]:
    """Count cases by district and route as published (section 6.2), with the unknown district's two."""
    found = _cells("referral_route", _ROUTE_LABELS)
    found[UNKNOWN] = {"LA": 2, "OTHER": 0, "SELF": 0}  # CHECKS E5: what the districts lack from the total
    return found


@lru_cache(maxsize=1)
def outcomes_by_district() -> dict[str, dict[str, int]]:
    """Count completed cases by district and outcome as published (6.3), with the unknown district's two."""
    found = _cells("case_outcome", {code: code.capitalize() for code in OUTCOMES})
    found[UNKNOWN] = {"PREVENTED": 2, "UNSUCCESSFUL": 0, "WITHDRAWN": 0}  # CHECKS E5
    return found


def _cells(measure: str, labels: dict[str, str]) -> dict[str, dict[str, int]]:
    printed = {
        (figure.area, figure.category): figure.count
        for figure in published_figures("essex")
        if figure.measure == measure and figure.count is not None
    }
    return {
        key: {code: printed[PRINTED_NAMES.get(key, name), label] for code, label in labels.items()}
        for key, name in DISTRICTS
    }
