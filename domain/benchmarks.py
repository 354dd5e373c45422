"""Benchmarks: official statistics that ours stand beside, with where each number was published. No source document prints them.

A number is kept as it was printed, with the edition that it stands in (`official/editions.csv`, the oldest first). Where two editions
give the same number of an area and a period, the newer one is used and the older is kept beside it, so that a change can be said. They
belong to every database alike, are the same for every audience because they are published, and are never added to figures of ours.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Final

from domain.periods import Period

ENGLAND: Final = "E92000001"
LICENCE: Final = "Open Government Licence v3.0"
AUDIENCE: Final = "Official statistics, already published: anybody may see them"
"""What is printed as the audience of figures that are only official."""
SYMBOLS: Final = {"..": "did not report", "x": "not available", "z": "not applicable"}
"""What the publishers print in place of a number."""

_FILES: Final = ("dfe_send_mediation.csv", "dfe_send_appeals.csv", "mhclg_prevention.csv")


@dataclass(frozen=True, slots=True)
class Edition:
    """One table of one file, as it was published.

    Parameters
    ----------
    version : the file or edition that the numbers were read in; publishers issue files again.
    published : the day, with the address that says so; None where it is not known.
    read_from : where the file was read.
    """

    key: str
    publisher: str
    title: str
    table: str
    version: str
    published: date | None
    published_where: str
    read_from: str

    @property
    def source(self) -> str:
        """What it is, without the version: 'MHCLG, Statutory homelessness, detailed local authority tables, table P3'."""
        return f"{self.publisher}, {self.title}, {self.table}"


@dataclass(frozen=True, slots=True)
class Value:
    """One number of one area and period, as it was printed in the newest edition that gives it.

    `earlier` are the same number in older editions, the newest of them first.
    """

    area: str
    measure: str
    period: Period
    printed: str
    edition: Edition
    earlier: tuple[Value, ...] = ()

    @property
    def count(self) -> int | None:
        """The number; None where a symbol stands in its place, or what is printed is no whole number."""
        return int(self.printed) if self.printed.isdecimal() else None

    @property
    def missing(self) -> str:
        """Why there is no number, in words; blank where there is one."""
        return SYMBOLS.get(self.printed, "")

    @property
    def changed(self) -> bool:
        """Whether an older release gave another number."""
        return any(one.printed != self.printed for one in self.earlier)


def series(measure: str, area: str = ENGLAND) -> tuple[Value, ...]:
    """One measure of one area by time, each number from the newest release; empty where nothing is held of it."""
    return _held().get((measure, area), ())


def areas_of(measure: str) -> dict[str, str]:
    """The areas of which a measure is held, without England: code and name, in the order of the alphabet."""
    held = {area for key, area in _held() if key == measure and area != ENGLAND}
    return {area: label for area, label in sorted(labels().items(), key=lambda one: one[1]) if area in held}


@lru_cache
def labels() -> dict[str, str]:
    """The name of every area of which anything is held, by its code."""
    return {row["area"]: row["label"] for row in _rows("areas.csv")}


@lru_cache
def within() -> dict[str, str]:
    """The county that a district or a unitary council lies in, by their codes."""
    return {row["area"]: row["within"] for row in _rows("areas.csv") if row["within"]}


def likely_area(offered: Mapping[str, str], areas: Sequence[str]) -> str:
    """The area that ours are most likely of: the only one of them that is offered, else the county that all of them lie in.

    England where neither is sure: nobody's figures are put beside another's by a guess.
    """
    if len(areas) == 1 and areas[0] in offered:
        return areas[0]
    counties = {within().get(area, "") for area in areas}
    (county,) = counties if len(counties) == 1 else ("",)
    return county if county in offered else ENGLAND


@lru_cache
def editions() -> dict[str, Edition]:
    """Every release by its key, the oldest of a publisher first."""
    return editions_in(_rows("editions.csv"))


def editions_in(rows: Sequence[Mapping[str, str]]) -> dict[str, Edition]:
    """Releases from rows of a table, in their order."""
    return {
        row["edition"]: Edition(
            row["edition"],
            row["publisher"],
            row["title"],
            row["table"],
            row["version"],
            date.fromisoformat(row["published"]) if row["published"] else None,
            row["published_where"],
            row["read_from"],
        )
        for row in rows
    }


def newest(
    rows: Sequence[Mapping[str, str]], known: Mapping[str, Edition]
) -> dict[tuple[str, str], tuple[Value, ...]]:
    """Every series of the rows by measure and area, in the order of time, each number from the newest edition that gives it.

    Parameters
    ----------
    rows : edition, area, period_start, period_end, measure and value, in any order.
    known : the editions, the oldest first.

    Raises
    ------
    ValueError
        Where one edition gives two numbers for the same.
    """
    order = {key: place for place, key in enumerate(known)}
    versions: dict[tuple[str, str, Period], list[Value]] = {}
    for row in sorted(rows, key=lambda one: order[one["edition"]], reverse=True):
        period = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
        value = Value(row["area"], row["measure"], period, row["value"], known[row["edition"]])
        same = versions.setdefault((value.measure, value.area, period), [])
        if any(one.edition == value.edition for one in same):
            raise ValueError(
                f"'{value.edition.key}' gives {value.measure} of {value.area} twice for {period.label}"
            )
        same.append(value)
    found: dict[tuple[str, str], list[Value]] = {}
    for (measure, area, _), (first, *rest) in versions.items():
        one = Value(area, measure, first.period, first.printed, first.edition, tuple(rest))
        found.setdefault((measure, area), []).append(one)
    return {key: tuple(sorted(each, key=lambda one: one.period.start)) for key, each in found.items()}


@lru_cache
def _held() -> dict[tuple[str, str], tuple[Value, ...]]:
    return newest([row for name in _FILES for row in _rows(name)], editions())


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("domain").joinpath("official", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
