"""What holds of every hidden table: a second audit, which knows nothing of ours, works out no small number.

The second audit asks for the smallest and the largest that a cell can be, over all cells and lines at once. Tables that share nothing
stand side by side in one program, so that 300 of them are asked in a few runs: each has its own smallest and largest.
"""

from __future__ import annotations

import random
from itertools import product
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from domain.suppression import CannotProtect, Line, hide, recoverable

ALL = "all"


def small(values, threshold=5):
    return {cell for cell, number in values.items() if 0 < number < threshold}


def worked_out(tables):
    """For each table (values, lines, shown, suspects): the suspects whose smallest and largest whole number are the same."""
    place = {
        (number, cell): None
        for number, (values, _, _, _) in enumerate(tables)
        for cell in sorted(values, key=repr)
    }
    place = {cell: column for column, cell in enumerate(place)}
    entries, rows = [], 0
    for number, (_, lines, _, _) in enumerate(tables):
        for line in lines:
            entries.append((rows, place[number, line.total], -1))
            entries += [(rows, place[number, part], 1) for part in line.parts]
            rows += 1
    row, column, by = zip(*entries, strict=True)
    equal = csr_array((by, (row, column)), shape=(rows, len(place)))
    bounds = []
    for number, cell in place:
        values, _, shown, _ = tables[number]
        bounds.append((values[cell], values[cell]) if cell in shown else (0, 1000))
    queues = [sorted(suspects, key=repr) for _, _, _, suspects in tables]
    given_away = [set() for _ in tables]
    while any(queues):
        asked = [(number, queue.pop()) for number, queue in enumerate(queues) if queue]
        wanted = np.zeros(len(place))
        wanted[[place[cell] for cell in asked]] = 1
        least = linprog(wanted, A_eq=equal, b_eq=np.zeros(rows), bounds=bounds)
        most = linprog(-wanted, A_eq=equal, b_eq=np.zeros(rows), bounds=bounds)
        assert least.status == most.status == 0
        for number, cell in asked:
            low, high = least.x[place[number, cell]], most.x[place[number, cell]]
            if ceil(low - 1e-6) == floor(high + 1e-6):
                given_away[number].add(cell)
        # Who was seen at another whole number on the way need not be asked again.
        for number, (values, _, _, _) in enumerate(tables):
            queues[number] = [
                cell
                for cell in queues[number]
                if all(abs(seen.x[place[number, cell]] - values[cell]) < 1 - 1e-6 for seen in (least, most))
            ]
    return given_away


def add_up(inner, sides):
    """All sums of a table: over each side, what belongs together there, as (whole, parts) from the smallest up."""
    values, lines = dict(inner), []
    for side, groups in enumerate(sides):
        for whole, parts in groups:
            others = dict.fromkeys(cell[:side] + cell[side + 1 :] for cell in values if cell[side] in parts)
            for other in others:
                total, *those = ((*other[:side], name, *other[side:]) for name in (whole, *parts))
                values[total] = sum(values[part] for part in those)
                lines.append(Line(total, tuple(those)))
    return values, lines


def with_rests(values, lines, side):
    """The same, with what each cell leaves of its base (the whole of one side), which no view shows."""
    rests, guards = {}, {}
    for cell in values:
        if cell[side] != ALL:
            base = (*cell[:side], ALL, *cell[side + 1 :])
            rests[*cell, "rest"] = values[base] - values[cell]
            guards[*cell, "rest"] = cell
            lines = [*lines, Line(base, (cell, (*cell, "rest")))]
    return values | rests, lines, guards


AREAS, PROVIDERS, CODES, MONTHS = ("E1", "E2", "N1", "N2"), ("east", "north"), ("A", "B", "C"), ("M1", "M2")
BY_AREA = [(ALL, AREAS)]
BY_PROVIDER = [("east", AREAS[:2]), ("north", AREAS[2:]), (ALL, PROVIDERS)]
BY_CODE, BY_MONTH = [(ALL, CODES)], [(ALL, MONTHS)]
FORMS = {
    "areas by codes": ((AREAS, CODES), (BY_AREA, BY_CODE)),
    "areas by codes by months": ((AREAS, CODES[:2], MONTHS), (BY_AREA, [(ALL, CODES[:2])], BY_MONTH)),
    "areas in providers by codes": ((AREAS, CODES), (BY_PROVIDER, BY_CODE)),
}
SPARSE, MIXED, LARGE = (0, 0, 1, 2, 3, 8), (0, 1, 4, 5, 9, 30), (0, 6, 7, 12, 3, 25)


