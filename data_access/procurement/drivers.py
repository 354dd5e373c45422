"""Reading why demand comes: the reasons and referrals of each whole calendar year, as an audience may see them, beside official counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from data_access.coverage import Coverage, coverage_in
from data_access.footnotes import footnotes_of
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Audience, Viewer
from domain.base_words import as_at_words
from domain.benchmarks import ENGLAND, areas_of, labels, likely_area
from domain.benchmarks_send import mediation_areas
from domain.disclosure import Released
from domain.footnotes import Footnote
from domain.formats import listed
from domain.late_entry import MAX_DELAY, months_apart
from domain.measures import Split, measure
from domain.periods import Period, month_end, month_start, months_between
from domain.procurement.decisions import DriverKind, kinds_of, published_count
from domain.procurement.drivers import Asked, DriverFigures
from domain.procurement.scenario import Scenario
from domain.procurement.who_may import check_may_prepare
from domain.published import DOCUMENTS, PublishedFigure, published_figures
from domain.screens.marks import notes_of
from domain.selection import Selection
from domain.services import HOMELESSNESS, SEND, Service, service
from domain.settings import Settings
from domain.tally import Source

_YEAR: Final = "calendar_year"
_HIDDEN: Final = "hidden, so that nobody can be recognised in a small number"


def read_drivers(
    store: Store,
    viewer: Viewer,
    audience: Audience,
    selection: Selection,
    scenario: Scenario,
    *,
    as_of: int | None = None,
) -> DriverFigures:
    """What is known of why demand comes, at one moment: what came of each whole calendar year, and whose decisions it is set against.

    Parameters
    ----------
    selection : whose cases; its months are not used, because a rate is of a whole calendar year.

    Raises
    ------
    OutOfReach
        For who may not see the whole service and its prices.
    """
    asked = service(selection.service)
    check_may_prepare(viewer, asked.key)
    kinds = kinds_of(asked)
    found = DriverFigures(asked.key, gated=audience.gated)
    if not kinds:
        return found
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=as_of)
        coverage = coverage_in(connection, viewer, settings, asked.key, as_of=as_of)
    found = _with_areas(found, asked, selection, scenario, settings, coverage)
    found = replace(found, least=settings.small_number if audience.gated else 0)
    if scenario.published or store.source is Source.EXAMPLES:
        printed, areas = _printed(asked, kinds)
        found = replace(found, printed=printed, printed_areas=areas)
    if scenario.published:
        return _as_printed(found)

    def accepted(question: Question) -> tuple[Footnote, ...]:
        return footnotes_of(store, viewer, question, as_of=as_of)

    answers = read_released(store, _questions(asked, kinds, selection, as_of), viewer, audience, accepted)
    return _counted(found, answers, _whole_years(coverage, selection), scenario, coverage)


def _questions(
    asked: Service, kinds: Sequence[DriverKind], selection: Selection, as_of: int | None
) -> list[Question]:
    """Referrals by year, and where a referral may have several reasons these too."""
    chosen = selection.during(None)
    found = [Question("referrals", (_YEAR,), chosen, as_of=as_of)]
    if any(kind.by_reason for kind in kinds):
        found.append(Question("reasons", (_YEAR, _reason_field(asked)), chosen, as_of=as_of))
    return found


def _reason_field(asked: Service) -> str:
    declared = measure("reasons", asked.key)
    if not isinstance(declared, Split):
        raise TypeError(f"the reasons of {asked.key} are no split, so they have no answers")
    return declared.field


def _whole_years(coverage: Coverage, selection: Selection) -> tuple[int, ...]:
    """The calendar years of which every month is in, from everybody under contract or from those chosen."""
    if not coverage.first_month or not coverage.last_month:
        return ()

    def is_in(month: int) -> bool:
        period = Period(month_start(month), month_end(month))
        meant = [one for one in selection.providers if coverage.concerns(one, period)]
        if selection.providers:
            return bool(meant) and all(coverage.has(one, period) for one in meant)
        return coverage.has("", period)

    first, last = coverage.first_month // 100, coverage.last_month // 100
    return tuple(
        year
        for year in range(first, last + 1)
        if all(is_in(month) for month in months_between(100 * year + 1, 100 * year + 12))
    )


def _counted(
    found: DriverFigures,
    answers: Sequence[Released],
    whole: Sequence[int],
    scenario: Scenario,
    coverage: Coverage,
) -> DriverFigures:
    """The figures with what was counted in each whole year, and the year looked at: the one chosen, else the latest that is known."""
    withheld = next((one.withheld for one in answers if one.withheld), "")
    lacking = dict.fromkeys(name for one in answers for name in one.not_given)
    if lacking and not withheld:
        withheld = f"The totals of {listed(list(lacking))} do not give it"
    notes = tuple(dict.fromkeys((*notes_of(*answers), *found.notes)))
    if withheld:
        return replace(found, withheld=withheld, notes=notes)
    kinds = found.kinds
    years = tuple(_asked(year, kinds, answers) for year in whole)
    known = tuple(
        year for year in whole if all(published_count(k, found.areas, year).count is not None for k in kinds)
    )
    offered = known or tuple(whole)
    year = scenario.driver_year if scenario.driver_year in whole else (offered[-1] if offered else None)
    if scenario.driver_year is not None and scenario.driver_year != year:
        notes = (*notes, f"{scenario.driver_year} is not in whole, so that no rate of it is made.")
    if year is not None and months_apart(100 * year + 12, coverage.last_month or 0) < MAX_DELAY:
        notes = (*notes, f"Cases of {year} that are entered late may still be added.")
    base = [as_at_words(answers[0].as_at, answers[0].audience)]
    return replace(
        found,
        year=year,
        years=offered,
        asked=years,
        notes=notes,
        rests_on=", ".join(filter(None, base)),
        version=answers[0].version,
    )


def _asked(year: int, kinds: Sequence[DriverKind], answers: Sequence[Released]) -> Asked:
    """What came of one year: a number of which a part is hidden is not made of the rest."""
    referrals, *split = answers
    hidden = {one.keys for one in referrals.hidden}
    one = referrals.figure(str(year))
    total = None if (str(year),) in hidden else one.met if one else 0
    if not split:
        return Asked(year, total, (total,) * len(kinds), why=_HIDDEN if total is None else "")
    rows = [row for row in split[0].in_order if row.keys[0] == str(year) and row.keys[1]]
    counts = {row.keys[1]: None if row in split[0].hidden else getattr(row, "met", None) for row in rows}
    named = {code for kind in kinds for code in kind.reasons}
    by_kind = tuple(
        _sum([counts.get(code, 0) for code in kind.reasons])
        if kind.reasons
        else _sum([count for code, count in counts.items() if code not in named])
        for kind in kinds
    )
    missing = max((row.missing for row in split[0].figures if row.keys[0] == str(year)), default=0)
    return Asked(year, total, by_kind, missing, why=_HIDDEN if None in (total, *by_kind) else "")


def _sum(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(one or 0 for one in counts)


def _with_areas(
    found: DriverFigures,
    asked: Service,
    selection: Selection,
    scenario: Scenario,
    settings: Settings,
    coverage: Coverage,
) -> DriverFigures:
    """The figures with the areas whose published decisions the cases chosen are set against; none where they are not the same areas."""
    own = [one.key for one in settings.areas_of(asked.key)]
    if selection.providers and not set(coverage.providers) <= set(selection.providers):
        return replace(
            found, no_area="published counts are of all providers together, and some are chosen here"
        )
    if asked == HOMELESSNESS:
        held = areas_of("prevention_duty_owed")
        chosen = list(selection.areas) or own
        lacking = [settings.area_label(key) for key in chosen if key not in held]
        if lacking or not chosen:
            return replace(
                found, no_area=f"no published count is held of {listed(lacking, 3) or 'these areas'}"
            )
        named = "all areas" if not selection.areas else listed([labels()[key] for key in chosen], 3)
        return replace(found, areas=tuple(chosen), about=named)
    offered = mediation_areas()
    found = replace(found, offered=tuple(offered.items()))
    if selection.areas and not set(own) <= set(selection.areas):
        return replace(
            found, no_area="published counts are of the whole council, and some areas are chosen here"
        )
    likely = likely_area(offered, own)
    area = scenario.driver_area if scenario.driver_area in offered else likely
    if area != likely:
        whose = f"those of {offered[likely]}" if likely in offered else "those of no council that is held"
        said = f"The decisions of {offered[area]} were chosen; by its areas the cases are {whose}."
        found = replace(found, notes=(said,))
    if area == ENGLAND:
        return replace(found, no_area="no published count of this council's decisions is held")
    return replace(found, areas=(area,), about=offered[area])


def _as_printed(found: DriverFigures) -> DriverFigures:
    """The figures of a published document in place of those counted here."""
    if found.printed is None:
        return replace(found, withheld="No published document gives reasons by calendar year")
    one = found.printed
    areas = found.printed_areas
    return replace(
        found,
        year=one.year,
        years=(one.year,),
        asked=(one,),
        areas=areas,
        about=listed([labels()[area] for area in areas]),
        no_area="",
        rests_on=one.source,
    )


def _printed(asked: Service, kinds: Sequence[DriverKind]) -> tuple[Asked | None, tuple[str, ...]]:
    """What a source document prints of reasons and of how referrals ended in the same year, and whose it is."""
    if asked != SEND:
        return None, ()
    by_code = {label: code for code, label in labels().items()}
    for document in DOCUMENTS:
        if document.service != asked.key:
            continue
        figures = [one for one in published_figures(document.key) if one.count is not None and one.period]
        reasons = [one for one in figures if one.check.measure == "reasons"]
        years = {one.period.start.year for one in reasons if one.period}
        areas = {one.area for one in reasons}
        if len(years) != 1 or len(areas) != 1 or not areas <= set(by_code):
            continue
        (year,), (area,) = years, areas
        ended = [
            one
            for one in figures
            if one.check.measure == "outcomes" and one.period and one.period.start.year == year
        ]
        counts = tuple(sum(one.count or 0 for one in reasons if _about(one, kind, kinds)) for kind in kinds)
        where = f"{document.title}: {reasons[0].place}"
        total = sum(one.count or 0 for one in ended)
        return Asked(year, total, counts, source=where), (by_code[area],)
    return None, ()


def _about(figure: PublishedFigure, kind: DriverKind, kinds: Sequence[DriverKind]) -> bool:
    """Whether a printed reason belongs to a kind: to the one that names its codes, else to the one that takes all others."""
    named = {code for one in kinds for code in one.reasons}
    rows = set(figure.check.rows)
    return rows <= set(kind.reasons) if kind.reasons else not rows & named
