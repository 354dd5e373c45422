"""Cases used of those that a contract includes, in words: how far the year and the cases have gone, and where the rate leads."""

from __future__ import annotations

from domain.contract_use import LEAST_CASES, RATE_MONTHS, ContractUse
from domain.formats import NOTHING, counted, day, listed, month, number, percent_of
from domain.table import Table


def use_message(use: ContractUse) -> str:
    """How many cases are used, and when they were used up or how much of the year has gone."""
    used = f"{number(use.used)} of {counted(use.included, 'included case')} used by {day(use.as_at)}"
    if use.not_reported:
        return f"at least {used}, with {counted(len(use.not_reported), 'month')} not reported"
    if use.used_up_in is not None:
        beyond = use.used - use.included
        over = f"; {number(beyond)} beyond them" if beyond else ""
        return f"{used}; used up in {month(use.used_up_in)}{over}"
    gone = f"{len(use.passed)} of {counted(len(use.months), 'month')} gone"
    ahead = use.by_year_end()
    leads = f"; about {number(ahead.middle)} by the end at this rate" if ahead else ""
    return f"{used} ({percent_of(use.used, use.included)}), {gone}{leads}"


def rate_notes(use: ContractUse) -> tuple[str, ...]:
    """Where the rate of the last twelve months leads, with its range; why nothing is said where nothing can be."""
    if use.not_reported:
        names = listed([month(one) for one in use.not_reported], 12)
        return (f"Not reported: {names}. So nothing is said of when the cases are used up.",)
    if use.rate_cases is None:
        return (
            f"Too few months or cases to say where the rate leads: it takes {RATE_MONTHS} months in a row and {LEAST_CASES} cases.",
        )
    notes = []
    each = number(use.rate_cases / RATE_MONTHS, 1)
    at_the_rate = f"At the rate of the last {RATE_MONTHS} months ({each} a month)"
    end = use.months[-1]
    if reached := use.reached_in():
        about, early, late = reached
        latest = f"to {month(late)}" if late <= end else "to after the end of the contract year"
        if about <= end:
            notes.append(
                f"{at_the_rate}, {number(use.included)} is reached about {month(about)} (95% range {month(early)} {latest})."
            )
        else:
            end_words = f"before the contract year ends in {month(end)}"
            notes.append(
                f"{at_the_rate}, whether {number(use.included)} is reached {end_words} cannot be said: "
                f"in {month(early)} at the earliest."
                if early <= end
                else f"{at_the_rate}, {number(use.included)} is not reached {end_words}."
            )
    if ahead := use.by_year_end():
        notes.append(
            f"{at_the_rate}, about {number(ahead.middle)} cases are used by {day(use.year_end)} "
            f"(95% range {number(ahead.low)} to {number(ahead.high)})."
        )
    if notes:
        notes.append(
            "The rate is the same for every month: a busy season to come would bring more cases than it says."
        )
    return tuple(notes)


def use_table(use: ContractUse, counted_as: str) -> Table:
    """Every month of the contract year: its cases, those used so far, what an even pace would make, and what is included."""
    rows = []
    totals = dict(zip(use.passed, use.cumulative, strict=True))
    for place, one in enumerate(use.months, start=1):
        known = one in totals
        state = "" if known and one in use.reported else "not reported" if known else "to come"
        rows.append(
            (
                month(one),
                use.by_month.get(one, 0) if known else NOTHING,
                totals.get(one, NOTHING),
                number(use.included * place / len(use.months)),
                use.included,
                state,
            )
        )
    heads = ("Month", counted_as, "Used so far", "If even over the year", "Included", "Note")
    return Table(heads, tuple(rows))
