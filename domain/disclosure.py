"""The one gate between a tally and anything a person sees: it decides what is hidden for whom, and nothing else makes a `Released`.

Components, exports and packs accept only `Released`, so that no page can forget the small-number rules. Today there is one audience,
the commissioning team, for whom nothing is hidden and small cells are marked; `release` refuses any other until its rules are built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import Audience
from domain.footnotes import Footnote, in_words
from domain.measures import Average, Completeness, Measure, Rate, Split, Spread
from domain.selection import Selection
from domain.statistics import wilson_interval
from domain.tally import AsAt, Source, Tally, TallyRow

SMALL = 5
"""A cell of 1 to 4 is small, on either side: met, or base less met."""

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Figure:
    """One released group: what `TallyRow` holds, and whether it is small (never to leave the commissioning team)."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    met: int
    base: int
    missing: int
    unsure: int
    value: float | None
    low: float | None
    high: float | None
    small: bool
    divisor: float | None = None

    @property
    def label(self) -> str:
        """The group in words; 'All' for the figure of everything."""
        return ", ".join(self.labels) or "All"


@dataclass(frozen=True, slots=True)
class Released:
    """Figures that may be shown to one audience. Only `release` makes one.

    `total` is the figure of all groups together; None where groups may not be summed.
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

    def __post_init__(self) -> None:
        """Refuse a figure that did not pass the gate."""
        if self.seal is not _SEAL:
            raise TypeError("figures are released by domain.disclosure.release, not built")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: no group with anything in it."""
        return not any(figure.met or figure.base for figure in self.figures)

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


def is_small(met: int, base: int) -> bool:
    """Whether 1 to 4 cases stand on either side, so that the figure could point at somebody.

    >>> is_small(15, 16), is_small(0, 20), is_small(3, 9)
    (True, False, True)
    """
    return 0 < met < SMALL or 0 < base - met < SMALL


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


def release(tally: Tally, audience: Audience, footnotes: Sequence[Footnote] = ()) -> Released:
    """The tally, as this audience may see it, with what was accepted in the returns that it rests on.

    Raises
    ------
    ValueError
        When the rules for the audience are not built yet; nothing is shown rather than too much.
    """
    if audience is not Audience.US:
        raise ValueError(
            f"figures for '{audience}' cannot be shown yet; only the commissioning team's are built"
        )
    return Released(
        measure=tally.measure,
        by=tally.by,
        figures=tuple(_figure(row, tally.measure) for row in tally.rows),
        total=_total(tally),
        selection=tally.selection,
        source=tally.source,
        version=tally.version,
        as_at=tally.as_at,
        audience=audience,
        at=tally.at,
        not_given=tally.not_given,
        footnotes=in_words(footnotes, audience),
        seal=_SEAL,
    )
