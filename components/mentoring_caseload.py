"""The panel on what mentors carry: live cases for each full-time mentor at the end of each month, beside the reported norm."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from components.basis import basis_of, giving_away
from components.charts.band_line import Point, band_line
from components.hidden import only_shown
from components.panel import Panel
from domain.disclosure import Figure, Released
from domain.formats import NOTHING, counted, listed, month, number
from domain.kpis import Kpi
from domain.periods import write_month
from domain.settings import Settings
from domain.table import Cell, Table

_WHO_IS_IN_POST = "Who is in post stands on the sheet Staff of a return, with the role Mentor, the full-time equivalent and the first day."


def caseload_panel(
    key: str,
    months: Sequence[int],
    found: Sequence[Released],
    kpi: Kpi,
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> Panel:
    """Live cases per mentor, month by month. `found` is the rate at the end of each of the months; there must be one."""
    figures = [one.figures[0] if one.figures else None for one in found]
    points = [
        Point(
            month(at),
            figure.value if figure else None,
            figure.low if figure else None,
            figure.high if figure else None,
            _words(figure) if figure else "",
            complete=write_month(at) not in unfinished,
        )
        for at, figure in zip(months, figures, strict=True)
    ]
    part = [point.label for point in points if not point.complete]
    rated = any(point.value is not None for point in points)
    unclear = max((figure.missing for figure in figures if figure), default=0)
    band = kpi.reference
    panel = Panel(
        key=key,
        title=_message(points, figures, band),
        figure=band_line(
            points,
            found[-1].source,
            name="Live cases for each full-time mentor, with 95% limits",
            band=band,
            band_name=f"Reported norm, {_band_words(band)}",
        )
        if rated
        else None,
        undrawn=any(figure and figure.met for figure in figures),
        alt=f"Live cases per mentor: {'; '.join(f'{p.label} {p.words}' for p in points if p.value is not None)}.",
        table=_table(points, figures),
        basis=giving_away(basis_of(found[-1], settings), *found),
        notes=(
            *([f"{kpi.reference_note}. It is no target."] if kpi.reference_note else []),
            *([] if rated else [_WHO_IS_IN_POST]),
            *(
                [
                    f"Left out: {counted(unclear, 'post')} without a role, or of a mentor without a full-time equivalent."
                ]
                if unclear
                else []
            ),
            *([f"Not all returns in, so an open mark: {listed(part)}."] if part else []),
        ),
    )
    return only_shown(panel, settings, *reversed(found))


def live_panel(
    key: str,
    months: Sequence[int],
    found: Sequence[Released],
    settings: Settings,
    *,
    unfinished: Collection[str],
) -> Panel:
    """Live cases alone, for those who look at some areas: mentors stand by provider. `found` is their number at the end of each month."""
    counts = [one.total.met if one.total else 0 for one in found]
    points = [
        Point(month(at), count, words=counted(count, "live case"), complete=write_month(at) not in unfinished)
        for at, count in zip(months, counts, strict=True)
    ]
    part = [point.label for point in points if not point.complete]
    last = points[-1]
    panel = Panel(
        key=key,
        title=f"{last.words} at the end of {last.label}; not per mentor, because mentors are not recorded by area",
        figure=band_line(points, found[-1].source, name="Live cases") if any(counts) else None,
        alt=f"Live cases at the end of each month: {'; '.join(f'{p.label} {number(p.value)}' for p in points)}.",
        table=Table(
            ("Month", "Live cases"), tuple((p.label, n) for p, n in zip(points, counts, strict=True))
        ),
        basis=giving_away(basis_of(found[-1], settings), *found),
        notes=(f"Not all returns in, so an open mark: {listed(part)}.",) if part else (),
    )
    return only_shown(panel, settings, *reversed(found))


def _message(points: Sequence[Point], figures: Sequence[Figure | None], band: Sequence[float]) -> str:
    """The latest month that is complete, or the latest there is, against the norm, with chance allowed for."""
    whole = [place for place, point in enumerate(points) if point.value is not None and point.complete]
    places = whole or [place for place, point in enumerate(points) if point.value is not None]
    if not places:
        last = figures[-1]
        live = f": {counted(last.met, 'live case')} at the end of {points[-1].label}" if last else ""
        return f"Live cases per mentor: nobody is said to be in post{live}"
    place = places[-1]
    point = points[place]
    said = f"{_short(point.value)} live cases per mentor at the end of {point.label} ({point.words})"
    return f"{said}, {_against(point, band)} {_band_words(band)}" if band else said


def _against(point: Point, band: Sequence[float]) -> str:
    value, low, high = point.value or 0, point.low, point.high
    if low is None or high is None:
        return "beside the reported norm of"
    if high < min(band):
        return "clearly below the reported norm of"
    if low > max(band):
        return "clearly above the reported norm of"
    return (
        "within the reported norm of"
        if min(band) <= value <= max(band)
        else "not clearly outside the reported norm of"
    )


def _band_words(band: Sequence[float]) -> str:
    return " to ".join(_short(edge) for edge in dict.fromkeys((min(band), max(band)))) if band else ""


def _words(figure: Figure) -> str:
    posts = figure.divisor if figure.divisor is not None else figure.base
    many = "mentor" if posts == 1 else "mentors"
    full = "full-time " if posts != figure.base else ""
    return f"{counted(figure.met, 'case')}, {_short(posts)} {full}{many}"


def _table(points: Sequence[Point], figures: Sequence[Figure | None]) -> Table:
    def row(point: Point, figure: Figure | None) -> tuple[Cell, ...]:
        if figure is None:
            return point.label, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING
        limits = (
            NOTHING
            if figure.low is None or figure.high is None
            else f"{_short(figure.low)} to {_short(figure.high)}"
        )
        return point.label, figure.met, figure.base, _short(figure.divisor), _short(figure.value), limits

    heads = (
        "Month",
        "Live cases",
        "Mentors in post",
        "As full-time posts",
        "Live cases per mentor",
        "95% limits",
    )
    return Table(heads, tuple(row(point, figure) for point, figure in zip(points, figures, strict=True)))


def _short(value: float | None) -> str:
    return number(value, 1).removesuffix(".0")
