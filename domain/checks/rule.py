"""What a rule is, and the register that the decorator fills.

A rule is one function, and nothing else need be told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from domain.checks.checking import Checking
from domain.checks.tables import Table
from domain.field_kinds import EVERY_SERVICE
from domain.fields import Sheet, fields_of
from domain.problem import Level, Problem

NOT_READ = "What it looks at could not be read."


class Stage(IntEnum):
    """When a rule runs; a later stage may rely on what an earlier one looked at."""

    FILE = 1
    SHEETS = 2
    COVER = 3
    CELLS = 4
    ROWS = 5
    WHOLE = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at one place; the rule's own id and level make a Problem of it."""

    found: str
    wanted: str
    repair: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    lacks: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()
    """Every row it is about, where it stands at several."""
    fields: tuple[str, ...] = ()
    """Keys of the columns whose figures it touches; none when it touches all of them."""
    general: str = ""
    """What was found without the values of the one row, so that the same mistake in many rows is said once."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Parameters
    ----------
    id : as in the list of checks, such as 'V04'; a check that both refuses and asks has one rule for each.
    title : what holds when the rule is kept, as a sentence.
    needs : what must have been read for the rule to run: sheets, and parts of `Checking` by name; otherwise
        it is reported as not run.
    services : the services whose returns must keep the rule.
    unless : why the rule can say nothing of a return though all of it was read, as a sentence; blank when it can.
    """

    id: str
    level: Level
    title: str
    stage: Stage
    needs: tuple[str | Sheet, ...]
    find: Callable[[Checking], Iterable[Finding]]
    services: frozenset[str] = EVERY_SERVICE
    unless: Callable[[Checking], str] = lambda checking: ""

    def applies(self, checking: Checking) -> bool:
        """Whether the rule is about such a return at all: its service, and the sheets it should have."""
        if checking.service and checking.service not in self.services:
            return False
        return all(checking.expects(need) for need in self.needs if isinstance(need, Sheet))

    def can_run(self, checking: Checking) -> bool:
        """Whether the rule is about such a return, and everything that it needs was read."""
        return self.applies(checking) and all(checking.has(need) for need in self.needs)

    def why_not(self, checking: Checking) -> str:
        """Why the rule cannot run on a return it is about, as a sentence; blank when it can."""
        return self.unless(checking) if self.can_run(checking) else NOT_READ

    def problems(self, checking: Checking) -> list[Problem]:
        """Every problem that the rule finds, in the order found."""
        return [
            Problem(
                self.id, self.level, f.found, f.wanted, f.repair, f.sheet, f.row or None, f.column, f.lacks,
                self.find.__name__, f.rows, None, f.fields, self.title, f.general,
            )
            for f in self.find(checking)
        ]  # fmt: skip


RULES: dict[str, Rule] = {}
"""Every rule by the name of its function, filled by the decorator."""

_Find = Callable[[Checking], Iterable[Finding]]


def rule(
    id: str,
    level: Level,
    title: str,
    *,
    stage: Stage,
    needs: tuple[str | Sheet, ...] = ("readable",),
    services: frozenset[str] = EVERY_SERVICE,
    unless: Callable[[Checking], str] = lambda checking: "",
) -> Callable[[_Find], _Find]:
    """Register a function as a rule; it receives a Checking and yields Findings.

    Raises
    ------
    ValueError
        When another rule has the same function name or the same title.
    """

    def register(find: _Find) -> _Find:
        name = find.__name__
        if name in RULES or any(title == known.title for known in RULES.values()):
            raise ValueError(f"There is already a rule '{name}', or one titled '{title}'")
        RULES[name] = Rule(id, level, title, stage, needs, find, services, unless)
        return find

    return register


def rows_in_words(numbers: Iterable[int]) -> str:
    """Row numbers as a person reads them, the first twenty of them.

    >>> rows_in_words([4, 9, 17])
    '3 rows: 4, 9 and 17'
    """
    rows = sorted(set(numbers))
    if len(rows) == 1:
        return f"1 row: {rows[0]}"
    if len(rows) > 20:
        return f"{len(rows):,} rows: {', '.join(map(str, rows[:20]))} and {len(rows) - 20:,} more"
    return f"{len(rows)} rows: {', '.join(map(str, rows[:-1]))} and {rows[-1]}"


def the_only(numbers: Iterable[int]) -> int | None:
    """The row number when there is only one, else None: a problem of several rows stands at none of them."""
    rows = set(numbers)
    return rows.pop() if len(rows) == 1 else None


def confirmed(
    table: Table,
    key: str,
    rows: Iterable[int],
    found: str,
    wanted: str,
    repair: str = "Correct what is wrong, or confirm that it is right.",
    *,
    fields: tuple[str, ...] = (),
) -> Iterable[Finding]:
    """One question about all the rows of a column at once, `{rows}` in `found` put in words; none without rows.

    `fields` are the columns whose figures it touches, the column itself when none is named.
    """
    numbers = tuple(sorted(set(rows)))
    if numbers:
        label = next((f.label for f in fields_of(table.sheet) if f.key == key), "")
        yield Finding(
            found.format(rows=rows_in_words(numbers)),
            wanted,
            repair,
            table.name,
            the_only(numbers),
            table.header(key, label),
            rows=several(numbers),
            fields=fields or (key,),
            general=found.replace(" ({rows})", "").format(rows=""),
        )


def several(numbers: Iterable[int]) -> tuple[int, ...]:
    """The row numbers when there are several, in order, else none: a problem of one row stands at that row."""
    rows = tuple(sorted(set(numbers)))
    return rows if len(rows) > 1 else ()


def label_of(sheet: Sheet, key: str) -> str:
    """The header of a field in the template, as it stands within a sentence.

    >>> label_of(Sheet.CASES, "outcome_date")
    'outcome date'
    """
    label = next(f.label for f in fields_of(sheet) if f.key == key)
    return label[:1].lower() + label[1:]
