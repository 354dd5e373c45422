"""Cases used of those that a contract's fixed price includes: the contract year, what came of it so far, and where the rate leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from domain.periods import month_end, month_of, month_start, months_between, next_month
from domain.run_rate import Ahead, cases_by_then, months_until
from domain.settings import Contract

RATE_MONTHS = 12
"""How far back the rate looks: a whole year, so that each season is in it once."""
LEAST_CASES = 10
"""Fewer cases in those months say nothing of a rate."""


@dataclass(frozen=True, slots=True)
class Money:
    """Pounds: the price to date, and at the year's end at the present rate (low and high) where that can be said."""

    to_date: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ContractUse:
    """One contract in its present contract year.

    Parameters
    ----------
    contract : it has a number of included cases.
    as_at : the last day that its provider has reported.
    by_month : cases accepted in each stored month; it may begin before the contract year.
    reported : the months that are in.
    """

    contract: Contract
    as_at: date
    by_month: Mapping[int, int]
    reported: Collection[int]

    @property
    def included(self) -> int:
        """The number of cases included."""
        return self.contract.included_cases or 0

    @property
    def months(self) -> tuple[int, ...]:
        """The months of the contract year, cut where the contract ends."""
        first = month_of(self.year_start)
        last = next_month(first, 11)
        if self.contract.end is not None:
            last = min(last, month_of(self.contract.end))
        return months_between(first, last)

    @property
    def year_start(self) -> date:
        """The first day of the contract year that the last reported day falls in."""
        return self.contract.year_start(self.as_at)

    @property
    def year_end(self) -> date:
        """The last day of that year."""
        return month_end(self.months[-1])

    @property
    def passed(self) -> tuple[int, ...]:
        """The months of the year up to the last reported one."""
        return tuple(month for month in self.months if month <= month_of(self.as_at))

    @property
    def not_reported(self) -> tuple[int, ...]:
        """The months of the year so far that are not in."""
        return tuple(month for month in self.passed if month not in self.reported)

    @property
    def cumulative(self) -> tuple[int, ...]:
        """Cases up to the end of each of those months."""
        found, total = [], 0
        for month in self.passed:
            total += self.by_month.get(month, 0)
            found.append(total)
        return tuple(found)

    @property
    def used(self) -> int:
        """Cases of the year so far."""
        return self.cumulative[-1] if self.passed else 0

    @property
    def used_up_in(self) -> int | None:
        """The month in which the included cases were used up; None while they are not."""
        reached = (
            month for month, total in zip(self.passed, self.cumulative, strict=True) if total >= self.included
        )
        return next(reached, None)

    @property
    def rate_months(self) -> tuple[int, ...]:
        """The last twelve months up to the last reported one."""
        last = month_of(self.as_at)
        return months_between(next_month(last, 1 - RATE_MONTHS), last)

    @property
    def rate_cases(self) -> int | None:
        """Cases of those months; None where a month is not in, or the cases are too few for a rate."""
        if any(month not in self.reported for month in self.rate_months):
            return None
        cases = sum(self.by_month.get(month, 0) for month in self.rate_months)
        return cases if cases >= LEAST_CASES else None

    @property
    def months_left(self) -> int:
        """Months of the contract year after the last reported one."""
        return len(self.months) - len(self.passed)

    def reached_in(self) -> tuple[int, int, int] | None:
        """The months in which the included cases would be used up: at the rate, at the earliest, at the latest.

        None where they are used up already, where there is no rate, or where a month of the year is not in.
        """
        cases = self.rate_cases
        if cases is None or self.used >= self.included or self.not_reported:
            return None
        ahead = months_until(self.included - self.used, cases, RATE_MONTHS)
        last = month_of(self.as_at)
        return tuple(next_month(last, ceil(months)) for months in (ahead.middle, ahead.low, ahead.high))  # type: ignore[return-value]

    def by_year_end(self) -> Ahead | None:
        """Cases by the end of the contract year at the rate, with the range; None where it cannot be said or is over."""
        cases = self.rate_cases
        if cases is None or not self.months_left or self.not_reported:
            return None
        more = cases_by_then(cases, RATE_MONTHS, self.months_left)
        return Ahead(self.used + more.middle, self.used + more.low, self.used + more.high)

    def money(self) -> Money | None:
        """What the year costs; None where the settings do not hold both prices."""
        if self.contract.fixed_price is None or self.contract.price_per_extra is None:
            return None
        ahead = self.by_year_end()
        if ahead is None:
            return Money(self._price(self.used))
        return Money(self._price(self.used), self._price(int(ahead.low)), self._price(int(ahead.high)))

    def _price(self, cases: int) -> Decimal:
        fixed, extra = self.contract.fixed_price, self.contract.price_per_extra
        return (fixed or Decimal(0)) + max(0, cases - self.included) * (extra or Decimal(0))


def contracts_of(
    contracts: Sequence[Contract], service: str, ends: Mapping[str, date], providers: Collection[str] = ()
) -> tuple[Contract, ...]:
    """The contracts of a service: those that run on the last day that their provider has reported first, then the others.

    Parameters
    ----------
    ends : that day for each provider. providers : keys; empty means all.
    """
    found = [c for c in contracts if c.service == service and (not providers or c.provider in providers)]
    return tuple(sorted(found, key=lambda c: last_day(c, ends) is None or not _runs_then(c, ends)))


def _runs_then(contract: Contract, ends: Mapping[str, date]) -> bool:
    """Whether a contract runs in the last month that its provider has reported."""
    last = ends[contract.provider]
    return contract.end is None or contract.end >= month_start(month_of(last))


def last_day(contract: Contract, ends: Mapping[str, date]) -> date | None:
    """The last day of a contract of which anything is known; None where nothing of it has been reported."""
    reported = ends.get(contract.provider)
    if reported is None or reported < contract.start:
        return None
    return min(reported, contract.end or reported)


def months_of(contract: Contract, contracts: Sequence[Contract]) -> tuple[int | None, int | None]:
    """The first and last month of a contract, None for an end that is open.

    A provider's first contract has what came before it too, and its last one what comes after, as cases that were taken over.
    """
    same = [c for c in contracts if (c.service, c.provider) == (contract.service, contract.provider)]
    earlier = any(c.start < contract.start for c in same)
    later = any(c.start > contract.start for c in same)
    return (
        month_of(contract.start) if earlier else None,
        month_of(contract.end) if later and contract.end is not None else None,
    )


def beside(contract: Contract, contracts: Sequence[Contract]) -> bool:
    """Whether another contract of the same provider and service runs at the same time, so that areas tell them apart."""
    return any(
        c.key != contract.key
        and (c.service, c.provider) == (contract.service, contract.provider)
        and c.start <= (contract.end or date.max)
        and contract.start <= (c.end or date.max)
        for c in contracts
    )


def first_month_needed(contract: Contract, as_at: date) -> int:
    """The first month that the use of a contract needs: of the contract year, or of the twelve months of the rate."""
    use = ContractUse(contract, as_at, {}, ())
    return min(month_of(use.year_start), use.rate_months[0])
