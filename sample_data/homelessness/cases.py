"""The homelessness mediation cases, complete: who, when, and how they end. Deterministic, and all invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from domain.periods import Period
from domain.returns import Value
from sample_data.draw import Draw, spread
from sample_data.homelessness import plan
from sample_data.homelessness.case import Case
from sample_data.story import some_working_day, working_day

PREFIX = "GM"
PREVENTION_DAYS = 56
SEX = {"F": 56, "M": 41, "X": 2, "U": 1}
AGE = {
    "FAMILY": {"16-17": 14, "18-24": 52, "25-34": 20, "35-44": 8, "45-54": 4, "Not known": 2},
    "EVICTION": {"18-24": 14, "25-34": 32, "35-44": 27, "45-54": 16, "55-64": 8, "65-74": 3},
    "NEIGHBOUR": {"18-24": 12, "25-34": 28, "35-44": 26, "45-54": 18, "55-64": 12, "65-74": 4},
}
ETHNICITY = {"WHITE": 74, "BLACK": 7, "ASIAN": 6, "MIXED": 5, "OTHER": 3, "NOT_STATED": 5}
ROUTES = {"SELF": 44, "A7_15": 14, "A7_10": 13, "A7_11": 11, "A7_08": 7, "A7_09": 5, "A7_14": 4, "A7_04": 2}
"""How households came to the service; most by themselves."""


@lru_cache(maxsize=1)
def example_cases() -> tuple[Case, ...]:
    """Give the cases by reference; the same ones every time."""
    cases = _referred()
    _agree(cases)
    _owe_duties(cases)
    cases.sort(key=lambda case: (case.entered, case.referral, case.area, case.kind))
    for number, case in enumerate(cases, start=1):
        case.ref = f"{PREFIX}-{number:04d}"
    _describe(cases)
    return tuple(cases)


def _referred() -> list[Case]:
    draw = Draw("homelessness referrals")
    found: list[Case] = []
    for month, number in zip(plan.MONTHS, plan.REFERRALS, strict=True):
        for _ in range(number):
            day = some_working_day(month, draw)
            area, kind = _weighed(draw, plan.DISTRICT_WEIGHTS), _weighed(draw, plan.KINDS)
            case = Case(area, kind, day, entered=day + timedelta(draw.between(0, 9)), closed=day)
            _move_on(case, draw)
            found.append(case)
    return found


def _move_on(case: Case, draw: Draw) -> None:
    """Give a case its dates from offer to end."""
    day = case.referral
    if draw.share() < 0.03:
        case.refused = draw.pick(("NO_CONSENT", "UNSAFE", "OUT_OF_SCOPE"))
        case.outcome = "NOT_STARTED"
        case.closed = day + timedelta(draw.between(10, 18))
        return
    early = draw.share() < plan.EARLY
    case.offered = day + timedelta(draw.between(0, 5) if early else draw.between(5, 11))
    if draw.share() < plan.ASSESSED:
        case.assessed = (
            case.offered + timedelta(draw.between(2, 16))
            if early
            else day + timedelta(draw.between(1, (case.offered - day).days))
        )
    reached = _weighed(draw, plan.REACHED)
    if reached == "started" or (reached == "WITHDRAWN" and draw.share() < 0.2):
        start = working_day(case.offered + timedelta(draw.between(6, 18)))
        case.mediation = (start, start + timedelta(draw.between(0, 30)))
    if reached == "started" and case.mediation:
        case.closed = working_day(case.mediation[1] + timedelta(draw.between(3, 14)))
    else:
        case.outcome = reached
        last = case.mediation[1] if case.mediation else case.offered
        case.closed = working_day(last + timedelta(draw.between(8, 26)))
    case.closed = max(case.closed, case.assessed or case.closed)
    if case.kind == "EVICTION" and draw.share() < 0.6:
        case.hearing = working_day(day + timedelta(draw.between(14, 30)))


def _agree(cases: list[Case]) -> None:
    """Let as many mediations as planned for each quarter end in an agreement."""
    draw = Draw("homelessness agreements")
    started: dict[Period, list[Case]] = {}
    for case in cases:
        if case.mediation:
            started.setdefault(case.closing_quarter, []).append(case)
    for quarter, ending in sorted(started.items()):
        undecided = [case for case in ending if not case.outcome]
        wanted = min(len(undecided), round(len(ending) * plan.agreed_share(quarter)))
        for case in draw.some(undecided, wanted):
            case.outcome = _weighed(draw, plan.AGREEMENTS[case.kind])
        for case in undecided:
            case.outcome = case.outcome or "NO_AGREEMENT"


def _owe_duties(cases: list[Case]) -> None:
    """Give the council's prevention duty its days, and an activity and a reason that fit the outcome."""
    draw = Draw("homelessness duties")
    for case in cases:
        if not case.assessed or case.refused:
            continue
        owed = case.assessed + timedelta(draw.between(0, 3))
        last = max(owed, case.closed) + timedelta(draw.between(0, 12))
        if case.outcome == "PLANNED_MOVE":
            case.end_reason, case.activity = "P1_03", _weighed(draw, plan.MOVED_BY)
        elif case.agreed:
            case.end_reason, case.activity = "P1_02", "P3_05" if case.kind == "FAMILY" else "P3_06"
        else:
            ends = plan.WITHDRAWN_ENDS if case.outcome == "WITHDRAWN" else plan.NOT_AGREED_ENDS
            case.end_reason = _weighed(draw, ends)
            case.activity = _weighed(draw, plan.MOVED_BY) if case.end_reason == "P1_03" else "P3_10"
            if case.end_reason == "P1_10":  # the 56 days have passed
                last = max(last, owed + timedelta(PREVENTION_DAYS))
        case.duty = (owed, last)


def _describe(cases: list[Case]) -> None:
    draw = Draw("homelessness people")
    ended: list[Case] = []
    for case in cases:
        loss = _weighed(draw, plan.LOSS[case.kind])
        adults = draw.pick((1, 1, 1, 2)) if case.kind == "FAMILY" else draw.pick((1, 2, 2))
        known: dict[str, Value] = {
            "referral_route": _weighed(draw, ROUTES),
            "loss_reason": loss,
            "accommodation_at_application": _weighed(draw, plan.LIVED.get(loss, plan.LIVED_ELSEWHERE)),
            "sex": _weighed(draw, SEX),
            "age_band": _weighed(draw, AGE[case.kind]),
            "ethnicity": _weighed(draw, ETHNICITY),
            "parties_n": draw.pick((2, 2, 2, 2, 3)),
            "adults_n": adults,
            "dependent_children_n": draw.pick(
                (0, 0, 0, 0, 1) if case.kind == "FAMILY" else (0, 0, 1, 1, 2, 3)
            ),
            "repeat_case": "N",
        }
        if draw.share() < 0.04:
            del known[draw.pick(("sex", "age_band", "ethnicity"))]
        earlier = [c for c in ended if c.area == case.area and c.closed < case.referral]
        if earlier and draw.share() < 0.05:
            before = draw.pick(earlier)
            ended.remove(before)
            known |= {"repeat_case": "Y", "previous_case_ref": before.ref}
        case.described = known
        ended.append(case)


def _weighed(draw: Draw, weights: Mapping[str, int]) -> str:
    return draw.pick(spread(weights))
