"""The panels on how long support lasted: the published bands with what they add up to, and the middle of each outcome."""

from __future__ import annotations

from dataclasses import replace

from components.basis import basis_of
from components.charts.middle_rows import LEAST_BASE, Middle, middle_rows
from components.charts.support_bands import cumulated, support_bands
from components.panel import Panel
from components.panels import spread_panel
from domain.disclosure import Released
from domain.formats import counted, interval, listed, number, percent_of, share_of
from domain.hidden_words import partly
from domain.messages import spread_message
from domain.quartiles import middle_half
from domain.settings import Settings
from domain.statistics import mean_of_spread, median_of_spread, wilson_interval
from domain.table import Table


def length_panel(key: str, bands: Released, median: Released, mean: Released, settings: Settings) -> Panel:
    """How long support lasted, in the bands of the Essex report, with the share that had ended by the end of each."""
    if partly(bands):
        # The bands cannot be added up one after the other.
        return spread_panel(key, bands, median, settings, mean=mean)
    figures = bands.figures
    so_far = cumulated(figures)
    base = so_far[-1] if so_far else 0
    said = "; ".join(
        f"{figure.label}: {number(figure.met)}, so far {percent_of(part, base)}"
        for figure, part in zip(figures, so_far, strict=True)
    )
    rows = tuple(
        (
            figure.label,
            figure.met,
            percent_of(figure.met, base),
            part,
            percent_of(part, base),
            interval(*wilson_interval(part, base)) if base else "",
        )
        for figure, part in zip(figures, so_far, strict=True)
    )
    return replace(
        spread_panel(key, bands, median, settings, mean=mean),
        title=f"{spread_message(median, mean)}{_in_weeks(bands)}",
        figure=support_bands(figures, bands.source) if base else None,
        alt=f"Days of support in bands, and the share that took so long or less: {said}.",
        table=Table(
            ("Support lasted", "Cases", "Share", "Cases so far", "Share so far", "95% limits of that"), rows
        ),
        notes=(
            "The bands are those of the Essex report: a week each up to 12 weeks, then four weeks each, so bars to the right "
            "hold longer spans.",
            "From assessment to outcome, of cases that ended with both dates; the line adds the bands up and belongs to the scale "
            "at the right.",
        ),
    )


def _in_weeks(bands: Released) -> str:
    """How much of it was over after twelve weeks, in the words of the band."""
    so_far = cumulated(bands.figures)
    band = next((at for at, figure in enumerate(bands.figures) if figure.keys[-1] == "up_to_084"), None)
    if band is None or not so_far or not so_far[-1]:
        return ""
    return f"; {share_of(so_far[band], so_far[-1])} took 12 weeks or less"


def middles(spread: Released) -> tuple[Middle, ...]:
    """The middle of each outcome. `spread` is by outcome, then by whole days."""
    days: dict[str, dict[int, int]] = {}
    labels: dict[str, str] = {}
    for figure in spread.figures:
        outcome, value = figure.keys
        days.setdefault(outcome, {})[int(value)] = figure.met
        labels[outcome] = figure.labels[0]
    found = []
    for outcome, values in days.items():
        half = middle_half(values)
        if half is not None:
            mean, median = mean_of_spread(values), median_of_spread(values)
            found.append(Middle(outcome, labels[outcome], sum(values.values()), mean, median, half))
    return tuple(found)


def length_by_outcome_panel(key: str, spread: Released, whole: Released, settings: Settings) -> Panel:
    """The mean and the median of each outcome. `spread` is by outcome, then by whole days; `whole` is of all of them together."""
    rows = middles(spread)
    drawn = [row for row in rows if row.drawn]
    few = [f"{row.label} ({counted(row.base, 'case')})" for row in rows if not row.drawn]
    return Panel(
        key=key,
        title="Days of support by outcome: " + (_message(drawn) or "too few cases to say"),
        figure=middle_rows(rows, spread.source) if drawn else None,
        undrawn=bool(rows),
        alt=f"Days of support by outcome: {'; '.join(f'{row.label} {row.words}' for row in drawn)}.",
        table=Table(
            ("Outcome", "Cases", "Mean days", "Median days", "Middle half from", "Middle half to"),
            tuple(
                (row.label, row.base, *(number(value, 1) for value in (row.mean, row.median, *row.half)))
                for row in rows
            ),
        ),
        basis=basis_of(whole, settings, spread),
        notes=(
            "The bar holds the middle half: a quarter of the cases took less, a quarter more. A few long cases pull the mean up, "
            "and the median is not moved by them.",
            "Support that is broken off is short for that reason: the length does not say what made a case end well.",
            *(
                [f"Not drawn, because there are fewer than {LEAST_BASE}, but in the table: {listed(few)}."]
                if few
                else []
            ),
        ),
    )


def _message(rows: list[Middle]) -> str:
    return "; ".join(f"{row.label.lower()} {row.words}" for row in rows)
