"""Rules on cells that are blank: those that must be filled, and those that are asked about once."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.checks.tables import reference_of
from domain.fields import Kind, Sheet, fields_of
from domain.problem import Level

_ONE = {Sheet.CASES: "a case", Sheet.SATISFACTION: "an answer", Sheet.COMPLAINTS: "a complaint"}
"""What a row is whose date may be blank."""


@rule("V01", Level.MUST_FIX, "Every required cell is filled", stage=Stage.CELLS)
def required_filled(checking: Checking) -> Iterable[Finding]:
    """Yield every blank cell of a required field; missing references have a rule of their own."""
    cover = checking.cover
    if cover:
        faulty = {key for key, _, _ in cover.faults}
        for field in fields_of(Sheet.COVER, checking.service):
            by_council = field.kind is Kind.PROVIDER and checking.from_council
            blank = field.key not in cover.values and field.key not in faulty
            if field.required and blank and not by_council:
                place = cover.place(field.key)
                yield Finding(
                    f"'{field.label}' is blank." if place.row else f"There is no line '{field.label}'.",
                    field.help,
                    f"Enter it beside '{field.label}'.",
                    cover.draft.name,
                    place.row or None,
                    place.header,
                )
    for table in checking.tables:
        for field in fields_of(table.sheet, checking.service):
            if field.required and table.has(field.key) and field.key != reference_of(table.sheet):
                header = table.header(field.key)
                for row in table.rows:
                    if field.key not in row.values and field.key not in row.faulty:
                        yield Finding(
                            "The cell is blank.",
                            field.help,
                            "Fill in the cell.",
                            table.name,
                            row.number,
                            header,
                        )


@rule("V01", Level.CONFIRM, "Dates that figures by month rest on are filled", stage=Stage.CELLS)
def wanted_filled(checking: Checking) -> Iterable[Finding]:
    """Yield, once a field, the rows in which a wanted cell is blank."""
    for table in checking.tables:
        kept = checking.kept(table)
        for field in fields_of(table.sheet, checking.service):
            blank = [
                row.number
                for row in kept
                if field.wanted and field.key not in row.values and field.key not in row.faulty
            ]
            if blank:
                yield Finding(
                    f"{rows_in_words(blank)} have no {field.label.lower()}."
                    if len(set(blank)) > 1
                    else f"Row {blank[0]} has no {field.label.lower()}.",
                    f"{field.help} Without it, {_ONE[table.sheet]} counts in totals but in no figure by month.",
                    "Enter it where you know it, or confirm that it is not known.",
                    table.name,
                    the_only(blank),
                    table.header(field.key, field.label),
                    rows=several(blank),
                    fields=(field.key,),
                    general=f"There is no {field.label[:1].lower()}{field.label[1:]}.",
                )
