"""KPI status, read: the figure of each KPI for each provider, area or the whole programme, and the verdict on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from data_access.coverage import Coverage, coverage_in
from data_access.questions import Question
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tallies import tallies_in
from domain.access import Audience, Viewer
from domain.disclosure import Figure, Released, release
from domain.kpis import Kpi, KpiStatus, is_clear, judged, kpis, rolling_year, target_for
from domain.measures import Count, Share, Stock, measure
from domain.periods import Period
from domain.selection import Selection
from domain.settings import UNKNOWN_AREA, Settings, Target
from domain.status import Status, Verdict
from domain.tally import Source, totals_do_not_give
from domain.whose import areas_seen, providers_seen, whose


def read_kpis(
    store: Store,
    period: Period,
    viewer: Viewer,
    audience: Audience,
    *,
    by: Sequence[str] = (),
    rolling: bool = False,
    service: str,
    as_of: int | None = None,
) -> tuple[KpiStatus, ...]:
    """The status of every KPI of a service over a period.

    Parameters
    ----------
    service : its key.
    by : any of 'provider' and 'area'; empty for the whole programme.
    rolling : judge the twelve months that end with the period instead of the period.

    Returns
    -------
    tuple of KpiStatus
        By KPI, then provider, then area. A KPI of the whole programme has no rows by provider or area, and none where only a
        part of it can be seen: for a viewer who may see no more, and in a file that is looked at. What somebody sees of a part only
        says of which, never 'whole programme'; one provider is judged by its own target.
    """
    over = rolling_year(period) if rolling else period
    # A file that is looked at is one provider's: no more than a part of the programme.
    limited = not viewer.whole(service) or store.source is Source.IN_HAND
    part = bool(by) or limited
    asked = [k for k in kpis() if k.service == service and not (part and k.programme_only)]
    # One moment for all three: a return withdrawn between two of them would be counted on and said to be missing.
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=as_of)
        coverage = coverage_in(connection, viewer, settings, service, as_of=as_of)
        questions = [_question(k, over, tuple(by), settings, service, as_of) for k in asked]
        answers = [release(tally, audience) for tally in tallies_in(connection, store, questions, viewer)]
    return tuple(
        status
        for declared, released in zip(asked, answers, strict=True)
        for status in _statuses(declared, released, tuple(by), period, rolling, settings, coverage, viewer)
    )


def _question(
    kpi: Kpi, over: Period, by: tuple[str, ...], settings: Settings, service: str, as_of: int | None
) -> Question:
    target = target_for(settings.targets, kpi, "", over.end)
    selection = Selection(service=service)
    if isinstance(measure(kpi.measure, kpi.service), Stock):
        return Question(kpi.measure, by, selection, at=over.last_month, as_of=as_of)
    return Question(kpi.measure, by, selection.during(counted_over(target, over)), as_of=as_of)


def counted_over(target: Target | None, over: Period) -> Period:
    """The months a figure counts: a target spread over a programme counts from the programme's start, and never beyond its end."""
    if target is None or target.profile is None:
        return over
    return Period(target.profile.start, min(over.end, target.profile.end))


def _groups(
    by: tuple[str, ...], released: Released, settings: Settings, service: str, viewer: Viewer
) -> Iterable[tuple[str, ...]]:
    seen = {figure.keys for figure in released.figures}
    choices: list[list[str]] = []
    for place, key in enumerate(by):
        if key == "provider":
            named = [c.provider for c in settings.contracts if c.service == service]
        else:
            seen_areas = viewer.areas_of(service)
            named = [a.key for a in settings.areas_of(service) if seen_areas is None or a.key in seen_areas]
            named += [UNKNOWN_AREA] if any(keys[place] == UNKNOWN_AREA for keys in seen) else []
        choices.append(list(dict.fromkeys(named)))
    groups = product(*choices)
    return groups if len(by) < 2 else (keys for keys in groups if keys in seen)


def _part_seen(kpi: Kpi, by: tuple[str, ...], settings: Settings) -> tuple[str, str]:
    """The provider whose figures are all that somebody sees, and what they see in words; blank where that is the whole programme.

    What the council itself answers for stands in no provider's row. An area that is named stands beside, so areas are not said again.
    """
    seen = providers_seen(settings, kpi.service)
    whole_areas = not areas_seen(settings, kpi.service)
    alone = seen[0] if len(seen) == 1 and whole_areas and kpi.accountable != "council" else ""
    if "area" not in by:
        return alone, whose(settings, kpi.service)
    return alone, ", ".join(settings.provider_label(key) for key in seen)


def _statuses(
    kpi: Kpi,
    released: Released,
    by: tuple[str, ...],
    period: Period,
    rolling: bool,
    settings: Settings,
    coverage: Coverage,
    viewer: Viewer,
) -> Iterable[KpiStatus]:
    alone, together = _part_seen(kpi, by, settings)
    for keys in _groups(by, released, settings, kpi.service, viewer):
        named = dict(zip(by, keys, strict=True))
        provider, area = named.get("provider", ""), named.get("area", "")
        figure = released.figure(*keys)
        target = target_for(settings.targets, kpi, provider or alone, period.end)
        counted = counted_over(target, rolling_year(period) if rolling else period)
        if provider and not coverage.concerns(provider, counted):
            continue  # nothing is wanted of it in this period, so nothing is outstanding either
        returned = coverage.has(provider, counted)
        lacking = [
            name for name in released.not_given if not provider or name == settings.provider_label(provider)
        ]
        verdict, to_date = verdict_on(
            kpi, figure, target, period, counted, returned=returned, not_given=lacking
        )
        # Twelve months with a gap are still shown, without a status; a period that nobody reported has nothing to show.
        shown = figure if returned or rolling else None
        yield KpiStatus(
            kpi=kpi,
            provider=provider or alone,
            area=area,
            provider_label=settings.provider_label(provider) if provider else together,
            area_label=settings.area_label(area) if area else "",
            period=rolling_year(period) if rolling else period,
            rolling=rolling,
            met=shown.met if shown else None,
            base=shown.base if shown else None,
            value=(float(shown.met) if isinstance(measure(kpi.measure, kpi.service), Count) else shown.value)
            if shown
            else None,
            target=target,
            target_to_date=to_date,
            status=verdict.status,
            why=verdict.why,
            few=verdict.few,
            clear_of_target=is_clear(kpi, shown, target),
            unrecorded=_unrecorded(kpi, shown),
        )


def verdict_on(
    kpi: Kpi,
    figure: Figure | None,
    target: Target | None,
    period: Period,
    counted: Period,
    *,
    returned: bool,
    not_given: Sequence[str] = (),
) -> tuple[Verdict, float | None]:
    """The verdict on a figure that counts some months, which are not always those of the period it is judged for.

    Nothing is said of a figure in which the totals of a provider are missing (`not_given`, by its label): it may be any number.
    """
    verdict, to_date = judged(kpi, figure, target, period, returned=returned)
    if returned and not_given:
        return Verdict(Status.NOT_GIVEN, totals_do_not_give(not_given)), to_date
    if not returned and counted != period:
        verdict = replace(verdict, why=f"Not every return for {counted.label} has arrived.")
    return verdict, to_date


def _unrecorded(kpi: Kpi, figure: Figure | None) -> int:
    """Cases of which a share asks something that nobody wrote down; they are outside its base."""
    declared = measure(kpi.measure, kpi.service)
    asks = isinstance(declared, Share) and declared.asks
    return figure.missing + figure.unsure if figure and asks else 0
