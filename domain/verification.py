"""Holding a published figure against the cases, or against what the dashboard itself judges by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from domain.clocks import CLOCKS
from domain.kpis import kpis
from domain.measures import Share, measure
from domain.periods import months_between
from domain.published import CheckState, Part, PublishedCheck, PublishedFigure
from domain.rounding import Number, half_up, percent


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row that a measure gives: its key as text ('LA', '2018-10', '14'), X of Y, and its mean, if any."""

    key: str
    met: int
    base: int
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the cases say: every row of the measure, and the count of the measure named in `over`, if any."""

    rows: tuple[AnswerRow, ...]
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the comparison of one figure found, in the words that are printed.

    `share` is ours as a percentage where the document prints one beside a count.
    """

    state: CheckState
    published: str
    ours: str
    why: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class HeldFigure:
    """A published figure and what came of holding it against the examples."""

    figure: PublishedFigure
    verdict: Verdict


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
    if check.declared:
        return _declared(figure)
    if not check.asks_cases:
        return Verdict(check.state, figure.printed, check.expected, check.why)
    found = _Found.of(check, answer(check))
    ours = found.text(figure)
    both = figure.count is not None and figure.percent is not None and check.part is Part.MET
    share = found.percent(figure) if both else ""
    wrong = _differences(figure, found, ours, share)
    if check.state is CheckState.EXPLAINED and ours == check.expected and not found.wrong_base(figure):
        return Verdict(CheckState.EXPLAINED, figure.printed, ours, check.why, share)
    if not wrong:
        as_given = CheckState.FROM_CASES if check.state is CheckState.EXPLAINED else check.state
        return Verdict(as_given, figure.printed, ours, check.why, share)
    return Verdict(CheckState.DIFFERS, figure.printed, ours, "; ".join(wrong), share)


def _declared(figure: PublishedFigure) -> Verdict:
    """Hold a printed target or time limit against the one that the dashboard starts with."""
    wrong = []
    ours = ""
    for name in figure.check.declared:
        kind, _, key = name.partition(":")
        held, wanted = _target(key, figure) if kind == "kpi" else _limit(key, figure)
        ours = ours or held
        if held != wanted:
            wrong.append(f"the dashboard judges by {held}, published {wanted}")
    if wrong:
        return Verdict(CheckState.DIFFERS, figure.printed, ours, "; ".join(wrong))
    return Verdict(figure.check.state, figure.printed, figure.printed, figure.check.why)


def _target(key: str, figure: PublishedFigure) -> tuple[str, str]:
    """The target that a KPI starts with, and the printed one, both with the operator where one is printed."""
    declared = next((each for each in kpis() if each.id == key and each.starting_targets), None)
    if declared is None:
        return "no target", figure.printed
    start = declared.starting_targets[0]
    value = half_up(
        start.value * 100 if isinstance(measure(declared.measure, declared.service), Share) else start.value
    )
    if figure.value.startswith(("<", ">")):
        return f"{start.operator}{value}", figure.value
    return str(value), figure.printed


def _limit(key: str, figure: PublishedFigure) -> tuple[str, str]:
    """The length of a time limit, and the printed one, both in the printed unit."""
    clock = CLOCKS[key]
    unit = "working days" if clock.kind == "working" else "days" if clock.kind == "calendar" else "months"
    length = clock.days
    if figure.unit == "weeks" and unit == "days" and length % 7 == 0:
        length, unit = length // 7, "weeks"
    return f"{length} {unit}", f"{figure.value} {figure.unit}"


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
            case Part.PER_MONTH:
                return self.per_month(figure)
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

    def per_month(self, figure: PublishedFigure) -> str:
        first, last = self.check.first_month, self.check.last_month
        months = 0 if first is None or last is None else len(months_between(first, last))
        return str(half_up(Fraction(self.met, months), _decimals(figure.value))) if months else ""

    def wrong_base(self, figure: PublishedFigure) -> str:
        asked = figure.denominator is not None and self.check.part is not Part.BASE
        if not asked or self.base == figure.denominator:
            return ""
        return f"out of {self.base}, published out of {figure.denominator}"


def _differences(figure: PublishedFigure, found: _Found, ours: str, share: str) -> list[str]:
    wanted = figure.check.printed or figure.printed
    wrong = [] if ours == wanted else [f"{ours or 'nothing'} from the cases, published {wanted}"]
    if base := found.wrong_base(figure):
        wrong.append(base)
    # A printed percentage that does not follow from its own count (E1) is told, not held against us.
    if share and share not in (str(figure.percent), figure.check.expected):
        wrong.append(f"{share}%, published {figure.percent}%")
    return wrong


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _in_base(key: str, names: tuple[str, ...]) -> bool:
    if not key:
        return False
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
