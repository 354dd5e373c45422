"""How many surveys came back, where the returns say how many were sent; and why not, where they do not."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from components.basis import basis_of
from components.charts.share_rows import ShareRow, share_rows
from components.panel import Panel
from components.present import presenting
from domain.disclosure import Released
from domain.figure_table import table_of
from domain.formats import counted, number, share_of, unmarked
from domain.response_rate import Sent
from domain.settings import Settings


def response_part(
    key: str,
    released: Released,
    settings: Settings,
    sent: Sent,
    *,
    areas_chosen: bool,
    unfinished: Collection[str] = (),
) -> list[Panel]:
    """The panel of the response rate; where there can be none, say why in its place, except to a meeting."""
    panels = [] if areas_chosen else response_panels(key, released, settings, sent, unfinished=unfinished)
    if not panels and not presenting():
        st.info(unmarked(why_no_rate(sent, areas_chosen=areas_chosen)))
    return panels


def response_panels(
    key: str, released: Released, settings: Settings, sent: Sent, *, unfinished: Collection[str] = ()
) -> list[Panel]:
    """Surveys returned out of those sent, by year; none where no rate can be given (see `why_no_rate`).

    `unfinished` are the keys of the years that not every provider has reported in full.
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
            f"{number(sent.returns - sent.unsaid - sent.beyond)} of {counted(sent.returns, 'return')} say how many were sent.",
            *([_beyond_words(sent.beyond)] if sent.beyond else []),
            *([f"Surveys were sent and no answer is recorded: {', '.join(silent)}."] if silent else []),
        ),
    )
    return [panel]


def why_no_rate(sent: Sent, *, areas_chosen: bool) -> str:
    """Why there is no response rate, in a sentence. `areas_chosen`: the figures are narrowed to some areas."""
    if areas_chosen:
        return "No response rate for some areas: how many surveys were sent is known only for a return as a whole."
    if not sent.returns:
        return "No response rate: no return lies wholly in the months chosen."
    if sent.beyond:
        return f"No response rate. {_beyond_words(sent.beyond)}"
    if sent.unsaid:
        return "No response rate: no return says on its Cover how many surveys were sent."
    return "No response rate: the returns say that no survey was sent."


def _beyond_words(beyond: int) -> str:
    held = "1 return holds" if beyond == 1 else f"{number(beyond)} returns hold"
    return f"{held} more answers than surveys sent, so the number sent cannot be right and is left out."
