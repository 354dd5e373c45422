"""What a council has set."""

from dataclasses import replace
from datetime import date

import pytest

from domain.periods import PeriodKind
from domain.settings import Contract, Settings, SurveyQuestion
from tests.builders import HILL, NORTH, SOUTH, VALE, settings_of_all, some_settings

SETTINGS = some_settings()


def test_providers_and_areas_are_found_by_key_name_and_other_spelling():
    assert SETTINGS.find_provider("north-mentors") == NORTH
    assert SETTINGS.find_provider("Nobody") is None
    assert [SETTINGS.find_area(text) for text in ("e1", "the VALE", "unknown", "Atlantis")] == [
        HILL,
        VALE,
        "UNK",
        None,
    ]


def test_what_is_not_known_shows_its_key():
    assert (SETTINGS.provider_label("gone"), SETTINGS.area_label("E9")) == ("gone", "E9")
    assert (SETTINGS.provider(NORTH), SETTINGS.area("E9")) == (SETTINGS.providers[0], None)
    assert SETTINGS.area_label("UNK") == "Unknown area"


def test_the_latest_contract_of_a_provider_holds():
    old, new = (Contract(str(year), "mentoring", NORTH, date(year, 4, 1)) for year in (2017, 2018))
    settings = Settings(contracts=(new, old))
    assert settings.contract("mentoring", NORTH) is new
    assert settings.contract("mentoring", "south") is None


def test_of_contracts_that_follow_each_other_a_day_has_the_one_that_had_begun():
    old, new = (Contract(str(year), "mentoring", NORTH, date(year, 4, 1)) for year in (2017, 2018))
    settings = Settings(contracts=(new, old))
    days = (date.min, date(2017, 4, 1), date(2018, 3, 31), date(2018, 4, 1))
    assert [settings.contract("mentoring", NORTH, day) for day in days] == [old, old, old, new]


def test_returns_are_wanted_by_quarter_until_the_contract_says_month():
    reporting = ((date(2018, 10, 1), PeriodKind.MONTH), (date(2018, 4, 1), PeriodKind.QUARTER))
    contract = Contract("c", "mentoring", NORTH, date(2018, 5, 1), date(2018, 11, 30), reporting)
    keys = [period.key for period in contract.expected_periods(date(2019, 3, 31))]
    assert keys == ["2018-05..2018-06", "2018-07..2018-09", "2018-10", "2018-11"]
    assert [p.key for p in contract.expected_periods(date(2018, 9, 29))] == ["2018-05..2018-06"]
    assert contract.reporting_at(date(2018, 1, 1)) is PeriodKind.QUARTER


def a_contract(start: date, *reporting: tuple[date, PeriodKind], end: date | None = None) -> Contract:
    return Contract("c", "send", NORTH, start, end, reporting)


def wanted(contract: Contract, until: date) -> list[str]:
    return [period.key for period in contract.expected_periods(until)]


def test_cumulative_returns_are_wanted_at_each_quarter_s_end_from_the_start_of_the_contract_year():
    contract = a_contract(date(2024, 4, 1), (date(2024, 4, 1), PeriodKind.CUMULATIVE))
    assert wanted(contract, date(2025, 6, 30)) == [
        "2024-04..2024-06",
        "2024-04..2024-09",
        "2024-04..2024-12",
        "2024-04..2025-03",
        "2025-04..2025-06",
    ]
    assert wanted(contract, date(2025, 6, 29))[-1] == "2024-04..2025-03"
    assert wanted(contract, date(2024, 6, 29)) == []


def test_the_contract_year_begins_in_the_month_that_the_contract_began_in():
    contract = a_contract(date(2024, 9, 15), (date(2024, 9, 1), PeriodKind.CUMULATIVE))
    assert wanted(contract, date(2025, 12, 31)) == [
        "2024-09",
        "2024-09..2024-12",
        "2024-09..2025-03",
        "2024-09..2025-06",
        "2024-09..2025-08",  # the contract year ends inside a quarter: no month may stand in two years
        "2025-09",
        "2025-09..2025-12",
    ]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2024, 9, 15), date(2024, 9, 1)),
        (date(2025, 8, 31), date(2024, 9, 1)),
        (date(2025, 9, 1), date(2025, 9, 1)),
        (date(2026, 1, 1), date(2025, 9, 1)),
        (date(2024, 8, 31), date(2024, 9, 1)),  # before the contract began there is no earlier year
    ],
)
def test_a_day_falls_in_a_contract_year(day, first):
    assert a_contract(date(2024, 9, 15)).year_start(day) == first


def test_returns_by_month_end_with_the_contract():
    contract = a_contract(date(2024, 4, 1), (date(2024, 4, 1), PeriodKind.MONTH), end=date(2024, 6, 10))
    assert wanted(contract, date(2024, 12, 31)) == ["2024-04", "2024-05", "2024-06"]
    assert wanted(contract, date(2024, 5, 30)) == ["2024-04"]


def test_a_contract_may_go_from_quarters_to_cumulative_returns():
    contract = a_contract(
        date(2024, 4, 1), (date(2024, 4, 1), PeriodKind.QUARTER), (date(2024, 10, 1), PeriodKind.CUMULATIVE)
    )
    assert wanted(contract, date(2025, 3, 31)) == [
        "2024-04..2024-06",
        "2024-07..2024-09",
        "2024-04..2024-12",
        "2024-04..2025-03",
    ]


Q1, Q2 = (SurveyQuestion("send", f"Q{n}", f"Question {n}", "agree", n) for n in (1, 2))
OWN = SurveyQuestion("send", "N1", "The north's own", "useful", 1, NORTH)


def test_a_provider_asks_its_own_questions_else_those_of_the_service_else_the_general_one():
    settings = Settings(questions=(Q2, OWN, Q1))
    assert settings.survey("send", SOUTH) == (Q1, Q2)
    assert settings.survey("send", NORTH) == (OWN,)
    (general,) = settings.survey("housing", NORTH)
    assert (general.code, general.scale, general.service) == ("G1", "agree", "housing")
    assert settings.question_label("send", "N1") == "The north's own"
    assert settings.question_label("housing", "G1") == general.label
    assert settings.question_label("housing", "Q9") == "Q9"


def test_questions_stand_in_the_order_of_the_survey_and_unknown_ones_last():
    settings = Settings(questions=(Q2, replace(Q1, order=3)))
    assert sorted(["Q9", "Q1", "Q2"], key=lambda code: settings.question_order("send", code)) == [
        "Q2",
        "Q1",
        "Q9",
    ]


def test_a_service_has_the_areas_and_providers_of_its_contracts():
    settings = settings_of_all()
    assert settings.areas_of("send") == settings.areas
    limited = tuple(
        replace(c, areas=(VALE,) if c.provider == NORTH else (HILL,)) if c.service == "send" else c
        for c in settings.contracts
    )
    settings = replace(settings, contracts=limited)
    assert [a.key for a in settings.areas_of("send")] == [HILL, VALE]
    assert settings.areas_of("housing") == settings.areas
    assert [p.key for p in settings.providers_of("housing")] == [NORTH, SOUTH]
    assert some_settings().providers_of("housing") == ()
