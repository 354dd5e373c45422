"""The panels on how much of all prevention is mediation: the council's own aggregate return beside the official figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from components.basis import basis_of
from components.charts.canvas import FEW_NOTE
from components.charts.closer import closer
from components.charts.share_lines import ShareLine, share_lines
from components.charts.share_rows import (
    Series,
    ShareRow,
    drawn,
    rows_in_words,
    shares_beside,
)
from components.event_marks import with_events
from components.panel import Basis, Panel
from domain.base_words import base_words
from domain.benchmarks import ENGLAND
from domain.benchmarks_prevention import (
    MEDIATED,
    PREVENT_EVICTION,
    PREVENTION_SOURCE,
    RETURN_HOME,
    OfficialPreventions,
    official_districts,
    official_of,
    official_preventions,
)
from domain.disclosure import Released
from domain.events import events_shown
from domain.formats import NOTHING, interval, number
from domain.hidden_words import partly
from domain.measures import measure
from domain.periods import Period
from domain.settings import Settings
from domain.table import Cell, Table
from domain.tally import Source
from domain.vocabulary import code_list
from domain.whose import whose

WHAT: Final = "Out of all preventions: duties that ended with accommodation secured, whatever was done."
_TRANSPOSED: Final = (
    "The exchange note gives 4.8% and 11% for 2019-20, the other way round than every official quarter since July 2020, so its two "
    "labels look exchanged; compare with the official figures."
)
ROUNDED: Final = (
    "England is published rounded to tens. Official figures stand beside ours and are never added to them."
)
_HOW_TO_SEND: Final = (
    "The council's own share comes from no case but with a return of totals from its H-CLIC figures, one for each quarter. Open Upload "
    "and take the blank totals of homelessness mediation (on the command line: homelessness-totals). Enter the measure "
    f"'{measure('prevention_by_mediation', 'homelessness').label}' with a row for each of the two, by 'Prevention activity': the number "
    "under Count, all preventions under Denominator. Send it for a provider of its own, such as the council's housing options team, added "
    "in Settings with a contract: totals sent for a provider of mediation take the place of its cases of that quarter."
)
_SHORT: Final = {RETURN_HOME: "to return to family or friends", PREVENT_EVICTION: "to prevent an eviction"}
HEADERS: Final = ("Whose", "Quarter", "Way of preventing", "Number", "Out of", "Share", "95% limits")
_NEITHER: Final = (
    "None of the areas here is among the districts whose official figures are held (Essex and Norfolk)."
)


def way_label(way: str) -> str:
    """What a person reads for a way of preventing homelessness."""
    return code_list("hclic_prevention_activity").label(way)


def short_words(way: str) -> str:
    """A way of preventing homelessness in a title, where its whole label would be too long; the label where there is none shorter."""
    return _SHORT.get(way, way_label(way).lower())


def short_of(label: str) -> str:
    """The short words of a way of preventing homelessness, by its whole label."""
    return next((words for way, words in _SHORT.items() if way_label(way) == label), label.lower())


def exact(row: ShareRow) -> str:
    """A share with a decimal, because official shares are close to each other: '5.2% (980 of 18,870)'."""
    return f"{percent_words(row)} ({number(row.met)} of {number(row.base)})"


def percent_words(row: ShareRow) -> str:
    """A share to one decimal: '5.2%'."""
    return f"{number(100 * row.met / row.base, 1)}%" if row.base else NOTHING


def own_quarters(own: Released) -> dict[str, dict[str, tuple[int, int]]]:
    """The council's own figures by quarter, then by way: X of Y. `own` is by quarter, then by way."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for figure in own.figures:
        quarter, way = figure.keys
        if quarter and figure.base:
            found.setdefault(quarter, {})[way] = figure.met, figure.base
    return found


def mediated_panel(key: str, own: Released, areas: Sequence[str], settings: Settings) -> Panel:
    """Each of the two ways out of all preventions, beside England: in the council's latest quarter, else in the latest official one."""
    quarters = own_quarters(own)
    latest = max(quarters) if quarters else ""
    official = _beside(latest)
    series = [Series(f"England, {official.period.label}", tuple(_official_rows(official)))]
    if latest:
        ours = tuple(ShareRow(way, way_label(way), *quarters[latest][way]) for way in quarters[latest])
        series.append(Series(f"{_whose(own, settings)}, {Period.parse(latest).label}", ours))
    rows = [row for one in series for row in drawn(one.rows)]
    return Panel(
        key=key,
        title=_mediated_message(
            series,
            when="" if official.period.key == latest else f" in {official.period.label}",
            gone="ours is not shown to this audience" if partly(own) else "no aggregate return is in",
        ),
        # What is drawn of England alone is official whatever else is an example.
        figure=closer(shares_beside(series, own.source if latest else Source.SHARED)),
        alt="; ".join(f"{one.name}: {rows_in_words(one.rows)}" for one in series) + ".",
        table=Table(HEADERS, tuple(_row_cells(one, row) for one in series for row in one.rows)),
        basis=_basis(own, settings, official),
        notes=(
            WHAT,
            *([] if latest or own.audience.gated else [_HOW_TO_SEND]),
            _TRANSPOSED,
            ROUNDED,
            *([] if set(areas) & set(official_districts()) else [_NEITHER]),
            *([FEW_NOTE.replace("cases", "preventions")] if any(row.small for row in rows) else []),
        ),
    )


