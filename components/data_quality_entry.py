"""The panels on how long after their referral cases are entered: by provider, and by the month of entry."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from components.basis import basis_of
from components.charts.canvas import draw
from components.charts.shares_by_group import shares_by_group
from components.data_quality_words import Shown
from components.panel import Panel
from components.panels import few_note
from components.theme import MAIN, QUIET
from domain.data_quality_entry import FEW_ENTERED, Delay
from domain.disclosure import Released
from domain.formats import NOTHING, counted, few_cases, interval, month, number, percent_of, share_of
from domain.settings import Settings
from domain.shown import with_a_base
from domain.table import Table
from domain.tally import Source

_LATE_NOTE = "A case entered after its month of referral is missing when that month is first looked at: the newest months will still rise."


def entry_by_provider_panel(
    late: Released, median: Released, all_late: Released, all_median: Released, settings: Settings
) -> Panel:
    """The median delay of each provider, and the share entered after the month of referral."""
    figures = with_a_base(late)
    rows = tuple(
        (
            figure.label,
            number(held.value, 1) if (held := median.figure(*figure.keys)) else NOTHING,
            figure.met,
            figure.base,
            percent_of(figure.met, figure.base),
            interval(figure.low, figure.high),
            few_cases(figure),
        )
        for figure in figures
    )
    heads = ("Provider", "Median days", "Entered late", "Out of", "Share", "95% limits", "Note")
    return Panel(
        key="data_quality_entry_provider",
        title=_entry_message(all_late, all_median),
        figure=shares_by_group(late) if figures else None,
        alt="Share entered after the month of referral, by provider: "
        + "; ".join(f"{figure.label} {share_of(figure.met, figure.base)}" for figure in figures),
        table=Table(heads, rows),
        basis=basis_of(late, settings),
        notes=(
            _LATE_NOTE,
            "The newest months of referral look quick, because their late cases are still to come.",
            *few_note(figures),
        ),
    )


def _entry_message(late: Released, median: Released) -> str:
    share = late.figure()
    days = median.figure()
    if share is None or not share.base or days is None or days.value is None:
        return "No case says when it was entered"
    within = f"within {counted_days(days.value)}" if days.value > 0 else "on the day"
    return (
        f"Half of the cases are entered {within} of referral; "
        f"{share_of(share.met, share.base)} after the month of referral"
    )


def counted_days(days: float) -> str:
    """A median number of days: '5.5 days', '1 day'."""
    return f"{days:g} {'day' if days == 1 else 'days'}"


def entry_by_month_panel(found: Mapping[int, Delay], shown: Shown) -> Panel:
    """The median delay of the cases entered in each month."""
    cases = sum(one.cases for one in found.values())
    said = "; ".join(f"{month(key)} {counted_days(one.median)}" for key, one in list(found.items())[-6:])
    table = Table(
        (
            "Month of entry",
            "Cases entered",
            "Median days since referral",
            "Referred in an earlier month",
            "Share",
        ),
        tuple(
            (month(key), one.cases, number(one.median, 1), one.late, percent_of(one.late, one.cases))
            for key, one in found.items()
        ),
    )
    return Panel(
        key="data_quality_entry_month",
        title=_course_message(found),
        figure=_course(found, shown.source) if len(found) > 1 else None,
        undrawn=bool(found),
        alt=f"Median days from referral to entry, by month of entry. The latest: {said}.",
        table=table,
        basis=shown.basis(
            f"n = {counted(cases, 'case')} with both dates",
            "The median number of days from referral to entry on the provider's system, of the cases entered in each month.",
            months="by date of entry",
        ),
        notes=(
            "By month of entry and not of referral, so that the newest months can be compared with the earlier ones.",
            *(
                [f"Hollow circles: fewer than {FEW_ENTERED} cases were entered in the month."]
                if any(one.cases < FEW_ENTERED for one in found.values())
                else []
            ),
        ),
    )


def _course_message(found: Mapping[int, Delay]) -> str:
    """Where the course of the delay ends, beside where it was; no direction is claimed."""
    known = {key: one for key, one in found.items() if one.cases >= FEW_ENTERED}
    if len(known) < 2:
        return "Too few months with enough cases entered to compare"
    low = min(known, key=lambda key: known[key].median)
    high = max(known, key=lambda key: known[key].median)
    last = max(known)
    spanned = (
        f"between {known[low].median:g} ({month(low)}) and {counted_days(known[high].median)} ({month(high)})"
        if known[low].median != known[high].median
        else f"always {counted_days(known[low].median)}"
    )
    return f"Cases entered in {month(last)} came {counted_days(known[last].median)} after referral at the median; {spanned}"


def _course(found: Mapping[int, Delay], source: Source) -> go.Figure:
    few = [one.cases < FEW_ENTERED for one in found.values()]
    labels = [month(key) for key in found]
    return draw(
        [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": labels,
                "y": [one.median for one in found.values()],
                "line": {"color": MAIN, "width": 3},
                "marker": {
                    "size": 9,
                    "color": [QUIET if one else MAIN for one in few],
                    "symbol": ["circle-open" if one else "circle" for one in few],
                },
                "customdata": [
                    f"{counted_days(one.median)}, n = {number(one.cases)}" for one in found.values()
                ],
                "hovertemplate": "%{x}: %{customdata}<extra></extra>",
            }
        ],
        source,
        showlegend=False,
        xaxis={"type": "category", "fixedrange": True, "automargin": True, "nticks": 8, "title": None},
        yaxis={"rangemode": "tozero", "fixedrange": True, "nticks": 5, "ticksuffix": " days", "title": None},
    )
