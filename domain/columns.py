"""The columns that a formula may speak of, and how a formula prints itself in plain English.

A condition is a function of a namespace `c`. The same function runs on a database table (there `c.outcome` is its column) and on
`Words()`, which writes the sentence for the definitions page. `c.due.<clock>` is a due date, `c.as_at` the end of the provider's
latest return. Allowed are == != < <= in_ is_ is_not & | ~ and `c.has(field, code)`;
anything else raises, so that every formula runs on every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.clocks import CLOCKS
from domain.derived import CASE_CLOCKS
from domain.fields import ACTIVITIES, AGREEMENTS, CASE_FIELDS, COMPLAINTS, SATISFACTION, STAFF, Field
from domain.vocabulary import CodeList

Condition = Callable[[Any], Any]
"""A function of the column namespace that gives a condition."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A column computed when a row is written, so that the database only compares and counts."""

    key: str
    label: str
    kind: type
    help: str


DERIVED: tuple[Derived, ...] = (
    Derived("referral_month", "Month of referral", int, "The month the household was referred in."),
    Derived("outcome_month", "Month of outcome", int, "The month the case ended in."),
    Derived(
        "ended", "Case has ended", str, "Y when the outcome is one that ends a case of its service, else N."
    ),
    Derived(
        "days_of_support",
        "Days of support",
        int,
        "Days from assessment to outcome; blank without both dates.",
    ),
    Derived("days_to_outcome", "Days from referral to outcome", int, "Blank without both dates."),
    Derived("days_to_meeting", "Days from referral to meeting", int, "Blank without both dates."),
    Derived(
        "days_to_case_report",
        "Days from closing to the case report",
        int,
        "Blank without both dates; below nought where the report came first.",
    ),
    Derived(
        "entry_delay_days", "Days until entered", int, "Days from referral to entry on the provider's system."
    ),
    Derived(
        "entered_month", "Month of entry", int, "The month the case was entered on the provider's system."
    ),
    Derived("escalated_month", "Month of escalation", int, "The month the case was escalated in."),
    Derived(
        "vulnerabilities_n",
        "Number of vulnerabilities",
        int,
        "How many kinds are recorded; 0 when asked and there are none.",
    ),
    Derived(
        "vanished_on",
        "No longer reported from",
        date,
        "Set when an open case is absent from the provider's next return.",
    ),
    *(
        Derived(f"due_{key}", f"Due: {CLOCKS[key].label}", date, "The last day in time.")
        for key in CASE_CLOCKS
    ),
    *(
        Derived(f"due_{key}_month", f"Month due: {CLOCKS[key].label}", int, "The month of that day.")
        for key in CASE_CLOCKS
    ),
)

CHOSEN_DUE: dict[str, tuple[str, str]] = {
    "mediation": ("mediation_from_request", "mediation_from_council_informed"),
}
"""Due dates of which the contract chooses one, by its start of the clock: `c.due.mediation`."""
_CHOSEN_LABELS = {"mediation": "Due: Mediation within 30 days, from the start that the contract chooses"}
AS_AT = "as_at"
"""The last day of the provider's latest return: what is due later cannot be judged yet. Not stored; the reading knows it."""
DAY = "day"
"""The last day of the month in question, for what stands at a date. Not stored; the question knows it."""

CONTRACT_TERMS: dict[str, str] = {
    "case_report_days_allowed": "Days that the contract allows for the case report",
    "case_report_settled_by": "Last day of closing of which the case report is due by now",
}
"""Terms of the contract that a case was referred under. Not stored; the reading knows them."""


def due_label(clock: str) -> str:
    """What a person reads for a due date. Raises AttributeError when there is no such clock."""
    return _CHOSEN_LABELS.get(clock) or column_label(f"due_{clock}")


_ROW_FIELDS = (*COMPLAINTS, *STAFF, *SATISFACTION, *AGREEMENTS, *ACTIVITIES, *CASE_FIELDS)


def column_label(key: str) -> str:
    """What a person reads for a column. Raises AttributeError when there is no such column."""
    labels = {f.key: f.label for f in _ROW_FIELDS} | {d.key: d.label for d in DERIVED}
    labels |= CONTRACT_TERMS | {"due_action": "Last day for the agreed action"}
    labels[AS_AT] = "End of the provider's latest return"
    labels[DAY] = "Last day of the month"
    if key not in labels:
        raise AttributeError(f"no column is called {key}")
    return labels[key]


def column_codes(key: str, service: str = "") -> CodeList:
    """The answers of a coded column, of one service where the list depends on it.

    Raises
    ------
    AttributeError
        When there is no such column.
    ValueError
        When it is not coded.
    """
    field = _field(key)
    if field is None:
        raise AttributeError(f"no column is called {key}")
    return field.code_list_for(service) if service else field.code_list


