"""The panels on how completely the columns of cases are filled in: altogether, by quarter, and by provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from components.charts.stacked_counts import stacked_counts
from components.data_quality_grid import BANDS_NOTE, completeness_grid
from components.data_quality_words import Shown, fields_message, filled_message, unsure_words
from components.panel import Panel
from domain.data_quality import Cells, Part, Said, asked_of_cases, grouped, together
from domain.formats import NOTHING, counted, listed, number, percent_of
from domain.periods import time_key, time_label
from domain.table import Cell, Table

_ABOUT = (
    "Filled in: anything but a blank, out of the cases in which an answer is wanted; a date is wanted once what it dates has happened. "
    "'Don't know' is an answer."
)
_NOT_ALL = "Columns that may rightly stay blank, such as a date of something that need not happen, are not among them."
_QUARTERS = 8
"""So many quarters have room in a chart on a telephone; the table has all of them."""
_NAMED = 3
_UNDATED = "No date"
_ORDER = (Said.ANSWER, Said.NONE, Said.DONT_KNOW, Said.DECLINED, Said.BLANK)


def labels_of(service: str) -> dict[str, str]:
    """The columns that are asked about, by their headers."""
    return {one.key: one.field.label for one in asked_of_cases(service)}


def title_of(parts: Sequence[Part], shown: Shown) -> str:
    """The title of the page: the column that is blank most often, and how the others are."""
    labels = labels_of(shown.selection.service)
    return fields_message(together(parts, fields=list(labels)), labels)


def fields_panel(parts: Sequence[Part], shown: Shown) -> Panel:
    """Each column, the one blank most often first: what its cells say."""
    labels = labels_of(shown.selection.service)
    cells = together(parts, fields=list(labels))
    rows = {labels[key]: {str(said): one.counts[said] for said in Said} for key, one in cells.items()}
    said = "; ".join(
        f"{labels[key]} {percent_of(one.filled, one.wanted)} filled in"
        for key, one in list(cells.items())[:6]
    )
    unsure = unsure_words(cells, labels)
    looks = (Said.BLANK, Said.DECLINED, Said.ANSWER, Said.NONE, Said.DONT_KNOW)
    return Panel(
        key="data_quality_fields",
        title=filled_message(cells),
        figure=stacked_counts(rows, [str(one) for one in looks], shown.source) if cells else None,
        alt=f"Columns of the cases, the least filled in first: {said}.",
        table=_fields_table(cells, labels),
        basis=shown.basis(_base(parts), _ABOUT),
        notes=(*([unsure] if unsure else []), _NOT_ALL, *_undated_too(parts, shown), *_of_totals(shown)),
    )


def _undated_too(parts: Sequence[Part], shown: Shown) -> tuple[str, ...]:
    """That cases without a date of referral are among those of the months chosen: nobody knows of which month they are."""
    undated = sum(sum(p.counts.values()) for p in parts if p.field == "area" and p.month is None)
    if not undated or not shown.selection.timed:
        return ()
    verb = "is" if undated == 1 else "are"
    return (
        f"{counted(undated, 'case')} without a date of referral {verb} among them, whatever months are chosen.",
    )


def _of_totals(shown: Shown) -> tuple[str, ...]:
    """Whose figures have no case behind them, so that nothing can be said of their columns."""
    whose = listed([shown.settings.provider_label(key) for key in shown.in_totals])
    return (f"Of what {whose} sent as totals, no case is known.",) if whose else ()


def _base(parts: Sequence[Part]) -> str:
    """How many cases are looked at: every case is asked for its area."""
    cases = sum(sum(part.counts.values()) for part in parts if part.field == "area")
    return f"n = {counted(cases, 'case')}"


def _fields_table(cells: Mapping[str, Cells], labels: Mapping[str, str]) -> Table:
    def row(key: str, one: Cells) -> tuple[Cell, ...]:
        share = percent_of(one.filled, one.wanted)
        return (labels[key], one.wanted, one.filled, share, *(one.counts[said] for said in _ORDER))

    return Table(
        ("Column", "Wanted in cases", "Filled in", "Share", *map(str, _ORDER)),
        tuple(row(key, one) for key, one in cells.items()),
    )


def quarters_panel(parts: Sequence[Part], shown: Shown) -> Panel:
    """Each column in each quarter of referral; the latest quarters are drawn."""
    dated = [part for part in parts if part.month is not None]
    quarters = sorted({time_key("quarter", part.month) for part in dated if part.month is not None})
    names = {key: time_label("quarter", key) for key in quarters}
    undated = any(part.month is None and any(part.counts.values()) for part in parts)

    def of(part: Part) -> str:
        return _UNDATED if part.month is None else names[time_key("quarter", part.month)]

    columns = [*names.values(), *([_UNDATED] if undated else [])]
    drawn = list(names.values())[-_QUARTERS:]
    notes = (
        [f"The chart has the latest {_QUARTERS} quarters; the table has all of them."]
        if len(names) > _QUARTERS
        else []
    )
    return _grid_panel("data_quality_quarters", "quarter", parts, of, columns, drawn, shown, notes)


def providers_panel(parts: Sequence[Part], shown: Shown) -> Panel | None:
    """Each column at each provider; nothing where there is one provider only."""
    keys = [one.key for one in shown.settings.providers if any(part.provider == one.key for part in parts)]
    if len(keys) < 2:
        return None
    names = {key: shown.settings.provider_label(key) for key in keys}
    columns = list(names.values())

    def of(part: Part) -> str:
        return names.get(part.provider, part.provider)

    return _grid_panel("data_quality_providers", "provider", parts, of, columns, columns, shown, [])


def _grid_panel(
    key: str,
    what: str,
    parts: Sequence[Part],
    of: Callable[[Part], str],
    columns: Sequence[str],
    drawn: Sequence[str],
    shown: Shown,
    notes: Sequence[str],
) -> Panel:
    labels = labels_of(shown.selection.service)
    rows = {field: labels[field] for field in together(parts, fields=list(labels))}
    cells = grouped(parts, lambda part: (labels[part.field], of(part)))
    return Panel(
        key=key,
        title=_worst_cell(cells, drawn, what),
        figure=completeness_grid(list(rows.values()), drawn, cells, shown.source) if rows and drawn else None,
        alt=f"Share filled in of {counted(len(rows), 'column')} in each {what}. {_worst_cell(cells, drawn, what)}.",
        table=Table(
            ("Column", *(f"{name}: filled in" for name in columns)),
            tuple((label, *(_cell(cells.get((label, name))) for name in columns)) for label in rows.values()),
        ),
        basis=shown.basis(_base(parts), _ABOUT),
        notes=(BANDS_NOTE, "The columns stand in the order of all cases, the least filled in first.", *notes),
    )


def _cell(one: Cells | None) -> str:
    if one is None or not one.wanted:
        return NOTHING
    return f"{percent_of(one.filled, one.wanted)} ({number(one.filled)} of {number(one.wanted)})"


def _worst_cell(cells: Mapping[tuple[str, str], Cells], drawn: Sequence[str], what: str) -> str:
    """Where most blanks are, of what is drawn: a count and not a share, because a share of few cases jumps."""
    found = {key: one for key, one in cells.items() if key[1] in drawn and one.blank}
    if not found:
        return (
            f"Every column is filled in, in each {what}"
            if cells
            else "No case has been sent for what is chosen"
        )
    most = max(one.blank for one in found.values())
    worst = [key for key, one in found.items() if one.blank == most]
    where = worst[0][1]
    named = listed([label for label, place in worst if place == where], _NAMED)
    one = found[worst[0]]
    each = ", each" if sum(place == where for _, place in worst) > 1 else ""
    return f"Most blanks by {what}: {named}{each} in {number(one.blank)} of {counted(one.wanted, 'case')}, {where}"