def generated(form, number):
    """One table: its numbers, lines and guards. Every second one has the rests of its shares."""
    names, sides = FORMS[form]
    draw = np.random.default_rng([number, len(form)])
    drawn = (SPARSE, MIXED, LARGE)[number % 3]
    values, lines = add_up({cell: int(draw.choice(drawn)) for cell in product(*names)}, sides)
    return with_rests(values, lines, side=1) if number % 2 else (values, lines, {})


TABLES = [generated(form, number) for form in FORMS for number in range(100)]


@pytest.fixture(scope="module")
def decided():
    return [hide(values, lines, unseen=guards, guards=guards) for values, lines, guards in TABLES]


def test_no_small_number_of_300_tables_can_be_worked_out(decided):
    asked = [
        (values, lines, values.keys() - hidden, small(values))
        for (values, lines, _), hidden in zip(TABLES, decided, strict=True)
    ]
    assert len(asked) == 300
    assert not any(worked_out(asked))


def test_the_second_audit_sees_what_the_small_numbers_alone_would_give_away():
    asked = [
        (values, lines, values.keys() - small(values) - guards.keys(), small(values))
        for values, lines, guards in TABLES[::5]
    ]
    found = worked_out(asked)
    ours = [
        recoverable(values, lines, small(values) | guards.keys(), small(values))
        for values, lines, guards in TABLES[::5]
    ]
    assert sum(map(len, found)) > 100
    # Ours may see more: a number that whole numbers fix and fractions do not.
    assert all(theirs <= mine for theirs, mine in zip(found, ours, strict=True))


def test_every_small_number_is_hidden(decided):
    for (values, _, guards), hidden in zip(TABLES, decided, strict=True):
        assert guards.keys() | small(values) <= hidden


@pytest.mark.parametrize("number", range(0, 300, 30))
def test_thinning_shows_more_and_gives_nothing_away(decided, number):
    values, lines, guards = TABLES[number]
    thinned = hide(values, lines, unseen=guards, guards=guards, thin=True)
    assert small(values) <= thinned <= decided[number]
    assert worked_out([(values, lines, values.keys() - thinned, small(values))]) == [set()]


@pytest.mark.parametrize("number", range(1, 300, 30))
def test_the_order_in_which_numbers_are_handed_over_decides_nothing(decided, number):
    values, lines, guards = TABLES[number]
    shuffled = list(values)
    random.Random(number).shuffle(shuffled)
    mixed = {cell: values[cell] for cell in shuffled}
    turned = dict(reversed(guards.items()))
    assert hide(mixed, lines, unseen=list(turned), guards=turned) == decided[number]


def test_no_small_number_of_a_whole_cube_can_be_worked_out():
    """Eight areas by five codes by six months, with all sums and rests: large enough for fractions that whole numbers do not reach."""
    names = (range(8), range(5), range(6))
    draw = np.random.default_rng(5)
    values, lines = add_up(
        {cell: int(draw.choice((0, 0, 1, 2, 6))) for cell in product(*names)},
        [[(ALL, tuple(side))] for side in names],
    )
    values, lines, guards = with_rests(values, lines, side=1)
    hidden = hide(values, lines, unseen=guards, guards=guards)
    assert len(hidden - guards.keys()) < 9 * 6 * 7
    assert worked_out([(values, lines, values.keys() - hidden, small(values))]) == [set()]


numbers = st.sampled_from([0, 1, 2, 4, 5, 6, 20])


@st.composite
def two_by_three(draw, cells=numbers):
    inner = {cell: draw(cells) for cell in product("xy", "ABC")}
    return add_up(inner, ([(ALL, ("x", "y"))], BY_CODE))


@settings(max_examples=60, deadline=None)
@given(two_by_three(st.integers(5, 60) | st.just(0)))
def test_a_table_without_small_numbers_is_shown_whole(table):
    assert hide(*table) == frozenset()


