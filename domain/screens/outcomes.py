"""What became of cases: how they ended, and the share that says how the service goes, quarter by quarter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from domain.disclosure import Figure, Released
from domain.formats import limits_of, listed, percent_of
from domain.kpi_words import wanted_words
from domain.kpis import Kpi
from domain.messages import share_message
from domain.pack import Form, Line, PackFigure, Screen, Takeaway
from domain.periods import Period
from domain.screens.marks import screen_of, with_notes
from domain.screens.parts import (
    against_before,
    chart_of,
    figures_by,
    marks_note,
    not_complete_note,
    titled,
    whole_of,
)
from domain.screens.reasons import LIMITS_NOTE, split_screen
from domain.services import Service
from domain.settings import Target
from domain.shown import with_a_base
from domain.status import clear_of_target

ITEM: Final = "outcomes"
OF_THE_REFERRED: Final = (
    "Cases referred in these months that have ended since; those still open are not in it."
)
OF_THE_ENDED: Final = "A case counts in the quarter in which it ended, whenever it was referred."


def endings_screen(service: Service, ended: Released) -> Screen:
    """How cases ended, each outcome with its limits, and which of them the service is bought for."""
    screen = split_screen("outcomes", ITEM, ended)
    good = [one.label for one in ended.in_order if one.keys[-1] in service.good]
    if ended.withheld or not good:
        return screen
    return with_notes(screen, OF_THE_REFERRED, f"Counted as a good ending: {listed(good, len(good))}.")


def headline_screen(
    by_quarter: Released,
    now: Released,
    then: Released,
    period: Period,
    earlier: Period,
    *,
    unfinished: Collection[str] = (),
    wanted: tuple[Kpi, Target] | None = None,
) -> Screen:
    """The share that says how the service goes, the latest quarter against the one before and against its target.

    Parameters
    ----------
    now, then : the same share in the period and in the one before. unfinished : keys of quarters that are not whole.
    wanted : the KPI that is judged on it, with its target; None where there is none.
    """
    latest = _latest(by_quarter, unfinished)
    takeaway = Takeaway(
        titled(by_quarter, unfinished, by_quarter.measure.label),
        _sure(latest),
        _against(latest, wanted),
    )
    screen = screen_of("outcomes_quarters", ITEM, takeaway, by_quarter)
    if by_quarter.withheld:
        return replace(screen, figures=whole_of(now))
    line = None
    if wanted is not None:
        line = Line(float(wanted[1].value), f"Target: {wanted_words(*wanted)}")
    chart = chart_of(by_quarter, Form.SHARES, takeaway, unfinished=unfinished, line=line)
    whole = not any(one.key in unfinished or _cut(one, unfinished) for one in (period, earlier))
    return replace(
        with_notes(
            screen,
            *not_complete_note(chart),
            OF_THE_ENDED if by_quarter.measure.when == "outcome_date" else "",
            f"{period.label}: {share_message(now)}." if _is_another(period, latest) else "",
            LIMITS_NOTE if chart is not None else "",
            *marks_note(chart),
        ),
        chart=chart,
        before=against_before(now, then, period, earlier, whole=whole),
        figures=(*whole_of(now), *figures_by(by_quarter, sign="@"), *_beside(by_quarter, latest, wanted)),
    )


def _latest(by_quarter: Released, unfinished: Collection[str]) -> Figure | None:
    """The latest whole quarter that is shown, which the title is about; None where it is about none."""
    if by_quarter.not_given:
        return None
    found = [one for one in with_a_base(by_quarter) if one.keys[-1] and one.keys[-1] not in unfinished]
    return found[-1] if found else None


def _is_another(period: Period, latest: Figure | None) -> bool:
    return latest is None or latest.keys[-1] != period.key


def _cut(period: Period, unfinished: Collection[str]) -> bool:
    """Whether one of the quarters in a period is not whole."""
    return any(Period.parse(one).overlaps(period) for one in unfinished)


def _sure(latest: Figure | None) -> str:
    return f"95% limits {limits_of(latest.met, latest.base)}" if latest is not None else ""


def _against(latest: Figure | None, wanted: tuple[Kpi, Target] | None) -> str:
    """How the latest quarter stands against its target, allowing for chance; what it asks for where too few are counted to say."""
    if wanted is None or latest is None:
        return ""
    kpi, target = wanted
    asked = f"the target of {wanted_words(kpi, target)}"
    if latest.base < kpi.minimum_base:
        return f"too few to judge by {asked}"
    if not clear_of_target(latest.met, latest.base, target.value):
        return f"allowing for chance, not to be told apart from {asked}"
    side = "above" if latest.met / latest.base > float(target.value) else "below"
    return f"even allowing for chance, {side} {asked}"


def _beside(
    by_quarter: Released, latest: Figure | None, wanted: tuple[Kpi, Target] | None
) -> tuple[PackFigure, ...]:
    """What the sentence says beside the quarters: the limits and the target."""
    key, label, found = by_quarter.measure.key, by_quarter.measure.label, list[PackFigure]()
    if latest is not None:
        said = f"{percent_of(latest.met, latest.base)} ({limits_of(latest.met, latest.base)})"
        found.append(PackFigure(f"{key}:limits", f"{label}: 95% limits, {latest.label}", said))
    if wanted is not None:
        found.append(PackFigure(f"{key}:target", f"{label}: target", wanted_words(*wanted)))
    return tuple(found)
