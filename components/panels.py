"""Ready panels: a chart with its message, its sentence for screen readers, its table and its basis."""

from collections.abc import Collection, Sequence

from components.basis import basis_of, giving_away
from components.charts.before_after import before_after
from components.charts.canvas import FEW_NOTE
from components.charts.ranked_bars import ranked_bars
from components.charts.shares_by_group import shares_by_group
from components.charts.split_bars import split_bars
from components.charts.spread_bars import spread_bars
from components.charts.trend import trend
from components.differences_words import (
    difference_message,
    difference_sentence,
    drawn_funnel,
    with_standing,
)
from components.panel import Panel
from components.theme import provider_colours
from domain.disclosure import Figure, Released
from domain.figure_table import table_of
from domain.formats import counted, listed, number, percent_of, sentence_case, share_of
from domain.hidden_words import NO_WHOLE, partly
from domain.messages import (
    change_message,
    largest_message,
    latest_message,
    several,
    split_message,
    spread_message,
    trend_message,
)
from domain.rounding import percent
from domain.settings import Settings
from domain.shown import answered, by_size, dated, with_a_base
from domain.stretch import Stretch
from domain.table import Cell, Table

SEVERAL_CASES = (
    "Each share is out of the cases; a case may have several answers, so that together they may pass 100%."
)
SEVERAL_NOTE = f"{SEVERAL_CASES} The table gives the share of all answers too."
_LIMITS_NOTE = "The thin lines are 95% limits: where chance alone could have put the share."


def few_note(figures: Sequence[Figure]) -> tuple[str, ...]:
    """What the mark of few cases means, where it stands in the chart."""
    return (FEW_NOTE,) if any(figure.small for figure in figures) else ()