@settings(max_examples=60, deadline=None)
@given(two_by_three(), st.data())
def test_what_was_shown_before_is_never_hidden(table, data):
    values, lines = table
    forced = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=3))
    try:
        hidden = hide(values, lines, forced=forced)
    except CannotProtect as refused:
        exposed = set(refused.cells)
        assert exposed <= recoverable(values, lines, values.keys() - forced, exposed)
    else:
        assert not hidden & forced
        assert not recoverable(values, lines, hidden, small(values) - forced)


STEPS = {cells: np.array(list(product(range(-2, 3), repeat=cells)), dtype=np.int16) for cells in (4, 6)}


def tried_out(values, lines, inner, hidden, suspects):
    """The suspects that are the same in every table near this one that shows the same: all of them are tried."""
    own = {cell: np.eye(len(inner), dtype=np.int16)[place] for place, cell in enumerate(inner)}
    for line in lines:
        own[line.total] = sum(own[part] for part in line.parts)
    moved = {cell: STEPS[len(inner)] @ made_of for cell, made_of in own.items()}
    possible = np.ones(len(STEPS[len(inner)]), dtype=bool)
    for cell, number in values.items():
        possible &= (moved[cell] + number >= 0) if cell in hidden else moved[cell] == 0
    return {cell for cell in suspects if not moved[cell][possible].any()}


@settings(max_examples=120, deadline=None)
@given(two_by_three(), st.data())
def test_what_can_be_worked_out_is_what_trying_every_table_finds(table, data):
    values, lines = table
    hidden = data.draw(st.sets(st.sampled_from(sorted(values)), min_size=3))
    inner = [cell for cell in values if ALL not in cell]
    assert recoverable(values, lines, hidden, hidden) == tried_out(values, lines, inner, hidden, hidden)


def test_what_can_be_worked_out_of_a_cube_is_what_trying_every_table_finds():
    """Two by two by two, seen from all sides: here fractions exist that whole numbers do not reach."""
    steps = np.array(list(product(range(-2, 3), repeat=8)), dtype=np.int16)
    STEPS[8] = steps
    sides = ([(ALL, ("x", "y"))], [(ALL, ("A", "B"))], [(ALL, MONTHS)])
    draw = np.random.default_rng(3)
    for _ in range(12):
        inner = list(product("xy", "AB", MONTHS))
        values, lines = add_up({cell: int(draw.integers(0, 4)) for cell in inner}, sides)
        hidden = {cell for cell in values if draw.random() < 0.6}
        assert recoverable(values, lines, hidden, hidden) == tried_out(values, lines, inner, hidden, hidden)


def three_issues(number):
    """The same table sent three times, growing; each decided on with what was sent before. All numbers, lines and what was shown."""
    draw = np.random.default_rng([number, 11])
    names, sides = FORMS["areas in providers by codes" if number % 2 else "areas by codes"]
    values, lines, shown, changes, last = {}, [], set(), {}, {}
    inner = {cell: int(draw.choice((0, 1, 3, 6, 12))) for cell in product(*names)}
    for issue in range(3):
        numbers_, lines_ = add_up(inner, sides)
        now = {(issue, *cell): value for cell, value in numbers_.items()}
        values |= now
        lines += [Line((issue, *line.total), tuple((issue, *part) for part in line.parts)) for line in lines_]
        for cell in last:
            more = ("more", issue, *cell)
            values[more] = numbers_[cell] - last[cell]
            changes[more] = (issue, *cell)
            lines.append(Line((issue, *cell), ((issue - 1, *cell), more)))
        before = values.keys() - now.keys() - changes.keys()
        hidden = hide(values, lines, unseen=changes, guards=changes, forced=shown, already=before - shown)
        assert before - hidden == shown
        shown |= now.keys() - hidden
        last = numbers_
        inner = {cell: value + int(draw.choice((0, 0, 1, 2, 7))) for cell, value in inner.items()}
    return values, lines, shown, small(values)


def test_three_issues_solved_together_give_no_small_number_and_no_small_change_away():
    issues = [three_issues(number) for number in range(12)]
    assert all(any(cell[0] == 2 for cell in shown) for _, _, shown, _ in issues)
    assert not any(worked_out(issues))
