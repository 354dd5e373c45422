"""What does not fit in the source documents, in words for a council officer, and what the dashboard does about it.

The evidence for each finding stands in `published/CHECKS.md`; which printed figures it touches, in `published/*_checks.csv`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources


class Severity(StrEnum):
    """How much a finding matters to a reader."""

    H = "would mislead a reader"
    M = "needs a note"
    L = "a matter of form"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: its id ('E1'), the document it is about, and two sentences or more."""

    id: str
    severity: Severity
    document: str
    finding: str
    dashboard: str


@lru_cache(maxsize=1)
def findings() -> tuple[Finding, ...]:
    """Every finding, in the order of the documents' own lists."""
    text = resources.files("domain").joinpath("published", "findings.csv").read_text(encoding="utf-8")
    return tuple(
        Finding(row["id"], Severity[row["severity"]], row["source"], row["finding"], row["dashboard"])
        for row in csv.DictReader(text.splitlines())
    )


def findings_of(document: str) -> tuple[Finding, ...]:
    """The findings about one source document."""
    return tuple(found for found in findings() if found.document == document)
