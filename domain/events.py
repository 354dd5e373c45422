"""Dates that may explain a change in the figures: new laws, contracts and programmes, by service and area."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from domain.periods import month_of
from domain.selection import Selection
from domain.settings import Settings

EVERYWHERE = "E92000001"
"""The key of England."""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event: what happened, for which services, and where.

    Parameters
    ----------
    area : where, in words. areas : the keys of the areas that it concerns, those within a county among them; None for everywhere.
    """

    day: date
    label: str
    services: tuple[str, ...]
    area: str
    areas: frozenset[str] | None = None

    @property
    def month(self) -> int:
        """The month it happened in."""
        return month_of(self.day)

    def concerns(self, service: str, areas: Collection[str]) -> bool:
        """Whether it is about a service and any of some areas."""
        return service in self.services and (self.areas is None or not self.areas.isdisjoint(areas))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("domain").joinpath("codelists", f"{name}.csv").read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _declared() -> tuple[Event, ...]:
    within = {row["key"]: row["areas"].split() for row in _rows("wider_areas")}

    def areas(keys: list[str]) -> frozenset[str] | None:
        if EVERYWHERE in keys:
            return None
        return frozenset(area for key in keys for area in (key, *within.get(key, ())))

    found = (
        Event(
            date.fromisoformat(row["date"]),
            row["event"],
            tuple(row["services"].split(",")),
            row["area"],
            areas(row["areas"].split()),
        )
        for row in _rows("events")
    )
    return tuple(sorted(found, key=lambda event: event.day))


def events_of(
    service: str, *, first: int | None, last: int | None, areas: Collection[str]
) -> tuple[Event, ...]:
    """The events of a service and some areas with months of data on both sides: after the first month, up to the last.

    >>> found = events_of("mentoring", first=201704, last=201810, areas=["E07000076"])
    >>> [event.label for event in found]
    ['Homelessness Reduction Act 2017 starts']
    """
    if first is None or last is None:
        return ()
    return tuple(e for e in _declared() if e.concerns(service, areas) and first < e.month <= last)


def events_shown(
    settings: Settings, selection: Selection, *, first: int | None = 0, last: int | None = 999_912
) -> tuple[Event, ...]:
    """The events of what is chosen: of its areas, or of all that its service is bought for where none is chosen."""
    areas = selection.areas or tuple(area.key for area in settings.areas_of(selection.service))
    return events_of(selection.service, first=first, last=last, areas=areas)
