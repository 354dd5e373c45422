"""Rules on the return as a whole: what the Cover says against the rows that are there."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checks.checking import NEEDED, Checking
from domain.checks.rule import Finding, Stage, rule
from domain.fields import Sheet
from domain.problem import Level

CONTROLS = (
    ("cases_n", Sheet.CASES, "case", "cases"),
    ("activities_n", Sheet.ACTIVITIES, "activity", "activities"),
    ("answers_n", Sheet.SATISFACTION, "answer", "answers"),
    ("complaints_n", Sheet.COMPLAINTS, "complaint", "complaints"),
)


@rule(
    "V22", Level.CONFIRM, "The numbers on the Cover agree with the rows", stage=Stage.WHOLE, needs=("cover",)
)
def control_totals(checking: Checking) -> Iterable[Finding]:
    """Yield every number on the Cover that differs from the rows of its sheet."""
    cover = checking.cover
    for key, sheet, one, several in CONTROLS:
        table = checking.found.get(sheet)
        said = cover.values.get(key) if cover else None
        if cover is None or not isinstance(said, int):
            continue
        place = cover.place(key)
        repair = "Look whether rows were lost, and correct the Cover or the sheet; or confirm that the rows are right."
        counted = f"The Cover says {said:,} {several if said != 1 else one}"
        if table is None:
            if said and sheet in checking.sheets and sheet not in NEEDED:
                found = f"{counted}, and there is no sheet '{sheet}'."
            else:
                continue
        elif said in {len(table.rows), len(checking.kept(table))}:
            continue
        else:
            rows = "1 row" if len(table.rows) == 1 else f"{len(table.rows):,} rows"
            found = f"{counted}, and the sheet '{table.name}' has {rows}."
        wanted = "The same number in both places."
        yield Finding(found, wanted, repair, cover.draft.name, place.row, place.header)


@rule(
    "V27",
    Level.CONFIRM,
    "A return without rows says so, and only such a return",
    stage=Stage.WHOLE,
    needs=("cover",),
)
def nil_return_agrees(checking: Checking) -> Iterable[Finding]:
    """Yield a nil return that has rows, or a return without rows that is not marked as nil."""
    cover = checking.cover
    if cover is None or (not checking.nil and not {Sheet.CASES, Sheet.SUPPLEMENT} & checking.found.keys()):
        return
    rows = sum(len(table.rows) for table in checking.tables)
    place = cover.place("nil_return")
    if checking.nil and rows:
        found = (
            f"The Cover says there is nothing to report, and the sheets have {rows:,} "
            f"{'row' if rows == 1 else 'rows'}."
        )
        wanted, repair = (
            "A nil return without rows, or rows without a nil return.",
            "Correct the Cover; or confirm that the rows count.",
        )
        yield Finding(found, wanted, repair, cover.draft.name, place.row or None, place.header)
    elif not checking.nil and not rows:
        found, wanted = (
            "There are no rows, and the Cover does not say that there is nothing to report.",
            "Y as 'Nil return' when that is so.",
        )
        yield Finding(
            found,
            wanted,
            "Enter Y on the Cover, add the rows, or confirm.",
            cover.draft.name,
            place.row or None,
            place.header,
        )
