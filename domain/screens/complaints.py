"""Complaints: how many, how those that were decided ended, and what they were about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from domain.disclosure import Figure, Hidden, Released
from domain.figure_table import HIDDEN
from domain.formats import counted, limits_of, listed, number, sentence_case, share_of
from domain.hidden_words import NO_WHOLE, hidden_message, of_shown, partly
from domain.messages import NO_CLEAR_CHANGE, trend_message, trend_of
from domain.pack import Screen, Takeaway
from domain.periods import Period
from domain.screens.marks import (
    count_bars,
    count_columns,
    count_in,
    screen_of,
    share_in,
    with_notes,
)
from domain.screens.parts import not_complete_note
from domain.settings import UNKNOWN_AREA
from domain.share_rows import LEAST_BASE, LOW_BASE
from domain.shown import dated
from domain.statistics import count_limits
from domain.table import Cell, Table

ITEM: Final = "complaints"
SILENT: Final = "A return in which the sheet Complaints is blank says that there was none."
NOT_NAMED: Final = "A complaint that names no case is in no area, so that choosing areas leaves it out."


def complaints_screens(
    counts: Released,
    upheld: Released,
    subjects: Released,
    period: Period,
    *,
    unfinished: Collection[str] = (),
) -> tuple[Screen, ...]:
    """Complaints over time, the share upheld of those decided, and the subjects; the last two only where there are any.

    Parameters
    ----------
    counts : complaints by quarter, up to the end of the meeting's period. upheld : the share upheld, by quarter.
    subjects : complaints by subject. unfinished : keys of the quarters that are not complete.
    """
    screens = [_over_time(counts, period, unfinished)]
    found = sum(figure.met + figure.missing for figure in counts.figures)
    if not counts.withheld and not partly(counts) and not found:
        return tuple(screens)
    # One screen says that the numbers are hidden; two more of nothing else would say it again.
    if not partly(upheld) or any(figure.base for figure in upheld.figures):
        screens.append(_upheld(upheld, found if not counts.shut else None, period))
    if len(_named(subjects)) > 1:
        screens.append(_subjects(subjects))
    return tuple(screens)


def _over_time(counts: Released, period: Period, unfinished: Collection[str]) -> Screen:
    takeaway = count_takeaway(counts, unfinished, "complaint", "complaints", "No complaint recorded")
    screen = screen_of(ITEM, ITEM, takeaway, counts)
    if counts.withheld:
        return screen
    shown = count_in(counts, period, "complaints", counts.measure.label)
    chart = count_columns(counts, unfinished, takeaway)
    return with_notes(
        replace(
            screen,
            chart=chart,
            figures=(shown,) if shown else (),
        ),
        SILENT,
        NOT_NAMED if counts.selection.areas else "",
        *undated(counts),
        *not_complete_note(chart),
    )


def count_takeaway(counts: Released, unfinished: Collection[str], one: str, many: str, none: str) -> Takeaway:
    """What counts over time say: the latest complete period against the one before, or that there was none.

    Parameters
    ----------
    one, many : what is counted, as 'complaint' and 'complaints'. none : what is said where there was none, as 'No complaint recorded'.
    """
    if counts.withheld:
        return Takeaway(hidden_message(counts))
    if counts.as_at.earliest is None:
        return Takeaway(f"{sentence_case(many)}: no return is in yet")
    placed = dated(counts)
    if not partly(counts) and not counts.not_given and not sum(f.met + f.missing for f in counts.figures):
        return Takeaway(_none(placed, unfinished, many, none))
    if partly(counts) and not placed:
        return Takeaway(hidden_message(counts))
    found = trend_of(counts, unfinished)
    if found is None:
        return Takeaway(trend_message(counts, unfinished, many))
    each, noun = (
        " a month" if found.width > 1 else "",
        one if found.now == found.width == 1 or not found.now else many,
    )
    words = f"{'more' if found.more else 'fewer'} than" if found.clear else f"{NO_CLEAR_CHANGE} from"
    low, high = (edge / found.width for edge in count_limits(found.now))
    return Takeaway(
        f"{found.each(found.now) if found.now else 'No'} {noun}{each} in {found.span}",
        f"Chance alone could make it {number(low)} to {number(high)}",
        f"{words} {found.each(found.then)} in {found.earlier}"
        if found.now or found.then
        else f"none in {found.earlier} either",
    )


def _none(placed: Sequence[Figure], unfinished: Collection[str], many: str, none: str) -> str:
    """That there was none, of the periods that are in alone: of the others nobody knows."""
    whole = [figure.label for figure in placed if figure.keys[0] not in unfinished]
    if placed and not whole:
        return f"{sentence_case(many)}: no period is complete yet"
    if not whole:
        return f"{none} in the returns that are in"
    return f"{none}{f', {whole[0]} to {whole[-1]}' if len(whole) > 1 else f' in {whole[0]}'}"


def undated(counts: Released) -> tuple[str, ...]:
    """That some cannot be placed in time, where that is so and may be told."""
    without = sum(figure.missing for figure in counts.figures if not figure.keys[0])
    return (
        (
            f"{counted(without, counts.measure.unit.removesuffix('s'))} without a date cannot be placed in time.",
        )
        if without
        else ()
    )


def _upheld(upheld: Released, found: int | None, period: Period) -> Screen:
    total = upheld.total
    takeaway = Takeaway(hidden_message(upheld))
    if total is not None and total.base:
        takeaway = _upheld_words(total, upheld)
    elif not partly(upheld):
        takeaway = Takeaway(
            f"None of {counted(found, 'complaint')} has been decided yet"
            if found
            else "No complaint has been decided yet"
        )
    screen = screen_of("complaints_upheld", ITEM, takeaway, upheld, table=_upheld_table(upheld))
    if upheld.withheld:
        return screen
    undecided = 0 if found is None or upheld.shut or partly(upheld) or total is None else found - total.base
    shown = share_in(upheld, period, "complaints_upheld", upheld.measure.label)
    return with_notes(
        replace(screen, figures=(shown,) if shown else ()),
        f"{number(undecided)} open, withdrawn or without an outcome, so not in the share."
        if undecided > 0
        else "",
    )


def _upheld_table(upheld: Released) -> Table:
    """Counts alone: a share of the few complaints of one quarter would say more than they bear."""
    rows: list[tuple[Cell, ...]] = [
        (one.label, HIDDEN, HIDDEN) if isinstance(one, Hidden) else (one.label, one.met, one.base)
        for one in upheld.in_order
        if one.keys[0]
    ]
    if upheld.total is not None and len(rows) > 1:
        rows.append((f"All, {upheld.selection.months_in_words}", upheld.total.met, upheld.total.base))
    return Table(("Quarter", "Upheld, wholly or partly", "Decided"), tuple(rows))


def _upheld_words(total: Figure, upheld: Released) -> Takeaway:
    """A share only of enough complaints; of fewer how many of how many."""
    span = upheld.selection.months_in_words
    if total.base < LEAST_BASE:
        decided = f"{number(total.base)} {'complaint' if total.base == 1 else 'complaints'} decided"
        verb = "was" if total.met == 1 else "were"
        return Takeaway(
            f"{number(total.met)} of {decided} {verb} upheld, wholly or partly, {span}",
            "Too few for a share",
        )
    caution = f"; fewer than {LOW_BASE} complaints, so read with caution" if total.base < LOW_BASE else ""
    return Takeaway(
        f"{share_of(total.met, total.base)} of the complaints decided were upheld, wholly or partly, {span}",
        f"95% limits {limits_of(total.met, total.base)}{caution}",
    )


def _named(released: Released) -> list[Figure]:
    """The groups that have a name and a number, the largest first."""
    known = [f for f in released.figures if f.met and f.keys[-1] not in ("", UNKNOWN_AREA)]
    return sorted(known, key=lambda figure: -figure.met)


def _subjects(subjects: Released) -> Screen:
    named = _named(subjects)
    what = hidden_message(subjects) if partly(subjects) else "No subject is recorded"
    if named:
        first = [f.label for f in named if f.met == named[0].met]
        total = subjects.total
        of = f" of {number(total.met)}" if total is not None else ""
        each = " each" if len(first) > 1 else ""
        what = sentence_case(
            f"{of_shown(subjects)}complaints were most often about {listed(first, 3)}: {number(named[0].met)}{of}{each}"
        )
        if named[0].met == 1 and not partly(subjects):
            what = f"No subject was named by more than 1{of} complaints"
    takeaway = Takeaway(f"{what}, {subjects.selection.months_in_words}" if named else what)
    screen = screen_of("complaints_subjects", ITEM, takeaway, subjects)
    if subjects.withheld:
        return screen
    unnamed = [f for f in subjects.figures if f.met and f not in named]
    groups: tuple[Figure | Hidden, ...] = (
        *named,
        *unnamed,
        *(one for one in subjects.hidden if one.keys[-1]),
    )
    return with_notes(
        replace(screen, chart=count_bars(groups, "Complaints by subject", "Complaints", takeaway)),
        NO_WHOLE if partly(subjects) else "",
    )
