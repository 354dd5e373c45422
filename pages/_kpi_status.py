"""Reading one status by its name in the address, what stands beside it, and its workings. Not a page."""

from __future__ import annotations

import streamlit as st

from components.audience import AUDIENCE
from components.filters import AREA, FIRST, LAST, PROVIDER, SERVICE
from data_access.kpis import read_kpis
from data_access.questions import Question
from data_access.settings import read_settings
from data_access.status_questions import Asked, questions_behind
from domain.access import Duty, OutOfReach
from domain.disclosure import Released
from domain.formats import number, share_of
from domain.hidden_words import IS_HIDDEN, partly
from domain.kpi_words import councils_own, value_words
from domain.kpis import Kpi, KpiStatus, kpi
from domain.measures import Average, Split, measure
from domain.status import Status
from domain.status_key import StatusKey
from domain.tally import Source
from pages._desk import Desk

_CAME_WITH = "kpis_came_with"
_LONGEST = 100
"""How much of an area that is not the reader's is kept in the audit."""


def find_status(desk: Desk, key: StatusKey | None) -> KpiStatus | None:
    """The status that an address names; None where there is none.

    Raises
    ------
    OutOfReach
        For a service, a provider or an area of which the reader may see no figure.
    """
    if key is None:
        return None
    try:
        service = kpi(key.kpi).service
    except KeyError:
        return None
    desk.viewer.check_asked(service, [key.provider] if key.provider else [])
    if desk.audience.provider and key.provider not in ("", desk.audience.provider):
        return None  # one provider in the room is shown nobody else's row
    within = desk.viewer.areas_of(service)
    if key.area and within is not None and key.area not in within:
        raise OutOfReach(Duty.FIGURES, service=service, provider=key.provider, subject=key.area[:_LONGEST])
    return next((one for one in _read(desk, key, service) if StatusKey.of(one) == key), None)


def _read(desk: Desk, key: StatusKey, service: str) -> tuple[KpiStatus, ...]:
    found = read_kpis(
        desk.store, key.judged, desk.viewer, desk.audience, by=key.by, rolling=key.rolling, service=service
    )
    if key.provider:
        # The figure of who sees one provider only is named after it, though nobody asked by provider.
        by = tuple(name for name in key.by if name != "provider")
        found += read_kpis(
            desk.store, key.judged, desk.viewer, desk.audience, by=by, rolling=key.rolling, service=service
        )
    return found


def status_message(status: KpiStatus) -> str:
    """The title: 'Mediation held within 30 days: red, 10 of 67 late'."""
    if status.status is Status.HIDDEN:
        return f"{status.kpi.name}: {status.status.label.lower()}"
    figure = value_words(status).replace("\u00a0", " ")
    return f"{status.kpi.name}: {status.status.label.lower()}, {figure}"


def status_sentence(status: KpiStatus) -> str:
    """Whose status it is, and when."""
    over = ", twelve months" if status.rolling else ""
    answer = f"{status.category_label}; " if status.category_label else ""
    return f"{answer}{status.where}; {status.period.label}{over}."


def beside(desk: Desk, status: KpiStatus) -> list[tuple[str, str]]:
    """The figures that a KPI must not stand without, for the same cases, in words."""
    settings = read_settings(desk.store, desk.viewer)
    behind = questions_behind(Asked.about(status), settings)
    if not behind or not status.kpi.beside:
        return []
    declared = [measure(key, status.kpi.service) for key in status.kpi.beside]
    questions = [
        Question(one.key, (one.field,) if isinstance(one, Split) else (), behind[0].selection)
        for one in declared
    ]
    return [(one.measure.label, _words(one)) for one in desk.ask_all(*questions)]


def _words(released: Released) -> str:
    figures = [one for one in released.figures if one.base]
    if not figures and partly(released):
        return IS_HIDDEN
    if not figures:
        return "no case to count"
    if isinstance(released.measure, Split):
        said = "; ".join(f"{one.label}: {share_of(one.met, one.base)}" for one in figures if one.met)
        return f"{said}; the others are hidden" if partly(released) else said
    one = figures[0]
    if isinstance(released.measure, Average):
        return f"{number(one.value, 1)} {released.measure.unit} ({number(one.base)})"
    return share_of(one.met, one.base) if one.value is not None else number(one.met)


def way_back(desk: Desk, one: Kpi) -> dict[str, list[str]]:
    """What the address of the KPI page says when the reader goes back: the choices at the side that they came with, and who will see it."""
    said = {name: st.query_params.get_all(name) for name in (PROVIDER, AREA, FIRST, LAST)}
    here = {name: texts for name, texts in said.items() if texts}
    # Back from a case the address holds none of them.
    here = st.session_state[_CAME_WITH] = here or st.session_state.get(_CAME_WITH, {})
    shown = {} if councils_own(one) else {"kpi": [one.id]}
    others = {AUDIENCE: [desk.audience.key]} if desk.audience.gated else {}
    return {**here, SERVICE: [one.service], **others, **shown}


def saved_cases(desk: Desk) -> bool:
    """Whether the cases are those of saved returns: neither invented, nor of a file that its sender only looks at."""
    return desk.store.source is Source.SHARED
