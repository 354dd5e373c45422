"""The KPI table again, in plain Python: figures from plain loops, targets read from their file, verdicts by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from domain.returns import Return
from domain.selection import Selection
from domain.settings import Settings
from tests.oracles import plain
from tests.oracles.kpi_sets import Sets
from tests.oracles.plain_formulas import AVERAGES, SHARES, TABLES
from tests.oracles.plain_rows import ENDED, Row, month, rows_of

CATALOGUE = tomllib.loads((Path(__file__).parents[2] / "domain" / "kpis.toml").read_text(encoding="utf-8"))[
    "kpi"
]
LOWER = ("HM4", "HM5", "HM9", "SM8", "SM14a", "SM16", "TB6", "SM12", "TB9")
"""The KPIs of which less is better, as the catalogue has it."""
DONE_BY = {
    "HM1": "first_contact_date",
    "HM2": "initial_visit_date",
    "SM1a": "meeting_date",
    "SM1b": "meeting_date",
}
CAUSED_BY_PROVIDER = "PROVIDER_UNAVAIL"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; the adjusted part is None for a KPI without exceptions."""

    met: int | None
    base: int
    value: float | None
    status: str
    adjusted: tuple[int, int, str] | None = None


def table(sets: Sets, first: int, last: int) -> dict[tuple[str, str, str], Line]:
    """Every line by KPI, provider and category, for the months from first to last."""
    found: dict[tuple[str, str, str], Line] = {}
    for kpi in CATALOGUE:
        if kpi["service"] != sets.service or kpi.get("display") or kpi.get("programme_only"):
            continue
        if kpi["accountable"] == "council":
            continue
        if kpi.get("contract_year"):
            found |= _contract_year(kpi, sets)
            continue
        found |= _lines(kpi, sets, first, last)
    return found


def _lines(kpi: dict[str, Any], sets: Sets, first: int, last: int) -> dict[tuple[str, str, str], Line]:
    by = ("provider", kpi["by"]) if kpi.get("by") else ("provider",)
    chosen = Selection(service=sets.service, first=first, last=last)
    counted = (
        _reports(sets, first, last)
        if kpi["id"] == "HM6"
        else plain.asked(sets.sent, kpi["measure"], by, chosen, last)
    )
    found: dict[tuple[str, str, str], Line] = {}
    adjusted = _adjusted(kpi, sets, first, last) if kpi.get("exceptions") else {}
    providers = [one.key for one in sets.settings.providers]
    groups = counted.keys() if kpi.get("by") else [(key,) for key in providers]
    for keys in groups:
        met, base, _, _, value = counted.get(keys, (0, 0, 0, 0, None))
        provider, category = keys[0], keys[1] if len(keys) > 1 else ""
        target = _target(kpi, sets.settings, provider)
        is_average = kpi["measure"] in AVERAGES
        number = (
            Fraction(value) if is_average and value is not None else Fraction(met, base) if base else None
        )
        status = _status(kpi, number, base, target)
        beside = None
        if kpi.get("exceptions"):
            a_met, a_base = adjusted.get(provider, (0, 0))
            a_status = _status(kpi, Fraction(a_met, a_base) if a_base else None, a_base, target)
            beside = (a_met, a_base, a_status)
            if target is not None and target.judged_on == "adjusted":
                status = a_status
        found[kpi["id"], provider, category] = Line(None if is_average else met, base, value, status, beside)
    return found


def _reports(sets: Sets, first: int, last: int) -> plain.Found:
    """Case reports sent, in the days that each contract allows; where it allows some, a case counts once they are over."""
    allowed = {c.provider: c.case_report_days for c in sets.settings.contracts}
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for row in rows_of("cases", sets.sent, sets.service):
        closed, sent, days = row.get("outcome_date"), row.get("case_report_date"), allowed[row["provider"]]
        of = month(closed)
        if not closed or not of or not first <= of <= last or row.get("outcome") not in ENDED[sets.service]:
            continue
        if days is not None and (row["as_at"] - closed).days < days:
            continue
        in_time = sent is not None and (days is None or (sent - closed).days <= days)
        met, base = found.get((row["provider"],), (0, 0))
        found[row["provider"],] = met + in_time, base + 1
    return {keys: (met, base, 0, 0, met / base) for keys, (met, base) in found.items()}


