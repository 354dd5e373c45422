"""How many KPIs stand where, in words, and which returns they wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from domain.formats import counted, listed, month, number
from domain.kpi_words import councils_own, one_each
from domain.kpis import KpiStatus
from domain.status import Status


def statuses_message(statuses: Sequence[KpiStatus], until: str) -> str:
    """How many KPIs stand where: 'Whole programme, 12 months to Oct 2018: 5 KPIs, 2 green and 3 with no target'.

    The council's own duties are said apart.
    """
    statuses = one_each(statuses)
    theirs = [status for status in statuses if not councils_own(status.kpi)]
    own = [status for status in statuses if councils_own(status.kpi)]
    if not statuses:
        return "No KPI can be judged yet"
    said = f"{statuses[0].where}, 12 months to {until}: {counted(len(theirs), 'KPI')}, {statuses_in_words(theirs)}"
    return f"{said}; the council's own duties: {statuses_in_words(own)}" if own else said


def hidden_words(statuses: Sequence[KpiStatus]) -> str:
    """'2 of 9 KPIs are hidden to protect people': they count as neither met nor missed; blank where none is."""
    every = one_each(statuses)
    gone = sum(status.status is Status.HIDDEN for status in every)
    if not gone:
        return ""
    verb = "is" if gone == 1 else "are"
    return f"{number(gone)} of {counted(len(every), 'KPI')} {verb} hidden to protect people: counted neither as met nor as missed."


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


def statuses_in_words(statuses: Sequence[KpiStatus]) -> str:
    """How many stand where: '2 green, 1 red and 3 with no target'."""
    found = Counter(s.status for s in statuses)
    words = {Status.NO_RETURN: "with no return", Status.NO_TARGET: "with no target"}
    parts = [f"{found[one]} {words.get(one, one.label.lower())}" for one in Status if found[one]]
    return listed(parts) or "nothing to judge yet"
