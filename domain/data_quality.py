"""How completely the cases of a service are filled in: which columns are asked of which cases, and what a cell may say.

A blank, "don't know", a refusal and "none" are four different things: only a blank was never filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, TypeVar

from domain.checks.completeness_rules import FILLED
from domain.columns import Condition, in_words
from domain.columns_used import LENGTHS, columns_of, share_fields
from domain.completeness import either, wanted_columns
from domain.completeness_kind import every_case
from domain.derived import NO_KIND
from domain.fields import Field, Kind, Sheet, fields_of
from domain.measures import Share, Split, Spread, Table, measures_of
from domain.settings import UNKNOWN_AREA
from domain.vocabulary import DONT_KNOW

K = TypeVar("K", bound=Hashable)

ENOUGH: Final = FILLED
"""The share of the cases in which a column is to be filled in, as an upload asks for it."""
_NOT_ASKED: Final = frozenset({"outcome"})
"""A case gets its outcome when it ends, and an upload takes none that has ended without."""


class Said(StrEnum):
    """What a cell says."""

    ANSWER = "An answer"
    NONE = "Asked, and there is none"
    DONT_KNOW = "Don't know, or not known"
    DECLINED = "Declined, not applicable or lost contact"
    BLANK = "Blank"


_ABSENT: Final[Mapping[str, Said]] = {
    NO_KIND: Said.NONE,
    DONT_KNOW: Said.DONT_KNOW,
    "REF": Said.DECLINED,
    "NA": Said.DECLINED,
    "LC": Said.DECLINED,
}
"""What the answers mean that any list accepts (codelists/missing_value.csv)."""
IN_LISTS: Final[Mapping[str, Mapping[str, Said]]] = {
    "age_band_homelessness": {"Not known": Said.DONT_KNOW},
    "age_band_send": {"Not known": Said.DONT_KNOW},
    "sex": {"U": Said.DONT_KNOW},
    "ethnicity": {"NOT_STATED": Said.DECLINED},
    "sen_primary_need": {"UNK": Said.DONT_KNOW},
    "trailblazer_tenancy": {"UNKNOWN": Said.DONT_KNOW},
    "hclic_prevention_end_reason": {"P1_12": Said.DONT_KNOW},
    "trailblazer_vulnerability": {NO_KIND: Said.NONE},
}
"""Answers of a list of its own that say no more than one of those: by list and code.

'Other or not known', as H-CLIC has it, is not among them: most of its cases are of another kind that is known.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of the cases, and of which cases an answer is wanted; None for every case."""

    field: Field
    wanted: Condition | None

    @property
    def key(self) -> str:
        """The key of the column."""
        return self.field.key


@cache
def asked_of_cases(service: str) -> tuple[Asked, ...]:
    """The columns whose blanks can be told from what has not happened yet, in the order of the return.

    Those that KPIs rest on, in the cases that KPIs want them of, and those whose answers the figures of the service show. Every other
    date may rightly be blank, and every other answer may not have been asked.
    """
    found: dict[str, list[Condition | None]] = {"area": [None]}

    def add(key: str, wanted: Condition | None) -> None:
        found.setdefault(key, []).append(None if wanted is every_case else wanted)

    for column in wanted_columns(service):
        add(column.key, column.wanted)
    shown = set(share_fields(service))
    for one in measures_of(service):
        if one.table is not Table.CASES or one.in_totals_only:
            continue
        if isinstance(one, Split) and one.field in shown:
            add(one.field, one.among)
        elif isinstance(one, Share) and one.asks and one.among is None:
            add(one.asks, one.among)
        elif isinstance(one, Spread):
            lengths = columns_of(_of_length(one.value)) if one.value in LENGTHS else (one.value,)
            for key in lengths:
                add(key, one.among)
    return tuple(
        Asked(f, _any(found[f.key]))
        for f in fields_of(Sheet.CASES, service)
        if f.key in found and f.key not in _NOT_ASKED
    )


def _of_length(value: str) -> Condition:
    return lambda c: getattr(c, value).is_not(None)


def _any(conditions: Iterable[Condition | None]) -> Condition | None:
    """One of several conditions; none at all where one of them is every case."""
    several = list(conditions)
    if None in several:
        return None
    # Each once: many measures have the very same condition, and each would be a part of the statement.
    return either(list({in_words(one): one for one in several if one is not None}.values()))


@cache
def codes_that_say(field: Field, service: str) -> Mapping[Said, tuple[str, ...]]:
    """The codes of a column that are no answer to what was asked, by what they say; empty for a column that is not coded."""
    if field.kind is Kind.AREA:
        return {Said.DONT_KNOW: (UNKNOWN_AREA,)}
    if field.kind is not Kind.YES_NO and not field.coded:
        return {}
    listed = field.code_list_for(service) if field.coded else None
    meant = dict(_ABSENT) | dict(IN_LISTS.get(listed.key, {}) if listed else {})
    return {
        said: tuple(code for code, what in meant.items() if what is said)
        for said in (Said.NONE, Said.DONT_KNOW, Said.DECLINED)
    }


@dataclass(frozen=True, slots=True)
class Cells:
    """How many cells of one column, in the cases in which it is wanted, say what."""

    counts: Mapping[Said, int]

    @property
    def wanted(self) -> int:
        """In how many cases it is wanted."""
        return sum(self.counts.values())

    @property
    def blank(self) -> int:
        """In how many of them it is blank."""
        return self.counts.get(Said.BLANK, 0)

    @property
    def filled(self) -> int:
        """In how many of them it is filled in, whatever it says."""
        return self.wanted - self.blank

    @property
    def share(self) -> float | None:
        """The share that is filled in; None where it is wanted of no case."""
        return self.filled / self.wanted if self.wanted else None

    @property
    def enough(self) -> bool:
        """Whether as much is filled in as an upload asks for; so too where nothing is wanted."""
        return self.share is None or self.share >= ENOUGH


@dataclass(frozen=True, slots=True)
class Part:
    """The cells of one column, one provider and one month of referral; None for cases without a date of referral."""

    field: str
    provider: str
    month: int | None
    counts: Mapping[Said, int]


def together(parts: Iterable[Part], *, fields: Collection[str] = ()) -> dict[str, Cells]:
    """The cells of each column, over all providers and months; the least filled first, those without a cell left out.

    Parameters
    ----------
    fields : the columns in the order of the return, which decides where two are filled alike.
    """
    found = grouped(parts, lambda part: part.field)
    places = {key: place for place, key in enumerate(fields)}
    worst_first = sorted(
        (key for key, cells in found.items() if cells.wanted),
        key=lambda key: (found[key].share or 0, -found[key].blank, places.get(key, len(places)), key),
    )
    return {key: found[key] for key in worst_first}


def grouped(parts: Iterable[Part], key: Callable[[Part], K]) -> dict[K, Cells]:
    """The cells of each group."""
    found: dict[K, dict[Said, int]] = {}
    for part in parts:
        held = found.setdefault(key(part), dict.fromkeys(Said, 0))
        for said, number in part.counts.items():
            held[said] += number
    return {group: Cells(counts) for group, counts in found.items()}
