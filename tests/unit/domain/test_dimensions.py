"""What figures may be grouped by: words, order, and what is refused."""

import pytest

from domain.dimensions import (
    DIMENSIONS,
    band_of,
    check_grouping,
    dimension,
    find_code,
    group_label,
    group_order,
)
from domain.measures import measure
from domain.settings import Area, Settings
from tests.builders import HILL, NORTH, SHORE, SOUTH, VALE, some_settings

SETTINGS = some_settings()
BAND = "days_of_support_band"


def test_groupings_have_keys_of_their_own():
    keys = [declared.key for declared in DIMENSIONS]
    assert len(keys) == len(set(keys))
    assert dimension("district") is dimension("area")
    assert dimension("quarter").timed
    with pytest.raises(KeyError, match="not something to group by"):
        dimension("nothing")


@pytest.mark.parametrize(
    ("key", "code", "label"),
    [
        ("month", "", "No date"),
        ("sex", "", "Not recorded"),
        ("month", "2018-04", "Apr 2018"),
        ("area", HILL, "Hill"),
        ("area", "UNK", "Unknown area"),
        ("provider", NORTH, "North Mentors"),
        ("provider", "gone", "gone"),
        ("service", "mentoring", "Homelessness-prevention mentoring"),
        ("service", "other", "other"),
        (BAND, "up_to_007", "Up to 1 week"),
        (BAND, "more", "More than 24 weeks"),
        ("sex", "F", "Female"),
        ("sex", "REF", "Declined to answer"),
        ("adults", "3", "3"),
    ],
)
def test_groups_have_words(key, code, label):
    assert group_label(key, code, SETTINGS) == label


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("area", [HILL, VALE, SHORE, "E9", "UNK", ""]),
        ("provider", [NORTH, SOUTH, "another", ""]),
        ("risk_at_assessment", ["FUTURE", "D29_56", "D28", "HOMELESS", "REF", ""]),
        (BAND, ["up_to_007", "up_to_070", "more", ""]),
        ("adults", ["2", "10"]),
        ("month", ["2017-12", "2018-01", ""]),
    ],
)
def test_groups_come_in_the_order_of_their_list(key, codes):
    turned = codes[::-1]
    assert sorted(turned, key=lambda code: group_order(key, code, SETTINGS)) == codes


def test_a_band_holds_its_highest_value():
    assert [band_of(BAND, days) for days in (-3, 7, 8, 168, 169)] == [
        "up_to_007", "up_to_007", "up_to_014", "up_to_168", "more",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("district", "the vale", VALE),
        ("area", "Not known", "UNK"),
        ("provider", "north mentors", NORTH),
        ("service", "Homelessness prevention mentoring", "mentoring"),
        (BAND, "up to 1 week", "up_to_007"),
        ("quarter", "2018-04..2018-06", "2018-04..2018-06"),
        ("sex", "woman", "F"),
        ("sex", "declined to answer", "REF"),
        ("adults_n", "2", "2"),
        ("adults", "2", "2"),
    ],
)
def test_a_group_is_found_by_code_or_words(key, text, code):
    assert find_code(key, text, SETTINGS) == code


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("area", "Atlantis", "there is Hill, Vale, Shore"),
        ("provider", "Nobody", "North Mentors"),
        ("service", "Nothing", "Homelessness-prevention mentoring"),
        (BAND, "Long", "up_to_007"),
        ("quarter", "2018", "2018-04..2018-06"),
        ("month", "April", "2018-04"),
        ("sex", "Other", "Female"),
        ("adults_n", "two", "not a whole number"),
    ],
)
def test_a_group_that_is_not_there_is_refused_with_those_there_are(key, text, words):
    with pytest.raises(ValueError, match=words):
        find_code(key, text, SETTINGS)


def test_nothing_is_limited_by_a_text_or_an_unknown_field():
    for key in ("mentor_ref", "nothing"):
        with pytest.raises(KeyError):
            find_code(key, "M1", SETTINGS)


@pytest.mark.parametrize(
    ("key", "by", "words"),
    [
        ("live_cases", "month", "at the end of a month"),
        ("referrals", "adults", "ask for 'adults' itself"),
        ("days_of_support", "adults", "ask for 'adults' itself"),
        ("mean_days_of_support", "adults", "ask for 'adults' itself"),
        ("referrals", "activity_type", "known of activities only"),
        ("mean_vulnerabilities", "is_admin", "known of activities only"),
    ],
)
def test_a_grouping_that_a_measure_cannot_have_is_refused_with_the_reason(key, by, words):
    with pytest.raises(ValueError, match=words):
        check_grouping(measure(key), by)


@pytest.mark.parametrize(
    ("key", "by"),
    [
        ("live_cases", "area"),
        ("adults", "adults"),
        ("mean_days_of_support", "days_of_support"),
        ("mean_activities_per_case", "activity_type"),
        ("activity_mix", "sex"),
        ("referrals", "month"),
    ],
)
def test_other_groupings_are_taken(key, by):
    check_grouping(measure(key), by)


def test_areas_of_the_same_order_come_by_key():
    settings = Settings(areas=(Area("B", "B"), Area("A", "A")))
    assert sorted("BA", key=lambda code: group_order("area", code, settings)) == ["A", "B"]
