"""The panels of the KPI page: one KPI by provider and quarter, and every KPI by area over twelve months."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.basis import as_at_words
from components.example_words import example_statuses
from components.formats import counted, listed, month, number, sentence_case, unmarked
from components.frame import show_table
from components.kpi_cards import councils_own, counted_by, explained, says_late, status_grid
from components.panel import Basis, Panel, Table
from domain.access import Audience
from domain.kpis import Kpi, KpiStatus, kpis_of
from domain.periods import Period
from domain.selection import Selection
from domain.services import Service
from domain.settings import Settings
from domain.status import Status
from domain.tally import AsAt, Source
from domain.whose import everybody, everywhere, for_whom, whose

WHOLE: Final = "Whole programme"
_LATE: Final = "how many were late"
_WHOLE: Final = Settings()
"""Settings read for who sees everything."""


def statuses_message(statuses: Sequence[KpiStatus], until: str) -> str:
    """How many KPIs stand where: 'Whole programme, 12 months to Oct 2018: 5 KPIs, 2 green and 3 with no target'.

    The council's own duties are said apart.
    """
    theirs = [status for status in statuses if not councils_own(status.kpi)]
    own = [status for status in statuses if councils_own(status.kpi)]
    if not statuses:
        return "No KPI can be judged yet"
    said = f"{statuses[0].where}, 12 months to {until}: {counted(len(theirs), 'KPI')}, {statuses_in_words(theirs)}"
    return f"{said}; the council's own duties: {statuses_in_words(own)}" if own else said


def not_reported_words(months: Sequence[int], not_wanted: Collection[int] = ()) -> str:
    """Which of twelve months lack a return, so that no one takes it for whole; blank where none does.

    Nobody is behind with months of which no return was wanted, as those before the first contract: they are said apart.
    """
    late = [month(m) for m in months if m not in not_wanted]
    said = [f"Not all returns of these twelve months are in: {listed(late)}."] if late else []
    if not_wanted:
        said.append(
            f"In {number(len(not_wanted))} of these twelve months no return was due, so there are fewer to judge."
        )
    return " ".join(said)


def show_later(judged: int, last: int) -> None:
    """Say why the twelve months end before the last month shown, where they do."""
    if judged < last:
        st.markdown(
            f"The twelve months to {month(last)} are not all in yet, so those to {month(judged)} are judged."
        )


def show_not_reported(months: Sequence[int], not_wanted: Collection[int] = ()) -> None:
    """Say which months lack a return, above the statuses that rest on them."""
    if words := not_reported_words(months, not_wanted):
        st.warning(words, icon=":material/warning:")


def no_kpis(service: Service) -> None:
    """Say that nobody has declared a KPI for a service, and where its figures stand."""
    st.info(
        unmarked(
            f"No KPI is declared for {service.label}: its documents set no targets. Outcomes has its figures."
        )
    )


def choose_kpi(kpis: Sequence[Kpi]) -> Kpi:
    """The KPI that the reader chose, of those that a provider answers for; the first one at the beginning. There must be one."""
    kpis = [kpi for kpi in kpis if not councils_own(kpi)]
    named = {kpi.name: kpi for kpi in kpis}
    first = kpis[0].name
    texts = {kpi.name: kpi.id for kpi in kpis}
    fill("kpi", one_of(list(named), texts.__getitem__, first), first)
    allow("kpi", list(named), first)
    chosen = st.selectbox("KPI", list(named), key="kpi")
    write("kpi", [] if chosen in (None, first) else [texts[chosen]])
    return named[chosen or first]


def quarter_panel(
    kpi: Kpi,
    by_quarter: Mapping[Period, Sequence[KpiStatus]],
    selection: Selection,
    source: Source,
    as_at: AsAt,
    incomplete: Collection[Period] = (),
    *,
    settings: Settings = _WHOLE,
) -> Panel:
    """One KPI, a row a provider and one for the whole programme, a column a quarter; `incomplete` ones are marked."""
    of_kpi = {
        quarter: [s for s in statuses if s.kpi.id == kpi.id] for quarter, statuses in by_quarter.items()
    }
    names: dict[str, str] = {}
    for status in (s for statuses in of_kpi.values() for s in statuses):
        if not status.provider or not selection.providers or status.provider in selection.providers:
            names.setdefault(status.provider, status.provider_label or WHOLE)
    rows = [
        (label, [next((s for s in statuses if s.provider == key), None) for statuses in of_kpi.values()])
        for key, label in names.items()
    ]
    columns = quarter_names(of_kpi, incomplete)
    cells = [s for _, statuses in rows for s in statuses if s is not None]
    # The whole programme is made of the providers below it: its cells would be counted twice.
    judged = [s for s in cells if s.provider] or cells
    rows_shown = everybody(settings, kpi.service, "the providers chosen")
    notes = ["A quarter whose return is outstanding has no status; one that is not over is not shown."]
    if says_late(kpi):
        notes.append("A legal time limit: there is no amber, and every case late counts.")
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
            service=selection.service, settings=settings,
        ),
        notes=tuple(notes),
    )  # fmt: skip


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
        title=f"The council's own duties by quarter: {statuses_in_words(judged)}",
        table=status_grid(rows, columns, first="Duty", marked=False),
        grid=status_grid(rows, columns, first="Duty", marked=True),
        basis=_basis(
            None, source, as_at, whose(settings, kpis[0].service) or "all providers and areas together",
            "; ".join(sources), service=kpis[0].service, settings=settings,
        ),
        notes=(
            "No provider answers for these, so they stand in no provider's row. What only the council knows comes in its "
            "supplement.",
        ),
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
) -> Panel:
    """Every KPI by area over twelve months, of which some may not be reported: a row an area, a column a KPI."""
    kept = [
        s for s in statuses if not councils_own(s.kpi) and (not selection.areas or s.area in selection.areas)
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
        ),
        notes=(
            *filter(None, [not_reported_words(not_reported, not_wanted)]),
            "Twelve months, because a quarter in one area is mostly too few cases to say.",
        ),
    )


def _judged_alone(
    rows: Sequence[tuple[str, Sequence[KpiStatus | None]]], kpis: Sequence[Kpi]
) -> Table | None:
    """The same grid with the KPIs alone that have a target somewhere; None where none has."""
    judged = {s.kpi for _, cells in rows for s in cells if s is not None and s.target is not None}
    places = [place for place, kpi in enumerate(kpis) if kpi in judged]
    fewer = [(label, [cells[place] for place in places]) for label, cells in rows]
    names = [kpis[place].name for place in places]
    return status_grid(fewer, names, first="Area", marked=True) if places else None


def show_picked(statuses: Sequence[KpiStatus]) -> None:
    """Let the reader pick one status and show what it is made of."""
    st.header("What a status is made of", anchor=False)
    names = {f"{s.kpi.name}, {s.where}, {s.period.label}": s for s in statuses}
    if not names:
        st.markdown("There is no status to explain yet.")
        return
    picked = st.selectbox("Status", list(names), key="explain")
    if picked is not None:
        st.markdown(f"**{names[picked].status.shape} {names[picked].status.label}**")
        show_table(explained(names[picked]), picked)


def statuses_in_words(statuses: Sequence[KpiStatus]) -> str:
    """How many stand where: '2 green, 1 red and 3 with no target'."""
    found = Counter(s.status for s in statuses)
    words = {Status.NO_RETURN: "with no return", Status.NO_TARGET: "with no target"}
    parts = [f"{found[one]} {words.get(one, one.label.lower())}" for one in Status if found[one]]
    return listed(parts) or "nothing to judge yet"


def _basis(
    kpi: Kpi | None,
    source: Source,
    as_at: AsAt,
    shown: str,
    sources: str = "",
    *,
    service: str,
    settings: Settings,
) -> Basis:
    reach = sentence_case(as_at_words(as_at))
    example = {
        Source.EXAMPLES: example_statuses(service),
        Source.IN_HAND: "Your file, not saved.",
        Source.SHARED: "",
    }[source]
    about = f"Source: {sources}." if sources else ""
    cell = "X of Y, the cases that met it out of those that count"
    if kpi:
        declared = counted_by(kpi)
        about = f"{declared.definition} Counted {declared.dated_by}. Source: {kpi.source}."
        cell = f"{_LATE}, of all whose day has come" if says_late(kpi) else cell
    elif any(says_late(one) for one in kpis_of(service)):
        cell = f"{cell}; of a legal time limit, {_LATE}"
    return Basis(
        base=f"In each cell: {cell}" + (f". {reach}" if reach else ""),
        selection=f"Shown: {shown}; targets and periods are those of the contract.",
        about=about,
        audience=f"{for_whom(Audience.US, settings, service)}.",
        example=example,
        service=service,
    )
