"""Every form of chart, drawn of any number of cases: for the test of sizes, and for looking at all of them.

A form that a panel takes to a page is made by that panel, so that its title is made too; the others by their drawing function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

import plotly.graph_objects as go

from components.charts.band_line import band_line
from components.charts.before_after import before_after
from components.charts.burn_up import burn_up
from components.charts.certificate_parts import Parts, certificate_parts
from components.charts.closer import closer
from components.charts.event_marks import mark_events
from components.charts.kpi_trend import Point, kpi_trend
from components.charts.pack_chart import pack_chart
from components.charts.pack_curves import pack_curves
from components.charts.pack_fan import pack_fan
from components.charts.rate_rows import rate_rows, with_a_rate
from components.charts.reference_line import with_reference
from components.charts.share_lines import share_lines
from components.charts.share_rows import ShareRow, drawn, share_rows, shares_beside
from components.charts.stacked_counts import stacked_counts
from components.charts.to_date import to_date
from components.charts.trend import trend
from components.charts.year_lines import year_lines
from components.differences_panels import differences_panel
from components.exceptions_panels import over_time_panel as causes_panel
from components.mentoring_length import length_by_outcome_panel, length_panel
from components.outcome_panels import funnel_panel, outcomes_by_group_panel, steps_panel
from components.panel import Panel
from components.panels import (
    groups_panel,
    over_time_panel,
    ranked_panel,
    split_panel,
    spread_panel,
    trend_panel,
)
from components.timeliness_panels import kept_panel, lengths_panel
from components.unusual_months import unusual_panel
from domain.disclosure import Released
from domain.formats import number
from domain.kpis import kpi
from domain.late_entry import Expected
from domain.nowcast import Range
from domain.pack import Form as PackForm
from domain.selection import Selection
from domain.services import MENTORING
from domain.stretch import Stretch
from domain.tally import AsAt, TallyRow
from domain.timeliness import TIMED, Lengths, State
from tests.unit.components.chart_figures import (
    AREAS,
    ENDINGS,
    HERE,
    MONTHS,
    QUARTERS,
    SETTINGS,
    average,
    band_months,
    bands,
    by_days,
    causes,
    counts,
    endings,
    kpi_points,
    lines,
    made,
    met_of,
    parts,
    rates,
    row_of_share,
    rows_of,
    share,
    share_series,
    so_far,
    split,
    steady,
    whole,
    year_values,
)
from tests.unit.components.pack_figures import curves_of, fan_of, pack_of

Form = Callable[[int], Panel | go.Figure | None]


def funnel(n: int) -> Panel:
    """The outcome funnel."""
    withdrawn, unsuccessful, live = (n * part // 10 for part in (1, 1, 2))
    completed = n - live - withdrawn
    reached = {
        "referrals": n,
        "completed_cases": completed + withdrawn,
        "prevented_of_referred": completed - unsuccessful,
    }
    stages = {key: made(key, (), [whole(key, count, n)]) for key, count in reached.items()}
    ended = [
        ("PREVENTED", "Prevented", completed - unsuccessful),
        ("UNSUCCESSFUL", "Unsuccessful", unsuccessful),
        ("WITHDRAWN", "Withdrawn", withdrawn),
        ("LIVE", "Live", live),
    ]
    outcomes = made(
        "referrals", ("outcome",), [TallyRow((key,), (label,), many, many) for key, label, many in ended]
    )
    return funnel_panel("funnel", MENTORING, stages, outcomes, SETTINGS)


def kept(n: int) -> Panel:
    """A time limit by quarter."""
    one = kpi("SM1b")
    raw = share(one.measure, "quarter", QUARTERS, n, "send")
    rows = [row_of_share(f.keys, f.labels, f.met, f.base - (f.base - f.met) // 2) for f in raw.figures]
    adjusted = made(one.measure, ("quarter",), rows, "send")
    held = replace(SETTINGS, targets=tuple(one.starting_targets))
    return kept_panel(one, raw, adjusted, held, unfinished=(QUARTERS[-1][0],))


def lengths(n: int) -> Panel:
    """How long it took, in bands."""
    on_time, late, not_done = parts(n, 3)
    taken = {(9, State.ON_TIME): on_time, (44, State.LATE): late, (None, State.NOT_DONE): not_done}
    held = Lengths(TIMED["SM1b"], {where: many for where, many in taken.items() if many})
    one = kpi("SM1b")
    return lengths_panel(one, held, share(one.measure, "quarter", QUARTERS, n, "send"), SETTINGS)


def late_trend(n: int) -> go.Figure:
    """Months of which the newest still fills, with an event and a date that matters."""
    shown = counts("referrals", "month", MONTHS, n)
    last = shown.figures[-1]
    expected = Expected(201809, last.met, Range(last.met * 1.5 + 1, last.met, last.met * 2 + 3))
    figure = trend(
        shown,
        mark_key="2018-01",
        mark_words="Jan 2018: the service grows",
        expected={last.keys[0]: expected},
    )
    mark_events(figure, [(3.5, "A", "A new form"), (12, "B, C", "Two more")], len(MONTHS))
    return figure


LABELS = [label for _, label in MONTHS]
YEARS = [str(year) for year in range(2019, 2025)]
AGE_PARTS = ("0 to 5 days", "6 to 20 days", "21 to 60 days", "More than 60 days")
STACKED = (
    "Example provider A",
    "A provider whose name takes three lines of it",
    "Example provider C",
)
FORMS: Final[dict[str, Form]] = {
    "trend_months": lambda n: trend_panel(
        "f", counts("referrals", "month", MONTHS, n), SETTINGS, unfinished={"2018-08", "2018-09"}
    ),
    "trend_quarters": lambda n: trend_panel("f", counts("referrals", "quarter", QUARTERS, n), SETTINGS),
    "trend_one_month": lambda n: trend_panel("f", counts("referrals", "month", MONTHS[:1], n), SETTINGS),
    "trend_hidden": lambda n: trend_panel(
        "f", counts("referrals", "month", MONTHS, n, hide=["2017-06", "2018-09"]), SETTINGS
    ),
    "trend_late_marks_events": late_trend,
    "ranked": lambda n: ranked_panel("f", counts("referrals", "area", AREAS, n), SETTINGS),
    "ranked_one": lambda n: ranked_panel("f", counts("referrals", "area", AREAS[:1], n), SETTINGS),
    "ranked_hidden": lambda n: ranked_panel(
        "f", counts("referrals", "area", AREAS, n, hide=["E1", "E9"]), SETTINGS
    ),
    "split": lambda n: split_panel("f", split(n), SETTINGS),
    "split_hidden": lambda n: split_panel("f", split(n, hide=["56", "NK"]), SETTINGS),
    "groups": lambda n: groups_panel("f", share("prevention_rate", "area", AREAS, n), SETTINGS, what="district"),
    "groups_hidden": lambda n: groups_panel(
        "f", share("prevention_rate", "area", AREAS, n, hide=["E1", "E9"]), SETTINGS, what="district"
    ),
    "over_time": lambda n: over_time_panel("f", share("prevention_rate", "quarter", QUARTERS, n), SETTINGS),
    "over_time_closer": lambda n: _closer(
        over_time_panel("f", share("prevention_rate", "quarter", QUARTERS, n), SETTINGS)
    ),
    "funnel_plot": lambda n: differences_panel("f", share("prevention_rate", "area", AREAS, n), SETTINGS),
    "funnel_plot_three": lambda n: differences_panel(
        "f", share("prevention_rate", "area", AREAS[8:11], n), SETTINGS
    ),
    "funnel_plot_hidden": lambda n: differences_panel(
        "f", share("prevention_rate", "area", AREAS, n, hide=["E1", "E9"]), SETTINGS
    ),
    "spread": lambda n: spread_panel("f", bands(n), average("median_days_of_support", n, 47.0), SETTINGS),
    "spread_hidden": lambda n: spread_panel(
        "f", bands(n, hide=["up_to_014", "more"]), average("median_days_of_support", n, 47.0), SETTINGS
    ),
    "support_bands": lambda n: length_panel(
        "f", bands(n), average("median_days_of_support", n, 47.0), average("mean_days_of_support", n, 57.2), SETTINGS
    ),
    "middle_rows": lambda n: length_by_outcome_panel("f", by_days(n), bands(n), SETTINGS),
    "stacked_shares": lambda n: outcomes_by_group_panel("f", _all_endings(n), endings(n), SETTINGS),
    "stacked_shares_hidden": lambda n: outcomes_by_group_panel(
        "f", _all_endings(n), endings(n, hide=[("E1", "WITHDRAWN"), ("E1", "UNSUCCESSFUL")]), SETTINGS
    ),
    "several_shares": lambda n: steps_panel(
        "f",
        [made(key, (), [row_of_share((), (), met_of(n), n)]) for key in ("prevention_rate", "prevented_of_referred")],
        SETTINGS,
    ),
    "outcome_funnel": funnel,
    "compliance": kept,
    "length_bands": lengths,
    "unusual": lambda n: unusual_panel("f", steady(n), (), SETTINGS, unfinished=()),
    "before_after": lambda n: before_after(
        Stretch("Before: Apr 2017 to Dec 2017", 9, n // 3), Stretch("After: Jan 2018 to Oct 2018", 10, n), HERE
    ),
    "burn_up": lambda n: burn_up(LABELS[:12], so_far(n)[:5], max(n, 1), HERE),
    "band_line": lambda n: band_line(
        band_months(n), HERE, name="Live cases for each full-time mentor, with 95% limits", band=(10, 12),
        band_name="Reported norm, 10 to 12",
    ),
    "causes_over_time": lambda n: causes_panel(
        kpi("SM1b"), causes(n), Decimal("0.1"), Selection("send"), SETTINGS, HERE, AsAt()
    ),
    "certificate_parts": lambda n: certificate_parts(
        [Parts(key, key, base // 20, base // 3, base) for key, base in zip(YEARS, parts(n, 6), strict=True)], HERE
    ) if n else None,
    "kpi_trend": lambda n: kpi_trend(kpi_points(n), HERE, share=True, target=0.85, references=(0.6, 0.7))
    if n > 1
    else None,
    "kpi_trend_counts": lambda n: kpi_trend(
        [Point(label, float(many), number(many)) for (_, label), many in zip(QUARTERS, parts(n, 5), strict=True)],
        HERE, share=False, target=3.0,
    ),
    "rate_rows": lambda n: rate_rows(rates(n), HERE) if with_a_rate(rates(n)) else None,
    "share_rows": lambda n: _where_drawn(
        n, lambda rows: share_rows(rows, HERE, average=ShareRow("", "All", met_of(n), n), apart=["E1"])
    ),
    "share_rows_named_bases": lambda n: _where_drawn(n, lambda rows: share_rows(rows, HERE, named_bases=True)),
    "share_rows_reference": lambda n: _where_drawn(
        n, lambda rows: with_reference(share_rows(rows, HERE, limits=False), 0.66, "66% elsewhere")
    ),
    "shares_beside": lambda n: _where_drawn(n, lambda _: shares_beside(share_series(n), HERE)),
    "shares_beside_closer": lambda n: _where_drawn(n, lambda _: closer(shares_beside(share_series(n), HERE))),
    "share_lines": lambda n: share_lines([label for _, label in QUARTERS], lines(n), HERE),
    "stacked_counts": lambda n: stacked_counts(
        {
            name: dict(zip(AGE_PARTS, parts(many, 4), strict=True))
            for name, many in zip(STACKED, parts(n, 3), strict=True)
        },
        AGE_PARTS, HERE,
    ),
    "to_date": lambda n: to_date(
        LABELS, so_far(n)[:9], [0.3 * n * (place + 1) / 18 for place in range(18)], HERE, name="Preventions",
        partly_from=7,
    ),
    "year_lines": lambda n: year_lines(YEARS, year_values(n), HERE),
    "pack_columns": lambda n: pack_chart(pack_of(PackForm.COLUMNS, n), HERE),
    "pack_bars": lambda n: pack_chart(pack_of(PackForm.BARS, n), HERE),
    "pack_bars_counts": lambda n: pack_chart(pack_of(PackForm.BARS, n, share=False), HERE),
    "pack_shares": lambda n: pack_chart(pack_of(PackForm.SHARES, n), HERE),
    "pack_fan": lambda n: pack_fan(fan_of(n), HERE),
    "pack_curves": lambda n: pack_curves(curves_of(n), HERE),
    "pack_shares_hidden": lambda n: pack_chart(pack_of(PackForm.SHARES, n, hide=(0, 3)), HERE),
}  # fmt: skip
"""Each form by its name: what it draws of so many cases."""


def _where_drawn(n: int, draw: Callable[[list[ShareRow]], go.Figure]) -> go.Figure | None:
    """As the panels do it: no chart where no row has enough for a mark."""
    return draw(rows_of(n)) if drawn(rows_of(n)) else None


def _closer(panel: Panel) -> Panel:
    return replace(panel, figure=closer(panel.figure)) if panel.figure else panel


def _all_endings(n: int) -> Released:
    rows = [
        row_of_share((key,), (name,), many, n) for (key, name), many in zip(ENDINGS, parts(n, 3), strict=True)
    ]
    return made("outcomes", ("outcome",), rows)


def figure_of(made: Panel | go.Figure | None) -> go.Figure | None:
    """The chart of a form; None where its panel says in words that there is nothing to draw."""
    return made.figure if isinstance(made, Panel) else made
