"""From the rows of a scan to the rows of a tally: months into quarters, codes into their groups, values into bands, zeros filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from domain.completeness_kind import FIELD
from domain.dimensions import BANDS, band_of, dimension, group_label, group_order
from domain.measures import Average, Completeness, Measure, Rate, Share, Split, Spread, Statistic
from domain.periods import months_between, time_key
from domain.selection import Selection
from domain.settings import Settings
from domain.statistics import count_limits, mean_of_spread, median_of_spread, wilson_interval
from domain.tally import TallyRow
from domain.vocabulary import rolled_up

Keys = tuple[str, ...]
Counts = list[int]
"""Met, base, missing and unsure."""


def key_of(by: str, value: Any) -> str:
    """The group of one scanned value, as a key; blank for nothing recorded."""
    if value is None:
        return ""
    wanted = dimension(by)
    if wanted.timed:
        return time_key(wanted.key, value)
    if wanted.key in BANDS:
        return band_of(wanted.key, value)
    if wanted.field is not None and wanted.field.coded:
        return rolled_up(wanted.field.code_list, value)
    return str(value)


def fold(by: Sequence[str], scanned: Iterable[Sequence[Any]], *, timed: bool) -> dict[Keys, Counts]:
    """Add scanned rows up by group.

    Parameters
    ----------
    scanned : each the values of `by`, then the month when `timed`, then met, base, missing and unsure.

    Returns
    -------
    dict
        Rows without a date count as missing in a figure by time, however much they hold.
    """
    found: dict[Keys, Counts] = {}
    for row in scanned:
        keys = tuple(key_of(key, value) for key, value in zip(by, row, strict=False))
        met, base, missing, unsure = (int(number or 0) for number in row[-4:])
        if timed and row[len(by)] is None:
            met, base, missing, unsure = 0, 0, base + missing, unsure
        counts = found.setdefault(keys, [0, 0, 0, 0])
        for i, number in enumerate((met, base, missing, unsure)):
            counts[i] += number
    if not by:
        found.setdefault((), [0, 0, 0, 0])
    return {keys: counts for keys, counts in found.items() if any(counts) or not _undated(by, keys)}


def _undated(by: Sequence[str], keys: Keys) -> bool:
    return any(code == "" and dimension(key).timed for key, code in zip(by, keys, strict=True))


def fill(
    found: dict[Keys, Counts], by: Sequence[str], months: Sequence[int], answers: Mapping[str, Sequence[str]]
) -> None:
    """Add groups that nobody is in: months without a case between the first and last reported, and answers nobody gave.

    Only beside groups that exist; a place nobody reports from stays away rather than showing nought.
    """
    if not found:
        return
    times = [i for i, key in enumerate(by) if dimension(key).timed]
    # Months and their years go together: there is no April 2018 in 2017-18.
    moments = {tuple(keys[i] for i in times) for keys in found}
    moments |= {tuple(time_key(dimension(by[i]).key, month) for i in times) for month in months}
    choices: dict[int, set[str]] = {}
    for i, key in enumerate(by):
        if dimension(key).key in BANDS:
            choices[i] = {band for band, _, _ in BANDS[dimension(key).key]}
        elif key in answers:
            choices[i] = set(answers[key])
    for i, listed in choices.items():
        listed |= {keys[i] for keys in found}
    for keys in list(found):
        for moment, others in product((m for m in moments if "" not in m), product(*choices.values())):
            changed: dict[int, str] = dict(zip((*times, *choices), (*moment, *others), strict=True))
            found.setdefault(tuple(changed.get(i, code) for i, code in enumerate(keys)), [0, 0, 0, 0])


def months_to_fill(
    found: Sequence[int], selection: Selection, reported_from: int, reported_to: int
) -> tuple[int, ...]:
    """The months that a figure by time spans, nought or not: from the first chosen or reported to the last.

    Never beyond what was reported, unless a case was found there: nobody knows of other months, so none is shown as nought.
    """
    first, last = selection.first, selection.last
    start = min((*found, reported_from if first is None else max(first, reported_from)))
    end = max((*found, reported_to if last is None else min(last, reported_to)))
    return months_between(start, end)


def finish(
    measure: Measure, by: Sequence[str], found: Mapping[Keys, Counts], settings: Settings, service: str
) -> tuple[TallyRow, ...]:
    """The rows in list order, with words, shares and limits."""
    shares = isinstance(measure, Share | Split | Spread)

    def row(keys: Keys, counts: Counts) -> TallyRow:
        met, base, missing, unsure = counts
        labels = tuple(group_label(key, code, settings, service) for key, code in zip(by, keys, strict=True))
        if not shares or not base:
            return TallyRow(keys, labels, met, base, missing, unsure)
        # The cells of one case are not independent of each other, so that all columns together have no limits.
        together = isinstance(measure, Completeness) and FIELD not in by
        low, high = (None, None) if together else wilson_interval(met, base)
        return TallyRow(keys, labels, met, base, missing, unsure, met / base, low, high)

    def order(keys: Keys) -> tuple[Any, ...]:
        return tuple(group_order(key, code, settings, service) for key, code in zip(by, keys, strict=True))

    return tuple(row(keys, found[keys]) for keys in sorted(found, key=order))


def averaged(
    measure: Average,
    by: Sequence[str],
    spreads: Mapping[Keys, Mapping[int, int]],
    beside: Mapping[Keys, Sequence[int]],
    settings: Settings,
    service: str,
) -> tuple[TallyRow, ...]:
    """One row a group with the mean or median of its spread; `base` is how many values it rests on.

    `beside` are the missing and unsure of each group.
    """
    take = mean_of_spread if measure.statistic is Statistic.MEAN else median_of_spread
    rows = []
    for keys in sorted(
        spreads,
        key=lambda keys: tuple(group_order(k, c, settings, service) for k, c in zip(by, keys, strict=True)),
    ):
        spread = spreads[keys]
        base = sum(spread.values())
        labels = tuple(group_label(key, code, settings, service) for key, code in zip(by, keys, strict=True))
        missing, unsure = beside.get(keys, (0, 0))
        rows.append(
            TallyRow(keys, labels, base, base, missing, unsure, float(take(spread)) if base else None)
        )
    return tuple(rows)


def rated(
    measure: Rate,
    by: Sequence[str],
    over: Mapping[Keys, Counts],
    of: Mapping[Keys, Counts],
    posts: Mapping[Keys, float] | None,
    settings: Settings,
    service: str,
) -> tuple[TallyRow, ...]:
    """One row a group of either count, with the rate and the limits of what is counted.

    `posts` are the full-time posts of each group where that is what it is divided by.
    """
    nothing = [0, 0, 0, 0]
    rows = []
    for keys in sorted(
        {*over, *of},
        key=lambda keys: tuple(group_order(k, c, settings, service) for k, c in zip(by, keys, strict=True)),
    ):
        counted, among = over.get(keys, nothing), of.get(keys, nothing)
        divisor = float(among[0]) if posts is None else round(posts.get(keys, 0.0), 6)
        labels = tuple(group_label(key, code, settings, service) for key, code in zip(by, keys, strict=True))
        value = low = high = None
        if divisor:
            lot = divisor / measure.times
            value = counted[0] / lot
            low, high = (limit / lot for limit in count_limits(counted[0]))
        beside = (counted[2] + among[2], counted[3] + among[3])
        exact = None if posts is None else divisor
        rows.append(TallyRow(keys, labels, counted[0], among[0], *beside, value, low, high, exact))
    return tuple(rows)
