"""When everything happens: contact, request, meeting, certificate and outcome, most in time and some late."""

from __future__ import annotations

from datetime import date, timedelta

from domain.clocks import add_working_days, is_working_day
from sample_data.draw import Draw
from sample_data.send.case import Case
from sample_data.send.referrals import none_late
from sample_data.send.settings import LAST_DAY

_LATE = {2020: 0.18, 2021: 0.18, 2022: 0.2, 2023: 0.16, 2024: 0.1, 2025: 0.1}
"""The share of meetings held after the 30 days, by the year of the request; more before school holidays."""
_NO_LATE_CERTIFICATE = (date(2024, 3, 22), date(2024, 6, 30))
_DELAYS = ("LA_UNAVAIL", "LA_UNAVAIL", "LA_UNAVAIL", "SCHOOL_UNAVAIL", "SCHOOL_UNAVAIL", "FAMILY_REQ", "")
_HOLIDAY_DELAYS = ("SCHOOL_HOL", "SCHOOL_HOL", "SCHOOL_HOL", "SCHOOL_UNAVAIL", "LA_UNAVAIL", "FAMILY_REQ")
_ENTRY_DELAYS = ((0.72, (0, 4)), (0.92, (5, 14)), (1.0, (15, 60)))
_FOLLOW_UPS = {"CHANGED": 0.06, "RESOLVED_PRE": 0.2}
"""How many of those who do not come to a meeting had asked for one already."""


def date_cases(cases: list[Case]) -> None:
    """Give every referral its dates, in the order that the checks of a return ask for."""
    draw = Draw("send timeline")
    for case in cases:
        case.values["referral_date"] = case.referred
        case.values["entered_date"] = _entered(draw, case.referred)
        case.values["service_type"] = "DR" if case.outcome == "DR_HELD" else "MED"
        case.values["adviser_contact_date"] = _on_or_after(case.referred + timedelta(draw.between(0, 4)))
        if case.outcome != "DR_HELD":
            notice = _on_or_before(case.referred - timedelta(draw.between(2, 50)))
            case.council["decision_notice_date"] = notice
            case.council_day["decision_notice_date"] = notice
        _DATED[case.outcome](draw, case)


def _entered(draw: Draw, referred: date) -> date:
    """Most are entered within days, some up to two months late."""
    chance = draw.share()
    least, most = next(span for up_to, span in _ENTRY_DELAYS if chance < up_to)
    return min(referred + timedelta(draw.between(least, most)), LAST_DAY)


def _mediated(draw: Draw, case: Case) -> None:
    request = _asked(draw, case)
    arranged = _arranged(draw, case)
    holidays = request.month == 7 or (request.month == 8 and request.day <= 15) or request.month == 12
    chance = _LATE[request.year] * (1.8 if holidays else 1)
    if draw.share() < chance and not none_late(request):
        meeting = _on_or_after(request + timedelta(draw.between(31, 50)))
        reason = draw.pick(_HOLIDAY_DELAYS if holidays else _DELAYS)
        if reason:
            case.council["delay_exception"] = reason
            case.council_day["delay_exception"] = meeting
    else:
        first = max(arranged + timedelta(5), request + timedelta(12))
        meeting = _on_or_before(request + timedelta(draw.between((first - request).days, 30)))
    ended = meeting
    if draw.share() < 0.06:  # the mediation goes on at a second meeting
        ended = _on_or_after(meeting + timedelta(draw.between(7, 14)))
    case.values |= {
        "meeting_date": meeting,
        "mediation_started_date": meeting,
        "mediation_end_date": ended,
        "outcome_date": ended,
    }
    _certificate(draw, case, "MEDIATED", ended, 0.08)


def _in_disagreement(draw: Draw, case: Case) -> None:
    meeting = _on_or_after(case.referred + timedelta(draw.between(25, 60)))
    case.values |= {
        "meeting_arranged_date": _on_or_before(meeting - timedelta(draw.between(7, 18))),
        "meeting_date": meeting,
        "outcome_date": meeting,
    }


