"""What was chosen, in words and in the address."""

import pytest

from domain.periods import Period
from domain.selection import Selection
from tests.builders import HILL, NORTH, some_settings

SETTINGS = some_settings()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "all dates"),
        (201804, None, "from Apr 2018"),
        (None, 201804, "up to Apr 2018"),
        (201804, 201806, "Apr-Jun 2018 (Q1 2018/19)"),
        (201704, 201810, "Apr 2017-Oct 2018"),
    ],
)
def test_months_in_words(first, last, words):
    chosen = Selection("mentoring", first=first, last=last)
    assert chosen.months_in_words == words
    assert chosen.timed == (words != "all dates")


def test_the_sentence_names_providers_and_areas():
    assert Selection("mentoring").sentence(SETTINGS) == "all providers; all areas; all dates"
    chosen = Selection("mentoring", providers=(NORTH, "gone"), areas=(HILL, "UNK"))
    assert chosen.sentence(SETTINGS) == "North Mentors, gone; Hill, Unknown area; all dates"


def test_another_period_keeps_the_rest():
    chosen = Selection("mentoring", areas=(HILL,)).during(Period.parse("2018-04..2018-06"))
    assert chosen == Selection("mentoring", areas=(HILL,), first=201804, last=201806)
    assert chosen.during(None) == Selection("mentoring", areas=(HILL,))


def test_answers_of_one_field_stand_together():
    chosen = Selection("mentoring").only("outcome", "LIVE", "PREVENTED").only("sex", "F")
    assert chosen.wanted() == {"outcome": ("LIVE", "PREVENTED"), "sex": ("F",)}


def test_an_address_is_read_back_and_a_wrong_month_refused():
    assert Selection.from_query({"service": ["send"]}) == Selection("send")
    query = {
        "service": ["send"], "from": ["2018-04"], "to": ["2018-06"], "provider": [NORTH], "where": ["outcome=OPEN"]
    }  # fmt: skip
    assert Selection.from_query(query).to_query() == query
    assert Selection("mentoring", areas=(HILL,)).to_query() == {"service": ["mentoring"], "area": [HILL]}
    with pytest.raises(ValueError, match="not a month"):
        Selection.from_query({"service": ["send"], "from": ["April"]})
    with pytest.raises(ValueError, match="FIELD=VALUE"):
        Selection.from_query({"where": ["outcome"]})


def test_an_address_without_a_service_is_refused_and_not_taken_for_one():
    with pytest.raises(ValueError, match="names no service"):
        Selection.from_query({"from": ["2018-04"]})
