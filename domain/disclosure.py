"""The one gate between a tally and anything a person sees: it decides what is hidden for whom, and nothing else makes a `Released`.

Components, exports and packs accept only `Released`, so that no page can forget the small-number rules. From the commissioning team
nothing is hidden, and small cells are marked. For any other audience a `Guard` (`domain.guards`), made from all the views that this
audience can ask for, says which groups are hidden; without one nothing is released.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from domain.access import Audience
from domain.figure import SMALL as SMALL
from domain.figure import Figure as Figure
from domain.figure import Hidden as Hidden
from domain.figure import is_small as is_small
from domain.footnotes import Footnote, in_words
from domain.issued import Issue, Shown
from domain.measures import Average, Completeness, Measure, Rate, Split, Spread
from domain.selection import Selection
from domain.statistics import wilson_interval
from domain.tally import AsAt, Source, Tally, TallyRow

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Guard:
    """Which groups of one tally an audience may not see, as decided over every view that it can ask for.

    Parameters
    ----------
    hidden : the keys of the groups whose figures are hidden. total : whether the figure of all groups together is hidden too.
    withheld : why nothing of it is shown at all; blank where something is.
    open : whether nothing is hidden, as from a provider of its own figures.
    rounding : to what number counts are rounded; 0 for none. cells : what is shown, as files that were issued are kept.
    """

    audience: Audience
    measure: str
    by: tuple[str, ...]
    selection: Selection
    version: int
    hidden: frozenset[tuple[str, ...]] = frozenset()
    total: bool = False
    withheld: str = ""
    open: bool = False
    rounding: int = 0
    cells: Shown = ()

    def fits(self, tally: Tally) -> bool:
        """Whether it was made for this tally."""
        return (self.measure, self.by, self.selection, self.version) == (
            tally.measure.key,
            tally.by,
            tally.selection,
            tally.version,
        )


@dataclass(frozen=True, slots=True)
class Released:
    """Figures that may be shown to one audience. Only `release` makes one.

    `figures` are the groups that may be shown and `hidden` the names of the others: never add up the figures to say a total.
    `total` is the figure of all groups together; None where groups may not be summed, or where it is hidden. `withheld` says why
    nothing is shown at all. `shut` is true where small numbers are hidden: how many are missing is then not told, and 0 says nothing.
    """

    measure: Measure
    by: tuple[str, ...]
    figures: tuple[Figure, ...]
    total: Figure | None
    selection: Selection
    source: Source
    version: int
    as_at: AsAt
    audience: Audience
    at: int | None
    not_given: tuple[str, ...]
    footnotes: tuple[str, ...]
    seal: object
    hidden: tuple[Hidden, ...] = ()
    total_hidden: bool = False
    withheld: str = ""
    shut: bool = False
    cells: Shown = ()

    def __post_init__(self) -> None:
        """Refuse a figure that did not pass the gate."""
        if self.seal is not _SEAL:
            raise TypeError("figures are released by domain.disclosure.release, not built")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: no group with anything in it."""
        return not any(figure.met or figure.base for figure in self.figures)

    @property
    def issue(self) -> Issue | None:
        """What a file of it gives away; None for the commissioning team, and of figures that are not the council's."""
        if not self.cells or not self.audience.gated or self.source is not Source.SHARED:
            return None
        return Issue(self.audience, self.selection.service, self.version, self.as_at.latest, self.cells)

    @property
    def in_order(self) -> tuple[Figure | Hidden, ...]:
        """Every group in its order: the figure, or the name of one that is hidden."""
        found: list[Figure | Hidden] = list(self.figures)
        for one in self.hidden:
            found.insert(one.place, one)
        return tuple(found)

    def figure(self, *keys: str) -> Figure | None:
        """The figure of one group, or None."""
        return next((f for f in self.figures if f.keys == keys), None)

    @property
    def missing(self) -> int:
        """Blank in the data, over all groups."""
        return sum(figure.missing for figure in self._one_a_group())

    @property
    def unsure(self) -> int:
        """Answered 'don't know', over all groups."""
        return sum(figure.unsure for figure in self._one_a_group())

    @property
    def base(self) -> int:
        """How many the figures rest on, over all groups."""
        return sum(figure.base for figure in self._one_a_group())

    @property
    def split_by(self) -> str:
        """The grouping whose rows share one base, as the answers of a split and the values of a spread do; blank when none does."""
        if isinstance(self.measure, Spread):
            return self.by[-1]
        return self.measure.field if isinstance(self.measure, Split) and self.measure.field in self.by else ""

    def _one_a_group(self) -> tuple[Figure, ...]:
        """One figure for each group with a base of its own: every answer of a split repeats its group's base, missing and unsure."""
        if not self.split_by:
            return self.figures
        place = self.by.index(self.split_by)
        return tuple(
            {figure.keys[:place] + figure.keys[place + 1 :]: figure for figure in self.figures}.values()
        )


