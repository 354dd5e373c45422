"""The figures that the source documents print, and how each is held against the cases.

A figure is shown as it was printed, for ever; ours stands beside it. `essex_checks.csv` says of every
figure which measure should give it again, or why none can. What is asked of the cases is a count where the
document prints one, else a percentage, a mean or a range. The findings E1 to E24 stand in `CHECKS.md`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from domain.periods import Period, parse_month


class CheckState(StrEnum):
    """What became of a published figure when it was asked of the cases."""

    FROM_CASES = "reproduced from cases"
    UNDER_ASSUMPTION = "reproduced under an assumption"
    AS_PUBLISHED = "loaded as published"
    EXPLAINED = "differs as explained"
    CANNOT_BE_DERIVED = "cannot be derived"
    DIFFERS = "DIFFERS"


class Part(StrEnum):
    """Which part of an answer the document prints."""

    NOTHING = ""
    MET = "met"
    BASE = "base"
    PERCENT = "percent"
    VALUE = "value"
    PER_MONTH = "per_month"
    ONE_IN = "one_in"
    KEY_RANGE = "key_range"
    PERCENT_RANGE = "percent_range"


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """How one figure is asked of the cases.

    Parameters
    ----------
    state : what it should turn out to be.
    measure, where, by : as on the command line; a split without `by` has one row, a spread one a whole value.
    first_month, last_month : months such as 201706, by the measure's own date; None is all cases, undated
        ones too.
    at : the month at whose end a stock is counted.
    rows : keys of the rows that are added up; '1..8' and '4..' mean whole numbers; empty means all.
    base_rows : rows whose counts together are the base: '*' all, '!UNK' all but that one, never a row with a
        blank key; empty takes the rows' own base.
    over : a count measure that is the base instead, asked of all cases: no `where`, no months.
    expected : what we get where the document prints something else, as text.
    printed : the printed words as a number ('one in six' is 6).
    check_id : the id of the finding in CHECKS.md that explains a difference.
    """

    state: CheckState
    measure: str = ""
    where: tuple[tuple[str, str], ...] = ()
    by: str = ""
    rows: tuple[str, ...] = ()
    first_month: int | None = None
    last_month: int | None = None
    at: int | None = None
    part: Part = Part.NOTHING
    over: str = ""
    base_rows: tuple[str, ...] = ()
    expected: str = ""
    printed: str = ""
    check_id: str = ""
    why: str = ""

    @property
    def asks_cases(self) -> bool:
        """Whether the cases are asked at all."""
        return bool(self.measure)


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One printed figure, with its place in the document. Percentages are on the scale 0 to 100."""

    fig_id: str
    area: str
    measure: str
    breakdown: str
    category: str
    count: int | None
    denominator: int | None
    percent: Decimal | None
    value: str
    unit: str
    period: Period | None
    source: str
    note: str
    check: PublishedCheck

    @property
    def printed(self) -> str:
        """The one value that `verify` prints: the count if there is one, else the percentage or the text."""
        if self.count is not None:
            return str(self.count)
        return self.value if self.percent is None else str(self.percent)


@lru_cache(maxsize=1)
def published_figures() -> tuple[PublishedFigure, ...]:
    """Give the 265 figures of the Essex Trailblazers second deep dive report (June 2019), in its order.

    Raises
    ------
    ValueError
        When a figure has no check, or a check no figure.
    """
    checks = {row["fig_id"]: _check(row) for row in _rows("essex_checks.csv")}
    figures = tuple(_figure(row, checks) for row in _rows("figures_essex.csv"))
    left_over = sorted(set(checks) - {figure.fig_id for figure in figures})
    if left_over:
        raise ValueError(f"checks of figures that nobody published: {', '.join(left_over)}")
    return figures


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("domain").joinpath("published", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _figure(row: dict[str, str], checks: dict[str, PublishedCheck]) -> PublishedFigure:
    if row["fig_id"] not in checks:
        raise ValueError(f"{row['fig_id']} has no check in essex_checks.csv")
    start, end = row["period_start"][:7], row["period_end"][:7]
    return PublishedFigure(
        fig_id=row["fig_id"],
        area=row["area"],
        measure=row["measure"],
        breakdown=row["breakdown"],
        category=row["category"],
        count=int(row["count"]) if row["count"] else None,
        denominator=int(row["denominator"]) if row["denominator"] else None,
        percent=Decimal(row["percent_as_published"]) if row["percent_as_published"] else None,
        value=row["value_as_published"],
        unit=row["unit"],
        period=Period.parse(f"{start}..{end}") if start else None,
        source=row["source"],
        note=row["note"],
        check=checks[row["fig_id"]],
    )


def _check(row: dict[str, str]) -> PublishedCheck:
    def month(name: str) -> int | None:
        return parse_month(row[name]) if row[name] else None

    pairs = [pair.partition("=") for pair in row["where"].split(";") if pair]
    return PublishedCheck(
        state=CheckState[row["state"].upper()],
        measure=row["measure"],
        where=tuple((field, value) for field, _, value in pairs),
        by=row["by"],
        rows=tuple(name for name in row["rows"].split("|") if name),
        first_month=month("from"),
        last_month=month("to"),
        at=month("at"),
        part=Part(row["part"]),
        over=row["over"],
        base_rows=tuple(name for name in row["base_rows"].split("|") if name),
        expected=row["expected"],
        printed=row["printed"],
        check_id=row["check_id"],
        why=row["why"],
    )
