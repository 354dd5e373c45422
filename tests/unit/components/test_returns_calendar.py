"""The calendar of returns in words, and what falls due as files."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar as CalendarFile

from components.returns_calendar import details_table, lines_csv, place_words, punctual_words
from components.returns_deadlines import deadlines_calendar, deadlines_table
from components.upload_problems import REASONS
from data_access.calendars import COMES_LATER
from domain.deadlines import Deadline
from domain.periods import Period
from domain.returns_calendar import Known, Sent
from domain.settings import Provider
from tests.builders import NORTH, Q1, SERVICE, SOUTH, some_settings
from tests.unit.domain.test_returns_calendar import ACheck, AVersion, calendar, place, sent

NOW = datetime(2018, 7, 9, 13, 5, tzinfo=UTC)
AS_AT = date(2018, 6, 30)
CHECK = ACheck(NORTH, Period.parse(Q1), datetime(2018, 7, 10, tzinfo=UTC), to_confirm=2)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((), "○ Outstanding, was due 20 Jul 2018"),
        ((sent(date(2018, 7, 3)),), "✓ In time, 3 Jul 2018"),
        ((sent(date(2018, 7, 21)),), "▲ Late by 1 day, 21 Jul 2018"),
        ((sent(date(2018, 7, 26), version=3),), "▲ Late by 6 days, 26 Jul 2018, version 3"),
        ((sent(date(2018, 7, 3), nil=True),), "✓ In time, 3 Jul 2018, nothing to report"),
        ((sent(date(2018, 7, 3), period="2018-04..2018-09"),), "✓ In time, 3 Jul 2018, in a longer return"),
    ],
)
def test_a_return_is_said_in_a_word_and_a_shape(found: tuple[AVersion, ...], words: str) -> None:
    assert place_words(place(*found)) == words


def test_what_is_open_is_said_with_the_return() -> None:
    assert place_words(place(known=Known(checks=(CHECK,)))) == (
        "○ Outstanding, was due 20 Jul 2018; "
        "a file was checked on 10 Jul 2018: 4 things to put right and 2 to confirm, not saved"
    )
    came = sent(date(2018, 7, 3))
    assert place_words(place(came, known=Known(awaited={came.id: 2}))) == (
        "✓ In time, 3 Jul 2018; 2 answers to come later"
    )
    nothing = replace(CHECK, must_fix=0, to_confirm=0)
    assert "nothing to put right, not saved" in place_words(place(known=Known(checks=(nothing,))))


def test_one_of_the_reasons_offered_is_the_one_that_is_counted_as_coming_later() -> None:
    assert sum(reason.startswith(COMES_LATER) for reason in REASONS) == 1


def test_punctuality_is_said_with_what_it_is_out_of() -> None:
    made = calendar(sent(date(2018, 7, 3)), today=date(2018, 10, 25))
    assert punctual_words(made, some_settings()) == (
        "1 of 4 returns came in time: North Mentors 1 of 2 and South Mentors 0 of 2."
    )
    assert punctual_words(calendar(today=date(2018, 7, 1)), some_settings()) == ""
    loaded = calendar(sent(date(2018, 7, 3)), known=Known(dated=False))
    assert "loaded at one moment" in punctual_words(loaded, some_settings())


def test_every_date_of_a_return_stands_in_the_list() -> None:
    came = replace(AVERSION, accepted_at=datetime(2018, 7, 26, 12, tzinfo=UTC))
    table = details_table(calendar(came), some_settings())
    row = dict(zip(table.headers, next(r for r in table.rows if r[1] == "North Mentors"), strict=True))
    assert (row["Due"], row["Received"], row["State"], row["Days late"]) == (
        "20 Jul 2018",
        "26 Jul 2018",
        Sent.LATE.value,
        6,
    )


class Held(AVersion):
    """A version with rows."""

    cases_n = 3
    activities_n = agreements_n = answers_n = complaints_n = staff_n = supplement_n = totals_n = 0


AVERSION = Held(NORTH, Period.parse(Q1), NOW)
ODD = Provider(SOUTH, "Smith, Jones; \\ & Söhne\nN" + "ö" * 60)
FOUND = (
    Deadline(date(2018, 7, 20), SERVICE, SOUTH, "Return", "mentoring:south:q1", Period.parse(Q1)),
    Deadline(date(2018, 7, 11), "send", NORTH, "Mediation within 30 days", "send:north:C-1:mediation", ref="=C-1"),
)  # fmt: skip
SETTINGS = replace(some_settings(), providers=(some_settings().providers[0], ODD))


def test_the_calendar_file_is_read_again_with_every_sign_as_it_was() -> None:
    content = deadlines_calendar(FOUND, SETTINGS, AS_AT, NOW)
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"\n" not in b"".join(lines), "every line ends as RFC 5545 wants it"
    assert max(map(len, lines)) <= 75
    first, second = CalendarFile.from_ical(content).walk("VEVENT")
    assert str(first["summary"]) == f"Return of Apr-Jun 2018 (Q1 2018/19), {ODD.label}"
    assert str(second["summary"]) == "Mediation within 30 days: case =C-1, North Mentors"
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2018, 7, 20), date(2018, 7, 21))
    assert first.decoded("dtstamp") == NOW
    assert "As at 30 Jun 2018; made on 9 Jul 2018, 14:05" in str(first["description"])


def test_the_same_deadline_keeps_its_name_when_it_moves_and_no_two_share_one() -> None:
    moved = tuple(replace(one, on=one.on + timedelta(days=3)) for one in FOUND)
    first, later = (
        [str(event["uid"]) for event in CalendarFile.from_ical(content).walk("VEVENT")]
        for content in (
            deadlines_calendar(FOUND, SETTINGS, AS_AT, NOW),
            deadlines_calendar(moved, SETTINGS, AS_AT, NOW + timedelta(days=1)),
        )
    )
    assert first == later
    assert len(set(first)) == 2


def test_a_file_of_rows_says_as_at_when_and_runs_no_formula() -> None:
    table = deadlines_table(FOUND, SETTINGS)
    content = lines_csv(("Returns", "=1+1"), replace(table, rows=(*table.rows, ("=2+2", "", "", ""))))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[:3] == [["Returns"], ["'=1+1"], []]
    assert rows[3] == ["Due", "What", "Provider", "Service"]
    assert rows[-1][0] == "'=2+2"
