"""How many were referred, and how many of the cases that a contract includes are used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from domain.base_words import as_at_words
from domain.contract_use import ContractUse
from domain.contract_words import rate_notes, use_message, use_table
from domain.disclosure import Released
from domain.formats import NOTHING, counted, day, listed, month, number, percent_of, sentence_case
from domain.hidden_words import partly
from domain.late_entry import Expected
from domain.late_words import late_message, with_expected
from domain.messages import Trend, trend_message, trend_of
from domain.pack import Chart, Form, Line, PackFigure, Screen, Series, Takeaway
from domain.periods import Period, time_key
from domain.screens.marks import about_of, alt_of, notes_of, screen_of, with_notes, withheld_screen
from domain.screens.parts import against_before, chart_of, not_complete_note, whole_of
from domain.statistics import count_limits
from domain.status import FEW_CASES
from domain.table import Table

ITEM: Final = "volumes"


@dataclass(frozen=True, slots=True)
class Volumes:
    """The referrals of a meeting.

    Parameters
    ----------
    over : by month or quarter, up to the end of the period. now, then : in the period and in the one before, without a grouping.
    unfinished : keys of the groups of `over` that are not whole.
    filling : the months to which late cases are still added. told : whether what is expected of them may be said.
    silent : those of the two periods for which no return at all is in, so that nothing is said of how many there were.
    """

    over: Released
    now: Released
    then: Released
    period: Period
    earlier: Period
    unfinished: Collection[str] = ()
    filling: tuple[Expected, ...] = field(default=())
    told: bool = False
    silent: Collection[Period] = ()


def referrals_screen(asked: Volumes) -> Screen:
    """Referrals over the last twelve months: the latest whole ones against those before, and what still fills."""
    over = asked.over
    grouping = over.by[0]
    filling = {time_key(grouping, one.month): one for one in asked.filling}
    not_whole = {*asked.unfinished, *filling}
    trend = trend_of(over, not_whole)
    what = over.measure.label.lower()
    expected = {key: one for key, one in filling.items() if asked.told and grouping == "month"}
    title = trend_message(over, not_whole, what)
    if over.empty and not partly(over) and not over.not_given:
        title = f"No {over.measure.unit} in these months"
    takeaway = Takeaway(title, _sure(trend, expected))
    screen = screen_of("volumes", ITEM, takeaway, over)
    if over.withheld:
        return replace(screen, figures=whole_of(asked.now))
    chart = chart_of(over, Form.COLUMNS, takeaway, unfinished=not_whole)
    late = {month(one.month): one for one in asked.filling}
    return replace(
        with_notes(
            screen,
            *not_complete_note(_only(chart, over, asked.unfinished)),
            *(
                [f"Late cases are still being entered, so hatched and not compared: {listed(list(late))}."]
                if late
                else []
            ),
            "Cases without a date of referral cannot be placed in time and are left out."
            if _undated(over)
            else "",
        ),
        chart=chart,
        table=with_expected(screen.table, over, expected) if expected else screen.table,
        before=""
        if asked.silent
        else against_before(
            asked.now, asked.then, asked.period, asked.earlier, whole=_whole(asked, not_whole)
        ),
        figures=(*_number(asked), *_trend_figures(trend, over.measure.label)),
    )


def _number(asked: Volumes) -> tuple[PackFigure, ...]:
    """How many there were in the period; none where no return for it is in."""
    if asked.period in asked.silent:
        return (PackFigure(asked.now.measure.key, asked.now.measure.label, NOTHING),)
    return whole_of(asked.now)


def _undated(over: Released) -> int:
    return 0 if over.shut else sum(one.missing for one in over.figures if not one.keys[0])


def _only(chart: Chart | None, over: Released, keys: Collection[str]) -> Chart | None:
    """The chart with only some of its periods said to be not whole."""
    if chart is None:
        return None
    named = {one.label for one in over.in_order if one.keys[0] in keys}
    return replace(chart, unfinished=tuple(p for p in chart.unfinished if chart.categories[p] in named))


def _whole(asked: Volumes, not_whole: Collection[str]) -> bool:
    """Whether nothing more is to come of the period and of the one before."""
    grouping = asked.over.by[0]
    months = (*asked.earlier.months, *asked.period.months)
    return not any(time_key(grouping, one) in not_whole for one in months)


def _sure(trend: Trend | None, expected: Mapping[str, Expected]) -> str:
    parts = []
    if trend is not None:
        parts.append(f"Chance alone could make it {_limits(trend)}{' a month' if trend.width > 1 else ''}")
    parts.append(sentence_case(late_message(expected)))
    return ". ".join(filter(None, parts))


def _limits(trend: Trend) -> str:
    low, high = (edge / trend.width for edge in count_limits(trend.now))
    digits = 1 if trend.now < FEW_CASES * trend.width / 2 else 0
    return f"{number(low, digits)} to {number(high, digits)}"


def _trend_figures(trend: Trend | None, label: str) -> tuple[PackFigure, ...]:
    """The two sides of what is compared, which stand in no row of the table where they are means."""
    if trend is None:
        return ()
    each = " a month" if trend.width > 1 else ""
    now, then = trend.each(trend.now), trend.each(trend.then)
    return (
        PackFigure(
            "referrals:latest",
            f"{label}{each}, {trend.span}",
            f"{now} (95% limits {_limits(trend)})",
            value=trend.now / trend.width,
        ),
        PackFigure(
            "referrals:earlier", f"{label}{each}, {trend.earlier}", then, value=trend.then / trend.width
        ),
    )


_LATER_NOTE: Final = "Later months are in already, so nothing is said of where the rate led: choose them to see what it came to."


def used_screen(use: ContractUse, accepted: Released, who: str, *, later: bool = False) -> Screen:
    """How many of the cases that a contract includes are used in its contract year; what they cost stands nowhere.

    Parameters
    ----------
    accepted : cases by month, of this contract alone. who : whose contract it is, in words.
    later : whether months after those of the meeting are in already, so that nothing is carried forward over them.
    """
    if later:
        use = replace(use, reported=[one for one in use.reported if one in use.passed])
    key = f"volumes_used_{use.contract.key}"
    if partly(accepted):
        # A sum of the months that are left would be of no time that anybody asked for.
        why = accepted.withheld or "Some of its months may not be shown, so that no sum of them is."
        return withheld_screen(key, ITEM, f"Included cases used, {who}", why)
    ahead = use.by_year_end()
    sure = ""
    if ahead is not None:
        sure = f"By the end of the contract year chance alone could make it {number(ahead.low)} to {number(ahead.high)}"
    takeaway = Takeaway(f"{who}: {use_message(use)}", sure)
    return Screen(
        key=key,
        item=ITEM,
        heading="Included cases",
        takeaway=takeaway,
        table=_used_table(use, accepted, later=later),
        chart=_used_chart(use, accepted, takeaway),
        base=_used_base(use, accepted),
        about=about_of(accepted),
        notes=(
            *((_LATER_NOTE,) if later and use.months_left else rate_notes(use)),
            f"The contract year runs from {day(use.year_start)} to {day(use.year_end)}.",
            "A case counts in the month of its referral; one that is entered late is added to it, so that the last months may still rise.",
            *notes_of(accepted),
        ),
        figures=_used_figures(use, who),
    )


def _used_table(use: ContractUse, accepted: Released, *, later: bool) -> Table:
    found = use_table(use, accepted.measure.label)
    if not later:
        return found
    rows = ((*row[:-1], "after these months" if row[-1] == "to come" else row[-1]) for row in found.rows)
    return Table(found.headers, tuple(rows))


def _used_chart(use: ContractUse, accepted: Released, takeaway: Takeaway) -> Chart | None:
    """Cases of each month of the contract year so far, against what an even pace would make."""
    if not use.passed:
        return None
    pace = use.included / len(use.months)
    names = tuple(month(one) for one in use.passed)
    counts = tuple(use.by_month.get(one, 0) for one in use.passed)
    words = tuple(number(one) for one in counts)
    line = Line(pace, f"Included: {number(pace, 1).removesuffix('.0')} a month if even over the year")
    return Chart(
        Form.COLUMNS,
        names,
        (Series(accepted.measure.label, tuple(float(one) for one in counts)),),
        share=False,
        words=words,
        alt=f"{alt_of(takeaway, accepted.measure.label, names, words)} {line.words}.",
        unfinished=tuple(place for place, one in enumerate(use.passed) if one not in use.reported),
        line=line,
    )


def _used_base(use: ContractUse, accepted: Released) -> str:
    reach = as_at_words(accepted.as_at, accepted.audience)
    return ", ".join(filter(None, (f"n = {number(use.used)} in the contract year", reach)))


def _used_figures(use: ContractUse, who: str) -> tuple[PackFigure, ...]:
    """What the title says: the cases used, how much of the year has gone, and where the rate leads."""
    named, key = f"Included cases used, {who}", f"used:{use.contract.key}"
    said = f"{number(use.used)} of {number(use.included)}"
    found = [
        PackFigure(
            key,
            named,
            f"{said} ({percent_of(use.used, use.included)})" if use.included else said,
            use.used,
            use.included,
        ),
        PackFigure(
            f"{key}:months",
            f"Months of the contract year gone, {who}",
            f"{len(use.passed)} of {counted(len(use.months), 'month')}, {number(len(use.not_reported))} not reported",
        ),
    ]
    if (beyond := use.used - use.included) > 0:
        found.append(PackFigure(f"{key}:beyond", f"Beyond the included cases, {who}", number(beyond), beyond))
    if ahead := use.by_year_end():
        found.append(
            PackFigure(
                f"{key}:ahead",
                f"By the end of the contract year at this rate, {who}",
                f"{number(ahead.middle)} ({number(ahead.low)} to {number(ahead.high)})",
                value=ahead.middle,
            )
        )
    return tuple(found)
