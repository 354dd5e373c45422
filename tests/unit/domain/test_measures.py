"""What every measure must say of itself."""

import pytest

from domain.dimensions import dimension
from domain.kpis import kpi, kpis
from domain.measures import MEASURES, Average, Better, Count, Measure, Split, Spread, measure
from domain.services import SERVICES, service

KEYS = [declared.key for declared in MEASURES]


def test_keys_are_given_once():
    assert len(KEYS) == len(set(KEYS))


@pytest.mark.parametrize("key", ["referrals", "outcomes", "reasons", "prevention_rate"])
def test_the_keys_that_the_command_line_relies_on_are_there(key):
    assert measure(key).key == key


@pytest.mark.parametrize("declared", MEASURES, ids=KEYS)
def test_a_measure_says_what_it_is(declared):
    assert declared.label
    assert declared.unit
    assert declared.source
    assert declared.definition.endswith(".")
    assert declared.dated_by.startswith("by date of ")
    assert declared.better in Better
    assert all(service(key).key == key for key in declared.services)


def test_the_definition_of_a_share_names_both_halves_and_what_stands_beside():
    text = measure("identified_early").definition
    assert "is Future risk, out of those where" in text
    assert "blank and don't know are left out" in text
    assert "don't know" not in measure("prevention_rate").definition


def test_a_split_shows_groups_and_leaves_out_what_it_says():
    ethnicity, tenancies = measure("ethnicity"), measure("tenancy_outcomes")
    assert isinstance(ethnicity, Split)
    assert ethnicity.answers == ("ASIAN", "BLACK", "MIXED", "WHITE", "OTHER", "NOT_STATED")
    assert isinstance(tenancies, Split)
    assert "UNKNOWN" not in tenancies.answers
    assert "don't know, 'Unknown / contact lost' and 'Lost contact' are left out" in tenancies.definition


def test_spreads_and_averages_say_whose_values():
    assert measure("adults").definition == "'Number of adults' of households."
    assert measure("relief_activities_per_case").definition.startswith("How many activities each case has")
    average = measure("median_days_of_support")
    assert isinstance(average, Average)
    assert isinstance(average.spread, Spread)
    assert average.definition.startswith("The median of: 'Days of support'")
    assert average.when == average.spread.when


def test_a_count_of_all_says_so():
    assert Count(key="all", label="All", source="-").definition == "All cases."
    assert Measure(key="all", label="All", source="-", among=lambda c: c.sex == "F").definition == (
        "Cases where 'Sex' is Female."
    )


def test_an_unknown_measure_names_how_to_list_them():
    with pytest.raises(KeyError, match="data_access measures"):
        measure("nothing")


@pytest.mark.parametrize("declared", kpis(), ids=lambda k: k.id)
def test_every_kpi_names_a_measure_and_a_service(declared):
    assert measure(declared.measure)
    assert service(declared.service)
    assert kpi(declared.id) is declared


def test_every_stage_of_every_service_names_a_measure():
    assert all(measure(stage.measure) for declared in SERVICES for stage in declared.stages)
    assert all(dimension(declared.reason_field) for declared in SERVICES)
    with pytest.raises(KeyError, match="is not a service"):
        service("nothing")
