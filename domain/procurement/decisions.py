"""The decisions that referrals follow, by service, and how many of them official statistics give for a calendar year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.benchmarks import Edition, labels, series
from domain.services import HOMELESSNESS, SEND, Service

_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class DriverKind:
    """Decisions of one kind.

    Parameters
    ----------
    many : its noun, as in 'for each 100 refusals to assess'.
    reasons : the codes of the reason for a referral that it leads to; empty for all that no other kind of the service names.
    official : the published measure that counts it. less : the measures of others that are in that number, and are taken off.
    by_reason : whether reasons are counted, of which a referral may have several; else referrals. means : what counts as one, in words.
    """

    key: str
    label: str
    many: str
    official: str
    means: str
    reasons: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    by_reason: bool = True


_NOT_ASSESSED, _NOT_ISSUED = "requests_decided_not_to_assess", "assess_not_issued"
_KINDS: Final = MappingProxyType(
    {
        SEND.key: (
            DriverKind(
                "not_assessed",
                "Refusals to assess",
                "refusals to assess",
                _NOT_ASSESSED,
                "Requests for an assessment that the council decided not to assess.",
                ("RTA",),
            ),
            DriverKind(
                "not_issued",
                "Refusals to issue a plan",
                "refusals to issue a plan",
                _NOT_ISSUED,
                "Assessments after which the council decided not to issue a plan.",
                ("RTI",),
            ),
            DriverKind(
                "other",
                "Other decisions that may be appealed",
                "other decisions that may be appealed",
                "appealable_decisions",
                "All decisions that could be appealed, as DfE counts them, without the two kinds of refusal: chiefly plans issued "
                "or reviewed. Every other reason is put to these, also the few that follow no such decision.",
                less=(_NOT_ASSESSED, _NOT_ISSUED),
            ),
        ),
        HOMELESSNESS.key: (
            DriverKind(
                "duties",
                "Prevention duties owed",
                "prevention duties owed",
                "prevention_duty_owed",
                "Households assessed as owed a prevention duty (MHCLG table A1).",
                by_reason=False,
            ),
        ),
    }
)


def kinds_of(asked: Service) -> tuple[DriverKind, ...]:
    """The kinds of decisions that are counted and lead to referrals; none where no count of any is known.

    >>> [kind.key for kind in kinds_of(SEND)]
    ['not_assessed', 'not_issued', 'other']
    """
    return _KINDS.get(asked.key, ())


@dataclass(frozen=True, slots=True)
class Known:
    """How many decisions of a kind there were in a year; None with `why` where that is not known.

    Parameters
    ----------
    source : who says so, short. editions : the published tables; none where somebody entered it. instead_of : the published number
        where another one was entered.
    """

    count: int | None
    source: str = ""
    editions: tuple[Edition, ...] = ()
    why: str = ""
    instead_of: int | None = None


def published_count(kind: DriverKind, areas: Sequence[str], year: int) -> Known:
    """What official statistics give for a calendar year of some areas together; nothing where a part of it is missing."""
    if not areas:
        return Known(None, why="no published count is used")
    parts = [_sum_of(measure, areas, year) for measure in (kind.official, *kind.less)]
    editions = tuple(dict.fromkeys(edition for part in parts for edition in part.editions))
    for part in parts:
        if part.count is None:
            return part
    first, *off = [part.count or 0 for part in parts]
    if first < sum(off):
        return Known(None, why=f"the published numbers of {year} do not fit together")
    named = ", ".join(dict.fromkeys(f"{one.publisher}, {one.table}" for one in parts[0].editions))
    return Known(first - sum(off), f"{named}, less the other kinds" if off else named, editions)


def _sum_of(measure: str, areas: Sequence[str], year: int) -> Known:
    total, editions = 0, dict[Edition, None]()
    for area in areas:
        values = [one for one in series(measure, area) if one.period.start.year == year]
        named = labels().get(area, area)
        if sum(len(one.period.months) for one in values) != _YEAR_MONTHS:
            return Known(None, why=f"no number of {named} is held for the whole of {year}")
        for one in values:
            if one.count is None:
                return Known(
                    None, why=f"{named}, {one.period.label}: {one.missing or 'no whole number printed'}"
                )
            total += one.count
            editions[one.edition] = None
    return Known(total, editions=tuple(editions))
