"""The smaller groups within an answer, as the nineteen ethnic groups within the six: rows of the table, beneath their group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.columns import column_codes
from domain.disclosure import SMALL, Released
from domain.formats import NOTHING, number
from domain.measures import Split
from domain.rounding import percent
from domain.statistics import wilson_interval
from domain.table import Cell, Table

NOT_FURTHER = "not described further"


@dataclass(frozen=True, slots=True)
class Part:
    """One smaller group: the answer that it belongs to, its words, and how many."""

    parent: str
    label: str
    met: int


def smaller_groups(released: Released, service: str) -> dict[str, tuple[str, ...]]:
    """The smaller groups of each answer that somebody gave: keys of the answer to keys of its groups."""
    measure = released.measure
    if not isinstance(measure, Split):
        return {}
    codes = column_codes(measure.field, service)
    given = [figure.keys[-1] for figure in released.figures if figure.met]
    return {key: children for key in given if (children := codes.children(key))}


def parts_of(released: Released, found: Mapping[str, Released], service: str) -> tuple[Part, ...]:
    """The smaller groups that somebody is in, and those of whom only the larger group is known; none where nobody's smaller group is known.

    `found` are the counts of the smaller groups by their keys, each limited to its answer.
    """
    measure = released.measure
    if not isinstance(measure, Split):
        return ()
    codes, parts = column_codes(measure.field, service), list[Part]()
    for parent, children in smaller_groups(released, service).items():
        whole = released.figure(parent)
        counts = {key: _total(found[key]) for key in children if key in found}
        if whole is None or len(counts) < len(children):
            continue
        parts += [Part(parent, codes.label(key), met) for key, met in counts.items() if met]
        if rest := whole.met - sum(counts.values()):
            parts.append(Part(parent, NOT_FURTHER, rest))
    return tuple(parts) if any(part.label != NOT_FURTHER for part in parts) else ()


def _total(released: Released) -> int:
    return released.total.met if released.total else 0


def with_parts(table: Table, released: Released, parts: Sequence[Part]) -> Table:
    """The table with a row for each smaller group beneath the row of its answer; its share is out of the same base."""
    if not parts or len(table.rows) != len(released.figures):
        return table
    rows: list[tuple[Cell, ...]] = []
    for row, figure in zip(table.rows, released.figures, strict=True):
        rows.append(row)
        for part in parts:
            if part.parent == figure.keys[-1]:
                rows.append(_row(part, figure.label, figure.base, len(table.headers)))
    return Table(table.headers, tuple(rows))


def with_headings(table: Table, released: Released, service: str) -> Table:
    """The table with a row for each heading of the list, such as all fixed accommodation together; every answer must be known here."""
    measure = released.measure
    if not isinstance(measure, Split) or len(table.rows) != len(released.figures) or not released.base:
        return table
    codes, rows = column_codes(measure.field, service), list(table.rows)
    for code in codes.codes:
        if code.heading:
            found = [one for one in released.figures if one.keys[-1] in codes.children(code.key)]
            if found:
                part = Part(code.key, code.label, sum(one.met for one in found))
                rows.append(_row(part, "Together", found[0].base, len(table.headers)))
    return Table(table.headers, tuple(rows))


def _row(part: Part, group: str, base: int, width: int) -> tuple[Cell, ...]:
    low, high = wilson_interval(part.met, base)
    few = f"few cases ({part.met})" if part.met < SMALL else ""
    limits = (f"{number(100 * low, 1)}%", f"{number(100 * high, 1)}%")
    cells = (
        f"{group}: {part.label}",
        part.met,
        base,
        f"{percent(part.met, base, 1)}%",
        *limits,
        NOTHING,
        NOTHING,
        few,
    )
    return (*cells, *[NOTHING] * (width - len(cells)))
