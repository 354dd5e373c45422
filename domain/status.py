"""Whether a figure meets its target, in a word, a shape and a sentence.

Values are compared as exact fractions, before any rounding: 89.96% misses a target of 90%.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from domain.rounding import Number, exact, half_up
from domain.statistics import wilson_interval

# A status on fewer cases than this stands, but says so.
FEW_CASES = 10

Unit = Literal["share", "number"]


class Status(StrEnum):
    """What can be said of a figure against its target."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    TOO_FEW = "too_few"
    NOT_DUE = "not_due"
    NO_RETURN = "no_return"
    NOT_GIVEN = "not_given"
    NO_TARGET = "no_target"
    HIDDEN = "hidden"

    @property
    def label(self) -> str:
        """The word that a reader sees.

        Examples
        --------
        >>> Status.TOO_FEW.label
        'Too few to say'
        """
        return _LABELS_AND_SHAPES[self][0]

    @property
    def shape(self) -> str:
        """One character that tells the status apart without colour; filled where the target was judged.

        Examples
        --------
        >>> Status.RED.shape
        '▲'
        """
        return _LABELS_AND_SHAPES[self][1]


_LABELS_AND_SHAPES = {
    Status.GREEN: ("Green", "●"),
    Status.AMBER: ("Amber", "◆"),
    Status.RED: ("Red", "▲"),
    Status.TOO_FEW: ("Too few to say", "○"),
    Status.NOT_DUE: ("Not due yet", "◇"),
    Status.NO_RETURN: ("No return", "□"),
    Status.NOT_GIVEN: ("Not given", "▭"),
    Status.NO_TARGET: ("No target", "–"),
    Status.HIDDEN: ("Hidden", "▨"),
}


class Operator(StrEnum):
    """How a value is held against its target."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"

    @property
    def higher_is_better(self) -> bool:
        """Whether more is better, so that the tolerance lies below the target."""
        return self in (Operator.AT_LEAST, Operator.ABOVE)

    def holds(self, value: Fraction, target: Fraction) -> bool:
        """Whether ``value`` meets ``target``.

        Examples
        --------
        >>> Operator.BELOW.holds(Fraction(10), Fraction(10))
        False
        """
        if value == target:
            return self in (Operator.AT_LEAST, Operator.AT_MOST)
        return (value > target) is self.higher_is_better


_MET = {
    Operator.AT_LEAST: "at or above",
    Operator.ABOVE: "above",
    Operator.AT_MOST: "at or below",
    Operator.BELOW: "below",
}
_MISSED = {
    Operator.AT_LEAST: "below",
    Operator.ABOVE: "not above",
    Operator.AT_MOST: "above",
    Operator.BELOW: "not below",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, the sentence that explains it, and whether it rests on few cases."""

    status: Status
    why: str
    few: bool = False


def judge(
    value: Number | None,
    *,
    target: Number | None,
    operator: str | None,
    tolerance: Number | None,
    base: int | None,
    minimum_base: int = FEW_CASES,
    returned: bool = True,
    unit: Unit = "share",
    of: str = "",
) -> Verdict:
    """Judge a figure against its target.

    The order is fixed: no return, not due, no target, too few, then green, amber or red.

    Parameters
    ----------
    value : int, float, Decimal, Fraction or None
        The figure, not rounded; a share is best given as ``Fraction(met, base)``, 0 to 1. None where
        there is none.
    target : int, float, Decimal, Fraction or None
        In the unit of the value (0.90 for 90%); None where nobody has set one.
    operator : str or None
        One of ``>= > <= <``; may be None where there is no target.
    tolerance : int, float, Decimal, Fraction or None
        The worst value that is still amber. None for a statutory target, which has no amber.
    base : int or None
        What the value is out of; None where it is not out of anything, as a count.
    minimum_base : int
        Below it no colour is given. With 1, a small base keeps its status and is marked.
    returned : bool
        False while the provider's return is outstanding.
    unit : {"share", "number"}
        How the sentence prints the value.
    of : str
        What a number counts, such as ' days'; it stands right after the figure.

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If the operator is not known, or there is no value although the base is above zero.

    Examples
    --------
    >>> judge(Fraction(31, 37), target=0.8, operator=">=", tolerance=0.75, base=37).why
    '31 of 37 is 83.8%, at or above the target of 80%.'
    """
    if not returned:
        return Verdict(Status.NO_RETURN, "The return for this period has not arrived.")
    if base == 0 or (value is None and base is None):
        return Verdict(
            Status.NOT_DUE,
            "There is no case to count in this period yet: none has come to it, or what it asks for was left blank.",
        )
    if value is None:
        raise ValueError(f"There is no value to judge, although its base is {base}.")
    number = exact(value)
    if target is None:
        return Verdict(Status.NO_TARGET, f"{_figure(number, base, unit)}{of}; no target is set.")
    if base is not None and base < minimum_base:
        few_sentence = f"{_figure(number, base, unit)}{of}; a status needs at least {minimum_base} cases."
        return Verdict(Status.TOO_FEW, few_sentence)
    edge = None if tolerance is None else exact(tolerance)
    status, words = _against(number, exact(target), Operator(operator or ""), edge, unit)
    few = base is not None and base < FEW_CASES
    mark = f"; few cases ({base})" if few else ""
    figure = _figure(number, base, unit, apart_from=(exact(target), edge))
    return Verdict(status, f"{figure}{of}, {words}{mark}.", few)


