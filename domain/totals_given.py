"""What one return of totals says to one question: the rows that answer it whole, or nothing.

A figure that is given in part would look like one that is given, so a breakdown counts only when it is whole: every answer has a
row, or the answers add up to the row of all together. A period counts only when rows cover every month of it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.measures import Measure, Split
from domain.periods import months_between
from domain.settings import UNKNOWN_AREA, Settings
from domain.totals import answers_wanted, is_exclusive

Cells = dict[tuple[str, str], tuple[int, int]]
"""Area and answer (blank for all together) to met and base."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One row of the sheet Totals as it is kept; blank texts stand for all together, `base` is None where the row gives none."""

    provider: str
    first_month: int
    last_month: int
    area: str
    breakdown: str
    category: str
    met: int
    base: int | None

    @property
    def months(self) -> tuple[int, ...]:
        """The months that it counts."""
        return months_between(self.first_month, self.last_month)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of one provider's totals.

    Parameters
    ----------
    answers_of : the field that the figure is by; blank for none. by_area : whether it is by area.
    areas : the areas that it is limited to; None for all together. Empty where no area is left.
    contracted : the areas that the provider works in; a return that lacks one of them is not whole.
    """

    measure: Measure
    service: str
    provider: str
    settings: Settings
    answers_of: str = ""
    by_area: bool = False
    areas: frozenset[str] | None = None
    contracted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """The answer for some months: where it is placed in time, and what stands in each cell."""

    month: int
    cells: Cells


def given_over(rows: Sequence[TotalRow], wanted: Wanted, months: Iterable[int]) -> tuple[Given, ...] | None:
    """What the rows say of some months together, from rows that cover each of them once; None when they do not say it whole."""
    left = tuple(sorted(months))
    spans = sorted({(row.first_month, row.last_month) for row in rows})
    whole = {span: cells for span in spans if (cells := _whole(_of(rows, span), wanted)) is not None}
    return _tiled(whole, left)


def given_at(rows: Sequence[TotalRow], wanted: Wanted, month: int) -> tuple[Given, ...] | None:
    """What the rows say of the end of a month; None when they do not say it whole."""
    for span in sorted({(row.first_month, row.last_month) for row in rows}, reverse=True):
        if span[1] == month and (cells := _whole(_of(rows, span), wanted)) is not None:
            return (Given(month, cells),)
    return None


def _of(rows: Sequence[TotalRow], span: tuple[int, int]) -> list[TotalRow]:
    return [row for row in rows if (row.first_month, row.last_month) == span]


def _tiled(whole: Mapping[tuple[int, int], Cells], left: tuple[int, ...]) -> tuple[Given, ...] | None:
    if not left:
        return ()
    for span in sorted((s for s in whole if s[0] == left[0]), reverse=True):
        covered = set(months_between(*span))
        if covered <= set(left):
            rest = _tiled(whole, tuple(month for month in left if month not in covered))
            if rest is not None:
                return (Given(span[1], whole[span]), *rest)
    return None


def _whole(rows: Sequence[TotalRow], wanted: Wanted) -> Cells | None:
    """Every cell that is asked for, from the rows of one period."""
    if not wanted.by_area and wanted.areas is None:
        return _answers(rows, wanted, "")
    given = {row.area for row in rows} - {""}
    chosen = wanted.contracted | given if wanted.areas is None else wanted.areas
    found: Cells = {}
    for area in sorted(chosen):
        if area in given:
            cells = _answers(rows, wanted, area)
            if cells is None:
                return None
            found |= cells
        elif area in (*wanted.contracted, UNKNOWN_AREA) and not _areas_add_up(rows, wanted):
            return None
    return found


def _areas_add_up(rows: Sequence[TotalRow], wanted: Wanted) -> bool:
    """Whether nobody can be in an area that has no row, because the others come to all together."""
    together = replace(wanted, answers_of="")
    whole = _answers(rows, together, "")
    parts = [_answers(rows, together, area) for area in {row.area for row in rows} - {""}]
    if whole is None or not parts or None in parts:
        return False
    numbers = [cells[area, ""] for cells in parts if cells for area in {key for key, _ in cells}]
    return (sum(m for m, _ in numbers), sum(b for _, b in numbers)) == whole["", ""]


def _answers(rows: Sequence[TotalRow], wanted: Wanted, area: str) -> Cells | None:
    """The cells of one area, or of all areas together."""
    here = [row for row in rows if row.area == area]
    if isinstance(wanted.measure, Split):
        return _split(here, wanted, area)
    together = next((row for row in here if not row.breakdown), None)
    if not wanted.answers_of:
        return None if together is None else {(area, ""): _numbers(together)}
    parts = {row.category: row for row in here if row.breakdown == wanted.answers_of and row.category}
    if not parts or not (_every_answer(parts, wanted) or _adds_up(parts, together, wanted)):
        return None
    return {(area, category): _numbers(row) for category, row in parts.items()}


def _numbers(row: TotalRow) -> tuple[int, int]:
    return row.met, row.met if row.base is None else row.base


def _every_answer(parts: Mapping[str, TotalRow], wanted: Wanted) -> bool:
    breakdown = wanted.measure.field if isinstance(wanted.measure, Split) else wanted.answers_of
    answers = answers_wanted(wanted.measure, breakdown, wanted.settings, wanted.service, wanted.provider)
    return {key for key, _ in answers} <= parts.keys()


def _adds_up(parts: Mapping[str, TotalRow], together: TotalRow | None, wanted: Wanted) -> bool:
    if together is None or not is_exclusive(wanted.answers_of):
        return False
    met, base = _numbers(together)
    numbers = [_numbers(row) for row in parts.values()]
    return sum(m for m, _ in numbers) == met and sum(b for _, b in numbers) == base


def _split(here: Sequence[TotalRow], wanted: Wanted, area: str) -> Cells | None:
    """The answers of a split with their common base under the blank answer; that base alone where it is not asked by answer."""
    assert isinstance(wanted.measure, Split)  # noqa: S101 - the caller looked
    field = wanted.measure.field
    if wanted.answers_of not in ("", field):
        return None
    parts = {row.category: row for row in here if row.category}
    together = next((row for row in here if not row.category), None)
    exclusive = is_exclusive(field)
    every = _every_answer(parts, wanted)
    counted = sum(row.met for row in parts.values())
    bases = {row.base for row in parts.values() if row.base is not None}
    if together is not None:
        bases.add(together.met)
    if not bases and exclusive and every and wanted.measure.exhaustive:
        bases = {counted}
    if len(bases) != 1:
        return None
    (base,) = bases
    if not wanted.answers_of:
        return {(area, ""): (base, base)}
    if not every and not (exclusive and parts and counted == base):
        return None
    return {(area, ""): (base, base)} | {(area, key): (row.met, base) for key, row in parts.items()}
