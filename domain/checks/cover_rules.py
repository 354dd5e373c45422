"""Rules on who sent the return, about which service and for which period."""

from __future__ import annotations

from collections.abc import Iterable

from domain.cells import as_text, quoted, write_day
from domain.checks.checking import Checking, runs_in
from domain.checks.rule import Finding, Stage, rule
from domain.periods import Period, PeriodKind
from domain.personal_data import value_kind
from domain.problem import Level
from domain.services import service
from domain.vocabulary import plain


def _at(checking: Checking, key: str, found: str, wanted: str, repair: str) -> Finding:
    assert checking.cover is not None  # noqa: S101 - every rule here needs the Cover
    place = checking.cover.place(key)
    return Finding(found, wanted, repair, checking.cover.draft.name, place.row or None, place.header)


def _current(checking: Checking) -> tuple[Period, ...]:
    return checking.known.of(checking.service or "", checking.provider or "")


def _replaces(checking: Checking, period: Period) -> bool:
    """Whether the period is a quarter that stands for current returns of months, all of them inside it."""
    inside = [p for p in _current(checking) if p.overlaps(period)]
    months = {p.first_month for p in inside if p.kind is PeriodKind.MONTH}
    return period.kind is PeriodKind.QUARTER and len(inside) == len(months) and months == set(period.months)


@rule("V02", Level.MUST_FIX, "The service and the provider are known", stage=Stage.COVER, needs=("cover",))
def sender_known(checking: Checking) -> Iterable[Finding]:
    """Yield a service or provider on the Cover that Settings does not have."""
    for sheet, place, fault in checking.faults("V02"):
        yield Finding(fault.found, fault.wanted, fault.repair, sheet, place.row, place.header)


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
    if contract is None:
        found = f"{name} has no contract for {service(checking.service or '').label}."
        repair = (
            "Correct the provider or the service, or ask an administrator to add the contract in Settings."
        )
        yield _at(checking, "provider", found, "A provider with a contract for the service.", repair)
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
            or _replaces(checking, period)
            or period in contract.expected_periods(period.end)
        ):
            return
        article = (
            "A month"
            if kind is PeriodKind.MONTH
            else "A quarter (April to June, July to September, October to December or January to March)"
        )
        found = (
            f"The return is for {period.label}, and the contract expects a return for each {kind} "
            "at that time."
        )
        repair = (
            "Correct the two dates, or ask an administrator to change how often the contract "
            "reports in Settings."
        )
        yield _at(checking, "period_start", found, f"{article}.", repair)


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
    across = [other for other in _current(checking) if other != period and other.overlaps(period)]
    if across:
        found = (
            f"The return is for {period.label}, and there is already a return for "
            f"{', '.join(p.label for p in across)}."
        )
        wanted = (
            "The same period again, a period of its own, or a quarter that replaces all three of its months."
        )
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
        found = f"This return for {period.label} will replace the returns of its three months."
        yield _at(
            checking,
            "period_start",
            found,
            "One return for each period.",
            "Nothing needs to be done if that is what you meant.",
        )


@rule(
    "V02",
    Level.MUST_FIX,
    "Cases repeat the service and provider of the Cover",
    stage=Stage.CELLS,
    needs=("cases", "service", "provider"),
)
def cases_agree(checking: Checking) -> Iterable[Finding]:
    """Yield every filled cell of Cases that names another service or provider than the Cover."""
    assert checking.cases is not None  # noqa: S101 - needed by the rule
    declared = service(checking.service or "")
    provider = checking.settings.provider(checking.provider or "")
    labels = {
        "service": declared.label,
        "service_type": declared.label,
        "provider": provider.label if provider else "",
    }
    same = {plain(text) for text in (declared.key, declared.label)}
    accepted = {
        "service": same,
        "service_type": same,
        "provider": {plain(t) for t in (provider.key, provider.label)} if provider else set(),
    }
    for place, repeats, raw in checking.cases.repeated:
        text = as_text(raw)
        if plain(text) not in accepted[repeats]:
            kind = value_kind(text).rstrip(",")
            yield Finding(
                f"We read {kind or quoted(text)}, and the Cover says {quoted(labels[repeats])}.",
                "The same as on the Cover, or a blank cell.",
                "Correct the cell or the Cover; send each provider and service in a return of its own.",
                checking.cases.name,
                place.row,
                place.header,
            )
