"""Code lists."""

import csv
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from domain.vocabulary import Code, CodeList, absent_codes, code_list, plain, rolled_up, union

FOLDER = Path(__file__).parents[3] / "domain" / "codelists"
NOT_CODES = {"agreed_action_periods", "bank_holidays_england_wales", "events", "wider_areas"}
LISTS = sorted({path.stem for path in FOLDER.glob("*.csv")} - NOT_CODES)


def spellings(code: Code) -> set[str]:
    return {plain(text) for text in (code.key, code.label, *code.aliases)}


@pytest.mark.parametrize("key", LISTS)
def test_codes_are_given_once_and_groups_are_rows_of_their_list(key):
    codes = code_list(key).codes
    keys = [code.key for code in codes]
    assert len(keys) == len(set(keys)) > 0
    assert all(code.key and code.label and code.source for code in codes)
    assert {code.parent for code in codes if code.parent} <= set(keys)
    assert {code.key for code in codes if code.heading} <= {code.parent for code in codes}


@pytest.mark.parametrize("key", LISTS)
def test_rows_stand_in_their_order(key):
    with FOLDER.joinpath(f"{key}.csv").open(encoding="utf-8", newline="") as file:
        places = [int(row["order"]) for row in csv.DictReader(file)]
    assert all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize("key", LISTS)
def test_no_spelling_means_two_answers_of_one_list(key):
    codes = code_list(key)
    for one, other in combinations(codes.entries, 2):
        assert not spellings(one) & spellings(other), (one.key, other.key)
    for code in codes.entries:
        texts = (code.key, code.label, *code.aliases)
        assert {codes.find(text) for text in texts} == {code.key}
        assert not {";", "\n"} & set("".join(texts)), "a cell with several answers is split there"


@pytest.mark.parametrize("key", sorted({*LISTS} - {"missing_value"}))
def test_no_answer_takes_the_words_of_an_absent_one(key):
    absent = [*absent_codes(), *absent_codes().values(), "n/a"]
    assert [text for text in absent if code_list(key).find(text)] == []


def test_answers_are_found_however_they_are_typed():
    assert code_list("trailblazer_housing_status").find(" b & b ") == "BB"
    assert code_list("trailblazer_housing_status").find("Fixed accommodation") is None
    assert plain("Self-referral  into SERVICE ") == "selfreferralintoservice"


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("sen_primary_need", "Autistic Spectrum Disorder", "ASD"),
        ("sen_primary_need", "autism", "ASD"),
        ("sen_primary_need", "Moderate Learning Disability", "MLD"),
        ("sen_primary_need", "Specific Learning Disability", "SPLD"),
        ("sen_primary_need", "Profound & Multiple Learning Disability", "PMLD"),
        ("sen_primary_need", "Social Emotional Mental Health", "SEMH"),
        ("sen_primary_need", "Speech Language Communication Nees", "SLCN"),
        ("sen_primary_need", "Multi Sensory", "MSI"),
        ("sen_primary_need", "Visual Impairment", "VI"),
        ("sen_primary_need", "Other / Unknown", "OTH"),
        ("send_mediation_reason", "Refusal to assess", "RTA"),
        ("send_mediation_reason", "Contents of an EHC Plan (may also include Section I)", "CON"),
        ("send_mediation_reason", "Named school/institution", "SECI"),
        ("send_referral_outcome", "LA declined Mediation", "LA_DECLINED"),
        ("send_referral_outcome", "Mediation held", "MED_HELD"),
        ("send_referral_outcome", "Changed their mind", "CHANGED"),
        ("send_referral_outcome", "Withdrawn", None),  # with a certificate, or without?
        ("housing_outcome", "Good Neighbour Agreement", "GNA"),
        ("housing_outcome", "No further action", None),  # it does not say why, and one why is a success
        ("meeting_mode", "Teams", "ONLINE"),
        ("ethnicity", "White British", "WH_BRI"),
        ("ethnicity", "British", None),  # a nationality
        ("survey_answer", "Strongly Agree", "A5"),
        ("survey_answer", "5", None),  # the top of two scales
        ("age_band_send", "5 to 10", "5-10"),
    ],
)
def test_what_providers_write_is_read_and_what_could_be_two_things_is_not(key, typed, meant):
    assert code_list(key).find(typed) == meant


