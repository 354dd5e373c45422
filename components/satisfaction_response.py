"""How many surveys came back, where the returns say how many were sent; and why not, where they do not."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from components.basis import basis_of, table_of
from components.charts.share_rows import ShareRow, share_rows
from components.formats import counted, number, share_of, unmarked
from components.panel import Panel
from components.present import presenting
from domain.disclosure import Released
from domain.settings import Settings


def response_panels(
    key: str,
    released: Released,
    settings: Settings,
    *,
    returns: int,
    unsaid: int,
    beyond: int,
    unfinished: Collection[str] = (),
) -> list[Panel]:
    """Surveys returned out of those sent, by year; none where no rate can be given (see `why_no_rate`).

    Parameters
    ----------
    returns : how many returns there are. unsaid, beyond : see `why_no_rate`.
    unfinished : keys of the years that not every provider has reported in full.
    """
    total = released.total
    if total is None or not total.base:
        return []
    rows = [ShareRow(f.keys[0], f.label, f.met, f.base) for f in released.figures if f.base]
    silent = [row.label for row in rows if not row.met]
    said = "; ".join(f"{row.label} {share_of(row.met, row.base)}" for row in rows)
    last = rows[-1]
    so_far = " so far" if last.key in unfinished else ""
    title = f"{last.label}{so_far}: {share_of(last.met, last.base)} of the surveys sent came back"
    if len(rows) > 1:
        title += f"; {share_of(total.met, total.base)} over all the years"
    panel = Panel(
        key=key,
        title=title,
        figure=share_rows([row for row in rows if row.drawn], released.source, limits=False)
        if any(row.drawn for row in rows)
        else None,
        alt=f"Surveys returned out of those sent, by financial year: {said}.",
        table=table_of(released),
        basis=basis_of(released, settings),
        notes=(
            "Of everyone asked: a return does not say how many surveys went to one kind of person or one area.",
            f"{number(returns - unsaid - beyond)} of {counted(returns, 'return')} say how many were sent.",
            *([_beyond_words(beyond)] if beyond else []),
            *([f"Surveys were sent and no answer is recorded: {', '.join(silent)}."] if silent else []),
        ),
    )
    return [panel]


def why_no_rate(*, returns: int, unsaid: int, beyond: int, areas_chosen: bool) -> str:
    """Why there is no response rate, in a sentence.

    Parameters
    ----------
    unsaid : returns that do not say how many surveys were sent. beyond : those with more answers than surveys sent.
    areas_chosen : whether the reader narrowed the figures to some areas.
    """
    if areas_chosen:
        return "No response rate for some areas: how many surveys were sent is known only for a return as a whole."
    if not returns:
        return "No response rate: no return lies wholly in the months chosen."
    if beyond:
        return f"No response rate. {_beyond_words(beyond)}"
    if unsaid:
        return "No response rate: no return says on its Cover how many surveys were sent."
    return "No response rate: the returns say that no survey was sent."


def show_no_rate(words: str) -> None:
    """Say why there is no response rate, except to a meeting."""
    if not presenting():
        st.info(unmarked(words))


def _beyond_words(beyond: int) -> str:
    held = "1 return holds" if beyond == 1 else f"{number(beyond)} returns hold"
    return f"{held} more answers than surveys sent, so the number sent cannot be right and is left out."
