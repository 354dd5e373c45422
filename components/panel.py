"""A panel: one message with its chart, its table and what it rests on. Pages make a list of them."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import plotly.graph_objects as go

from domain.figure_rows import Behind
from domain.formats import csv_cell, listed
from domain.issued import Issue
from domain.table import Table


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on, printed under it and in every file.

    Parameters
    ----------
    base : how many of how many, what is missing, and how far the data reach.
    about : definition, the date it goes by, and where it comes from.
    selection : what was chosen, in words.
    audience : who may see it.
    example : a sentence on example or unsaved data; blank for real ones.
    footnotes : what was accepted in the returns it rests on, a sentence each.
    without : the providers that send totals which do not give it, by their labels.
    withheld : why the audience may see nothing of it; blank where it may.
    hidden : how many groups are hidden from the audience. subject : what is counted, as a name that says no figure.
    service, provider : of what, by their keys; blank where it is of none, or of several.
    issued : what a file of it gives away to others than the commissioning team; None where that is nothing.
    rows : the numbers that lead on to the rows behind them; None where none does.
    """

    base: str
    about: str
    selection: str
    audience: str
    example: str = ""
    footnotes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    withheld: str = ""
    hidden: int = 0
    subject: str = ""
    service: str = ""
    provider: str = ""
    issued: Issue | None = None
    rows: Behind | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The parts that say something, in reading order."""
        return tuple(
            line for line in (self.base, self.selection, self.about, self.example, self.audience) if line
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """One message and what shows it.

    Parameters
    ----------
    key : unique on the page.
    title : the message, a sentence without a full stop.
    figure : the chart; None where the table itself is shown.
    alt : one sentence for people who do not see the chart.
    notes : what a reader must know to read it rightly.
    grid : a table whose cells carry Markdown, shown in place of a chart. screen_grid : what a presented screen shows of it, where all
        of it has no room there.
    undrawn : whether there is something recorded, too little of it to draw.
    cells : draws the grid so that its cells lead on; in a meeting and on paper the grid itself stands in its place.
    """

    key: str
    title: str
    table: Table
    basis: Basis
    figure: go.Figure | None = None
    alt: str = ""
    notes: tuple[str, ...] = field(default=())
    grid: Table | None = None
    screen_grid: Table | None = None
    undrawn: bool = False
    cells: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        """Keep nothing of what an audience may not see at all: neither a title worked out of nothing nor a table of noughts."""
        if self.basis.withheld:
            title = self.basis.subject or "Not shown to this audience"
            nothing = {
                "figure": None,
                "alt": "",
                "notes": (),
                "grid": None,
                "screen_grid": None,
                "cells": None,
            }
            # What another of its figures rests on says nothing of one that is not shown.
            basis = replace(self.basis, base="")
            kept = {"title": title, "table": Table(self.table.headers, ()), "undrawn": False, "basis": basis}
            for name, value in {**nothing, **kept}.items():
                object.__setattr__(self, name, value)

    @property
    def heading(self) -> str:
        """The message, and whom it leaves out."""
        return f"{self.title} (without {listed(self.basis.without)})" if self.basis.without else self.title


def as_csv(panel: Panel) -> bytes:
    """The table as a CSV file that Excel opens in UTF-8, with its title and basis above it.

    Cells that a spreadsheet would run as a formula are made text.
    """
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    for line in (panel.heading, *panel.basis.lines, *panel.notes, *panel.basis.footnotes):
        write.writerow([csv_cell(line)])
    write.writerow([])
    write.writerow([csv_cell(header) for header in panel.table.headers])
    write.writerows([[csv_cell(cell) for cell in row] for row in panel.table.rows])
    return written.getvalue().encode("utf-8-sig")