def rounding_note(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Why rounded shares of one whole do not add up to 100, where they do not."""
    bases = {figure.base for figure in figures}
    # Where a number is hidden what is shown is no whole, and `hidden_note` says so.
    whole = len(bases) == 1 and sum(figure.met for figure in figures) in bases
    if not whole or sum(int(percent(figure.met, figure.base)) for figure in figures) == 100:
        return ()
    return ("Each share is rounded by itself, so together they do not make 100%.",)


def hidden_note(released: Released) -> tuple[str, ...]:
    """That shares of one whole do not make 100% where some are hidden."""
    return (NO_WHOLE,) if partly(released) else ()


def trend_panel(
    key: str,
    released: Released,
    settings: Settings,
    *,
    unfinished: Collection[str] = (),
    mark: tuple[str, str] = ("", ""),
) -> Panel:
    """Counts over time. `mark` is the period at whose start a line is drawn, and its words."""
    figures = dated(released)
    undated = sum(figure.missing for figure in released.figures if not figure.keys[0])
    notes = []
    if undated:
        notes.append(f"{counted(undated, 'case')} without a date cannot be placed in time.")
    if shown := [figure.label for figure in figures if figure.keys[0] in unfinished]:
        notes.append(f"Not complete, or not all returns in, so hatched: {listed(shown)}.")
    if released.by[0] == "month":
        notes.append("The line is the mean of a month and the two before it.")
    said = "; ".join(f"{figure.label} {number(figure.met)}" for figure in figures[-6:])
    return Panel(
        key=key,
        title=trend_message(released, unfinished, released.measure.label.lower()),
        figure=trend(released, unfinished=unfinished, mark_key=mark[0], mark_words=mark[1])
        if figures
        else None,
        alt=f"{released.measure.label} by {released.by[0].replace('_', ' ')}. The latest: {said}.",
        table=table_of(released),
        basis=basis_of(released, settings),
        notes=tuple(notes),
    )


def ranked_panel(key: str, released: Released, settings: Settings) -> Panel:
    """Counts by area or provider."""
    figures = by_size(released)
    own = provider_colours([p.key for p in settings.providers]) if released.by[-1] == "provider" else None
    what = released.measure.label.lower()
    said = "; ".join(f"{figure.label} {number(figure.met)}" for figure in figures[:6])
    return Panel(
        key=key,
        title=largest_message(released, what),
        figure=None if released.empty else ranked_bars(released, own),
        alt=f"{released.measure.label} by {released.by[-1]}, the largest first: {said}.",
        table=table_of(released),
        basis=basis_of(released, settings),
    )


def split_panel(key: str, released: Released, settings: Settings) -> Panel:
    """The share of each answer."""
    figures = answered(released)
    said = "; ".join(f"{figure.label} {share_of(figure.met, figure.base)}" for figure in figures[:8])
    notes: tuple[str, ...] = (released.measure.note,) if released.measure.note else ()
    table = table_of(released)
    if several(released):
        # It says what most of these measures say in a note of their own.
        notes = (SEVERAL_NOTE, *(note for note in notes if "100%" not in note))
        if partly(released):
            notes = (SEVERAL_CASES, *notes[1:])
        table = with_share_of_answers(table, figures) if not partly(released) else table
    return Panel(
        key=key,
        title=split_message(released),
        figure=split_bars(released) if figures else None,
        alt=f"{released.measure.label}, share of each answer: {said}.",
        table=table,
        basis=basis_of(released, settings),
        notes=(
            *notes,
            *few_note(figures),
            *(hidden_note(released) or rounding_note(figures)),
            *([_LIMITS_NOTE] if figures else []),
        ),
    )


def with_share_of_answers(table: Table, figures: Sequence[Figure]) -> Table:
    """The table of a split with the second reading of several answers a case: each as a share of all answers."""
    given = sum(figure.met for figure in figures)
    shares = [f"{percent(figure.met, given, 1)}%" if given else "" for figure in figures]
    if len(shares) != len(table.rows):
        return table
    return Table(
        (*table.headers, "Share of all answers"),
        tuple((*row, share) for row, share in zip(table.rows, shares, strict=True)),
    )


def groups_panel(key: str, released: Released, settings: Settings, *, what: str) -> Panel:
    """How different each group is from the average of all. `what` names one group, such as 'district'."""
    figures, compared = with_a_base(released), drawn_funnel(released)
    said = "; ".join(f"{figure.label} {percent_of(figure.met, figure.base)}" for figure in figures)
    apart = [placed.group.key for placed in compared.outside] if compared else []
    limits = "widened 95% limits" if compared and compared.widened else "95% limits"
    return Panel(
        key=key,
        title=f"How different from average? {sentence_case(difference_message(released, what))}",
        figure=shares_by_group(released, apart) if figures else None,
        alt=f"{released.measure.label} in each {what}, with the average of all: {said}.",
        table=with_standing(table_of(released), released),
        basis=basis_of(released, settings),
        notes=(
            *([f"{difference_sentence(compared, released)}."] if compared else []),
            f"In the order of the list, not a ranking. The thin lines are 95% limits of each share. A diamond: outside the {limits} "
            "for its size, as the page 'How different from average?' draws them.",
            *few_note(figures),
        ),
    )


def over_time_panel(
    key: str, released: Released, settings: Settings, *, unfinished: Collection[str] = ()
) -> Panel:
    """A share in each period, the latest compared with the one before."""
    figures = with_a_base(released)
    part = [figure.label for figure in figures if figure.keys[0] in unfinished]
    said = "; ".join(f"{figure.label} {percent_of(figure.met, figure.base)}" for figure in figures)
    return Panel(
        key=key,
        title=latest_message(released, unfinished),
        figure=shares_by_group(released) if figures else None,
        alt=f"{released.measure.label} in each {released.by[0].replace('_', ' ')}: {said}.",
        table=table_of(released),
        basis=basis_of(released, settings),
        notes=(
            *([f"Not complete, so not compared: {listed(part)}."] if part else []),
            *(
                ["A diamond stands where the 95% limits leave out the average of all periods."]
                if released.total
                else []
            ),
            *few_note(figures),
        ),
    )


def spread_panel(
    key: str, bands: Released, median: Released, settings: Settings, *, mean: Released | None = None
) -> Panel:
    """How long, in bands, with the median and, where it is counted, the mean."""
    said = "; ".join(f"{figure.label} {number(figure.met)}" for figure in bands.figures if figure.met)
    return Panel(
        key=key,
        title=spread_message(median, mean),
        figure=None if bands.empty else spread_bars(bands),
        alt=f"{bands.measure.label} in bands: {said}.",
        table=table_of(bands),
        basis=giving_away(basis_of(bands, settings), median, mean),
        notes=hidden_note(bands),
    )


def before_after_panels(
    key: str,
    months: Released,
    settings: Settings,
    *,
    first_after: str,
    words: str,
    unfinished: Collection[str],
) -> list[Panel]:
    """Counts a month before and after a date, as one panel; none where a side has no month.

    Parameters
    ----------
    first_after : the key of the first month after the date.
    words : the date and what happened then.
    unfinished : months that not every provider has reported; they are left out of both sides.
    """
    figures = [figure for figure in dated(months) if figure.keys[0] not in unfinished]
    left_out = [figure.label for figure in dated(months) if figure.keys[0] in unfinished]
    earlier = [figure for figure in figures if figure.keys[0] < first_after]
    later = [figure for figure in figures if figure.keys[0] >= first_after]
    # What is hidden of one side would be missing in its sum.
    if not earlier or not later or months.not_given or partly(months):
        return []
    before, after = (
        Stretch(f"{name}: {side[0].label} to {side[-1].label}", len(side), sum(figure.met for figure in side))
        for name, side in (("Before", earlier), ("After", later))
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            side.label,
            side.months,
            side.count,
            number(side.mean, 1),
            *(number(edge, 1) for edge in side.limits),
        )
        for side in (before, after)
    )
    panel = Panel(
        key=key,
        title=change_message(before, after, months.measure.label.lower()),
        figure=before_after(before, after, months.source),
        alt=f"{change_message(before, after, months.measure.label.lower())}. Divided at {words}.",
        table=Table(("Period", "Months", "Number", "A month", "95% from", "95% to"), rows),
        basis=basis_of(months, settings),
        notes=(
            f"Divided at {words}. Before: {counted(before.months, 'month')}, n = {number(before.count)}. "
            f"After: {counted(after.months, 'month')}, n = {number(after.count)}.",
            *([f"Left out of both sides, because not complete: {listed(left_out)}."] if left_out else []),
            *(
                ["Less than twelve months on one side: the time of year alone may make a difference."]
                if min(before.months, after.months) < 12
                else []
            ),
            "A difference in time is not yet a cause: a service that is still starting up grows by itself.",
        ),
    )
    return [panel]
