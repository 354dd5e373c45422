"""What one provider sees of the others: all of them together, under the words 'Rest of contract'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from domain.measures import Count, Share, Split
from domain.statistics import wilson_interval
from domain.tally import Tally, TallyRow
from domain.whose import REST, REST_OF_CONTRACT

Keys = tuple[str, ...]


def fold_rest(tally: Tally, own: str, hidden: frozenset[Keys]) -> tuple[Tally, frozenset[Keys]]:
    """The tally with the rows of one provider as they are, and those of all others added up.

    Parameters
    ----------
    hidden : the groups that are hidden.

    Returns
    -------
    tuple
        The tally, and the keys hidden of it. What cannot be added up, as a median, is left out for the others.
    """
    place = tally.by.index("provider")
    mine = [row for row in tally.rows if row.keys[place] == own]
    others: dict[Keys, list[TallyRow]] = defaultdict(list)
    for row in tally.rows:
        if row.keys[place] != own:
            others[(*row.keys[:place], REST, *row.keys[place + 1 :])].append(row)
    if not isinstance(tally.measure, Count | Share | Split):
        return replace(tally, rows=tuple(mine)), frozenset()
    rest = [_added(keys, rows, place) for keys, rows in others.items()]
    gone = frozenset(keys for keys, rows in others.items() if any(row.keys in hidden for row in rows))
    return replace(tally, rows=(*mine, *rest)), gone


def _added(keys: Keys, rows: list[TallyRow], place: int) -> TallyRow:
    met, base = sum(row.met for row in rows), sum(row.base for row in rows)
    labels = (*rows[0].labels[:place], REST_OF_CONTRACT, *rows[0].labels[place + 1 :])
    shared = any(row.value is not None for row in rows) and base
    low, high = wilson_interval(met, base) if shared else (None, None)
    return TallyRow(
        keys, labels, met, base,
        missing=sum(row.missing for row in rows),
        unsure=sum(row.unsure for row in rows),
        value=met / base if shared else None,
        low=low, high=high,
    )  # fmt: skip
