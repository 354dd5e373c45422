"""The panel 'Unusual months': a monthly count against its own average, or the same month a year earlier where limits say nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from components.basis import basis_of
from components.charts.unusual import unusual
from components.panel import Panel
from components.unusual_words import (
    CALLED,
    change_words,
    tests_words,
    unusual_message,
    why_no_limits,
    year_before_words,
)
from domain.access import Audience
from domain.disclosure import Figure, Released
from domain.formats import NOTHING, listed, month, number
from domain.new_averages import NewAverage
from domain.periods import parse_month
from domain.settings import Settings
from domain.shown import dated
from domain.steady import SEASON_FROM, Steadiness, steadiness
from domain.table import Cell, Table
from domain.unusual_months import LIMITS_FROM, TRIAL_UNDER, Signal, Stretch, stretches

_YEAR = 100
"""A stored month and the same one a year later are so far apart."""
_HEADERS = (
    "Month",
    "Number",
    "Average",
    "Limits from",
    "Limits to",
    "Unusual?",
    "Same month a year before",
    "Against it",
)
_SHOWN = ("Month", "Number", "Same month a year before", "Against it")
_LATEST = 12


@dataclass(frozen=True, slots=True)
class Series:
    """Whole months in order, what is said of them, and where a new average begins."""

    figures: tuple[Figure, ...]
    steady: Steadiness
    parts: tuple[Stretch, ...]
    breaks: tuple[NewAverage, ...]

    @property
    def labels(self) -> list[str]:
        """The months in words."""
        return [figure.label for figure in self.figures]

    @property
    def signals(self) -> list[Signal]:
        """What each month is flagged as."""
        return [signal for part in self.parts for signal in part.signals]

    @property
    def limited(self) -> bool:
        """Whether an average and limits say something of it."""
        return self.steady.steady and any(part.limits for part in self.parts)

    def year_before(self, at: int) -> Figure | None:
        """The same month of the year before; None where it is not among the whole ones."""
        wanted = parse_month(self.figures[at].keys[0]) - _YEAR
        return next((f for f in self.figures if parse_month(f.keys[0]) == wanted), None)


def series_of(months: Released, averages: Sequence[NewAverage], unfinished: Collection[str]) -> Series | None:
    """The whole months of a count; None without one, or where a month is hidden or not given by everybody."""
    figures = tuple(figure for figure in dated(months) if figure.keys[0] not in unfinished)
    if not figures or months.not_given or months.hidden:
        return None
    known = [parse_month(figure.keys[0]) for figure in figures]
    breaks = tuple(one for one in averages if known[0] < one.month <= known[-1])
    places = [next(at for at, value in enumerate(known) if value >= one.month) for one in breaks]
    counts = [figure.met for figure in figures]
    return Series(
        figures, steadiness(counts, [one % 100 for one in known], places), stretches(counts, places), breaks
    )


def unusual_panels(
    key: str,
    months: Released,
    averages: Sequence[NewAverage],
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> list[Panel]:
    """The panel, for whom every month may be shown; none for others, of whom a series with gaps says nothing. As `unusual_panel`."""
    if months.hidden or months.withheld:
        return []
    return [unusual_panel(key, months, averages, settings, unfinished=unfinished)]


def unusual_panel(
    key: str,
    months: Released,
    averages: Sequence[NewAverage],
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> Panel:
    """Which months are unusual.

    Parameters
    ----------
    months : a count by month. averages : where a person has said that a new average begins, with the reason.
    unfinished : months that are left out: not all is in, or more cases are still to be entered.
    """
    found, what = series_of(months, averages, unfinished), months.measure.label.lower()
    title = "Unusual months: none can be told, because {}"
    basis = basis_of(months, settings)
    if found is None:
        why = "not every month is given" if months.not_given else "no month is complete yet"
        return Panel(key, title.format(why), Table(_HEADERS, ()), basis, undrawn=True)
    counts = [figure.met for figure in found.figures]
    table = _table(found)
    base = replace(basis, base=f"n = {number(sum(counts))} in {len(counts)} whole months. {basis.base}")
    notes = _notes(found, months, unfinished)
    if not found.limited:
        return Panel(
            key,
            _unlimited_message(found, what),
            table,
            base,
            grid=_years(found),
            undrawn=True,
            notes=notes,
        )
    words = [CALLED[signal] for signal in found.signals]
    return Panel(
        key,
        unusual_message(found.labels, found.signals, what),
        table,
        base,
        figure=unusual(found.labels, counts, found.parts, words, months.source),
        alt=f"{months.measure.label} by month against their average. "
        + "; ".join(f"{label} {number(n)}" for label, n in list(zip(found.labels, counts, strict=True))[-6:])
        + ".",
        notes=notes,
    )


def _unlimited_message(found: Series, what: str) -> str:
    why = why_no_limits(found.steady, what, len(found.figures)) or (
        f"with a new average there are fewer than {LIMITS_FROM} months of each"
    )
    at = len(found.figures) - 1
    before, latest = found.year_before(at), found.figures[at]
    said = f"No month is called unusual, because {why}"
    if before is None:
        return said
    return f"{said}. {year_before_words(latest.label, latest.met, before.label, before.met)}"


def _years(found: Series) -> Table | None:
    """The latest months against the same ones a year earlier; None where there are none."""
    rows = [row for at in range(len(found.figures)) if (row := _beside(found, at))[2] != NOTHING]
    shown = tuple(tuple(map(str, row)) for row in rows[-_LATEST:])
    return Table(_SHOWN, shown) if shown else None


def _beside(found: Series, at: int) -> tuple[Cell, ...]:
    figure, before = found.figures[at], found.year_before(at)
    if before is None:
        return figure.label, number(figure.met), NOTHING, ""
    return (
        figure.label,
        number(figure.met),
        number(before.met),
        f"{change_words(figure.met, before.met)} {number(before.met)}",
    )


def _table(found: Series) -> Table:
    rows = []
    for part in found.parts:
        for at, signal in zip(range(part.start, part.end), part.signals, strict=True):
            limits = part.limits if found.limited else None
            low, high = limits.drawn() if limits else (None, None)
            label, counted, *year = _beside(found, at)
            said = (CALLED[signal] or "no") if limits else "not said"
            mean = limits.mean if limits else None
            rows.append((label, counted, number(mean, 1), number(low, 1), number(high, 1), said, *year))
    return Table(_HEADERS, tuple(rows))


def _notes(found: Series, months: Released, unfinished: Collection[str]) -> tuple[str, ...]:
    notes = []
    if found.limited:
        notes.append(
            "A month is unusual outside the limits; in seven that rise or fall; as one of two in three near a limit; or in seven on one "
            "side of the average (the rules of Making Data Count). It says that something may have changed, not that it is good or bad."
        )
        short = [part for part in found.parts if part.end - part.start < TRIAL_UNDER]
        if short:
            notes.append(
                f"Provisional: limits of fewer than {TRIAL_UNDER} months move with every month that comes."
            )
        if found.steady.season is None and any(one is not Signal.NONE for one in found.signals):
            notes.append(
                f"Whether it is so every year cannot be told under {SEASON_FROM} months: what is unusual here may be the season."
            )
    elif len(found.figures) > 1:
        notes.append(
            "Limits round an average are for a series that stays as it is. Where it rises, falls or has its seasons nearly every month "
            "would be outside, so each is set beside the same month a year before."
        )
    notes.append(f"How it was told: {tests_words(found.steady, len(found.figures))}.")
    for one in found.breaks:
        # Why somebody said so is their own words, which leave the commissioning team with nobody.
        why = f": {one.reason}" if months.audience == Audience.US else ""
        notes.append(f"A new average begins in {month(one.month)}{why}.")
    if left := [figure.label for figure in dated(months) if figure.keys[0] in unfinished]:
        notes.append(f"Left out, because not complete: {listed(left)}.")
    return tuple(notes)
