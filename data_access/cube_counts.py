"""The counts that cubes are made of, for each measure and each step of a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data_access.cube_families import fill_family
from data_access.cube_names import Family, adds_up, by_answers, names_in
from data_access.cube_rows import Counter, Row, Stage, counted
from data_access.questions import Question
from domain.cubes import Cube
from domain.measures import Average, Share, Split, measure
from domain.quantities import CASES, Quantities


def fill_cube(
    cube: Cube,
    counter: Counter,
    question: Question,
    dims: tuple[str, ...],
    times: Sequence[str],
    *,
    stage: Stage,
    family: Family | None = None,
) -> None:
    """Add what a measure counts to a cube, by its answers where it has any, for all time and by the times given.

    Parameters
    ----------
    times : groupings by time, blank for all time.
    stage : how much of it. family : the field whose answers all of it are sums of.
    """
    declared, named = measure(question.measure, counter.service), names_in(question, counter.service)
    if stage is Stage.CASES:
        cases = replace(question, measure="referrals", adjusted_for="", at=None)
        cube.count(CASES, counted(_read(counter, cases, (), times), "met"), about=False)
        return
    if family:
        fill_family(cube, counter, question, family, times, stage)
        return
    rows = _read(counter, question, (), times)
    cube.count(named.base, counted(rows, "base"), about=bool(named.met))
    if stage is Stage.BASE:
        return
    if isinstance(declared, Share):
        cube.count(named.met, counted(rows, "met"))
        cube.count(named.rest, counted(rows, "rest"), unseen=True)
        cube.halves(named.base, named.met, named.rest)
        if question.adjusted_for:
            _fill_left_out(cube, counter, question, named, rows, times)
    if not dims:
        return
    rows, whole = _read(counter, question, dims, times), by_answers(named.base, dims)
    whole_groups = all(adds_up(key) for key in dims)
    if isinstance(declared, Share):
        parts = (named.base, "base"), (named.met, "met"), (named.rest, "rest")
        for what, part in parts:
            cube.count(by_answers(what, dims), counted(rows, part), unseen=part == "rest")
            if whole_groups:
                cube.answers(what, by_answers(what, dims))
            if len(dims) > 1:
                _fill_sides(cube, counter, question, dims, times, what, part)
        cube.halves(*(by_answers(what, dims) for what, _ in parts))
    elif isinstance(declared, Split) and dims == (declared.field,):
        _fill_split(cube, rows, named, declared)
    else:
        cube.count(whole, counted(rows, "base" if isinstance(declared, Average) else "met"))
        if whole_groups:
            cube.answers(named.base, whole)


def _fill_sides(
    cube: Cube, counter: Counter, question: Question, dims: tuple[str, ...], times: Sequence[str], what: str, part: str
) -> None:  # fmt: skip
    """What is counted by each of two groupings alone, which the pairs add up to."""
    for place, key in enumerate(dims):
        side = by_answers(what, [key])
        cube.count(side, counted(_read(counter, question, (key,), times), part), unseen=part == "rest")
        cube.answers(side, by_answers(what, dims), drop=1 - place)


def _fill_split(cube: Cube, rows: list[Row], named: Quantities, declared: Split) -> None:
    each = by_answers(named.base, [declared.field])
    rest = f"{named.base} but by {declared.field}"
    cube.count(each, counted(rows, "met"))
    cube.count(rest, counted(rows, "rest"), unseen=True)
    cube.halves(named.base, each, rest, split=0)
    cube.answers(named.base, each)


def _fill_left_out(
    cube: Cube,
    counter: Counter,
    question: Question,
    named: Quantities,
    rows: list[Row],
    times: Sequence[str],
) -> None:
    """How many cases the agreed exceptions leave out: whoever sees the figure with and without them can take one from the other."""
    raw = replace(question, adjusted_for="")
    before, whole = names_in(raw, counter.service), _read(counter, raw, (), times)
    for (was, codes), now, part in zip(before.cells, (named.met, named.base), ("met", "base"), strict=True):
        left = f"{was} left out for {question.adjusted_for} of {part}"
        cube.count(was, [one._replace(codes=codes) for one in counted(whole, part)])
        kept = {one[:4]: one.number for one in counted(rows, part)}
        out = [one._replace(number=one.number - kept.get(one[:4], 0)) for one in counted(whole, part)]
        cube.count(left, out, unseen=True)
        for cell in [one for one in cube.values if one.what == left]:
            same = cell._replace(what=now)
            cube.values.setdefault(same, 0)
            cube.split(cell._replace(what=was, codes=codes), same, cell)


def _read(counter: Counter, question: Question, dims: tuple[str, ...], times: Sequence[str]) -> list[Row]:
    return [row for time in times for row in counter.rows(question, dims, time)]