def _against(
    value: Fraction, target: Fraction, operator: Operator, tolerance: Fraction | None, unit: Unit
) -> tuple[Status, str]:
    """Choose the colour and the words for a value that has a target and enough cases."""
    if operator.holds(value, target):
        return Status.GREEN, f"{_MET[operator]} the target of {_text(target, unit)}"
    missed = f"{_MISSED[operator]} the target of {_text(target, unit)}"
    if tolerance is None:
        return Status.RED, missed
    allowed = value >= tolerance if operator.higher_is_better else value <= tolerance
    if allowed:
        return Status.AMBER, f"{missed} but within the tolerance of {_text(tolerance, unit)}"
    return Status.RED, f"{missed} and outside the tolerance of {_text(tolerance, unit)}"


def _figure(
    value: Fraction, base: int | None, unit: Unit, *, apart_from: tuple[Fraction | None, ...] = ()
) -> str:
    """Put the value in words, with its two counts where it is a share of whole cases."""
    text = _text(value, unit, apart_from)
    met = value * base if base is not None and unit == "share" else None
    return f"{met} of {base} is {text}" if met is not None and met.denominator == 1 else text


def _text(value: Fraction, unit: Unit, apart_from: tuple[Fraction | None, ...] = ()) -> str:
    """Print the value to one decimal place, or to as many as tell it from a limit that it does not equal."""
    scale, sign = (100, "%") if unit == "share" else (1, "")
    others = [other for other in apart_from if other is not None and other != value]
    digits = 1
    while any(half_up(value * scale, digits) == half_up(other * scale, digits) for other in others):
        digits += 1
    text = f"{half_up(value * scale, digits):,f}"
    return f"{text.rstrip('0').rstrip('.')}{sign}"


def profiled_target(target: Number, start: date, end: date, at: date) -> float:
    """Take the part of a programme's target that falls due by the end of a month.

    Parameters
    ----------
    target : int, float, Decimal or Fraction
        For the whole programme, in any unit.
    start, end : date
        First and last day of the programme; it counts in whole months, both included.
    at : date
        Any day of the last month to count.

    Returns
    -------
    float
        In the unit of the target: 0 before the start, the whole target from the last month on.

    Raises
    ------
    ValueError
        If the programme ends before it starts.

    Examples
    --------
    >>> profiled_target(496, date(2017, 4, 1), date(2019, 3, 31), date(2018, 3, 31))
    248.0
    """
    if end < start:
        raise ValueError(f"The programme ends on {end:%d %B %Y}, before it starts on {start:%d %B %Y}.")
    months = _months_through(start, end)
    elapsed = min(max(_months_through(start, at), 0), months)
    return float(exact(target) * Fraction(elapsed, months))


def _months_through(start: date, last: date) -> int:
    """Count the months from the month of ``start`` to the month of ``last``, both included."""
    return (last.year - start.year) * 12 + last.month - start.month + 1


def clear_of_target(met: int, base: int, target: Number | None) -> bool | None:
    """Whether the target lies outside the 95% interval of the share, so that chance does not explain the gap.

    Parameters
    ----------
    met, base : int
        Counts, ``0 <= met <= base``.
    target : int, float, Decimal, Fraction or None
        A share, 0 to 1.

    Returns
    -------
    bool or None
        None where there is no case or no target.

    Raises
    ------
    ValueError
        If ``met`` is below zero or above ``base``.

    Examples
    --------
    >>> clear_of_target(387, 471, 0.90)
    True
    """
    low, high = wilson_interval(met, base)
    if base == 0 or target is None:
        return None
    return not low <= float(target) <= high
