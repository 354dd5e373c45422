"""What the number of referrals rests on, typed in: the history carried forward, own numbers, the contract years, and what is assumed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from components.procurement_fields import ask_amount, ask_one, ask_text, ask_which, ask_whole
from components.procurement_state import (
    Place,
    filled,
    revise,
    show_problems,
    start_afresh,
    typed,
)
from domain.formats import month, unmarked
from domain.periods import months_between, next_month
from domain.procurement.history import MONTHS_IN
from domain.procurement.scenario import Assumption, Basis, Scenario
from domain.procurement.scenario_checks import (
    MOST_ASSUMPTIONS,
    MOST_OF_AN_ASSUMPTION,
    MOST_PERCENT,
    MOST_YEARS,
    assumption_problems,
    assumptions_problems,
)
from domain.procurement.show_years import as_entered

_GROUPINGS: Final = {"month": "Months", "quarter": "Quarters", "financial_year": "Financial years"}
_AHEAD: Final = 48
"""So many months after the data a contract may begin."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen.

    Parameters
    ----------
    last_month : of the data. printed : whether the sources print a series of the service to go on from.
    decisions : whether any decisions that lead to its referrals are counted. this_month : today's, so that a contract which would have
        begun already is said to.
    """

    last_month: int
    printed: bool
    decisions: bool
    this_month: int


def edit_forecast(place: Place, scenario: Scenario, offered: Offered) -> Scenario:
    """The scenario as its fields say, right or wrong; the caller checks it."""
    with st.container(border=True, key="on_screen_forecast"):
        found = _contract(place, scenario, offered)
        offered_bases = [one for one in Basis if offered.decisions or one is not Basis.DECISIONS]
        basis = ask_which(
            place, "basis", "Expect referrals from", offered_bases, found.basis, lambda one: one.label
        )
        found = replace(found, basis=basis)
        if basis is Basis.FORECAST:
            found = _history(place, found, offered)
        elif basis is Basis.OWN:
            found = _own(place, found)
        else:
            st.markdown("Enter how many decisions you expect under **Why demand comes**.")
    return found


def _contract(place: Place, scenario: Scenario, offered: Offered) -> Scenario:
    left, right = st.columns(2)
    months = list(months_between(next_month(offered.last_month), next_month(offered.last_month, _AHEAD)))
    starts = ask_one(left, place, "starts", "First month of the contract", months, scenario.starts, month)
    if starts < offered.this_month:
        left.caption("This month is past: choose the one in which your contract will begin.")
    years = ask_whole(
        right,
        place,
        "years",
        "Contract years",
        scenario.years,
        least=1,
        most=MOST_YEARS,
        help="From 1 to 10.",
    )
    return replace(scenario, starts=starts, years=years or scenario.years)


def _history(place: Place, scenario: Scenario, offered: Offered) -> Scenario:
    left, right = st.columns(2, vertical_alignment="bottom")
    published = False
    if offered.printed:
        key = filled(place, "published", scenario.published)
        right.checkbox(
            "Go on from the printed yearly numbers",
            key=key,
            help="Those that the source printed, in place of the cases counted here.",
        )
        published = bool(typed(key))
    grouping = ask_one(
        left,
        place,
        "grouping",
        "Carried forward by",
        list(MONTHS_IN),
        scenario.grouping,
        _GROUPINGS.__getitem__,
        help="More periods show more of the ups and downs. Fewer than 8 are too few to try a method on.",
    )
    return replace(scenario, grouping=grouping, published=published)


def _own(place: Place, scenario: Scenario) -> Scenario:
    st.markdown("Referrals a year, the same in each contract year. 9 of 10 years lie between low and high.")
    three = scenario.own or (None, None, None)
    labels = ("Low", "Likely", "High")
    found = [
        ask_whole(column, place, f"own_{label.lower()}", label, value)
        for column, label, value in zip(st.columns(3), labels, three, strict=True)
    ]
    low, likely, high = found
    if low is None or likely is None or high is None:
        return replace(scenario, own=None)
    return replace(scenario, own=(low, likely, high))


def edit_assumptions(place: Place, scenario: Scenario) -> None:
    """What the history cannot know: the list, each with the way to take it away, and the form for another one."""
    many = f" ({len(scenario.assumptions)})" if scenario.assumptions else ""
    label = f"What the history cannot know{many}"
    with st.expander(label, icon=":material/add_alert:", key="procurement_assumptions"):
        st.markdown(
            "A new duty, a merged area or a white paper: said here, marked wherever it changes a number, and taken away as easily."
        )
        for at, one in enumerate(scenario.assumptions):
            _one(place, at, one)
        if len(scenario.assumptions) < MOST_ASSUMPTIONS:
            _form(place, scenario)


def _one(place: Place, at: int, one: Assumption) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"procurement_assumption_{at}"):
        limits = (
            f" ({as_entered(one.low)} to {as_entered(one.high)})"
            if (one.low, one.high) != (one.percent, one.percent)
            else ""
        )
        st.markdown(
            f"**{as_entered(one.percent)}**{limits} from {month(one.since)}: {unmarked(one.words)}",
            width="stretch",
        )
        st.button(
            "Take away",
            icon=":material/delete:",
            key=f"procurement_without_{at}",
            help=f"Reckon without '{unmarked(one.words)}'",
            on_click=_take_away,
            args=(place, one),
        )


def _take_away(place: Place, taken: Assumption) -> None:
    def without(held: Scenario) -> Scenario:
        return replace(held, assumptions=tuple(one for one in held.assumptions if one != taken))

    revise(place, without)


def _form(place: Place, scenario: Scenario) -> None:
    words = ask_text(
        st,
        place,
        "assumed_words",
        "What it is, and why",
        "",
        MOST_OF_AN_ASSUMPTION,
        help="As 'Two districts join in April 2027: a tenth more families'. No names of people, and no money: bidders read it too.",
    )
    first = scenario.starts or next_month(scenario.last or 0)
    months = list(months_between(next_month(first, -12), next_month(first, 12 * scenario.years - 1)))
    # Its name holds the month that it begins with, so that another beginning of the contract is followed.
    since = ask_one(st, place, f"assumed_since_{first}", "From", months, first, month)
    columns = st.columns(3)
    labels = ("Change of referrals, %", "At the least, %", "At the most, %")
    found = [
        ask_amount(
            column,
            place,
            f"assumed_{at}",
            label,
            None,
            least=-100.0,
            most=float(MOST_PERCENT),
            digits=1,
            placeholder="0.0" if at == 0 else "The same",
            help="-10 is a tenth fewer." if at == 0 else "Empty where the change is certain.",
        )
        for at, (column, label) in enumerate(zip(columns, labels, strict=True))
    ]
    if st.button("Assume this", icon=":material/add:", key="procurement_assume"):
        percent = float(found[0] or 0)
        low, high = (percent if one is None else float(one) for one in found[1:])
        problems = assumption_problems(words, since, percent, low, high)
        if found[0] is None:
            problems = (
                "The change is not entered. Enter by how many percent referrals rise or fall.",
                *problems,
            )
        if not problems:
            _assume(place, scenario, Assumption(words, since, percent, low, high))
        show_problems(problems)


def _assume(place: Place, scenario: Scenario, made: Assumption) -> None:
    """Put an assumption beside the others, or say what is wrong with them together."""
    problems = tuple(assumptions_problems((*scenario.assumptions, made)))
    show_problems(problems)
    if not problems:
        start_afresh(place, "assumed_")
        revise(place, lambda held: replace(held, assumptions=(*held.assumptions, made)))
        st.rerun()
