"""Events: only those of the service and of the areas looked at."""

from dataclasses import replace
from datetime import date

from domain.events import EVERYWHERE, events_of, events_shown
from domain.selection import Selection
from domain.services import SERVICES
from domain.settings import Area, Contract, Settings
from sample_data.settings import example_settings

TENDRING, SOUTHEND, NORWICH, WARD = "E07000076", "E06000033", "E07000148", "X-RIVERSIDE"
ALL_TIME = {"first": 190001, "last": 999912}


def labels(service: str, *areas: str) -> list[str]:
    return [event.label for event in events_of(service, areas=areas, **ALL_TIME)]


def test_an_event_of_a_county_concerns_its_districts_and_no_others() -> None:
    assert "Trailblazers programme starts" in labels("mentoring", TENDRING)
    assert "Trailblazers programme starts" in labels("mentoring", SOUTHEND), (
        "not in the county, but in the programme"
    )
    assert "Trailblazers programme starts" in labels("mentoring", "E10000012"), "the county itself"
    assert "Trailblazers programme starts" not in labels("mentoring", NORWICH)
    assert "New mediation and disagreement resolution contract" in labels("send", NORWICH, TENDRING)
    assert "New mediation and disagreement resolution contract" not in labels("send", TENDRING)


def test_every_area_of_an_event_is_one_that_the_examples_know_or_a_county() -> None:
    known = {area.key for area in example_settings().areas} | {"E10000012", "E10000020"}
    for service in SERVICES:
        for event in events_of(service.key, areas=known, **ALL_TIME):
            assert event.areas is None or event.areas <= known, event.label


def test_an_event_of_england_concerns_everywhere_and_only_its_services() -> None:
    for areas in ((), (WARD,), (NORWICH,), (EVERYWHERE,)):
        assert "Homelessness Reduction Act 2017 starts" in labels("homelessness", *areas)
        assert "Homelessness Reduction Act 2017 starts" not in labels("housing", *areas)
    assert labels("housing", WARD) == []


def test_they_come_in_order_and_between_two_months() -> None:
    for service in SERVICES:
        found = events_of(service.key, areas=(TENDRING, NORWICH), **ALL_TIME)
        assert [event.day for event in found] == sorted(event.day for event in found)
    (one,) = events_of("mentoring", first=201704, last=201810, areas=(TENDRING,))
    assert one.day == date(2018, 4, 3)
    assert events_of("mentoring", first=None, last=201810, areas=(TENDRING,)) == ()


def test_where_no_area_is_chosen_those_count_that_the_service_is_bought_for() -> None:
    areas = (Area(TENDRING, "Tendring"), Area(NORWICH, "Norwich"))
    contract = Contract("m", "mentoring", "a", date(2017, 4, 1), areas=(TENDRING,))
    settings = Settings(areas=areas, contracts=(contract,))
    started = "Trailblazers programme starts"
    assert started in [e.label for e in events_shown(settings, Selection("mentoring"))]
    chosen = Selection("mentoring", areas=(NORWICH,))
    assert started not in [e.label for e in events_shown(settings, chosen)]
    elsewhere = replace(settings, contracts=(replace(contract, areas=(NORWICH,)),))
    assert started not in [e.label for e in events_shown(elsewhere, Selection("mentoring"))]
