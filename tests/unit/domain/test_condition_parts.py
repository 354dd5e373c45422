"""A formula taken apart tells a row what decided, with the row's own answer, and never says of a blank day that it came late."""

from datetime import date
from typing import Any

import pytest

from domain.columns import Condition
from domain.condition_parts import holds, leaves_of, parts_of, why

DUE, LATER = date(2025, 7, 31), date(2025, 8, 1)


class OneRow:
    """The columns of one row, compared as a database compares: with a blank nothing can be said."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __getattr__(self, key: str) -> Any:
        return Cell(self.values.get(key))

    @property
    def due(self) -> Any:
        return OneRow({key.removeprefix("due."): value for key, value in self.values.items()})


class Cell:
    def __init__(self, value: Any) -> None:
        self.value = value

    def _with(self, other: object, compare: Any) -> bool | None:
        theirs = other.value if isinstance(other, Cell) else other
        return None if self.value is None or theirs is None else compare(self.value, theirs)

    def __eq__(self, other: object) -> Any:
        return self._with(other, lambda a, b: a == b)

    def __le__(self, other: object) -> Any:
        return self._with(other, lambda a, b: a <= b)

    def in_(self, values: Any) -> Any:
        return self._with(values, lambda a, b: a in b)

    def is_(self, value: None) -> bool:
        return self.value is None


def told(condition: Condition, **values: Any) -> tuple[bool | None, str]:
    named = {name.replace("due_", "due."): value for name, value in values.items()}
    part, row = parts_of(condition), OneRow(named)
    answers = {id(leaf): leaf.condition(row) for leaf in leaves_of(part)}
    return holds(part, answers), why(part, answers, named)


def in_time(c: Any) -> Any:
    return (c.outcome == "MED_HELD") & (c.meeting_date <= c.due.mediation_from_request)


def wanted(c: Any) -> Any:
    return c.outcome.is_(None) | ~c.outcome.in_(("CHANGED", "RESOLVED_PRE"))


@pytest.mark.parametrize(
    ("condition", "values", "holds_for_it", "words"),
    [
        (
            in_time,
            {"outcome": "MED_HELD", "meeting_date": LATER, "due_mediation_from_request": DUE},
            False,
            "'Meeting date' is after the last day in time",
        ),
        (
            in_time,
            {"outcome": "MED_HELD", "meeting_date": None, "due_mediation_from_request": DUE},
            None,
            "'Meeting date' is blank",
        ),
        (
            in_time,
            {"outcome": "CHANGED", "meeting_date": DUE, "due_mediation_from_request": DUE},
            False,
            "'Outcome' is Parent or Young Person changed their mind",
        ),
        (wanted, {"outcome": None}, True, "'Outcome' is blank"),
        (wanted, {"outcome": "RESOLVED_PRE"}, False, "'Outcome' is Resolved pre-mediation"),
        (wanted, {"outcome": "MED_HELD"}, True, "'Outcome' is Mediation meeting held"),
    ],
)
def test_a_row_is_told_what_decided(
    condition: Condition, values: dict[str, Any], holds_for_it: bool | None, words: str
) -> None:
    assert told(condition, **values) == (holds_for_it, words)
