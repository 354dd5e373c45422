"""What came of the meetings: how they were held, what was agreed, who was heard, and what the council did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample_data.draw import Draw
from sample_data.send.case import Case

ONLINE_FROM = date(2024, 4, 1)
"""All meetings of the twelve months up to the needs assessment were online."""
_ACTION_DAYS = {"RTA": (14, 70), "RTI": (35, 77), "CON": (35,), "SECI": (14,), "OTH": (14,)}
"""Days that the regulations give for what is agreed, by what the family disagreed with."""
_APPEALS = {
    "CHANGED_CERT": 0.55,
    "LA_DECLINED": 0.7,
    "FULL": 0.03,
    "PART": 0.14,
    "NO_AGREEMENT": 0.45,
    "ADJ": 0.3,
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One action agreed at a meeting."""

    case: Case
    agreed: date
    due: date
    done: date
    in_writing: bool


def describe_meetings(cases: list[Case]) -> list[Agreement]:
    """Give every meeting its result and give the agreed actions, by meeting."""
    draw = Draw("send meetings")
    agreements: list[Agreement] = []
    for case in cases:
        meeting = case.day("meeting_date")
        if meeting is not None:
            last = case.known_day("outcome_date")
            case.values["meeting_mode"] = _mode(draw, max(meeting, last))
        if case.held:
            _result(draw, case)
            _views(draw, case)
            case.council["la_decision_maker"] = "Y" if draw.share() < 0.93 else "N"
            case.council_day["la_decision_maker"] = case.known_day("outcome_date")
            agreements += _agreements(draw, case)
        _appeal(draw, case)
    return sorted(agreements, key=lambda a: (a.agreed, a.case.ref, a.due))


def _mode(draw: Draw, meeting: date) -> str:
    chance = draw.share()
    if meeting >= ONLINE_FROM or chance < 0.8:
        return "ONLINE"
    if meeting < date(2021, 7, 1):
        return "PHONE"
    return "IN_PERSON" if chance < 0.93 else "HYBRID"


def _result(draw: Draw, case: Case) -> None:
    chance = draw.share()
    if chance < 0.85:
        case.values["meeting_result"] = "FULL" if chance < 0.52 else "PART"
    else:
        case.values["meeting_result"] = "NO_AGREEMENT" if chance < 0.99 else "ADJ"


def _views(draw: Draw, case: Case) -> None:
    """Views, mediator and school: each more often as the years go on."""
    years = (case.referred - date(2020, 4, 1)).days / 365
    _answer(draw, case, "cyp_views", 0.66 + 0.04 * years, ("TOO_YOUNG", "DECLINED", "NOT_APPROPRIATE"))
    _answer(draw, case, "met_mediator", 0.5 + 0.07 * years, ("DECLINED", "DECLINED", "OTHER"))
    if {"SECI", "CON"} & set(case.reasons):
        _answer(draw, case, "school_involved", 0.35 + 0.05 * years, ("DECLINED", "OTHER"))
    else:
        case.values["school_involved"] = "NA"


def _answer(draw: Draw, case: Case, key: str, share: float, reasons: tuple[str, ...]) -> None:
    field = "met_mediator_before" if key == "met_mediator" else key
    chance = draw.share()
    if chance < share:
        case.values[field] = "Y"
    elif chance < 0.985:
        case.values[field] = "N"
        case.values[f"{key}_reason"] = draw.pick(reasons)
    else:
        case.values[field] = "DK"


def _agreements(draw: Draw, case: Case) -> list[Agreement]:
    if case.outcome != "MED_HELD" or case.values["meeting_result"] not in ("FULL", "PART"):
        return []
    agreed = case.known_day("mediation_end_date")
    found: list[Agreement] = []
    for days in _ACTION_DAYS[case.reasons[0]]:
        in_writing = draw.share() < 0.08
        due = agreed + timedelta(days + 14 if in_writing else days)
        late = draw.share() < 0.2
        done = due + timedelta(draw.between(1, 30)) if late else due - timedelta(draw.between(0, 10))
        found.append(Agreement(case, agreed, due, done, in_writing))
    case.values["agreement_due"] = max(a.due for a in found)
    case.council["agreement_done"] = "Y" if all(a.done <= a.due for a in found) else "N"
    case.council_day["agreement_done"] = max(max(a.due, a.done) for a in found)
    return found


def _appeal(draw: Draw, case: Case) -> None:
    """The council hears of an appeal within weeks, and that there is none when the time for it is over."""
    certificate = case.day("certificate_date")
    if certificate is not None:
        chance = _APPEALS[str(case.values.get("meeting_result", case.outcome))]
        appealed = draw.share() < chance
        case.council["appeal_registered"] = "Y" if appealed else "N"
        days = draw.between(10, 28) if appealed else 62
        case.council_day["appeal_registered"] = certificate + timedelta(days)
