"""The published record on screen: printed figures beside ours, under the headings of their document, and what does not fit in it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.address import fill, one_of, write
from components.frame import download, section, show_table
from components.panel import Basis, Panel
from domain.findings import findings_of
from domain.formats import NOTHING, counted, number, sentence_case, unmarked
from domain.published import (
    DOCUMENTS,
    CheckState,
    Part,
    PublishedDocument,
    PublishedFigure,
    document,
    measure_words,
)
from domain.table import Cell, Table
from domain.verification import HeldFigure

HEADERS: Final = ("Figure", "Published", "Ours", "State", "Reason")
STATES: Final = {
    CheckState.FROM_CASES: "✓ The same",
    CheckState.UNDER_ASSUMPTION: "✓ The same, with an assumption",
    CheckState.AS_PUBLISHED: "– As printed",
    CheckState.EXPLAINED: "≠ Differs, with a reason",
    CheckState.CANNOT_BE_DERIVED: "– Cannot be worked out",
    CheckState.DIFFERS: "✗ Differs",
}
_TOLD: Final = {
    CheckState.FROM_CASES: ("comes out again as it is", "come out again as they are"),
    CheckState.UNDER_ASSUMPTION: (
        "comes out again with a stated assumption",
        "come out again with a stated assumption",
    ),
    CheckState.EXPLAINED: ("differs for a stated reason", "differ for a stated reason"),
    CheckState.CANNOT_BE_DERIVED: (
        "cannot be worked out from a return",
        "cannot be worked out from a return",
    ),
    CheckState.AS_PUBLISHED: (
        "is no count of cases and stands as printed",
        "are no counts of cases and stand as printed",
    ),
    CheckState.DIFFERS: ("differs without a reason", "differ without a reason"),
}
_OFTEN: Final = 3
_SAME: Final = (CheckState.FROM_CASES, CheckState.UNDER_ASSUMPTION)
_OPERATORS: Final = {">=": "at least", "<=": "at most", "<": "below", ">": "above"}
_ALL, _OTHERS = "all", "others"
_SHOWN: Final = {_ALL: "All figures", _OTHERS: "Only those that do not come out again"}
_SECTION: Final = re.compile(r"s?(\d+(?:\.\d+)?)(?!.*table)")
EXAMPLES_NOTE: Final = (
    "'Ours' is counted from the example cases, never from returns that you have saved. Where a document prints less than a "
    "case holds, the example cases are invented so that what it does print comes out."
)


def choose_document() -> PublishedDocument:
    """The source document that the reader chose; it stands in the address."""
    keys = [declared.key for declared in DOCUMENTS]
    fill("source", one_of(keys, str, keys[0]), keys[0])
    chosen = st.selectbox("Source document", keys, format_func=lambda key: document(key).label, key="source")
    write("source", [] if chosen == keys[0] else [chosen])
    return document(chosen)


def choose_figures(held: Sequence[HeldFigure]) -> Sequence[HeldFigure]:
    """The figures that the reader wants to see: all, or those that do not come out again."""
    fill("show", one_of(list(_SHOWN), str, _ALL), _ALL)
    shown = st.radio("Show", list(_SHOWN), format_func=_SHOWN.__getitem__, key="show", horizontal=True)
    write("show", [] if shown == _ALL else [shown])
    return held if shown == _ALL else [each for each in held if each.verdict.state not in _SAME]


def published_title(held: Sequence[HeldFigure]) -> str:
    """The point of the page: '240 of 265 printed figures come out again from the example cases'."""
    if not any(each.figure.check.asks_cases for each in held):
        return f"{counted(len(held), 'printed figure')}, none of them a count of cases"
    same = sum(each.verdict.state in _SAME for each in held)
    return f"{number(same)} of {counted(len(held), 'printed figure')} come out again from the example cases"


def published_sentence(source: PublishedDocument, held: Sequence[HeldFigure]) -> str:
    """What became of the figures of a document, as one sentence."""
    states = Counter(each.verdict.state for each in held)
    parts = [counted(states[state], *words) for state, words in _TOLD.items() if states[state]]
    return f"{source.title}: {'; '.join(parts)}."


def published_tables(held: Sequence[HeldFigure]) -> dict[str, Table]:
    """The figures under the headings of their document, each with its reason."""
    groups: dict[str, list[HeldFigure]] = {}
    for each in held:
        groups.setdefault(heading(each.figure), []).append(each)
    areas = Counter(each.figure.area for each in held).most_common(1)
    usual = areas[0][0] if areas else ""
    return {
        title: Table(HEADERS, tuple(map(_row, group, _names(title, [each.figure for each in group], usual))))
        for title, group in groups.items()
    }


def with_notes(table: Table) -> tuple[Table, tuple[str, ...]]:
    """The table with every reason that it gives three times or more taken out of the rows, and those reasons as notes."""
    often = [why for why, n in Counter(str(row[-1]) for row in table.rows).items() if why and n >= _OFTEN]

    def state(row: Sequence[Cell]) -> str:
        why = str(row[-1])
        if not why:
            return str(row[-2])
        return f"{row[-2]} (note {often.index(why) + 1})" if why in often else f"{row[-2]}. {why}"

    rows = tuple((*row[:-2], state(row)) for row in table.rows)
    return Table(table.headers[:-1], rows), tuple(f"Note {n}. {why}." for n, why in enumerate(often, 1))


def heading(figure: PublishedFigure) -> str:
    """Where a figure stands: 'Section 2.2', "Chart 'Reasons for Mediation'", 'Table 1: Number of adults'."""
    if found := _SECTION.match(figure.place):
        return f"Section {found[1]}"
    place = sentence_case(re.sub(r"^s([\d.]+) table", r"table in section \1", figure.place))
    place = re.sub(r"^Fn(\d+)", r"Footnote \1", place).replace("Para '", "Paragraph '")
    if not place.startswith("Table"):
        return place
    words = (
        measure_words(figure.breakdown)
        if figure.breakdown.startswith("number")
        else measure_words(figure.measure.removesuffix("_base"))
    )
    return f"{place}: {words.lower()}"


def _row(each: HeldFigure, name: str) -> tuple[str, ...]:
    figure, verdict = each.figure, each.verdict
    printed = printed_words(figure) if verdict.published == figure.printed else verdict.published
    state = STATES[verdict.state]
    if figure.check.declared and verdict.ours == figure.printed:
        state = "✓ As printed"
    elif verdict.state in _SAME and verdict.share not in ("", str(figure.percent)):
        state = "✓ The same count, but another percentage"
    base = f", out of {number(figure.denominator)}" if figure.denominator is not None else ""
    return f"{name}{base}", printed, our_words(each), state, sentence_case(verdict.why)


def _names(title: str, group: Sequence[PublishedFigure], usual_area: str) -> list[str]:
    """What tells each figure from the others of its table: area, measure and category; and the period where these do not."""
    several = len({figure.measure.removesuffix("_base") for figure in group}) > 1
    by_area = "Table" in title and len({figure.area for figure in group}) > 1
    names = []
    for figure in group:
        own_area = figure.area not in (usual_area, figure.category)
        parts = [figure.area] if by_area or (own_area and several) else []
        if several or not figure.category:
            parts.append(measure_words(figure.measure))
        if figure.category:
            parts.append(sentence_case(figure.category.rstrip(".")))
        names.append(": ".join(parts))
    return [
        f"{name}, {figure.period.label}" if names.count(name) > 1 and figure.period else name
        for name, figure in zip(names, group, strict=True)
    ]


def printed_words(figure: PublishedFigure) -> str:
    """What a document prints, in words: '387 (82%)', 'at least 90%', '57%', '29.2 cases per month'."""
    share = "" if figure.percent is None else f"{figure.percent}%"
    if figure.count is not None:
        return f"{number(figure.count)} ({share})" if share else number(figure.count)
    if share:
        operator = figure.value.rstrip("0123456789.")
        if operator in _OPERATORS:
            return f"{_OPERATORS[operator]} {share}"
        return f"{share}, within {figure.value} {figure.unit}" if figure.value else share
    return _with_unit(figure.value, figure) if figure.value else "not printed"


def our_words(each: HeldFigure) -> str:
    """What the example cases give, or what the dashboard judges by, in the same form; a dash where neither says anything."""
    figure, verdict = each.figure, each.verdict
    if not verdict.ours:
        return NOTHING
    if not figure.check.asks_cases:
        return printed_words(figure) if verdict.ours == figure.printed else verdict.ours
    match figure.check.part:
        case Part.PERCENT:
            return f"{verdict.ours}%"
        case Part.ONE_IN:
            return f"one in {verdict.ours}"
        case Part.MET | Part.BASE:
            count = number(int(verdict.ours))
            return f"{count} ({verdict.share}%)" if verdict.share else count
    return _with_unit(verdict.ours, figure)


def _with_unit(value: str, figure: PublishedFigure) -> str:
    match figure.unit:
        case "percent":
            return f"{value}%"
        case "GBP":
            return f"£{value}"
        case "" | "ratio" | "interval" | "time":
            return value
    return f"{value} {figure.unit}"


def show_figures(source: PublishedDocument, held: Sequence[HeldFigure], sentence: str) -> None:
    """Show the tables, and offer all their rows as one file."""
    tables = published_tables(held)
    if not tables:
        st.success("Every figure of this document comes out again.")
        return
    rows = tuple((title, *row) for title, table in tables.items() for row in table.rows)
    basis = Basis(sentence, "", source.title, "", EXAMPLES_NOTE)
    download(Panel(f"published_{source.key}", "Published figures", Table(("Where", *HEADERS), rows), basis))
    for title, table in tables.items():
        shown, notes = with_notes(table)
        section(title)
        show_table(shown, title)
        for note in notes:
            st.caption(unmarked(note))


def show_findings(source: PublishedDocument) -> None:
    """Show what does not fit in a document, and what the dashboard does about it."""
    found = findings_of(source.key)
    section(f"What does not fit in this document: {counted(len(found), 'finding')}")
    for each in found:
        done = f"What the dashboard does: {each.dashboard[:1].lower()}{each.dashboard[1:]}"
        st.markdown(f"**{each.id}, {each.severity}.** {unmarked(each.finding)}  \n:small[{unmarked(done)}]")
