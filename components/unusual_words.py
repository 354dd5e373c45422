"""Unusual months in words: what each is called, the message, and why a series is given no limits. Directions only: more is not better."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from components.differences_words import chance_words
from domain.formats import counted, number
from domain.messages import NO_CLEAR_CHANGE
from domain.statistics import rate_ratio_clear
from domain.steady import CLEAR, LEAST_MEAN, SEASON_FROM, Steadiness, Trend
from domain.unusual_months import LIMITS_FROM, Signal

CALLED: dict[Signal, str] = {
    Signal.NONE: "",
    Signal.ABOVE: "above the limits",
    Signal.BELOW: "below the limits",
    Signal.RISING: "in seven or more months that rise",
    Signal.FALLING: "in seven or more months that fall",
    Signal.NEAR_ABOVE: "two of three months near the upper limit",
    Signal.NEAR_BELOW: "two of three months near the lower limit",
    Signal.HIGHER: "in seven or more months above the average",
    Signal.LOWER: "in seven or more months below the average",
}
_MONTHS = 12
_LEAST_SAID = 0.05
"""Less than this a month would be written as 0.0."""
_EACH = 3
"""So many spans of unusual months are named in a title."""


def unusual_message(labels: Sequence[str], signals: Sequence[Signal], what: str) -> str:
    """Which months are unusual: 'Unusual: Aug 2018, above the limits'; months in a row with one reason as a span."""
    spans = []
    for signal, run in groupby(zip(labels, signals, strict=True), key=lambda one: one[1]):
        if signal is not Signal.NONE:
            named = [label for label, _ in run]
            span = named[0] if len(named) == 1 else f"{named[0]} to {named[-1]}"
            spans.append(f"{span}, {CALLED[signal]}")
    if not spans:
        return f"No unusual month: {what} stay within their own limits"
    more = f"; and {len(spans) - _EACH} more" if len(spans) > _EACH else ""
    return f"Unusual: {'; '.join(spans[:_EACH])}{more}"


def trend_words(trend: Trend) -> str:
    """'rising by about 2 a month'; of a slower trend what it comes to in a year; blank where there is no clear one."""
    if not trend.clear:
        return ""
    way, size = "rising" if trend.a_month > 0 else "falling", abs(trend.a_month)
    if size >= 1:
        return f"{way} by about {number(size)} a month"
    more = "more" if trend.a_month > 0 else "fewer"
    return f"{way}: about {number(max(1.0, _MONTHS * size))} {more} a month than a year before"


def why_no_limits(found: Steadiness, what: str, points: int) -> str:
    """Why no month is called unusual, in words; blank where limits say something."""
    if points < LIMITS_FROM:
        return f"there {'is' if points == 1 else 'are'} only {counted(points, 'whole month')}, and {LIMITS_FROM} are needed"
    if not found.large_enough:
        if not found.mean:
            return f"there are no {what}"
        each = (
            f"there are only {number(found.mean, 1)}"
            if found.mean >= _LEAST_SAID
            else "there are fewer than 0.1"
        )
        return f"{each} {what} a month, and about {LEAST_MEAN:.0f} are needed"
    reasons = ["have a season"] if found.seasonal else []
    reasons += [f"are {trend_words(found.trend)}"] if found.trend.clear else []
    return f"{what} {' and '.join(reasons)}" if reasons else ""


def year_before_words(label: str, now: int, before_label: str, before: int) -> str:
    """A month against the same one a year earlier: 'Sep 2018: 36, no clear change from 30 in Sep 2017'."""
    return f"{label}: {number(now)}, {change_words(now, before)} {number(before)} in {before_label}"


def change_words(now: int, before: int) -> str:
    """'more than', 'fewer than' or 'no clear change from', by the interval of two monthly counts."""
    change = rate_ratio_clear(now, 1, before, 1)
    if not change.clear:
        return f"{NO_CLEAR_CHANGE} from"
    return "more than" if now > before else "fewer than"


def tests_words(found: Steadiness, points: int) -> str:
    """How it was told whether limits say something of the series; of too few months nothing was told."""
    over = f"{number(found.mean, 1)} a month over {counted(points, 'whole month')}"
    if points < LIMITS_FROM:
        return f"{over}; neither a trend nor a season is looked for in fewer than {LIMITS_FROM}"
    trend = f"a trend like this comes by chance alone with probability {chance_words(found.trend.chance)}"
    if found.season is None:
        season = f"a season is looked for from {SEASON_FROM} months on"
    else:
        season = f"such differences between months of the year with probability {chance_words(found.season)}"
    limit = f"under {CLEAR:g} counts as clear"
    return f"{over}; {trend} (Mann-Kendall); {season}; {limit}"
