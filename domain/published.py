"""The figures that the source documents print, and how each is held against the cases.

A figure is shown as it was printed, for ever; ours stands beside it. `published/<document>_checks.csv` says of
every figure which measure should give it again, or why none can. What is asked of the cases is a count where the
document prints one, else a percentage, a mean or a range. What does not fit in a document is a finding, E1 to H6:
`published/CHECKS.md` holds the evidence, `published/findings.csv` the words for a reader.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from domain.periods import Period, parse_month


class CheckState(StrEnum):
    """What became of a published figure when it was asked of the cases."""

    FROM_CASES = "reproduced from cases"
    UNDER_ASSUMPTION = "reproduced under an assumption"
    AS_PUBLISHED = "loaded as published"
    EXPLAINED = "differs as explained"
    CANNOT_BE_DERIVED = "cannot be derived"
    DIFFERS = "DIFFERS"


class Part(StrEnum):
    """Which part of an answer the document prints."""

    NOTHING = ""
    MET = "met"
    BASE = "base"
    PERCENT = "percent"
    VALUE = "value"
    PER_MONTH = "per_month"
    ONE_IN = "one_in"
    KEY_RANGE = "key_range"
    PERCENT_RANGE = "percent_range"


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """How one figure is asked of the cases.

    Parameters
    ----------
    state : what it should turn out to be.
    service : whose cases are asked.
    measure, where, by : as on the command line; a split without `by` has one row, a spread one a whole value.
    first_month, last_month : months such as 201706, by the measure's own date; None is all cases, undated
        ones too.
    at : the month at whose end a stock is counted.
    rows : keys of the rows that are added up; '1..8' and '4..' mean whole numbers; empty means all.
    base_rows : rows whose counts together are the base: '*' all, '!UNK' all but that one, never a row with a
        blank key; empty takes the rows' own base.
    over : a measure whose counts together are the base instead, asked of all cases: no `where`, no months.
    expected : what we get where the document prints something else, as text.
    printed : the printed words as a number ('one in six' is 6).
    check_id : the id of the finding that explains a difference.
    declared : what the dashboard itself judges by and the document prints: 'kpi:HM3', 'clock:initial_contact'.
    """

    state: CheckState
    service: str = "mentoring"
    measure: str = ""
    where: tuple[tuple[str, str], ...] = ()
    by: str = ""
    rows: tuple[str, ...] = ()
    first_month: int | None = None
    last_month: int | None = None
    at: int | None = None
    part: Part = Part.NOTHING
    over: str = ""
    base_rows: tuple[str, ...] = ()
    expected: str = ""
    printed: str = ""
    check_id: str = ""
    why: str = ""
    declared: tuple[str, ...] = ()

    @property
    def asks_cases(self) -> bool:
        """Whether the cases are asked at all."""
        return bool(self.measure)


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One source document.

    Parameters
    ----------
    key : names its files in `published/`.
    title : as its figures name it.
    label : how a picker and a sentence name it.
    service : whose cases its figures are about.
    findings : the letter that its findings begin with.
    """

    key: str
    title: str
    label: str
    service: str
    findings: str


