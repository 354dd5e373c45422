"""The figures that the source documents print, and how each is held against the cases.

A figure is shown as it was printed, for ever; ours stands beside it. `essex_checks.csv` says of every figure which
measure should give it again, or why none can. The one figure that is asked of the cases is a count where the document
prints one, else a percentage, a mean or a range.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from importlib import resources

from domain.periods import Period, parse_month
from domain.rounding import Number, half_up, percent


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
    ONE_IN = "one_in"
    KEY_RANGE = "key_range"
    PERCENT_RANGE = "percent_range"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of what a measure gives: its key as text ('LA', '2018-10', '14'), X of Y, and a mean where it is one."""

    key: str
    met: int
    base: int
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the cases say: every row of the measure, and the count of the measure named in `over`, when one is."""

    rows: tuple[AnswerRow, ...]
    over: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """How one figure is asked of the cases.

    Parameters
    ----------
    state : what it should turn out to be.
    measure, where, by : as on the command line; `by` blank gives a split's or spread's own rows, or one row.
    first_month, last_month : months such as 201706, by the measure's own date; None is all cases, undated ones too.
    at : the month at whose end a stock is counted.
    rows : keys of the rows that are added up; '1..8' and '4..' mean whole numbers; empty means all.
    base_rows : rows whose counts together are the base; '*' all, '!UNK' all but that one; empty: the rows' own base.
    over : a count measure that is the base instead, asked with the same `where` and for all time.
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
        """The one value that `verify` prints: the count where there is one, else the percentage or the text."""
        if self.count is not None:
            return str(self.count)
        return self.value if self.percent is None else str(self.percent)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the comparison of one figure found, in the words that are printed."""

    state: CheckState
    published: str
    ours: str
    why: str


def compare(figure: PublishedFigure, answer: Callable[[PublishedCheck], Answer]) -> Verdict:
    """Hold one published figure against the cases.

    Parameters
    ----------
    figure : the printed figure.
    answer : asks the cases; only called when the figure's check names a measure.

    Returns
    -------
    Verdict
        Never raises for a difference: the state says it.
    """
    check = figure.check
    if not check.asks_cases:
        return Verdict(check.state, figure.printed, "", check.why)
    found = _Found.of(check, answer(check))
    ours = found.text(figure)
    wrong = _differences(figure, found, ours)
    if check.state is CheckState.EXPLAINED and ours == check.expected and not found.wrong_base(figure):
        return Verdict(CheckState.EXPLAINED, figure.printed, ours, check.why)
    if not wrong:
        as_given = CheckState.FROM_CASES if check.state is CheckState.EXPLAINED else check.state
        return Verdict(as_given, figure.printed, ours, check.why)
    return Verdict(CheckState.DIFFERS, figure.printed, ours, "; ".join(wrong))


@dataclass(frozen=True, slots=True)
class _Found:
    """The answer brought down to the rows that a figure is about."""

    check: PublishedCheck
    rows: tuple[AnswerRow, ...]
    met: int
    base: int | None

    @classmethod
    def of(cls, check: PublishedCheck, answer: Answer) -> _Found:
        rows = tuple(row for row in answer.rows if not check.rows or _named(row.key, check.rows))
        if check.over:
            base = answer.over
        elif check.base_rows:
            base = sum(row.met for row in answer.rows if _in_base(row.key, check.base_rows))
        else:
            # The rows of a split share one base; a measure without rows has none.
            base = max((row.base for row in answer.rows), default=0)
        return cls(check, rows, sum(row.met for row in rows), base)

    def text(self, figure: PublishedFigure) -> str:
        match self.check.part:
            case Part.MET:
                return str(self.met)
            case Part.BASE:
                return str(self.base or 0)
            case Part.PERCENT:
                return self.percent(figure)
            case Part.VALUE:
                return self.mean(figure)
            case Part.ONE_IN:
                return str(half_up(Fraction(self.base or 0, self.met))) if self.met else ""
            case Part.KEY_RANGE:
                keys = sorted(int(row.key) for row in self.rows if row.met)
                return f"{keys[0]}-{keys[-1]}" if keys else ""
            case Part.PERCENT_RANGE:
                shares = sorted(percent(row.met, row.base) for row in self.rows if row.base)
                return f"{shares[0]}-{shares[-1]}" if shares else ""
        return ""

    def percent(self, figure: PublishedFigure) -> str:
        return str(percent(self.met, self.base, _decimals(str(figure.percent or "")))) if self.base else ""

    def mean(self, figure: PublishedFigure) -> str:
        value = self.rows[0].value if len(self.rows) == 1 else None
        return "" if value is None else str(half_up(value, _decimals(figure.value)))

    def wrong_base(self, figure: PublishedFigure) -> str:
        asked = figure.denominator is not None and self.check.part is not Part.BASE
        if not asked or self.base == figure.denominator:
            return ""
        return f"out of {self.base}, published out of {figure.denominator}"


def _differences(figure: PublishedFigure, found: _Found, ours: str) -> list[str]:
    wanted = figure.check.printed or figure.printed
    wrong = [] if ours == wanted else [f"{ours or 'nothing'} from the cases, published {wanted}"]
    if base := found.wrong_base(figure):
        wrong.append(base)
    if figure.count is not None and figure.percent is not None and found.check.part is Part.MET:
        share = found.percent(figure)
        # A printed percentage that does not follow from its own count (E1) is told, not held against the cases.
        if share not in (str(figure.percent), figure.check.expected):
            wrong.append(f"{share}%, published {figure.percent}%")
    return wrong


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _in_base(key: str, names: tuple[str, ...]) -> bool:
    left_out = [name[1:] for name in names if name.startswith("!")]
    return key not in left_out if left_out else names == ("*",) or _named(key, names)


def _named(key: str, names: Iterable[str]) -> bool:
    for name in names:
        first, dots, last = name.partition("..")
        if not dots:
            if key == name:
                return True
        elif key.isdecimal() and int(first) <= int(key) and (not last or int(key) <= int(last)):
            return True
    return False


@lru_cache(maxsize=1)
def published_figures() -> tuple[PublishedFigure, ...]:
    """Give the 265 figures of the Essex Trailblazers second deep dive report (June 2019), in the order of the report.

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
