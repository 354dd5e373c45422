"""What was done in time: each time limit quarter by quarter; where a service has none, how long it took."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from domain.agenda import agenda_item
from domain.disclosure import Released
from domain.formats import NOTHING, counted, limits_of, listed, number
from domain.hidden_words import hidden_message, of_shown, partly
from domain.kept_words import Kept, kept_in, kept_message, kept_table, target_shown
from domain.kpi_words import councils_own, wanted_words
from domain.kpis import Kpi
from domain.messages import spread_message
from domain.pack import Form, Line, Screen, Takeaway
from domain.periods import Period
from domain.screens.limits_together import (
    EXCEPTIONS,
    ITEM,
    Timely,
    beside,
    judged_of,
    quiet_of,
    together,
)
from domain.screens.marks import said_of_whom, screen_of, with_notes
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
from domain.settings import Settings, Target
from domain.share_rows import LEAST_BASE
from domain.status import clear_of_target
from domain.table import Table


def limit_screens(
    limits: Sequence[Timely],
    period: Period,
    earlier: Period,
    settings: Settings,
    *,
    spoken_of: Collection[str] = (),
) -> tuple[Screen, ...]:
    """A screen for each time limit that is missed or has changed; one for those that are kept or of few cases, one for those not due.

    `spoken_of` are keys of screens beside which something is said, so that they stay.
    """
    some = [
        one for one in limits if one.raw.withheld or partly(one.raw) or any(f.base for f in one.raw.figures)
    ]
    none = [one for one in limits if one not in some]
    quiet = {
        one.kpi.id: found
        for one in some
        if _key(one.kpi) not in spoken_of and (found := quiet_of(one, period, earlier, settings))
    }
    # One alone would have a screen in either case.
    quiet = quiet if len(quiet) > 1 else {}
    screens = [_limit_screen(one, period, earlier, settings) for one in some if one.kpi.id not in quiet]
    alike = [one for one in some if one.kpi.id in quiet]
    return (*screens, *([together(alike, quiet)] if quiet else []), *([_none_due(none)] if none else []))


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
    key = _key(kpi)
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
            f"{EXCEPTIONS} The chart is of the raw figure." if adjusted is not None else "",
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
            *beside(kpi, latest, target),
        ),
    )


def _key(kpi: Kpi) -> str:
    return f"{ITEM}_{kpi.id}"


def _heading(kpi: Kpi) -> str:
    return f"{agenda_item(ITEM).label}: {kpi.name}"


def _sure(latest: Kept, target: Target | None, *, hidden: bool) -> str:
    """The limits of the share that the title says, and whether chance could explain how far it is from its target."""
    figure = latest.raw if hidden else judged_of(latest, target)
    if not figure.base:
        return ""
    said = f"95% limits {limits_of(figure.met, figure.base)}"
    if figure.base < LEAST_BASE:
        return f"{said}: too few cases to say more"
    if target is None:
        return said
    if figure.met == figure.base and target.value == 1:
        return said
    if target.value == 1:
        return f"{said}; the target asks for every case"
    clear = clear_of_target(figure.met, figure.base, target.value)
    told = (
        "chance alone does not explain the distance" if clear else "allowing for chance, not to be told apart"
    )
    return f"{said}: {told} from the target"


def _length_said(bands: Released, median: Released, mean: Released | None) -> Takeaway:
    """The middle of a length, of how many cases it is, and that it says little where those are few."""
    if partly(median) and not bands.withheld:
        # The title speaks of what is shown, which is how many took how long.
        return Takeaway(said_of_whom(_commonest(bands), bands), hidden_message(median))
    said, rests = spread_message(median, mean), 0
    if not partly(median) and median.figures and median.figures[0].value is not None:
        rests = median.figures[0].base
    of = "the one case took" if rests == 1 else f"half of {counted(rests, 'case')} took"
    if rests:
        said = said.replace("half of the cases took", of, 1)
    if rests == 1:
        said = said.replace(" or less", "", 1).partition("; the mean")[0]
    few = f"Of fewer than {LEAST_BASE} cases, so read with caution" if 0 < rests < LEAST_BASE else ""
    return Takeaway(said_of_whom(said, bands), few)


def length_screen(key: str, bands: Released, median: Released, mean: Released | None = None) -> Screen:
    """How long it took, in bands, with the middle length and, where it is counted, the mean."""
    takeaway = _length_said(bands, median, mean)
    screen = screen_of(key, ITEM, takeaway, bands)
    if bands.withheld:
        return screen
    chart = chart_of(bands, Form.COLUMNS, takeaway)
    # The mean is said as a whole number, as on the page.
    means = (
        [replace(one, shown=number(one.value)) for one in whole_of(mean)] if mean and not partly(mean) else []
    )
    return replace(screen, chart=chart, figures=(*figures_by(bands), *whole_of(median), *means))


def _commonest(bands: Released) -> str:
    """The band of a length that most cases took: 'Days of support: most often up to 7 days, 9 cases'."""
    some = [one for one in bands.figures if one.met and one.keys[-1]]
    if not some:
        return hidden_message(bands)
    most = max(one.met for one in some)
    first = [one.label for one in some if one.met == most]
    each = " each" if len(first) > 1 else ""
    return f"{bands.measure.label}: {of_shown(bands)}most often {listed(first, 3)}, {counted(most, 'case')}{each}"
