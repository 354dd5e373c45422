"""The rows that count, and how they are chosen and grouped: plain loops over the returns, with no database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from domain.fields import FIELDS, Field
from domain.returns import COUNCIL, Return
from domain.selection import Selection
from domain.vocabulary import CodeList
from tests.builders import SOUTH

Row = dict[str, Any]
Keys = tuple[str, ...]
TIMES = ("month", "quarter", "financial_year", "calendar_year")
BANDS = {
    "days_of_support_band": [(f"up_to_{7 * weeks:03d}", 7 * weeks) for weeks in (*range(1, 13), 16, 20, 24)],
    "days_to_outcome_band": [("up_to_014", 14), ("up_to_030", 30), ("up_to_060", 60), ("up_to_090", 90)],
}
"""The bands and the highest value in each; what is above the last is 'more'."""
CODED = {field.key: field for field in reversed(FIELDS) if field.coded}
ENDED = {
    "send": ("CHANGED_CERT", "CHANGED", "LA_DECLINED", "RESOLVED_PRE", "SUPPORT_ONLY", "DR_HELD", "MED_HELD"),
    "housing": ("SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE", "OTHER", "WITHDRAWN"),
    "mentoring": ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN"),
    "homelessness": (
        "RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT", "NO_AGREEMENT", "NOT_STARTED", "WITHDRAWN",
    ),
}  # fmt: skip
FROM_INFORMED = (SOUTH,)
"""The providers whose contract counts the 30 days from the council being informed, as the builders' settings have it."""
HOLIDAYS = [
    date.fromisoformat(day)
    for day in (
        "2017-05-29", "2017-08-28", "2017-12-25", "2017-12-26", "2018-01-01", "2018-03-30", "2018-04-02", "2018-05-07",
        "2018-05-28", "2018-08-27", "2018-12-25", "2018-12-26", "2019-01-01",
    )
]  # fmt: skip


def current_returns(returns: Sequence[Return], service: str) -> list[Return]:
    """The last one sent for each provider and period of a service; the council's as well."""
    latest = {(sent.provider, sent.period): sent for sent in returns if sent.service == service}
    return sorted(latest.values(), key=lambda sent: (sent.provider, sent.period.end))


def own_returns(returns: Sequence[Return], service: str) -> list[Return]:
    """The same without the council's."""
    return [sent for sent in current_returns(returns, service) if sent.provider != COUNCIL]


def case_rows(returns: Sequence[Return], service: str) -> list[Row]:
    """One row for each case: as its provider last reported it, with what the council last said of it."""
    found: dict[tuple[str, str], Row] = {}
    counted = own_returns(returns, service)
    said = _council_s(returns, service)
    for place, sent in enumerate(counted):
        later = [other.period.end for other in counted[place + 1 :] if other.provider == sent.provider]
        for record in sent.cases:
            row = dict(record) | {"provider": sent.provider, "service": service}
            row["vanished"] = later[0] if later and not row.get("outcome_date") else None
            row["as_at"] = max(other.period.end for other in counted if other.provider == sent.provider)
            row["days_of_support"] = days_between(row.get("assessment_date"), row.get("outcome_date"))
            row["days_to_outcome"] = days_between(row.get("referral_date"), row.get("outcome_date"))
            row["delay"] = days_between(row.get("referral_date"), row.get("entered_date"))
            row["days_to_meeting"] = days_between(row.get("referral_date"), row.get("meeting_date"))
            row["days_to_report"] = days_between(row.get("outcome_date"), row.get("case_report_date"))
            gone = row["vanished"]
            dues = {
                name: None if due and gone and due >= gone else due for name, due in due_dates(row).items()
            }
            row |= dues | said.get((sent.provider, row["case_ref"]), {})
            found[sent.provider, row["case_ref"]] = row
    return list(found.values())


def _council_s(returns: Sequence[Return], service: str) -> Mapping[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}
    for sent in current_returns(returns, service):
        for record in sent.supplement:
            found[str(record["provider"]), str(record["case_ref"])] = dict(record)
    return found


def due_dates(row: Row) -> Row:
    """The last day in time of everything that has one."""

    def after(name: str, later: Any, amount: int) -> date | None:
        return later(row[name], amount) if row.get(name) else None

    start = "la_informed_date" if row["provider"] in FROM_INFORMED else "family_request_date"
    return {
        "due_initial_contact": after("referral_date", days_later, 14),
        "due_initial_visit": after("referral_date", days_later, 14),
        "due_multi_agency": after("case_opened_date", months_later, 3),
        "due_reopening": after("outcome_date", months_later, 12),
        "due_mediation": after(start, days_later, 30),
        "due_certificate_after_mediation": after("mediation_end_date", working_days_later, 3),
        "due_certificate_without_mediation": after("family_decision_date", working_days_later, 3),
        "due_certificate_not_arranged": after("la_cannot_arrange_date", working_days_later, 3),
        "due_appeal_after_mediation": after("meeting_date", months_later, 2),
    }


WEEKS_FOR = {
    "ASSESSMENT_NOTIFIED": 2, "ASSESSMENT_NO_PLAN": 10, "ASSESSMENT_FINAL_PLAN": 14, "DRAFT_PLAN": 5, "FINAL_PLAN": 11,
    "PLAN_AMENDED": 5, "OTHER_ISSUES": 2,
}  # fmt: skip
"""How many weeks the regulations give for what was agreed."""


