"""KPI status as cards and as a grid: a word, a shape and a colour, and on a click what it is made of."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import streamlit as st

from components.formats import NOTHING, day, number, percent_of, unmarked
from components.panel import Cell, Table
from components.theme import STATUS_COLOURS
from domain.kpis import Kpi, KpiStatus
from domain.measures import Average, Count, Measure, measure
from domain.rounding import exact, half_up

_MOST_DIGITS: Final = 3


def counted_by(kpi: Kpi) -> Measure:
    """The measure of a KPI, as its service counts it."""
    return measure(kpi.measure, kpi.service)


def councils_own(kpi: Kpi) -> bool:
    """Whether only the council answers for it, so that it never stands in a provider's row."""
    return kpi.accountable == "council"


def says_late(kpi: Kpi) -> bool:
    """Whether it is a legal time limit, which is said as '2 of 5 late'."""
    return kpi.basis == "statute" and counted_by(kpi).when.startswith("due.")


def value_words(status: KpiStatus) -> str:
    """The figure of a KPI: '82% (387 of 471)', '2 of 5 late' for a legal time limit, '387', or a dash."""
    if status.met is None:
        return NOTHING
    counted = counted_by(status.kpi)
    if isinstance(counted, Average):
        return f"{number(status.value, 1)} {counted.unit} ({number(status.base)})"
    if says_late(status.kpi) and status.base:
        return f"{number(status.base - status.met)}\u00a0of\u00a0{number(status.base)}\u00a0late"
    if isinstance(counted, Count):
        due = (
            ""
            if status.target_to_date is None
            else f" since the start ({number(status.target_to_date)} due by then)"
        )
        return f"{number(status.met)}{due}"
    return (
        # Spaces that do not break, so that a cell of a table does not part the figure.
        f"{_percent(status)}\u00a0({number(status.met)}\u00a0of\u00a0{number(status.base)})"
        if status.base
        else NOTHING
    )


def _percent(status: KpiStatus) -> str:
    """A share as a whole percentage, or with as many decimals as tell it from a target or tolerance that it does not equal.

    'Amber 5%' of a target of at most 5% would look like a mistake: it is 5.5%.
    """
    target = status.target
    if not status.base or status.met is None or target is None:
        return percent_of(status.met or 0, status.base or 0)
    share = 100 * Fraction(status.met, status.base)
    edges = [100 * exact(edge) for edge in (target.value, target.tolerance) if edge is not None]
    digits = 0
    while digits < _MOST_DIGITS and any(
        edge != share and half_up(edge, digits) == half_up(share, digits) for edge in edges
    ):
        digits += 1
    return f"{half_up(share, digits):f}%" if digits else percent_of(status.met, status.base)


def unrecorded_words(status: KpiStatus) -> str:
    """'13 not recorded': what a share leaves out because nobody wrote it down; blank where nothing is left out."""
    return f"{number(status.unrecorded)} not recorded" if status.unrecorded else ""


def badge(status: KpiStatus) -> str:
    """The status in a word, a shape and a colour, as Markdown."""
    return f":{STATUS_COLOURS[status.status]}-badge[{status.status.shape} {status.status.label}]"


def target_words(status: KpiStatus) -> str:
    """The target, its tolerance, how much of a volume falls due so far, and whether it is an example."""
    target = status.target
    if target is None:
        return "No target is set."
    share = not isinstance(counted_by(status.kpi), Average | Count)

    def shown(value: float) -> str:
        return f"{number(100 * value, 1).removesuffix('.0')}%" if share else number(value)

    operator = {">=": "at least", ">": "above", "<=": "at most", "<": "below"}[str(target.operator)]
    parts = [f"{operator} {shown(float(target.value))}"]
    if status.target_to_date is not None:
        parts.append(f"{number(status.target_to_date)} of them by this period's end")
    if target.tolerance is None and status.kpi.basis == "statute":
        parts.append("the law leaves no tolerance, so there is no amber")
    if target.tolerance is not None:
        edge = (
            shown(float(target.tolerance)) if share else f"{number(100 * float(target.tolerance))}% of that"
        )
        parts.append(f"tolerance {edge}")
    parts.append(f"since {day(target.since)}")
    if target.note:
        parts.append(target.note[:1].lower() + target.note[1:])
    elif target.example:
        parts.append("an example, in no source document")
    return f"{', '.join(parts)[:1].upper()}{', '.join(parts)[1:]}."