def _field(key: str) -> Field | None:
    return next((f for f in reversed(_ROW_FIELDS) if f.key == key), None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A condition in words, with what its opposite reads like; `joint` is 'and' or 'or' for one made of several."""

    text: str
    opposite: str = ""
    joint: str = ""

    def _inside(self, joint: str) -> str:
        return f"({self.text})" if self.joint not in ("", joint) else self.text

    def _joined(self, joint: str, other: Sentence) -> Sentence:
        return Sentence(f"{self._inside(joint)} {joint} {other._inside(joint)}", joint=joint)

    def __and__(self, other: Sentence) -> Sentence:
        return self._joined("and", other)

    def __or__(self, other: Sentence) -> Sentence:
        return self._joined("or", other)

    def __invert__(self) -> Sentence:
        return Sentence(self.opposite or f"not ({self.text})", self.text if self.opposite else "")

    def __bool__(self) -> bool:
        # Python's own 'and', 'or', 'not' and 'a < b < c' would drop half of a formula without a word.
        raise TypeError("join conditions with & | ~, not with 'and', 'or' and 'not'")


class WordColumn:
    """One column in words."""

    __slots__ = ("key", "label")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, key: str, label: str = "") -> None:
        self.key, self.label = key, label or column_label(key)

    def _value(self, value: object) -> str:
        if isinstance(value, WordColumn):
            return f"'{value.label}'"
        field = _field(self.key)
        if self.key == "ended":
            return "Yes" if value == "Y" else "No"
        if field and field.coded and isinstance(value, str):
            return field.code_list.label(value)
        if isinstance(value, date):
            return "the day in question" if value == date.max else value.strftime("%-d %B %Y")
        return str(value)

    def _said(self, verb: str, opposite: str, words: str = "") -> Sentence:
        return Sentence(f"'{self.label}' {verb}{words}", f"'{self.label}' {opposite}{words}")

    def __eq__(self, other: object) -> Sentence:  # type: ignore[override]
        return self._said("is ", "is not ", self._value(other))

    def __ne__(self, other: object) -> Sentence:  # type: ignore[override]
        return self._said("is not ", "is ", self._value(other))

    def __lt__(self, other: object) -> Sentence:
        if isinstance(other, date | WordColumn):
            return self._said("is before ", "is on or after ", self._value(other))
        return self._said("is less than ", "is at least ", self._value(other))

    def __le__(self, other: object) -> Sentence:
        if isinstance(other, date | WordColumn) and not self.key.startswith("days_"):
            return self._said("is on or before ", "is after ", self._value(other))
        return self._said("is at most ", "is more than ", self._value(other))

    def __gt__(self, other: object) -> Sentence:
        raise TypeError("write ~(a <= b) instead of a > b")

    def __ge__(self, other: object) -> Sentence:
        raise TypeError("write ~(a < b) instead of a >= b")

    def __bool__(self) -> bool:
        raise TypeError(f"{self.key} alone is not a condition")

    def in_(self, values: Iterable[object]) -> Sentence:
        """One of several."""
        named = [self._value(v) for v in values]
        if len(named) == 1:
            return self._said("is ", "is not ", named[0])
        start, last = ", ".join(named[:-1]), named[-1]
        return Sentence(
            f"'{self.label}' is {start} or {last}", f"'{self.label}' is none of {start} and {last}"
        )

    def is_(self, value: None) -> Sentence:
        """Nothing is recorded."""
        return self._said("is blank", "is filled in")

    def is_not(self, value: None) -> Sentence:
        """Something is recorded."""
        return self._said("is filled in", "is blank")


class _DueWords:
    """The due dates, in words."""

    def __getattr__(self, clock: str) -> WordColumn:
        return WordColumn(f"due_{clock}", due_label(clock))


class Words:
    """The namespace that writes a condition down."""

    due = _DueWords()

    def __getattr__(self, key: str) -> WordColumn:
        return WordColumn(key)

    def has(self, field: str, code: str) -> Sentence:
        """A field with several answers holds this one."""
        return Sentence(f"'{column_label(field)}' includes {column_codes(field).label(code)}")

    def excepted(self, kpi: str) -> Sentence:
        """An agreed exception takes the case out of the adjusted figure of a KPI."""
        return Sentence("an agreed exception counts", "no agreed exception counts")


def in_words(condition: Condition | None) -> str:
    """A condition in plain English; 'every one' when there is none."""
    return "every one" if condition is None else str(condition(Words()).text)
