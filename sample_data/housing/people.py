"""Who the residents of the housing cases are, in bands and groups only, and which case follows an earlier one."""

from __future__ import annotations

from sample_data.draw import Draw, spread
from sample_data.housing.case import Case

SEX = {"F": 55, "M": 41, "X": 2, "U": 2}
AGE = {"18-24": 9, "25-34": 22, "35-44": 24, "45-54": 18, "55-64": 14, "65-74": 8, "75+": 3, "Not known": 2}
ETHNICITY = {"WHITE": 62, "BLACK": 13, "ASIAN": 11, "MIXED": 5, "OTHER": 3, "NOT_STATED": 6}
PARTIES = {1: 3, 2: 78, 3: 13, 4: 6}


def describe(provider: str, cases: list[Case]) -> None:
    """Give each case its resident's groups, its number of parties and, for one in sixteen, an earlier case."""
    draw = Draw(f"housing people {provider}")
    ended: list[Case] = []
    for case in cases:
        case.described = {
            "sex": draw.pick(spread(SEX)),
            "age_band": draw.pick(spread(AGE)),
            "ethnicity": draw.pick(spread(ETHNICITY)),
            "parties_n": draw.pick(spread(PARTIES)),
            "repeat_case": "N",
        }
        if draw.share() < 0.03:
            del case.described[draw.pick(("sex", "age_band", "ethnicity"))]
        earlier = [c for c in ended if c.area == case.area and c.closed < case.referral]
        if earlier and draw.share() < 1 / 16:
            before = draw.pick(earlier)
            ended.remove(before)
            case.described |= {"repeat_case": "Y", "previous_case_ref": before.ref}
        if not case.refused:
            ended.append(case)
