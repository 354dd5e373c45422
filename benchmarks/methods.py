"""How long it takes to say how far figures may be relied on, and to hide what others may not see, against reading the figures alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from data_access.late_entry import read_late_entry
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import change_settings
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER, Audience
from domain.funnel import Group, difference_between, funnel
from domain.periods import parse_month
from domain.selection import Selection

ROUNDS = 3
_CHOSEN = Selection("mentoring")
_MONTHS = Question("referrals", ("month",), _CHOSEN)
_AREAS = Question("prevention_rate", ("area",), _CHOSEN)
_PAGE = (
    Question("referrals", (), _CHOSEN),
    Question("referrals", ("quarter",), _CHOSEN),
    Question("outcomes", ("outcome",), _CHOSEN),
    Question("outcomes", ("quarter", "outcome"), _CHOSEN),
    Question("prevention_rate", ("quarter",), _CHOSEN),
    _AREAS,
)


def measure_methods(store: Store) -> dict[str, dict[str, object]]:
    """What `make bench` keeps of it, by name."""
    pages = {
        "a page as the public may see it": (lambda: _released(store), lambda: _counted(store), True),
        "the same page again": (lambda: _released(store), lambda: _counted(store), False),
        "what is expected of the newest months": (
            lambda: _expected(store),
            lambda: read_tallies(store, [_MONTHS], COMMISSIONER),
            True,
        ),
        "limits for the size of each area": (
            lambda: _limits(store),
            lambda: read_tallies(store, [_AREAS], COMMISSIONER),
            True,
        ),
    }
    found: dict[str, dict[str, object]] = {}
    for name, (ours, theirs, fresh) in pages.items():
        took, alone = (_median_ms(store, work, fresh=fresh) for work in (ours, theirs))
        found[name] = {
            "ratio": round(took / alone, 1),
            "against": "reading its figures alone",
            "ours_ms": round(took, 1),
            "theirs_ms": round(alone, 1),
        }
    return found


def _median_ms(store: Store, work: Callable[[], object], *, fresh: bool) -> float:
    """How long it takes where nothing is remembered, because an act came before it, or else the second time."""
    times = []
    work()
    for turn in range(ROUNDS):
        if fresh:
            _act(store, turn)
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _act(store: Store, turn: int) -> None:
    change_settings(
        store,
        lambda now: replace(now, council=f"{now.council.partition(', ')[0]}, {turn}"),
        by=COMMISSIONER.signing("bench"),
    )


def _released(store: Store) -> object:
    return read_released(store, _PAGE, COMMISSIONER, Audience.PUBLIC)


def _counted(store: Store) -> object:
    return read_tallies(store, _PAGE, COMMISSIONER)


def _expected(store: Store) -> object:
    (months,) = read_tallies(store, [_MONTHS], COMMISSIONER)
    reported = {parse_month(row.keys[0]): row.met for row in months.rows if row.keys[0]}
    return read_late_entry(store, COMMISSIONER, _CHOSEN).expected(reported)


def _limits(store: Store) -> object:
    difference_between.cache_clear()
    (areas,) = read_tallies(store, [_AREAS], COMMISSIONER)
    groups = [Group(row.keys[0], row.labels[0], row.met, row.base) for row in areas.rows]
    return funnel(groups, sum(one.met for one in groups), sum(one.base for one in groups))
