"""What one set of rows says that another does not: added, changed field by field, removed, and what became of open cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.fields import Field, Kind, Sheet
from domain.returns import Record, Value
from domain.settings import Settings

BLANK = "blank"
"""What stands for an empty cell."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that says something else than before.

    Parameters
    ----------
    ref : the case reference; of a row of the council's, the provider and the reference.
    sheet : where it stands.
    fields : label of the column, what it said, and what it says now, in words.
    """

    ref: str
    sheet: Sheet
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """How many rows of one sheet beside the main one are new, different, gone and the same."""

    sheet: Sheet
    added: int
    changed: int
    removed: int
    same: int

    @property
    def moved(self) -> bool:
        """Whether any row is not as it was."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What happens to the rows that count. Every reference is one of the main sheet, in order.

    Parameters
    ----------
    added : not known before. changed : known, and different now. same : how many are as they were.
    removed : in the return that is replaced, and not in the new one.
    vanished : open in an earlier period's return and not in the new one, so no longer reported.
    reopened : ended before and open now; they are among the changed as well.
    late : of those added, the ones referred before the return's period: (month, how many), the earliest first.
    passed_over : how many rows of the return do not count, because a later period's return has the same case.
    sheet : the main sheet: Cases, or Supplement where the council reports. others : the other sheets that have rows.
    """

    added: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    removed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    same: int = 0
    late: tuple[tuple[int, int], ...] = ()
    passed_over: int = 0
    sheet: Sheet = Sheet.CASES
    others: tuple[SheetChanges, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether any row is not as it was."""
        return bool(
            self.added or self.changed or self.removed or self.vanished or any(o.moved for o in self.others)
        )

    @property
    def late_n(self) -> int:
        """How many cases were referred before the return's period and are new."""
        return sum(number for _, number in self.late)


def late_entries(months: Iterable[int | None], first_month: int) -> tuple[tuple[int, int], ...]:
    """Count the referral months that lie before a period, the earliest first.

    >>> late_entries([201803, 201804, 201803, None], 201804)
    ((201803, 2),)
    """
    return tuple(sorted(Counter(m for m in months if m is not None and m < first_month).items()))


def fields_changed(
    before: Record, after: Record, fields: Sequence[Field], settings: Settings, service: str
) -> tuple[tuple[str, str, str], ...]:
    """Label, old and new value of every column that says something else; several answers in another order are the same.

    Parameters
    ----------
    before, after : one row each. A field with several answers holds them in a tuple, or as kept, with ; between them.
    """
    return tuple(
        (
            field.label,
            value_in_words(field, before.get(field.key), settings, service),
            value_in_words(field, after.get(field.key), settings, service),
        )
        for field in fields
        if _plain(field, before.get(field.key)) != _plain(field, after.get(field.key))
    )


def _plain(field: Field, value: Value) -> object:
    return frozenset(_codes(value)) if field.kind is Kind.CODES else value


def _codes(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return tuple(str(value).split(";")) if value else ()


def value_in_words(field: Field, value: Value, settings: Settings, service: str) -> str:
    """What a cell holds, as a person reads it: '10 Apr 2018', 'Prevented', 'blank'."""
    if value is None or value == ():
        return BLANK
    if field.coded:
        codes = field.code_list_for(service)
        held = _codes(value) if field.kind is Kind.CODES else (str(value),)
        return ", ".join(codes.label(code) for code in sorted(held, key=codes.order)) or BLANK
    if field.kind is Kind.AREA:
        return settings.area_label(str(value))
    if field.kind is Kind.PROVIDER:
        return settings.provider_label(str(value))
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    return f"{value:g}" if isinstance(value, float) else str(value)
