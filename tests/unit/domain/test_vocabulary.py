"""Code lists."""

import pytest

from domain.fields import FIELDS
from domain.vocabulary import absent_codes, code_list, plain, rolled_up

LISTS = sorted({field.codes for field in FIELDS if field.codes})


@pytest.mark.parametrize("key", LISTS)
def test_codes_are_given_once_and_parents_exist(key):
    codes = code_list(key)
    keys = [code.key for code in codes.codes]
    assert len(keys) == len(set(keys))
    assert all(code.label for code in codes.codes)
    assert all(code.parent in keys for code in codes.codes if code.parent)
    assert all(
        codes.find(spelling) == code.key for code in codes.entries for spelling in (code.key, code.label)
    )


def test_answers_are_found_however_they_are_typed():
    assert code_list("trailblazer_housing_status").find(" b & b ") == "BB"
    assert code_list("trailblazer_housing_status").find("Fixed accommodation") is None
    assert plain("Self-referral  into SERVICE ") == "selfreferralintoservice"


def test_labels_and_order_know_absent_answers_and_leave_others_last():
    sex = code_list("sex")
    assert [sex.label(key) for key in ("F", "DK", "ZZ")] == ["Female", "Don't know", "ZZ"]
    assert sex.order("F") < sex.order("U") < sex.order("DK") < sex.order("LC") < sex.order("ZZ")
    assert sex.get("ZZ") is None
    assert set(absent_codes()) == {"DK", "REF", "NA", "LC"}


def test_groups_roll_up_and_headings_do_not():
    ethnicity, housing = code_list("ethnicity"), code_list("trailblazer_housing_status")
    assert [rolled_up(ethnicity, key) for key in ("AS_BAN", "ASIAN", "REF")] == ["ASIAN", "ASIAN", "REF"]
    assert rolled_up(housing, "SRS") == "SRS"
    assert housing.children("FIXED") == ("SRS", "PRS", "RP", "OO")
    assert housing.children("SRS") == ()


def test_a_list_that_nobody_wrote_is_an_error():
    with pytest.raises(FileNotFoundError):
        code_list("nothing")
