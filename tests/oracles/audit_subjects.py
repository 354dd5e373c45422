"""What an audit of several moments is about: the answers to one field, or who met a measure; counted as only the commissioning team may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.cubes import Cell
from domain.measures import Share, measure
from domain.periods import Period
from domain.quantities import quantities
from domain.selection import Selection
from domain.services import service as service_of

Parts = frozenset[str]


class Kind(NamedTuple):
    """Cases of one provider or area, in a quarter (blank: without the date), with one answer."""

    place: tuple[str, str]
    quarter: str
    code: str


@dataclass(frozen=True)
class Subject:
    """What one audit is about: the answers to one field of all cases, or who met a measure and who did not, by one date.

    Parameters
    ----------
    measure : of a share, its key; else of what is counted. field : blank for a share.
    """

    service: str
    measure: str
    field: str = ""

    @property
    def date(self) -> str:
        """The column that says in which quarter a case counts."""
        return measure(self.measure, self.service).month

    @cached_property
    def opened(self) -> Parts:
        """Answers of which there may be fewer later: of cases that are still open."""
        declared = service_of(self.service).open
        return frozenset({*declared, ""}) if self.field == "outcome" else frozenset([""])

    def count(self, store: Store, provider: str = "", as_of: int | None = None) -> dict[Kind, int]:
        """The truth, as only the commissioning team may read it, of one provider or all."""
        chosen = Selection(self.service, (provider,) if provider else ())
        found: dict[Kind, int] = defaultdict(int)
        for place in ("provider", "area"):
            dims = [place, *([self.field] if self.field else [])]
            for timed in (True, False):
                by = (*dims, "quarter") if timed else tuple(dims)
                question = Question(self.measure, by, chosen, as_of=as_of)
                for row in read_tally(store, question, COMMISSIONER).rows:
                    quarter = row.keys[-1] if timed else ""
                    for code, number in self._codes(row.keys[1:2], row.met, row.base):
                        kind = Kind((place, row.keys[0]), quarter, code)
                        if timed and quarter:
                            found[kind] += number
                            found[kind._replace(quarter="")] -= number
                        elif not timed:
                            found[kind] += number
        return found

    def _codes(self, keys: Sequence[str], met: int, base: int) -> Iterator[tuple[str, int]]:
        if self.field:
            yield keys[0], base
        elif isinstance(measure(self.measure, self.service), Share):
            yield "met", met
            yield "rest", base - met
        else:
            yield "met", base

    def counted_in(self, cell: Cell, codes: Parts) -> Parts | None:
        """The answers that a cell counts; None where it is about something else."""
        if not self.field:
            named = quantities(measure(self.measure, self.service), self.service)
            if cell.codes:
                return None
            return {named.met: frozenset(["met"]), named.base: frozenset(["met", "rest"])}.get(cell.what)
        found = None
        if cell.what == "cases":
            found = codes if self.measure == "referrals" else None
        elif cell.what == self.field:
            found = frozenset(cell.codes)
        elif cell.what.startswith(f"{self.field}: ") and not cell.codes:
            found = frozenset(cell.what.partition(": ")[2].split(", "))
        # By the date of the end there is no case that is open.
        return None if found is None or (self.measure != "referrals" and found & self.opened) else found

    def groups(self, codes: Parts) -> Iterator[tuple[str, Parts]]:
        """What of it nobody may work out: each answer, and what each measure counts, leaves out and is out of."""
        if not self.field:
            yield from ((name, frozenset([name])) for name in ("met", "rest"))
            yield "base", frozenset(["met", "rest"])
            return
        yield "cases", codes
        yield from ((code, frozenset([code])) for code in codes)


def within(span: str, date: str) -> Callable[[str], bool] | None:
    """Which quarters lie in the span of a cell; None where it goes by another date."""
    if not span:
        return lambda _: True
    axis, *named = span.split(" ")
    if axis != date:
        return None
    # 'referral_month 2018-04..2018-06', or from the first quarter 'to' the last one.
    quarters = [Period.parse(one) for one in named if one != "to"]
    first, last = quarters[0].start, quarters[-1].end
    return lambda quarter: (
        ".." in quarter and first <= Period.parse(quarter).start and Period.parse(quarter).end <= last
    )
