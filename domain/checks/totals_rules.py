"""Rules on a return of totals: its parts against their whole, its periods, and what it takes the place of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.cells import write_day
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.checks.tables import Table, TableRow
from domain.checks.totals_table import first_day, has_totals_headers, last_day
from domain.dimensions import dimension
from domain.fields import Sheet
from domain.measures import Measure, Share, Split
from domain.periods import month_end, month_of
from domain.problem import Level
from domain.totals import comes_to_all, find_measure
from domain.totals_fields import PERCENT

_RIGHT = "Correct the numbers, or confirm that they are as they were counted."


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet, of which everything could be read."""

    row: TableRow
    measure: Measure
    breakdown: str
    category: str
    area: str
    count: int
    base: int | None
    span: tuple[str, str]

    @property
    def number(self) -> int:
        """Its row number in Excel."""
        return self.row.number


def _lines(checking: Checking) -> Iterator[_Line]:
    table = checking.found[Sheet.TOTALS]
    for row in checking.kept(table):
        values = row.values
        measure = find_measure(str(values.get("measure", "")), checking.service or "")
        count, base = values.get("count"), values.get("denominator")
        if measure is None or row.faulty or not isinstance(count, int):
            continue
        yield _Line(
            row,
            measure,
            str(values.get("breakdown") or ""),
            str(values.get("category") or ""),
            str(values.get("area") or ""),
            count,
            base if isinstance(base, int) else None,
            (str(values.get("period_start")), str(values.get("period_end"))),
        )


def _at(table: Table, line: _Line, key: str, found: str, wanted: str, repair: str) -> Finding:
    return Finding(found, wanted, repair, table.name, line.number, table.header(key, key.capitalize()))


@rule("V01", Level.MUST_FIX, "A return has cases or totals, not both", stage=Stage.SHEETS)
def cases_or_totals(checking: Checking) -> Iterable[Finding]:
    """Yield a sheet of totals in a return of cases."""
    name = checking.unwanted.get(Sheet.TOTALS)
    sheets = (sheet for sheet in checking.draft.sheets if sheet.name == name)
    if name and Sheet.CASES in checking.found and any(has_totals_headers(sheet) for sheet in sheets):
        yield Finding(
            "The file has cases and totals; the same people would be counted twice.",
            "Either a row for each case, or totals where cases may not be shared.",
            "Delete one of the two sheets.",
            name,
        )


@rule(
    "V27",
    Level.MUST_FIX,
    "A return of totals holds a number",
    stage=Stage.WHOLE,
    needs=("cover", Sheet.TOTALS),
)
def some_number(checking: Checking) -> Iterable[Finding]:
    """Yield a return of totals without any number that does not say that there is nothing to report."""
    table = checking.found[Sheet.TOTALS]
    if not table.rows and not checking.nil:
        yield Finding(
            "No row has a number, so nothing would be counted.",
            "A number in at least one row; 0 for none.",
            "Fill the column 'Count', or enter Y as 'Nil return' on the Cover when there is nothing to report.",
            table.name,
            None,
            table.header("count"),
        )


@rule(
    "V20", Level.MUST_FIX, "A row of totals has a number, and a share its denominator", stage=Stage.ROWS,
    needs=(Sheet.TOTALS, "service"),
)  # fmt: skip
def numbers_there(checking: Checking) -> Iterable[Finding]:
    """Yield a denominator without its count, and a share without its denominator."""
    table = checking.found[Sheet.TOTALS]
    for row in checking.kept(table):
        if "count" not in row.values and "count" not in row.faulty:
            yield Finding(
                "The row has a denominator and no count.", "How many; 0 for none.",
                "Enter the count, or delete the denominator when it is not known.",
                table.name, row.number, table.header("count"),
            )  # fmt: skip
    for line in _lines(checking):
        if isinstance(line.measure, Share) and line.base is None:
            yield _at(
                table, line, "denominator", f"'{line.measure.label}' is a share, and the row says not of how many.",
                "Out of how many.", "Enter the denominator.",
            )  # fmt: skip


@rule(
    "V20", Level.MUST_FIX, "A part is not more than its whole in totals", stage=Stage.WHOLE,
    needs=(Sheet.TOTALS, "service"),
)  # fmt: skip
def part_within_whole(checking: Checking) -> Iterable[Finding]:
    """Yield a count above its denominator or above the row of all together, and answers of different denominators."""
    table = checking.found[Sheet.TOTALS]
    lines = list(_lines(checking))
    whole = {(x.measure.key, x.area, x.span): x for x in lines if not x.category}
    first: dict[tuple[str, str, tuple[str, str]], _Line] = {}
    for line in lines:
        key = (line.measure.key, line.area, line.span)
        together = whole.get(key) if line.category else None
        if line.base is not None and line.count > line.base:
            yield _at(
                table, line, "count", f"The count is {line.count:,}, and the denominator {line.base:,}.",
                "A count of at most the denominator.", "Correct one of the two.",
            )  # fmt: skip
        elif together is not None and line.count > together.count:
            yield _at(
                table, line, "count",
                f"The count is {line.count:,}, and row {together.number} says {together.count:,} for all together.",
                "A part of at most the whole.", "Correct one of the two.",
            )  # fmt: skip
        if isinstance(line.measure, Split) and line.category and line.base is not None:
            other = first.setdefault(key, line)
            said = together.count if together is not None else other.base
            if said != line.base:
                where = together.number if together is not None else other.number
                yield _at(
                    table, line, "denominator",
                    f"The denominator is {line.base:,}, and row {where} says {said:,} for the same people.",
                    "One denominator for all the answers.", "Correct one of the two.",
                )  # fmt: skip


