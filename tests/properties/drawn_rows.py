"""Rows that a return of a service may hold, made up by chance: they keep the rules that bind one answer to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.fields import KEY_OF, Field, Kind, Sheet, fields_of
from domain.services import service as service_of
from domain.settings import UNKNOWN_AREA
from domain.vocabulary import absent_codes
from tests.upload_files.returns import PERIOD, SETTINGS
from tests.upload_files.right import RIGHT

Record = dict[str, Any]
DAYS = st.dates(PERIOD.start, PERIOD.end)


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
