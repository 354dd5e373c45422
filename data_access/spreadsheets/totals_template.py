"""Writing the blank return of totals: a row for each figure that is asked for, so that only the numbers are typed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from data_access.spreadsheets.filled import Filled
from data_access.spreadsheets.template import write_template
from domain.dimensions import dimension
from domain.fields import Sheet
from domain.measures import Measure, Split, Table
from domain.periods import Period
from domain.returns import Record
from domain.settings import Area, Settings
from domain.totals import answers_wanted, total_measures


def write_totals_template(
    service: str,
    settings: Settings,
    out: Path | BinaryIO,
    *,
    provider: str = "",
    period: Period | None = None,
) -> None:
    """Write the blank return of totals of a service, its rows named and their numbers blank.

    Parameters
    ----------
    service : key. settings : the providers, areas and questions. out : where to write the workbook.
    provider, period : filled in on the Cover when given; the areas are those of the provider's contract.

    Raises
    ------
    KeyError
        When there is no such service or provider.
    """
    rows = tuple(expected_rows(service, settings, provider))
    filled = Filled(rows={Sheet.TOTALS: rows})
    write_template(service, settings, out, provider=provider, period=period, filled=filled, totals=True)


def expected_rows(service: str, settings: Settings, provider: str = "") -> Iterable[Record]:
    """One row for each figure that pages show: all together, by area, and the answers of what is split."""
    areas = _areas(settings, service, provider)
    for measure in total_measures(service):
        if isinstance(measure, Split):
            yield from _answers(measure, measure.field, settings, service, provider)
            continue
        yield {"measure": measure.label}
        if len(areas) > 1 and measure.table is not Table.STAFF:  # a post is in no area
            yield from ({"measure": measure.label, "area": area.key} for area in areas)
        if measure.table is Table.ANSWERS:
            yield from _answers(measure, "question_code", settings, service, provider)


def _answers(
    measure: Measure, breakdown: str, settings: Settings, service: str, provider: str
) -> Iterable[Record]:
    label = dimension(breakdown).label
    for _, answer in answers_wanted(measure, breakdown, settings, service, provider):
        yield {"measure": measure.label, "breakdown": label, "category": answer}


def _areas(settings: Settings, service: str, provider: str) -> tuple[Area, ...]:
    """The areas of a provider's contract; of all contracts of the service while no provider is chosen."""
    contract = settings.contract(service, provider) if provider else None
    offered = settings.areas_of(service)
    if contract is None or not contract.areas:
        return offered
    return tuple(area for area in offered if area.key in contract.areas)
