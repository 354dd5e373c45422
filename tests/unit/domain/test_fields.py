"""The columns of a return."""

import pytest

from domain.fields import ACTIVITIES, CASES, COVER, FIELDS, Kind, Sheet, case_field, fields_of


@pytest.mark.parametrize("declared", FIELDS, ids=lambda f: f"{f.sheet}-{f.key}")
def test_a_column_says_what_it_holds(declared):
    assert declared.label
    assert declared.help.endswith(".")
    assert declared.services
    assert declared.coded == bool(declared.codes)
    if declared.coded:
        assert declared.code_list.entries
    else:
        assert declared.kind not in (Kind.CODE, Kind.CODES, Kind.YES_NO)
        with pytest.raises(ValueError, match="not an answer from a list"):
            _ = declared.code_list


@pytest.mark.parametrize("sheet", [COVER, CASES, ACTIVITIES], ids=["cover", "cases", "activities"])
def test_headers_and_their_aliases_name_one_column(sheet):
    headers = [header.casefold() for field in sheet for header in (field.label, *field.aliases)]
    assert len(headers) == len(set(headers))
    assert len({field.key for field in sheet}) == len(sheet)


def test_personal_characteristics_are_marked():
    marked = {field.key for field in CASES if field.characteristic}
    assert {"sex", "age_band", "ethnicity"} <= marked


def test_columns_are_found_by_sheet_and_key():
    assert case_field("area").kind is Kind.AREA
    assert [f.key for f in fields_of(Sheet.ACTIVITIES)] == [f.key for f in ACTIVITIES]
    with pytest.raises(KeyError):
        case_field("nothing")
