"""What the document of a meeting says, part by part, as data for its template: no word of it is written into the template."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from data_access.packs.document_tables import breaking, table_data
from data_access.packs.drawings import WIDE, draw, in_parts, scale_end
from data_access.packs.drawings_letters import drawn, in_lines, readable
from domain.actions import ShownAction
from domain.figure_table import HIDDEN
from domain.formats import day
from domain.hidden_words import IS_HIDDEN
from domain.look import Look
from domain.pack import Chart, MeetingPack, Screen
from domain.table import Table

WORDS: Final = {
    "breath": "In one breath",
    "contents": "Contents",
    "actions": "All actions",
    "terms": "Definitions and sources",
    "nothing": "There is nothing on the agenda.",
}
_TITLE, _FIRST, _SECOND, _TEXT, _EXAMPLE, _FOOTER = 18.0, 16.0, 12.0, 10.0, 9.0, 8.0
"""Points of the letters, as in the template."""
_OWN_ACCENT: Final = "#1d4f91"
_BOX: Final = WIDE - 24
_LOGO: Final = 166.0
_LOGO_FILE: Final = "logo.json"

Files = dict[str, bytes]
"""Drawings by the name that the template reads them by."""


def document_data(pack: MeetingPack, look: Look, *, quotes: bool) -> tuple[dict[str, Any], Files]:
    """All that the document says, and its drawings."""
    files: Files = {}
    accent = accent_of(look)
    council = readable(pack.council or look.council)
    logo = None
    if look.logo:
        # As numbers: the compiler takes files from memory only where they are text.
        files[_LOGO_FILE] = json.dumps(list(look.logo)).encode("ascii")
        alt = f"Logo of {council}" if council else "Logo of the council"
        logo = {"file": _LOGO_FILE, "format": "jpg" if look.kind == "jpeg" else look.kind, "alt": alt}
    room = WIDE - (_LOGO if logo else 0)
    example, footer = drawn(pack.example), drawn(pack.footer)
    mark = example.split(",")[0].split(".")[0].split(":")[0]
    data = {
        "title": readable(pack.title),
        "headline": breaking(drawn(pack.title), room, _TITLE, bold=True),
        "author": [council] if council else [],
        "council": breaking(drawn(council), room, _SECOND, bold=True),
        "logo": logo,
        "accent": accent,
        "wide": WIDE,
        "date": _date(pack),
        "example": breaking(example, WIDE - 20, _EXAMPLE, bold=True),
        "above": 46 + 12 * len(in_lines(example, WIDE - 20, _EXAMPLE, bold=True)),
        "footer": breaking(footer, WIDE - 100, _FOOTER),
        "below": 48 + 11 * len(in_lines(footer, WIDE - 100, _FOOTER)),
        "facts": [[name, breaking(said, WIDE / 2, _TEXT)] for name, said in _facts(pack)],
        "link": _link(pack),
        "breath": [_text(one) for one in pack.breath],
        "parts": [
            _part(heading, list(screens), files, accent, mark, quotes=quotes)
            for heading, screens in groupby(pack.screens, key=lambda one: drawn(one.heading))
        ],
        "actions": [
            _actions("Brought along", "No action was brought along.", pack.carried),
            _actions("Agreed in this meeting", "No action was agreed.", pack.agreed),
        ],
        "terms": [[_text(term), _text(said)] for term, said in _terms(pack)],
        "words": WORDS,
    }
    return data, files


def accent_of(look: Look) -> str:
    """The council's colour where white is read well on it, and so it is read well on white; else the dashboard's own."""
    return look.colour if look.colour and look.ink() == "#ffffff" else _OWN_ACCENT


def _text(text: str, room: float = WIDE - 12) -> str:
    return breaking(drawn(text), room, _TEXT, bold=True)


def _date(pack: MeetingPack) -> dict[str, int] | None:
    """The day of the figures: the document has no other, so that the same figures are the same file."""
    stood = pack.stood
    return {"year": stood.year, "month": stood.month, "day": stood.day} if stood else None


def _facts(pack: MeetingPack) -> Iterator[tuple[str, str]]:
    """What stands under the title: of what, for whom, of when."""
    yield "Period", drawn(pack.period.label)
    if pack.held_on is not None:
        yield "Meeting held on", day(pack.held_on)
    if pack.audience_words:
        yield "Who may see this", drawn(pack.audience_words)
    stood = f"as they stood on {pack.stood:%-d %b %Y, %H:%M}" if pack.stood else "none saved yet"
    yield "Figures", stood
    if pack.as_at:
        yield "How far the data reach", drawn(pack.as_at)
    if pack.selection:
        yield "What was chosen", drawn(pack.selection)
    if pack.example:
        yield "Note", drawn(pack.example)


def _link(pack: MeetingPack) -> dict[str, Any] | None:
    """The address; one can be pressed only where it says which server it leads to."""
    to = readable(pack.link)
    if not to:
        return None
    whole = to.startswith(("http://", "https://"))
    return {
        "name": "To see it again",
        "to": to,
        "words": breaking(drawn(to), WIDE / 4, _TEXT),
        "whole": whole,
    }


def _part(
    heading: str, screens: Sequence[Screen], files: Files, accent: str, mark: str, *, quotes: bool
) -> dict[str, Any]:
    """The screens that stand under one heading."""
    level = 2 if heading else 1
    return {
        "heading": breaking(heading, WIDE, _FIRST, bold=True),
        "screens": [_screen(one, level, files, accent, mark, quotes=quotes) for one in screens],
    }


def _screen(
    screen: Screen, level: int, files: Files, accent: str, mark: str, *, quotes: bool
) -> dict[str, Any]:
    """One message. Of a withheld one nothing is said but why."""
    takeaway, withheld = screen.takeaway, drawn(screen.withheld)
    open_to_all = not screen.withheld
    return {
        "level": level,
        "title": breaking(
            drawn(takeaway.title or screen.heading), WIDE, _SECOND if level == 2 else _FIRST, bold=True
        ),
        "withheld": _text(f"Not shown to this audience. {withheld}") if screen.withheld else "",
        "sure": ["How sure", _text(takeaway.sure)] if takeaway.sure and open_to_all else None,
        "charts": list(_charts(screen.chart, files, accent, mark)) if screen.chart and open_to_all else [],
        "table": table_data(screen.table) if open_to_all else None,
        "lines": [[name, _text(said)] for name, said in _lines(screen)] if open_to_all else [],
        "boxes": list(_boxes(screen, quotes=quotes)),
    }


def _charts(chart: Chart, files: Files, accent: str, mark: str) -> Iterator[dict[str, str]]:
    """The drawings of a chart, each with what it shows in words."""
    end = scale_end(chart)
    for number, part in enumerate(in_parts(chart)):
        name = f"chart-{len(files)}.svg"
        files[name] = draw(part, colour=accent, mark=mark, end=end).encode("utf-8")
        more = (
            f"The chart above goes on, from {part.categories[0]} to {part.categories[-1]}." if number else ""
        )
        yield {"file": name, "alt": readable(more or chart.alt)}


def _lines(screen: Screen) -> Iterator[tuple[str, str]]:
    """What stands below a figure."""
    if screen.base:
        yield "Based on", screen.base
    if screen.before:
        yield "Last time and now", screen.before
    for note in screen.notes:
        yield "Note", note


def _boxes(screen: Screen, *, quotes: bool) -> Iterator[dict[str, Any]]:
    """What was said beside the figure; a quote only where the file was asked for with quotes."""
    if screen.comment.strip():
        yield {"name": "Comment", "paragraphs": _paragraphs(screen.comment.splitlines())}
    if quotes and screen.quote.strip():
        by = [f"Said by {screen.quote_by}"] if screen.quote_by.strip() else []
        yield {"name": "Quote", "paragraphs": _paragraphs([f"“{drawn(screen.quote)}”", *by])}


def _paragraphs(lines: Iterable[str]) -> list[str]:
    return [_text(line, _BOX) for line in lines if line.strip()]


def _actions(heading: str, none: str, actions: Sequence[ShownAction]) -> dict[str, Any]:
    """Actions as a table; what is said of none of them has no column."""
    about = any(one.whose for one in actions)
    kpi = any(one.kpi for one in actions)
    note = any(one.note for one in actions)
    headers = (
        "Action", *(["About"] if about else []), "Who", "Due", "Status",
        *(["KPI when agreed, and now"] if kpi else []), *(["Note"] if note else []),
    )  # fmt: skip
    rows = tuple(
        (
            one.text, *([one.whose] if about else []), one.owner, _due(one), _status(one),
            *([_effect(one)] if kpi else []), *([one.note] if note else []),
        )
        for one in actions
    )  # fmt: skip
    return {"heading": heading, "none": none, "table": table_data(Table(headers, rows))}


def _due(action: ShownAction) -> str:
    return f"{day(action.due)} (agreed {day(action.made_on)})" if action.made_on else day(action.due)


def _status(action: ShownAction) -> str:
    return f"{action.status.label}, overdue" if action.overdue else action.status.label


def _effect(action: ShownAction) -> str:
    """The KPI that an action came from: when it was agreed, and now."""
    if not action.kpi:
        return ""
    then_and_now = [
        f"{name} {said}" for name, said in (("then", action.before), ("now", action.after)) if said
    ]
    return ": ".join(part for part in (action.kpi, "; ".join(then_and_now)) if part)


def _terms(pack: MeetingPack) -> Iterator[tuple[str, str]]:
    """Each definition once, under what it defines; and what the sign of a hidden number means where one stands."""
    said: set[tuple[str, str]] = set()
    for screen in pack.screens:
        pair = (screen.heading or screen.takeaway.title, screen.about)
        if screen.about and not screen.withheld and pair not in said:
            said.add(pair)
            yield pair
    shown = [screen for screen in pack.screens if not screen.withheld]
    in_tables = any(cell == HIDDEN for screen in shown for row in screen.table.rows for cell in row)
    if in_tables or any(screen.chart and screen.chart.hidden for screen in shown):
        yield HIDDEN, f"This number is {IS_HIDDEN}."
