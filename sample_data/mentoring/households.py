"""Who the households are: every characteristic in exactly the published numbers."""

from __future__ import annotations

from collections import Counter

from sample_data.draw import Draw, spread
from sample_data.mentoring import totals
from sample_data.mentoring.case import Case, fill


def describe(cases: list[Case]) -> None:
    """Give every case its household, its route and its risk."""
    _adults_and_children(cases)
    _sex(cases)
    _vulnerabilities(cases)
    _age(cases)
    _routes(cases)
    for key, counts in (
        ("ethnicity", totals.ETHNICITY),
        ("housing_status", totals.HOUSING_STATUS),
        ("risk_at_assessment", totals.RISK),
    ):
        fill(Draw(key).shuffled(cases), key, spread(counts))
    prevented = [case for case in cases if case.status == "PREVENTED"]
    fill(Draw("tenancy").shuffled(prevented), "tenancy_outcome", spread(totals.TENANCY))
    for case in cases:
        case.values["accepted"] = "Y"


def _adults_and_children(cases: list[Case]) -> None:
    draw = Draw("households")
    known = draw.some(cases, sum(totals.ADULTS.values()))
    several_adults = draw.shuffled(spread({n: c for n, c in totals.ADULTS.items() if n > 1}))
    children = draw.shuffled(spread({n: c for n, c in totals.CHILDREN.items() if n > 0}))
    without = totals.CHILDREN[0]
    single_with = totals.ADULTS[1] - totals.SINGLE_WITHOUT_CHILDREN
    rows = [(1, 0)] * totals.SINGLE_WITHOUT_CHILDREN
    rows += [(1, n) for n in children[:single_with]]
    couples_without = without - totals.SINGLE_WITHOUT_CHILDREN
    rows += [(n, 0) for n in several_adults[:couples_without]]
    rows += list(zip(several_adults[couples_without:], children[single_with:], strict=True))
    for case, (adults, dependent) in zip(known, rows, strict=True):
        case.values["adults_n"] = adults
        case.values["dependent_children_n"] = dependent


def _sex(cases: list[Case]) -> None:
    draw = Draw("sex")
    alone = [c for c in cases if c.number("adults_n") == 1 and c.number("dependent_children_n") == 0]
    others = [c for c in cases if c not in alone]
    men_alone = totals.SINGLE_MEN_WITHOUT_CHILDREN
    women_alone = len(alone) - men_alone
    fill(draw.shuffled(alone), "sex", spread({"M": men_alone, "F": women_alone}))
    fill(draw.shuffled(others), "sex", spread({"M": totals.MEN - men_alone, "F": totals.WOMEN - women_alone}))


def _vulnerabilities(cases: list[Case]) -> None:
    """Make dependent children the primary vulnerability wherever they are one, as the report found (E17).

    So 228 households have them as a vulnerability although 280 have dependent children; both are published.
    """
    draw = Draw("vulnerabilities")
    with_children = draw.shuffled(c for c in cases if (c.number("dependent_children_n") or 0) > 0)
    without = draw.shuffled(c for c in cases if not c.number("dependent_children_n"))
    as_children = totals.PRIMARY_VULNERABILITY["DEP_CHILD"]
    others = sum(totals.PRIMARY_VULNERABILITY.values()) - as_children
    # Of the 33 households with nothing recorded, 25 have children and 8 have none.
    known = without[: len(without) - 8]
    known += with_children[as_children : as_children + others - len(known)]
    primaries = spread({code: n for code, n in totals.PRIMARY_VULNERABILITY.items() if code != "DEP_CHILD"})
    pairs = [(case, "DEP_CHILD") for case in with_children[:as_children]]
    pairs += list(zip(draw.shuffled(known), primaries, strict=True))

    several = [
        pair
        for code, n in totals.SEVERAL_BY_PRIMARY.items()
        for pair in [p for p in pairs if p[1] == code][:n]
    ]
    extra = draw.shuffled(spread(totals.EXTRA_TYPES))
    further = _further_types(list(zip((code for _, code in several), extra, strict=True)))
    more = {id(case): types for (case, _), types in zip(several, further, strict=True)}
    for case, primary in pairs:
        case.values["primary_vulnerability"] = primary
        case.values["vulnerabilities"] = (primary, *more.get(id(case), ()))


def _further_types(wanted: list[tuple[str, int]]) -> list[tuple[str, ...]]:
    """Share out the further types: (primary, how many) in, the types beside the primary out, all used up.

    The most asking households come first and take what is left most of, which uses all the types up.
    """
    left = Counter(totals.FURTHER_VULNERABILITIES)
    found: dict[int, tuple[str, ...]] = {}
    for at in sorted(range(len(wanted)), key=lambda at: (-wanted[at][1], wanted[at][0] == "DEP_CHILD", at)):
        primary, number = wanted[at]
        types = [code for code, _ in sorted(left.items(), key=lambda item: -item[1]) if code != primary][
            :number
        ]
        left.subtract(types)
        found[at] = tuple(sorted(types, key=list(totals.FURTHER_VULNERABILITIES).index))
    if any(left.values()):
        raise ValueError(f"further vulnerabilities left over: {dict(left)}")
    return [found[at] for at in range(len(wanted))]


def _age(cases: list[Case]) -> None:
    """A household whose vulnerability is to be a young person has a main applicant under 25."""
    draw = Draw("age")
    young = [c for c in cases if "YOUNG" in (c.values.get("vulnerabilities") or ())]  # type: ignore[operator]
    rest = [c for c in cases if c not in young]
    bands = spread(totals.AGE_BANDS)
    fill(draw.shuffled(young), "age_band", bands[: len(young)])
    fill(draw.shuffled(rest), "age_band", bands[len(young) :])


def _routes(cases: list[Case]) -> None:
    draw = Draw("routes")
    for area, counts in totals.routes_by_district().items():
        fill(draw.shuffled(c for c in cases if c.area == area), "referral_route", spread(counts))
