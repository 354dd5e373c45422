"""Whose a target is: the one that the law or the KPI's source document gives, or another that a council has set."""

from __future__ import annotations

from domain.kpis import Kpi
from domain.settings import Target


def is_from_the_source(kpi: Kpi, target: Target) -> bool:
    """Whether the law, or the document that the KPI comes from, asks for just this value; never of an example.

    A council may set another in Settings, with a reason of its own: then neither asks for it.
    """
    return not target.example and any(
        (one.operator, one.value) == (target.operator, target.value)
        for one in kpi.starting_targets
        if not one.example
    )