def _beside(quarter: str) -> OfficialPreventions:
    """England in the quarter of the council's own figures where it is held, else in the latest."""
    try:
        return official_of(ENGLAND, Period.parse(quarter) if quarter else None)
    except KeyError:
        return official_of(ENGLAND)


def _official_rows(official: OfficialPreventions) -> list[ShareRow]:
    return [
        ShareRow(way, way_label(way), met, official.secured)
        for way in MEDIATED
        if (met := official.by_way[way]) is not None and official.secured
    ]


def _whose(own: Released, settings: Settings) -> str:
    """Whose the figures are that stand beside England's: what is chosen, what somebody may see of it, or the council's."""
    chosen = own.selection
    named = [
        *(settings.provider_label(key) for key in chosen.providers),
        *(settings.area_label(key) for key in chosen.areas),
    ]
    return ", ".join(named) or whose(settings, chosen.service) or settings.council or "The council"


def _mediated_message(series: Sequence[Series], *, when: str, gone: str) -> str:
    """What was found of ours, with England beside; of England alone where there is nothing of ours. `when`: if in another quarter."""
    england = {row.key: row for row in series[0].rows}
    if len(series) == 1:
        said = "; ".join(f"{short_words(row.key)} {exact(row)}" for row in series[0].rows)
        return f"Preventions by mediation: {gone}. {series[0].name}: {said}"
    parts = []
    for row in series[1].rows:
        other = england.get(row.key)
        beside = ""
        if other is not None and row.drawn:
            apart = row.against(other)
            how = (
                ("more than" if apart.value > 0 else "less than")
                if apart.clear
                else "no clear difference from"
            )
            beside = f", {how} England{when}, {percent_words(other)}"
        elif not row.drawn:
            beside = ", too few to compare"
        parts.append(f"{short_words(row.key)} {exact(row)}{beside}")
    return f"Preventions by mediation: {'; '.join(parts)}"


def _row_cells(one: Series, row: ShareRow) -> tuple[Cell, ...]:
    name, _, quarter = one.name.rpartition(", ")
    return (name, quarter, *share_cells(row))


def share_cells(row: ShareRow) -> tuple[Cell, ...]:
    """The cells of one share in a table."""
    return row.label, row.met, row.base, percent_words(row), interval(*row.limits)


def _basis(own: Released, settings: Settings, official: OfficialPreventions) -> Basis:
    """What the panel rests on: England's base beside ours; of ours nothing is said where there is nothing."""
    # What is official is for everybody, whoever may not see ours beside it.
    basis = replace(basis_of(own, settings), withheld="")
    england = f"England n = {number(official.secured)} preventions in {official.period.label}"
    about = f"Official figures: {PREVENTION_SOURCE}."
    if own.empty and not own.hidden:
        return replace(basis, base=england, about=about, selection="", example="", footnotes=(), without=())
    return replace(basis, base=f"{base_words(own)}. {england}", about=f"{basis.about} {about}")


def england_over_time_panel(key: str, own: Released, settings: Settings) -> Panel:
    """The two ways in England quarter by quarter, with the council's own quarters as single marks."""
    england = [one for one in official_preventions() if one.area == ENGLAND]
    ours = own_quarters(own)
    labels = {one.period.key: one.period.label for one in england} | {
        quarter: Period.parse(quarter).label for quarter in ours
    }
    keys = sorted(labels)
    held = {one.period.key: one for one in england}
    known = {("England", way): [part_of(held.get(quarter), way) for quarter in keys] for way in MEDIATED}
    if ours:
        known |= {
            (_whose(own, settings), way): [ours.get(quarter, {}).get(way) for quarter in keys]
            for way in MEDIATED
        }
    lines = [
        # The whole name of a way has no room in a legend on a telephone.
        ShareLine(f"{name}: {short_words(way)}", tuple(parts), apart=name != "England")
        for (name, way), parts in known.items()
    ]
    said = "; ".join(f"{short_words(way)} {_span(england, way)}" for way in MEDIATED)
    panel = Panel(
        key=key,
        title=f"Preventions by mediation in England since {england[0].period.label}: {said}",
        figure=share_lines(
            [labels[quarter] for quarter in keys], lines, own.source if ours else Source.SHARED
        ),
        alt=f"Share of preventions by mediation in England, quarter by quarter: {said}.",
        table=Table(
            HEADERS,
            tuple(
                (name, labels[quarter], *share_cells(ShareRow("", way_label(way), *part)))
                for (name, way), parts in known.items()
                for quarter, part in zip(keys, parts, strict=True)
                if part is not None
            ),
        ),
        basis=_basis(own, settings, england[-1]),
        notes=(WHAT, ROUNDED),
    )
    return with_events(panel, events_shown(settings, own.selection), "quarter", keys)


def part_of(one: OfficialPreventions | None, way: str) -> tuple[int, int] | None:
    """X of Y of one way of preventing homelessness; None where it is not known."""
    if one is None or not one.secured:
        return None
    met = one.by_way[way]
    return None if met is None else (met, one.secured)


def _span(found: Sequence[OfficialPreventions], way: str) -> str:
    """'between 4.3% and 7.2%, lately 5.2%': to one decimal, because the quarters are close."""
    parts = [part for one in found if (part := part_of(one, way))]
    shares = sorted(parts, key=lambda part: part[0] / part[1])
    low, high, latest = (
        f"{number(100 * met / base, 1)}%" for met, base in (shares[0], shares[-1], parts[-1])
    )
    return f"between {low} and {high}, lately {latest}"
