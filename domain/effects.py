"""What a return would change, before it is saved: figures and KPI statuses, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from domain.disclosure import Figure, Released
from domain.kpis import Kpi
from domain.status import Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after. Both answer the same question."""

    before: Released
    after: Released

    @property
    def changed(self) -> bool:
        """Whether the figure would be another one."""
        old, new = self.before.total, self.after.total
        return (old.met, old.base) != (new.met, new.base) if old and new else old is not new


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One KPI of the provider for the period of the return, before and after."""

    kpi: Kpi
    before: Verdict
    after: Verdict
    figure_before: Figure | None
    figure_after: Figure | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that is shown of what a return would change.

    Parameters
    ----------
    version : the moment it was worked out on; saving must still find the return as it was then.
    in_period, in_all : the provider's figures in the return's period, and over all its returns.
    first : whether no return for the period counted before.
    """

    version: int
    in_period: tuple[Change, ...]
    in_all: tuple[Change, ...]
    kpis: tuple[KpiChange, ...]
    first: bool

    @property
    def changed(self) -> bool:
        """Whether any figure would be another one."""
        return any(change.changed for change in (*self.in_period, *self.in_all))
