"""How a status was worked out, as a text to keep: definition, target, filters, counts, and the SQL with what was filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from textwrap import wrap
from typing import Any, Final

from components.downloads import offer
from components.kpi_explained import explained
from domain.access import Audience
from domain.base_words import as_at_words, base_words
from domain.columns import column_label
from domain.columns_used import measure_columns
from domain.disclosure import Figure
from domain.formats import counted, number
from domain.kpi_words import counted_by
from domain.kpis import KpiStatus
from domain.measures import Average, Count, Rate
from domain.returns_calendar import CLOCK
from domain.status_key import StatusKey
from domain.workings import Working, Workings

_WIDTH: Final = 110
_NAME: Final = 28
_MOST: Final = 60


def offer_workings(status: KpiStatus, read: Callable[[], Workings]) -> None:
    """A button for the text about a status. `read` is run when it is pressed, and asks nothing of the session."""
    offer(
        "How was this worked out (text)",
        lambda: workings_text(read()),
        file_name=f"{status.kpi.id}_{status.period.key}_worked_out.txt",
        mime="text/plain",
        key="workings",
        what="How a status of a KPI was worked out",
        service=status.kpi.service,
        provider=status.provider,
        detail=StatusKey.of(status).text,
    )


def workings_text(found: Workings) -> str:
    """The text itself. It names no case."""
    return "\n".join(_lines(found)).replace("\u00a0", " ") + "\n"


def _lines(found: Workings) -> Iterator[str]:
    status = found.status
    declared = counted_by(status.kpi)
    yield f"How this was worked out: {status.kpi.name} ({status.kpi.id})"
    yield ""
    yield from _part("Whose figure", status.where)
    yield from _part("Period", status.period.label)
    judged = f", judged on the {status.judged_on} figure" if status.adjusted else ""
    yield from _part("Status", f"{status.status.label}{judged}")
    for name, words in explained(status).rows:
        yield from _part(str(name), str(words))
    if status.adjusted is not None:
        yield from _part(
            "Exceptions", f"{counted(status.adjusted.left_out, 'case')} taken out of the adjusted figure"
        )
    yield from _part("Period goes", declared.dated_by)
    labels = [_label(key) for key in measure_columns(declared)]
    yield from _part("Columns of a return used", ", ".join(labels))
    at = f", {found.at.astimezone(CLOCK):%d %b %Y, %H:%M}" if found.at else ""
    yield from _part("Figures as they stood", f"after act {found.version} of the dashboard's record{at}")
    yield from _part("For", Audience.US.label)
    for place, working in enumerate(found.workings, 1):
        yield ""
        yield f"Question {place} of {len(found.workings)}"
        yield from _answer(working)


def _label(key: str) -> str:
    try:
        return column_label(key)
    except AttributeError:
        return key


def _answer(working: Working) -> Iterator[str]:
    answer = working.answer
    yield from _part("Filters", working.chosen)
    yield from _part("Counted (n), missing", base_words(answer))
    yield from _part("Data reach to", as_at_words(answer.as_at))
    for figure in answer.figures[:_MOST]:
        limits = (
            f", 95% interval {figure.low:.4f} to {figure.high:.4f}"
            if figure.low is not None and figure.high is not None
            else ""
        )
        beside = f", {number(figure.missing)} missing, {number(figure.unsure)} don't know"
        yield from _part(figure.label, f"{_counts(working, figure)}{limits}{beside}")
    if len(answer.figures) > _MOST:
        yield f"and {number(len(answer.figures) - _MOST)} more rows"
    for statement in working.statements:
        yield ""
        yield "SQL"
        yield from (f"    {line}" for line in _broken(statement.sql))
        if statement.values:
            yield "Filled in"
            yield from (f"    {name} = {_value(value)}" for name, value in statement.values)


def _counts(working: Working, figure: Figure) -> str:
    """The figure as its kind says it: the days with the cases they are known of, the two counts of a rate, or X of Y."""
    declared = working.answer.measure
    if isinstance(declared, Average):
        return f"{number(figure.value, 2)} {declared.unit}, of {number(figure.base)}"
    if isinstance(declared, Count):
        return number(figure.met)
    below = number(figure.base) if figure.divisor is None else f"{figure.divisor:g}"
    over = "divided by" if isinstance(declared, Rate) else "of"
    return f"{number(figure.met)} {over} {below}"


def _value(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)


def _part(name: str, words: str) -> Iterator[str]:
    lines = wrap(words, _WIDTH - _NAME) or [""]
    yield f"{name + ':':<{_NAME}}{lines[0]}"
    yield from (f"{'':<{_NAME}}{line}" for line in lines[1:])


def _broken(sql: str) -> Iterator[str]:
    """A statement in lines that can be read: a new one at each of its parts, and none too long."""
    one_line = re.sub(r"\s*\n\s*", " ", sql)
    parts = re.sub(r" (FROM|WHERE|GROUP BY|LEFT OUTER JOIN|JOIN|ORDER BY|AND) ", r"\n\1 ", one_line)
    for part in parts.splitlines():
        yield from wrap(part, _WIDTH, subsequent_indent="    ", break_long_words=False)
