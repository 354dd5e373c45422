"""Three files in turn through the real path, with late cases between: together they give no small number and no small change away.

The audit shares no code with what decides: it knows what is shown, and asks by linear programming what that leaves open.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from data_access.issued import keep_issue
from data_access.questions import Question
from data_access.released import read_released
from data_access.returns import save_return
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.cubes import Cell
from domain.selection import Selection
from tests.builders import HILL, NORTH, Q1, Q2, SHORE, SOUTH, VALE, a_case, a_return

VIEWS = (
    ("referrals",), ("referrals", "area"), ("referrals", "quarter"), ("referrals", "provider"),
    ("outcomes", "outcome"), ("outcomes", "area", "outcome"), ("prevention_rate",),
    ("prevention_rate", "area"), ("prevention_rate", "quarter"), ("prevention_rate", "provider"),
)  # fmt: skip
AREAS, CODES = (HILL, VALE, SHORE), ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")
DAYS = {Q1: date(2018, 4, 10), Q2: date(2018, 7, 10)}
ATOMS = tuple(product((NORTH, SOUTH), AREAS, CODES, DAYS))
Numbers = dict[tuple[str, ...], int]
UNBOUNDED, SMALL = 3, 5


def three_in_turn(store: Store, seed: int) -> Iterator[tuple[Numbers, dict[Cell, int]]]:
    """At each moment how many cases there are of each kind, and what left in files."""
    draw = random.Random(seed)
    numbers = {atom: draw.choice((0, 2, 6, 12, 25)) for atom in ATOMS}
    for moment in range(3):
        for provider, quarter in product((NORTH, SOUTH), DAYS):
            mine = [atom for atom in ATOMS if (atom[0], atom[3]) == (provider, quarter)]
            for atom in mine if moment else ():
                numbers[atom] += draw.choice((1, 2, 7)) if draw.random() < 0.15 else 0
            cases = [
                a_case(f"{area}-{code}-{quarter[:7]}-{n}", code, area=area, referred=DAYS[quarter])
                for _, area, code, _ in mine
                for n in range(numbers[provider, area, code, quarter])
            ]
            save_return(store, a_return(provider, quarter, cases), by=COMMISSIONER)
        questions = [Question(measure, tuple(by), Selection("mentoring")) for measure, *by in VIEWS]
        out: dict[Cell, int] = {}
        for released in read_released(store, questions, COMMISSIONER, Audience.PUBLIC):
            if released.issue and draw.random() < 0.7:
                keep_issue(store, COMMISSIONER, released.issue, file_name="file.csv")
                out |= dict(released.cells)
        yield dict(numbers), out


def stands_for(cell: Cell, atom: tuple[str, ...]) -> bool:
    """Whether cases of a kind are counted in a cell."""
    codes = {"cases": CODES, "outcome": cell.codes}.get(cell.what, cell.what[9:].split(", "))
    return cell.place[1] in ("", *atom[:2]) and atom[2] in codes and cell.span[-len(Q1) :] in ("", atom[3])


class Reader:
    """Somebody with every file, who knows that cases are only added."""

    def __init__(self, moments: list[Numbers], files: list[dict[Cell, int]]) -> None:
        self.place = {at: n for n, at in enumerate(product(range(len(moments)), ATOMS))}
        rows, shown = [], []
        for moment, file in enumerate(files):
            for cell, number in file.items():
                # By the day of the end cases may stand in another quarter than by that of the referral.
                if not cell.span.startswith("outcome_month"):
                    kinds = [atom for atom in ATOMS if stands_for(cell, atom)]
                    assert sum(moments[moment][atom] for atom in kinds) == number
                    rows.append(self.row(moment, kinds))
                    shown.append(number)
        more = [self.row(m - 1, [a]) - self.row(m, [a]) for m, a in product(range(1, len(moments)), ATOMS)]
        self.known = {
            "A_eq": np.array(rows),
            "b_eq": shown,
            "A_ub": np.array(more),
            "b_ub": np.zeros(len(more)),
        }

    def row(self, moment: int, kinds: list[tuple[str, ...]]) -> np.ndarray:
        found = np.zeros(len(self.place))
        found[[self.place[moment, atom] for atom in kinds]] = 1
        return found

    def works_out(self, wanted: np.ndarray) -> bool:
        ends = [linprog(sign * wanted, **self.known, method="highs") for sign in (1, -1)]
        assert all(end.status in (0, UNBOUNDED) for end in ends), "what is known contradicts itself"
        if any(end.status == UNBOUNDED for end in ends):
            return False
        return bool(np.ceil(ends[0].fun - 1e-6) == np.floor(-ends[1].fun + 1e-6))


def groups() -> Iterator[list[tuple[str, ...]]]:
    """Every group that a view can show: of a place, an outcome and a quarter, or of all of them."""
    for place, code, quarter in product(("", NORTH, SOUTH, *AREAS), ("", *CODES), ("", *DAYS)):
        yield [a for a in ATOMS if place in ("", *a[:2]) and code in ("", a[2]) and quarter in ("", a[3])]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [0, 4])
def test_three_files_in_turn_give_nothing_small_away(store: Store, seed: int) -> None:
    moments, files = map(list, zip(*three_in_turn(store, seed), strict=True))
    reader, tried = Reader(moments, files), 0
    for kinds in groups():
        numbers = [sum(moment[atom] for atom in kinds) for moment in moments]
        for moment in range(3):
            if 0 < numbers[moment] < SMALL:
                tried += 1
                assert not reader.works_out(reader.row(moment, kinds)), (moment, kinds, numbers)
            if moment and 0 < numbers[moment] - numbers[moment - 1] < SMALL:
                tried += 1
                change = reader.row(moment, kinds) - reader.row(moment - 1, kinds)
                assert not reader.works_out(change), (moment, kinds, numbers)
    assert tried > 5
    assert all(files)
