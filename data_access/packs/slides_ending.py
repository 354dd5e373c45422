"""What the last slide says: for whom and as of when the figures are, what the signs mean, what is not shown, and the definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data_access.packs.slides_scale import has_limits
from data_access.packs.slides_tables import hides
from domain.pack import Form, MeetingPack, Screen

HIDDEN_SIGN: Final = "c: hidden to protect people"
_WHICH: Final = "a number fewer than 5, or one that would give such a number away"
_LIMITS: Final = "Lines through the marks and '95% limits': how far chance alone could move a figure that rests on so few or so many cases."


def hides_something(screen: Screen) -> bool:
    """Whether a number of a screen is hidden."""
    return hides(screen.table) or (screen.chart is not None and bool(screen.chart.hidden))


def ending_of(pack: MeetingPack, untold: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The paragraphs of the last slide: what begins each, and the rest. `untold` are notes that stood on no slide."""
    found = [("These figures.", pack.footer), ("Data.", pack.as_at)]
    found += [("", sentence) for sentence in _signs(pack)]
    found += [
        ("Not shown.", f"{_ended(screen.takeaway.title or screen.heading)} {screen.withheld}")
        for screen in pack.screens
        if screen.withheld
    ]
    found += _notes(untold)
    told: set[str] = set()
    for screen in pack.screens:
        if screen.about and not screen.withheld and screen.about not in told:
            told.add(screen.about)
            found.append((f"{screen.heading}.", screen.about))
    return [(lead, rest) for lead, rest in found if rest]


def _notes(untold: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each note once; what it is about begins it where that is one thing."""
    about: dict[str, list[str]] = {}
    for heading, note in untold:
        about.setdefault(note, []).append(heading)
    return [(f"{headings[0]}." if len(set(headings)) == 1 else "", note) for note, headings in about.items()]


def _signs(pack: MeetingPack) -> list[str]:
    shown = [screen for screen in pack.screens if not screen.withheld]
    charts = [screen.chart for screen in shown if screen.chart is not None]
    said = []
    if any(hides_something(screen) for screen in shown):
        said.append(f"{HIDDEN_SIGN}: {_WHICH}.")
    if any(has_limits(chart) for chart in charts):
        said.append(_LIMITS)
    if any(chart.unfinished for chart in charts):
        said.append("Hatched or hollow, and '(not complete)': more cases of this time may still come in.")
    if any(chart.line is not None and chart.form is not Form.BARS for chart in charts):
        said.append("Dashed line: what the figures are held against; its words stand above the chart.")
    if any(chart.line is not None and chart.form is Form.BARS for chart in charts):
        said.append(
            "Dashed frame round a bar: it ends at what the bar is held against; its words stand above the chart."
        )
    return said


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
