"""Charts of a released figure whatever its groups, and its numbers by key. What stands under a figure is made in `marks`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from domain.disclosure import Figure, Hidden, Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, listed, number, sentence_case, share_of
from domain.hidden_words import of_shown
from domain.measures import Average, Share, Split
from domain.messages import NO_CLEAR_CHANGE, latest_message
from domain.pack import Chart, Form, Line, PackFigure, Series, Takeaway
from domain.periods import Period
from domain.screens.marks import alt_of
from domain.share_rows import FEW, FEW_NOTE, LEAST_BASE
from domain.statistics import newcombe_difference, rate_ratio_clear

CLEARLY: Final = ("higher", "lower")
"""How a share is said to have changed, and only where chance does not explain it."""


def is_share(released: Released) -> bool:
    """Whether its figures are X of Y."""
    return isinstance(released.measure, Share | Split)


def said_of(one: Figure | Hidden, released: Released) -> str:
    """What stands for one figure: '82% (387 of 471)', '29', '47.5', 'c' for what is hidden, a dash where there is nothing."""
    if isinstance(one, Hidden):
        return HIDDEN
    if isinstance(released.measure, Average):
        return number(one.value, 1).removesuffix(".0")
    if is_share(released):
        return share_of(one.met, one.base) if one.base else NOTHING
    return number(one.met)


def chart_of(
    released: Released,
    form: Form,
    takeaway: Takeaway,
    *,
    unfinished: Collection[str] = (),
    line: Line | None = None,
) -> Chart | None:
    """A mark for each group that has something in it, in its order, with what is hidden in its place; None where no mark is left.

    Parameters
    ----------
    unfinished : keys of the periods that are not complete. line : the level that the marks are held against.
    """
    share = is_share(released)
    drawn = [one for one in released.in_order if _drawn(one, share=share)]
    shown = [one for one in drawn if isinstance(one, Figure)]
    # Columns of nothing but nought draw nothing; the sentence and the table say it.
    if not shown or (len(shown) == len(drawn) and not any(one.met or share for one in shown)):
        return None
    limits = share and any(one.low is not None for one in shown)
    names = tuple(one.label for one in drawn)
    words = tuple(
        said_of(one, released) + (FEW if share and isinstance(one, Figure) and one.small else "")
        for one in drawn
    )
    value = "value" if share else "met"
    return Chart(
        form,
        names,
        (
            Series(
                released.measure.label,
                _edge(drawn, value),
                _edge(drawn, "low") if limits else (),
                _edge(drawn, "high") if limits else (),
            ),
        ),
        share=share,
        words=words,
        alt=alt_of(takeaway, released.measure.label, names, words),
        unfinished=tuple(place for place, one in enumerate(drawn) if one.keys[0] in unfinished),
        hidden=tuple(place for place, one in enumerate(drawn) if isinstance(one, Hidden)),
        line=line,
    )


def _edge(drawn: Sequence[Figure | Hidden], name: str) -> tuple[float | None, ...]:
    found = (getattr(one, name) if isinstance(one, Figure) else None for one in drawn)
    return tuple(None if one is None else float(one) for one in found)


def _drawn(one: Figure | Hidden, *, share: bool) -> bool:
    """Whether it has a mark: not what has no date or no answer, and no share of nothing."""
    if not one.keys or not one.keys[-1]:
        return False
    return isinstance(one, Hidden) or not share or bool(one.base)


def marks_note(chart: Chart | None) -> tuple[str, ...]:
    """What the star beside a mark means, where one stands."""
    return (FEW_NOTE,) if chart is not None and any(word.endswith(FEW) for word in chart.words) else ()


def not_complete_note(chart: Chart | None) -> tuple[str, ...]:
    """Which periods of a chart are not whole, where one is."""
    if chart is None or not chart.unfinished:
        return ()
    names = [chart.categories[place] for place in chart.unfinished]
    return (f"Not complete, or not all returns in, so hatched and not compared: {listed(names)}.",)


def figure_of(key: str, one: Figure | Hidden, released: Released, label: str = "") -> PackFigure:
    """One number of a released figure under its key."""
    named = label or released.measure.label
    if isinstance(one, Hidden):
        return PackFigure(key, named, HIDDEN)
    rests = one.base if is_share(released) or isinstance(released.measure, Average) else None
    met = None if isinstance(released.measure, Average) else one.met
    return PackFigure(key, named, said_of(one, released), met, rests, one.value)


def figures_by(released: Released, *, sign: str = ":") -> tuple[PackFigure, ...]:
    """A number for each group, as 'outcomes:PREVENTED'; of a group without a key, as of cases without a date, none."""
    return tuple(
        figure_of(
            f"{released.measure.key}{sign}{one.keys[-1]}",
            one,
            released,
            f"{released.measure.label}: {one.label}",
        )
        for one in released.in_order
        if one.keys[-1]
    )


def whole_of(released: Released, key: str = "", label: str = "") -> tuple[PackFigure, ...]:
    """The number of a figure that was asked for without a grouping; none where it has none."""
    key, label = key or released.measure.key, label or released.measure.label
    if released.withheld or released.hidden or released.total_hidden:
        return (PackFigure(key, label, HIDDEN),)
    return (figure_of(key, released.figures[0], released, label),) if released.figures else ()


def against_before(
    now: Released, then: Released, period: Period, earlier: Period, *, whole: bool = True
) -> str:
    """What stood in the period before and what stands now, with a direction only where chance does not explain it.

    `whole` is False while not all of either period may be in: both are said then, and not compared, as are shares of very few. Blank where
    one is not shown.
    """
    figures = [_alone(then), _alone(now)]
    before, after = figures
    if before is None or after is None:
        return ""
    if not (before.base and after.base if is_share(now) else before.met or after.met):
        return ""
    what = "" if is_share(now) else f" {now.measure.label.lower()}"
    said = f"{earlier.label}: {said_of(before, then)}{what}; now {said_of(after, now)}"
    if not whole:
        return f"{said}, of which not all may be in, so they are not compared"
    if is_share(now) and min(before.base, after.base) < LEAST_BASE:
        return f"{said}, too few to compare"
    if is_share(now):
        change = newcombe_difference(after.met, after.base, before.met, before.base)
        clear, more, words = change.clear, change.value > 0, CLEARLY
    else:
        ratio = rate_ratio_clear(after.met, len(period.months), before.met, len(earlier.months))
        clear, more, words = ratio.clear, ratio.value > 1, ("more", "fewer")
    return f"{said}, {words[0 if more else 1] if clear else NO_CLEAR_CHANGE}"


def _alone(released: Released) -> Figure | None:
    """The one figure of what was asked for without a grouping; None where it may not be shown, or is not of everybody."""
    gone = released.withheld or released.hidden or released.total_hidden or released.not_given
    return None if gone or not released.figures else released.figures[0]


def titled(released: Released, unfinished: Collection[str], name: str) -> str:
    """The latest period of a share against the one before, with its name before it: 'Agreements, Jul-Sep 2018: 80% (52 of 65), …'."""
    said = latest_message(released, unfinished)
    shown = sentence_case(of_shown(released))
    if shown and said.startswith(shown):
        said = of_shown(released) + said.removeprefix(shown)
    own = f"{released.measure.label}: "
    return f"{name}: {said.removeprefix(own)}" if said.startswith(own) else f"{name}, {said}"
