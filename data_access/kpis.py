"""KPI status, read: the figure of each KPI for each provider, area or the whole programme, and the verdict on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import product

from data_access.contract_years import contract_year_statuses
from data_access.coverage import coverage_in
from data_access.judging import Judging, why_hidden
from data_access.questions import Question
from data_access.released import release_in
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tallies import tallies_in
from domain.access import Audience, Viewer
from domain.disclosure import Figure, Released
from domain.issued import together
from domain.kpis import Adjusted, Kpi, KpiStatus, judged, kpis_of, rolling_year, target_for
from domain.measures import GivenShare, GivenSplit, Measure, Rate, about_posts, measure
from domain.periods import Period
from domain.selection import Selection
from domain.settings import ADJUSTED, UNKNOWN_AREA, Settings, Target
from domain.status import Status, Verdict
from domain.tally import Source, totals_do_not_give


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
    only: Collection[str] = (),
) -> tuple[KpiStatus, ...]:
    """The status of every KPI of a service over a period.

    Parameters
    ----------
    service : its key.
    by : any of 'provider' and 'area'; empty for the whole programme.
    rolling : judge the twelve months that end with the period instead of the period.
    only : ids of the KPIs that are wanted; empty for all.

    Returns
    -------
    tuple of KpiStatus
        By KPI, then provider, then area. A KPI of the whole programme has no rows by provider or area, and none where only a
        part of it can be seen: for a viewer who may see no more, and in a file that is looked at. What somebody sees of a part only
        says of which, never 'whole programme'; one provider is judged by its own target. With one provider in the room only its own
        row stands by provider.
    """
    over = rolling_year(period) if rolling else period
    # A file that is looked at is one provider's: no more than a part of the programme.
    limited = not viewer.whole(service) or store.source is Source.IN_HAND
    part = bool(by) or limited
    by_area = "area" in by or viewer.knows_areas_only(service)
    asked = [
        k
        for k in kpis_of(service)
        if not only or k.id in only
        # What the council itself answers for stands in no provider's row.
        if not (part and k.programme_only)
        and not ("provider" in by and k.accountable == "council")
        # A post is of a provider and of no area.
        and not (by_area and about_posts(measure(k.measure, service)))
    ]
    counted = [k for k in asked if not k.contract_year]
    # One moment for all of it: a return withdrawn between two of them would be counted on and said to be missing.
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=as_of)
        coverage = coverage_in(connection, viewer, settings, service, as_of=as_of)
        judging = Judging(settings, coverage, viewer, period, over, tuple(by), rolling=rolling)
        # Of the others the one provider in the room sees no row, and its own are its own: so they alone are asked for.
        room = audience.provider if "provider" in by else ""
        plain = [_of(room, question_of(k, over, tuple(by), settings, service, as_of)) for k in counted]
        without = [
            replace(question, adjusted_for=k.id)
            for k, question in zip(counted, plain, strict=True)
            if k.exceptions
        ]
        tallies = tallies_in(connection, store, [*plain, *without], viewer)
        released = release_in(connection, store, [*plain, *without], tallies, viewer, audience)
        used = [
            status
            for k in asked
            if k.contract_year
            for status in contract_year_statuses(connection, store, k, judging, viewer, audience, as_of)
        ]
    adjusted = dict(zip((q.adjusted_for for q in without), released[len(plain) :], strict=True))
    found = [
        replace(status, issue=issue)
        for declared, answer in zip(counted, released, strict=False)
        for beside in [adjusted.get(declared.id)]
        for issue in [together([one.issue for one in (answer, beside) if one])]
        for status in _statuses(declared, answer, beside, judging)
    ]
    place = {k.id: number for number, k in enumerate(asked)}
    seen = [status for status in (*found, *used) if not room or status.provider == room]
    return tuple(sorted(seen, key=lambda status: place[status.kpi.id]))


def question_of(
    kpi: Kpi, over: Period, by: tuple[str, ...], settings: Settings, service: str, as_of: int | None
) -> Question:
    """What is asked of the cases for a KPI over some months; one that is spread over a programme counts from the programme's start."""
    target = target_for(settings.targets, kpi, "", over.end)
    selection = Selection(service=service)
    groups = (*by, kpi.by) if kpi.by else by
    if measure(kpi.measure, kpi.service).at_a_date:
        return Question(kpi.measure, groups, selection, at=over.last_month, as_of=as_of)
    return Question(kpi.measure, groups, selection.during(counted_over(target, over)), as_of=as_of)


def _of(provider: str, question: Question) -> Question:
    """The same question about one provider's cases; as it is where none is named."""
    if not provider:
        return question
    return replace(question, selection=replace(question.selection, providers=(provider,)))


def counted_over(target: Target | None, over: Period) -> Period:
    """The months a figure counts: a target spread over a programme counts from the programme's start, and never beyond its end."""
    if target is None or target.profile is None:
        return over
    return Period(target.profile.start, min(over.end, target.profile.end))


