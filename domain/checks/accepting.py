"""Warnings that are accepted with a reason: as they are kept with a return, and remembered for its sender's next ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import replace

from domain.accepted import LAST_THREE, AcceptedWarning
from domain.checks.examined import Examined
from domain.checks.rule import RULES
from domain.grouping import ToConfirm, by_rule, questions, rows_count, to_confirm
from domain.problem import Level, Problem

RETURNS_REMEMBERED = 3
"""A warning is said and no longer asked once so many returns running had it and were accepted."""
MOST_TIMES = 2
"""It is asked again once there are so many times as many rows as there ever were in those."""
ALWAYS_ASKED = frozenset({"V03", "V22", "V24", "V25", "V27", "V30"})
"""Checks that are asked every time.

What is dropped because it may be personal, and what may be rows lost or a period like no other, is no habit of a sender: that it was in
order three times says nothing of the fourth.
"""


def lowered(problems: Sequence[Problem], accepted: Sequence[AnyMapping[str, int]]) -> list[Problem]:
    """The problems, with warnings that the sender accepted in each of its last three returns said and not asked.

    Parameters
    ----------
    accepted : for each of the last returns before, the latest first, how many rows each rule's warning was accepted for; a row once for
        each column that the rule speaks of.
    """
    if len(accepted) < RETURNS_REMEMBERED:
        return list(problems)
    last = accepted[:RETURNS_REMEMBERED]
    known = set()
    for name, found in by_rule(p for p in problems if p.level is Level.CONFIRM).items():
        before = [counts.get(name, 0) for counts in last]
        now = sum(rows_count(each) for each in _by_fields(found).values())
        if found[0].check not in ALWAYS_ASKED and all(before) and now < MOST_TIMES * max(before):
            known.add(name)
    return [
        replace(problem, level=Level.SAID, repair=f"{LAST_THREE}, so it is said and not asked.")
        if problem.rule in known and problem.level is Level.CONFIRM
        else problem
        for problem in problems
    ]


def said_again(examined: Examined) -> tuple[ToConfirm, ...]:
    """The warnings that are said and not asked, because they were accepted in the last three returns."""
    found = (p for p in examined.said if p.rule in RULES and RULES[p.rule].level is Level.CONFIRM)
    return tuple(to_confirm(name, problems) for name, problems in by_rule(found).items())


def accepted_all(examined: Examined, reason: str, note: str = "") -> tuple[AcceptedWarning, ...]:
    """Every warning of a return, accepted for one reason; those that are only said, for being known."""
    return accepted_from(examined, {one.rule: (reason, note) for one in questions(examined.problems)})


def accepted_from(
    examined: Examined, reasons: AnyMapping[str, tuple[str, str]]
) -> tuple[AcceptedWarning, ...]:
    """The warnings of a return, each accepted for a reason of its own.

    Parameters
    ----------
    reasons : by the name of the rule, the reason chosen and the note, which may be blank.

    Raises
    ------
    ValueError
        When a warning has no reason; the message names the first.
    """
    found = []
    for one in questions(examined.problems):
        reason, note = reasons.get(one.rule, ("", ""))
        if not reason.strip():
            raise ValueError(f"Nobody has said why this may be saved as it is: {one.title}.")
        found += _kept(one, reason.strip(), note.strip())
    return (*found, *(kept for one in said_again(examined) for kept in _kept(one, LAST_THREE, "")))


def _kept(one: ToConfirm, reason: str, note: str) -> list[AcceptedWarning]:
    """A question as it is kept: what it says of other columns apart, so that each stands at the figures it touches."""
    return [
        AcceptedWarning(one.rule, one.check, _said(problems), rows_count(problems), reason, note, fields)
        for fields, problems in _by_fields(one.problems).items()
    ]


def _by_fields(problems: Iterable[Problem]) -> dict[tuple[str, ...], list[Problem]]:
    found: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.fields, []).append(problem)
    return found


def _said(problems: Iterable[Problem]) -> str:
    """What was found in words that hold no row number and no count of cases, each sentence once."""
    return " ".join(dict.fromkeys(problem.general or problem.found for problem in problems))
