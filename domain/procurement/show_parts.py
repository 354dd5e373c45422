"""What the screens before a procurement share: how one is made, what its numbers rest on, and how chances and drawn means are written."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from domain.formats import NOTHING, number, percent
from domain.pack import Chart, Screen, Takeaway
from domain.procurement.needs import part
from domain.procurement.prices import money
from domain.procurement.volumes import Volumes
from domain.rounding import half_up
from domain.table import Table

NOT_VALIDATED: Final = "scenario, not validated"
HEADINGS: Final = MappingProxyType(
    {
        "prices": "Cost of a contract year",
        "prices_curves": "Cost by the number of referrals",
        "prices_even": "Where two ways of paying cost the same",
        "prices_choosing": "How many cases to include",
        "prices_matters": "What moves the cost most",
        "prices_years": "Cost of each contract year",
        "prices_included": "How a fixed price stands to its cases",
        "prices_worked": "The cost worked out by hand",
        "bands_chosen": "The volumes chosen",
        "bands_options": "Three ways to arrive at volumes",
    }
)
"""What tells the screens of one part from each other: captions, contents and the sheets of a workbook name them by it."""


def base_of(volumes: Volumes) -> str:
    """What numbers of referrals rest on, and that nobody tried it on the past where nobody did."""
    if volumes.validated or NOT_VALIDATED in volumes.rests_on:
        return volumes.rests_on
    return f"{volumes.rests_on}; {NOT_VALIDATED}"


def needs_screen(
    item: str,
    key: str,
    takeaway: Takeaway,
    table: Table,
    *,
    chart: Chart | None = None,
    base: str = "",
    about: str = "",
    notes: tuple[str, ...] = (),
    withheld: str = "",
) -> Screen:
    """A screen under its own heading, else under that of its part; blank notes are left out."""
    return Screen(
        key=key,
        item=item,
        heading=HEADINGS.get(key, part(item).label),
        takeaway=takeaway,
        table=table,
        chart=chart,
        base=base,
        about=about,
        notes=tuple(note for note in notes if note),
        withheld=withheld,
    )


def chance(value: float | None) -> str:
    """A probability from drawn futures as a whole percentage; never none or all, which so many draws cannot tell.

    >>> chance(0.3625), chance(0.0), chance(0.9999), chance(None)
    ('36%', 'under 1%', 'over 99%', '–')
    """
    if value is None:
        return NOTHING
    if value < 0.01:
        return "under 1%"
    return "over 99%" if value > 0.99 else percent(value)


def give_or_take(error: float) -> str:
    """Twice the standard error of a mean, in pence, as pounds: how far another drawing of futures might move it."""
    return f"± {money(2 * error)}" if error else NOTHING


_LIFTED: Final = 1.05
"""From a twentieth more on it is said."""


def drawn_note(volumes: Volumes) -> str:
    """What an expected cost is a mean of, and what give or take means."""
    return (
        f"Expected costs are means over {number(len(volumes.draws))} drawn futures. Give or take is what drawing leaves open (twice the"
        f" standard error); how far a single year may go is in the columns of how many years cost less.{_lifted(volumes)}"
    )


def _lifted(volumes: Volumes) -> str:
    """That the futures bring more on average than is expected, where they do: of an uncertain number the low side ends at none."""
    expected, drawn = sum(volumes.middle), float(volumes.draws.sum(axis=1).mean())
    if drawn <= _LIFTED * expected:
        return ""
    more = f"{number(drawn)} referrals on average where {number(expected)} are expected"
    return (
        f" The futures of the whole contract bring {more}, because the number may lie further above than below what is expected: so"
        " expected costs lie above the cost at the expected number. Go by what half and 9 of 10 years cost less than too."
    )


def whole_pounds(amount: float) -> float:
    """Pence as pounds for a chart, rounded as they are written."""
    return float(half_up(amount / 100))
