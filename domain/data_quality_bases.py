"""How many cases each of a service's main figures rests on, and which of them must never be divided by another's base.

Figures from two tables look as if one were a part of the other. Where fewer cases of some area stand in the larger table than in the
smaller one, neither can be a part of the other, however the totals look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from domain.measures import Split, measure
from domain.services import service as declared


@dataclass(frozen=True, slots=True)
class Base:
    """What one figure rests on.

    Parameters
    ----------
    known : how many are in its base. missing, unsure : how many are left out of it because nobody knows the answer.
    gives : how many its answers are together; more than `known` where one case may have several.
    dated_by : which date decides its months, in words. unit : what is counted.
    areas : how many are in its base in each area, by its label.
    """

    key: str
    label: str
    known: int
    missing: int
    unsure: int
    gives: int
    unit: str
    dated_by: str
    areas: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two bases of which the larger is the smaller one in some areas: each area with its number in the larger and in the smaller."""

    larger: Base
    smaller: Base
    areas: tuple[tuple[str, int, int], ...]


def main_measures(key: str) -> tuple[tuple[str, str], ...]:
    """The figures of a service that are looked at side by side: each measure with the field it is split by, blank where by none."""
    service = declared(key)
    keys = ("referrals", *service.arrivals, "reasons", service.headline, *service.afterwards)
    found = [measure(one, key) for one in dict.fromkeys(keys)]
    lengths = [measure(one.median, key) for one in service.lengths]
    return tuple((one.key, one.field if isinstance(one, Split) else "") for one in (*found, *lengths))


def crossings(bases: Sequence[Base], first: str = "") -> tuple[Crossing, ...]:
    """Every two bases that cannot lie within each other, those with the measure `first` before the others."""
    found = []
    for one, other in combinations(bases, 2):
        larger, smaller = (one, other) if one.known >= other.known else (other, one)
        areas = tuple(
            (area, larger.areas.get(area, 0), number)
            for area, number in smaller.areas.items()
            if number > larger.areas.get(area, 0)
        )
        if areas and larger.known > smaller.known:
            found.append(Crossing(larger, smaller, areas))
    return tuple(sorted(found, key=lambda one: first not in (one.larger.key, one.smaller.key)))


def several_answers(bases: Sequence[Base]) -> tuple[Base, ...]:
    """The figures whose answers are more than their cases."""
    return tuple(one for one in bases if one.gives > one.known)


def dated_apart(bases: Sequence[Base]) -> Mapping[str, tuple[Base, ...]]:
    """The figures by the date that decides their months, where there are several such dates; empty where all go by one."""
    found: dict[str, list[Base]] = {}
    for one in bases:
        found.setdefault(one.dated_by, []).append(one)
    return {date: tuple(some) for date, some in found.items()} if len(found) > 1 else {}
