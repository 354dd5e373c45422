"""What a figure rests on, in words: how many of how many, what is missing, how far the data reach, and whether they are examples."""

from __future__ import annotations

from collections import defaultdict

from domain.access import Audience
from domain.dimensions import dimension
from domain.disclosure import Figure, Released
from domain.example_words import example_words
from domain.formats import counted, day, listed, number
from domain.measures import Count, Rate, Split, Spread, Stock
from domain.tally import AsAt, Source, totals_do_not_give

_IN_HAND = "Your file, not saved."


def base_and_missing(released: Released) -> tuple[int, int, int]:
    """How many are in the base, blank and don't know; each case once, even with several answers."""
    measure = released.measure
    if isinstance(measure, Split) and measure.field in released.by:
        place = released.by.index(measure.field)
        groups: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
        for figure in released.figures:
            groups[figure.keys[:place] + figure.keys[place + 1 :]].append(
                (figure.base, figure.missing, figure.unsure)
            )
        best = [tuple(max(part) for part in zip(*rows, strict=True)) for rows in groups.values()]
        return sum(row[0] for row in best), sum(row[1] for row in best), sum(row[2] for row in best)
    if isinstance(measure, Spread):
        base = sum(figure.met for figure in released.figures)
        return (
            base,
            max((f.missing for f in released.figures), default=0),
            max((f.unsure for f in released.figures), default=0),
        )
    return sum(figure.base for figure in released.figures), released.missing, released.unsure


def as_at_words(as_at: AsAt, audience: Audience = Audience.US) -> str:
    """How far the data reach, and how many returns are outstanding; whose they are is told to no other `audience`."""
    parts = []
    if as_at.earliest is not None:
        later = (
            f" (some providers to {day(as_at.latest)})"
            if as_at.latest and as_at.latest != as_at.earliest
            else ""
        )
        parts.append(f"data to {day(as_at.earliest)}{later}")
    if as_at.outstanding:
        named = "" if audience.gated else f" ({listed(as_at.outstanding, 3)})"
        parts.append(f"{counted(len(as_at.outstanding), 'return')} outstanding{named}")
    return ", ".join(parts)


def base_words(released: Released) -> str:
    """The base line: 'n = 523 of 540, 17 missing, data to 31 Oct 2018, 2 returns outstanding'."""
    if released.hidden or released.withheld or released.total_hidden:
        return _base_hidden(released)
    base, missing, unsure = base_and_missing(released)
    asked = base + missing + unsure
    parts = [f"n = {number(base)}" + (f" of {number(asked)}" if asked != base else "")]
    if isinstance(released.measure, Rate):
        parts = [_rate_base(released, released.measure), *([f"{number(missing)} missing"] if missing else [])]
    elif isinstance(released.measure, Count | Stock) or released.shut:
        # Where small numbers are hidden nobody is told how many are missing: none would be untrue.
        parts.extend([] if not missing else [f"{number(missing)} missing"])
    else:
        parts.append(f"{number(missing)} missing" if missing else "none missing")
    if unsure:
        parts.append(f"{number(unsure)} don't know")
    reach = as_at_words(released.as_at, released.audience)
    if released.not_given and not released.figures:
        parts = ["not given"]
    words = ", ".join([*parts, *([reach] if reach else [])])
    return f"{words}. {not_counted_here(released)}" if released.not_given else words


def _base_hidden(released: Released) -> str:
    """The base line where some groups are hidden: what is shown never adds up to all, so that only a total that is shown is said."""
    parts = [f"n = {number(released.total.base)}"] if released.total is not None else []
    if released.hidden:
        many = counted(len(released.hidden), "group is", "groups are")
        parts.append(f"{many} hidden (c), so that nobody can be recognised in a small number")
    reach = as_at_words(released.as_at, released.audience)
    words = ", ".join([*parts, *([reach] if reach else [])])
    return words[:1].upper() + words[1:] if words and not parts else words


def _rate_base(released: Released, measure: Rate) -> str:
    """The two counts of a rate; of several groups only what is divided by, where it may be added up."""
    if len(released.figures) == 1:
        (figure,) = released.figures
        return f"{number(figure.met)} {measure.over.unit}, {divided_by(figure, measure)}"
    return f"{number(sum(figure.met for figure in released.figures))} {measure.over.unit}"


def divided_by(figure: Figure, measure: Rate) -> str:
    """What a rate is divided by, in words: '257 cases', or '9.5 full-time posts'."""
    if figure.divisor is None:
        return f"{number(figure.base)} {measure.of.unit}"
    return f"{figure.divisor:g} full-time {measure.of.unit}"


def not_counted_here(released: Released) -> str:
    """Whose totals a figure lacks; blank when it lacks none."""
    return totals_do_not_give(released.not_given)[:-1] + ": not counted here" if released.not_given else ""


def subject_of(released: Released) -> str:
    """What is counted and by what, as a name that says no figure: 'Referrals by area'."""
    measure = released.measure
    # The answers of a split are what the measure is about.
    named = [
        dimension(key).label.lower() for key in released.by if key not in (measure.key, released.split_by)
    ]
    return f"{measure.label}{f' by {listed(named)}' if named else ''}"


def source_words(released: Released) -> str:
    """What example and unsaved figures say of themselves; blank for the council's own."""
    if released.source is Source.IN_HAND:
        return _IN_HAND
    return example_words(released) if released.source is Source.EXAMPLES else ""
