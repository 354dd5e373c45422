"""A time limit of a meeting, and those of which no chart is needed: on one screen, a row each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.agenda import agenda_item
from domain.base_words import as_at_words
from domain.disclosure import Figure, Released
from domain.formats import NOTHING, limits_of, listed, number, sentence_case, share_of
from domain.hidden_words import partly
from domain.kept_words import Kept, kept_in, target_shown
from domain.kpi_words import councils_own, wanted_words
from domain.kpis import Kpi
from domain.pack import PackFigure, Screen, Takeaway
from domain.periods import Period
from domain.screens.marks import about_of, notes_of
from domain.screens.parts import CLEARLY, against_before, figures_by, whole_of
from domain.settings import ADJUSTED, Settings, Target
from domain.share_rows import LEAST_BASE
from domain.status import Operator
from domain.table import Table

ITEM: Final = "timeliness"
EXCEPTIONS: Final = "An agreed exception takes out only a case that missed. It never moves the last day."


@dataclass(frozen=True, slots=True)
class Timely:
    """One time limit of a meeting.

    Parameters
    ----------
    raw : its share by quarter, of every case; adjusted : the same without agreed exceptions, None where the KPI has none.
    now, then : the raw share in the period and in the one before. unfinished : keys of quarters that are not whole.
    """

    kpi: Kpi
    raw: Released
    adjusted: Released | None
    now: Released
    then: Released
    unfinished: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """A time limit without a chart of its own: its quarters, the latest whole one of them, its target, and whether few cases are why."""

    kept: tuple[Kept, ...]
    latest: Kept
    target: Target | None
    few: bool


def quiet_of(one: Timely, period: Period, earlier: Period, settings: Settings) -> Quiet | None:
    """What is said of a time limit that is kept and has not clearly changed, or rests on few cases; None of one that has its own screen."""
    if partly(one.raw, one.now, one.then, *([one.adjusted] if one.adjusted else [])):
        return None
    kept = kept_in(one.kpi, one.raw, one.adjusted, settings, one.unfinished)
    latest = next((each for each in reversed(kept) if not each.unfinished), None)
    if latest is None:
        return None
    target = target_shown(one.kpi, one.raw, settings, Period.parse(latest.key))
    figure = judged_of(latest, target)
    if figure.base < LEAST_BASE:
        return Quiet(kept, latest, target, few=True)
    missed = target is not None and not Operator(target.operator).holds(
        Fraction(figure.met, figure.base), Fraction(target.value)
    )
    moved = against_before(one.now, one.then, period, earlier).endswith(CLEARLY)
    return None if missed or moved else Quiet(kept, latest, target, few=False)


def together(limits: Sequence[Timely], quiet: Mapping[str, Quiet]) -> Screen:
    """Time limits of which no chart is needed, a row each, quarter by quarter."""
    quarters = {each.key: each.label for one in quiet.values() for each in one.kept}
    rows = []
    for one in limits:
        found = quiet[one.kpi.id]
        cells = {each.key: _cell(each) for each in found.kept}
        wanted = sentence_case(wanted_words(one.kpi, found.target)) if found.target else "No target"
        rows.append((one.kpi.name, wanted, *(cells.get(key, NOTHING) for key in sorted(quarters))))
    headers = ("KPI", "Target", *(quarters[key] for key in sorted(quarters)))
    council = [one.kpi.name for one in limits if councils_own(one.kpi)]
    first = limits[0].raw
    reach = as_at_words(first.as_at, first.audience)
    cell = "In each cell: X of Y, the cases in time out of those whose day fell in the quarter"
    return Screen(
        f"{ITEM}_others",
        ITEM,
        f"{agenda_item(ITEM).label}: other time limits",
        _said_together(limits, quiet),
        Table(headers, tuple(rows)),
        base=f"{cell}. {sentence_case(reach)}" if reach else cell,
        about=" ".join(dict.fromkeys(about_of(one.raw) for one in limits)),
        notes=tuple(
            filter(
                None,
                (
                    f"The council's own duty, for which no provider answers: {listed(council, len(council))}."
                    if council
                    else "",
                    f"Adjusted: without agreed exceptions. {EXCEPTIONS}"
                    if any(each.left_out for one in quiet.values() for each in one.kept)
                    else "",
                    *notes_of(*(one.raw for one in limits)),
                ),
            )
        ),
        figures=tuple(
            figure
            for one in limits
            for figure in (
                *whole_of(one.now, f"{one.kpi.id}:in_time", one.kpi.name),
                *figures_by(one.raw, sign=f":{one.kpi.id}@"),
                *beside(one.kpi, None, quiet[one.kpi.id].target),
            )
        ),
    )


def _cell(each: Kept) -> str:
    said = f"{number(each.raw.met)} of {number(each.raw.base)}"
    if each.adjusted is not None and each.left_out:
        said += f", adjusted {number(each.adjusted.met)} of {number(each.adjusted.base)}"
    return f"{said}, not complete" if each.unfinished else said


def _said_together(limits: Sequence[Timely], quiet: Mapping[str, Quiet]) -> Takeaway:
    """Which are met, and how many were in time in the latest quarter of those with few cases."""
    met, without, few = list[str](), list[str](), list[str]()
    latest = {quiet[one.kpi.id].latest.label for one in limits if quiet[one.kpi.id].few}
    for one in limits:
        found = quiet[one.kpi.id]
        figure = judged_of(found.latest, found.target)
        if found.few:
            few.append(f"{one.kpi.name} {number(figure.met)} of {number(figure.base)}")
        else:
            (without if found.target is None else met).append(one.kpi.name)
    when = next(iter(latest)) if len(latest) == 1 else "the latest quarter of each"
    said = (
        ("met, with no clear change", met),
        ("no target and no clear change", without),
        (f"too few cases to compare in {when}", few),
    )
    what = "; ".join(f"{words}: {listed(names, len(names))}" for words, names in said if names)
    return Takeaway(sentence_case(what))


def judged_of(latest: Kept, target: Target | None) -> Figure:
    """The figure of a quarter that its target asks about: without agreed exceptions where it says so."""
    by_adjusted = target is not None and target.judged_on == ADJUSTED
    return latest.adjusted if by_adjusted and latest.adjusted is not None else latest.raw


def beside(kpi: Kpi, latest: Kept | None, target: Target | None) -> tuple[PackFigure, ...]:
    """What the sentence says beside the quarters: the limits of both shares, and the target."""
    found = []
    if latest is not None:
        for name, figure in (("raw", latest.raw), ("adjusted", latest.adjusted)):
            if figure is not None and figure.base:
                said = f"{share_of(figure.met, figure.base)}, {limits_of(figure.met, figure.base)}"
                label = f"{kpi.name}, {name}: 95% limits, {latest.label}"
                found.append(PackFigure(f"{kpi.id}:in_time:{name}", label, said))
    if target is not None:
        found.append(PackFigure(f"{kpi.id}:in_time:target", f"{kpi.name}: target", wanted_words(kpi, target)))
    return tuple(found)