def test_the_seven_outcomes_of_send_read_as_published():
    assert [code.label for code in code_list("send_referral_outcome").entries] == [
        "Parent or Young Person changed their mind (requested certificate)",
        "Parent or Young Person changed their mind",
        "LA declined Mediation",
        "Resolved pre-mediation",
        "Support and Guidance only",
        "Disagreement resolution meeting held",
        "Mediation meeting held",
        "Open",
    ]


@pytest.mark.parametrize(
    ("key", "group", "label", "children"),
    [
        ("trailblazer_housing_status", "FIXED", "Fixed accommodation", {"SRS", "PRS", "RP", "OO"}),
        ("send_referral_outcome", "changed_mind", "Changed their mind", {"CHANGED_CERT", "CHANGED"}),
        ("send_referral_outcome", "held", "Meeting held", {"DR_HELD", "MED_HELD"}),
        (
            "housing_outcome",
            "expected",
            "One of the four expected outcomes",
            {"SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE"},
        ),
        ("survey_answer", "positive", "Positive answer", {"A5", "A4", "U5", "U4"}),
    ],
)
def test_headings_group_answers_and_are_none(key, group, label, children):
    codes = code_list(key)
    assert set(codes.children(group)) == children
    assert codes.label(group) == label
    assert group not in {code.key for code in codes.entries}
    assert all(rolled_up(codes, child) == child for child in children)


def test_labels_and_order_know_absent_answers_and_leave_others_last():
    sex = code_list("sex")
    assert [sex.label(key) for key in ("F", "DK", "ZZ")] == ["Female", "Don't know", "ZZ"]
    assert sex.order("F") < sex.order("U") < sex.order("DK") < sex.order("LC") < sex.order("ZZ")
    assert sex.get("ZZ") is None
    assert set(absent_codes()) == {"DK", "REF", "NA", "LC"}


def test_groups_that_are_answers_roll_up():
    ethnicity, reasons = code_list("ethnicity"), code_list("send_mediation_reason")
    assert [rolled_up(ethnicity, key) for key in ("AS_BAN", "ASIAN", "REF")] == ["ASIAN", "ASIAN", "REF"]
    assert [rolled_up(reasons, key) for key in ("CON_B", "CON_F", "CON", "SECI")] == ["CON"] * 3 + ["SECI"]
    assert reasons.find("Contents") == "CON"
    assert reasons.children("SECI") == ()


def test_lists_of_services_are_joined_and_the_first_label_counts():
    outcomes = ("trailblazer_outcome", "send_referral_outcome", "housing_outcome", "homelessness_outcome")
    joined = union("outcome", outcomes)
    keys = [code.key for code in joined.codes]
    assert joined.key == "outcome"
    assert keys == list(dict.fromkeys(code.key for name in outcomes for code in code_list(name).codes))
    assert joined.label("WITHDRAWN") == code_list("trailblazer_outcome").label("WITHDRAWN")
    assert joined.label("WITHDRAWN") != code_list("housing_outcome").label("WITHDRAWN")
    assert joined.children("held") == ("DR_HELD", "MED_HELD")
    assert union("outcome", outcomes) is joined


def test_a_code_that_is_no_longer_used_is_still_read():
    old = Code("OLD", "An old answer", aliases=("As it was",), valid_to=date(2024, 3, 31))
    codes = CodeList("answers", (Code("NEW", "A new answer", valid_from=date(2024, 4, 1)), old))
    assert codes.find("as it was") == "OLD"
    assert codes.label("OLD") == "An old answer"
    assert old in codes.entries


def test_a_list_that_nobody_wrote_is_an_error():
    with pytest.raises(FileNotFoundError):
        code_list("nothing")
