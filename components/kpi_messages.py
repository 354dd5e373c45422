"""What the KPI page says before its figures: how many KPIs stand where, which returns are lacking, and the picker of a KPI."""

from collections.abc import Collection, Sequence

import streamlit as st

from components.address import allow, fill, one_of, write
from domain.formats import month, unmarked
from domain.kpi_words import councils_own
from domain.kpis import Kpi, KpiStatus
from domain.services import Service
from domain.status_words import hidden_words, not_reported_words


def show_later(judged: int, last: int, statuses: Sequence[KpiStatus] = ()) -> None:
    """Say why the twelve months end before the last month shown, where they do, and how many KPIs the audience is not shown."""
    if words := hidden_words(statuses):
        st.markdown(words)
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