def action_due(row: Row) -> date | None:
    """The last day for an agreed action: as agreed in writing, else by the regulations, else as given."""
    weeks, agreed = WEEKS_FOR.get(row.get("action_type") or ""), row.get("agreement_date")
    if row.get("timescale_agreed_in_writing") != "Y" and weeks and agreed:
        return days_later(agreed, 7 * weeks)
    return row.get("action_due")


def days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def months_later(day: date, count: int) -> date:
    year, place = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, place + 1, min(day.day, monthrange(year, place + 1)[1]))


def working_days_later(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in HOLIDAYS
    return day


BY_THEMSELVES = ("answers", "complaints")
"""Rows that count whether or not they name a case that is there."""


def rows_of(table: str, returns: Sequence[Return], service: str) -> list[Row]:
    """Rows of cases, of activities with their case, or of answers and complaints with theirs where it is there."""
    if table == "cases":
        return case_rows(returns, service)
    cases = {(row["provider"], row["case_ref"]): row for row in case_rows(returns, service)}
    names = {
        "activities": ("activity_ref",),
        "agreements": ("agreement_ref",),
        "answers": ("response_ref", "question_code"),
        "complaints": ("complaint_ref",),
    }[table]
    found: dict[tuple[str, ...], Row] = {}
    for sent in own_returns(returns, service):
        for record in getattr(sent, table):
            own = dict(record) | {"provider": sent.provider, "service": service}
            own |= {"due_action": action_due(own)} if table == "agreements" else {}
            found[sent.provider, *(record[name] for name in names)] = own
    whose = [(row, (row["provider"], row["case_ref"])) for row in found.values()]
    return [cases.get(key, {}) | row for row, key in whose if key in cases or table in BY_THEMSELVES]


def days_between(first: date | None, last: date | None) -> int | None:
    return (last - first).days if first and last else None


def month(day: date | None) -> int | None:
    return day.year * 100 + day.month if day else None


def time_key(grouping: str, of: int) -> str:
    year, number = divmod(of, 100)
    if grouping == "month":
        return f"{year}-{number:02d}"
    if grouping == "calendar_year":
        return f"{year}"
    if grouping == "financial_year":
        first = year if number > 3 else year - 1
        return f"{first}-{str(first + 1)[2:]}"
    start = {1: "01", 2: "04", 3: "07", 4: "10"}[(number + 2) // 3]
    return f"{year}-{start}..{year}-{int(start) + 2:02d}"


def months(first: int, last: int) -> list[int]:
    return [m for m in range(first, last + 1) if 1 <= m % 100 <= 12]


def band(bands: str, days: int | None) -> str:
    if days is None:
        return ""
    return next((key for key, highest in BANDS[bands] if days <= highest), "more")


def band_keys(bands: str) -> list[str]:
    return [*(key for key, _ in BANDS[bands]), "more"]


def list_of(field: str, service: str) -> CodeList:
    """The answers of a field in a service."""
    declared: Field = CODED[field]
    return declared.code_list_for(service)


def shown_under(field: str, service: str, code: str) -> str:
    """Some answers are shown as larger groups, such as the ethnic groups; headings group nothing."""
    return _larger_groups(field, service).get(code, code)


@cache
def _larger_groups(field: str, service: str) -> dict[str, str]:
    codes = {c.key: c for c in list_of(field, service).codes}
    return {key: c.parent for key, c in codes.items() if c.parent and not codes[c.parent].heading}


@cache
def _meant_by(field: str, service: str, code: str) -> set[str]:
    return {c.key for c in list_of(field, service).codes if c.parent == code} | {code}


def answers(field: str, row: Row) -> list[str]:
    """What a row answers, as shown, each once; nothing when blank."""
    value = row.get(field)
    if not value:
        return []
    given = value if isinstance(value, tuple) else (value,)
    return list(dict.fromkeys(shown_under(field, row["service"], code) for code in given))


def keys_of(row: Row, by: Sequence[str], when: str) -> Iterator[Keys]:
    """The groups that a row stands in: several where a field holds several answers."""
    choices: list[list[str]] = []
    for key in by:
        if key in TIMES:
            day = month(row.get(when))
            choices.append([time_key(key, day) if day else ""])
        elif key in BANDS:
            choices.append([band(key, row.get(key.removesuffix("_band")))])
        elif key in CODED:
            choices.append(answers(key, row) or [""])
        else:
            choices.append([row.get(key) or ""])
    return product(*choices)


def chosen(row: Row, selection: Selection, when: str) -> bool:
    """Whether the reader asked for this row. One without a date is always asked for: it is missing, not absent."""
    if selection.providers and row["provider"] not in selection.providers:
        return False
    if selection.areas and row.get("area") not in selection.areas:
        return False
    day = month(row.get(when))
    if day and not (selection.first or 0) <= day <= (selection.last or 999912):
        return False
    wanted: dict[str, list[str]] = {}
    for field, code in selection.where:
        wanted.setdefault(field, []).append(code)
    return all(any(_holds(row, field, code, when) for code in codes) for field, codes in wanted.items())


def _holds(row: Row, field: str, code: str, when: str) -> bool:
    if field in TIMES:
        day = month(row.get(when))
        return day is not None and time_key(field, day) == code
    if field in BANDS:
        return band(field, row.get(field.removesuffix("_band"))) == code
    value = row.get(field)
    if field in CODED:
        under = _meant_by(field, row["service"], code)
        held = value if isinstance(value, tuple) else (value,)
        return any(one in under for one in held)
    return value is not None and str(value) == code
