"""How completely the columns of a return are filled: one share a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.measure_kinds import Share

FIELD = "field"
"""The grouping of which it gives a row for each column."""
MATCHED = "activities_matched"
"""Stands among the columns for the activities whose case is known."""


def every_case(c: Any) -> Any:
    """Every case has its reference."""
    return c.case_ref.is_not(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness(Share):
    """A share for each column that the KPIs of a service rest on: filled, out of the cases in which it is wanted.

    Which columns and in which cases stands in `domain.completeness`, so that uploads and figures ask for the same.
    """

    met: Any = every_case
    base: Any = every_case

    @property
    def definition(self) -> str:
        """What is filled out of what, in words."""
        return (
            "Cases in which a column that a KPI rests on is filled in, out of the cases in which it is wanted: an answer once the "
            "case has ended or its deadline has passed, a date once what it dates has happened. One share a column; for all "
            "columns together, filled cells out of wanted cells. 'Don't know' is an answer."
        )