def _target(kpi: dict[str, Any], settings: Settings, provider: str) -> Any:
    held = [t for t in settings.targets if t.kpi == kpi["id"]]
    own = [t for t in held if t.provider == provider]
    return (own or [t for t in held if not t.provider] or [None])[0]


def _status(kpi: dict[str, Any], value: Fraction | None, base: int, target: Any) -> str:
    if base == 0 or value is None:
        return "not_due"
    if target is None:
        return "no_target"
    if base < kpi["minimum_base"]:
        return "too_few"
    wanted = Fraction(str(target.value))
    holds = {
        ">=": value >= wanted, ">": value > wanted, "<=": value <= wanted, "<": value < wanted,
    }[target.operator]  # fmt: skip
    if holds:
        return "green"
    if target.tolerance is None:
        return "red"
    edge = Fraction(str(target.tolerance))
    return "amber" if (value >= edge if target.operator in (">=", ">") else value <= edge) else "red"


def _adjusted(kpi: dict[str, Any], sets: Sets, first: int, last: int) -> dict[str, tuple[int, int]]:
    """Met and base by provider, without the cases that missed and that an exception excuses."""
    when, state = SHARES[kpi["measure"]][sets.service]
    found: dict[str, tuple[int, int]] = {}
    for row in rows_of(TABLES.get(kpi["measure"], "cases"), sets.sent, sets.service):
        of = month(row.get(when))
        said = state(row)
        if not of or not first <= of <= last or said not in ("met", "in the base"):
            continue
        missed = said == ("met" if kpi["id"] in LOWER else "in the base")
        if missed and _excepted(kpi["id"], row, sets):
            continue
        met, base = found.get(row["provider"], (0, 0))
        found[row["provider"]] = met + (said == "met"), base + 1
    return found


def _excepted(kpi: str, row: Row, sets: Sets) -> bool:
    counted = next(c.counted_exceptions for c in sets.settings.contracts if c.provider == row["provider"])
    said = row.get("delay_exception")
    if kpi in ("SM1a", "SM1b") and said in counted and said != CAUSED_BY_PROVIDER:
        return True
    mine = (row["provider"], row["case_ref"], kpi)
    return any(
        one.reason in counted and one.caused_by != "provider" and _excuses(kpi, row, one.ends_on)
        for one in sets.agreed
        if (one.provider, one.case_ref, one.kpi) == mine
    )


def _excuses(kpi: str, row: Row, ends_on: date | None) -> bool:
    if kpi == "HM5":
        return bool(row.get("reopened_date"))
    if ends_on is None or kpi not in DONE_BY:
        return True
    done = row.get(DONE_BY[kpi])
    return bool(done <= ends_on) if done else bool(row["as_at"] <= ends_on)


def _contract_year(kpi: dict[str, Any], sets: Sets) -> dict[tuple[str, str, str], Line]:
    """Accepted since the contract year began, out of the cases that the contract includes."""
    found: dict[tuple[str, str, str], Line] = {}
    for contract in sets.settings.contracts:
        if not contract.included_cases:
            continue
        used = _accepted(sets.sent, contract.provider, contract.start)
        value = used / contract.included_cases
        found[kpi["id"], contract.provider, ""] = Line(used, contract.included_cases, value, "no_target")
    return found


def _accepted(sent: Sequence[Return], provider: str, since: date) -> int:
    (own,) = (one for one in sent if one.provider == provider)
    return sum(
        1
        for case in own.cases
        if case.get("accepted") != "N"
        and isinstance(day := case.get("referral_date"), date)
        and since <= day <= own.period.end
    )
