"""An audit of what an audience is shown, by nothing that decides it: every number shown is an equation, and linear programming says what
follows from all of them together.

The unknowns are the cases of each area, and of each provider, by their answers and by the quarter of each date. No view crosses areas
with providers or the two dates with one another, so that these sums of cases say all that can be worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from data_access.questions import Question
from data_access.released import read_released
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER, Audience
from domain.disclosure import Released
from domain.measures import Count, Share, Split, measures_of
from domain.selection import Selection
from domain.services import service as service_of
from domain.tally import Tally
from tests.oracles.audit_kinds import Atom, Codes, Counting, in_months, in_time

NEAR = 1e-6


@dataclass
class Audit:
    """What one audience can be shown about some answers of a service.

    Parameters
    ----------
    fields : the answers; several are crossed. knowing : the provider who looks and knows their own cases; blank for nobody.
    """

    store: Store
    service: str
    fields: tuple[str, ...]
    audience: Audience
    knowing: str = ""
    truth: dict[Atom, int] = field(default_factory=dict)
    own: dict[Atom, int] = field(default_factory=dict)
    facts: list[tuple[frozenset[Atom], int, str]] = field(default_factory=list)
    shown: int = 0
    hidden: int = 0

    def __post_init__(self) -> None:
        """Read the truth, as only the commissioning team may."""
        self.counting = list(self._counting())
        self.dates = {"referral_month": "referrals"}
        for one in self.counting:
            widest = self._base_of(self.dates.get(one.measure.month, ""))
            if len(one.base) > len(widest) and one.measure.month != "referral_month":
                self.dates[one.measure.month] = one.measure.key
        for date, key in self.dates.items():
            places = "provider", "area", *self.fields
            timed = list(self._numbers(self._read(key, (*places, "quarter"))))
            dated: dict[Codes, int] = defaultdict(int)
            for keys, _, base in timed:
                dated[keys[:-1]] += base
            # What has no date stands in no figure by time.
            whole = self._numbers(self._read(key, places))
            timed += [((*keys, ""), 0, base - dated[keys]) for keys, _, base in whole]
            for (provider, area, *codes, quarter), _, base in timed:
                for kind, place in (("provider", provider), ("area", area)):
                    atom = Atom(kind, place, tuple(codes), date, quarter)
                    self.truth[atom] = self.truth.get(atom, 0) + base
                    if provider == self.knowing:
                        self.own[atom] = self.own.get(atom, 0) + base

        # Whoever looks does not know which of them are nought.
        places = {(a.kind, a.place) for a in self.truth}
        for date in self.dates:
            codes = {a.codes for a in self.truth if a.date == date}
            each = [sorted({one[at] for one in codes}) for at in range(len(self.fields))]
            quarters = {a.quarter for a in self.truth if a.date == date}
            for (kind, place), answers, quarter in product(places, product(*each), quarters):
                self.truth.setdefault(Atom(kind, place, answers, date, quarter), 0)

    def _base_of(self, key: str) -> frozenset[Codes]:
        return next((one.base for one in self.counting if one.measure.key == key), frozenset())

    def _read(self, key: str, by: tuple[str, ...]) -> Tally:
        return read_tally(self.store, Question(key, by, Selection(self.service)), COMMISSIONER)

    def _numbers(self, tally: Tally) -> Iterator[tuple[Codes, int, int]]:
        for row in tally.rows:
            yield row.keys, row.met, row.base

    def _counting(self) -> Iterator[Counting]:
        """The measures that count all or none of the cases with each answer, found by counting."""
        whole = {keys: met for keys, met, _ in self._numbers(self._read("referrals", self.fields)) if met}
        for one in measures_of(self.service):
            if type(one) not in (Count, Share, Split) or one.at_a_date or one.in_totals_only:
                continue
            try:
                rows = list(self._numbers(self._read(one.key, self.fields)))
            except ValueError:
                continue
            met, base = ({k: row[i] for k, *row in rows if row[i]} for i in (0, 1))
            if isinstance(one, Split):
                base = met
            if base and all(whole.get(k) == n for part in (met, base) for k, n in part.items()):
                yield Counting(one, frozenset(met), frozenset(base))

    def ask(self, counted: Counting, by: Sequence[str], selection: Selection) -> None:
        """Take in what the audience is shown of one view, beside what it truly is."""
        one = counted.measure
        dims = [key for key in by if key in self.fields]
        if isinstance(one, Split) and one.field in self.fields and one.field not in dims:
            by = (*by, one.field)
        question = Question(one.key, tuple(by), selection)
        (seen,) = read_released(self.store, [question], COMMISSIONER, self.audience)
        for figure in () if seen.withheld else seen.figures:
            self.shown += 1
            self._take(counted, seen, figure.keys, figure.met, figure.base)
        self.hidden += len(seen.hidden)
        if seen.total is not None and not seen.withheld and not {*by} - {"area", "provider"}:
            self._take(counted, replace_by(seen), (), seen.total.met, seen.total.base)

    def _take(self, counted: Counting, seen: Released, keys: Codes, met: int, base: int) -> None:
        named = dict(zip(seen.by if keys else (), keys, strict=True))
        if named.get("provider") == self.audience.provider != "":
            return
        split = isinstance(counted.measure, Split)
        where = self._atoms(counted, seen, named)
        said = f"{counted.measure.key} {named} {seen.selection.first or ''}"
        if where is None:
            return
        dims = {self.fields.index(k): v for k, v in named.items() if k in self.fields}
        both = lambda codes: all(codes[at] == code for at, code in dims.items())  # noqa: E731
        at = (
            self.fields.index(counted.measure.field) if split and counted.measure.field in self.fields else -1
        )
        of_base = lambda codes: all(codes[i] == c for i, c in dims.items() if i != at)  # noqa: E731
        self._equals(where, {c for c in counted.met if both(c)}, met, said)
        self._equals(where, {c for c in counted.base if (of_base if split else both)(c)}, base, said)

    def _atoms(self, counted: Counting, seen: Released, named: dict[str, str]) -> list[Atom] | None:
        """All cases of the place and the time of a figure."""
        chosen, date = seen.selection, counted.measure.month
        place = [(k, named[k]) for k in ("provider", "area") if k in named]
        place += [("provider", key) for key in chosen.providers] + [("area", key) for key in chosen.areas]
        kind, key = place[0] if place else ("area", "")
        others = key == "rest"
        key = "" if others else key
        when = next((named[k] for k in ("quarter", "financial_year", "month") if k in named), "")
        if "month" in named or (when == "" and any(k in named for k in ("quarter", "financial_year"))):
            return None
        inside = lambda q: (not when or in_time(when, q)) and in_months(chosen, q)  # noqa: E731
        timed = bool(when) or chosen.timed
        return [
            a
            for a in self.truth
            if (a.kind, a.date) == (kind, date if timed else "referral_month")
            and (not key or a.place == key)
            and not (others and a.place == self.audience.provider)
            and (not timed or inside(a.quarter))
        ]

    def _equals(self, where: Iterable[Atom], codes: set[Codes], number: int, said: str) -> None:
        self.facts.append((frozenset(a for a in where if a.codes in codes), number, said))

    def wrong(self) -> list[str]:
        """Facts that are not what the cases say: the audit itself would be mistaken."""
        found = ((sum(self.truth[a] for a in atoms), number, said) for atoms, number, said in self.facts)
        return [f"{said}: {number} shown, {true} counted" for true, number, said in found if true != number]

    def small(self, threshold: int = 5) -> dict[frozenset[Atom], str]:
        """Every small number of any view: met, not met and the base, by place, answer and quarter, without what the knowing one has."""
        found: dict[frozenset[Atom], str] = {}
        opened = {*service_of(self.service).open, ""}
        groups: dict[tuple[str, ...], list[Atom]] = defaultdict(list)
        for atom in self.truth:
            for kind, place in (("", ""), (atom.kind, atom.place)):
                if atom.date == "referral_month":
                    groups[kind, place, "", ""].append(atom)
                if atom.quarter:
                    groups[kind, place, atom.date, atom.quarter].append(atom)
        for (kind, place, date, quarter), atoms in groups.items():
            for one in self.counting:
                if date and one.measure.month != date:
                    continue
                for dims in {c[1:] for c in one.base} | {()}:
                    mine = [
                        a for a in atoms if (a.kind == (kind or "area")) and (not dims or a.codes[1:] == dims)
                    ]
                    sets = {"met": one.met, "rest": one.base - one.met, "base": one.base}
                    if isinstance(one.measure, Split):
                        sets |= {c[0]: frozenset(x for x in one.base if x[0] == c[0]) for c in one.base}
                        del sets["met"]
                    for part, codes in sets.items():
                        these = frozenset(a for a in mine if a.codes in codes)
                        number = sum(self.truth[a] - self.own.get(a, 0) for a in these)
                        blank = all(set(a.codes) & opened for a in these)
                        if 0 < number < threshold and not blank:
                            found.setdefault(
                                these, f"{one.measure.key} {part} {place} {quarter} {dims} = {number}"
                            )
        return found

    def worked_out(self) -> list[str]:
        """The small numbers that follow from what is shown."""
        atoms = sorted(self.truth)
        place = {atom: number for number, atom in enumerate(atoms)}
        rows = [(dict.fromkeys(facts, 1), number) for facts, number, _ in self.facts]
        links: dict[tuple[str, ...], dict[Atom, int]] = defaultdict(dict)
        for atom in atoms:
            sign = 1 if atom.kind == "area" else -1
            links["places", *atom.codes, atom.date, atom.quarter][atom] = sign
            for other in self.dates:
                if (
                    "referral_month" in (atom.date, other)
                    and other != atom.date
                    and self._goes_by(atom.codes, other, atom.date)
                ):
                    pair = "dates", max(other, atom.date), atom.kind, atom.place, *atom.codes
                    links[pair][atom] = 1 if atom.date == "referral_month" else -1
        rows += [(row, 0) for row in links.values() if len(row) > 1]
        matrix = csr_matrix(
            (
                [by for row, _ in rows for by in row.values()],
                (
                    [n for n, (row, _) in enumerate(rows) for _ in row],
                    [place[a] for row, _ in rows for a in row],
                ),
            ),
            shape=(len(rows), len(atoms)),
        )
        lowest = [self.own.get(a, 0) for a in atoms]
        highest = [
            self.own.get(a, 0) + (0 if self.knowing and a.place == self.knowing else self.truth[a] + 40)
            for a in atoms
        ]
        wanted = np.array([number for _, number in rows], float)
        program = (matrix, wanted, list(zip(lowest, highest, strict=True)))
        return list(self._follow(program, place))

    def _goes_by(self, codes: Codes, one: str, other: str) -> bool:
        """Whether cases with these answers stand in the figures by the date that is not that of the referral."""
        date = one if one != "referral_month" else other
        return codes in self._base_of(self.dates[date])

    def _follow(
        self, program: tuple[csr_matrix, np.ndarray, list[tuple[int, int | None]]], place: dict[Atom, int]
    ) -> Iterator[str]:
        matrix, wanted, bounds = program
        size = matrix.shape[1]
        left = {key: (sum(self.own.get(a, 0) for a in key), said) for key, said in self.small().items()}
        index = {key: [place[a] for a in key] for key in left}
        seen: dict[frozenset[Atom], tuple[float, float]] = {}
        chance = np.random.default_rng(3)

        def solve(goal: np.ndarray) -> np.ndarray:
            answer = linprog(goal, A_eq=matrix, b_eq=wanted, bounds=bounds, method="highs")
            assert answer.x is not None, answer.message
            for key in left:
                value = float(answer.x[index[key]].sum())
                low, high = seen.get(key, (value, value))
                seen[key] = (min(low, value), max(high, value))
            return answer.x

        def safe(key: frozenset[Atom]) -> bool:
            low, high = seen[key]
            return ceil(low - NEAR) < floor(high + NEAR)

        for _ in range(6):
            pulls = chance.uniform(-1, 1, size)
            solve(pulls)
            solve(-pulls)
        for key, (_, said) in left.items():
            for sign in (1, -1):
                if not safe(key):
                    goal = np.zeros(size)
                    goal[index[key]] = sign
                    solve(goal)
            if not safe(key):
                yield said


def replace_by(seen: Released) -> Released:
    """The same view without its groups: its total."""
    return replace(seen, by=())
