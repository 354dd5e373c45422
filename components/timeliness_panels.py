"""The panels of the Timeliness page on what has been: a limit kept over time, and how long it took."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from components.basis import basis_of, giving_away
from components.charts.canvas import FEW_NOTE
from components.charts.compliance import compliance
from components.charts.length_bands import bands_of, length_bands
from components.hidden import only_shown
from components.kpi_cards import councils_own
from components.panel import Panel
from components.timeliness_messages import lengths_message
from domain.base_words import as_at_words
from domain.disclosure import Released
from domain.exceptions import past_cap
from domain.formats import NOTHING, counted, listed, number, percent
from domain.kept_words import Kept, in_words, kept_in, kept_message, kept_table, target_shown
from domain.kpis import Kpi
from domain.periods import Period
from domain.settings import ADJUSTED, Settings, Target
from domain.settings_words import CLOCK_STARTS
from domain.table import Cell, Table
from domain.timeliness import Lengths, State, Unit

MOST_DRAWN: Final = 12
"""So many periods are drawn, the latest; the table has all of them."""
_COUNCIL: Final = "The council's own duty: no provider answers for it."
_EXCEPTIONS: Final = (
    "An agreed exception takes out only a case that missed, and only where its contract counts the reason. It never moves the last "
    "day, and a school holiday never stops a legal time limit."
)


def kept_panel(
    kpi: Kpi,
    raw: Released,
    adjusted: Released | None,
    settings: Settings,
    *,
    unfinished: Collection[str] = (),
) -> Panel:
    """A time limit in each period: all cases due, and the same without agreed exceptions where the KPI has them."""
    periods = kept_in(kpi, raw, adjusted, settings, unfinished)
    target = target_shown(kpi, raw, settings, Period.parse(periods[-1].key)) if periods else None
    drawn = periods[-MOST_DRAWN:]
    said = "; ".join(in_words(one) for one in drawn)
    panel = Panel(
        key="timeliness_kept",
        title=kept_message(kpi, raw, periods, target),
        figure=compliance(drawn, raw.source) if drawn else None,
        alt=f"{kpi.name} in each {raw.by[0]}: {said}.",
        table=kept_table(periods, raw.by[0], adjusted is not None),
        basis=giving_away(basis_of(raw, settings), adjusted),
        notes=tuple(_kept_notes(kpi, raw, periods, target, settings)),
    )
    # What an exception took out is worked out from both figures.
    return only_shown(panel, settings, raw, *([adjusted] if adjusted else []))


def _kept_notes(
    kpi: Kpi, raw: Released, periods: Sequence[Kept], target: Target | None, settings: Settings
) -> list[str]:
    drawn = periods[-MOST_DRAWN:]
    notes = [_COUNCIL] if councils_own(kpi) else []
    if open_ := [one.label for one in drawn if one.unfinished]:
        notes.append(f"Not complete, or not all returns in, so hollow and not judged: {listed(open_)}.")
    if len(periods) > len(drawn):
        notes.append(
            f"Drawn are the latest {number(len(drawn))} of {number(len(periods))}; the table has them all."
        )
    if kpi.exceptions:
        named = (
            "cases left after agreed exceptions"
            if target and target.judged_on == ADJUSTED
            else "all cases due"
        )
        notes.append(f"{_EXCEPTIONS} The status goes by {named}.")
        cap = settings.exceptions_cap
        over = [one for one in periods if not one.unfinished and past_cap(one.left_out, one.raw.base, cap)]
        if over:
            each = listed(
                [f"{one.label} {number(one.left_out)} of {number(one.raw.base)}" for one in over], 4
            )
            notes.append(
                f"Careful: exceptions take out more than {percent(float(cap))} of the cases due in {each}. "
                "A figure without so many cases says little."
            )
    if any(one.raw.small for one in drawn):
        notes.append(FEW_NOTE.removeprefix("* ").capitalize())
    return [*notes, *([raw.measure.note] if raw.measure.note else [])]


def lengths_panel(kpi: Kpi, lengths: Lengths, raw: Released, settings: Settings) -> Panel:
    """How long it took in the cases whose day has come; `raw` is the same share, which says whose they are."""
    bands = bands_of(lengths)
    said = "; ".join(
        f"{label} {number(sum(states.values()))}" for label, states in bands.items() if any(states.values())
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, *(states.get(state, 0) for state in State), sum(states.values()))
        for label, states in bands.items()
    )
    unit = lengths.timed.unit.value
    return Panel(
        key="timeliness_lengths",
        title=lengths_message(kpi, lengths),
        figure=length_bands(lengths, raw.source) if lengths.base else None,
        alt=f"{kpi.name}: cases by {unit}: {said}.",
        table=Table((unit.capitalize(), *(state.label for state in State), "All"), rows),
        basis=replace(basis_of(raw, settings), base=_lengths_base(lengths, raw)),
        notes=tuple(_lengths_notes(kpi, lengths, settings)),
    )


def _lengths_base(lengths: Lengths, raw: Released) -> str:
    lacking = []
    if lengths.without_start:
        lacking.append(
            f"{number(lengths.without_start)} without {lengths.timed.begins}, so without a deadline"
        )
    if lengths.not_known:
        lacking.append(f"{number(lengths.not_known)} done, but the days cannot be counted")
    if raw.base > lengths.base:
        lacking.append(f"{number(raw.base - lengths.base)} more counted in totals, which give no days")
    missing = ", ".join(lacking) or "none missing"
    reach = as_at_words(raw.as_at)
    return ", ".join(filter(None, (f"n = {number(lengths.base)} whose day has come", missing, reach)))


def _lengths_notes(kpi: Kpi, lengths: Lengths, settings: Settings) -> list[str]:
    timed = lengths.timed
    counted_in = {
        Unit.DAYS: "Counted in calendar days; the day of the event is day 0.",
        Unit.WORKING_DAYS: "Counted in working days: Monday to Friday without bank holidays; the day of the event is day 0, and what "
        "is done on a day off counts on the next working day.",
        Unit.FROM_DUE: "Counted in days before or after the last day in time, which differs from action to action.",
    }[timed.unit]
    notes = [*([_COUNCIL] if councils_own(kpi) else []), counted_in]
    if timed.clock == "mediation":
        notes.append(_starts_words(kpi, settings))
    if not timed.limit and timed.unit is Unit.DAYS:
        notes.append(_allowed_words(kpi, settings))
    if lengths.count(State.NOT_DONE):
        notes.append("Not done: its day has come, and by the latest return nothing says that it was done.")
    if lengths.excepted:
        missed = lengths.count(State.LATE, State.NOT_DONE)
        notes.append(
            f"Of the {counted(missed, 'case')} late or not done, an agreed exception takes {number(lengths.excepted)} out of the "
            "figure without exceptions; here they stand as they were."
        )
    return notes


def _starts_words(kpi: Kpi, settings: Settings) -> str:
    """From which day the 30 days count, by the contracts."""
    found: dict[str, list[str]] = {}
    for contract in settings.contracts:
        if contract.service == kpi.service:
            names = found.setdefault(contract.clock_start, [])
            name = settings.provider_label(contract.provider)
            names += [] if name in names else [name]
    if len(found) < 2:
        start = CLOCK_STARTS[next(iter(found))] if found else NOTHING
        return f"The 30 days count from {start}, as the contract says."
    each = [f"from {CLOCK_STARTS[start]} for {listed(names)}" for start, names in found.items()]
    return f"The 30 days count {listed(each)}, as each contract says."


def _allowed_words(kpi: Kpi, settings: Settings) -> str:
    """How many days each contract gives for the case report; where one gives none, what was sent at all is in time."""
    found: dict[str, list[str]] = {}
    for contract in settings.contracts:
        if contract.service == kpi.service:
            days = contract.case_report_days
            said = "gives no time" if days is None else f"gives {counted(days, 'day')}"
            names = found.setdefault(said, [])
            name = settings.provider_label(contract.provider)
            names += [] if name in names else [name]
    each = "; ".join(f"that of {listed(names)} {said}" for said, names in found.items())
    rule = "Where a contract gives no time, what was sent at all is in time."
    return f"How long it may take is for each contract to say: {each}. {rule}" if each else rule
