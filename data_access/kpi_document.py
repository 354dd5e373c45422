"""The page of the documents that gives each KPI's formula as SQL, its source and its boundary test. Written from the declarations.

Run as ``python -m data_access.kpi_document > docs/kpis.md``; a test holds that the page is what this prints.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Date, Integer, Table, column, literal_column
from sqlalchemy.dialects import sqlite

from data_access.tables import TABLE_OF, cases
from domain.columns import Condition
from domain.completeness_kind import Completeness
from domain.fields import COUNCIL_FIELDS
from domain.given_kinds import GivenShare, GivenSplit
from domain.kpis import Kpi, catalogue
from domain.measures import SHEET_OF, Average, Measure, Share, Split, Spread, Stock, measure
from domain.rate_kinds import OpenCases, Posts, Rate
from domain.services import service
from domain.settings_words import target_words

BOUNDARIES = "tests/spec/test_kpi_boundaries.py"
_HEAD = """# The KPIs, each with its formula

Written by `make docs` from `domain/kpis.toml` and the measures; do not edit it by hand.

*Counted*, *out of* and *only* are SQL over the rows that count (`cases` and the other sheets, the row of the latest return of each
case). `as_at` is the last day of the provider's latest return, `due_mediation` the last day by the start of the 30 days that the
contract chooses, `last_day` the end of the period, `first_day` its first day. A blank in a condition makes it neither true nor false,
so that the row is not counted. For a KPI with agreed exceptions the adjusted figure leaves out of *out of* the cases that missed and
for which an exception counts.
"""


_KNOWN = {
    "as_at": Date(),
    "case_report_settled_by": Date(),
    "case_report_days_allowed": Integer(),
    "day": Date(),
}
"""What the reading knows and no table holds."""
_OF_THE_COUNCIL = TABLE_OF[next(f.sheet for f in COUNCIL_FIELDS)]


class _Columns:
    """The columns under their bare names, each of its own kind."""

    def __init__(self, table: Table) -> None:
        held = (*_OF_THE_COUNCIL.columns, *cases.columns, *table.columns)
        self._kinds: dict[str, Any] = {c.key: c.type for c in held} | _KNOWN

    def __getattr__(self, key: str) -> Any:
        return column("last_day" if key == "day" else key, self._kinds.get(key))

    @property
    def due(self) -> _Due:
        return _Due()

    def has(self, field: str, code: str) -> Any:
        return literal_column(f"'{code}' is one of {field}")

    def excepted(self, kpi: str) -> Any:
        return literal_column("an agreed exception counts")


class _Due:
    def __getattr__(self, clock: str) -> Any:
        return column(f"due_{clock}", Date())


def _sql(condition: Condition | None, table: Table) -> str:
    if condition is None:
        return "every row"
    made = condition(_Columns(table))
    written = made.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return " ".join(str(written).split())


def _parts(declared: Measure) -> Iterable[tuple[str, str]]:
    """What is counted, as name and SQL or words."""
    table = TABLE_OF[SHEET_OF[declared.table]]
    yield "rows of", f"`{table.name}`, {declared.dated_by}"
    if isinstance(declared, Rate):
        over = list(_parts(declared.over))[1:]
        yield from ((f"{name}, above", words) for name, words in over)
        yield from ((f"{name}, below", words) for name, words in _divisor(declared.of))
        yield "times", str(declared.times)
        return
    if isinstance(declared, Completeness | GivenShare | GivenSplit):
        yield "formula", declared.definition
        return
    if declared.among is not None:
        yield "only", f"`{_sql(declared.among, table)}`"
    match declared:
        case Share(met=met, base=base, asks=asks):
            yield "counted", f"`{_sql(met, table)}`"
            asked = f" AND {asks} is known" if asks else ""
            yield "out of", f"`{_sql(base, table)}{asked}`"
        case Split(field=field, leave_out=left):
            yield (
                "counted",
                f"each answer of `{field}`" + (f", leaving out {', '.join(left)}" if left else ""),
            )
        case Average(spread=spread, statistic=statistic):
            yield "value", f"{statistic} of `{spread.value}`" + _among_spread(spread, table)
        case Stock(counted=counted):
            yield "counted", f"`{_sql(lambda c: counted(c, column('last_day', Date())), table)}`"
        case _:
            yield "counted", "the rows"


def _among_spread(spread: Spread, table: Table) -> str:
    return f" where `{_sql(spread.among, table)}`" if spread.among is not None else ""


def _divisor(of: OpenCases | Posts) -> Iterable[tuple[str, str]]:
    table = TABLE_OF[SHEET_OF[of.table]]
    yield "rows of", f"`{table.name}`"
    if isinstance(of, Posts):
        yield "added up", f"`fte` where `{_sql(of.counted, table)}`"
        return
    first, last = column("first_day", Date()), column("last_day", Date())
    yield "counted", f"`{_sql(lambda c: of.counted(c, first, last), table)}`"  # type: ignore[arg-type]


def _targets(kpi: Kpi) -> str:
    said = [
        f"{target_words(t)} from {t.since.isoformat()}{' (example)' if t.example else ''}"
        for t in kpi.starting_targets
    ]
    return "; ".join(said) or "none"


def _block(kpi: Kpi) -> str:
    lines = [f"## {kpi.id} {kpi.name}", ""]
    facts: list[tuple[str, str]] = [("service", service(kpi.service).label)]
    if kpi.display:
        facts.append(("figure", kpi.display))
    else:
        declared = measure(kpi.measure, kpi.service)
        facts += [("measure", f"`{declared.key}`, {declared.better}"), *_parts(declared)]
        facts += [("one figure for each", f"`{kpi.by}`")] if kpi.by else []
        facts += [("out of", "the cases that the contract includes")] if kpi.contract_year else []
        facts += [("agreed exceptions", "give an adjusted figure beside it")] if kpi.exceptions else []
    facts += [("target to start with", _targets(kpi)), ("who answers", kpi.accountable), ("basis", kpi.basis)]
    if kpi.reference:
        facts.append(("reference", f"{', '.join(map(str, kpi.reference))} ({kpi.reference_note})"))
    facts += [("minimum base", str(kpi.minimum_base)), ("source", kpi.source)]
    test = (
        f"`{BOUNDARIES}` [{kpi.id}]"
        if kpi.starting_targets
        else "none: without a target there is no boundary"
    )
    facts.append(("boundary test", test))
    return "\n".join(
        [*lines, "| | |", "|---|---|", *(f"| {name} | {_cell(words)} |" for name, words in facts), ""]
    )


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def kpi_document() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *(_block(kpi) for kpi in catalogue())])


if __name__ == "__main__":
    sys.stdout.write(kpi_document())
