"""A time limit kept in each period, in words: the raw share, the share without agreed exceptions, and the target of that time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from domain.disclosure import Figure, Released
from domain.formats import few_cases, limits_of, number, percent, percent_of
from domain.kpi_words import councils_own
from domain.kpis import Kpi, target_for
from domain.periods import Period
from domain.settings import ADJUSTED, Settings, Target
from domain.status import Operator, Status, judge
from domain.table import Cell, Table
from domain.whose import providers_seen
from domain.whose_target import is_from_the_source

WITHOUT: Final = "without the cases that an agreed exception takes out"


@dataclass(frozen=True, slots=True)
class Kept:
    """One period.

    Parameters
    ----------
    raw : all cases due. adjusted : the same without agreed exceptions; None where the KPI has none.
    target : what was asked for at its end, 0 to 1; None without a target. unfinished : whether more may still come.
    """

    key: str
    label: str
    raw: Figure
    adjusted: Figure | None
    target: float | None
    unfinished: bool

    @property
    def left_out(self) -> int:
        """How many cases an agreed exception takes out."""
        return self.raw.base - self.adjusted.base if self.adjusted else 0


def kept_in(
    kpi: Kpi, raw: Released, adjusted: Released | None, settings: Settings, unfinished: Collection[str]
) -> tuple[Kept, ...]:
    """The periods in which a case came to its day, each with the target that held at its end."""
    found = []
    for figure in raw.figures:
        key = figure.keys[0]
        if not key or not figure.base:
            continue
        target = target_shown(kpi, raw, settings, Period.parse(key))
        without = _without(figure, adjusted.figure(key) if adjusted else None) if adjusted else None
        wanted = float(target.value) if target else None
        found.append(Kept(key, figure.label, figure, without, wanted, key in unfinished))
    return tuple(found)


def _without(raw: Figure, found: Figure | None) -> Figure:
    """The adjusted figure of a period; where every case is taken out it has none, and nothing is left."""
    return found or replace(raw, met=0, base=0, value=None, low=None, high=None)


def target_shown(kpi: Kpi, raw: Released, settings: Settings, period: Period) -> Target | None:
    """The target of whoever is shown: one provider's own where it is alone, else the one for all of them."""
    chosen = raw.selection.providers or providers_seen(settings, kpi.service)
    alone = chosen[0] if len(chosen) == 1 and not councils_own(kpi) else ""
    return target_for(settings.targets, kpi, alone, period.end)


def kept_message(kpi: Kpi, released: Released, periods: Sequence[Kept], target: Target | None) -> str:
    """The latest whole period against its target: '41 of 46 in Jan-Mar 2026 (89%), below the 100% that the law asks'."""
    whole = [one for one in periods if not one.unfinished]
    if not whole:
        return f"{kpi.name}: {'no period is complete yet' if periods else 'no case has come to its day yet'}"
    latest = whole[-1]
    by_adjusted = target is not None and target.judged_on == ADJUSTED and latest.adjusted is not None
    figure = latest.adjusted if by_adjusted and latest.adjusted is not None else latest.raw
    if not figure.base:
        return f"{kpi.name}: no case of {latest.label} is left {WITHOUT}"
    said = f"{kpi.name}: {number(figure.met)} of {number(figure.base)} ({percent_of(figure.met, figure.base)}) in {latest.label}"
    if by_adjusted and latest.left_out:
        said += f" {WITHOUT}"
    if released.not_given or target is None:
        return said
    return f"{said}, {_against(kpi, figure, target)}"


def _against(kpi: Kpi, figure: Figure, target: Target) -> str:
    verdict = judge(
        Fraction(figure.met, figure.base),
        target=target.value,
        operator=target.operator,
        tolerance=target.tolerance,
        base=figure.base,
        minimum_base=kpi.minimum_base,
    )
    if verdict.status is Status.TOO_FEW:
        return "too few to judge"
    by_law = kpi.basis == "statute" and is_from_the_source(kpi, target)
    who = "that the contract asks" if kpi.basis == "contract" else "of the target"
    who = "that the law asks" if by_law else who
    wanted = f"the {number(100 * float(target.value), 1).removesuffix('.0')}% {who}"
    if verdict.status is Status.GREEN:
        return f"meeting {wanted}"
    higher = Operator(target.operator).higher_is_better
    if Fraction(figure.met, figure.base) == Fraction(target.value):
        return f"not {'above' if higher else 'below'} {wanted}"
    return f"{'below' if higher else 'above'} {wanted}"


def in_words(one: Kept) -> str:
    """One period: 'Jan-Mar 2026 41 of 46, without agreed exceptions 41 of 43'."""
    said = f"{one.label} {number(one.raw.met)} of {number(one.raw.base)}"
    if one.adjusted is None or not one.left_out:
        return said
    return f"{said}, without agreed exceptions {number(one.adjusted.met)} of {number(one.adjusted.base)}"


def kept_table(periods: Sequence[Kept], grouping: str, with_adjusted: bool) -> Table:
    """Each period with its limits, what agreed exceptions take out, and the target of its time."""
    heads: tuple[str, ...] = (grouping.capitalize(), "In time", "Out of", "Share", "95% from", "95% to")
    if with_adjusted:
        heads += (
            "Taken out by agreed exceptions",
            "In time without them",
            "Out of without them",
            "Share without them",
            "95% limits of that",
        )
    return Table((*heads, "Target", "Note"), tuple(_kept_row(one) for one in periods))


def _kept_row(one: Kept) -> tuple[Cell, ...]:
    raw, other = one.raw, one.adjusted
    limits = [percent(edge) for edge in (raw.low, raw.high)]
    cells: list[Cell] = [one.label, raw.met, raw.base, percent_of(raw.met, raw.base), *limits]
    if other is not None:
        share = percent_of(other.met, other.base)
        cells += [one.left_out, other.met, other.base, share, limits_of(other.met, other.base)]
    notes = [few_cases(raw), "not complete" if one.unfinished else ""]
    return (*cells, percent(one.target), ", ".join(filter(None, notes)))
