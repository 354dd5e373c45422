"""A formula taken apart, so that a single row can be told in words why it holds for it or not.

A condition is run on `Parts()`, which writes nothing and asks nothing: it makes a tree whose leaves are single comparisons. Each leaf is
itself a condition, so that the database says of each row whether it holds; the whole of the formula still decides what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.columns import AS_AT, Condition, WordColumn, Words, column_label, due_label

Answers = Mapping[int, bool | None]
"""What the database said of each leaf for one row; None where a value that it compares is blank."""


class _Joins:
    """What every part of a formula can do."""

    def __and__(self, other: Part) -> Part:
        return Both((self, other), joint="and")

    def __or__(self, other: Part) -> Part:
        return Both((self, other), joint="or")

    def __invert__(self) -> Part:
        return Turned(self)


@dataclass(frozen=True, slots=True, eq=False)
class Leaf(_Joins):
    """One comparison: the condition itself, and the names of the columns that it compares, as `c` knows them.

    `tells` says that it asks which answer a column has, so that a row is best told by its own answer.
    """

    condition: Condition
    columns: tuple[str, ...]
    tells: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Both(_Joins):
    """Two parts joined by 'and' or by 'or'."""

    parts: tuple[Any, Any]
    joint: str


@dataclass(frozen=True, slots=True, eq=False)
class Turned(_Joins):
    """The opposite of a part."""

    part: Any


Part = Any
"""A leaf, two joined parts or the opposite of one."""


class _Column:
    """A column of which only comparisons can be made."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, name: str, of: Callable[[Any], Any]) -> None:
        self.name, self.of = name, of

    def _leaf(self, compare: Callable[[Any, Any], Any], other: object, *, tells: bool = False) -> Leaf:
        if isinstance(other, _Column):
            theirs = other.of
            return Leaf(lambda c: compare(self.of(c), theirs(c)), (self.name, other.name))
        return Leaf(lambda c: compare(self.of(c), other), (self.name,), tells)

    def __eq__(self, other: object) -> Leaf:  # type: ignore[override]
        return self._leaf(lambda a, b: a == b, other, tells=True)

    def __ne__(self, other: object) -> Leaf:  # type: ignore[override]
        return self._leaf(lambda a, b: a != b, other, tells=True)

    def __lt__(self, other: object) -> Leaf:
        return self._leaf(lambda a, b: a < b, other)

    def __le__(self, other: object) -> Leaf:
        return self._leaf(lambda a, b: a <= b, other)

    def in_(self, values: Iterable[object]) -> Leaf:
        """One of several."""
        named = tuple(values)
        return Leaf(lambda c: self.of(c).in_(named), (self.name,), tells=True)

    def is_(self, value: None) -> Leaf:
        """Nothing is recorded."""
        return Leaf(lambda c: self.of(c).is_(value), (self.name,))

    def is_not(self, value: None) -> Leaf:
        """Something is recorded."""
        return Leaf(lambda c: self.of(c).is_not(value), (self.name,))


class _Due:
    def __getattr__(self, clock: str) -> _Column:
        return _Column(f"due.{clock}", lambda c: getattr(c.due, clock))


class Parts:
    """The namespace that takes a condition apart."""

    due = _Due()

    def __getattr__(self, key: str) -> _Column:
        return _Column(key, lambda c: getattr(c, key))

    def has(self, field: str, code: str) -> Leaf:
        """A field with several answers holds this one."""
        return Leaf(lambda c: c.has(field, code), ())

    def excepted(self, kpi: str) -> Leaf:
        """An agreed exception takes the case out of the adjusted figure of a KPI."""
        return Leaf(lambda c: c.excepted(kpi), ())


def parts_of(condition: Condition | None) -> Part | None:
    """The tree of a condition; None where there is none."""
    return None if condition is None else condition(Parts())


def leaves_of(*parts: Part | None) -> list[Leaf]:
    """The leaves of some trees, in the order in which they are written."""
    found: list[Leaf] = []
    for part in parts:
        match part:
            case Leaf():
                found.append(part)
            case Both(parts=(first, second)):
                found += leaves_of(first, second)
            case Turned(part=inner):
                found += leaves_of(inner)
    return found


def holds(part: Part, answers: Answers) -> bool | None:
    """Whether a part holds for a row, as a database says it: None where it cannot be said."""
    match part:
        case Leaf():
            return answers[id(part)]
        case Turned(part=inner):
            turned = holds(inner, answers)
            return None if turned is None else not turned
    found: list[bool | None] = [holds(one, answers) for one in part.parts]
    decides: bool = part.joint == "or"
    if decides in found:
        return decides
    return None if None in found else not decides


def why(part: Part, answers: Answers, values: Mapping[str, Any]) -> str:
    """What makes a part hold for a row, or keeps it from holding, in words. `values` are its columns, by their names in the leaves."""
    found = list(dict.fromkeys(_reasons(part, answers, values)))
    # "'Outcome' is filled in" says nothing beside what the outcome is.
    said = [
        words
        for words in found
        if not words.endswith(_FILLED)
        or not any(
            other is not words and other.startswith(words.removesuffix(_FILLED) + " is ") for other in found
        )
    ]
    return ", and ".join(said)


_PLAIN = {AS_AT: "the end of what its provider has reported"}
"""What is said of a column to somebody who looks at one row; of a due date 'the last day in time'."""
_FILLED = " is filled in"


def _reasons(part: Part, answers: Answers, values: Mapping[str, Any]) -> list[str]:
    match part:
        case Leaf():
            return [_leaf_words(part, answers[id(part)], values)]
        case Turned(part=inner):
            return _reasons(inner, answers, values)
    result = holds(part, answers)
    # What decided: of an 'and' that does not hold, the parts that fail; of an 'or' that holds, those that do.
    decisive = [one for one in part.parts if _decides(part.joint, result, holds(one, answers))]
    return [words for one in decisive for words in _reasons(one, answers, values)]


def _decides(joint: str, result: bool | None, one: bool | None) -> bool:
    if result is True:
        return one is True
    # Not true: with 'and' whatever is not true is to blame; with 'or' every part is.
    return one is not True if joint == "and" else True


def _leaf_words(leaf: Leaf, answer: bool | None, values: Mapping[str, Any]) -> str:
    if answer is None:
        names = [name for name in leaf.columns if values.get(name) is None]
        labels = [label_of(name) for name in names or leaf.columns]
        return " and ".join(f"'{label}' is blank" for label in dict.fromkeys(labels))
    if leaf.tells:
        (name,) = leaf.columns
        return str((WordColumn(name) == values.get(name)).text)
    sentence = leaf.condition(Words())
    said = str(sentence.text if answer else sentence.opposite or f"not: {sentence.text}")
    for name in leaf.columns:
        if name in _PLAIN or name.startswith("due."):
            said = said.replace(f"'{label_of(name)}'", _PLAIN.get(name, "the last day in time"))
    return said


def label_of(name: str) -> str:
    """What a person reads for a column, by its name as a leaf has it."""
    return due_label(name.removeprefix("due.")) if name.startswith("due.") else column_label(name)
