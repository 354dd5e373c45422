"""What work referrals make, as screens: how they end, what that makes of each contract year, when they come, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from domain.base_words import base_words
from domain.disclosure import Released
from domain.figure_table import HIDDEN
from domain.formats import limits_of, listed, month, number, percent_of, share_of
from domain.hidden_words import NO_WHOLE, OF_SHOWN, hidden_message, partly
from domain.messages import several
from domain.pack import Screen, Takeaway
from domain.procurement.lines import Line
from domain.procurement.needs import part
from domain.procurement.peaks import whole
from domain.procurement.scenario import Scenario
from domain.procurement.show_capacity import capacity_screen
from domain.procurement.show_peaks import peaks_screen, validated_words
from domain.procurement.volumes import Volumes
from domain.procurement.work import Work, WorkFigures, work_of
from domain.screens.marks import about_of, marks_notes, notes_of, share_bars
from domain.screens.reasons import LIMITS_NOTE, split_screen
from domain.share_rows import LEAST_BASE, ShareRow
from domain.shown import answered
from domain.table import Cell, Table

ITEM: Final = part("work").key
MIX: Final = "How referrals end"
_LOTS: Final = 4
"""No tender is let in more lots than these, by one question."""
_HELD: Final = 0.8
_EIGHT: Final = "8 of 10 such years"
"""How the ranges of endings are said: they hold 80%."""
_SAME_MIX: Final = (
    "The ranges hold the chance in the number of referrals, in how each ends, and in how well these endings show the mix. "
    "They do not hold a change of the mix, as after a new law."
)
_ROUNDED: Final = "Each number is rounded by itself, so that they may not add up exactly."
_LIKE_THE_ENDED: Final = "Referrals that are still open are taken to end as the others did."


def work_screens(
    figures: WorkFigures, work: Work | None, scenario: Scenario, *, volumes: Volumes | None = None
) -> tuple[Screen, ...]:
    """The screens of the part, in order.

    Parameters
    ----------
    work : None where no mix is learnt. volumes : the referrals to come, where there is no `work` to hold them; None where they are not
        known either.
    """
    if figures.why:
        nothing = Takeaway("Nothing can be said yet of the work that referrals make")
        return (Screen("work_mix", ITEM, MIX, nothing, Table((), ()), notes=(figures.why,)),)
    volumes = volumes if work is None else work.volumes
    found = [mix_screen(figures, work)]
    if work is not None and work.volumes.years > 1:
        found.append(years_screen(figures, work))
    found += [peaks_screen(figures, volumes, scenario), capacity_screen(figures, volumes, scenario)]
    if figures.reasons is not None:
        # Made as for a meeting, where it belongs to another item.
        why = split_screen("work_reasons", "reasons", figures.reasons)
        found.append(replace(why, item=ITEM, heading="Why they come", notes=_noted(figures, *why.notes)))
        found += lots_screens(figures, figures.reasons, volumes)
    # What must be known of the data is said once, with the first of them.
    known = notes_of(figures.endings) if figures.endings is not None else ()
    return (found[0], *(_without(one, known) for one in found[1:]))


def _without(screen: Screen, notes: Sequence[str]) -> Screen:
    return replace(screen, notes=tuple(one for one in screen.notes if one not in notes))


def mix_screen(figures: WorkFigures, work: Work | None) -> Screen:
    """How past referrals ended, with the limits of each share, and what that makes of the first contract year."""
    ended, rows = figures.endings, _rows(figures)
    said = _mix_said(figures, work, rows)
    screen = Screen("work_mix", ITEM, MIX, said, _mix_table(figures, work))
    if ended is None:
        return screen
    if ended.withheld:
        return replace(screen, withheld=ended.withheld, notes=_noted(figures))
    lines = zip(figures.lines, figures.by_line, strict=True)
    hidden = [line.label for line, met in lines if met is None]
    chart = share_bars(rows, hidden, MIX, "Share of the referrals that ended", said)
    notes = (
        *_lacking(figures),
        *_merged(figures),
        NO_WHOLE if hidden else "",
        f"So what a contract year brings by ending is not shown either. {figures.withheld}" if hidden else "",
        _LIKE_THE_ENDED if figures.still_open else "",
        *((*validated_words(work.volumes), _SAME_MIX, _ROUNDED) if work is not None else ()),
        LIMITS_NOTE if chart is not None else "",
        *marks_notes(rows, "referral"),
        *notes_of(ended),
    )
    return replace(
        screen, chart=chart, base=_base(figures), about=about_of(ended), notes=_noted(figures, *notes)
    )


def years_screen(figures: WorkFigures, work: Work) -> Screen:
    """The expected number of each ending in each contract year, with its range."""
    return Screen(
        "work_years",
        ITEM,
        "What each contract year brings",
        _years_said(work),
        _years_table(work, "How it ends"),
        base=_base(figures),
        about=f"Expected referrals of the year, times the share of the past ones that ended so; in brackets what {_EIGHT} bring.",
        notes=_noted(figures, *validated_words(work.volumes), _ROUNDED),
    )


def lots_screens(figures: WorkFigures, split: Released, volumes: Volumes | None) -> tuple[Screen, ...]:
    """The expected number of each kind of case in each contract year, which a tender in lots is written from.

    Nothing where a case may be of several kinds, where there are too many for lots, or where one of them may not be shown.
    """
    kinds = answered(split)
    if volumes is None or split.withheld or partly(split) or several(split):
        return ()
    if not 2 <= len(kinds) <= _LOTS or not any(one.met for one in kinds):
        return ()
    lines = tuple(Line(one.keys[-1], one.label, (one.keys[-1],)) for one in kinds)
    work, what = work_of(volumes, lines, [one.met for one in kinds]), split.measure.label
    return (
        Screen(
            "work_lots",
            ITEM,
            f"Each contract year, by '{what}'",
            _years_said(work),
            _years_table(work, what),
            base=base_words(split),
            about=f"Expected referrals of the year, times the share of the past ones by '{what}'; in brackets what {_EIGHT} bring.",
            notes=_noted(figures, *validated_words(volumes), _ROUNDED),
        ),
    )


def _years_said(work: Work) -> Takeaway:
    """The commonest line in the first contract year, and in the last where there are several."""
    volumes, top = work.volumes, _top(work)
    last = volumes.years - 1
    later = f" and {_line_cell(work, last, top)} in {volumes.label(last)}" if last else ""
    return Takeaway(
        f"{work.lines[top].label}: about {_line_cell(work, 0, top)} in {volumes.label(0)}{later}",
        f"In brackets what {_EIGHT} bring",
    )


def _years_table(work: Work, what: str) -> Table:
    volumes, years = work.volumes, range(work.volumes.years)
    rows = [
        (line.label, *(_line_cell(work, year, place) for year in years))
        for place, line in enumerate(work.lines)
    ]
    whole = ("All referrals", *(_year_cell(volumes, year) for year in years))
    return Table((what, *(volumes.label(year) for year in years)), (*rows, whole))


def _rows(figures: WorkFigures) -> list[ShareRow]:
    return [
        ShareRow(line.key, line.label, met, figures.out_of)
        for line, met in zip(figures.lines, figures.by_line, strict=True)
        if met is not None
    ]


def _mix_said(figures: WorkFigures, work: Work | None, rows: Sequence[ShareRow]) -> Takeaway:
    ended = figures.endings
    top = max(rows, key=lambda row: row.met, default=None)
    if ended is None or top is None:
        return Takeaway(hidden_message(ended) if ended is not None else f"{MIX}: not known yet")
    if not top.met:
        return Takeaway(f"{MIX}: no referral of these months has ended yet")
    named = f"{OF_SHOWN if partly(ended) else ''}most often '{top.label}'"
    if top.base < LEAST_BASE:
        return Takeaway(f"{MIX}: {named}, {number(top.met)} of {number(top.base)}", "Too few for a share")
    what, sure = (
        f"{MIX}: {named}, {share_of(top.met, top.base)}",
        f"95% limits {limits_of(top.met, top.base)}",
    )
    if work is None:
        return Takeaway(what, sure)
    place, volumes = _top(work), work.volumes
    low, high = work.limits(0, place, _HELD)
    return Takeaway(
        what,
        f"{sure}. {_EIGHT} bring {number(low)} to {number(high)}",
        f"about {number(work.middle[0][place])} of {number(volumes.middle[0])} in {volumes.label(0)}",
    )


def _mix_table(figures: WorkFigures, work: Work | None) -> Table:
    headers = ["How it ended", "Number", "Out of", "Share", "95% from", "95% to"]
    if work is not None:
        headers += [f"Expected, {work.volumes.label(0)}", "8 of 10 years from", "8 of 10 years to"]
    ended = figures.endings
    if ended is None or ended.withheld:
        return Table(tuple(headers), ())
    rows: list[tuple[Cell, ...]] = []
    for place, (line, met) in enumerate(zip(figures.lines, figures.by_line, strict=True)):
        if met is None:
            rows.append((line.label, *(HIDDEN for _ in headers[1:])))
            continue
        expected = () if work is None else (whole(work.middle[0][place]), *work.limits(0, place, _HELD))
        rows.append((line.label, *_share_cells(met, figures.out_of), *expected))
    if work is not None:
        volumes, base = work.volumes, figures.out_of
        year = (whole(volumes.middle[0]), *volumes.limits(0, _HELD))
        rows.append(("All", base, base, percent_of(base, base), "", "", *year))
    return Table(tuple(headers), tuple(rows))


def _share_cells(met: int, base: int) -> tuple[Cell, ...]:
    low, _, high = limits_of(met, base).partition(" to ")
    return met, base, percent_of(met, base), low, high


def _line_cell(work: Work, year: int, line: int) -> str:
    low, high = work.limits(year, line, _HELD)
    return f"{number(work.middle[year][line])} ({number(low)} to {number(high)})"


def _year_cell(volumes: Volumes, year: int) -> str:
    low, high = volumes.limits(year, _HELD)
    return f"{number(volumes.middle[year])} ({number(low)} to {number(high)})"


def _top(work: Work) -> int:
    return max(range(len(work.lines)), key=lambda place: work.ended[place])


def _merged(figures: WorkFigures) -> list[str]:
    """Which lines stand for several ways of ending, and how many of each there were."""
    if figures.endings is None:
        return []
    met = {one.keys[-1]: f"{number(one.met)} '{one.label}'" for one in figures.endings.figures}
    return [
        f"'{line.label}' is made of {listed([met[code] for code in line.outcomes])}."
        for line, shown in zip(figures.lines, figures.by_line, strict=True)
        if shown is not None and len(line.outcomes) > 1 and all(code in met for code in line.outcomes)
    ]


def _lacking(figures: WorkFigures) -> list[str]:
    named = listed([month(one) for one in figures.lacking])
    return (
        [f"Not in from every provider, so that only part of their referrals is in it: {named}."]
        if named
        else []
    )


def _base(figures: WorkFigures) -> str:
    """How many endings, of which months, and how many are still open."""
    if figures.endings is None:
        return ""
    when = "of all dates" if figures.months is None else f"of {figures.months.label}"
    found = f"Referrals {when}: {base_words(figures.endings)}"
    if figures.still_open is None or figures.referred is None:
        return found
    if not figures.still_open:
        return f"{found}. All {number(figures.referred)} of them have ended"
    left = f"{number(figures.still_open)} of {number(figures.referred)}"
    return f"{found}. {left} have not ended and are left out"


def _noted(figures: WorkFigures, *notes: str) -> tuple[str, ...]:
    """Notes without blanks and doubles, after what must be said first."""
    return tuple(dict.fromkeys(note for note in (figures.instead, *notes) if note))
