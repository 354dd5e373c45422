"""The blank return of every service holds its columns and lists, and what is filled in is read back."""

from __future__ import annotations

import io
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from data_access.intake import examine
from data_access.spreadsheets.template import sheets_of, write_template
from domain.cells import Fault, read_cell, read_survey_answer
from domain.fields import Field, Kind, Sheet, fields_of
from domain.returns import COUNCIL
from tests.upload_files.make import PASS
from tests.upload_files.returns import KNOWN, PERIOD, SETTINGS, right_return
from tests.upload_files.right import RIGHT

KINDS = pytest.mark.parametrize("kind", RIGHT)


@cache
def the_template(kind: str) -> bytes:
    service, provider, _ = RIGHT[kind]
    out = io.BytesIO()
    write_template(service, SETTINGS, out, provider=provider, period=PERIOD)
    return out.getvalue()


def opened(kind: str) -> Workbook:
    return load_workbook(io.BytesIO(the_template(kind)))


@KINDS
def test_the_template_holds_every_field_of_the_service_and_a_visible_sheet_of_lists(kind: str) -> None:
    book, (service, provider, columns) = opened(kind), RIGHT[kind]
    assert book.sheetnames == ["Cover", *columns, "About", "Lists"]
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    for name in columns:
        fields = fields_of(Sheet(name), service)
        assert [cell.value for cell in book[name][1]] == [field.label for field in fields]
        assert all(cell.comment.text for cell in book[name][1])
        validated = {str(rule.sqref).split(":")[0] for rule in book[name].data_validations.dataValidation}
        assert len(validated) == len([f for f in fields if f.kind is not Kind.TEXT])
    asked = [row[0].value for row in book["Cover"].iter_rows()]
    assert ("Provider" in asked) == (provider != COUNCIL)


@KINDS
def test_every_answer_of_the_template_is_read_back(kind: str) -> None:
    book, (service, provider, _) = opened(kind), RIGHT[kind]
    fields: dict[str, Field] = {}
    for part in sheets_of(service, for_council=provider == COUNCIL).values():
        for field in part:
            fields.setdefault(field.label, field)
    for column in book["Lists"].iter_cols():
        header, answers = column[0].value, [cell.value for cell in column[1:] if cell.value]
        for answer in answers:
            found = read_cell(fields[header], answer, SETTINGS, service, provider)
            assert not isinstance(found, Fault), (header, answer)
            if fields[header].kind is Kind.QUESTION:
                assert found in {question.code for question in SETTINGS.survey(service, provider)}


def test_the_answers_offered_are_those_of_the_scales_in_use() -> None:
    for kind, offered in (("mentoring", {"A"}), ("send", {"A", "U"})):
        lists = {column[0].value: column for column in opened(kind)["Lists"].iter_cols()}
        field = next(f for f in fields_of(Sheet.SATISFACTION) if f.key == "answer_code")
        codes = {read_survey_answer(field, cell.value, None) for cell in lists["Answer"][1:] if cell.value}
        assert {str(code)[0] for code in codes if str(code)[-1].isdigit()} == offered


@KINDS
def test_a_filled_template_is_accepted(kind: str) -> None:
    book = opened(kind)
    for name, rows in right_return(kind).items():
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row, start=1):
                if name != "Cover":
                    book[name].cell(r, c).value = value
    out = io.BytesIO()
    book.save(out)
    known = next(e.known for e in PASS if e.kind == kind)
    found = examine("r.xlsx", out.getvalue(), SETTINGS, known)
    assert [p.sentence for p in found.problems if p.check != "V27"] == []
    assert found.accepted is not None
    assert found.accepted.key == f"{RIGHT[kind][0]}:{RIGHT[kind][1]}:{PERIOD.key}"


def test_an_empty_template_says_that_there_are_no_rows_and_nothing_else() -> None:
    for kind in RIGHT:
        found = examine("r.xlsx", the_template(kind), SETTINGS, KNOWN)
        assert [p.check for p in found.problems] == ["V27"]


def test_a_template_for_an_unknown_service_or_provider_is_refused() -> None:
    for service, provider in (("gardening", ""), ("mentoring", "nobody"), ("housing", COUNCIL)):
        with pytest.raises(KeyError):
            write_template(service, SETTINGS, io.BytesIO(), provider=provider)
