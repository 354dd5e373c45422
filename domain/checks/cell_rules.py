"""Rules on single cells: answers, dates, numbers, marks of formulas and personal details."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.accepted import NO_FIGURE
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.fields import Kind, fields_of
from domain.problem import Level

_WORDS = re.compile(r"[^\W\d_]+(?:[ .,'\u2019-]+[^\W\d_]+)*[ ,.]+[^\W\d_]+\.?")
"""Two words or more, and nothing else."""


def _cells(checking: Checking, check: str) -> Iterable[Finding]:
    for sheet, place, fault in checking.faults(check):
        yield Finding(fault.found, fault.wanted, fault.repair, sheet, place.row, place.header, fault.lacks)


@rule("V04", Level.MUST_FIX, "Answers are in the list", stage=Stage.CELLS)
def answer_in_list(checking: Checking) -> Iterable[Finding]:
    """Yield every answer that its list does not know."""
    return _cells(checking, "V04")


@rule("V05", Level.MUST_FIX, "Dates are days in the calendar", stage=Stage.CELLS)
def date_is_real(checking: Checking) -> Iterable[Finding]:
    """Yield every date that is impossible or could mean several days."""
    return _cells(checking, "V05")


@rule("V20", Level.MUST_FIX, "Numbers and texts stay within their limits", stage=Stage.CELLS)
def number_within_limits(checking: Checking) -> Iterable[Finding]:
    """Yield every number that is negative, too large or not whole, and every text that is too long."""
    return _cells(checking, "V20")


@rule("V26", Level.MUST_FIX, "Answers lie on the scale of their question", stage=Stage.CELLS)
def answer_on_scale(checking: Checking) -> Iterable[Finding]:
    """Yield every answer of another scale than its question's, and every number without a known question."""
    return _cells(checking, "V26")


@rule("V30", Level.MUST_FIX, "No cell that is kept holds personal details", stage=Stage.CELLS)
def nothing_personal(checking: Checking) -> Iterable[Finding]:
    """Yield every cell that looks personal, by its place only."""
    return _cells(checking, "V30")


@rule("V30", Level.CONFIRM, "A reference that is only words is no name", stage=Stage.CELLS)
def reference_like_a_name(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, the rows whose reference is words without a number, as a name would be."""
    for table in checking.tables:
        for field in fields_of(table.sheet, checking.service):
            if field.kind is not Kind.TEXT:
                continue
            rows = [
                row.number
                for row in checking.kept(table)
                if _WORDS.fullmatch(str(row.values.get(field.key, "")))
            ]
            if rows:
                yield Finding(
                    f"It is words without a number, and could be a person's name ({rows_in_words(rows)}).",
                    "Your own reference: no name and no initials.",
                    "Put a reference in its place, or confirm that it is no name.",
                    table.name,
                    the_only(rows),
                    table.header(field.key),
                    rows=several(rows),
                    fields=(NO_FIGURE,),
                    general="It is words without a number, and could be a person's name.",
                )


@rule("V29", Level.SAID, "Texts that start like a formula are kept as text", stage=Stage.CELLS)
def marks_kept_as_text(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, the rows whose text starts with = + - @, a tab or a line break."""
    for table in checking.tables:
        for header in dict.fromkeys(place.header for place in table.marked):
            rows = [place.row for place in table.marked if place.header == header]
            found = (
                f"Some texts start with =, +, -, @ or a tab ({rows_in_words(rows)}); we keep them as "
                "plain text and calculate nothing."
            )
            yield Finding(
                found,
                "Plain text.",
                "Nothing needs to be done.",
                table.name,
                the_only(rows),
                header,
                rows=several(rows),
            )
