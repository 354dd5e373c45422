"""What the page Data quality says in its titles, and what stands under each of its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.panel import Basis
from domain.access import Audience
from domain.base_words import as_at_words
from domain.data_quality import ENOUGH, Cells, Said
from domain.data_quality_faults import MOVED, DateFault, Moved, Unmatched
from domain.example_words import example_statuses
from domain.formats import counted, listed, number
from domain.selection import Selection
from domain.settings import Settings
from domain.tally import AsAt, Source
from domain.whose import for_whom

_ENOUGH = f"{round(100 * ENOUGH)}%"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: what is chosen, whose words it uses, and how far the returns reach; `in_totals` sent totals and no cases."""

    selection: Selection
    settings: Settings
    source: Source
    as_at: AsAt
    in_totals: tuple[str, ...] = ()

    def basis(self, base: str, about: str, *, months: str = "") -> Basis:
        """What a figure of the page rests on. `months` says which date the months chosen are of, where it is not the referral."""
        reach = as_at_words(self.as_at)
        chosen = self.selection
        return Basis(
            base=f"{base}, {reach}" if reach else base,
            about=f"{about} Counted {months or 'by date of referral'}.",
            selection=f"Shown: {chosen.sentence(self.settings)}.",
            audience=f"{for_whom(Audience.US, self.settings, chosen.service)}.",
            example=example_statuses(chosen.service)
            if self.source is Source.EXAMPLES
            else "Your file, not saved."
            if self.source is Source.IN_HAND
            else "",
            service=chosen.service,
            provider=chosen.providers[0] if len(chosen.providers) == 1 else "",
        )


def fields_message(cells: Mapping[str, Cells], labels: Mapping[str, str]) -> str:
    """The column that is blank most often, and how the others are: the worst comes first.

    >>> fields_message({}, {})
    'No case has been sent for what is chosen'
    """
    if not cells:
        return "No case has been sent for what is chosen"
    short = [key for key, one in cells.items() if not one.enough]
    worst, *_ = cells
    if not cells[worst].blank:
        return f"Every one of {counted(len(cells), 'column')} is filled in wherever it is wanted"
    never = [key for key in short if not cells[key].filled]
    if never:
        named = listed([labels[key] for key in never], _NAMED)
        rest = _others(len(short) - len(never), len(cells) - len(never))
        return f"{named} {'is' if len(never) == 1 else 'are'} never filled in; {rest}"
    alike = [
        key
        for key, one in cells.items()
        if (one.blank, one.wanted) == (cells[worst].blank, cells[worst].wanted)
    ]
    named = listed([labels[key] for key in alike], _NAMED)
    verb = "is" if len(alike) == 1 else "are each"
    worst_words = (
        f"{named} {verb} blank in {number(cells[worst].blank)} of {counted(cells[worst].wanted, 'case')}"
    )
    return (
        f"{worst_words}; {_others(len([key for key in short if key not in alike]), len(cells) - len(alike))}"
    )


def _others(short: int, others: int) -> str:
    if not others:
        return "no other column is wanted"
    if not short:
        return f"the others are filled in ({_ENOUGH} or more)"
    return f"of {counted(others, 'other column')} {number(short)} {'is' if short == 1 else 'are'} filled in for fewer than {_ENOUGH}"


def filled_message(cells: Mapping[str, Cells]) -> str:
    """How many columns are filled in as far as an upload asks for.

    >>> filled_message({"sex": Cells({Said.ANSWER: 19, Said.BLANK: 1}), "age_band": Cells({Said.BLANK: 20})})
    '1 of 2 columns is filled in for at least 95% of the cases'
    """
    if not cells:
        return "No case has been sent for what is chosen"
    full = sum(one.enough for one in cells.values())
    return f"{number(full)} of {counted(len(cells), 'column')} {'is' if full == 1 else 'are'} filled in for at least {_ENOUGH} of the cases"


def unsure_words(cells: Mapping[str, Cells], labels: Mapping[str, str]) -> str:
    """The column in which 'don't know' stands most often; blank where it stands nowhere."""
    most = max(cells, key=lambda key: cells[key].counts.get(Said.DONT_KNOW, 0), default=None)
    unsure = cells[most].counts.get(Said.DONT_KNOW, 0) if most else 0
    if not most or not unsure:
        return ""
    return f"'Don't know' or 'not known' stands most often in {labels[most]}: {number(unsure)} of {number(cells[most].wanted)}."


def unmatched_message(found: Sequence[Unmatched]) -> str:
    """How many references match no case, and on which sheets."""
    total = sum(one.unmatched for one in found)
    named = sum(one.rows - one.unnamed for one in found)
    if not named:
        return "No row of another sheet names a case"
    if not total:
        return f"Every one of {counted(named, 'reference')} matches a case"
    sheets = dict.fromkeys(one.sheet.lower() for one in found if one.unmatched)
    verb = "matches" if total == 1 else "match"
    return f"{number(total)} of {counted(named, 'reference')} {verb} no case, in {listed(list(sheets))}"


def dates_message(found: Mapping[tuple[DateFault, str], int]) -> str:
    """How many dates cannot be, and how many seldom are."""
    impossible = sum(n for (fault, _), n in found.items() if fault.impossible)
    odd = sum(n for (fault, _), n in found.items() if not fault.impossible)
    if not found:
        return "No date is impossible, and none is odd"
    first = f"{counted(impossible, 'row')} with dates that cannot be" if impossible else "No impossible date"
    return f"{first}; {counted(odd, 'row')} with dates that seldom are" if odd else f"{first}, and no odd one"


def moved_message(found: Sequence[Moved]) -> str:
    """How many cases are no longer reported, opened again or ended otherwise."""
    totals = {problem: sum(one.counts[problem] for one in found) for problem in MOVED}
    if not any(totals.values()):
        return "Every open case is still reported, none was opened again, and no outcome changed"
    gone, again, changed = totals.values()
    said = (
        f"{counted(gone, 'open case')} {'is' if gone == 1 else 'are'} no longer reported" if gone else "",
        f"{counted(again, 'case')} {'was' if again == 1 else 'were'} opened again" if again else "",
        f"{counted(changed, 'case')} changed {'its' if changed == 1 else 'their'} outcome" if changed else "",
    )
    return listed([words for words in said if words])
