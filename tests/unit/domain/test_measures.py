"""What every measure must say of itself."""

import pytest

from domain.dimensions import dimension
from domain.fields import case_field
from domain.kpis import kpi, kpis
from domain.measures import (
    MEASURES,
    Average,
    Better,
    Count,
    Measure,
    Share,
    Split,
    Spread,
    measure,
    measures_of,
    services_with,
)
from domain.services import SERVICES, service

IDS = [f"{declared.key}-{'-'.join(declared.services)}" for declared in MEASURES]
EVERYWHERE = (
    "referrals", "outcomes", "closed_cases", "reasons", "sex", "age_band", "ethnicity", "live_cases", "entry_delay",
    "median_entry_delay", "satisfaction_positive", "complaints", "complaints_upheld",
)  # fmt: skip


def test_a_key_is_given_once_in_a_service():
    named = [(declared.key, service) for declared in MEASURES for service in declared.services]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("key", EVERYWHERE)
@pytest.mark.parametrize("named", [declared.key for declared in SERVICES])
def test_what_every_service_counts_is_counted_as_that_service_does(key, named):
    found = measure(key, named)
    assert found.key == key
    assert named in found.services
    assert found in measures_of(named)
    assert named in services_with(key)


def test_measures_of_one_key_speak_of_their_own_service():
    assert measure("reasons", "send").field == "reason"
    assert measure("reasons", "mentoring").field == "risk_at_assessment"
    assert measure("routes", "homelessness").answers != measure("routes", "mentoring").answers
    assert "GNA" in measure("outcomes", "housing").answers
    assert "GNA" not in measure("outcomes", "send").answers
    assert "OPEN" not in measure("outcomes", "housing").answers
    assert services_with("prevention_rate") == ("mentoring",)
    assert measure("prevention_rate") is measure("prevention_rate", "mentoring")


@pytest.mark.parametrize(("key", "named"), [("prevention_rate", "send"), ("multi_agency", "mentoring")])
def test_a_measure_that_a_service_does_not_count_is_refused_with_those_that_do(key, named):
    with pytest.raises(KeyError, match=f"not counted for the service '{named}'; it is for"):
        measure(key, named)


@pytest.mark.parametrize("declared", MEASURES, ids=IDS)
def test_a_measure_says_what_it_is(declared):
    assert declared.label
    assert declared.unit
    assert declared.source
    assert declared.definition.endswith(".")
    if declared.at_a_date or declared.in_totals_only:
        assert declared.dated_by in ("at the end of the month", "in the period of the return")
    else:
        assert declared.dated_by.startswith(("by date", "by the day"))
    assert declared.better in Better
    assert all(service(key).key == key for key in declared.services)


def test_a_measure_of_a_deadline_goes_by_the_month_it_was_due_in():
    late = measure("initial_contact_in_time", "housing")
    assert (late.dated_by, late.month) == ("by the day it was due", "due_initial_contact_month")
    chosen = measure("mediation_held_in_time", "send")
    assert (chosen.dated_by, chosen.month) == ("by the day it was due", "due_mediation_month")
    assert "'Due: Mediation within 30 days, from the start that the contract chooses'" in chosen.definition
    assert measure("complaints").dated_by == "by date received"


def test_a_deadline_is_counted_only_when_it_has_passed():
    timed = [m for m in MEASURES if isinstance(m, Share) and m.when.startswith("due.")]
    assert len(timed) == 11
    assert all("'End of the provider's latest return'" in m.definition for m in timed)


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
    assert Count(key="all", label="All", source="-", services=("send",)).definition == "All cases."
    of_women = Measure(key="all", label="All", source="-", services=("send",), among=lambda c: c.sex == "F")
    assert of_women.definition == "Cases where 'Sex' is Female."


def test_an_unknown_measure_names_how_to_list_them():
    with pytest.raises(KeyError, match="data_access measures"):
        measure("nothing")


@pytest.mark.parametrize("declared", kpis(), ids=lambda k: k.id)
def test_every_kpi_names_a_measure_and_a_service(declared):
    assert measure(declared.measure, declared.service)
    assert service(declared.service)
    assert kpi(declared.id) is declared


def test_every_stage_of_every_service_names_a_measure():
    for declared in SERVICES:
        named = [stage.measure for stage in declared.stages]
        named += [declared.headline, *declared.profile, *declared.steps]
        assert all(measure(key, declared.key) for key in named)
        assert declared.key in dimension(declared.reason_field).field.services
        answers = {code.key for code in case_field("outcome").code_list_for(declared.key).entries}
        assert {*declared.final, *declared.open} == answers
        assert set(declared.good) <= set(declared.final)
        left = [code for stage in declared.stages for way in stage.exits for code in way.outcomes]
        assert len(left) == len(set(left))
    with pytest.raises(KeyError, match="is not a service"):
        service("nothing")