def _chose_certificate(draw: Draw, case: Case) -> None:
    decided = _on_or_after(case.known_day("adviser_contact_date") + timedelta(draw.between(0, 14)))
    case.values["family_decision_date"] = case.values["outcome_date"] = decided
    _certificate(draw, case, "NOT_MEDIATED", decided, 0.15)


def _changed(draw: Draw, case: Case) -> None:
    if draw.share() < _FOLLOW_UPS["CHANGED"] and not _near_none_late(case):
        request = _asked(draw, case)
        case.values["outcome_date"] = _on_or_after(request + timedelta(draw.between(8, 28)))
    else:
        contact = case.known_day("adviser_contact_date")
        case.values["outcome_date"] = _on_or_after(contact + timedelta(draw.between(4, 55)))


def _declined(draw: Draw, case: Case) -> None:
    """The council says that it cannot; in half of the cases it takes back a meeting that was arranged in time."""
    request = _asked(draw, case)
    if draw.share() < 0.5:
        arranged = _arranged(draw, case)
        case.values["meeting_date"] = _on_or_before(request + timedelta(draw.between(27, 30)))
        cannot = _on_or_after(arranged + timedelta(draw.between(0, 2)))
    else:
        cannot = _on_or_after(case.known_day("la_informed_date") + timedelta(draw.between(5, 20)))
    case.values["la_cannot_arrange_date"] = case.values["outcome_date"] = cannot
    _certificate(draw, case, "DEEMED", cannot, 0.25)


def _resolved(draw: Draw, case: Case) -> None:
    if draw.share() < _FOLLOW_UPS["RESOLVED_PRE"] and not _near_none_late(case):
        request = _asked(draw, case)
        arranged = _arranged(draw, case)
        case.values["meeting_date"] = _on_or_before(request + timedelta(draw.between(27, 30)))
        case.values["outcome_date"] = _on_or_after(arranged + timedelta(draw.between(0, 2)))
    else:
        contact = case.known_day("adviser_contact_date")
        case.values["outcome_date"] = _on_or_after(contact + timedelta(draw.between(5, 35)))


def _supported(draw: Draw, case: Case) -> None:
    contact = case.known_day("adviser_contact_date")
    case.values["outcome_date"] = _on_or_after(contact + timedelta(draw.between(0, 30)))


_DATED = {
    "MED_HELD": _mediated,
    "DR_HELD": _in_disagreement,
    "CHANGED_CERT": _chose_certificate,
    "CHANGED": _changed,
    "LA_DECLINED": _declined,
    "RESOLVED_PRE": _resolved,
    "SUPPORT_ONLY": _supported,
}


def _asked(draw: Draw, case: Case) -> date:
    """The family asks for mediation and the adviser tells the council; gives the day of the request."""
    request = _on_or_after(case.known_day("adviser_contact_date") + timedelta(draw.between(0, 9)))
    case.values["family_request_date"] = request
    case.values["la_informed_date"] = add_working_days(request, draw.between(0, 3))
    return request


def _arranged(draw: Draw, case: Case) -> date:
    informed = case.known_day("la_informed_date")
    arranged = _on_or_after(informed + timedelta(draw.between(1, 10)))
    case.values["meeting_arranged_date"] = arranged
    return arranged


def _certificate(draw: Draw, case: Case, kind: str, event: date, late: float) -> None:
    """Issue the certificate within three working days of the event, or in this share of cases later."""
    first, last = _NO_LATE_CERTIFICATE
    days = draw.between(4, 8) if draw.share() < late and not first <= event <= last else draw.between(0, 3)
    case.values["certificate_type"] = kind
    case.values["certificate_date"] = add_working_days(event, days)


def _near_none_late(case: Case) -> bool:
    return any(none_late(case.referred + timedelta(days)) for days in (0, 21))


def _on_or_after(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(1)
    return day


def _on_or_before(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(1)
    return day
