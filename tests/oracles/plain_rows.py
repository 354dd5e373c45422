"""The rows that count, and how they are chosen and grouped: plain loops over the returns, with no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from domain.fields import ACTIVITIES, CASES
from domain.returns import Return
from domain.selection import Selection
from domain.vocabulary import code_list

Row = dict[str, Any]
Keys = tuple[str, ...]
TIMES = ("month", "quarter", "financial_year", "calendar_year")
BAND = "days_of_support_band"
BAND_KEYS = [f"up_to_{7 * weeks:03d}" for weeks in (*range(1, 13), 16, 20, 24)] + ["more"]
LISTS = {field.key: field.codes for field in (*CASES, *ACTIVITIES) if field.codes}


def current_returns(returns: Sequence[Return]) -> list[Return]:
    """The last one sent for each provider and period."""
    latest = {(sent.provider, sent.period): sent for sent in returns}
    return sorted(latest.values(), key=lambda sent: (sent.provider, sent.period.end))


def case_rows(returns: Sequence[Return]) -> list[Row]:
    """One row for each case: as its provider last reported it."""
    found: dict[tuple[str, str], Row] = {}
    counted = current_returns(returns)
    for place, sent in enumerate(counted):
        later = [other.period.end for other in counted[place + 1 :] if other.provider == sent.provider]
        for record in sent.cases:
            row = dict(record) | {"provider": sent.provider, "service": sent.service}
            row["vanished"] = later[0] if later and not row.get("outcome_date") else None
            row["days"] = days_between(row.get("assessment_date"), row.get("outcome_date"))
            row["delay"] = days_between(row.get("referral_date"), row.get("entered_date"))
            found[sent.provider, row["case_ref"]] = row
    return list(found.values())


def activity_rows(returns: Sequence[Return]) -> list[Row]:
    """One row for each activity that belongs to a case, with all that is known of the case."""
    cases = {(row["provider"], row["case_ref"]): row for row in case_rows(returns)}
    found: dict[tuple[str, str], Row] = {}
    for sent in current_returns(returns):
        for record in sent.activities:
            found[sent.provider, record["activity_ref"]] = dict(record) | {"provider": sent.provider}
    whose = [(row, (row["provider"], row["case_ref"])) for row in found.values()]
    return [row | cases[key] for row, key in whose if key in cases]


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


def band(days: int | None) -> str:
    if days is None:
        return ""
    return next((key for key in BAND_KEYS[:-1] if days <= int(key[-3:])), "more")


def shown_under(field: str, code: str) -> str:
    """Ethnic groups are shown as their larger groups; headings group nothing."""
    return _larger_groups(field).get(code, code)


@cache
def _larger_groups(field: str) -> dict[str, str]:
    codes = {c.key: c for c in code_list(LISTS[field]).codes}
    return {key: c.parent for key, c in codes.items() if c.parent and not codes[c.parent].heading}


@cache
def _meant_by(field: str, code: str) -> set[str]:
    return {c.key for c in code_list(LISTS[field]).codes if c.parent == code} | {code}


def answers(field: str, row: Row) -> list[str]:
    """What a row answers, as shown; nothing when blank."""
    value = row.get(field)
    if not value:
        return []
    return [shown_under(field, code) for code in (value if isinstance(value, tuple) else (value,))]


def keys_of(row: Row, by: Sequence[str], when: str) -> Iterator[Keys]:
    """The groups that a row stands in: several where a field holds several answers."""
    choices: list[list[str]] = []
    for key in by:
        if key in TIMES:
            day = month(row.get(when))
            choices.append([time_key(key, day) if day else ""])
        elif key == BAND:
            choices.append([band(row["days"])])
        elif key in LISTS:
            choices.append(answers(key, row) or [""])
        else:
            choices.append([row[key]])
    return product(*choices)


def chosen(row: Row, selection: Selection, when: str) -> bool:
    """Whether the reader asked for this row. One without a date is always asked for: it is missing, not absent."""
    if row["service"] != selection.service:
        return False
    if selection.providers and row["provider"] not in selection.providers:
        return False
    if selection.areas and row["area"] not in selection.areas:
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
    if field == BAND:
        return band(row["days"]) == code
    value = row.get(field)
    if field in LISTS:
        under = _meant_by(field, code)
        held = value if isinstance(value, tuple) else (value,)
        return any(one in under for one in held)
    return value is not None and str(value) == code
