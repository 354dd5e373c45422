"""When referrals come, as a screen: what each calendar month or quarter brings of a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.formats import listed, number, percent
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.history import History
from domain.procurement.needs import part
from domain.procurement.peaks import Peaks, Range, arrivals, peaks_of, whole
from domain.procurement.scenario import Scenario
from domain.procurement.show_parts import NOT_VALIDATED
from domain.procurement.volumes import Volumes
from domain.procurement.work import WorkFigures
from domain.screens.marks import alt_of
from domain.table import Cell, Table

ITEM: Final = part("work").key
WHEN: Final = "When referrals come"
_NOT_TRIED: Final = f"Expected referrals: {NOT_VALIDATED}."
_GROWS: Final = 0.05
"""Growth from one year to the next that is worth saying."""

_CHANCE_IN_YEAR: Final = (
    "The ranges hold 95 of 100 such years: the chance in the year's number, and in when its referrals come."
)


def peaks_screen(figures: WorkFigures, volumes: Volumes | None, scenario: Scenario) -> Screen:
    """The share of a year that each calendar month or quarter brings, and what that makes of the first contract year."""
    history, peaks = figures.history, peaks_for(figures, scenario)
    if peaks is None or history is None:
        few = Takeaway(f"{WHEN}: not said, because it takes two complete years of months or quarters")
        return Screen("work_peaks", ITEM, WHEN, few, Table((), ()), notes=_left_out(history))
    each = [arrivals(volumes, 0, one.share) for one in peaks.seasons] if volumes is not None else []
    said = _peaks_said(peaks, each, volumes)
    total = sum(one.count for one in peaks.seasons)
    return Screen(
        "work_peaks",
        ITEM,
        WHEN,
        said,
        _peaks_table(peaks, each, volumes),
        chart=_peaks_chart(peaks, each, volumes, said),
        base=f"n = {number(total)} referrals in {number(peaks.years)} years, {peaks.span}",
        about=". ".join(filter(None, ("Share of a year's referrals, from complete years", history.rests_on)))
        + ".",
        notes=(
            *_growth_words(peaks),
            *validated_words(volumes),
            "Smallest and largest share: of any one of the years.",
            *([_CHANCE_IN_YEAR] if volumes is not None else []),
            *_expected_words(history),
            *_left_out(history),
            *filter(None, [history.example]),
        ),
    )


def peaks_for(figures: WorkFigures, scenario: Scenario) -> Peaks | None:
    """How unevenly the referrals of a history came; None where it is too short to say."""
    return None if figures.history is None else peaks_of(figures.history, scenario.starts or 1)


def _peaks_said(peaks: Peaks, each: Sequence[Range], volumes: Volumes | None) -> Takeaway:
    shares = [one.share for one in peaks.seasons]
    top, place = peaks.seasons[peaks.busiest], peaks.busiest
    if not peaks.stands_out:
        what = "month" if peaks.months == 1 else "quarter"
        said = f"No {what} stands out: each brings {percent(min(shares))} to {percent(max(shares))} of a year"
        return Takeaway(said, "Chance alone could make them as uneven")
    # Those that read alike are named together: nobody could say which of them is the busiest.
    alike = [at for at, share in enumerate(shares) if percent(share) == percent(top.share)]
    named = listed([peaks.seasons[at].label for at in alike], len(alike))
    what = f"Busiest: {named}, {percent(top.share)} of a year{' each' if len(alike) > 1 else ''}"
    low, high = percent(top.low), percent(top.high)
    brought = low if low == high else f"{low} to {high}"
    years = f"Over {number(peaks.years)} years {top.label} brought {brought} of each"
    if volumes is None:
        return Takeaway(what, years)
    due = sorted({whole(each[at].value) for at in alike})
    about = f"{number(due[0])} to {number(due[-1])}" if len(due) > 1 else f"about {number(due[0])}"
    return Takeaway(
        f"{what}, {about} of {number(volumes.middle[0])} in {volumes.label(0)}",
        f"{years}; 95 of 100 such years bring {number(each[place].low)} to {number(each[place].high)} in {top.label}",
    )


def _peaks_table(peaks: Peaks, each: Sequence[Range], volumes: Volumes | None) -> Table:
    headers = ["Month" if peaks.months == 1 else "Quarter", f"Referrals, {peaks.span}", "Share of a year"]
    headers += ["Smallest share", "Largest share"]
    if volumes is not None:
        headers += [f"Expected, {volumes.label(0)}", "95 of 100 from", "95 of 100 to"]
    rows: list[tuple[Cell, ...]] = []
    for place, one in enumerate(peaks.seasons):
        shares = (percent(edge) for edge in (one.share, one.low, one.high))
        due = range_cells(each[place]) if each else ()
        rows.append((one.label, whole(one.count), *shares, *due))
    if volumes is not None:
        year = Range(volumes.middle[0], *volumes.limits(0))
        rows.append(
            ("All", whole(sum(one.count for one in peaks.seasons)), "100%", "", "", *range_cells(year))
        )
    return Table(tuple(headers), tuple(rows))


def range_cells(one: Range) -> tuple[int, int, int]:
    """A number and its limits as cells of a table."""
    return whole(one.value), one.low, one.high


def _peaks_chart(peaks: Peaks, each: Sequence[Range], volumes: Volumes | None, said: Takeaway) -> Chart:
    names = tuple(one.label for one in peaks.seasons)
    values = tuple(one.value for one in each) if each else tuple(one.count for one in peaks.seasons)
    name = f"Referrals, {peaks.span}" if volumes is None else f"Expected referrals, {volumes.label(0)}"
    words = tuple(number(one) for one in values)
    series = (Series(name, values),)
    return Chart(Form.COLUMNS, names, series, share=False, words=words, alt=alt_of(said, name, names, words))


def _growth_words(peaks: Peaks) -> tuple[str, ...]:
    change = peaks.growth - 1
    if abs(change) < _GROWS:
        return ()
    way = "rose" if change > 0 else "fell"
    return (
        f"Referrals {way} by {percent(abs(change))} a year over these years. That is taken out of the shares, or the "
        f"{'last' if change > 0 else 'first'} months of a year would look busier for it alone.",
    )


def validated_words(volumes: Volumes | None) -> tuple[str, ...]:
    """That the number of referrals was not tried on the past, where it was not."""
    return (_NOT_TRIED,) if volumes is not None and not volumes.validated else ()


def _expected_words(history: History) -> tuple[str, ...]:
    """Which periods are not what was counted."""
    if not history.expected:
        return ()
    named = listed([history.label(place) for place in history.expected])
    return (f"Taken as what is expected once late cases are entered: {named}.",)


def _left_out(history: History | None) -> tuple[str, ...]:
    return () if history is None else tuple(f"{one}." for one in history.left_out)
