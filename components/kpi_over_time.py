"""A KPI over the quarters as a chart: its value with limits, its target where it has one, and what it may be compared with."""

from collections.abc import Mapping, Sequence

from components.charts.kpi_trend import Point, kpi_trend
from components.event_marks import with_events
from components.panel import Basis, Panel
from domain.access import Audience
from domain.base_words import as_at_words
from domain.events import events_shown
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, number, percent_of
from domain.issued import together
from domain.kpi_words import (
    adjusted_words,
    interval_words,
    is_a_share,
    reference_words,
    says_late,
    value_words,
)
from domain.kpis import Kpi, KpiStatus
from domain.periods import Period
from domain.selection import Selection
from domain.settings import Settings
from domain.statistics import wilson_interval
from domain.status import Status
from domain.table import Table
from domain.tally import AsAt, Source
from domain.whose import for_whom

_FEWEST = 2
"""A single quarter is no trend."""


def over_time_panel(
    kpi: Kpi,
    by_quarter: Mapping[Period, Sequence[KpiStatus]],
    basis: Basis,
    source: Source,
    as_at: AsAt,
    settings: Settings,
    audience: Audience = Audience.US,
) -> Panel | None:
    """The figure of all that somebody sees, quarter by quarter; None for a KPI of several figures, or with fewer than two quarters."""
    found = {
        quarter: next((s for s in statuses if s.kpi == kpi and not s.provider and not s.area), None)
        for quarter, statuses in by_quarter.items()
    }
    if not any(found.values()):
        # Of one provider alone, its own row is all there is.
        found = {q: next((s for s in found_in if s.kpi == kpi), None) for q, found_in in by_quarter.items()}
    known = {quarter: s for quarter, s in found.items() if s is not None and s.value is not None}
    if kpi.by or len(known) < _FEWEST:
        return None
    points = [_point(quarter.label, known.get(quarter)) for quarter in found]
    targets = [s.target for s in known.values() if s.target is not None and s.target_to_date is None]
    last = list(known.values())[-1]
    note = reference_words(last)
    panel = Panel(
        key="kpis_over_time",
        title=f"{kpi.name} over time: {value_words(last)} in {list(known)[-1].label}",
        figure=kpi_trend(
            points,
            source,
            share=is_a_share(kpi),
            target=float(targets[-1].value) if targets else None,
            references=kpi.reference,
        ),
        alt=f"{kpi.name} by quarter: {'; '.join(f'{p.label} {p.words}' for p in points)}.",
        table=Table(
            ("Quarter", "Figure", "95% interval", "Adjusted"),
            tuple(
                (q.label, value_words(s), interval_words(s), adjusted_words(s))
                if s and s.status is not Status.HIDDEN
                else (q.label, HIDDEN if s else NOTHING, "", "")
                for q, s in found.items()
            ),
        ),
        basis=Basis(
            base=", ".join(
                filter(
                    None,
                    (_drawn(kpi, [s for s in found.values() if s is not None]), as_at_words(as_at, audience)),
                )
            ),
            selection=basis.selection,
            about=f"Source: {kpi.source}.",
            audience=f"{for_whom(audience, settings, kpi.service)}.",
            example=basis.example,
            service=kpi.service,
            issued=together([s.issue for s in found.values() if s is not None]),
        ),
        notes=(
            *(("The chart shows the share that was in time.",) if says_late(kpi) else ()),
            *((f"To compare with: {note}",) if note else ()),
            *(
                ("The thin lines are 95% limits: where chance alone could have put the share.",)
                if is_a_share(kpi)
                else ()
            ),
            *(("No target is set, so no colour is given.",) if last.target is None else ()),
        ),
    )
    return with_events(
        panel, events_shown(settings, Selection(kpi.service)), "quarter", [q.key for q in found]
    )


def _drawn(kpi: Kpi, statuses: Sequence[KpiStatus]) -> str:
    """How many cases stand behind a share in all quarters drawn; each other figure says its own in the table."""
    # Of quarters of which one is hidden the sum would be of no time that anybody asked for.
    if any(s.status is Status.HIDDEN for s in statuses):
        return "Hidden quarters are gaps"
    return f"n = {number(sum(s.base or 0 for s in statuses))}" if is_a_share(kpi) else ""


def _point(label: str, status: KpiStatus | None) -> Point:
    if status is None or status.value is None:
        return Point(label, None, NOTHING)
    if not is_a_share(status.kpi) or status.met is None or not status.base:
        return Point(label, status.value, number(status.value, 1).removesuffix(".0"))
    low, high = wilson_interval(status.met, status.base)
    return Point(label, status.value, percent_of(status.met, status.base), low, high)
