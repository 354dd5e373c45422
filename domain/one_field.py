"""Which answers of one field a formula counts, where it asks about no other field.

Two measures that count the same answers count the same cases, and one that counts more of them counts the difference too: what is hidden
of one must not be shown by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.columns import Condition

Derived = Mapping[str, Callable[[str | None], str | None]]
"""Columns that follow from the answer, as whether a case has ended from its outcome, each with what it is for an answer."""


NONE: Derived = {}


class _OtherField(Exception):
    """The formula asks about something else."""


@dataclass(frozen=True, slots=True, eq=False)
class _Truth:
    """True, false, or None where a blank is compared: as a database reckons."""

    value: bool | None

    def __and__(self, other: _Truth) -> _Truth:
        if False in (self.value, other.value):
            return _Truth(False)
        return _Truth(None if None in (self.value, other.value) else True)

    def __or__(self, other: _Truth) -> _Truth:
        return ~(~self & ~other)

    def __invert__(self) -> _Truth:
        return _Truth(None if self.value is None else not self.value)


class _Answer:
    """The answer of one case to the field; None where it is blank."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, code: str | None) -> None:
        self._code = code

    def _said(self, truth: bool) -> _Truth:
        return _Truth(None if self._code is None else truth)

    def __eq__(self, other: object) -> Any:
        return self._said(self._code == other)

    def __ne__(self, other: object) -> Any:
        return self._said(self._code != other)

    def in_(self, codes: Iterable[str]) -> _Truth:
        return self._said(self._code in tuple(codes))

    def not_in(self, codes: Iterable[str]) -> _Truth:
        return self._said(self._code not in tuple(codes))

    def is_(self, nothing: None) -> _Truth:
        return _Truth(self._code is nothing)

    def is_not(self, nothing: None) -> _Truth:
        return _Truth(self._code is not nothing)


class _Case:
    def __init__(self, field: str, code: str | None, derived: Derived) -> None:
        self._field, self._code, self._derived = field, code, derived

    def __getattr__(self, name: str) -> Any:
        if name in self._derived:
            return _Answer(self._derived[name](self._code))
        if name != self._field:
            raise _OtherField(name)
        return _Answer(self._code)


class _Asked:
    """Records the first field that a formula asks about."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.names.append(name)
        raise _OtherField(name)


def only_field(condition: Condition) -> str:
    """The first field a formula asks about; `answers_where` tells whether it is the only one."""
    asked = _Asked()
    try:
        condition(asked)
    except _OtherField:
        return asked.names[0]
    return ""


def answers_where(
    condition: Condition | None, field: str, codes: Iterable[str | None], derived: Derived = NONE
) -> frozenset[str | None] | None:
    """The answers for which a formula holds; None where it asks about another field too, or in a way that answers cannot tell.

    >>> found = answers_where(lambda c: c.outcome.in_(["WON", "LOST"]) & (c.outcome != "LOST"), "outcome", ["WON", "LOST", None])
    >>> sorted(found or ())
    ['WON']
    """
    found = []
    for code in codes:
        if condition is None:
            found.append(code)
            continue
        try:
            truth = condition(_Case(field, code, derived))
        except (_OtherField, AttributeError, TypeError):
            return None
        if not isinstance(truth, _Truth):
            return None
        if truth.value:
            found.append(code)
    return frozenset(found)
