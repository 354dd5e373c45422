"""The housing cases, complete: who, when, and how they end. Deterministic, and all invented."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from domain.periods import Period
from sample_data.draw import Draw, spread
from sample_data.housing import plan
from sample_data.housing.case import EXPECTED, Case
from sample_data.housing.people import describe
from sample_data.housing.settings import PROVIDER_LABELS
from sample_data.story import some_working_day, working_day

PREFIX = {"housing-a": "HA", "housing-b": "HB"}
SHORTEST, MEAN_BEYOND, LONGEST = 24, 34, 240
"""Days from referral to the end: at least so many, so many more on average, never more than the last."""
ROOM_TO_BE_LATE = 50
"""Days a case must last for its first contact or visit to be late and still come before its end."""


@lru_cache(maxsize=1)
def example_cases() -> tuple[Case, ...]:
    """Give the cases of both providers, by provider and reference; the same ones every time."""
    return tuple(case for provider in PROVIDER_LABELS for case in _cases_of(provider))


def _cases_of(provider: str) -> list[Case]:
    cases = _referred(provider)
    late = _be_late(provider, cases)
    _refuse(provider, late)
    _end(provider, cases)
    _lose_touch(provider, late)
    _work(provider, cases)
    _involve_agencies(provider, cases)
    _reopen(provider, cases)
    cases.sort(key=lambda case: (case.entered, case.referral, case.area, case.kind))
    for number, case in enumerate(cases, start=1):
        case.ref = f"{PREFIX[provider]}-{number:04d}"
    describe(provider, cases)
    return cases


def _referred(provider: str) -> list[Case]:
    draw = Draw(f"housing referrals {provider}")
    wards = spread(plan.WARD_WEIGHTS[provider])
    found: list[Case] = []
    for month, number in plan.referrals_by_month(provider).items():
        for _ in range(number):
            day = some_working_day(month, draw)
            kind = "A" if draw.share() < plan.noise_share(month) else "B"
            acknowledged = day + timedelta(draw.between(0, 3))
            contact = day + timedelta(draw.between(1, 11))
            beyond = -MEAN_BEYOND * math.log(1 - draw.share())
            found.append(
                Case(
                    provider,
                    draw.pick(wards),
                    kind,
                    referral=day,
                    entered=day + timedelta(draw.between(0, 7)),
                    consent=day - timedelta(draw.between(0, 10)),
                    acknowledged=acknowledged,
                    opened=acknowledged + timedelta(draw.between(0, 3)),
                    contact=contact,
                    visit=day + timedelta(draw.between((contact - day).days, 14)),
                    closed=working_day(day + timedelta(min(LONGEST, SHORTEST + round(beyond)))),
                )
            )
    return found


def _by(cases: Iterable[Case], quarter: Callable[[Case], Period]) -> dict[Period, list[Case]]:
    groups: dict[Period, list[Case]] = {}
    for case in cases:
        groups.setdefault(quarter(case), []).append(case)
    return groups


def _be_late(provider: str, cases: list[Case]) -> list[Case]:
    """Delay first contacts and visits as planned; give the cases with a late visit, late contacts first."""
    draw = Draw(f"housing late {provider}")
    found: list[Case] = []
    for quarter, due in _by(cases, lambda c: c.contact_quarter).items():
        contacts = round(len(due) * plan.share_of(plan.CONTACT_LATE[provider], quarter))
        visits = max(contacts, round(len(due) * plan.share_of(plan.VISIT_LATE[provider], quarter)))
        chosen = draw.some((c for c in due if c.days >= ROOM_TO_BE_LATE), visits)
        for at, case in enumerate(chosen):
            if at < contacts:
                case.contact = case.referral + timedelta(draw.between(15, 24))
            case.visit = max(case.contact or case.referral, case.referral + timedelta(draw.between(15, 28)))
        found += chosen
    return found


def _refuse(provider: str, late: list[Case]) -> None:
    """Take a few on no further: all are among those without a visit in time, so that counting them or not says the same."""
    draw = Draw(f"housing refused {provider}")
    for quarter, cases in _by(late, lambda c: c.contact_quarter).items():
        able = [c for c in cases if c.contact and c.contact <= c.referral + timedelta(14)]
        for case in draw.some(able, min(len(able), 1 if quarter.start.month in (4, 10) else 2)):
            case.refused = draw.pick(("NO_CONSENT", "OUT_OF_SCOPE", "OUT_OF_SCOPE", "DUPLICATE"))
            case.outcome = "WITHDRAWN" if case.refused == "NO_CONSENT" else "OTHER"
            case.opened = case.visit = None
            case.consent = None if case.refused == "NO_CONSENT" else case.consent
            case.closed = working_day(case.referral + timedelta(draw.between(14, 18)))


def _end(provider: str, cases: list[Case]) -> None:
    """Give each case an outcome: as many unexpected ones a quarter as planned, the others by type of service."""
    draw = Draw(f"housing outcomes {provider}")
    for quarter, closing in sorted(_by(cases, lambda c: c.closing_quarter).items()):
        wanted = round(len(closing) * plan.share_of(plan.NOT_EXPECTED[provider], quarter))
        left = [c for c in closing if not c.refused]
        unexpected = draw.some(left, max(0, wanted - (len(closing) - len(left))))
        for at, case in enumerate(unexpected):
            case.outcome = "OTHER" if at % 3 == 2 else "WITHDRAWN"
        for case in left:
            if not case.outcome:
                case.outcome = draw.pick(spread(plan.OUTCOMES[case.kind]))


def _lose_touch(provider: str, late: list[Case]) -> None:
    """Leave the visit of some withdrawn cases out that had none in time, and the contact with it where that was late too."""
    draw = Draw(f"housing lost touch {provider}")
    for case in late:
        if case.outcome == "WITHDRAWN" and not case.refused and draw.share() < 0.7:
            case.visit = None
            if case.contact and case.contact > case.referral + timedelta(14):
                case.contact = None


SESSION_SHARES: Mapping[str, float] = {
    "SATISFIED": 1.0,
    "GNA": 1.0,
    "NO_EVIDENCE": 0.55,
    "ENFORCE": 0.5,
    "OTHER": 0.6,
    "WITHDRAWN": 0.15,
}


def _work(provider: str, cases: list[Case]) -> None:
    draw = Draw(f"housing work {provider}")
    for case in cases:
        if case.refused:
            continue
        if case.visit and draw.share() < SESSION_SHARES[case.outcome]:
            room = (case.closed - case.visit).days
            started = case.visit + timedelta(draw.between(min(4, room // 2), max(1, room * 2 // 3)))
            case.session = (
                started,
                started + timedelta(draw.between(0, min(21, (case.closed - started).days))),
            )
        witnessed = case.kind == "A" and case.visit is not None
        case.witness = witnessed and draw.share() < (0.95 if case.outcome == "ENFORCE" else 0.6)
        case.agreement_signed = case.outcome == "GNA" or (case.outcome == "SATISFIED" and draw.share() < 0.15)
        if case.outcome == "ENFORCE":  # the report is the evidence that the council goes on with
            case.report = case.closed - timedelta(draw.between(0, 5))
        elif draw.share() < 0.97:
            case.report = case.closed + timedelta(draw.between(0, 9))
        if draw.share() < 0.05 and case.opened:
            day = case.opened + timedelta(draw.between(1, max(1, (case.closed - case.opened).days - 1)))
            reason = draw.pick(("RISK", "NO_CONTACT", "LEGAL", "SAFEGUARDING", "OTHER"))
            case.escalated = (day, reason)


def _involve_agencies(provider: str, cases: list[Case]) -> None:
    draw = Draw(f"housing agencies {provider}")
    for quarter, due in _by((c for c in cases if c.opened), _agencies_quarter).items():
        needed = round(len(due) * plan.share_of(plan.MULTI_AGENCY[provider], quarter))
        # Mostly those still open by then: needing others afterwards is rarer, though it happens.
        ranked = sorted((draw.share() * (0.2 if _open_when_due(c) else 1.0), at) for at, c in enumerate(due))
        for _, at in ranked[:needed]:
            due[at].agencies = True


def _open_when_due(case: Case) -> bool:
    return case.agencies_due is not None and case.closed > case.agencies_due


def _agencies_quarter(case: Case) -> Period:
    day = case.agencies_due or case.closed
    return next((q for q in plan.QUARTERS if q.start <= day <= q.end), plan.QUARTERS[-1].next())


def _reopen(provider: str, cases: list[Case]) -> None:
    draw = Draw(f"housing reopened {provider}")
    for quarter, closed in sorted(_by(cases, lambda c: c.closing_quarter).items()):
        again = round(len(closed) * plan.share_of(plan.REOPENED[provider], quarter))
        able = [c for c in closed if c.outcome in EXPECTED]
        for case in draw.some(able, min(again, len(able))):
            case.reopened = working_day(case.closed + timedelta(draw.between(21, 330)))
    first = [c for c in cases if c.closed <= date(2023, 12, 31) and c.outcome in EXPECTED and not c.reopened]
    for case in draw.some(first, plan.REOPENED_LATER[provider]):
        case.reopened = working_day(case.closed + timedelta(draw.between(372, 420)))
