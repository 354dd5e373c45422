"""Agreed exceptions as they are kept and counted: what each does to its case, and how many cases there are by whose cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.disclosure import Released
from domain.exceptions import AgreedException, Cause
from domain.kpis import Kpi

CAUSES_IN_ORDER: Final = (
    Cause.COUNCIL,
    Cause.FAMILY,
    Cause.SCHOOL,
    Cause.HEALTH,
    Cause.HOLIDAY,
    Cause.PROVIDER,
)
"""A case with several causes stands under the first of these: what the council caused stays the council's breach."""


class Effect(StrEnum):
    """What one exception does to its case in the adjusted figure."""

    TAKEN_OUT = "taken out"
    IN_TIME = "in time"
    NOT_DUE = "not due"
    NOT_COUNTED = "not counted"
    PROVIDER = "provider"
    ENDED = "ended"
    NO_CASE = "no case"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _EFFECTS[self]


_EFFECTS = {
    Effect.TAKEN_OUT: "Taken out of the adjusted figure",
    Effect.IN_TIME: "Counts as met, so there is nothing to take out",
    Effect.NOT_DUE: "Not counted in this KPI yet",
    Effect.NOT_COUNTED: "Missed: the contract does not count this reason",
    Effect.PROVIDER: "Missed: what the provider caused is never taken out",
    Effect.ENDED: "Missed: the exception had ended by then",
    Effect.NO_CASE: "No current return has this case",
}


@dataclass(frozen=True, slots=True)
class KeptException:
    """One exception as it holds.

    Parameters
    ----------
    id : its number; 0 for one of the council's supplement. seq : the act by which it was agreed, or the supplement saved.
    from_supplement : whether the council's supplement says it; it has no day of its own there, so `agreed_on` is the supplement's last.
    effect : what it does to its case. counts : whether the contract of the case counts its reason and the provider did not cause it.
    """

    id: int
    seq: int
    exception: AgreedException
    from_supplement: bool
    counts: bool
    effect: Effect


@dataclass(frozen=True, slots=True)
class Moved:
    """What exceptions would change in one KPI: by provider and quarter, raw, adjusted as it is and adjusted as it would be."""

    kpi: Kpi
    raw: Released
    before: Released
    after: Released


@dataclass(frozen=True, slots=True)
class Causes:
    """The cases of one group that a KPI counts, and by whose cause they missed it.

    Parameters
    ----------
    keys : the group, in the order in which it was asked for. due : the raw base. met : those that are met in it.
    taken_out : the cases without which the adjusted figure is counted, by cause, each once. recorded : those that missed for which an
        exception is recorded, by cause, each once, whether or not its contract counts it. A case stands under the same cause in both.
    lower : whether less is better, so that it is what is met that is excused.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    due: int
    met: int
    taken_out: Mapping[Cause, int] = field(default_factory=lambda: MappingProxyType({}))
    recorded: Mapping[Cause, int] = field(default_factory=lambda: MappingProxyType({}))
    lower: bool = False

    @property
    def left_out(self) -> int:
        """How many cases the adjusted figure leaves out."""
        return sum(self.taken_out.values())

    @property
    def missed(self) -> int:
        """How many cases missed what the KPI asks for."""
        return self.met if self.lower else self.due - self.met

    @property
    def adjusted(self) -> tuple[int, int]:
        """X of Y without the cases that are taken out."""
        return self.met - (self.left_out if self.lower else 0), self.due - self.left_out


def together(found: Iterable[Causes], keys: tuple[str, ...] = (), labels: tuple[str, ...] = ()) -> Causes:
    """Several groups as one."""
    groups = list(found)

    def added(name: str) -> Mapping[Cause, int]:
        return MappingProxyType(
            {
                cause: number
                for cause in CAUSES_IN_ORDER
                if (number := sum(getattr(one, name).get(cause, 0) for one in groups))
            }
        )

    return Causes(
        keys,
        labels,
        sum(one.due for one in groups),
        sum(one.met for one in groups),
        added("taken_out"),
        added("recorded"),
        any(one.lower for one in groups),
    )
