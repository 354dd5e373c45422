"""A meeting pack: everything that a meeting is shown, once, for the screen, the slides, the document and the workbook alike.

It is made of released figures alone (`data_access.packs`), holds no case, and can be kept as text and read back (`domain.pack_text`), so
that a meeting of last year shows what was shown then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.actions import ShownAction
from domain.issued import Issue
from domain.periods import Period
from domain.table import Table


class Form(StrEnum):
    """How a chart of a pack is drawn, on the screen as in every file.

    A meeting has the first three alone: only they have a chart of PowerPoint's own (`data_access.packs.slides_charts.KINDS`).
    """

    COLUMNS = "columns"
    """Counts, period after period: upright."""
    BARS = "bars"
    """Counts or shares of groups: lying, the first at the top."""
    SHARES = "shares"
    """One share, period after period: a mark each, with its 95% limits."""
    FAN = "fan"
    """Counts that came, then those to come: three series, the counted one, the expected with its 95% limits and the same with its 80%
    limits; each None where it does not reach."""
    CURVES = "curves"
    """Several lines over a rising number that the categories are (unevenly spaced), as what each way of paying costs at so many cases. A
    series with one single value is a mark on its own, as the number of cases that a fixed price includes."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of marks of a chart.

    Parameters
    ----------
    values : one a category; shares from 0 to 1; None where there is nothing, or nothing that may be shown.
    lows, highs : the 95% limits, as many; empty where none are drawn.
    """

    name: str
    values: tuple[float | None, ...]
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A level that marks are held against, as a target: its value on the scale of the chart, and its words."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that every file can draw by itself.

    Parameters
    ----------
    categories : the periods or groups. series : at least one, each with a value a category.
    share : whether values are shares. words : what stands beside each mark of the first series, as '82% (387 of 471)'.
    unfinished : places of the periods that are not complete, drawn hatched. hidden : places whose number is hidden, marked 'c'.
    unit : what stands before the numbers of the scale, as '£'; blank for counts and shares.
    alt : what it shows, for who does not see it: the takeaway, then each mark in words.
    """

    form: Form
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    share: bool
    words: tuple[str, ...]
    alt: str
    unfinished: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    line: Line | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse a chart whose parts do not fit each other: a file would draw another one than the screen."""
        long = len(self.categories)
        rows = [
            row
            for one in self.series
            for row in (one.values, one.lows or one.values, one.highs or one.values)
        ]
        if not self.series or len(self.words) != long or any(len(row) != long for row in rows):
            raise ValueError("a chart has a value, and words, for each of its categories")
        if any(row[place] is not None for row in rows for place in self.hidden):
            raise ValueError("a number that is hidden is not in the chart")


@dataclass(frozen=True, slots=True)
class Takeaway:
    """What a screen says, in words that can be checked: what, how sure, against what. Each a sentence without a full stop; may be blank."""

    what: str
    sure: str = ""
    against: str = ""

    @property
    def title(self) -> str:
        """What, and against what: the title on the screen and of the slide."""
        return "; ".join(part for part in (self.what, self.against) if part)

    @property
    def sentence(self) -> str:
        """All of it, as it is read aloud."""
        return ". ".join(part for part in (self.title, self.sure) if part) + "."


@dataclass(frozen=True, slots=True)
class PackFigure:
    """One number that was shown, so that it can be held against what it is later.

    Parameters
    ----------
    key : what it is, the same in every pack of the same contract and period, as 'SM2:provider-a' or 'referrals'.
    label : the same in words. shown : as it stood on the screen, '82% (387 of 471)' or 'c'.
    met, base : whole numbers; None where there is none, or it is hidden. value : of a mean, a median or a rate.
    status : of a KPI, the word; blank for any other figure.
    """

    key: str
    label: str
    shown: str
    met: int | None = None
    base: int | None = None
    value: float | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: a screen of the presentation, a slide, a section of the document, a sheet of the workbook.

    Parameters
    ----------
    key : unique in its pack. item : the key of the agenda item (`domain.agenda`) it belongs to, and heading its words.
    table : all that the chart shows, and where there is no chart what is shown. chart : None where the table is the message.
    base : how many of how many, what is missing, how far the data reach. about : definition and source.
    before : what was shown last time, or stood in the period before, and what is now; blank where nothing can be held against it.
    notes : what must be known to read it rightly. withheld : why the audience may see nothing of it; blank where it may.
    comment, quote, quote_by : what was said about it; a quote leaves in no file unless that is asked for.
    """

    key: str
    item: str
    heading: str
    takeaway: Takeaway
    table: Table
    chart: Chart | None = None
    base: str = ""
    about: str = ""
    before: str = ""
    notes: tuple[str, ...] = ()
    figures: tuple[PackFigure, ...] = ()
    withheld: str = ""
    comment: str = ""
    quote: str = ""
    quote_by: str = ""


def as_they_stood(at: datetime | None) -> str:
    """The moment of figures in words, by the clock that `at` is given in; None before anything was saved.

    >>> as_they_stood(datetime(2026, 10, 3, 14, 5)), as_they_stood(None)
    ('Figures as they stood on 3 Oct 2026, 14:05', 'No figures saved yet')
    """
    return f"Figures as they stood on {at:%-d %b %Y, %H:%M}" if at is not None else "No figures saved yet"


@dataclass(frozen=True, slots=True)
class MeetingPack:
    """One meeting's figures, words, comments and actions.

    Parameters
    ----------
    council : its name, blank where none is set. service, provider, area : keys, the last two blank for all; `about` the same in words.
    period : the months looked at. audience : the key of who may see it (`domain.audience`); `audience_words` the same in words.
    version : the moment of the figures, as a number; `stood` the time of it, None before anything was saved.
    as_at : how far the data reach, in words. selection : what was chosen, in words. link : the address that brings the meeting back, from
        '/meeting?' on; with the server's own before it where that is known.
    example : a sentence on example or unsaved data; blank for real ones.
    breath : three sentences that say it in one breath.
    carried, agreed : the actions brought along, and those agreed in this meeting.
    meeting : its number, None for one that is not kept. held_on : the day it is, None where that is not said.
    issue : what files of it give away to others than the commissioning team; it is not part of what is kept.
    """

    council: str
    service: str
    service_label: str
    provider: str
    area: str
    about: str
    period: Period
    audience: str
    audience_words: str
    version: int
    stood: datetime | None
    as_at: str
    selection: str
    link: str
    example: str
    breath: tuple[str, ...]
    screens: tuple[Screen, ...]
    carried: tuple[ShownAction, ...] = ()
    agreed: tuple[ShownAction, ...] = ()
    meeting: int | None = None
    held_on: date | None = None
    issue: Issue | None = field(default=None, compare=False, repr=False)

    @property
    def title(self) -> str:
        """'SEND mediation, Example provider A: Jul-Sep 2026 (Q2 2026/27)'."""
        return f"{self.service_label}, {self.about}: {self.period.label}"

    @property
    def figures(self) -> dict[str, PackFigure]:
        """Every number shown, by its key."""
        return {figure.key: figure for screen in self.screens for figure in screen.figures}

    @property
    def stood_words(self) -> str:
        """The moment of the figures."""
        return as_they_stood(self.stood)

    @property
    def footer(self) -> str:
        """What stands at the foot of every slide and page: as the figures stood, what was chosen, for whom, the address."""
        return " · ".join(
            part
            for part in (self.stood_words, self.selection, self.audience_words, self.example, self.link)
            if part
        )
