"""What of a workbook would not survive being written again: told to its owner before the copy is taken, never found out after.

A workbook is compared with its copy by what the two archives hold; nothing in it is run or followed.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field

_PARTS: tuple[tuple[str, str], ...] = (
    ("charts", r"xl/charts/chart\d*\.xml"),
    ("chart sheets", r"xl/chartsheets/[^/]+\.xml"),
    ("pictures", r"xl/media/"),
    ("pivot tables", r"xl/pivotTables/[^/]+\.xml"),
    ("slicers", r"xl/slicers/"),
    ("timelines", r"xl/timelines/"),
    ("form controls", r"xl/(ctrlProps|activeX)/[^/]+\.xml"),
    ("embedded documents", r"xl/embeddings/"),
    ("links to other files", r"xl/externalLinks/[^/]+\.xml"),
    ("conversations (threaded comments)", r"xl/threadedComments/"),
    ("data connections and queries", r"xl/(connections\.xml|queryTables/)"),
    ("the digital signature", r"_xmlsignatures/"),
    ("buttons of the ribbon", r"customUI/"),
    ("macros", r"xl/vbaProject\.bin"),
)
_MARKS: tuple[tuple[str, str, bytes], ...] = (
    ("drawn shapes and text boxes", "xl/drawings/", rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]"),
    ("small charts in cells (sparklines)", "xl/worksheets/", rb"<(?:\w+:)?sparklineGroup[ >]"),
    ("newer conditional formats", "xl/worksheets/", rb"<x14:conditionalFormatting[ >]"),
    ("newer drop-down lists", "xl/worksheets/", rb"<x14:dataValidation[ >]"),
    ("formulas that fill several cells by themselves", "xl/worksheets/", rb"<(?:\w+:)?c [^>]*\bcm=\""),
    ("stored results of formulas: Excel works them out again when it opens the copy", "xl/worksheets/",
     rb"</(?:\w+:)?f>\s*<(?:\w+:)?v>"),
)  # fmt: skip
_ALTERED = {
    "charts": "details of charts, such as their colours",
    "notes": "the size and the formats of notes",
    "pivot tables": "details of pivot tables",
}


@dataclass(frozen=True, slots=True)
class Inside:
    """How many of each thing an archive holds, and how many sheets have notes."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: int = 0


def look_inside(archive: zipfile.ZipFile) -> Inside:
    """Count what an archive holds that a copy may lack."""
    counts: Counter[str] = Counter()
    names = archive.namelist()
    for label, pattern in _PARTS:
        counts[label] = sum(1 for name in names if re.match(pattern, name))
    for label, folder, wanted in _MARKS:
        parts = (name for name in names if name.startswith(folder) and name.endswith(".xml"))
        counts[label] = sum(len(re.findall(wanted, archive.read(name))) for name in parts)
    notes = sum(1 for name in names if re.fullmatch(r"xl/(comments/)?comments?\d*\.xml", name))
    return Inside(counts, notes)


def lost_between(before: Inside, after: Inside) -> tuple[str, ...]:
    """What the copy lacks or may show in another way, in words, in a fixed order."""
    gone = [label for label, number in before.counts.items() if after.counts[label] < number]
    altered = [
        words
        for label, words in _ALTERED.items()
        if label not in gone and (before.notes if label == "notes" else before.counts[label])
    ]
    return (*gone, *altered)
