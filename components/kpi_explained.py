"""What a KPI status is made of, part by part: counts, target, rule, chance and source."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access import Audience
from domain.formats import number
from domain.kpi_words import (
    ACCOUNTABLE,
    chance_words,
    counted_by,
    green_words,
    interval_words,
    raw_and_adjusted,
    reference_words,
    target_words,
    value_words,
    whose_choice,
)
from domain.kpis import KpiStatus
from domain.measures import Average, Count
from domain.status import Status
from domain.table import Cell, Table


def explained(
    status: KpiStatus, beside: Sequence[tuple[str, str]] = (), *, audience: Audience = Audience.US
) -> Table:
    """What a status is made of: numerator, denominator, target, rule and source; parts that say nothing are left out.

    `beside` are figures that it must not stand without, with their names. How many were not recorded is told to no other `audience`.
    """
    gone = status.status is Status.HIDDEN
    declared = counted_by(status.kpi)
    base = number(status.base) if not isinstance(declared, Count) or status.kpi.contract_year else ""
    averaged = isinstance(declared, Average)
    rows: list[tuple[Cell, ...]] = [
        ("Answer", status.category_label),
        ("Met (numerator)", "" if averaged or gone else number(status.met)),
        (
            "Cases with a value" if averaged else "Out of (denominator)",
            "" if gone else base or "not out of anything",
        ),
        ("Figure", status.status.label.lower() if gone else value_words(status)),
        ("Not recorded, so left out", "" if audience.gated else number(status.unrecorded)),
        ("95% interval", interval_words(status)),
        ("Raw and adjusted", raw_and_adjusted(status)),
        ("Target", target_words(status)),
        ("Whose choice", whose_choice(status) if status.target else ""),
        ("Rule", status.why),
        ("How far to green", green_words(status)),
        (
            "Chance",
            chance_words(status) or ("" if status.target is None or gone else "No limits to compare."),
        ),
        ("To compare with", reference_words(status)),
        *((f"Beside it: {name}", words) for name, words in beside),
        ("Counted", f"{declared.definition} {declared.note}".strip()),
        ("Who answers for it", ACCOUNTABLE[status.kpi.accountable]),
        ("Source", status.kpi.source),
    ]
    return Table(("Part", "What it is"), tuple(row for row in rows if row[1] != ""))
