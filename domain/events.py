"""Dates that may explain a change in the figures: new laws, contracts and programmes, by service."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from domain.periods import month_of


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event: what happened, for which services, and where."""

    day: date
    label: str
    services: tuple[str, ...]
    area: str

    @property
    def month(self) -> int:
        """The month it happened in."""
        return month_of(self.day)


@lru_cache(maxsize=1)
def _declared() -> tuple[Event, ...]:
    text = resources.files("domain").joinpath("codelists", "events.csv").read_text(encoding="utf-8")
    return tuple(
        Event(date.fromisoformat(row["date"]), row["event"], tuple(row["services"].split(",")), row["area"])
        for row in csv.DictReader(text.splitlines())
    )


def events_of(service: str, *, first: int | None, last: int | None) -> tuple[Event, ...]:
    """The events of a service with months of data on both sides: after the first month, up to the last.

    >>> [event.label for event in events_of("mentoring", first=201704, last=201810)]
    ['Homelessness Reduction Act 2017 starts']
    """
    if first is None or last is None:
        return ()
    return tuple(event for event in _declared() if service in event.services and first < event.month <= last)
