"""The panels of the KPI page: one KPI by provider and quarter, the council's own, and every KPI by area over twelve months."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from components.frame import show_table
from components.kpi_cards import status_grid
from components.kpi_cells import Draw, Row, cells_of
from components.panel import Basis, Panel
from domain.access import Audience
from domain.base_words import as_at_words
from domain.example_words import example_statuses
from domain.formats import sentence_case
from domain.issued import together
from domain.kpi_words import councils_own, counted_by, one_each, says_late
from domain.kpis import Kpi, KpiStatus, kpis_of
from domain.measures import Average, Count, Rate
from domain.periods import Period
from domain.selection import Selection
from domain.settings import Settings
from domain.status_words import not_reported_words, statuses_in_words
from domain.table import Table
from domain.tally import AsAt, Source
from domain.whose import everybody, everywhere, for_whom, whose

WHOLE: Final = "Whole programme"
_LATE: Final = "how many were late"
_SHARE: Final = "X of Y, the cases that met it out of those that count"
_WHOLE: Final = Settings()
"""Settings read for who sees everything."""


def quarter_panel(
    kpi: Kpi,
    by_quarter: Mapping[Period, Sequence[KpiStatus]],
    selection: Selection,
    source: Source,
    as_at: AsAt,
    incomplete: Collection[Period] = (),
    *,
    settings: Settings = _WHOLE,
    audience: Audience = Audience.US,
    link: Mapping[str, Sequence[str]] | None = None,
) -> Panel:
    """One KPI, a row a provider and one for the whole programme, a column a quarter; `incomplete` ones are marked.

    A KPI with several figures has a row for each, of all providers together and of those chosen. `link` is what an address keeps of what
    is chosen; without it the cells lead nowhere.
    """
    of_kpi = {
        quarter: [s for s in statuses if s.kpi.id == kpi.id] for quarter, statuses in by_quarter.items()
    }
    names: dict[tuple[str, str], str] = {}
    for status in (s for statuses in of_kpi.values() for s in statuses):
        if status.provider in selection.providers or not (
            status.provider and (selection.providers or kpi.by)
        ):
            names.setdefault((status.provider, status.category), _row_name(status))
    rows = [
        (
            label,
            [
                next((s for s in statuses if (s.provider, s.category) == key), None)
                for statuses in of_kpi.values()
            ],
        )
        for key, label in names.items()
    ]
    columns = quarter_names(of_kpi, incomplete)
    cells = [s for _, statuses in rows for s in statuses if s is not None]
    # The whole programme is made of the providers below it: its cells would be counted twice.
    judged = one_each([s for s in cells if s.provider] or cells)
    rows_shown = everybody(settings, kpi.service, "the providers chosen")
    notes = ["A quarter whose return is outstanding has no status; one that is not over is not shown."]
    if says_late(kpi):
        notes.append("A legal time limit: there is no amber, and every case late counts.")
    if audience.provider and not kpi.by:
        notes.append("Other providers stand in the whole programme, and in no row of their own.")
    if kpi.programme_only:
        notes.append(
            "This KPI is judged for the whole programme only, from its start to the end of each quarter."
        )
    return Panel(
        key="kpis_quarters",
        title=f"{kpi.name} by {'provider and ' if any(s.provider for s in judged) else ''}quarter: "
        f"{statuses_in_words(judged)}",
        table=status_grid(rows, columns, first="Provider", marked=False),
        grid=status_grid(rows, columns, first="Provider", marked=True),
        basis=_basis(
            kpi, source, as_at, f"{rows_shown}, {everywhere(settings, kpi.service)} together",
            service=selection.service, settings=settings, audience=audience, of=cells,
        ),
        notes=tuple(notes),
        cells=None if link is None else cells_of("quarters", rows, columns, link),
    )  # fmt: skip


def _row_name(status: KpiStatus) -> str:
    """Whose figure a row shows, or of which answer."""
    whose_row = status.provider_label or ("" if status.category_label else WHOLE)
    return ", ".join(part for part in (whose_row, status.category_label) if part)


def quarter_names(quarters: Collection[Period], incomplete: Collection[Period]) -> list[str]:
    """The headers of quarters, with a mark on those whose returns are not all in."""
    return [f"{q.label}{' (not all returns in)' if q in incomplete else ''}" for q in quarters]


def council_panel(
    by_quarter: Mapping[Period, Sequence[KpiStatus]],
    source: Source,
    as_at: AsAt,
    incomplete: Collection[Period] = (),
    *,
    settings: Settings = _WHOLE,
    audience: Audience = Audience.US,
    link: Mapping[str, Sequence[str]] | None = None,
) -> Panel | None:
    """What the council itself answers for, a row a KPI and a column a quarter; none where there is no such KPI."""
    own = {
        quarter: {s.kpi: s for s in statuses if councils_own(s.kpi) and not s.provider}
        for quarter, statuses in by_quarter.items()
    }
    kpis = list(dict.fromkeys(kpi for statuses in own.values() for kpi in statuses))
    if not kpis:
        return None
    rows = [(kpi.name, [statuses.get(kpi) for statuses in own.values()]) for kpi in kpis]
    columns = quarter_names(own, incomplete)
    judged = [s for _, statuses in rows for s in statuses if s is not None]
    # Two duties may rest on one document, which is named once.
    sources = dict.fromkeys(part for kpi in kpis for part in kpi.source.split("; "))
    return Panel(
        key="kpis_council",
        title=f"Our own duties as the council, by quarter: {statuses_in_words(judged)}",
        table=status_grid(rows, columns, first="Duty", marked=False),
        grid=status_grid(rows, columns, first="Duty", marked=True),
        basis=_basis(
            None, source, as_at, whose(settings, kpis[0].service) or "all providers and areas together",
            "; ".join(sources), service=kpis[0].service, settings=settings, audience=audience, of=judged,
        ),
        notes=(
            "No provider answers for these, so they stand in no provider's row. What only the council knows comes in its "
            "supplement.",
        ),
        cells=None if link is None else cells_of("council", rows, columns, link),
    )  # fmt: skip


def area_panel(
    statuses: Sequence[KpiStatus],
    selection: Selection,
    source: Source,
    as_at: AsAt,
    until: str,
    not_reported: Sequence[int] = (),
    not_wanted: Collection[int] = (),
    *,
    settings: Settings = _WHOLE,
    audience: Audience = Audience.US,
    link: Mapping[str, Sequence[str]] | None = None,
    linked: Kpi | None = None,
) -> Panel:
    """Every KPI by area over twelve months, of which some may not be reported: a row an area, a column a KPI.

    KPIs with several figures have no column. With a `link` the areas of the KPI `linked` lead on.
    """
    kept = [
        s
        for s in statuses
        if not councils_own(s.kpi) and not s.kpi.by and (not selection.areas or s.area in selection.areas)
    ]
    kpis = list(dict.fromkeys(s.kpi for s in kept))
    areas = dict.fromkeys((s.area, s.area_label) for s in kept)
    rows = [
        (label, [next((s for s in kept if s.area == key and s.kpi == kpi), None) for kpi in kpis])
        for key, label in areas
    ]
    columns = [kpi.name for kpi in kpis]
    judged = [s for s in kept if s.target is not None]
    providers = everybody(settings, selection.service, "all providers together")
    message = statuses_in_words(judged) if judged else "no target is set"
    return Panel(
        key="kpis_areas",
        title=f"By area, 12 months to {until}{' (not complete)' if not_reported else ''}, "
        f"where there is a target: {message}",
        table=status_grid(rows, columns, first="Area", marked=False),
        grid=status_grid(rows, columns, first="Area", marked=True),
        screen_grid=_judged_alone(rows, kpis) if len(judged) < len(kept) else None,
        basis=_basis(
            None,
            source,
            as_at,
            f"the areas chosen, {providers}",
            service=selection.service,
            settings=settings,
            audience=audience,
            of=statuses,
        ),
        notes=(
            *filter(None, [not_reported_words(not_reported, not_wanted)]),
            "Twelve months, because a quarter in one area is mostly too few cases to say. KPIs without a target stand in the table.",
        ),
        cells=None if link is None or not kept else _area_cells(rows, kpis, link, linked),
    )


def _area_cells(
    rows: Sequence[Row], kpis: Sequence[Kpi], link: Mapping[str, Sequence[str]], linked: Kpi | None
) -> Draw:
    """The KPIs with a target as a table, and below it a cell for each area of the KPI that is looked at; all KPIs are in the full table."""
    judged = _judged_alone(rows, kpis)
    place = kpis.index(linked) if linked in kpis else None
    row = [] if place is None or linked is None else [(linked.name, [cells[place] for _, cells in rows])]
    links = cells_of("areas", row, [label for label, _ in rows], link)

    def draw() -> None:
        if judged is not None:
            show_table(judged, "KPIs with a target by area", marked=True)
        links()

    return draw


def _judged_alone(
    rows: Sequence[tuple[str, Sequence[KpiStatus | None]]], kpis: Sequence[Kpi]
) -> Table | None:
    """The same grid with the KPIs alone that have a target somewhere; None where none has."""
    judged = {s.kpi for _, cells in rows for s in cells if s is not None and s.target is not None}
    places = [place for place, kpi in enumerate(kpis) if kpi in judged]
    fewer = [(label, [cells[place] for place in places]) for label, cells in rows]
    names = [kpis[place].name for place in places]
    return status_grid(fewer, names, first="Area", marked=True) if places else None


def _in_a_cell(kpi: Kpi) -> str:
    """What stands in each cell of a KPI, by its kind."""
    declared = counted_by(kpi)
    if says_late(kpi):
        return f"{_LATE}, of all whose day has come"
    if isinstance(declared, Average):
        of = declared.spread.unit
        return f"the {declared.statistic} in {declared.unit}, and in brackets the {of} of which it is known"
    if isinstance(declared, Rate):
        return f"{declared.over.unit} for each {declared.per}, and in brackets the {declared.over.unit}"
    if kpi.contract_year:
        return "cases used since the contract year began, of those that the contract includes"
    return f"how many {declared.unit}" if isinstance(declared, Count) else _SHARE


def _basis(
    kpi: Kpi | None,
    source: Source,
    as_at: AsAt,
    shown: str,
    sources: str = "",
    *,
    service: str,
    settings: Settings,
    audience: Audience,
    of: Sequence[KpiStatus],
) -> Basis:
    reach = sentence_case(as_at_words(as_at, audience))
    example = {
        Source.EXAMPLES: example_statuses(service),
        Source.IN_HAND: "Your file, not saved.",
        Source.SHARED: "",
    }[source]
    about = f"Source: {sources}." if sources else ""
    cell = _SHARE
    if kpi:
        declared = counted_by(kpi)
        about = f"{declared.definition} Counted {declared.dated_by}. Source: {kpi.source}."
        cell = _in_a_cell(kpi)
    else:
        own = kpis_of(service)
        cell += f"; of a legal time limit, {_LATE}" if any(says_late(one) for one in own) else ""
        others = any(isinstance(counted_by(one), Average | Rate) for one in own)
        cell += "; of days and rates, the figure with the number it rests on in brackets" if others else ""
    return Basis(
        base=f"In each cell: {cell}" + (f". {reach}" if reach else ""),
        selection=f"Shown: {shown}; targets and periods are those of the contract.",
        about=about,
        audience=f"{for_whom(audience, settings, service)}.",
        example=example,
        service=service,
        issued=together([one.issue for one in of]),
    )