DOCUMENTS: tuple[PublishedDocument, ...] = (
    PublishedDocument(
        "norfolk",
        "Norfolk MDR needs assessment 2025-2028",
        "Norfolk needs assessment (SEND mediation)",
        "send",
        "N",
    ),
    PublishedDocument(
        "essex",
        "Essex Trailblazers second deep dive report (June 2019)",
        "Essex Trailblazers report (mentoring)",
        "mentoring",
        "E",
    ),
    PublishedDocument(
        "exchange_note",
        "Homelessness mediation exchange note",
        "Homelessness mediation exchange note",
        "homelessness",
        "X",
    ),
    PublishedDocument(
        "send_factsheet", "SEND mediation factsheet 3", "SEND mediation factsheet", "send", "S"
    ),
    PublishedDocument(
        "housing_specification",
        "Housing mediation services specification (Appendix A)",
        "Housing mediation specification",
        "housing",
        "H",
    ),
)


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One printed figure, with its place in the document. Percentages are on the scale 0 to 100."""

    fig_id: str
    document: str
    area: str
    measure: str
    breakdown: str
    category: str
    count: int | None
    denominator: int | None
    percent: Decimal | None
    value: str
    unit: str
    period: Period | None
    source: str
    note: str
    check: PublishedCheck

    @property
    def place(self) -> str:
        """Where in the document it stands: "s6.3 table", "chart 'Reasons for Mediation - Calendar year 2024'"."""
        return self.source.partition(": ")[2]

    @property
    def printed(self) -> str:
        """The one value that `verify` prints: the count if there is one, else the percentage or the text."""
        if self.count is not None:
            return str(self.count)
        return self.value if self.percent is None else str(self.percent)


def document(key: str) -> PublishedDocument:
    """The source document with this key. Raises KeyError when there is none."""
    for declared in DOCUMENTS:
        if declared.key == key:
            return declared
    raise KeyError(f"'{key}' is not a source document; there is {', '.join(d.key for d in DOCUMENTS)}")


@lru_cache
def published_figures(key: str = "") -> tuple[PublishedFigure, ...]:
    """Give the figures of one source document, or the 357 of all five, in their order.

    Raises
    ------
    ValueError
        When a figure has no check, or a check no figure.
    """
    if not key:
        return tuple(figure for each in DOCUMENTS for figure in published_figures(each.key))
    source = document(key)
    checks = {row["fig_id"]: _check(row, source) for row in _rows(f"{key}_checks.csv")}
    figures = tuple(_figure(row, source, checks) for row in _rows(figures_file(source)))
    left_over = sorted(set(checks) - {figure.fig_id for figure in figures})
    if left_over:
        raise ValueError(f"checks of figures that nobody published: {', '.join(left_over)}")
    return figures


def measure_words(key: str) -> str:
    """The name of what a figure counts, in plain words: 'case_outcome_base' is 'Completed cases'."""
    words = key.replace("_", " ")
    return _words().get(key, words[:1].upper() + words[1:])


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {row["measure"]: row["words"] for row in _rows("words.csv")}


def figures_file(source: PublishedDocument) -> str:
    """The name of the file that holds what a document prints, here and among the example data."""
    return f"figures_{source.key}.csv"


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("domain").joinpath("published", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _figure(
    row: dict[str, str], source: PublishedDocument, checks: dict[str, PublishedCheck]
) -> PublishedFigure:
    if row["fig_id"] not in checks:
        raise ValueError(f"{row['fig_id']} has no check in {source.key}_checks.csv")
    start, end = row["period_start"][:7], row["period_end"][:7]
    return PublishedFigure(
        fig_id=row["fig_id"],
        document=source.key,
        area=row["area"],
        measure=row["measure"],
        breakdown=row["breakdown"],
        category=row["category"],
        count=int(row["count"]) if row["count"] else None,
        denominator=int(row["denominator"]) if row["denominator"] else None,
        percent=Decimal(row["percent_as_published"]) if row["percent_as_published"] else None,
        value=row["value_as_published"],
        unit=row["unit"],
        period=Period.parse(f"{start}..{end}") if start else None,
        source=row["source"],
        note=row["note"],
        check=checks[row["fig_id"]],
    )


def _check(row: dict[str, str], source: PublishedDocument) -> PublishedCheck:
    def month(name: str) -> int | None:
        return parse_month(row[name]) if row[name] else None

    pairs = [pair.partition("=") for pair in row["where"].split(";") if pair]
    return PublishedCheck(
        state=CheckState[row["state"].upper()],
        service=source.service,
        measure=row["measure"],
        where=tuple((field, value) for field, _, value in pairs),
        by=row["by"],
        rows=tuple(name for name in row["rows"].split("|") if name),
        first_month=month("from"),
        last_month=month("to"),
        at=month("at"),
        part=Part(row["part"]),
        over=row["over"],
        base_rows=tuple(name for name in row["base_rows"].split("|") if name),
        expected=row["expected"],
        printed=row["printed"],
        check_id=row["check_id"],
        why=row["why"],
        declared=tuple(name for name in row["declared"].split(";") if name),
    )
