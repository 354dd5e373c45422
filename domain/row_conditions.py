"""A measure's condition on one row of a return that no database has yet: the same formula, on plain values.

A blank makes what it is compared in neither true nor false, as in the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.clocks import CLOCKS
from domain.columns import CHOSEN_DUE, DERIVED, Condition
from domain.derived import derive_case, due_date, has_ended
from domain.returns import Record

_DERIVED = frozenset(d.key for d in DERIVED) - {"vanished_on"}


@dataclass(frozen=True, slots=True)
class _Truth:
    """True, False, or None for neither."""

    value: bool | None

    def __and__(self, other: _Truth) -> _Truth:
        if self.value is False or other.value is False:
            return _Truth(False)
        return _Truth(None if None in (self.value, other.value) else True)

    def __or__(self, other: _Truth) -> _Truth:
        if self.value is True or other.value is True:
            return _Truth(True)
        return _Truth(None if None in (self.value, other.value) else False)

    def __invert__(self) -> _Truth:
        return _Truth(None if self.value is None else not self.value)


class _Cell:
    """One value of a row."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: Any) -> None:
        self.value = value

    def _with(self, other: Any, compare: Any) -> _Truth:
        against = other.value if isinstance(other, _Cell) else other
        return _Truth(None if self.value is None or against is None else compare(self.value, against))

    def __eq__(self, other: object) -> _Truth:  # type: ignore[override]
        return self._with(other, lambda a, b: a == b)

    def __ne__(self, other: object) -> _Truth:  # type: ignore[override]
        return ~(self == other)

    def __lt__(self, other: object) -> _Truth:
        return self._with(other, lambda a, b: a < b)

    def __le__(self, other: object) -> _Truth:
        return self._with(other, lambda a, b: a <= b)

    def in_(self, values: Iterable[object]) -> _Truth:
        """One of several."""
        return _Truth(None if self.value is None else self.value in tuple(values))

    def is_(self, value: None) -> _Truth:
        """Nothing is recorded."""
        return _Truth(self.value is None)

    def is_not(self, value: None) -> _Truth:
        """Something is recorded."""
        return _Truth(self.value is not None)


class _Dues:
    def __init__(self, row: Record, chosen: str) -> None:
        self._row, self._chosen = row, chosen

    def __getattr__(self, clock: str) -> _Cell:
        named = next((key for key in CHOSEN_DUE.get(clock, ()) if CLOCKS[key].start == self._chosen), clock)
        return _Cell(due_date(self._row, named))


class _Row:
    def __init__(self, service: str, row: Record, as_at: date, clock_start: str) -> None:
        self._service, self._row = service, row
        self.as_at = _Cell(as_at)
        self.due = _Dues(row, clock_start)

    def __getattr__(self, key: str) -> _Cell:
        if key == "ended":  # by far the commonest, and the others cost a deadline each
            return _Cell(has_ended(self._service, self._row.get("outcome")))
        value = derive_case(self._service, self._row)[key] if key in _DERIVED else self._row.get(key)
        return _Cell(";".join(value) if isinstance(value, tuple) else value)

    def has(self, field: str, code: str) -> _Truth:
        """A field with several answers holds this one."""
        codes = self._row.get(field)
        return _Truth(code in codes if isinstance(codes, tuple) else None)


def holds(
    condition: Condition | None, service: str, row: Record, *, as_at: date, clock_start: str = ""
) -> bool:
    """Whether a case fulfils a condition; every case does where there is none.

    Parameters
    ----------
    as_at : the last day of the return. clock_start : the column that starts the 30 days by the contract.
    """
    if condition is None:
        return True
    found: _Truth = condition(_Row(service, row, as_at, clock_start))
    return found.value is True
