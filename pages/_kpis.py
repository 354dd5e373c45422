"""What the KPI page reads beside the statuses: its quarters, and the cases late by provider and cause. Not a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from components.kpi_cells import link_to_status
from data_access.exception_effects import causes_in
from domain.exceptions_kept import Causes
from domain.kpi_words import councils_own
from domain.kpis import Kpi, KpiStatus, kpis_of
from domain.measures import Share, measure
from domain.periods import Period, month_end, month_start, months_between, quarter_of
from pages._desk import Desk

QUARTERS_SHOWN = 6


def quarters_of(desk: Desk) -> list[Period]:
    """The last quarters that have ended; the last month where none has."""
    first, last = desk.selection.first or desk.coverage.first_month or 0, desk.last_month or 0
    latest = Period(month_start(last), month_end(last))
    ended = sorted(
        {quarter for each in months_between(first, last) if (quarter := quarter_of(each)).end <= latest.end}
    )
    return ended[-QUARTERS_SHOWN:] or [latest]


def by_quarters(desk: Desk, periods: Sequence[Period], kpi: Kpi) -> dict[Period, tuple[KpiStatus, ...]]:
    """The statuses of one KPI in some quarters, of all together and by provider; and of what the council answers for."""
    own = [one.id for one in kpis_of(desk.service.key) if councils_own(one)]
    return {
        quarter: (
            *desk.kpis(quarter, only=(kpi.id, *own)),
            *desk.kpis(quarter, "provider", only=(kpi.id,)),
        )
        for quarter in periods
    }


def by_areas(desk: Desk) -> tuple[KpiStatus, ...]:
    """The statuses of each KPI with one figure by area, over the twelve months judged; none for others: areas stand undivided."""
    if desk.audience.gated:
        return ()
    wanted = [one.id for one in kpis_of(desk.service.key) if not one.by and not councils_own(one)]
    return desk.kpis(desk.judged, "area", rolling=True, only=wanted) if wanted else ()


def late_by_provider(desk: Desk, kpi: Kpi) -> tuple[Causes, ...]:
    """The cases due and late of a KPI that the law sets, by provider, over the twelve months judged; none for any other KPI.

    Causes are counted case by case, so they are for the commissioning team alone.
    """
    if desk.audience.gated or not _legal(kpi):
        return ()
    return causes_in(desk.store, desk.viewer, kpi, desk.judged, by=("provider",), rolling=True)


def caused_by_council(desk: Desk) -> list[tuple[Kpi, Causes]]:
    """The same for each legal time limit with exceptions, of all together: what was late because of the council is among it."""
    asked = (
        [] if desk.audience.gated else [k for k in kpis_of(desk.service.key) if _legal(k) and k.exceptions]
    )
    found = ((one, causes_in(desk.store, desk.viewer, one, desk.judged, rolling=True)) for one in asked)
    return [(one, causes[0]) for one, causes in found if causes]


def way_to_cases(
    statuses: Sequence[KpiStatus], kpi: Kpi, link: Mapping[str, Sequence[str]]
) -> Callable[[], None] | None:
    """What draws the link to the status over twelve months, where its cases are; None where it has none."""
    status = next((one for one in statuses if one.kpi == kpi), None)
    return None if status is None else partial(link_to_status, status, "See every case behind it", link)


def _legal(kpi: Kpi) -> bool:
    """Whether the law sets a day for each case."""
    declared = measure(kpi.measure, kpi.service)
    return kpi.basis == "statute" and isinstance(declared, Share) and declared.by_deadline
