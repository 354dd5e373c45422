"""Exceptions and escalations: which late cases are excused and for whose cause, and which cases went up to the council."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from domain.agenda import agenda_item
from domain.disclosure import Figure, Hidden, Released
from domain.exceptions_kept import CAUSES_IN_ORDER, Causes
from domain.exceptions_words import RULES, cap_words, councils_words, missed_word
from domain.formats import counted, limits_of, listed, number, sentence_case, share_of
from domain.hidden_words import NO_WHOLE, of_shown, partly
from domain.kpis import Kpi
from domain.measures import measure
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.periods import Period
from domain.screens.complaints import count_takeaway, undated
from domain.screens.marks import (
    alt_of,
    count_columns,
    count_in,
    counted_share,
    marks_notes,
    screen_of,
    share_bars,
    with_notes,
    withheld_screen,
)
from domain.screens.parts import not_complete_note
from domain.share_rows import LEAST_BASE, ShareRow
from domain.table import Table

ITEM: Final = "escalations"
TAKEN_OUT, STAYS = "Taken out of the adjusted figure", "Recorded, and not taken out"
FOR_US: Final = (
    "Agreed exceptions are counted case by case, so that they are for the commissioning team alone."
)
ONCE: Final = (
    "A case with several causes stands once, under the council where that is one of them. "
    "What the provider caused is never taken out."
)


@dataclass(frozen=True, slots=True)
class Excused:
    """The cases of each KPI with agreed exceptions over some months, for the commissioning team.

    Parameters
    ----------
    found : by KPI, all groups together. cap : the share past which figures carry a warning. reach : how far the data reach, in words.
    example : what example or unsaved figures say of themselves.
    """

    found: Mapping[Kpi, Causes]
    cap: Decimal
    reach: str = ""
    example: str = ""


def exceptions_screens(excused: Excused | None) -> tuple[Screen, ...]:
    """Agreed exceptions by cause, a screen for each KPI with any; one that says why not, for None: another audience looks.

    Not to be asked for a service that has no KPI for which exceptions are agreed.
    """
    if excused is None:
        return (withheld_screen("exceptions", ITEM, "Agreed exceptions", FOR_US),)
    due = {kpi: one for kpi, one in excused.found.items() if one.due}
    recorded = {kpi: one for kpi, one in due.items() if sum(one.recorded.values())}
    if not recorded:
        return (_none_recorded(excused, due),)
    without = [kpi.name for kpi in due if kpi not in recorded]
    said = f"No exception is recorded for a case that missed: {listed(without, 8)}." if without else ""
    first, *others = (_of_kpi(kpi, one, excused) for kpi, one in recorded.items())
    return (with_notes(first, said), *others)


def _none_recorded(excused: Excused, due: Mapping[Kpi, Causes]) -> Screen:
    what = (
        "No exception is recorded for a case that missed"
        if any(one.missed for one in due.values())
        else "No case missed a KPI for which exceptions are agreed"
        if due
        else "No case counts yet in a KPI for which exceptions are agreed"
    )
    return Screen(
        "exceptions",
        ITEM,
        agenda_item(ITEM).label,
        Takeaway(what),
        Table(
            ("KPI", "Cases due", "Missed", "With an exception"),
            tuple((kpi.name, one.due, one.missed, 0) for kpi, one in due.items()),
        ),
        base=sentence_case(excused.reach),
        about=RULES,
        notes=(excused.example,) if excused.example else (),
    )


def _of_kpi(kpi: Kpi, one: Causes, excused: Excused) -> Screen:
    late = missed_word(kpi)
    recorded = sum(one.recorded.values())
    has = "has" if recorded == 1 else "have"
    causes = [cause for cause in CAUSES_IN_ORDER if one.recorded.get(cause)]
    rows = {cause.label: (one.recorded[cause], one.taken_out.get(cause, 0)) for cause in causes}
    takeaway = Takeaway(
        f"{kpi.name}: {number(recorded)} of {number(one.missed)} {late} {has} an exception, {number(one.left_out)} of them taken out",
        _adjusted(one),
        _lower(councils_words(kpi, one)).removesuffix("."),
    )
    declared = measure(kpi.measure, kpi.service)
    without = one.missed - recorded
    cap = cap_words(kpi, one, excused.cap)
    return Screen(
        f"exceptions_{kpi.id}",
        ITEM,
        agenda_item(ITEM).label,
        takeaway,
        Table(
            ("Who caused it", sentence_case(f"{late} cases"), TAKEN_OUT, STAYS),
            (
                *((label, count, out, count - out) for label, (count, out) in rows.items()),
                ("No exception is recorded", without, 0, without),
                (f"All {late}", one.missed, one.left_out, one.missed - one.left_out),
            ),
        ),
        _chart(kpi, rows, takeaway),
        base=", ".join(
            filter(None, (f"n = {number(one.missed)} {late} of {number(one.due)} due", _lower(excused.reach)))
        ),
        about=f"{declared.definition} Counted {declared.dated_by}. Source of the definition: {declared.source}.",
        notes=tuple(filter(None, (cap, RULES, ONCE, excused.example))),
        figures=_figures(kpi, one, recorded),
    )


def _adjusted(one: Causes) -> str:
    if not one.left_out:
        return f"Raw and adjusted are the same: {share_of(one.met, one.due)}"
    met, due = one.adjusted
    return (
        f"Raw {share_of(one.met, one.due)}, 95% limits {limits_of(one.met, one.due)}; adjusted {share_of(met, due)}, "
        f"95% limits {limits_of(met, due)}"
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _chart(kpi: Kpi, rows: Mapping[str, tuple[int, int]], takeaway: Takeaway) -> Chart:
    words = tuple(f"{number(count)}, {number(out)} taken out" for count, out in rows.values())
    return Chart(
        Form.BARS,
        tuple(rows),
        (
            Series("With an exception", tuple(float(count) for count, _ in rows.values())),
            Series(TAKEN_OUT, tuple(float(out) for _, out in rows.values())),
        ),
        share=False,
        words=words,
        alt=alt_of(takeaway, f"{kpi.name}, cases that missed, by who caused it", tuple(rows), words),
    )


def _figures(kpi: Kpi, one: Causes, recorded: int) -> tuple[PackFigure, ...]:
    met, due = one.adjusted
    raw = PackFigure(
        f"exceptions:{kpi.id}:raw", f"{kpi.name}: raw", counted_share(one.met, one.due), one.met, one.due
    )
    excused = PackFigure(
        f"exceptions:{kpi.id}:recorded",
        f"{kpi.name}: missed with an exception",
        counted_share(recorded, one.missed),
        recorded,
        one.missed,
    )
    out = PackFigure(
        f"exceptions:{kpi.id}:taken_out",
        f"{kpi.name}: taken out by agreed exceptions",
        counted_share(one.left_out, one.due),
        one.left_out,
        one.due,
    )
    adjusted = PackFigure(
        f"exceptions:{kpi.id}:adjusted", f"{kpi.name}: adjusted", counted_share(met, due), met, due
    )
    return raw, adjusted, excused, out


def escalations_screens(
    counts: Released, reasons: Released, period: Period, *, unfinished: Collection[str] = ()
) -> tuple[Screen, ...]:
    """Cases escalated to the council over time, and why; the reasons only where there are any.

    Parameters
    ----------
    counts : escalations by quarter, up to the end of the meeting's period. reasons : by reason, of the meeting's months.
    """
    takeaway = count_takeaway(
        counts,
        unfinished,
        "case escalated to the council",
        "cases escalated to the council",
        "No case was escalated to the council",
    )
    screen = screen_of("escalations", ITEM, takeaway, counts)
    if counts.withheld:
        return (screen,)
    shown = count_in(counts, period, "escalations", counts.measure.label)
    chart = count_columns(counts, unfinished, takeaway)
    over_time = with_notes(
        replace(screen, chart=chart, figures=(shown,) if shown else ()),
        *undated(counts),
        *not_complete_note(chart),
    )
    if not any(figure.met for figure in reasons.figures):
        return (over_time,)
    return over_time, _reasons(reasons)


def _reasons(reasons: Released) -> Screen:
    named = [f for f in reasons.figures if f.base]
    takeaway = Takeaway(f"{_commonest(reasons, named)}, {reasons.selection.months_in_words}")
    screen = screen_of("escalation_reasons", ITEM, takeaway, reasons)
    if reasons.withheld:
        return screen
    rows = [ShareRow(f.keys[-1], f.label, f.met, f.base) for f in named if f.met]
    chart = share_bars(
        rows, _gone(reasons.hidden), "Reasons for escalation", "Share of the cases escalated", takeaway
    )
    return with_notes(
        replace(screen, chart=chart),
        NO_WHOLE if partly(reasons) else "",
        *(marks_notes(rows, "case") if chart else ()),
    )


def _commonest(reasons: Released, named: Sequence[Figure]) -> str:
    """The reason given most often; of few escalations every reason that was given."""
    given = sorted((f for f in named if f.met), key=lambda f: -f.met)
    base = given[0].base
    if base < LEAST_BASE:
        said = listed([f"{f.label.lower()} {number(f.met)}" for f in given])
        return sentence_case(f"{of_shown(reasons)}reasons of {counted(base, 'escalation')}: {said}")
    first = [f.label.lower() for f in given if f.met == given[0].met]
    each = " each" if len(first) > 1 else ""
    return sentence_case(
        f"{of_shown(reasons)}most often escalated for {listed(first, 3)}: {share_of(given[0].met, base)}{each}"
    )


def _gone(hidden: Sequence[Hidden | Figure]) -> list[str]:
    return [one.label for one in hidden if one.keys[-1]]
