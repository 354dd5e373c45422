"""The panels on bases: how many cases each main figure rests on, and which two must never be divided by each other."""

from __future__ import annotations

from collections.abc import Sequence

from components.data_quality_words import Shown
from components.panel import Panel
from domain.base_words import base_and_missing
from domain.data_quality_bases import Base, Crossing, crossings, dated_apart, several_answers
from domain.disclosure import Released
from domain.formats import listed, number
from domain.table import Cell, Table

_PAIRS = 6
_AREAS = 3


def base_of(released: Released, by_area: Released) -> Base:
    """What a figure rests on. `by_area` is the same figure in each area."""
    known, missing, unsure = base_and_missing(released)
    areas: dict[str, int] = {}
    for figure in by_area.figures:
        # Every answer of a split repeats the base of its area.
        areas[figure.labels[0]] = max(areas.get(figure.labels[0], 0), figure.base)
    asked = released.measure
    return Base(
        key=asked.key,
        label=asked.label,
        known=known,
        missing=missing,
        unsure=unsure,
        gives=sum(figure.met for figure in released.figures) if released.split_by else known,
        unit=asked.unit,
        dated_by=asked.dated_by,
        areas=areas,
    )


def bases_panel(bases: Sequence[Base], headline: str, shown: Shown) -> Panel:
    """The bases side by side, and in sentences what must not be divided by what."""
    found = crossings(bases, headline)
    table = Table(
        ("Figure", "Known in", "Blank", "Don't know", "Answers", "Counted"),
        tuple((one.label, one.known, one.missing, one.unsure, one.gives, one.dated_by) for one in bases),
    )
    return Panel(
        key="data_quality_bases",
        title=_bases_message(bases, found),
        grid=table,
        alt="",
        table=table,
        basis=shown.basis(
            f"n = {number(max((one.known for one in bases), default=0))} cases in the largest base",
            "How many cases each main figure of the service rests on: those of which its answer is known.",
            months="each by its own date, as the table says",
        ),
        notes=_sentences(bases, found),
    )


def _bases_message(bases: Sequence[Base], found: Sequence[Crossing]) -> str:
    if found:
        one = found[0]
        where = listed([area for area, _, _ in one.areas], _AREAS)
        return (
            f"Never divide '{_lower(one.smaller)}' by the base of '{_lower(one.larger)}': "
            f"in {where} it is too small to hold them"
        )
    sizes = sorted({one.known for one in bases if one.known})
    if len(sizes) < 2:
        return "The main figures rest on bases of one size"
    return f"The main figures rest on {len(sizes)} different bases, from {number(sizes[0])} to {number(sizes[-1])} cases"


def _lower(base: Base) -> str:
    return base.label[:1].lower() + base.label[1:]


def _sentences(bases: Sequence[Base], found: Sequence[Crossing]) -> tuple[str, ...]:
    said = [
        f"'{one.larger.label}' is known in {number(one.larger.known)} cases and '{one.smaller.label}' in {number(one.smaller.known)}, "
        f"but neither is a part of the other: "
        + listed([f"{area} {number(large)} against {number(small)}" for area, large, small in one.areas])
        + "."
        for one in found[:_PAIRS]
    ]
    said += [
        f"'{one.label}': {number(one.gives)} answers of {number(one.known)} cases. A share of the answers is no share of the cases."
        for one in several_answers(bases)
    ]
    if apart := dated_apart(bases):
        parts = [f"{listed([one.label for one in some], 8)} {date}" for date, some in apart.items()]
        said.append(
            f"Counted by different dates: {'; '.join(parts)}. In one year these are not the same cases: none is a base of another."
        )
    return tuple(said)


def bases_by_area_panel(bases: Sequence[Base], headline: str, shown: Shown) -> Panel | None:
    """The same bases in each area; nothing where there is one area only."""
    areas = list(dict.fromkeys(area for one in bases for area in one.areas))
    if len(areas) < 2:
        return None
    turned = sorted({area for one in crossings(bases, headline) for area, _, _ in one.areas}, key=areas.index)

    def row(area: str) -> tuple[Cell, ...]:
        return (area, *(one.areas.get(area, 0) for one in bases))

    table = Table(("Area", *(one.label for one in bases)), tuple(row(area) for area in areas))
    first = bases[0]
    widest = max(areas, key=lambda area: first.areas.get(area, 0))
    sizes = [number(one.areas.get(widest, 0)) for one in bases]
    return Panel(
        key="data_quality_bases_area",
        title=f"In {widest} the main figures rest on {listed(sizes, 8)} cases",
        grid=table,
        alt="",
        table=table,
        basis=shown.basis(
            f"n = {number(sum(first.areas.values()))} cases in {number(len(areas))} areas",
            "How many cases each main figure rests on in each area.",
            months="each by its own date",
        ),
        notes=(
            "Every figure is shown with its own base for this reason.",
            *(
                [f"A base that is the smaller one altogether is the larger one in {listed(turned, 8)}."]
                if turned
                else []
            ),
        ),
    )
