"""The panel on preventions: how many so far, against a target that is spread evenly over the programme."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from components.basis import basis_of
from components.charts.to_date import to_date
from components.hidden import only_shown
from components.panel import Panel
from domain.disclosure import Figure, Released
from domain.formats import counted, day, listed, month, number
from domain.periods import month_end, months_between, parse_month, write_month
from domain.settings import Settings, Target
from domain.shown import dated
from domain.status import profiled_target
from domain.table import Table


@dataclass(frozen=True, slots=True)
class SoFar:
    """One month: the count in it and up to its end, and what the target asks for by then; None where it asks for nothing."""

    month: int
    count: int | None
    reached: int | None
    due: float | None


def so_far(figures: Sequence[Figure], target: Target | None) -> tuple[SoFar, ...]:
    """The months from the first to the last of the count or of the target's programme, with their sums."""
    counts = {parse_month(figure.keys[0]): figure.met for figure in figures}
    sums = dict(zip(sorted(counts), accumulate(counts[one] for one in sorted(counts)), strict=True))
    profile = target.profile if target else None
    ends = [*counts, *([profile.first_month, profile.last_month] if profile else [])]
    if not ends:
        return ()
    return tuple(
        SoFar(
            one,
            counts.get(one),
            sums.get(one),
            profiled_target(target.value, profile.start, profile.end, month_end(one))
            if target and profile
            else None,
        )
        for one in months_between(min(ends), max(ends))
    )


def preventions_panel(
    key: str,
    released: Released,
    target: Target | None,
    settings: Settings,
    *,
    unfinished: Collection[str],
    why_alone: str = "",
) -> Panel:
    """Preventions to date against the profiled target.

    Parameters
    ----------
    released : preventions by month, from the start of the programme.
    target : what they are compared with; None where nothing is. why_alone : why not, as a sentence.
    """
    if released.not_given:
        target, why_alone = None, "Not every figure is given, so nothing is compared with the target."
    figures = dated(released)
    months = so_far(figures, target)
    part = [figure for figure in figures if figure.keys[0] in unfinished]
    known = [place for place, one in enumerate(months) if one.reached is not None]
    reached = [one.reached for one in months[: known[-1] + 1]] if known else []
    some = bool(figures) and not (released.empty and not target)
    panel = Panel(
        key=key,
        title=_message(months, target, late=bool(part)),
        figure=to_date(
            [month(one.month) for one in months],
            reached,
            [one.due for one in months if one.due is not None],
            released.source,
            name="Preventions",
            partly_from=_place(months, part[0].keys[0]) if part else None,
        )
        if some
        else None,
        alt=f"{_message(months, target, late=bool(part))}.",
        table=_table(months, against=target is not None),
        basis=basis_of(released, settings),
        notes=(
            *([_about(target)] if target else []),
            *([why_alone] if why_alone else []),
            *(
                [f"Not complete, or not all returns in, so dotted: {listed([one.label for one in part])}."]
                if part
                else []
            ),
            *(
                [f"{counted(released.missing, 'prevention')} without a date cannot be placed in time."]
                if released.missing
                else []
            ),
        ),
    )
    return only_shown(panel, settings, released)


def _place(months: Sequence[SoFar], key: str) -> int:
    return next(place for place, one in enumerate(months) if write_month(one.month) == key)


def _about(target: Target) -> str:
    until = f" by {day(target.profile.end)}" if target.profile else ""
    return (
        f"Target: {_short(float(target.value))}{until}. {target.note or 'Spread evenly over the programme'}."
    )


def _message(months: Sequence[SoFar], target: Target | None, *, late: bool) -> str:
    known = [one for one in months if one.reached is not None]
    if not known:
        return "Preventions: none recorded yet"
    last = known[-1]
    reported = " reported so far" if late else ""
    said = f"{counted(last.reached or 0, 'prevention')}{reported} from {month(known[0].month)} to {month(last.month)}"
    if target is None or target.profile is None or last.due is None:
        return said
    wanted = f"the target of {_short(float(target.value))} by {month(target.profile.last_month)}"
    return f"{said}; {wanted}, spread evenly, asks for {_short(last.due)} by then"


def _table(months: Sequence[SoFar], *, against: bool) -> Table:
    heads = ("Month", "Preventions", "So far", *(("Target by then", "Above or below it") if against else ()))
    return Table(heads, tuple(_cells(one)[: len(heads)] for one in months))


def _cells(one: SoFar) -> tuple[str | int | None, ...]:
    due = None if one.due is None else _short(one.due)
    apart = "" if one.due is None or one.reached is None else _signed(one.reached - one.due)
    return month(one.month), one.count, one.reached, due, apart


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{_short(value)}"


def _short(value: float) -> str:
    return number(value, 1).removesuffix(".0")
