"""Understanding the rows of the sheet Totals, once the cells are read: the names in a row depend on each other."""

from __future__ import annotations

from datetime import date

from domain.cells import Fault, quoted
from domain.checks.tables import HEADER_SEARCH, Place, Table, TableRow, spellings
from domain.coded_cells import Sender
from domain.dimensions import dimension
from domain.drafts import SheetDraft
from domain.fields import KEY_OF, TOTALS, Sheet
from domain.measures import Measure, Split
from domain.periods import Period
from domain.totals import (
    answers_wanted,
    breakdowns_of,
    find_answer,
    find_breakdown,
    find_measure,
    nearest,
    total_measures,
)
from domain.totals_fields import PERCENT
from domain.vocabulary import plain

_PERCENT = frozenset(map(plain, ("percent", "per cent", "percentage")))
_SHOWN = 8
"""So many names are listed for one that is not known."""


def has_totals_headers(draft: SheetDraft) -> bool:
    """Whether a sheet has the headers of our totals, and is not merely called so."""
    known = spellings(TOTALS)
    return any(
        {"measure", "count"} <= {known[plain(c)].key for c in row if isinstance(c, str) and plain(c) in known}
        for row in draft.grid[:HEADER_SEARCH]
    )


def understand_totals(table: Table, sender: Sender, period: Period | None) -> list[int]:
    """Turn the names of each row into keys, its blank days into the return's, and leave out rows without a number.

    Returns
    -------
    list of int
        The rows left out: a blank number is not known, and never nought.
    """
    blank = [row.number for row in table.rows if not _filled(row)]
    table.rows = [row for row in table.rows if _filled(row)]
    for row in table.rows:
        if sender.service is not None:
            _name(table, row, sender)
        _take_percent(table, row)
        if period is not None:
            for key, day in (("period_start", period.start), ("period_end", period.end)):
                if key not in row.values and key not in row.faulty:
                    row.values[key] = day
    return blank


def _filled(row: TableRow) -> bool:
    numbers = {"count", "denominator"}
    return bool(numbers & (row.values.keys() | row.faulty))


def row_key(row: TableRow) -> tuple[str, ...]:
    """What a row is about, for finding it twice; a blank text alone where that cannot be said."""
    parts = KEY_OF[Sheet.TOTALS]
    if row.faulty & set(parts) or "measure" not in row.values:
        return ("",)
    return tuple(str(row.values.get(part) or "-") for part in parts)


def _name(table: Table, row: TableRow, sender: Sender) -> None:
    service = sender.service or ""
    text = str(row.values.get("measure", ""))
    if not text:
        return
    measure = find_measure(text, service)
    if measure is None:
        labels = tuple(m.label for m in total_measures(service))
        _unknown(table, row, "measure", text, labels, "a measure that can be sent as totals")
        return
    row.values["measure"] = measure.key
    breakdown = _breakdown(table, row, measure, service)
    if breakdown and "category" in row.values:
        _answer(table, row, measure, breakdown, sender)
    elif breakdown and not isinstance(measure, Split):
        _fault(
            table, row, "category", f"The row is by {dimension(breakdown).label.lower()}, and says no category.",
            "The answer that the row is about.",
            "Enter the category, or leave the breakdown blank for all together.",
        )  # fmt: skip
    elif not breakdown and "category" in row.values and "breakdown" not in row.faulty:
        _fault(
            table, row, "breakdown", "The row has a category, and does not say of what.",
            "What the category is an answer to, such as Sex.", "Enter the breakdown, or remove the category.",
        )  # fmt: skip


def _breakdown(table: Table, row: TableRow, measure: Measure, service: str) -> str:
    """The key of a row's breakdown; a split is by its own field whether or not the row says so."""
    if "breakdown" not in row.values:
        if not isinstance(measure, Split):
            return ""
        row.values["breakdown"] = measure.field
        return measure.field
    text = str(row.values["breakdown"])
    found = find_breakdown(text, measure, service)
    if found is None:
        labels = tuple(dimension(key).label for key in breakdowns_of(measure, service))
        _unknown(table, row, "breakdown", text, labels, f"a breakdown of '{measure.label}' in totals")
        return ""
    row.values["breakdown"] = found
    return found


def _answer(table: Table, row: TableRow, measure: Measure, breakdown: str, sender: Sender) -> None:
    service, provider = sender.service or "", sender.provider or ""
    text = str(row.values["category"])
    found = find_answer(text, measure, breakdown, sender.settings, service, provider)
    if found is None:
        wanted = answers_wanted(measure, breakdown, sender.settings, service, provider)
        labels = tuple(label for _, label in wanted)
        what = f"an answer that totals by {dimension(breakdown).label.lower()} can give"
        _unknown(table, row, "category", text, labels, what)
    else:
        row.values["category"] = found


def _unknown(table: Table, row: TableRow, key: str, text: str, names: tuple[str, ...], what: str) -> None:
    close = nearest(text, names)
    # A long text that is like no name is a note, and notes hold names of people: it is not shown again.
    said = quoted(text) if close or len(text) <= 40 else f"a text of {len(text)} characters"
    shown = "; ".join(names[:_SHOWN]) + ("; and others" if len(names) > _SHOWN else "")
    repair = f"Did you mean {quoted(close)}?" if close else "Choose one of them, or delete the row."
    _fault(table, row, key, f"We read {said}, which is not {what}.", f"One of: {shown}.", repair)


def _fault(
    table: Table, row: TableRow, key: str, found: str, wanted: str, repair: str, check: str = "V04"
) -> None:
    label = next(f.label for f in TOTALS if f.key == key)
    table.faults.append((Place(row.number, table.header(key, label)), Fault(check, found, wanted, repair)))
    row.faulty.add(key)
    row.values.pop(key, None)


def _take_percent(table: Table, row: TableRow) -> None:
    """Work out the count of a row that gives a percentage. Any other unit says nothing that the measure does not."""
    unit = row.values.pop("unit", None)
    if not isinstance(unit, str) or (unit.strip() != "%" and plain(unit) not in _PERCENT):
        return
    row.values["unit"] = PERCENT
    share, base = row.values.get("count"), row.values.get("denominator")
    if not isinstance(share, int) or row.faulty & {"count", "denominator"}:
        return
    if share > 100:
        _fault(
            table, row, "count", f"We read {share:,} percent.", "A percentage from 0 to 100.",
            "Correct the percentage.", check="V20",
        )  # fmt: skip
    elif not isinstance(base, int) or (count := count_of_percent(share, base)) is None:
        several = (
            f"several numbers out of {base:,} come out at {share}%"
            if base
            else "the row says not of how many"
        )
        _fault(
            table, row, "count", f"The row gives a percentage, and {several}.", "How many.",
            "Enter the count, and leave the unit blank.", check="V20",
        )  # fmt: skip
    else:
        row.values["count"] = count


def count_of_percent(share: int, base: int) -> int | None:
    """How many a whole percentage of a number is, where only one comes out at it when rounded.

    >>> count_of_percent(85, 92), count_of_percent(64, 1200)
    (78, None)
    """
    near = [n for n in range(base + 1) if base and (200 * n + base) // (2 * base) == share]
    return near[0] if len(near) == 1 else None


def first_day(row: TableRow) -> date | None:
    """The first day that a row counts; None where that could not be read."""
    day = row.values.get("period_start")
    return day if isinstance(day, date) else None


def last_day(row: TableRow) -> date | None:
    """The last day that a row counts; None where that could not be read."""
    day = row.values.get("period_end")
    return day if isinstance(day, date) else None