@rule(
    "V21",
    Level.CONFIRM,
    "The parts of totals add up to the whole",
    stage=Stage.WHOLE,
    needs=(Sheet.TOTALS, "service"),
)
def parts_add_up(checking: Checking) -> Iterable[Finding]:
    """Yield every set of answers, and of areas, that comes to another number than all together."""
    table = checking.found[Sheet.TOTALS]
    if any(row.faulty for row in table.rows) or len(checking.copies(Sheet.TOTALS)) < len(
        checking.repeats[Sheet.TOTALS]
    ):
        return  # what must be put right first would be said twice
    lines = list(_lines(checking))
    whole = {(x.measure.key, x.area, x.span): x.count for x in lines if not x.category}
    parts: dict[tuple[str, str, tuple[str, str], str], list[_Line]] = {}
    for line in lines:
        if line.category and comes_to_all(line.measure, line.breakdown):
            parts.setdefault((line.measure.key, line.area, line.span, line.breakdown), []).append(line)
        elif not line.category and line.area:
            parts.setdefault((line.measure.key, "", line.span, "area"), []).append(line)
    for (key, area, span, breakdown), these in parts.items():
        bases = {line.base for line in these if line.base is not None}
        split = isinstance(these[0].measure, Split) and breakdown != "area"
        said = whole.get((key, area, span), bases.pop() if split and len(bases) == 1 else None)
        counted = sum(line.count for line in these)
        if said is not None and counted != said:
            where = checking.settings.area_label(area) + ": " if area else ""
            numbers = [line.number for line in these]
            yield Finding(
                f"{where}'{these[0].measure.label}' by {dimension(breakdown).label.lower()} comes to {counted:,}, "
                f"and all together is {said:,}: {abs(counted - said):,} {'more' if counted > said else 'fewer'} "
                f"({rows_in_words(numbers)}).",
                "Parts that come to the whole, or a reason why they do not.",
                _RIGHT,
                table.name,
                the_only(numbers),
                table.header("count"),
                rows=several(numbers),
                fields=("count",),
                general=f"'{these[0].measure.label}' by {dimension(breakdown).label.lower()} does not come to all together.",
            )


@rule(
    "V05", Level.MUST_FIX, "A row of totals counts whole months of the return's period", stage=Stage.ROWS,
    needs=(Sheet.TOTALS, "period"),
)  # fmt: skip
def months_of_the_period(checking: Checking) -> Iterable[Finding]:
    """Yield every row whose period is not whole months, or is not within the period on the Cover."""
    table, period = checking.found[Sheet.TOTALS], checking.period
    for row in checking.kept(table):
        start, end = first_day(row), last_day(row)
        if period is None or start is None or end is None:
            continue
        months = start.day == 1 and end == month_end(month_of(end)) and start <= end
        if months and period.start <= start and end <= period.end:
            continue
        key = "period_start" if start.day != 1 or start < period.start or start > end else "period_end"
        yield Finding(
            f"The row counts {write_day(start)} to {write_day(end)}, "
            + ("which is not whole months." if not months else f"and the return is for {period.label}."),
            "Whole months within the period of the return, or blank for all of it.",
            "Correct the two days, or leave them blank.",
            table.name,
            row.number,
            table.header(key),
        )


@rule(
    "V28",
    Level.SAID,
    "Rows of totals without a number are left out",
    stage=Stage.SHEETS,
    needs=(Sheet.TOTALS,),
)
def rows_without_a_number(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows whose count and denominator are blank."""
    if checking.no_number:
        yield Finding(
            f"We left out rows without a number ({rows_in_words(checking.no_number)}): what they are about is "
            "not known, and never nought.",
            "0 where there was none; blank where it is not known.",
            "Nothing needs to be done if it is not known.",
            checking.found[Sheet.TOTALS].name,
            the_only(checking.no_number),
            rows=several(checking.no_number),
        )


@rule(
    "V20",
    Level.SAID,
    "Percentages in totals are turned into numbers",
    stage=Stage.ROWS,
    needs=(Sheet.TOTALS,),
)
def percentages_counted(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows whose count was worked out from a percentage."""
    table = checking.found[Sheet.TOTALS]
    rows = [row.number for row in table.rows if row.values.get("unit") == PERCENT and not row.faulty]
    if rows:
        yield Finding(
            f"We worked out the count from the percentage and the denominator ({rows_in_words(rows)}); only one "
            "number comes out at each.",
            "The count itself.",
            "Enter the counts if you have them.",
            table.name,
            the_only(rows),
            table.header("count"),
            rows=several(rows),
        )


@rule(
    "V02", Level.SAID, "A return of another kind than the one it replaces says so", stage=Stage.COVER,
    needs=("cover", "service", "provider", "period"),
)  # fmt: skip
def changes_kind(checking: Checking) -> Iterable[Finding]:
    """Yield totals that take the place of cases, or cases that take the place of totals."""
    cover, period = checking.cover, checking.period
    if cover is None or period is None or checking.from_council:
        return
    key = (checking.service or "", checking.provider or "")
    replaced = [p for p in checking.known.of(*key) if period.covers(p)]
    other = [p for p in replaced if ((*key, p) in checking.known.in_totals) is not checking.in_totals]
    if other:
        named = ", ".join(p.label for p in other)
        place = cover.place("period_start")
        yield Finding(
            f"These totals will replace the cases of {named}: figures that totals cannot give will no longer show them."
            if checking.in_totals
            else f"These cases will replace the totals of {named}.",
            "The kind of return that the provider may send.",
            "Nothing needs to be done if that is what you meant.",
            cover.draft.name,
            place.row or None,
            place.header,
        )
