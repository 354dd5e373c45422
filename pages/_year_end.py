"""Which twelve months pages judge KPIs over. Not a page."""

from __future__ import annotations

from data_access.coverage import Coverage
from domain.kpis import rolling_year
from domain.periods import Period, month_end, month_start, months_between


def whole_year_end(coverage: Coverage, first: int | None, last: int | None, *, quarters: bool = False) -> int:
    """The latest month, of those from first to last, whose twelve months are in from everybody; the last one where none is.

    `quarters` takes only months with which a quarter ends.
    """
    months = months_between(first, last) if first and last else ()
    months = tuple(m for m in months if m % 100 % 3 == 0 or not quarters) or months
    last = months[-1] if months else last
    whole = (
        m for m in reversed(months) if coverage.has("", rolling_year(Period(month_start(m), month_end(m))))
    )
    return next(whole, last or 0)
