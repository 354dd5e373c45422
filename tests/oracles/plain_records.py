"""What stands beside the cases, counted plainly: complaints for each 100 open cases, mentors and posts.

Written from the definitions and from nothing of the program but the returns.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from domain.returns import Return
from domain.selection import Selection
from tests.oracles.plain_completeness import Found, completeness
from tests.oracles.plain_rows import (
    BANDS,
    TIMES,
    Keys,
    Row,
    band_keys,
    case_rows,
    chosen,
    keys_of,
    months,
    own_returns,
    rows_of,
    time_key,
)

ALL = ("send", "housing", "mentoring", "homelessness")


def last_day(at: int) -> date:
    return date(at // 100, at % 100, monthrange(at // 100, at % 100)[1])


def post_rows(returns: Sequence[Return], service: str, at: int) -> list[Row]:
    """Every post as last reported, but those that a later return with posts, begun by then, leaves out."""
    sent = [r for r in own_returns(returns, service) if r.staff]
    found: dict[tuple[str, str], tuple[Return, Row]] = {}
    for one in sent:  # by provider, the latest period last
        for record in one.staff:
            row = dict(record) | {"provider": one.provider, "service": service}
            found[one.provider, str(record["role_ref"])] = (one, row)

    def still_named(one: Return) -> bool:
        later = (r for r in sent if r.provider == one.provider and r.period.end > one.period.end)
        return not any(r.period.first_month <= at for r in later)

    return [row for one, row in found.values() if still_named(one)]


def is_in_post(row: Row, day: date) -> bool:
    begun, gone = row.get("in_post_from"), row.get("in_post_to")
    return begun is not None and begun <= day and (gone is None or gone >= day)


def living_wage(returns: Sequence[Return], by: Sequence[str], selection: Selection, at: int | None) -> Found:
    """Of the posts filled on the last day to which the wage applies: paid it, not paid it, blank, not known."""
    if at is None or selection.areas:
        return {}
    counts: dict[Keys, list[int]] = {} if by else {(): [0, 0, 0, 0]}
    for row in post_rows(returns, selection.service, at):
        if not chosen(row, selection.during(None), ""):
            continue
        for keys in keys_of(row, by, ""):
            held = counts.setdefault(keys, [0, 0, 0, 0])
            if not is_in_post(row, last_day(at)) or row.get("llw_relevant") != "Y":
                continue
            answer = row.get("hourly_rate_meets_llw")
            held[0] += answer == "Y"
            held[1] += answer not in (None, "DK")
            held[2] += answer is None
            held[3] += answer == "DK"
    return {k: (a, b, c, d, a / b if b else None) for k, (a, b, c, d) in counts.items()}


def caseload(returns: Sequence[Return], by: Sequence[str], selection: Selection, at: int | None) -> Found:
    """Live cases for each full-time mentor."""
    if at is None or selection.areas:
        return {}
    day, whose = last_day(at), selection.during(None)
    cases: dict[Keys, int] = {} if by else {(): 0}
    for row in case_rows(returns, selection.service):
        begun = row.get("referral_date") or row.get("entered_date")
        over = [d for d in (row.get("outcome_date"), row["vanished"]) if d]
        if begun and begun <= day and all(d > day for d in over) and chosen(row, whose, ""):
            for keys in keys_of(row, by, ""):
                cases[keys] = cases.get(keys, 0) + 1
    posts: dict[Keys, list[float]] = {} if by else {(): [0, 0, 0]}
    for row in post_rows(returns, selection.service, at):
        if not chosen(row, whose, ""):
            continue
        for keys in keys_of(row, by, ""):
            held = posts.setdefault(keys, [0, 0, 0])
            if not is_in_post(row, day):
                continue
            role, part = row.get("role"), row.get("fte")
            if role == "MENTOR" and part is not None:
                held[0] += 1
                held[1] += part
            held[2] += role is None or (role == "MENTOR" and part is None)
    found: Found = {}
    for keys in {*cases, *posts}:
        number, full_time, unclear = posts.get(keys, [0, 0, 0])
        live = cases.get(keys, 0)
        found[keys] = (live, int(number), int(unclear), 0, live / full_time if full_time else None)
    return found


def complaints(returns: Sequence[Return], by: Sequence[str], selection: Selection, at: int | None) -> Found:
    """Complaints for each 100 cases open at any time in the period; by time for each month, quarter or year alone."""
    del at
    times = [key for key in by if key in TIMES]
    if not times:
        return _complaints(returns, by, selection)
    others = [key for key in by if key not in times]
    moments: dict[tuple[str, ...], list[int]] = {}
    for one in _span(returns, selection):
        moments.setdefault(tuple(time_key(key, one) for key in times), []).append(one)
    found: Found = {}
    for moment, inside in moments.items():
        own = Selection(
            selection.service, selection.providers, selection.areas, inside[0], inside[-1], selection.where
        )
        placed = dict(zip(times, moment, strict=True))
        for keys, numbers in _complaints(returns, others, own).items():
            rest = iter(keys)
            found[tuple(placed[key] if key in placed else next(rest) for key in by)] = numbers
    return found


def _span(returns: Sequence[Return], selection: Selection) -> list[int]:
    """The months that the chosen providers have reported, within those chosen."""
    sent = own_returns(returns, selection.service)
    reported = [
        m for r in sent if r.provider in (selection.providers or (r.provider,)) for m in r.period.months
    ]
    if not reported:
        return []
    first = max(selection.first or 0, min(reported))
    return months(first, min(selection.last or 999912, max(reported)))


def _complaints(returns: Sequence[Return], by: Sequence[str], selection: Selection) -> Found:
    whose = selection.during(None)
    made: dict[Keys, list[int]] = {} if by else {(): [0, 0]}
    for row in rows_of("complaints", returns, selection.service):
        if chosen(row, selection, "received_date"):
            undated = (selection.first or selection.last) and not row.get("received_date")
            for keys in keys_of(row, by, ""):
                held = made.setdefault(keys, [0, 0])
                held[1 if undated else 0] += 1
    reported = [m for r in own_returns(returns, selection.service) for m in r.period.months
                if r.provider in (selection.providers or (r.provider,))]  # fmt: skip
    last = last_day(selection.last or max(reported)) if selection.last or reported else None
    first = date(selection.first // 100, selection.first % 100, 1) if selection.first else date.min
    open_cases: dict[Keys, int] = {} if by else {(): 0}
    for row in case_rows(returns, selection.service):
        begun = row.get("referral_date") or row.get("entered_date")
        over = [d for d in (row.get("outcome_date"), row["vanished"]) if d]
        if last and begun and begun <= last and all(d >= first for d in over) and chosen(row, whose, ""):
            for keys in keys_of(row, by, ""):
                open_cases[keys] = open_cases.get(keys, 0) + 1
    _bands(made, by, lambda: [0, 0])
    _bands(open_cases, by, lambda: 0)
    found: Found = {}
    for keys in {*made, *open_cases}:
        number, missing = made.get(keys, [0, 0])
        base = open_cases.get(keys, 0)
        found[keys] = (number, base, missing, 0, 100 * number / base if base else None)
    return found


def _bands(found: dict[Keys, object], by: Sequence[str], nothing: Callable[[], object]) -> None:  # type: ignore[type-arg]
    """Add the bands that nobody is in beside those that somebody is in."""
    for place, key in enumerate(by):
        if key in BANDS:
            wanted = {keys[place] for keys in found} | set(band_keys(key))
            for keys in list(found):
                for one in wanted:
                    found.setdefault((*keys[:place], one, *keys[place + 1 :]), nothing())


def never(returns: Sequence[Return], by: Sequence[str], selection: Selection, at: int | None) -> Found:
    """What no case says."""
    del returns, by, selection, at
    return {}


RECORDS: Mapping[str, tuple[tuple[str, ...], Callable[..., Found]]] = {
    "complaints_rate": (ALL, complaints),
    "caseload_per_mentor": (("mentoring",), caseload),
    "living_wage": (ALL, living_wage),
    "completeness": (ALL, completeness),
    "prevention_by_mediation": (("homelessness",), never),
    "secured_six_months": (("homelessness",), never),
}
"""By measure, its services and how it is counted."""
OF_POSTS = ("caseload_per_mentor", "living_wage")
GIVEN = ("prevention_by_mediation", "secured_six_months")
"""Given in totals only."""
