"""What is filled into the blank return of any service comes back as it was meant."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data_access.intake import examine
from data_access.spreadsheets.template import write_template
from domain.fields import KEY_OF, Field, Kind, Sheet, fields_of
from domain.services import service as service_of
from domain.settings import UNKNOWN_AREA
from domain.vocabulary import absent_codes
from tests.upload_files.returns import KNOWN, PERIOD, SETTINGS
from tests.upload_files.right import RIGHT

Record = dict[str, Any]
DAYS = st.dates(PERIOD.start, PERIOD.end)


@cache
def template(kind: str) -> bytes:
    service, provider, _ = RIGHT[kind]
    out = io.BytesIO()
    write_template(service, SETTINGS, out, provider=provider, period=PERIOD)
    return out.getvalue()


def value_of(field: Field, kind: str, day: date) -> st.SearchStrategy[Any]:
    """What a cell of the field may hold; all dates of a row are one day, so that their order holds."""
    service, provider, _ = RIGHT[kind]
    match field.kind:
        case Kind.DATE:
            return st.just(day)
        case Kind.WHOLE:
            return st.integers(field.minimum or 0, field.maximum or 1000)
        case Kind.NUMBER:
            return st.integers(0, 100).map(lambda hundredths: hundredths / 100)
        case Kind.CODE | Kind.YES_NO:
            codes = [code.key for code in field.code_list_for(service).entries]
            return st.sampled_from([*codes, *absent_codes()])
        case Kind.CODES:
            known = field.code_list_for(service)
            several = [code.key for code in known.entries if code.key != "NONE"]
            return st.lists(st.sampled_from(several), min_size=1, max_size=3, unique=True).map(
                lambda found: tuple(sorted(found, key=known.order))
            )
        case Kind.AREA:
            return st.sampled_from([*(area.key for area in SETTINGS.areas), UNKNOWN_AREA])
        case Kind.QUESTION:
            return st.sampled_from([question.code for question in SETTINGS.survey(service, provider)])
        case Kind.PROVIDER:
            return st.sampled_from([p.key for p in SETTINGS.providers_of(service)])
    return st.sampled_from(["M1", "post 7", "x"])


@st.composite
def rows(draw: st.DrawFn, kind: str, sheet: Sheet, references: list[str]) -> list[Record]:
    service, found = RIGHT[kind][0], []
    for number in range(draw(st.integers(0, 3))):
        day, record = draw(DAYS), {}
        for field in fields_of(sheet, service):
            if field.key in KEY_OF[sheet] and field.kind is Kind.TEXT:
                record[field.key] = f"{sheet[:2]}-{number}"
            elif field.key == "case_ref":
                record[field.key] = draw(st.sampled_from(references)) if references else None
            elif field.required or field.wanted or draw(st.booleans()):
                record[field.key] = draw(value_of(field, kind, day))
        found.append(
            {key: value for key, value in _mended(record, service, day).items() if value is not None}
        )
    return [row for row in found if all(key in row for key in needed(sheet, service))]


def needed(sheet: Sheet, service: str) -> list[str]:
    return [field.key for field in fields_of(sheet, service) if field.required]


def _mended(record: Record, service: str, day: date) -> Record:
    """The row, made to keep the rules that bind one answer to another."""
    outcome = record.get("outcome")
    if "outcome_date" in record or outcome:
        record["outcome_date"] = day if outcome in service_of(service).final else None
    if record.get("service_type") == "DR" or outcome == "DR_HELD":
        record["certificate_date"] = None
    if outcome == "MED_HELD":
        record["meeting_date"] = day
    if outcome == "GNA":
        record["good_neighbour_agreement"] = "Y"
    question = next((q for q in SETTINGS.questions if q.code == record.get("question_code")), None)
    if record.get("answer_code") and record["answer_code"] not in absent_codes():
        scale = question.scale if question else "agree"
        record["answer_code"] = f"{scale[0].upper()}{str(record['answer_code'])[-1]}"
    return record


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
