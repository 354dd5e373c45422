"""Problems as a person works through them: one mistake repeated is one problem, and a warning is asked once.

What may not live here: words of the screen (components), and rules (domain.checks).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.problem import Level, Problem


def grouped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with one mistake repeated as one of them, at the place of the first.

    The same is what has the same rule, sheet, column, found, wanted and repair; of several rows the problem has `rows`, and `row`
    is None. Where only the values found differ, as in two dates that stand the wrong way round, the general words say it.

    Returns
    -------
    tuple of Problem
        In the order of the first of each.
    """
    found: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        same = (problem.check, problem.level, problem.rule, problem.sheet, problem.column, problem.index,
                problem.general or problem.found, problem.wanted, problem.repair)  # fmt: skip
        found.setdefault(same, []).append(problem)
    return tuple(_one(each) for each in found.values())


def _one(same: list[Problem]) -> Problem:
    first = same[0]
    if len(same) == 1:
        return first
    rows = tuple(sorted({row for problem in same for row in rows_of(problem)}))
    lacks = tuple(dict.fromkeys(lacking for problem in same for lacking in problem.lacks))
    only = rows[0] if len(rows) == 1 else None
    alike = len({problem.found for problem in same}) == 1
    return replace(
        first,
        row=only,
        rows=() if only else rows,
        lacks=lacks,
        found=first.found if alike else first.general,
    )


def rows_of(problem: Problem) -> tuple[int, ...]:
    """Every row a problem stands at, by Excel row number; none for a whole column, sheet or file."""
    return problem.rows or (() if problem.row is None else (problem.row,))


def cells_of(problem: Problem) -> tuple[tuple[str, int, int | None], ...]:
    """The cells a problem is about, so that they can be marked in the sender's own workbook.

    Returns
    -------
    tuple of (sheet as named in the file, row from 1, column from 0)
        The column is None where the whole row is meant. A problem of a whole column stands at its header; one of a whole
        sheet or file at no cell.
    """
    rows = rows_of(problem)
    if not rows and problem.header_row is not None and problem.index is not None:
        rows = (problem.header_row,)
    return tuple((problem.sheet, row, problem.index) for row in rows if row > 0)


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """One question: everything that one rule found in a return, accepted with one reason.

    Parameters
    ----------
    rule : the name of the rule's function. check : its id, such as 'V12'. title : what holds when the rule is kept.
    problems : grouped. count : how many rows they are about; a problem of a whole column or file counts as one.
    fields : keys of the columns whose figures it touches; empty when it touches all.
    """

    rule: str
    check: str
    title: str
    problems: tuple[Problem, ...]
    count: int
    fields: tuple[str, ...]


def questions(problems: Iterable[Problem]) -> tuple[ToConfirm, ...]:
    """What has to be confirmed, one question for each rule, in the order in which the rules first speak."""
    return tuple(
        to_confirm(name, found)
        for name, found in by_rule(p for p in problems if p.level is Level.CONFIRM).items()
    )


def by_rule(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Problems by the name of their rule, in the order in which the rules first speak."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.rule, []).append(problem)
    return found


def to_confirm(name: str, found: list[Problem]) -> ToConfirm:
    """Everything that one rule found, as one question."""
    every = [problem.fields for problem in found]
    # One that touches all figures makes the whole question touch all of them.
    fields = tuple(dict.fromkeys(key for keys in every for key in keys)) if all(every) else ()
    return ToConfirm(name, found[0].check, found[0].title, grouped(found), rows_count(found), fields)


def rows_count(found: Iterable[Problem]) -> int:
    """How many rows problems are about, each row of a sheet once; a problem without a row counts as one."""
    found = list(found)
    rows = {(problem.sheet, row) for problem in found for row in rows_of(problem)}
    return len(rows) + sum(1 for problem in found if not rows_of(problem))
