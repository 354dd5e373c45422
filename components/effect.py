"""What a file would change: figures and KPI statuses before and after, in words and as a table."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.frame import section, show_table
from components.theme import STATUS_COLOURS
from components.upload_rows import show_rows
from domain.disclosure import Figure, Released
from domain.effects import Change, Effect, Elsewhere, KpiChange
from domain.formats import listed, month, number, sentence_case, share_of, unmarked
from domain.kpi_words import says_late
from domain.measures import Average, Count, Rate, Share, Stock
from domain.measures import measure as measure_of
from domain.periods import Period
from domain.status import Status, Verdict
from domain.table import Cell, Table

_JUDGED: Final = frozenset({Status.GREEN, Status.AMBER, Status.RED, Status.TOO_FEW})


def show_effect(
    effect: Effect, period: Period, provider: str, name: str, whose: tuple[str, str] = ("", "")
) -> None:
    """Show what saving would change, for the provider of the return: rows, figures, KPIs, and what moves in other periods.

    Parameters
    ----------
    name : how a file with the changes of the rows is called, without its ending. whose : service and provider, by their keys.
    """
    section("What this file changes")
    moved = any(change.changed for change in effect.kpis)
    if effect.changed or effect.first:
        st.markdown("\n".join(f"- {unmarked(line)}" for line in change_lines(effect, period, provider)))
    elif moved:
        st.markdown("It changes the KPIs below and no other figure.")
    elif effect.rows.moved:
        st.markdown("It changes rows, and no figure that is shown here.")
    else:
        st.markdown("It changes no figure: the figures are already as this file says.")
    show_rows(effect.rows, name, whose)
    if effect.kpis:
        st.subheader(unmarked(f"KPIs of {provider}, {period.label}"), anchor=False)
        _show_kpis(effect.kpis, f"KPIs of {provider} before and after")
    for other in effect.moved_elsewhere:
        _show_elsewhere(other, provider)
    with st.expander("All figures before and after", icon=":material/table_view:"):
        show_table(figures_table(effect, period), f"Figures of {provider} before and after")


def _show_kpis(changes: Sequence[KpiChange], name: str) -> None:
    """The KPIs with something to show as a table; those with nothing to count before and after in a sentence for each reason."""
    idle: dict[tuple[str, str], list[str]] = {}
    for one in changes:
        if _is_idle(one):
            status = one.after.status
            idle.setdefault((f"{status.shape} {status.label}", one.after.why), []).append(one.kpi.name)
    if told := [one for one in changes if not _is_idle(one)]:
        show_table(kpi_table(told), name, marked=True)
    lines = [
        f"- **{unmarked(listed(names, most=len(names)))}**: {status}. {unmarked(sentence_case(why))}"
        for (status, why), names in idle.items()
    ]
    if lines:
        st.markdown("\n".join(lines))


def _is_idle(change: KpiChange) -> bool:
    """Whether nothing is counted and nothing judged, before or after."""
    figures = (change.figure_before, change.figure_after)
    return not any(figure and (figure.base or figure.met) for figure in figures) and not (
        _JUDGED & {change.before.status, change.after.status}
    )


def _show_elsewhere(other: Elsewhere, provider: str) -> None:
    st.subheader(unmarked(f"It also moves {other.period.label}"), anchor=False)
    if other.figures:
        lines = [_moves(change, f"in {other.period.label}") for change in other.figures if change.changed]
        st.markdown("\n".join(f"- {unmarked(line)}" for line in lines))
    if other.kpis:
        _show_kpis(other.kpis, f"KPIs of {provider} in {other.period.label} before and after")


def change_lines(effect: Effect, period: Period, provider: str) -> list[str]:
    """One sentence for each figure that moves: 'This file moves referrals in Jul-Sep 2018 from 20 to 24.'"""
    lines = [
        _moves(change, place)
        for changes, place in ((effect.in_period, f"in {period.label}"), (effect.in_all, "over all months"))
        for change in changes
        if change.changed
    ]
    first = f"It is the first return of {provider} for {period.label}."
    return [first, *lines] if effect.first else lines


def _moves(change: Change, place: str) -> str:
    where = f"at the end of {month(change.after.at)}" if change.after.at else place
    what = change.after.measure.label
    what = what[:1].lower() + what[1:]
    return f"This file moves {what} {where} from {value_words(change.before)} to {value_words(change.after)}."


def value_words(released: Released) -> str:
    """A figure without groups, in words: '24', or '82% (387 of 471)'; 'none' where there is none, never nought for what totals lack."""
    if released.not_given and not released.figures:
        return "not given"
    return _figure_words(released.total, counts=isinstance(released.measure, (Count, Stock)))


def _figure_words(figure: Figure | None, *, counts: bool) -> str:
    if figure is None:
        return "0" if counts else "none"
    if counts:
        return number(figure.met)
    return share_of(figure.met, figure.base) if figure.base else "none"


def figures_table(effect: Effect, period: Period) -> Table:
    """Every figure before and after, with what a share is out of."""
    rows: list[tuple[Cell, ...]] = []
    for changes, place in ((effect.in_period, period.label), (effect.in_all, "All months")):
        for change in changes:
            where = f"End of {month(change.after.at)}" if change.after.at else place
            label = change.after.measure.label
            if isinstance(change.after.measure, Share):
                rows.append((f"{label}: out of", where, *_bases(change)))
            rows.append((label, where, value_words(change.before), value_words(change.after)))
    return Table(("Figure", "When", "Before", "After"), tuple(rows))


def _bases(change: Change) -> tuple[str, str]:
    return number(change.before.base), number(change.after.base)


def kpi_table(changes: Sequence[KpiChange]) -> Table:
    """The KPIs with their figure and status before and after, and what is wanting, as Markdown."""
    return Table(
        ("KPI", "Before", "After", "Why"),
        tuple(
            (
                unmarked(c.kpi.name),
                _status(c, c.before, c.figure_before),
                _status(c, c.after, c.figure_after),
                unmarked(" ".join(part for part in (c.after.why, _sentence(c.reach)) if part)),
            )
            for c in changes
        ),
    )


def _sentence(reach: str) -> str:
    return f"{sentence_case(reach)}." if reach else ""


def _status(change: KpiChange, verdict: Verdict, figure: Figure | None) -> str:
    status = verdict.status
    counts = isinstance(measure_of(change.kpi.measure, change.kpi.service), Count)
    words = _figure_words(figure, counts=counts) if figure else ""
    if figure and isinstance(measure_of(change.kpi.measure, change.kpi.service), (Average, Rate)):
        words = "" if figure.value is None else number(figure.value, 1).removesuffix(".0")
    if figure and figure.base and says_late(change.kpi):
        words = f"{number(figure.base - figure.met)} of {number(figure.base)} late"
    return f":{STATUS_COLOURS[status]}-badge[{status.shape} {status.label}] {words}".rstrip()
