"""Every case late: the raw count of a legal time limit by provider and cause; and what was late because of the council."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from components.frame import show_table
from components.panel import Basis, Panel
from domain.access import Audience
from domain.base_words import as_at_words
from domain.example_words import example_statuses
from domain.exceptions import Cause
from domain.exceptions_kept import CAUSES_IN_ORDER, Causes, together
from domain.formats import NOTHING, limits_of, number, percent_of, sentence_case
from domain.kpi_words import counted_by
from domain.kpis import Kpi
from domain.settings import Settings
from domain.table import Cell, Table
from domain.tally import AsAt, Source
from domain.whose import everywhere, for_whom

_NOT_SAID = "No cause recorded"
_BY_CAUSE = (
    "Always the raw count: an agreed exception changes nothing here. A case with several causes stands under the first column "
    "that fits; what the council caused is the council's."
)
_NO_EXCEPTION = "Every case counts: no exception can be agreed for this time limit."


def breach_panel(
    kpi: Kpi,
    by_provider: Sequence[Causes],
    until: str,
    source: Source,
    as_at: AsAt,
    settings: Settings,
    *,
    lead_on: Callable[[], None] | None = None,
) -> Panel | None:
    """Every case late of a KPI that the law sets, by provider and cause, over twelve months; None where none was due.

    `lead_on` draws the way to the single cases, below the table.
    """
    if not by_provider:
        return None
    whole = together(by_provider)
    groups = [(one.labels[0], one) for one in by_provider]
    rows = [*groups, *([("All together", whole)] if len(groups) > 1 else [])]
    causes = [cause for cause in CAUSES_IN_ORDER if whole.recorded.get(cause)]
    table = Table(
        (
            "Provider",
            "Due",
            "Late",
            *(cause.label for cause in causes),
            *([_NOT_SAID] if kpi.exceptions else []),
        ),
        tuple(
            (
                name,
                one.due,
                one.missed,
                *(one.recorded.get(cause, 0) for cause in causes),
                *([one.missed - sum(one.recorded.values())] if kpi.exceptions else []),
            )
            for name, one in rows
        ),
    )
    return Panel(
        key="kpis_breaches",
        title=f"{kpi.name}: every case late in 12 months to {until}, {number(whole.missed)} of {number(whole.due)}",
        table=table,
        grid=table,
        basis=_basis(kpi, source, as_at, settings),
        notes=(_BY_CAUSE if kpi.exceptions else _NO_EXCEPTION,),
        cells=None if lead_on is None else partial(_with_way, table, lead_on),
    )


def _with_way(table: Table, lead_on: Callable[[], None]) -> None:
    show_table(table, "Every case late")
    lead_on()


def council_caused_panel(
    found: Sequence[tuple[Kpi, Causes]], until: str, source: Source, as_at: AsAt, settings: Settings
) -> Panel | None:
    """Of the legal time limits, the cases late because of the council, over twelve months; None where no such limit has exceptions."""
    if not found:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            kpi.name,
            one.missed,
            one.recorded.get(Cause.COUNCIL, 0),
            percent_of(one.recorded.get(Cause.COUNCIL, 0), one.missed) if one.missed else NOTHING,
            limits_of(one.recorded.get(Cause.COUNCIL, 0), one.missed),
            one.taken_out.get(Cause.COUNCIL, 0),
        )
        for kpi, one in found
    ]
    said = "; ".join(f"{kpi.name} {number(one.recorded.get(Cause.COUNCIL, 0))}" for kpi, one in found)
    table = Table(
        (
            "Duty",
            "Late",
            "Because of the council",
            "Share of the late",
            "95% limits of that",
            "Taken out of the adjusted figure",
        ),
        tuple(rows),
    )
    return Panel(
        key="kpis_council_caused",
        title=f"Late because of the council, 12 months to {until}: {said}",
        table=table,
        grid=table,
        basis=_basis(found[0][0], source, as_at, settings, about=""),
        notes=(
            "Recorded in the council's supplement or as an agreed exception. Where a contract counts the reason, the case leaves the "
            "provider's adjusted figure; it stays the council's own breach and stands here.",
        ),
    )


def _basis(kpi: Kpi, source: Source, as_at: AsAt, settings: Settings, about: str | None = None) -> Basis:
    reach = sentence_case(as_at_words(as_at))
    example = {
        Source.EXAMPLES: example_statuses(kpi.service),
        Source.IN_HAND: "Your file, not saved.",
        Source.SHARED: "",
    }[source]
    words = f"{counted_by(kpi).definition} Source: {kpi.source}." if about is None else about
    return Basis(
        base="Cases whose last day fell in these twelve months" + (f". {reach}" if reach else ""),
        selection=f"Shown: all providers, {everywhere(settings, kpi.service)}.",
        about=words,
        audience=f"{for_whom(Audience.US, settings, kpi.service)}.",
        example=example,
        service=kpi.service,
    )
