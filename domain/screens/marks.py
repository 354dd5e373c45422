"""What screens of a pack are made of: what a figure rests on, shares and counts as a chart, and each number by its key.

What may not live here: what one item of the agenda says; that stands in the module of the item.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from domain.agenda import agenda_item
from domain.base_words import base_words, source_words
from domain.disclosure import Figure, Hidden, Released
from domain.figure_table import HIDDEN, table_of
from domain.formats import NOTHING, counted, listed, number, share_of
from domain.hidden_words import hidden_message
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.periods import Period
from domain.share_rows import FEW, FEW_NOTE, LEAST_BASE, LOW_BASE, ShareRow
from domain.shown import dated, periods_of
from domain.table import Table
from domain.tally import totals_do_not_give

_DATED: Final = MappingProxyType({"referral_date": "referred", "outcome_date": "that ended"})
"""What of a case lies in the months looked at, by the date that its measure goes by."""
CAUTION: Final = "!"
"""Stands beside a share of few answers or cases."""


def about_of(released: Released) -> str:
    """Definition and source, as they stand under a figure of a page."""
    declared = released.measure
    return f"{declared.definition} Counted {declared.dated_by}. Source of the definition: {declared.source}."


def said_of_whom(said: str, released: Released) -> str:
    """A sentence with whose cases its figure is about after its name: 'How cases ended, of cases referred in Apr-Jun 2018: …'.

    The same months hold other cases by the day of referral than by the day they ended.
    """
    name, verb = f"{released.measure.label}: ", _DATED.get(released.measure.when)
    if verb is None or not released.selection.timed or not said.startswith(name):
        return said
    whose = f"of cases {verb} in {released.selection.months_in_words}"
    return f"{released.measure.label}, {whose}: {said.removeprefix(name)}"


def notes_of(*several: Released) -> tuple[str, ...]:
    """What must be known of figures whatever they say: whose totals do not give them, what was accepted with a reason, whether invented."""
    found: list[str] = []
    for one in several:
        if one.not_given:
            found.append(totals_do_not_give(one.not_given))
        found += one.footnotes
        if words := source_words(one):
            found.append(words)
    return tuple(dict.fromkeys(found))


def screen_of(
    key: str, item: str, takeaway: Takeaway, released: Released, *, table: Table | None = None
) -> Screen:
    """A screen of one released figure: what it says, its table, and what it rests on; withheld where its audience may not see it."""
    if released.withheld:
        takeaway = Takeaway(hidden_message(released))
    return Screen(
        key=key,
        item=item,
        heading=agenda_item(item).label,
        takeaway=takeaway,
        table=table_of(released) if table is None else table,
        base="" if released.withheld else base_words(released),
        about=about_of(released),
        notes=notes_of(released),
        withheld=released.withheld,
    )


def withheld_screen(key: str, item: str, what: str, why: str) -> Screen:
    """A screen that says why an audience sees nothing of `what`."""
    said = Takeaway(f"{what}: not shown to this audience")
    return Screen(key, item, agenda_item(item).label, said, Table((what,), ()), withheld=why)


def with_notes(screen: Screen, *notes: str) -> Screen:
    """The screen with more to know of it, before what stands there already; blanks are left out."""
    return replace(screen, notes=tuple(dict.fromkeys(note for note in (*notes, *screen.notes) if note)))


def share_bars(
    rows: Sequence[ShareRow], hidden: Sequence[str], what: str, name: str, takeaway: Takeaway
) -> Chart | None:
    """Shares of groups with their limits, lying, in the order given, then the names of the hidden ones; None where none has enough.

    Parameters
    ----------
    what : what they are shares of, by what, for who does not see the chart. name : of the marks.
    """
    drawn = [row for row in rows if row.drawn]
    if not drawn:
        return None
    none = (None,) * len(hidden)
    words = (*(marked(row) for row in drawn), *(HIDDEN for _ in hidden))
    named = (*(row.label for row in drawn), *hidden)
    return Chart(
        Form.BARS,
        named,
        (
            Series(
                name,
                (*(row.met / row.base for row in drawn), *none),
                (*(row.limits[0] for row in drawn), *none),
                (*(row.limits[1] for row in drawn), *none),
            ),
        ),
        share=True,
        words=words,
        alt=alt_of(takeaway, what, named, words),
        hidden=tuple(range(len(drawn), len(named))),
    )


def marked(row: ShareRow) -> str:
    """A share in words, with the marks of few answers and few cases."""
    return f"{share_of(row.met, row.base)}{CAUTION if row.base < LOW_BASE else ''}{FEW if row.small else ''}"


def marks_notes(rows: Sequence[ShareRow], one: str, many: str = "") -> tuple[str, ...]:
    """What the marks beside shares mean, where they stand, and which rows are left out of the chart."""
    drawn, out = [r for r in rows if r.drawn], [r for r in rows if r.base and not r.drawn]
    several = many or f"{one}s"
    named = listed([f"{row.label} ({counted(row.base, one, several)})" for row in out])
    return (
        *(
            [f"{CAUTION} fewer than {LOW_BASE} {several}, so read with caution."]
            if any(row.low_base for row in drawn)
            else []
        ),
        *([FEW_NOTE.replace("cases", several)] if any(row.small for row in drawn) else []),
        *([f"Too few {several} to draw, but in the table: {named}."] if out else []),
    )


def count_columns(released: Released, unfinished: Collection[str], takeaway: Takeaway) -> Chart | None:
    """Counts of periods, upright, hidden ones at their places; None where none may be shown."""
    names = periods_of(released)
    held = {figure.keys[0]: figure.met for figure in dated(released)}
    if not held:
        return None
    words = tuple(number(held[key]) if key in held else HIDDEN for key in names)
    return Chart(
        Form.COLUMNS,
        tuple(names.values()),
        (Series(released.measure.label, tuple(held.get(key) for key in names)),),
        share=False,
        words=words,
        alt=alt_of(takeaway, released.measure.label, tuple(names.values()), words),
        unfinished=tuple(place for place, key in enumerate(names) if key in unfinished),
        hidden=tuple(place for place, key in enumerate(names) if key not in held),
    )


def count_bars(groups: Sequence[Figure | Hidden], what: str, name: str, takeaway: Takeaway) -> Chart | None:
    """Counts of groups, lying, in the order given; None where nothing is counted."""
    if not any(isinstance(one, Figure) and one.met for one in groups):
        return None
    values = tuple(one.met if isinstance(one, Figure) else None for one in groups)
    words = tuple(HIDDEN if value is None else number(value) for value in values)
    named = tuple(one.label for one in groups)
    return Chart(
        Form.BARS,
        named,
        (Series(name, values),),
        share=False,
        words=words,
        alt=alt_of(takeaway, what, named, words),
        hidden=tuple(place for place, value in enumerate(values) if value is None),
    )


def alt_of(takeaway: Takeaway, what: str, names: Sequence[str], words: Sequence[str]) -> str:
    """What a chart shows, for who does not see it: the takeaway, then each mark in words."""
    said = "; ".join(
        f"{name} {'hidden' if word == HIDDEN else word}" for name, word in zip(names, words, strict=True)
    )
    return f"{takeaway.sentence} {what}: {said}."


def counted_share(met: int, base: int) -> str:
    """X of Y with its percentage; of very few without one, because it would say more than they bear; a dash of nothing.

    >>> counted_share(41, 50), counted_share(1, 3)
    ('82% (41 of 50)', '1 of 3')
    """
    if not base:
        return NOTHING
    return share_of(met, base) if base >= LEAST_BASE else f"{number(met)} of {number(base)}"


def shown_share(key: str, label: str, figure: Figure | None, *, hidden: bool = False) -> PackFigure:
    """A share as a number of the pack."""
    if figure is None or hidden:
        return PackFigure(key, label, HIDDEN if hidden else NOTHING)
    said = counted_share(figure.met, figure.base)
    return PackFigure(key, label, said, figure.met, figure.base, figure.value)


def count_in(released: Released, period: Period, key: str, label: str) -> PackFigure | None:
    """How many there are in the meeting's period, of counts by time; None where their periods do not make it up."""
    keys = [one for one in periods_of(released) if _inside(one, period)]
    months = {month for one in keys for month in Period.parse(one).months}
    if not keys or months != set(period.months):
        return None
    held = {figure.keys[0]: figure.met for figure in dated(released)}
    if any(one not in held for one in keys):
        return PackFigure(key, label, HIDDEN)
    total = sum(held[one] for one in keys)
    return PackFigure(key, label, number(total), total)


def share_in(released: Released, period: Period, key: str, label: str) -> PackFigure | None:
    """The share in the meeting's period, of shares by time; None where no group is that very period."""
    if any(one.keys[:1] == (period.key,) for one in released.hidden):
        return PackFigure(key, label, HIDDEN)
    found = released.figure(period.key)
    return shown_share(key, label, found) if found is not None and found.base else None


def _inside(key: str, period: Period) -> bool:
    try:
        return period.covers(Period.parse(key))
    except ValueError:
        # A year has a key of another form.
        return False
