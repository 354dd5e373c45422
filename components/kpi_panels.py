"""The panels of the KPI page: one KPI by provider and quarter, and every KPI by area over twelve months."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.basis import as_at_words
from components.formats import counted, listed, month, sentence_case
from components.frame import show_table
from components.kpi_cards import explained, status_grid
from components.panel import Basis, Panel
from domain.access import Audience
from domain.kpis import Kpi, KpiStatus
from domain.measures import measure
from domain.periods import Period
from domain.selection import Selection
from domain.status import Status
from domain.tally import AsAt, Source

WHOLE: Final = "Whole programme"


def statuses_message(statuses: Sequence[KpiStatus], until: str) -> str:
    """How many KPIs stand where: 'Whole programme, 12 months to Oct 2018: 5 KPIs, 2 green and 3 with no target'."""
    if not statuses:
        return "No KPI can be judged yet"
    return f"{WHOLE}, 12 months to {until}: {counted(len(statuses), 'KPI')}, {_tallied(statuses)}"


def not_reported_words(months: Sequence[int]) -> str:
    """Which of twelve months lack a return, so that no one takes it for whole; blank where none does."""
    if not months:
        return ""
    return (
        f"Not every provider has reported all of these twelve months: {listed([month(m) for m in months])}."
    )


def show_not_reported(months: Sequence[int]) -> None:
    """Say which months lack a return, above the statuses that rest on them."""
    if words := not_reported_words(months):
        st.warning(words, icon=":material/warning:")


def choose_kpi(kpis: Sequence[Kpi]) -> Kpi:
    """The KPI that the reader chose; the first one at the beginning. There must be one."""
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
) -> Panel:
    """One KPI, a row a provider and one for the whole programme, a column a quarter."""
    of_kpi = {
        quarter: [s for s in statuses if s.kpi.id == kpi.id] for quarter, statuses in by_quarter.items()
    }
    names = dict.fromkeys(
        (s.provider, s.provider_label or WHOLE) for statuses in of_kpi.values() for s in statuses
        if not s.provider or not selection.providers or s.provider in selection.providers
    )  # fmt: skip
    rows = [
        (label, [next((s for s in statuses if s.provider == key), None) for statuses in of_kpi.values()])
        for key, label in names
    ]
    columns = [quarter.label for quarter in of_kpi]
    judged = [s for _, statuses in rows for s in statuses if s is not None]
    notes = ["A quarter whose return is outstanding has no status; one that is not over is not shown."]
    if kpi.programme_only:
        notes.append(
            "This KPI is judged for the whole programme only, from its start to the end of each quarter."
        )
    return Panel(
        key="kpis_quarters",
        title=f"{kpi.name} by provider and quarter: {_tallied(judged)}",
        table=status_grid(rows, columns, first="Provider", marked=False),
        grid=status_grid(rows, columns, first="Provider", marked=True),
        basis=_basis(kpi, source, as_at, "the providers chosen, all areas together"),
        notes=tuple(notes),
    )


def area_panel(
    statuses: Sequence[KpiStatus],
    selection: Selection,
    source: Source,
    as_at: AsAt,
    until: str,
    not_reported: Sequence[int] = (),
) -> Panel:
    """Every KPI by area over twelve months, of which some may not be reported: a row an area, a column a KPI."""
    kept = [s for s in statuses if not selection.areas or s.area in selection.areas]
    kpis = list(dict.fromkeys(s.kpi for s in kept))
    areas = dict.fromkeys((s.area, s.area_label) for s in kept)
    rows = [
        (label, [next((s for s in kept if s.area == key and s.kpi == kpi), None) for kpi in kpis])
        for key, label in areas
    ]
    columns = [kpi.name for kpi in kpis]
    judged = [s for s in kept if s.target is not None]
    message = _tallied(judged) if judged else "no target is set"
    return Panel(
        key="kpis_areas",
        title=f"By area, 12 months to {until}{' (not complete)' if not_reported else ''}, "
        f"where there is a target: {message}",
        table=status_grid(rows, columns, first="Area", marked=False),
        grid=status_grid(rows, columns, first="Area", marked=True),
        basis=_basis(None, source, as_at, "the areas chosen, all providers together"),
        notes=(
            *([not_reported_words(not_reported)] if not_reported else []),
            "Twelve months, because a quarter in one area is mostly too few cases to say.",
        ),
    )


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


def _tallied(statuses: Sequence[KpiStatus]) -> str:
    found = Counter(s.status for s in statuses)
    words = {Status.NO_RETURN: "with no return", Status.NO_TARGET: "with no target"}
    parts = [f"{found[one]} {words.get(one, one.label.lower())}" for one in Status if found[one]]
    return listed(parts) or "nothing to judge yet"


def _basis(kpi: Kpi | None, source: Source, as_at: AsAt, shown: str) -> Basis:
    reach = sentence_case(as_at_words(as_at))
    example = {
        Source.EXAMPLES: "Example data, not your figures; the split by provider, quarter and 12 months is invented.",
        Source.IN_HAND: "Your file, not saved.",
        Source.SHARED: "",
    }[source]
    about = (
        f"{measure(kpi.measure).definition} Counted {measure(kpi.measure).dated_by}. Source: {kpi.source}."
        if kpi
        else ""
    )
    base = "In each cell: X of Y, the cases that met it out of those that count" + (
        f". {reach}" if reach else ""
    )
    return Basis(
        base=base,
        selection=f"Shown: {shown}; targets and periods are those of the contract.",
        about=about,
        audience=f"{Audience.US.label}.",
        example=example,
    )