def _figure(row: TallyRow, measure: Measure) -> Figure:
    return Figure(
        keys=row.keys,
        labels=row.labels,
        met=row.met,
        base=row.base,
        missing=row.missing,
        unsure=row.unsure,
        value=row.value,
        low=row.low,
        high=row.high,
        # The two counts of a rate are of different things, so that their difference points at nobody.
        small=any(0 < number < SMALL for number in (row.met, row.base))
        if isinstance(measure, Rate)
        else is_small(row.met, row.base),
        divisor=row.divisor,
    )


def _total(tally: Tally) -> Figure | None:
    measure = tally.measure
    split_shown = isinstance(measure, Split) and measure.field in tally.by
    if isinstance(measure, Average | Spread | Rate) or split_shown or not tally.rows:
        return None
    met, base = sum(row.met for row in tally.rows), sum(row.base for row in tally.rows)
    # The cells of one case are not independent of each other.
    limits = base and not isinstance(measure, Completeness)
    low, high = wilson_interval(met, base) if limits else (None, None)
    shared = any(row.value is not None for row in tally.rows)
    return Figure(
        keys=(),
        labels=(),
        met=met,
        base=base,
        missing=sum(row.missing for row in tally.rows),
        unsure=sum(row.unsure for row in tally.rows),
        value=met / base if shared and base else None,
        low=low if shared else None,
        high=high if shared else None,
        small=is_small(met, base),
    )


def release(
    tally: Tally, audience: Audience, footnotes: Sequence[Footnote] = (), guard: Guard | None = None
) -> Released:
    """The tally, as this audience may see it, with what was accepted in the returns that it rests on.

    Parameters
    ----------
    guard : what may not be shown; needed for every audience but the commissioning team. Footnotes quote what somebody wrote, so that
        they are for the commissioning team alone, and for a provider about its own figures.

    Raises
    ------
    ValueError
        When a guard is missing, or was made for something else; nothing is shown rather than too much.
    """
    if audience.gated and guard is None:
        raise ValueError(f"nothing says what of this may be shown to '{audience.key}'")
    if guard is not None and (guard.audience != audience or not guard.fits(tally)):
        raise ValueError("the guard was made for another figure or another audience")
    shut = guard if guard is not None and not guard.open else None
    figures = tuple(_figure(row, tally.measure) for row in tally.rows)
    total, hidden = _total(tally), tuple[Hidden, ...]()
    if shut is not None:
        hidden = tuple(
            Hidden(figure.keys, figure.labels, place)
            for place, figure in enumerate(figures)
            if figure.keys in shut.hidden and not shut.withheld
        )
        figures = tuple(
            _outside(figure, tally.measure, shut.rounding)
            for figure in figures
            if figure.keys not in shut.hidden and not shut.withheld
        )
        total = (
            None
            if shut.total or shut.withheld or total is None
            else _rounded(total, tally.measure, shut.rounding)
        )
    return Released(
        measure=tally.measure,
        by=tally.by,
        figures=figures,
        total=total,
        selection=tally.selection,
        source=tally.source,
        version=tally.version,
        as_at=tally.as_at,
        audience=audience,
        at=tally.at,
        not_given=tally.not_given,
        footnotes=() if shut is not None else in_words(footnotes, audience),
        seal=_SEAL,
        hidden=hidden,
        total_hidden=shut is not None and shut.total,
        withheld=shut.withheld if shut is not None else "",
        shut=shut is not None,
        cells=shut.cells if shut is not None and not shut.withheld else (),
    )


def only_periods(released: Released, keys: Collection[str]) -> Released:
    """Some of the periods of a figure by time, as the last quarters of all: less than was released, so that nothing more is decided.

    What all periods come to is left out with the others: it is no figure of those that stay.
    """
    kept = [one for one in released.in_order if one.keys[0] in keys]
    hidden = (replace(one, place=place) for place, one in enumerate(kept) if isinstance(one, Hidden))
    return replace(
        released,
        figures=tuple(one for one in kept if isinstance(one, Figure)),
        hidden=tuple(hidden),
        total=None,
        total_hidden=False,
        cells=tuple(cell for cell in released.cells if cell[0].span.rpartition(" ")[2] in keys),
    )


def _outside(figure: Figure, measure: Measure, rounding: int) -> Figure:
    """A figure for others than the commissioning team: how many were blank in each group would give hidden bases away."""
    return _rounded(replace(figure, missing=0, unsure=0, small=False), measure, rounding)


def _rounded(figure: Figure, measure: Measure, rounding: int) -> Figure:
    """Counts to the nearest multiple, and shares worked out from what is then shown; averages and rates stay as they are."""
    if not rounding:
        return figure
    met, base = (int((number + rounding / 2) // rounding * rounding) for number in (figure.met, figure.base))
    if isinstance(measure, Rate | Average):
        return replace(figure, met=met, base=base)
    met = min(met, base)
    if figure.value is None:
        return replace(figure, met=met, base=base)
    low, high = wilson_interval(met, base) if figure.low is not None and base else (None, None)
    return replace(figure, met=met, base=base, value=met / base if base else None, low=low, high=high)
