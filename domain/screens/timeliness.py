"""What was done in time: each time limit quarter by quarter; where a service has none, how long it took."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from domain.agenda import agenda_item
from domain.disclosure import Released
from domain.formats import NOTHING, limits_of, listed, number, share_of
from domain.hidden_words import hidden_message, partly
from domain.kept_words import Kept, kept_in, kept_message, kept_table, target_shown
from domain.kpi_words import councils_own, wanted_words
from domain.kpis import Kpi
from domain.messages import spread_message
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
from domain.screens.reasons import LIMITS_NOTE
from domain.settings import ADJUSTED, Settings, Target
from domain.status import clear_of_target
from domain.table import Table

ITEM: Final = "timeliness"
_EXCEPTIONS: Final = "An agreed exception takes out only a case that missed. It never moves the last day."


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


def limit_screens(
    limits: Sequence[Timely], period: Period, earlier: Period, settings: Settings
) -> tuple[Screen, ...]:
    """A screen for each time limit of which a case came to its day; the others named together on one."""
    some = [
        one for one in limits if one.raw.withheld or partly(one.raw) or any(f.base for f in one.raw.figures)
    ]
    none = [one for one in limits if one not in some]
    screens = [_limit_screen(one, period, earlier, settings) for one in some]
    return (*screens, *([_none_due(none)] if none else []))


def _none_due(none: Sequence[Timely]) -> Screen:
    names = [one.kpi.name for one in none]
    first = none[0].raw
    takeaway = Takeaway(f"No case has come to its day yet: {listed(names, len(names))}")
    if first.not_given:
        takeaway = Takeaway(f"Not given in these months: {listed(names, len(names))}")
    screen = screen_of("timeliness_none", ITEM, takeaway, first)
    return replace(
        screen, table=Table(("KPI", "Cases whose day has come"), tuple((name, NOTHING) for name in names))
    )


def _limit_screen(one: Timely, period: Period, earlier: Period, settings: Settings) -> Screen:
    kpi, raw = one.kpi, one.raw
    key = f"timeliness_{kpi.id}"
    hidden = partly(raw, *([one.adjusted] if one.adjusted else []))
    # What an exception took out is worked out from both figures: where one of them is hidden, the raw one stands alone.
    adjusted = None if hidden else one.adjusted
    kept = kept_in(kpi, raw, adjusted, settings, one.unfinished)
    latest = next((each for each in reversed(kept) if not each.unfinished), None)
    target = target_shown(kpi, raw, settings, Period.parse(latest.key) if latest else period)
    if raw.withheld:
        return replace(screen_of(key, ITEM, Takeaway(hidden_message(raw)), raw), heading=_heading(kpi))
    said = kept_message(kpi, raw, kept, target)
    if hidden:
        said = titled(raw, one.unfinished, kpi.name)
    takeaway = Takeaway(said, "" if latest is None else _sure(latest, target, hidden=hidden))
    line = Line(float(target.value), f"Target: {wanted_words(kpi, target)}") if target is not None else None
    chart = chart_of(raw, Form.SHARES, takeaway, unfinished=one.unfinished, line=line)
    screen = screen_of(key, ITEM, takeaway, raw)
    whole = not any(Period.parse(each).overlaps(p) for each in one.unfinished for p in (period, earlier))
    return replace(
        with_notes(
            screen,
            *not_complete_note(chart),
            "The council's own duty: no provider answers for it." if councils_own(kpi) else "",
            f"{_EXCEPTIONS} The chart is of the raw figure." if adjusted is not None else "",
            "The figure without agreed exceptions may not be shown beside the raw one."
            if hidden and one.adjusted
            else "",
            LIMITS_NOTE if chart is not None else "",
            *marks_note(chart),
        ),
        heading=_heading(kpi),
        chart=chart,
        table=screen.table if hidden else kept_table(kept, "quarter", adjusted is not None),
        before=against_before(one.now, one.then, period, earlier, whole=whole),
        figures=(
            *whole_of(one.now, f"{kpi.id}:in_time", kpi.name),
            *figures_by(raw, sign=f":{kpi.id}@"),
            *_beside(kpi, latest, target),
        ),
    )


def _heading(kpi: Kpi) -> str:
    return f"{agenda_item(ITEM).label}: {kpi.name}"


def _sure(latest: Kept, target: Target | None, *, hidden: bool) -> str:
    """The limits of the share that the title says, and whether chance could explain how far it is from its target."""
    by_adjusted = target is not None and target.judged_on == ADJUSTED and latest.adjusted is not None
    figure = latest.adjusted if by_adjusted and latest.adjusted is not None and not hidden else latest.raw
    if not figure.base:
        return ""
    said = f"95% limits {limits_of(figure.met, figure.base)}"
    if target is None:
        return said
    clear = clear_of_target(figure.met, figure.base, target.value)
    told = (
        "chance alone does not explain the distance" if clear else "allowing for chance, not to be told apart"
    )
    return f"{said}: {told} from the target"


def _beside(kpi: Kpi, latest: Kept | None, target: Target | None) -> tuple[PackFigure, ...]:
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


def length_screen(key: str, bands: Released, median: Released, mean: Released | None = None) -> Screen:
    """How long it took, in bands, with the middle length and, where it is counted, the mean."""
    takeaway = Takeaway(spread_message(median, mean))
    screen = screen_of(key, ITEM, takeaway, bands)
    if bands.withheld:
        return screen
    chart = chart_of(bands, Form.COLUMNS, takeaway)
    # The mean is said as a whole number, as on the page.
    means = (
        [replace(one, shown=number(one.value)) for one in whole_of(mean)] if mean and not partly(mean) else []
    )
    return replace(screen, chart=chart, figures=(*figures_by(bands), *whole_of(median), *means))
