"""The panel on what was done for households: the kinds of help without administrative entries, and with them."""

from __future__ import annotations

from components.basis import basis_of, giving_away
from components.charts.canvas import FEW_NOTE
from components.charts.closer import closer
from components.charts.share_rows import (
    Series,
    drawn,
    low_base_notes,
    row_of,
    rows_in_words,
    shares_beside,
)
from components.hidden import only_shown
from components.panel import Panel
from domain.disclosure import Released
from domain.figure_table import table_of
from domain.formats import number, share_of
from domain.messages import split_message
from domain.settings import Settings
from domain.table import Table

WITHOUT, WITH = "Without administrative entries", "With them"


def help_panel(key: str, without: Released, everything: Released, settings: Settings) -> Panel:
    """The kinds of help twice, side by side. Both are by kind of activity; `everything` holds administrative entries too."""
    series = tuple(
        Series(name, tuple(row_of(figure) for figure in released.figures if figure.base))
        for name, released in ((WITHOUT, without), (WITH, everything))
    )
    rows = [row for one in series for row in drawn(one.rows)]
    panel = Panel(
        key=key,
        title=_message(without, everything),
        figure=closer(shares_beside(series, everything.source)) if rows else None,
        undrawn=any(figure.base for figure in everything.figures),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in series) + ".",
        table=Table(
            ("Entries", *table_of(without).headers),
            tuple(
                (name, *row)
                for name, released in ((WITHOUT, without), (WITH, everything))
                for row in table_of(released).rows
            ),
        ),
        basis=giving_away(basis_of(everything, settings), without),
        notes=(
            "Administrative entries are administrative contacts, and entries of other kinds that are marked as administrative.",
            "Shares are of activities, not of cases, in cases where homelessness was prevented; help after a household had become "
            "homeless is left out of both.",
            "How contacts were logged differs between mentors, so the limits say nothing of what was not written down.",
            *low_base_notes(rows, "activity", "activities"),
            *([FEW_NOTE.replace("cases", "activities")] if any(row.small for row in rows) else []),
        ),
    )
    return only_shown(panel, settings, everything, without)


def _message(without: Released, everything: Released) -> str:
    """How much of what was logged is administrative, and what help was commonest without it."""
    direct, logged = without.base, everything.base
    if not logged:
        return "Help given: no activity recorded yet"
    if everything.shut:
        return split_message(without)  # how many lie between the two is not told to others
    said = f"Administrative entries: {share_of(logged - direct, logged)} of what was logged"
    most = max((figure.met for figure in without.figures), default=0)
    if not most:
        return said
    top = [figure.label for figure in without.figures if figure.met == most]
    named = " and ".join(top[:2]) if len(top) < 3 else f"{number(len(top))} kinds"
    return (
        f"{said}; without them most often {named}, {share_of(most, direct)}{' each' if len(top) > 1 else ''}"
    )