def _groups(
    by: tuple[str, ...], released: Released, settings: Settings, service: str, viewer: Viewer
) -> Iterable[tuple[str, ...]]:
    seen = {figure.keys[: len(by)] for figure in released.in_order}
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


def _categories(kpi: Kpi, released: Released, place: int) -> list[tuple[str, ...]]:
    """The answers that a KPI gives a figure for, in their order; one of none where it gives one figure, or none at all yet."""
    if not kpi.by:
        return [()]
    return list(dict.fromkeys(f.keys[place:] for f in released.in_order if f.keys[place])) or [()]


def _statuses(
    kpi: Kpi, released: Released, adjusted: Released | None, judging: Judging
) -> Iterable[KpiStatus]:
    by, settings, coverage = judging.by, judging.settings, judging.coverage
    alone, _ = judging.part_seen(kpi)
    declared = measure(kpi.measure, kpi.service)
    for keys in _groups(by, released, settings, kpi.service, judging.viewer):
        named = dict(zip(by, keys, strict=True))
        provider = named.get("provider", "")
        target = target_for(settings.targets, kpi, provider or alone, judging.period.end)
        counted = counted_over(target, judging.over)
        if provider and not coverage.concerns(provider, counted):
            continue  # nothing is wanted of it in this period, so nothing is outstanding either
        # What only an aggregate return gives waits for that, and not for the cases of the providers.
        returned = declared.in_totals_only or coverage.has(provider, counted)
        for category in _categories(kpi, released, len(by)):
            # Without the adjusted figure the raw one still stands, and judges where the target is of it.
            beside_hidden = why_hidden((adjusted,), (*keys, *category))
            of_adjusted = target is not None and target.judged_on == ADJUSTED
            why = why_hidden((released,), (*keys, *category)) or (beside_hidden if of_adjusted else "")
            if why:
                hidden = Verdict(Status.HIDDEN, why)
                yield judging.status(
                    kpi, named, None, target, None, hidden, category=_named(released, category)
                )
                continue
            figure = released.figure(*keys, *category)
            verdict, to_date = verdict_on(
                kpi, figure, target, judging.period, counted, returned=returned,
                not_given=_lacking(released, provider, settings),
            )  # fmt: skip
            if isinstance(declared, GivenShare | GivenSplit):
                verdict = _as_given(declared, figure, counted, verdict, released.not_given)
            # Twelve months with a gap are still shown, without a status; a period that nobody reported has nothing to show.
            shown = figure if returned or judging.rolling else None
            if verdict.status is Status.NOT_GIVEN and _only_whole(declared):
                shown = None
            beside = None
            if adjusted is not None and not beside_hidden:
                other = adjusted.figure(*keys, *category)
                beside_verdict, _ = verdict_on(
                    kpi, other, target, judging.period, counted, returned=returned,
                    not_given=_lacking(adjusted, provider, settings),
                )  # fmt: skip
                beside = _adjusted(figure, other, beside_verdict, shown=shown is not None)
            yield judging.status(
                kpi,
                named,
                shown,
                target,
                to_date,
                verdict,
                category=_named(released, category),
                adjusted=beside,
            )


def _named(released: Released, category: tuple[str, ...]) -> tuple[str, str]:
    """The key and the words of an answer."""
    if not category:
        return "", ""
    labels = (figure.labels[-1] for figure in released.in_order if figure.keys[-1] == category[0])
    return category[0], next(labels, category[0])


def _only_whole(declared: Measure) -> bool:
    """Whether a figure of some providers says nothing of all of them, so that there is none where a part is not known."""
    return declared.in_totals_only or isinstance(declared, Rate)


def _as_given(
    declared: GivenShare | GivenSplit,
    figure: Figure | None,
    counted: Period,
    verdict: Verdict,
    lacking: Sequence[str],
) -> Verdict:
    """The verdict on what only an aggregate return gives: which return that would be, where it is not in."""
    if lacking:
        why = f"The totals of {' and '.join(lacking)} do not cover all of {counted.label}."
        return Verdict(Status.NOT_GIVEN, why)
    if figure is None:
        sent_by = declared.sent_by[0].upper() + declared.sent_by[1:]
        why = f"{sent_by} for {counted.label} would give this and is not in; cases of mediation never do."
        return Verdict(Status.NOT_GIVEN, why)
    return verdict


def _lacking(released: Released, provider: str, settings: Settings) -> list[str]:
    return [name for name in released.not_given if not provider or name == settings.provider_label(provider)]


def _adjusted(raw: Figure | None, figure: Figure | None, verdict: Verdict, *, shown: bool) -> Adjusted:
    before, after = raw.base if raw else 0, figure.base if figure else 0
    return Adjusted(
        met=(figure.met if figure else 0) if shown else None,
        base=after if shown else None,
        value=figure.value if shown and figure else None,
        status=verdict.status,
        why=verdict.why,
        left_out=before - after if shown else 0,
        few=verdict.few,
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
