"""What is filled into the blank return of any service comes back as it was meant."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data_access.intake import examine
from data_access.spreadsheets.template import write_template
from domain.fields import Field, Kind, Sheet, fields_of
from tests.properties.drawn_rows import Record, rows
from tests.upload_files.returns import KNOWN, PERIOD, SETTINGS
from tests.upload_files.right import RIGHT

pytestmark = pytest.mark.usefixtures("short_sheets")


@cache
def template(kind: str) -> bytes:
    service, provider, _ = RIGHT[kind]
    out = io.BytesIO()
    write_template(service, SETTINGS, out, provider=provider, period=PERIOD)
    return out.getvalue()


def typed(field: Field, value: Any, service: str, as_label: bool) -> Any:
    """A value as a person enters it: a label or a code, several with ; between them."""
    if isinstance(value, tuple):
        return "; ".join(str(typed(field, part, service, as_label)) for part in value)
    if not as_label:
        return value
    if field.kind is Kind.AREA:
        return SETTINGS.area_label(value)
    if field.kind is Kind.PROVIDER:
        return SETTINGS.provider_label(value)
    if field.kind is Kind.QUESTION:
        return SETTINGS.question_label(service, value)
    return field.code_list_for(service).label(value) if field.coded else value


@pytest.mark.parametrize("kind", RIGHT)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), as_label=st.booleans(), sent=st.none() | st.integers(0, 99))
def test_a_filled_template_comes_back_as_the_same_return(
    kind: str, data: st.DataObject, as_label: bool, sent: int | None
) -> None:
    service, provider, columns = RIGHT[kind]
    book = load_workbook(io.BytesIO(template(kind)))
    filled: dict[Sheet, list[Record]] = {}
    for name in columns:
        cases = [str(row["case_ref"]) for row in filled.get(Sheet.CASES, [])]
        filled[Sheet(name)] = data.draw(rows(kind, Sheet(name), cases), label=name)
        fields = fields_of(Sheet(name), service)
        for number, record in enumerate(filled[Sheet(name)], start=2):
            for column, field in enumerate(fields, start=1):
                if field.key in record:
                    book[name].cell(number, column).value = typed(field, record[field.key], service, as_label)
    for line in book["Cover"].iter_rows():
        if line[0].value == "Surveys sent":
            line[1].value = sent
    out = io.BytesIO()
    book.save(out)
    found = examine("r.xlsx", out.getvalue(), SETTINGS, KNOWN)
    assert [p.sentence for p in found.must_fix] == []
    assert found.accepted is not None
    assert found.accepted.key == f"{service}:{provider}:{PERIOD.key}"
    assert {sheet: list(found.accepted.rows(sheet)) for sheet in filled} == filled
    assert found.accepted.surveys_sent == (sent if "Cases" in columns else None)
