"""The columns of the sheet Totals: the figures of a provider that may not share its cases, counted by itself.

They are those of the published figures, so that a printed table can be sent the same way.
"""

from __future__ import annotations

from functools import partial

from domain.field_kinds import Field, Kind, Sheet

_total = partial(Field, sheet=Sheet.TOTALS)

TOTALS: tuple[Field, ...] = (
    _total(
        "measure",
        "Measure",
        kind=Kind.TERM,
        help="What was counted, by the name that the dashboard gives it.",
        required=True,
        aliases=("Figure",),
    ),
    _total(
        "breakdown",
        "Breakdown",
        kind=Kind.TERM,
        help="By what it is broken down, such as Sex; blank for all together.",
        aliases=("Broken down by",),
    ),
    _total(
        "category",
        "Category",
        kind=Kind.TERM,
        help="Which answer of the breakdown the row is about; blank for all together.",
        aliases=("Answer",),
    ),
    _total(
        "area",
        "Area",
        kind=Kind.AREA,
        help="The district or ward; blank for all areas together.",
        aliases=("District",),
    ),
    _total(
        "period_start",
        "Period start",
        kind=Kind.DATE,
        help="First day of what the row counts, when it is not all of the return's period.",
    ),
    _total(
        "period_end",
        "Period end",
        kind=Kind.DATE,
        help="Last day of what the row counts, when it is not all of the return's period.",
    ),
    _total(
        "count",
        "Count",
        kind=Kind.WHOLE,
        help="How many; 0 for none, blank when it is not known.",
        minimum=0,
        aliases=("Number", "Met"),
    ),
    _total(
        "denominator",
        "Denominator",
        kind=Kind.WHOLE,
        help="Out of how many, where it is a share.",
        minimum=0,
        aliases=("Out of", "Base"),
    ),
    _total(
        "unit",
        "Unit",
        kind=Kind.TERM,
        help="Percent when the count is a percentage; else leave it blank.",
    ),
)

PERCENT = "percent"
"""The unit of a row whose count is a percentage of its denominator."""
