"""The columns of a return."""

import pytest

from domain.columns import DERIVED
from domain.fields import (
    CASE_FIELDS,
    CASES,
    COUNCIL_FIELDS,
    FIELDS,
    KEY_OF,
    SUPPLEMENT,
    Kind,
    Owner,
    Sheet,
    case_field,
    fields_of,
)
from domain.services import SERVICES
from domain.vocabulary import rolled_up

KEYS = [service.key for service in SERVICES]
BY_SERVICE = [(field, service) for field in FIELDS if field.codes_by for service in sorted(field.services)]


@pytest.mark.parametrize("declared", FIELDS, ids=lambda f: f"{f.sheet}-{f.key}")
def test_a_column_says_what_it_holds(declared):
    assert declared.label
    assert declared.help.endswith(".")
    assert declared.services
    assert declared.services <= set(KEYS)
    assert not (declared.codes and declared.codes_by), "one list for all, or one for each service"
    if declared.coded:
        assert all(declared.code_list_for(service).entries for service in declared.services)
    else:
        assert declared.kind not in (Kind.CODE, Kind.CODES, Kind.YES_NO)
        with pytest.raises(ValueError, match="not an answer from a list"):
            _ = declared.code_list


@pytest.mark.parametrize(
    ("field", "service"), BY_SERVICE, ids=[f"{field.key}-{service}" for field, service in BY_SERVICE]
)
def test_a_column_whose_answers_depend_on_the_service_has_a_list_for_each_of_its_services(field, service):
    assert {key for key, _ in field.codes_by} == field.services
    own, all_of_them = field.code_list_for(service), field.code_list
    for code in own.entries:
        assert all_of_them.get(code.key)
        # Figures fold answers into groups with the list of all services, and show them with that of one.
        assert rolled_up(own, code.key) == rolled_up(all_of_them, code.key)
    others = set(KEYS) - field.services
    for other in others:
        with pytest.raises(ValueError, match=f"no field of {other}"):
            field.code_list_for(other)


@pytest.mark.parametrize("service", KEYS)
@pytest.mark.parametrize("sheet", Sheet)
def test_headers_and_their_aliases_name_one_column(sheet, service):
    fields = fields_of(sheet, service)
    headers = [header.casefold() for field in fields for header in (field.label, *field.aliases)]
    assert len(headers) == len(set(headers))
    assert len({field.key for field in fields}) == len(fields)


def test_a_key_names_one_column_of_a_case_whatever_the_service():
    keys = [field.key for field in CASE_FIELDS]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {derived.key for derived in DERIVED}


def test_the_council_s_columns_stand_on_the_supplement_and_not_on_the_sheet_of_cases():
    assert {f.key for f in COUNCIL_FIELDS} == {
        "decision_notice_date",
        "appeal_registered",
        "agreement_done",
        "la_decision_maker",
        "delay_exception",
    }
    assert not {f.key for f in CASES} & {f.key for f in COUNCIL_FIELDS}
    assert {f.owner for f in CASES} == {Owner.PROVIDER}
    assert [f.key for f in SUPPLEMENT] == ["provider", "case_ref", *(f.key for f in COUNCIL_FIELDS)]
    assert fields_of(Sheet.SUPPLEMENT, "send") == SUPPLEMENT


@pytest.mark.parametrize("sheet", [sheet for sheet in KEY_OF if sheet is not Sheet.TOTALS])
def test_what_names_a_row_is_required(sheet):
    required = {field.key for field in fields_of(sheet) if field.required}
    assert set(KEY_OF[sheet]) <= required


@pytest.mark.parametrize(
    ("service", "sheets"),
    [
        ("mentoring", {"Activities"}),
        ("send", {"Agreements", "Supplement"}),
        ("housing", set()),
        ("homelessness", set()),
    ],
)
def test_a_service_has_the_sheets_of_its_own(service, sheets):
    general = {"Cover", "Cases", "Satisfaction", "Complaints", "Staff", "Totals"}
    own = {str(s) for s in Sheet if fields_of(s, service)}
    assert own == general | sheets


def test_personal_characteristics_are_marked():
    marked = {field.key for field in CASES if field.characteristic}
    assert marked == {
        "sex", "age_band", "ethnicity", "vulnerabilities", "primary_vulnerability", "sen_need",
    }  # fmt: skip


def test_columns_are_found_by_key():
    assert case_field("area").kind is Kind.AREA
    assert case_field("district") is case_field("area")
    assert case_field("la_decision_maker").owner is Owner.COUNCIL
    with pytest.raises(KeyError):
        case_field("nothing")
