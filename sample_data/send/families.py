"""Who the referrals are about: need, sex and ethnic group of the latest 713 in exactly the published numbers."""

from __future__ import annotations

from sample_data.draw import Draw, spread
from sample_data.send import totals
from sample_data.send.case import Case

_AGES = (("0-4", 0.1), ("5-10", 0.58), ("11-15", 0.94), ("16-19", 1.0))
"""Age bands of children whose parent asks, with the share up to each."""


def describe(cases: list[Case]) -> None:
    """Give every referral its applicant, and the latest ones who it is about; of earlier ones it was not kept."""
    draw = Draw("send applicants")
    for case in cases:
        case.values["accepted"] = "Y"
        case.values["applicant_type"] = "YOUNG_PERSON" if draw.share() < 0.07 else "PARENT"
        contents = "CON" in case.reasons
        case.values["extent_health"] = "Y" if draw.share() < (0.22 if contents else 0.04) else "N"
        case.values["extent_social"] = "Y" if draw.share() < (0.12 if contents else 0.02) else "N"
    latest = cases[-sum(totals.NEEDS.values()) :]
    for key, counts in (("sen_need", totals.NEEDS), ("sex", totals.SEX), ("ethnicity", totals.ETHNICITY)):
        for case, code in zip(latest, Draw(f"send {key}").shuffled(spread(counts)), strict=True):
            case.values[key] = code
    for case in latest:
        case.values["age_band"] = _age(draw, case)


def _age(draw: Draw, case: Case) -> str:
    chance = draw.share()
    if case.values["applicant_type"] == "YOUNG_PERSON":
        return "16-19" if chance < 0.7 else "20-25"
    return next(band for band, up_to in _AGES if chance < up_to)