def chance_words(status: KpiStatus) -> str:
    """Whether chance alone could explain the distance from the target; blank without a target."""
    if status.clear_of_target is None or status.target is None or not status.base:
        return ""
    if not status.clear_of_target:
        return "Allowing for chance, it cannot be told apart from the target."
    above = status.met is not None and status.met / status.base > float(status.target.value)
    return f"Even allowing for chance, {'above' if above else 'below'} target."


def explained(status: KpiStatus) -> Table:
    """What a status is made of: numerator, denominator, target, rule and source."""
    counted = counted_by(status.kpi)
    rows: list[tuple[Cell, ...]] = [
        ("Met (numerator)", number(status.met)),
        (
            "Out of (denominator)",
            number(status.base) if not isinstance(counted, Count) else "not out of anything",
        ),
        ("Not recorded, so left out", number(status.unrecorded)),
        ("Target", target_words(status)),
        ("Rule", status.why),
        ("Chance", chance_words(status) or "No limits to compare."),
        ("Counted", counted.definition),
        ("Who answers for it", status.kpi.accountable),
        ("Source", status.kpi.source),
    ]
    return Table(("Part", "What it is"), tuple(rows))


def show_explained(status: KpiStatus) -> None:
    """Show what a status is made of, as a list."""
    for name, words in explained(status).rows:
        st.markdown(f"**{name}**  \n{unmarked(str(words))}")


def show_cards(statuses: Sequence[KpiStatus]) -> None:
    """Show one card a KPI, those of the providers first and the council's own duties apart."""
    _grid([status for status in statuses if not councils_own(status.kpi)], "kpi_cards")
    if own := [status for status in statuses if councils_own(status.kpi)]:
        st.subheader("The council's own duties", anchor=False)
        _grid(own, "kpi_cards_council")


def _grid(statuses: Sequence[KpiStatus], key: str) -> None:
    """Name, figure, status, and on a click what it is made of."""
    grid = st.grid("auto", min_column_width=180, key=key)
    for status in statuses:
        with grid.container(border=True, height="stretch", key=f"kpi_{status.kpi.id}"):
            st.markdown(f"**{unmarked(status.kpi.name)}**  \n{badge(status)}")
            st.markdown(value_words(status))
            if beside := ", ".join(
                filter(None, ("few cases" if status.few else "", unrecorded_words(status)))
            ):
                st.caption(beside)
            with st.popover("Why?", key=f"why_{status.kpi.id}", width="stretch"):
                show_explained(status)


def status_grid(
    rows: Sequence[tuple[str, Sequence[KpiStatus | None]]],
    columns: Sequence[str],
    *,
    first: str,
    marked: bool,
) -> Table:
    """A grid of statuses: a name a row, a period or KPI a column.

    Parameters
    ----------
    rows : the name of each row and its statuses, one a column; None where there is none.
    first : header of the first column.
    marked : whether cells carry badges as Markdown, for the screen; else plain words, for files.
    """

    def cell(status: KpiStatus | None) -> str:
        if status is None:
            return NOTHING
        word = badge(status) if marked else f"{status.status.shape} {status.status.label}"
        figure = value_words(status)
        parts = (
            figure if figure != NOTHING else "",
            "few cases" if status.few else "",
            unrecorded_words(status),
        )
        return f"{word} {', '.join(filter(None, parts))}".rstrip()

    body = tuple(
        (unmarked(name) if marked else name, *(cell(one) for one in statuses)) for name, statuses in rows
    )
    return Table((first, *columns), body)
