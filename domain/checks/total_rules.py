"""Rules on the return as a whole: what the Cover says, and what it replaces, against the rows that are there."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checks.checking import NEEDED, Checking, folded
from domain.checks.rule import NOT_READ, Finding, Stage, rule
from domain.fields import KEY_OF, Sheet
from domain.problem import Level

SHOWN = 10
"""So many references are named; they are the sender's own."""
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
        general = f"The number of {several} on the Cover differs from the rows."
        yield Finding(
            found,
            wanted,
            repair,
            cover.draft.name,
            place.row,
            place.header,
            fields=KEY_OF[sheet][:1],
            general=general,
        )


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
        general = "The Cover says there is nothing to report, and the sheets have rows."
        yield Finding(
            found, wanted, repair, cover.draft.name, place.row or None, place.header, general=general
        )
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


def _no_cases(checking: Checking) -> str:
    """Why its cases cannot be compared: it should have them, has none, and does not say that there are none."""
    return NOT_READ if checking.expects(Sheet.CASES) and not _says_its_cases(checking) else ""


def _says_its_cases(checking: Checking) -> bool:
    return checking.nil or Sheet.CASES in checking.found


@rule(
    "V25",
    Level.CONFIRM,
    "A return has the cases of the returns that it replaces",
    stage=Stage.WHOLE,
    needs=("readable", "service", "provider", "period"),
    unless=_no_cases,
)
def replaced_cases_kept(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases that would count no more, or only as an earlier return has them.

    The number of cases alone may hide it: a return for the year to date that has only what is new may have as many as the last one.
    """
    if not _says_its_cases(checking):
        return  # totals, or the council's supplement
    table = checking.found.get(Sheet.CASES)
    here = {folded(row.values.get("case_ref")) for row in (table.rows if table else ())}
    stays = checking.others().cases
    lost = [
        str(case["case_ref"])
        for key, case in checking.others(checking.provider or "").cases.items()
        if key not in here and stays.get(key) != case
    ]
    if lost:
        shown = ", ".join(sorted(lost)[:SHOWN]) + (
            f" and {len(lost) - SHOWN:,} more" if len(lost) > SHOWN else ""
        )
        cases = "1 case that is" if len(lost) == 1 else f"{len(lost):,} cases that are"
        yield Finding(
            f"This return replaces what was sent before, and that has {cases} not in it ({shown}).",
            "Every case of the returns that it replaces.",
            "Add the cases, or confirm that they should count no more, or only as an earlier return has them.",
            table.name if table else "",
            None,
            table.header("case_ref") if table else "",
            fields=("case_ref",),
            general="Cases of the returns that this one replaces are not in it.",
        )
