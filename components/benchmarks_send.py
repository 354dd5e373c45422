"""The panels on official figures of SEND mediation and appeals, by calendar year, with our own mediations beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from components.benchmarks_words import (
    WHY,
    basis_beside,
    change_notes,
    edition_words,
    missing_words,
    official_basis,
)
from components.charts.year_lines import Look, YearLine, year_lines
from components.panel import Panel
from domain.benchmarks import Edition, labels
from domain.benchmarks_send import PARTS, SINGLE_RECORDS_SINCE, MediationYear
from domain.disclosure import Figure, Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted, listed, number
from domain.settings import Settings
from domain.table import Cell, Table
from domain.tally import Source

MEETING: Final = "MED_HELD"
"""The outcome of ours that stands beside the mediations that DfE counts."""
_WHAT: Final = (
    "Mediations that councils told DfE of, by calendar year: in the older table the mediation cases held, in the 2025 release the sum of "
    f"those {listed(list(PARTS.values()))}."
)
_WHY: Final = (
    "DfE's are what the council recorded of requests, assessments and plans. Norfolk's own needs assessment counts 255 meetings in 2023 "
    "and 270 in 2024, DfE 191 and 228 of the council: the scope differs, and neither corrects the other."
)
STEP: Final = (
    f"Until the 2022 publication councils sent one number each, from the calendar year {SINGLE_RECORDS_SINCE} on single records; from "
    "2023 on the numbers are of another table. So a step between two tables, or at that change, is not growth."
)
_HEADERS: Final = (
    "Whose",
    "Year",
    "Mediations",
    *(words[:1].upper() + words[1:] for words in PARTS.values()),
    "Version",
)


def england_panel(key: str, england: Sequence[MediationYear]) -> Panel:
    """Mediations in England by calendar year, the older table apart from the 2025 release."""
    return Panel(
        key=key,
        title=f"Official figures, England: {_held_message(england)}",
        figure=year_lines(_years(england), _official_lines(england, ""), Source.SHARED),
        alt=f"SEND mediations in England by calendar year: {_in_words(england)}.",
        table=Table(_HEADERS, tuple(_row(one) for one in england)),
        basis=official_basis(_base(england), _WHAT, editions_of(england)),
        notes=(STEP, *_not_given(england), *_changes(england)),
    )


def beside_panel(
    key: str, area: Sequence[MediationYear], own: Released, settings: Settings, *, unfinished: Collection[str]
) -> Panel:
    """Mediations of one council as DfE counts them, beside our own meetings. `own` is outcomes by calendar year, then by outcome."""
    ours = {figure.keys[0]: figure for figure in own.figures if figure.keys[-1] == MEETING and figure.keys[0]}
    whole = {year: figure.met for year, figure in ours.items() if year not in unfinished}
    years = sorted({*_years(area), *whole})
    label = labels()[area[0].area]
    lines = _official_lines(area, f"{label}, ", years)
    if whole:
        counts = tuple(whole.get(year) for year in years)
        words = tuple(number(count) if count is not None else "" for count in counts)
        lines.append(YearLine("Counted here: mediation meetings held", Look.OURS, counts, words))
    part = [year for year in sorted(ours) if year in unfinished]
    return Panel(
        key=key,
        title=f"Official figures, {label}: {_held_message(area)}{_ours_message(whole, area)}",
        figure=year_lines(years, lines, own.source if whole else Source.SHARED),
        alt=f"SEND mediations of {label} by calendar year: {_in_words(area)}; counted here: "
        f"{'; '.join(f'{year} {number(count)}' for year, count in sorted(whole.items())) or 'nothing'}.",
        table=Table(_HEADERS, (*(_row(one) for one in area), *_own_rows(own))),
        basis=basis_beside(official_basis(_base(area), _WHAT, editions_of(area)), own, settings, among=", of all cases with an outcome"),
        notes=(
            "The two are counted differently and are drawn on one scale only to show how far they are apart.",
            f"{WHY} Ours are mediation meetings held, counted {own.measure.dated_by}, as providers send them; of cases "
            f"still open some may yet be added. {_WHY}",
            STEP,
            *([f"Not complete, so in the table alone: {listed(part)}."] if part else []),
            *([] if ours or own.hidden or own.withheld else ["No mediation meeting is counted here for what is chosen."]),
            *_not_given(area),
            *_changes(area),
        ),
    )  # fmt: skip


def _official_lines(found: Sequence[MediationYear], whose: str, years: Sequence[str] = ()) -> list[YearLine]:
    lines = []
    for name, look, newer in (("older table", Look.OLDER, False), ("2025 release", Look.NEWEST, True)):
        held = {str(one.year): one.held for one in found if bool(one.parts) is newer and one.held is not None}
        if held:
            counts = tuple(held.get(year) for year in years or _years(found))
            words = tuple(number(count) if count is not None else "" for count in counts)
            lines.append(YearLine(f"{whose}{name}" if whose else name.capitalize(), look, counts, words))
    return lines


def _years(found: Iterable[MediationYear]) -> list[str]:
    return [str(one.year) for one in found]


def _held_message(found: Sequence[MediationYear]) -> str:
    """'14,493 mediations in 2024, 10,436 in 2023; 5,484 in 2022 by an older table': the newest first, and never as one series."""
    newer = [one for one in reversed(found) if one.parts and one.held is not None]
    older = [one for one in reversed(found) if not one.parts and one.held is not None]
    said = [
        f"{counted(one.held or 0, 'mediation') if place == 0 else number(one.held)} in {one.year}"
        for place, one in enumerate(newer)
    ]
    words = ", ".join(said) or "no number of mediations"
    return f"{words}; {number(older[0].held)} in {older[0].year} by an older table" if older else words


def _ours_message(whole: dict[str, int], area: Sequence[MediationYear]) -> str:
    official = [str(one.year) for one in area if one.held is not None and str(one.year) in whole]
    if not official:
        return ""
    said = listed([f"{number(whole[year])} in {year}" for year in official[-2:]])
    return f". Counted here, differently: meetings held, {said}"


def _in_words(found: Sequence[MediationYear]) -> str:
    return "; ".join(f"{one.year} {number(one.held)}" for one in found if one.held is not None)


def _row(one: MediationYear) -> tuple[Cell, ...]:
    parts = [part.count if part.count is not None else part.missing for part in one.parts] or [NOTHING] * len(
        PARTS
    )
    held = one.held if one.held is not None else "not available"
    return labels()[one.area], str(one.year), held, *parts, edition_words(one.edition)


def _own_rows(own: Released) -> Iterable[tuple[Cell, ...]]:
    """Our meetings by year; of a hidden year the mark that stands for it everywhere."""
    for one in own.in_order:
        if one.keys[-1] == MEETING and one.keys[0]:
            shown: Cell = one.met if isinstance(one, Figure) else HIDDEN
            yield "Counted here", one.labels[0], shown, *[NOTHING] * len(PARTS), NOTHING


def _base(found: Sequence[MediationYear]) -> str:
    last = next((one for one in reversed(found) if one.held is not None), None)
    if last is None:
        return f"{labels()[found[0].area]}: no number"
    return f"{labels()[last.area]} n = {counted(last.held or 0, 'mediation')} in {last.year}"


def editions_of(found: Iterable[MediationYear]) -> list[Edition]:
    """Every release that some years rest on."""
    return [edition for one in found for edition in ([part.edition for part in one.parts] or [one.edition])]


def _not_given(found: Sequence[MediationYear]) -> tuple[str, ...]:
    """Years of which no release gives every part, with the part that is missing."""
    return missing_words(
        [
            (part.missing, f"{one.year}, mediations {PARTS[part.measure]}")
            for one in found
            for part in one.parts
            if part.missing
        ]
    )


def _changes(found: Sequence[MediationYear]) -> tuple[str, ...]:
    return change_notes([part for one in found for part in one.parts])
