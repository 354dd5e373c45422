"""What happened to the figures since their reader last looked: what was saved, and which KPIs stand elsewhere now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.frame import section
from components.versions import moment
from domain.formats import counted, unmarked
from domain.kpi_words import kpi_name, value_words
from domain.kpis import KpiStatus

_MOST = 8


def moved_words(before: Sequence[KpiStatus], now: Sequence[KpiStatus]) -> list[str]:
    """The KPIs whose status is another one than before, in words: 'Homelessness prevented: amber, 84% (76 of 90), before; now red, …'."""
    then = {(one.kpi.id, one.category): one for one in before}
    found = []
    for status in now:
        old = then.get((status.kpi.id, status.category))
        if old is not None and old.status is not status.status:
            found.append(f"{kpi_name(status)}: {_stand(status)}; it was {_stand(old)}")
    return found


def _stand(status: KpiStatus) -> str:
    figure = value_words(status)
    word = status.status.label.lower()
    return word if status.met is None else f"{word}, {figure}"


def show_since(at: datetime, acts: Sequence[str], moved: Sequence[str]) -> None:
    """Show it. `acts` are sentences on what was saved, `moved` on the KPIs; with neither, one quiet line."""
    if not acts and not moved:
        st.caption(f"Nothing has changed here since you last looked, on {moment(at)}.")
        return
    section(f"Since you last looked, on {moment(at)}")
    for words in (moved, acts):
        lines = [f"- {unmarked(one)}" for one in words[:_MOST]]
        if len(words) > _MOST:
            lines.append(f"- and {counted(len(words) - _MOST, 'more thing')}")
        if lines:
            st.markdown("\n".join(lines))
    if not moved:
        st.caption("No KPI has another status by it.")
