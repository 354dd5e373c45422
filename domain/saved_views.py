"""A view by name: which page, and what was chosen on it. It holds no figure, so that it shows those of the day on which it is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

MOST_OF_A_NAME = 60
"""So many letters, so that it stands on one line at the side."""
MOST_VIEWS = 50
"""So many of one person: more would be no help to find one."""
NOT_KEPT = frozenset({"present", "view"})
"""What an address may say that belongs to one moment and not to a view."""

Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view.

    Parameters
    ----------
    page : the address of its page, without a slash; blank for the front page. query : what the address says beside it.
    shared : whether everybody who sees all figures has it too. person : whose it is, as they sign in.
    """

    name: str
    page: str
    query: Query
    shared: bool = False
    person: str = ""
    id: int = 0
    made_at: datetime | None = None


def kept_of(query: Mapping[str, Sequence[str]]) -> Query:
    """What of an address is kept with a view."""
    return {name: list(values) for name, values in query.items() if name not in NOT_KEPT and values}


def check_name(name: str, others: Sequence[str]) -> str:
    """The name as it is kept.

    Raises
    ------
    ValueError
        For no name, one that is too long, or one that this person has already.
    """
    said = " ".join(name.split())
    if not said:
        raise ValueError("Nothing was saved: give the view a name, such as 'Provider meeting, quarter 2'.")
    if len(said) > MOST_OF_A_NAME:
        raise ValueError(
            f"Nothing was saved: the name has more than {MOST_OF_A_NAME} letters. Give it a shorter one."
        )
    if said.casefold() in {other.casefold() for other in others}:
        raise ValueError(
            f"Nothing was saved: you have a view called '{said}' already. Give this one another name, or remove that one first."
        )
    if len(others) >= MOST_VIEWS:
        raise ValueError(
            f"Nothing was saved: you have {MOST_VIEWS} views already. Remove one that you no longer need first."
        )
    return said
