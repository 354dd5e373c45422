"""A number is named by an address and found again by it; which numbers lead on to rows, and by what words."""

from dataclasses import replace

import pytest

from domain.access import Audience
from domain.disclosure import Guard, Released, release
from domain.exceptions import without_excepted
from domain.figure_row_words import counted_rows, title_of
from domain.figure_rows import FigureKey, Side, behind, sides_of
from domain.measures import Share, measure
from domain.selection import Selection
from domain.tally import Source, Tally, TallyRow

NARROW = Selection("mentoring", ("a", "b"), ("E1",), 201804, 201903, (("reasons", "DEBT"),))


def shown(key: str, by: tuple[str, ...], *rows: TallyRow, service: str = "mentoring") -> Released:
    tally = Tally(measure(key, service), by, rows, Selection(service), Source.SHARED, 7)
    return release(tally, Audience.US)


RATE = shown(
    "prevention_rate",
    ("area",),
    TallyRow(("E1",), ("Hill",), 21, 27, 2, 0, 21 / 27),
    TallyRow(("E2",), ("Vale",), 0, 0),
)


@pytest.mark.parametrize(
    "key",
    [
        FigureKey("referrals", Selection("mentoring")),
        FigureKey("prevention_rate", NARROW, ("area", "quarter"), ("E1", "2018-04..2018-06"), Side.BASE),
        FigureKey("referrals", NARROW, ("month",), ("",), Side.MISSING),
        FigureKey("live_cases", Selection("send"), ("provider",), ("a",), at=201810),
    ],
)
def test_an_address_brings_the_same_number_back(key: FigureKey) -> None:
    assert FigureKey.from_query(key.to_query()) == key


@pytest.mark.parametrize(
    "change",
    [
        {"measure": ["nonsense"]},
        {"service": ["nowhere"]},
        {"service": []},
        {"side": ["other"]},
        {"from": ["spring"]},
        {"key": ["E1", "E2"]},
        {"at": ["soon"]},
    ],
)
def test_an_address_that_names_none_gives_none(change: dict[str, list[str]]) -> None:
    right = FigureKey("prevention_rate", Selection("mentoring"), ("area",), ("E1",)).to_query()
    assert FigureKey.from_query(right) is not None
    assert FigureKey.from_query(right | change) is None


def test_the_groups_with_something_in_them_lead_on() -> None:
    found = behind(RATE)
    assert found is not None
    assert found.groups == ((("E1",), "Hill"),)
    assert found.of(("E1",)) == FigureKey("prevention_rate", Selection("mentoring"), ("area",), ("E1",))


def test_others_than_the_commissioning_team_are_led_nowhere() -> None:
    tally = Tally(RATE.measure, RATE.by, (), RATE.selection, Source.SHARED, 7)
    guard = Guard(Audience.PROVIDERS, "prevention_rate", ("area",), RATE.selection, 7)
    others = release(
        replace(tally, rows=(TallyRow(("E1",), ("Hill",), 21, 27),)), Audience.PROVIDERS, (), guard
    )
    assert others.figures
    assert behind(others) is None


@pytest.mark.parametrize(
    ("key", "by"),
    [
        ("satisfaction_positive", ()),
        ("sex", ("sex",)),
        ("referrals", ("ethnicity",)),
        ("mean_vulnerabilities", ()),
        ("completeness", ("area",)),
    ],
)
def test_what_is_said_of_groups_only_leads_nowhere(key: str, by: tuple[str, ...]) -> None:
    keys = ("E1",) * len(by)
    assert behind(shown(key, by, TallyRow(keys, keys, 3, 9))) is None


def test_a_figure_without_excepted_cases_does_not_lead_to_the_rows_with_them() -> None:
    raw = measure("mediation_held_in_time", "send")
    assert isinstance(raw, Share)
    row = TallyRow((), (), 3, 9)
    tally = Tally(raw, (), (row,), Selection("send"), Source.SHARED, 7)
    assert behind(release(tally, Audience.US)) is not None
    assert behind(release(replace(tally, measure=without_excepted(raw, "SM1b")), Audience.US)) is None


def test_a_figure_names_the_sides_that_differ_and_says_what_their_rows_are() -> None:
    figure = RATE.figures[0]
    assert title_of(RATE.measure, figure) == "Homelessness prevented, Hill: 78% (21 of 27)"
    said = [counted_rows(RATE, side, figure.keys, count) for side, count in sides_of(RATE.measure, figure)]
    assert said == [
        "21 cases that count towards it",
        "27 cases that it is out of",
        "2 cases left out, because what it asks or its date is blank",
    ]


def test_an_average_has_one_side_of_all_its_values() -> None:
    mean = shown("median_days_of_support", (), TallyRow((), (), 389, 389, value=42.0))
    assert sides_of(mean.measure, mean.figures[0]) == ((Side.BASE, 389),)
    assert title_of(mean.measure, mean.figures[0]) == "Median days of support: 42.0 days (389 cases)"
