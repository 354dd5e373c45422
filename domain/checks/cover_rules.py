"""Rules on who sent the return, about which service and for which period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.cells import write_day
from domain.checks.checking import Checking, runs_in, supplemented
from domain.checks.rule import Finding, Stage, rule
from domain.periods import Period, PeriodKind, month_start
from domain.problem import Level
from domain.services import service


def _at(checking: Checking, key: str, found: str, wanted: str, repair: str) -> Finding:
    assert checking.cover is not None  # noqa: S101 - every rule here needs the Cover
    place = checking.cover.place(key)
    return Finding(found, wanted, repair, checking.cover.draft.name, place.row or None, place.header)


def _current(checking: Checking) -> tuple[Period, ...]:
    return checking.known.of(checking.service or "", checking.provider or "")


def _across(checking: Checking, period: Period) -> list[Period]:
    """The current returns of the same sender that share a day with a period, without that very period."""
    return [other for other in _current(checking) if other != period and other.overlaps(period)]


def _cumulative(checking: Checking, period: Period) -> bool:
    """Whether the contract wants such a period: from the start of its year to the end of a month."""
    contract = checking.contract
    if contract is None or contract.reporting_at(month_start(period.last_month)) is not PeriodKind.CUMULATIVE:
        return False
    return period.start == contract.year_start(period.end)


def _replaces(checking: Checking, period: Period) -> bool:
    """Whether the period stands for all the current returns that it touches.

    A cumulative return holds all of its year so far, and a supplement of the council all of its period; a quarter stands for returns
    of months only when it has all three of them.
    """
    inside = _across(checking, period)
    if not inside:
        return False
    if checking.from_council or _cumulative(checking, period):
        return all(period.covers(other) for other in inside)
    months = {p.first_month for p in inside if p.kind is PeriodKind.MONTH}
    return period.kind is PeriodKind.QUARTER and len(inside) == len(months) and months == set(period.months)


@rule("V02", Level.MUST_FIX, "The service and the provider are known", stage=Stage.COVER, needs=("cover",))
def sender_known(checking: Checking) -> Iterable[Finding]:
    """Yield a service or provider on the Cover that Settings does not have."""
    for sheet, place, fault in checking.faults("V02"):
        yield Finding(fault.found, fault.wanted, fault.repair, sheet, place.row, place.header, fault.lacks)


@rule(
    "V02",
    Level.MUST_FIX,
    "The provider has a contract for the service",
    stage=Stage.COVER,
    needs=("cover", "service", "provider"),
)
def contract_known(checking: Checking) -> Iterable[Finding]:
    """Yield a provider without a contract for the service, or whose contract does not run in the period."""
    name = checking.settings.provider_label(checking.provider or "")
    contract, period = checking.contract, checking.period
    if checking.from_council:
        if not supplemented(checking.service):
            found = f"The council sends no supplement for {service(checking.service or '').label}."
            yield _at(
                checking,
                "service",
                found,
                "A service with a supplement.",
                "Correct the service or the provider.",
            )
    elif contract is None:
        found = f"{name} has no contract for {service(checking.service or '').label}."
        repair = (
            "Correct the provider or the service, or ask an administrator to add the contract in Settings."
        )
        finding = _at(checking, "provider", found, "A provider with a contract for the service.", repair)
        yield replace(finding, lacks=(("contract", name),))
    elif period and not runs_in(contract, period):
        until = f" to {write_day(contract.end)}" if contract.end else ""
        found = (
            f"The return is for {period.label}, and the contract of {name} runs from "
            f"{write_day(contract.start)}{until}."
        )
        repair = "Correct the period, or ask an administrator to correct the contract in Settings."
        yield _at(checking, "period_start", found, "A period in which the contract runs.", repair)


@rule(
    "V02",
    Level.MUST_FIX,
    "The period is whole months, as the contract expects",
    stage=Stage.COVER,
    needs=("cover", "dates"),
)
def period_expected(checking: Checking) -> Iterable[Finding]:
    """Yield a period that is not whole months, or not the month or quarter that the contract expects."""
    assert checking.dates is not None  # noqa: S101 - needed by the rule
    start, end = checking.dates
    period, contract = checking.period, checking.contract
    if end < start:
        found = f"The period ends on {write_day(end)}, before it starts on {write_day(start)}."
        yield _at(checking, "period_end", found, "An end after the start.", "Correct one of the two dates.")
    elif period is None:
        found = f"The period runs from {write_day(start)} to {write_day(end)}, which is not whole months."
        wanted = "From the first day of a month to the last day of a month."
        yield _at(checking, "period_start", found, wanted, "Correct the two dates.")
    elif contract and runs_in(contract, period):
        kind = contract.reporting_at(period.start)
        if (
            period.kind is kind
            or _cumulative(checking, period)
            or _replaces(checking, period)
            or period in contract.expected_periods(period.end)
        ):
            return
        found = (
            f"The return is for {period.label}, and the contract expects {_EXPECTED[kind][0]} at that time."
        )
        wanted = _EXPECTED[kind][1]
        if kind is PeriodKind.CUMULATIVE:
            wanted = f"{wanted[:-1]}, from {write_day(contract.year_start(period.end))}."
        repair = (
            "Correct the two dates, or ask an administrator to change how often the contract "
            "reports in Settings."
        )
        yield _at(checking, "period_start", found, wanted, repair)


_EXPECTED = {
    PeriodKind.MONTH: ("a return for each month", "A month."),
    PeriodKind.QUARTER: (
        "a return for each quarter",
        "A quarter (April to June, July to September, October to December or January to March).",
    ),
    PeriodKind.CUMULATIVE: (
        "returns from the start of the contract year to date",
        "The contract year up to the end of a month.",
    ),
}


@rule("V02", Level.MUST_FIX, "The period is over", stage=Stage.COVER, needs=("cover", "dates"))
def period_over(checking: Checking) -> Iterable[Finding]:
    """Yield a period that ends after the day of the check."""
    assert checking.dates is not None  # noqa: S101 - needed by the rule
    end, today = checking.dates[1], checking.known.today
    if end > today:
        found = f"The period ends on {write_day(end)}, which is after today, {write_day(today)}."
        yield _at(
            checking,
            "period_end",
            found,
            "A period that is over.",
            "Correct the date, or send the return when the period is over.",
        )


@rule(
    "V02",
    Level.MUST_FIX,
    "The period does not cut across another return",
    stage=Stage.COVER,
    needs=("cover", "service", "provider", "period"),
)
def period_apart(checking: Checking) -> Iterable[Finding]:
    """Yield the current returns whose period lies inside or across this one."""
    period = checking.period
    if period is None or _replaces(checking, period):
        return
    across = _across(checking, period)
    if across:
        found = (
            f"The return is for {period.label}, and there is already a return for "
            f"{', '.join(p.label for p in across)}."
        )
        wanted = "The same period again, a period of its own, or one that replaces all the returns inside it."
        repair = "Correct the two dates, or withdraw the other return first."
        yield _at(checking, "period_start", found, wanted, repair)


@rule(
    "V02",
    Level.SAID,
    "A return that replaces another says so",
    stage=Stage.COVER,
    needs=("cover", "service", "provider", "period"),
)
def period_replaces(checking: Checking) -> Iterable[Finding]:
    """Yield which current returns this one takes the place of."""
    period = checking.period
    if period is None:
        return
    if period in _current(checking):
        found = f"There is already a return for {period.label}; this one will replace all of it."
        yield _at(
            checking,
            "period_start",
            found,
            "One return for each period.",
            "Nothing needs to be done if this is a correction.",
        )
    elif _replaces(checking, period):
        replaced = ", ".join(p.label for p in _across(checking, period))
        found = f"This return for {period.label} will replace the returns for {replaced}."
        yield _at(
            checking,
            "period_start",
            found,
            "One return for each period.",
            "Nothing needs to be done if that is what you meant.",
        )
