"""What is said of agreed exceptions wherever they stand: the rules, the warning past the cap, and what the council itself caused."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from domain.exceptions import DONE, Cause, past_cap
from domain.exceptions_kept import Causes
from domain.formats import number, percent_of
from domain.kpis import Kpi
from domain.rounding import half_up

RULES: Final = "Raw counts every case. Adjusted leaves out missed cases with an exception that the contract counts, never one that was met."


def cap_words(kpi: Kpi, causes: Causes, cap: Decimal) -> str:
    """The warning where exceptions take out more than the council's cap; blank where they do not."""
    if not past_cap(causes.left_out, causes.due, cap):
        return ""
    share, limit = percent_of(causes.left_out, causes.due), f"{half_up(cap * 100, 2).normalize():f}%"
    if share == limit:
        share = f"{half_up(Decimal(100 * causes.left_out) / causes.due, 2)}%"
    return (
        f"{kpi.name}: {share} of the cases due have an exception agreed; the council's cap is {limit}. "
        f"{number(causes.left_out)} of {number(causes.due)} are left out of the adjusted figure: look at it with care, and at why."
    )


def missed_word(kpi: Kpi) -> str:
    """What a case is called that missed a KPI: late where that is a deadline."""
    return "late" if kpi.id in DONE else "missed"


def councils_words(kpi: Kpi, causes: Causes) -> str:
    """What the council itself caused; blank where it caused nothing."""
    count = causes.recorded.get(Cause.COUNCIL, 0)
    if not count:
        return ""
    they = "it stays" if count == 1 else "they stay"
    return f"Caused by the council: {number(count)} {missed_word(kpi)}; {they} the council's breach."
