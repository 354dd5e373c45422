"""What a return would change, before it is saved: rows, figures and KPI statuses, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from domain.disclosure import Figure, Released
from domain.kpis import Kpi
from domain.periods import Period
from domain.row_changes import RowChanges
from domain.status import Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after. Both answer the same question."""

    before: Released
    after: Released

    @property
    def changed(self) -> bool:
        """Whether the figure would be another one; of nothing, and of nothing that can be said, is the same."""
        return _counts(self.before.total)[:2] != _counts(self.after.total)[:2]


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One KPI of the provider for one period, before and after.

    `reach` says what is wanting or to spare afterwards: 'to reach green: 4 more in time'; blank where nothing can be said.
    """

    kpi: Kpi
    before: Verdict
    after: Verdict
    figure_before: Figure | None
    figure_after: Figure | None
    reach: str = ""

    @property
    def changed(self) -> bool:
        """Whether its figure or its status would be another one."""
        return (self.before.status, _counts(self.figure_before)) != (
            self.after.status,
            _counts(self.figure_after),
        )


def _counts(figure: Figure | None) -> tuple[int, int, float | None]:
    return (figure.met, figure.base, figure.value) if figure else (0, 0, None)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a return moves in a period that is not its own: only what moves is listed."""

    period: Period
    figures: tuple[Change, ...]
    kpis: tuple[KpiChange, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that is shown of what a return would change.

    Parameters
    ----------
    version : the moment it was worked out on; saving must still find everything as it was then.
    in_period, in_all : the provider's figures in the return's period, and over all its returns.
    first : whether no return for the period counted before.
    rows : what happens to the rows that count.
    moved_elsewhere : other periods of the provider in which a figure or a status moves, the earliest first.
    """

    version: int
    in_period: tuple[Change, ...]
    in_all: tuple[Change, ...]
    kpis: tuple[KpiChange, ...]
    first: bool
    rows: RowChanges = RowChanges()  # noqa: RUF009 - it cannot change
    moved_elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any of the provider's figures in the period, or over all its returns, would be another one."""
        return any(change.changed for change in (*self.in_period, *self.in_all))
