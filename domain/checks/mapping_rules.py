"""Rules on how a sender's own spreadsheet was understood: what is done by a guess or as before is said."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rule
from domain.problem import Level


@rule("V28", Level.SAID, "A sheet known only by its headers is named", stage=Stage.SHEETS)
def known_by_headers(checking: Checking) -> Iterable[Finding]:
    """Yield every sheet whose name says nothing, and which sheet of a return we took it for."""
    for name in checking.named.by_headers:
        yield Finding(
            f"Its name says nothing to us. Its headers are those of '{checking.named.sheets[name]}', so we read it as that.",
            f"The name '{checking.named.sheets[name]}'.",
            "Rename it if it is another sheet; nothing needs to be done if it is that one.",
            name,
        )


@rule(
    "V30", Level.SAID, "Columns that look personal and are left out each time are named", stage=Stage.SHEETS
)
def personal_again(checking: Checking) -> Iterable[Finding]:
    """Yield every column, and every line of the Cover, that looks personal and was said before to be none of ours."""
    left_out = [
        (table.name, None, column.header, column.personal)
        for table in checking.tables
        for column in table.columns
        if column.left_out
    ]
    cover = checking.cover
    lines = (
        [(cover.draft.name, place.row, place.header, what) for place, what in cover.left_out] if cover else []
    )
    for sheet, row, header, personal in (*lines, *left_out):
        if personal:
            yield Finding(
                f"It looks as if it holds {personal.rstrip(',')}. We dropped it again before keeping anything.",
                "No personal details and no free text.",
                "Delete it from the file before you send it again.",
                sheet,
                row,
                header,
            )
