"""How many cases are open at a time and how many people that takes, as a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.base_words import base_and_missing
from domain.forecasting import DAYS_A_MONTH, live_cases
from domain.formats import month, number, sentence_case
from domain.kpis import catalogue
from domain.pack import Screen, Takeaway
from domain.procurement.needs import part
from domain.procurement.peaks import MONTHS, Peaks, Range, arrivals, open_cases, whole
from domain.procurement.scenario import Scenario
from domain.procurement.show_peaks import peaks_for, range_cells, validated_words
from domain.procurement.volumes import Volumes
from domain.procurement.work import WorkFigures
from domain.rounding import half_up
from domain.table import Cell, Table

ITEM: Final = part("work").key
OPEN: Final = "How many cases are open at a time"
_CASELOAD: Final = "caseload_per_mentor"
_RULE: Final = (
    "Referrals a month, times the mean days that a case is open, "
    f"divided by {DAYS_A_MONTH} days a month (Little's law)."
)
_STEADY: Final = "The rule is for a steady flow: of a busy time that is shorter than a case is open it says more than will be open."
_ENDED_ONLY: Final = (
    "Cases that are still open have no length yet: where many have been open for long, the mean of the ended "
    "ones is too low."
)
_CHANCE: Final = (
    "The ranges hold 95 of 100: the chance in the year's number, in when its referrals come, in the counted mean "
    "and on the single day."
)

Row = tuple[str, Range, Range]
"""When, referrals a month, and cases open at a time."""


def capacity_screen(figures: WorkFigures, volumes: Volumes | None, scenario: Scenario) -> Screen:
    """How many cases are open at a time, on average and in the busiest part of each contract year, and how many people that takes."""
    days = days_of(figures, scenario)
    if days is None or volumes is None:
        lacking = "how long cases are open on average" if days is None else "how many referrals to expect"
        gated = figures.days is None and days is None
        why = "is for the commissioning team only" if gated else "is not known"
        said = Takeaway(f"{OPEN}: not said, because {lacking} {why}")
        return Screen("work_capacity", ITEM, OPEN, said, Table((), ()), notes=_median_words(figures))
    error = figures.days_error if scenario.mean_days is None else 0.0
    rows = _capacity(peaks_for(figures, scenario), volumes, days, error)
    return Screen(
        "work_capacity",
        ITEM,
        OPEN,
        _capacity_said(rows, volumes, scenario),
        _capacity_table(rows, scenario),
        base=_days_words(figures, scenario),
        about=_RULE,
        notes=(
            *validated_words(volumes),
            _CHANCE,
            _STEADY,
            *([_ENDED_ONLY] if scenario.mean_days is None else []),
            *_median_words(figures),
            *_held_against(figures, days),
            *_caseload_words(figures.service),
        ),
    )


def days_of(figures: WorkFigures, scenario: Scenario) -> float | None:
    """How long a case is open: as the scenario says, else as counted."""
    return figures.mean_days if scenario.mean_days is None else float(scenario.mean_days)


def _capacity(peaks: Peaks | None, volumes: Volumes, days: float, error: float) -> list[Row]:
    """The average of each contract year, and its busiest part where one stands out."""
    found = []
    for year in range(volumes.years):
        each = 1 / MONTHS
        average = arrivals(volumes, year, each), open_cases(volumes, year, each, 1, days, error=error)
        found.append((f"On average, {volumes.label(year)}", *average))
        if peaks is not None and peaks.stands_out:
            top = peaks.seasons[peaks.busiest]
            came = arrivals(volumes, year, top.share)
            a_month = Range(
                came.value / peaks.months, *(whole(edge / peaks.months) for edge in (came.low, came.high))
            )
            busy = open_cases(volumes, year, top.share, peaks.months, days, error=error)
            found.append((f"{top.label}, {volumes.label(year)}", a_month, busy))
    return found


def _capacity_said(rows: Sequence[Row], volumes: Volumes, scenario: Scenario) -> Takeaway:
    _, _, average = rows[0]
    people = ""
    if scenario.cases_each:
        people = f", {_workers(average.value, scenario)} workers with {scenario.cases_each.normalize():f} open cases each"
    what = f"About {number(average.value)} cases open at a time in {volumes.label(0)}{people}"
    sure = f"95 of 100 days have {number(average.low)} to {number(average.high)} open"
    if len(rows) == volumes.years:
        return Takeaway(what, sure)
    name, _, busy = rows[1]
    top = name.partition(",")[0]
    return Takeaway(
        what,
        f"{sure}; in {top} {number(busy.low)} to {number(busy.high)}",
        f"about {number(busy.value)} in {top}",
    )


def _workers(cases: float, scenario: Scenario) -> float:
    return float(half_up(cases / float(scenario.cases_each), 1)) if scenario.cases_each else 0.0


def _capacity_table(rows: Sequence[Row], scenario: Scenario) -> Table:
    headers = ["When", "Referrals a month", "95 of 100 from", "95 of 100 to"]
    headers += ["Cases open at a time", "95 of 100 days from", "95 of 100 days to"]
    if scenario.cases_each:
        headers += [f"Workers with {scenario.cases_each.normalize():f} open cases each", "from", "to"]
    found: list[tuple[Cell, ...]] = []
    for when, came, held in rows:
        people = (
            [_workers(edge, scenario) for edge in (held.value, held.low, held.high)]
            if scenario.cases_each
            else []
        )
        found.append((when, *range_cells(came), *range_cells(held), *people))
    return Table(tuple(headers), tuple(found))


def _days_words(figures: WorkFigures, scenario: Scenario) -> str:
    """Which days were taken, and what they rest on."""
    counted = ""
    if figures.days is not None and figures.mean_days is not None:
        base, missing, _ = base_and_missing(figures.days)
        when = "of all dates" if figures.months is None else f"that ended in {figures.months.label}"
        lacking = f", {number(missing)} without both dates" if missing else ""
        width = 1.96 * figures.days_error
        low, high = (
            number(max(edge, 0), 1) for edge in (figures.mean_days - width, figures.mean_days + width)
        )
        sure = f"95% limits {low} to {high}, n = {number(base)}{lacking}"
        counted = f"cases {when} were open {number(figures.mean_days, 1)} days on average ({sure})"
    if scenario.mean_days is None:
        return sentence_case(counted)
    own = f"Assumed: a case is open {scenario.mean_days.normalize():f} days on average"
    return f"{own}; counted, {counted}" if counted else own


def _median_words(figures: WorkFigures) -> tuple[str, ...]:
    found = figures.median_days
    return () if found is None else (f"Half of the cases that ended were open at most {number(found)} days.",)


def _held_against(figures: WorkFigures, days: float) -> tuple[str, ...]:
    """What the rule would say of the twelve months before, and what was counted: whether it can be trusted here."""
    live = figures.live
    if live is None or live.total is None or live.at is None or figures.recent is None:
        return ()
    rule = number(live_cases(figures.recent, days))
    return (
        f"Held against what was counted: at the end of {month(live.at)} {number(live.total.met)} cases were open; of the "
        f"{number(figures.recent)} referrals a month in the year before, the rule makes {rule}.",
    )


def _caseload_words(service: str) -> tuple[str, ...]:
    """What is known of how many open cases one person carries, as context and not as a target."""
    return tuple(
        f"{one.name}: {' to '.join(number(edge) for edge in one.reference)} open cases each. {one.reference_note} ({one.source})."
        for one in catalogue()
        if one.service == service and one.measure == _CASELOAD and one.reference
    )
