"""What was chosen, in words and in the address."""

from dataclasses import replace

import pytest

from domain.access import EVERYTHING, Audience, Reach
from domain.periods import Period
from domain.selection import Selection
from domain.whose import for_whom, whose
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


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ((Reach(provider=NORTH),), "North Mentors; all areas"),
        ((Reach("mentoring", NORTH), Reach("send", "gone")), "North Mentors; all areas"),
        ((Reach(area=HILL),), "all providers; Hill"),
        ((Reach(provider=NORTH, area=HILL),), "North Mentors; Hill"),
        ((Reach(provider=NORTH), Reach(area=HILL)), "the part of all providers that you may see; all areas"),
        ((EVERYTHING,), "all providers; all areas"),
        ((Reach("mentoring"), Reach("send", "gone")), "all providers; all areas"),
    ],
)
def test_the_sentence_says_all_only_to_who_sees_all(reach, words):
    seen = replace(SETTINGS, reach=reach)
    assert Selection("mentoring").sentence(seen) == f"{words}; all dates"
    assert whose(seen, "mentoring") == "; ".join(
        part for part in words.split("; ") if part not in ("all providers", "all areas")
    )
    limited = [one.provider for one in reach if one.service in ("", "mentoring")]
    audience = for_whom(Audience.US, seen, "mentoring")
    assert ("North Mentors" in audience) == (set(limited) == {NORTH})
    assert "commissioning team only" in audience


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
