"""What a council has set."""

from datetime import date

from domain.periods import PeriodKind
from domain.settings import Contract, Settings
from tests.builders import HILL, NORTH, VALE, some_settings

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


def test_returns_are_wanted_by_quarter_until_the_contract_says_month():
    reporting = ((date(2018, 10, 1), PeriodKind.MONTH), (date(2018, 4, 1), PeriodKind.QUARTER))
    contract = Contract("c", "mentoring", NORTH, date(2018, 5, 1), date(2018, 11, 30), reporting)
    keys = [period.key for period in contract.expected_periods(date(2019, 3, 31))]
    assert keys == ["2018-05..2018-06", "2018-07..2018-09", "2018-10", "2018-11"]
    assert [p.key for p in contract.expected_periods(date(2018, 9, 29))] == ["2018-05..2018-06"]
    assert contract.reporting_at(date(2018, 1, 1)) is PeriodKind.QUARTER
