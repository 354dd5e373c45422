"""What a row answers, in plain Python: whether it is met, in the base, blank, unsure or outside. Nothing here is a measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracles.plain_rows import ENDED, Row

IN, NOT_IN, BLANK, UNSURE, OUTSIDE = "met", "in the base", "blank", "don't know", "outside"
SERVICES = ("send", "housing", "mentoring", "homelessness")
GOOD = {
    "send": ("RESOLVED_PRE", "DR_HELD", "MED_HELD"),
    "housing": ("SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE"),
    "mentoring": ("PREVENTED",),
    "homelessness": ("RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT"),
}
TOOK_BACK = ("CHANGED", "CHANGED_CERT", "RESOLVED_PRE", "SUPPORT_ONLY")
Test = Callable[[Row], bool]
State = Callable[[Row], str]


def everyone(row: Row) -> bool:
    return True


def ended(row: Row) -> bool:
    return row.get("outcome") in ENDED[row["service"]]


def good(row: Row) -> bool:
    return row.get("outcome") in GOOD[row["service"]]


def outcome_in(*codes: str) -> Test:
    return lambda row: row.get("outcome") in codes


def filled(name: str) -> Test:
    return lambda row: row.get(name) is not None


def direct_help(row: Row) -> bool:
    """Help to prevent homelessness, given in a case where it was prevented: neither administration nor relief."""
    return good(row) and row["activity_type"] not in ("ADMIN", "RELIEF") and row.get("is_admin") != "Y"


def any_help(row: Row) -> bool:
    """The same with what is administrative."""
    return good(row) and row["activity_type"] != "RELIEF"


def relief(row: Row) -> bool:
    return ended(row) and row["activity_type"] == "RELIEF"


def kinds(row: Row) -> int | None:
    """How many vulnerabilities: 0 when asked and there are none, nothing when that is not known."""
    codes = row.get("vulnerabilities")
    if not codes or set(codes) & {"DK", "REF", "NA", "LC"}:
        return None
    return len(set(codes) - {"NONE"})


def question(row: Row, name: str, yes: Callable[[Any], bool]) -> str:
    """An answer that is yes, not yes, blank or don't know."""
    value = row.get(name)
    if not value:
        return BLANK
    if value in ("DK", ("DK",)):
        return UNSURE
    return IN if yes(value) else NOT_IN


def of(base: Test, met: Test) -> State:
    return lambda row: OUTSIDE if not base(row) else IN if met(row) else NOT_IN


def asked(name: str, yes: str, among: Test = everyone) -> State:
    return lambda row: question(row, name, lambda code: code == yes) if among(row) else OUTSIDE


def is_due(row: Row, clock: str) -> bool:
    due = row[f"due_{clock}"]
    return bool(due and due <= row["as_at"])


def by_then(row: Row, name: str, clock: str) -> bool:
    day = row.get(name)
    return bool(day and day <= row[f"due_{clock}"])


def in_time(name: str, clock: str, among: Test = everyone) -> State:
    return of(lambda row: among(row) and is_due(row, clock), lambda row: by_then(row, name, clock))


def not_dr(row: Row) -> bool:
    return row.get("service_type") != "DR"
