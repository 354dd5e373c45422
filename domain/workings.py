"""How a status was worked out: the questions behind it, each with its answer and the statements that gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.disclosure import Released
from domain.kpis import KpiStatus


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it went to the database, with the values that were filled in."""

    sql: str
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Working:
    """One question: what was chosen for it, in words, its answer, and the statements that gave it."""

    chosen: str
    answer: Released
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Workings:
    """How one status was worked out, as the figures stood after the act of this number, done at this time."""

    status: KpiStatus
    workings: tuple[Working, ...]
    version: int
    at: datetime | None
