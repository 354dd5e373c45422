"""What was issued before stands beside what is shown now, and nobody who has both can work a small number or a small change out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from domain.access import Audience
from domain.cubes import EVERYWHERE, Cell, Counted, Cube
from domain.issued import Earlier, Issue, known_already, put_before, reached_by, together
from domain.suppression import CannotProtect, hide

AREAS, CODES = ("A", "B", "C", "D"), ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")
Atoms = dict[tuple[str, str], int]
SMALL = 5
UNBOUNDED = 3


def cube_of(atoms: Atoms) -> Cube:
    """Cases by area, and by their outcome."""
    cube = Cube("area")
    rows = [(area, code, number) for (area, code), number in atoms.items() if number]
    cube.count("cases", [Counted("p", area, (), "", number) for area, _, number in rows])
    cube.count("outcome", [Counted("p", area, (code,), "", number) for area, code, number in rows])
    cube.answers("cases", "outcome")
    return cube


def decide(cube: Cube, earlier: list[Earlier]) -> set[Cell]:
    """The cells of a cube that may be shown beside what was issued of it."""
    mine = set(cube.values) - cube.unseen
    out = put_before(cube, earlier)
    asked = {"unseen": cube.unseen, "forced": out, "guards": cube.guards}
    try:
        hidden = hide(cube.values, cube.lines, harmless=cube.harmless, **asked)
    except CannotProtect:
        known = known_already(cube, out, SMALL)
        hidden = hide(cube.values, cube.lines, harmless=cube.harmless | known, already=known, **asked)
    return mine - hidden


def cell(area: str = "", code: str = "") -> Cell:
    place = ("area", area) if area else EVERYWHERE
    return Cell("outcome", place, "", (code,)) if code else Cell("cases", place, "", ())


def atoms_in(one: Cell) -> list[tuple[str, str]]:
    return [
        (area, code)
        for area, code in product(AREAS, CODES)
        if one.place in (EVERYWHERE, ("area", area)) and one.codes in ((), (code,))
    ]


EVERY = [cell(area, code) for area, code in product(("", *AREAS), ("", *CODES))]


class Reader:
    """Somebody with every file: they know that cases are only added, and which numbers did not change. Shares no code with the engine."""

    def __init__(self, moments: list[Atoms], files: list[set[Cell]]) -> None:
        self.moments = moments
        self.place = {at: n for n, at in enumerate(product(range(len(moments)), AREAS, CODES))}
        rows, numbers = [], []
        for moment, file in enumerate(files):
            for one in file:
                rows.append(self.row((moment, one)))
                numbers.append(self.number(moment, one))
        for one, moment in product(EVERY, range(1, len(moments))):
            if self.number(moment, one) == self.number(moment - 1, one):
                rows.append(self.row((moment, one)) - self.row((moment - 1, one)))
                numbers.append(0)
        more = [
            self.row((m - 1, cell(area, code))) - self.row((m, cell(area, code)))
            for m, area, code in product(range(1, len(moments)), AREAS, CODES)
        ]
        self.known = {
            "A_eq": np.array(rows), "b_eq": numbers, "A_ub": np.array(more) if more else None,
            "b_ub": np.zeros(len(more)) if more else None,
        }  # fmt: skip

    def number(self, moment: int, one: Cell) -> int:
        return sum(self.moments[moment].get(at, 0) for at in atoms_in(one))

    def row(self, *at: tuple[int, Cell]) -> np.ndarray:
        found = np.zeros(len(self.place))
        for moment, one in at:
            for area, code in atoms_in(one):
                found[self.place[moment, area, code]] += 1
        return found

    def works_out(self, wanted: np.ndarray) -> bool:
        ends = [linprog(sign * wanted, **self.known, method="highs") for sign in (1, -1)]
        assert all(end.status in (0, UNBOUNDED) for end in ends), "what is known contradicts itself"
        if any(end.status == UNBOUNDED for end in ends):
            return False
        least, most = ends[0].fun, -ends[1].fun
        return bool(np.ceil(least - 1e-6) == np.floor(most + 1e-6))


def three_files(seed: int) -> tuple[list[Atoms], list[set[Cell]]]:
    """The same table three times, with late cases between, and what each file shows of it."""
    draw = np.random.default_rng(seed)
    atoms = {at: int(draw.choice((0, 2, 4, 9, 20, 35))) for at in product(AREAS, CODES)}
    moments: list[Atoms] = []
    files: list[set[Cell]] = []
    for _ in range(3):
        earlier = [
            Earlier(cube_of(then), {one: Reader([then], []).number(0, one) for one in file})
            for then, file in zip(moments, files, strict=True)
        ]
        shown = decide(cube_of(atoms), earlier)
        # Not everything that may be shown is in every file.
        files.append({one for one in sorted(shown) if one in EVERY and draw.random() < 0.8})
        moments.append(dict(atoms))
        for at in product(AREAS, CODES):
            if draw.random() < 0.3:
                atoms[at] += int(draw.choice((1, 2, 6, 12)))
    return moments, files


@pytest.mark.parametrize("seed", range(6))
def test_three_files_together_give_no_small_number_and_no_small_change_away(seed: int) -> None:
    moments, files = three_files(seed)
    reader = Reader(moments, files)
    assert files[2]
    for moment, one in product(range(3), EVERY):
        if 0 < reader.number(moment, one) < SMALL:
            assert not reader.works_out(reader.row((moment, one))), (moment, one)
    for (before, after), one in product(((0, 1), (1, 2), (0, 2)), EVERY):
        both_shown = one in files[before] and one in files[after]
        change = reader.number(after, one) - reader.number(before, one)
        if 0 < change < SMALL and (both_shown or after - before == 1):
            wanted = reader.row((after, one)) - reader.row((before, one))
            assert not reader.works_out(wanted), (before, after, one)


def test_each_file_alone_would_have_given_a_change_away() -> None:
    """Without what was issued before, the same three tables say by how little they differ: the audit above sees that."""
    found = 0
    for seed in range(8):
        moments, _ = three_files(seed)
        files = [decide(cube_of(atoms), []) & set(EVERY) for atoms in moments]
        reader = Reader(moments, files)
        for one in files[0] & files[1]:
            found += 0 < reader.number(1, one) - reader.number(0, one) < SMALL
    assert found


LARGE = dict.fromkeys(product(AREAS, CODES), 20)


def test_a_number_that_is_still_the_same_is_shown_again_and_one_that_hardly_moved_is_not() -> None:
    before = cube_of(LARGE)
    assert decide(cube_of(LARGE), [Earlier(before, dict(before.values))]) == set(before.values)
    late = LARGE | {("A", "PREVENTED"): 22, ("B", "PREVENTED"): 40}
    shown = decide(cube_of(late), [Earlier(before, dict(before.values))])
    assert {cell("C", "PREVENTED"), cell("A", "WITHDRAWN"), cell(code="PREVENTED"), cell()} < shown
    # By how little one area moved is not told, and so not by how much the other one did.
    assert not {cell("A", "PREVENTED"), cell("A"), cell("B", "PREVENTED"), cell("B")} & shown
    # Nothing of what changed was issued, so that nothing can be held beside it.
    few = {cell("C"): 60}
    assert decide(cube_of(late), [Earlier(before, few)]) == set(cube_of(late).values)


def test_a_number_that_went_down_a_little_is_not_shown_either() -> None:
    before, less = cube_of(LARGE), LARGE | {("A", "PREVENTED"): 18}
    shown = decide(cube_of(less), [Earlier(before, dict(before.values))])
    assert not {cell("A", "PREVENTED"), cell("A"), cell(code="PREVENTED"), cell()} & shown


def test_files_of_earlier_data_and_of_the_same_data_stand_beside_each_other() -> None:
    before, now = cube_of(LARGE), cube_of(LARGE | {("A", "PREVENTED"): 30})
    few = {cell("A"): 70}
    shown = decide(now, [Earlier(before, dict(before.values)), Earlier(now, few)])
    assert cell("A") in shown
    assert cell("A", "PREVENTED") in shown


def test_what_people_were_shown_counts_and_not_what_is_now_made_of_the_same_data() -> None:
    before = cube_of(LARGE)
    shown = decide(cube_of(LARGE), [Earlier(before, {cell("A"): 58})])
    assert cell("A") not in shown
    assert decide(cube_of(LARGE), [Earlier(before, {cell("A"): None})]) == set(before.values)


def test_what_a_file_of_a_lower_threshold_gave_away_does_not_close_everything() -> None:
    small = LARGE | {("A", "WITHDRAWN"): 3}
    before = cube_of(small)
    everything = dict(before.values)
    shown = decide(cube_of(small), [Earlier(before, everything)])
    assert shown == set(everything)
    # Only the rest of the row was shown: the small number is known by that, and is not shown all the same.
    del everything[cell("A", "WITHDRAWN")]
    shown = decide(cube_of(small), [Earlier(before, everything)])
    assert shown == set(everything)


def test_an_audience_has_what_wider_ones_were_given() -> None:
    assert reached_by(Audience.PUBLIC) == ("public",)
    assert reached_by(Audience.PROVIDERS) == ("providers", "public")
    assert reached_by(Audience.with_provider("a")) == ("provider:a", "providers", "public")


def test_a_file_of_several_figures_gives_all_of_theirs_away_to_one_audience() -> None:
    one = Issue(Audience.PUBLIC, "mentoring", 7, None, ((cell("A"), 20),))
    other = Issue(Audience.PUBLIC, "mentoring", 7, None, ((cell("A"), 20), (cell("B"), 30)))
    assert together([None, one, None, other]) == other
    assert together([None]) is None
    with pytest.raises(ValueError, match="one audience"):
        together([one, Issue(Audience.PROVIDERS, "mentoring", 7, None, ())])
