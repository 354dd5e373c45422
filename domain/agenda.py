"""The agenda of a provider meeting: the items it may have, in the order that is usual, each with the question it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item.

    Parameters
    ----------
    usual : whether it stands on the agenda of a contract of which nobody said otherwise.
    """

    key: str
    label: str
    help: str
    usual: bool = True


AGENDA: tuple[AgendaItem, ...] = (
    AgendaItem("actions", "Actions from last time", "What was agreed before, and did it help?"),
    AgendaItem("kpis", "KPI exceptions", "Which targets are not met, and which cannot be judged?"),
    AgendaItem(
        "volumes",
        "Volumes and included cases",
        "How many were referred, and how many of the included cases are used?",
    ),
    AgendaItem("reasons", "Reasons", "Why did they need help?", usual=False),
    AgendaItem("outcomes", "Outcomes", "What became of them?"),
    AgendaItem("timeliness", "Timeliness", "What was done in time?"),
    AgendaItem("satisfaction", "Satisfaction and feedback", "What do people who used the service say?"),
    AgendaItem("complaints", "Complaints", "What was complained of?"),
    AgendaItem(
        "escalations", "Exceptions and escalations", "Which late cases are excused, and what was escalated?"
    ),
    AgendaItem(
        "feedback",
        "Case feedback",
        "What have we learned from cases? Said without a name or a reference.",
        usual=False,
    ),
    AgendaItem("data_quality", "Data quality", "Can we rely on what was sent?"),
    AgendaItem("new_actions", "New actions", "Who does what by when?"),
)
"""In the order of the standing agenda. The housing specification (10.3) names case feedback, delivery against outcomes, exceptions and
escalations, and complaints."""

DEFAULT_AGENDA: tuple[str, ...] = tuple(item.key for item in AGENDA if item.usual)


def agenda_item(key: str) -> AgendaItem:
    """The item with this key. Raises KeyError when there is none."""
    for item in AGENDA:
        if item.key == key:
            return item
    raise KeyError(f"'{key}' is no item of an agenda; there is {', '.join(item.key for item in AGENDA)}")


def known_items(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys that are still items, each once, in the order given: an agenda kept long ago may name one that is gone."""
    known = {item.key for item in AGENDA}
    return tuple(dict.fromkeys(key for key in keys if key in known))
