"""How many stood open at which moments may be told to others than the commissioning team.

Who sees how many were open at two moments and how many came between them knows how many ended between them.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import tallies_in
from domain.access import Viewer
from domain.periods import next_month
from domain.selection import Selection


def months_shown(
    connection: Connection,
    store: Store,
    viewer: Viewer,
    question: Question,
    reach: tuple[int, int],
    threshold: int,
) -> frozenset[int]:
    """The months at whose end it may be told how many were open everywhere: ends of quarters, and the last month of all.

    Back from the last: between two that are told either nobody ended, or so many that it points at nobody.

    Parameters
    ----------
    question : for its service and moment. reach : the first and last month of the returns.
    """
    first, last = reach
    whole = replace(
        question, by=(), selection=Selection(question.selection.service), at=None, adjusted_for=""
    )
    ends = [month for month in _months(first, last) if month % 100 in (3, 6, 9, 12) or month in (last,)]
    asked = [replace(whole, measure="live_cases", at=month) for month in ends]
    counted, *open_then = tallies_in(
        connection, store, [replace(whole, measure="referrals", by=("month",)), *asked], viewer
    )
    live = {month: sum(row.met for row in tally.rows) for month, tally in zip(ends, open_then, strict=True)}
    came = {int(row.keys[0].replace("-", "")): row.met for row in counted.rows if row.keys[0]}
    shown, later = {last}, last
    for month in reversed(ends[:-1]):
        ended = live[month] + sum(n for m, n in came.items() if month < m <= later) - live[later]
        if not 0 < ended < threshold:
            shown.add(month)
            later = month
    return frozenset(shown)


def _months(first: int, last: int) -> list[int]:
    found = [first]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return found
