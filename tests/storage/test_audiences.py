"""What others are shown of the examples, put together: an independent audit works out no small number that is hidden."""

from pathlib import Path

import pytest

from benchmarks.any_service import generated_returns
from data_access.kpis import read_kpis
from data_access.questions import Question
from data_access.released import read_released
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.starting import start
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience
from domain.periods import Period
from domain.selection import Selection
from domain.services import service
from domain.tally import Source
from sample_data.settings import example_settings
from tests.oracles.audit_cells import Audit

SERVICE = "mentoring"
A = "provider-a"
IN_THE_ROOM = Audience.with_provider(A)


@pytest.fixture(scope="module")
def examples(examples_file: Path) -> Store:
    return open_store(f"sqlite:///{examples_file}", Source.EXAMPLES)


@pytest.mark.parametrize(
    ("audience", "knowing", "time"),
    [(Audience.PUBLIC, "", "quarter"), (IN_THE_ROOM, A, "")],
    ids=["public", "one provider"],
)
def test_no_small_number_of_outcomes_follows_from_all_that_is_shown(
    examples: Store, audience: Audience, knowing: str, time: str
) -> None:
    audit = Audit(examples, SERVICE, ("outcome",), audience, knowing)
    for counted in audit.counting:
        for place in ((), ("area",), ("provider",)):
            for answers in ((), ("outcome",)):
                audit.ask(counted, (*place, *answers), Selection(SERVICE))
        if time:
            audit.ask(counted, (time,), Selection(SERVICE))
            audit.ask(counted, ("provider", time), Selection(SERVICE))
    assert audit.wrong() == []
    assert audit.small()
    assert audit.shown > 50
    assert audit.hidden > 50
    assert audit.worked_out() == []


def test_no_small_number_follows_where_two_measures_count_the_same_cases_in_two_ways(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/generated.db", Source.SHARED)
    start(store)
    change_settings(store, lambda _: example_settings(), by=COMMISSIONER.signing("tests"))
    for one in generated_returns(service("housing"), example_settings(), 120):
        save_return(store, one, by=COMMISSIONER.signing("tests"))
    audit = Audit(store, "housing", ("outcome",), Audience.PUBLIC)
    for counted in audit.counting:
        for by in ((), ("area",), ("provider",), ("quarter",), ("area", "outcome"), ("provider", "outcome")):
            audit.ask(counted, by, Selection("housing"))
    assert {"expected_outcome", "closed_cases"} <= {one.measure.key for one in audit.counting}
    assert audit.wrong() == []
    assert audit.worked_out() == []
    store.engine.dispose()


def test_the_audit_finds_what_can_be_worked_out(examples: Store) -> None:
    audit = Audit(examples, SERVICE, ("outcome",), Audience.US)
    outcomes = next(one for one in audit.counting if one.measure.key == "outcomes")
    audit.ask(outcomes, ("area",), Selection(SERVICE))
    # The commissioning team is shown everything: 11 cells of 1 to 4 in the districts, and more in the unknown one.
    assert len(audit.worked_out()) > 11


def test_of_the_45_outcomes_by_district_those_that_need_it_are_hidden(examples: Store) -> None:
    asked = [Question("outcomes", ("area", "outcome"), Selection(SERVICE))]
    (seen,) = read_released(examples, asked, COMMISSIONER, Audience.PUBLIC)
    rows: dict[str, list[str]] = {}
    for one in seen.in_order:
        rows.setdefault(one.labels[0], []).append(str(getattr(one, "met", "c")))
    assert (rows["Basildon"], rows["Brentwood"], rows["Braintree"]) == (
        ["29", "c", "c"],
        ["c", "0", "c"],
        ["40", "0", "15"],
    )
    assert (len(seen.hidden), len(seen.figures)) == (26, 19)
    (ours,) = read_released(examples, asked, COMMISSIONER, Audience.US)
    assert (ours.hidden, len(ours.figures)) == ((), 45)


@pytest.mark.parametrize(
    "question",
    [
        Question("referrals", (), Selection(SERVICE, areas=("E07000066", "E07000067"))),
        Question("referrals", ("area", "month"), Selection(SERVICE)),
        Question("outcomes", ("outcome", "sex", "age_band"), Selection(SERVICE)),
        Question("referrals", (), Selection(SERVICE, first=201802, last=201803)),
        Question("live_cases", ("area",), Selection(SERVICE), at=201806),
        Question("completeness", ("field",), Selection(SERVICE)),
        Question("complaints_rate", ("area", "quarter"), Selection(SERVICE)),
        Question("referrals", (), Selection(SERVICE), as_of=1),
    ],
    ids=[
        "two areas",
        "area by month",
        "two answers",
        "part of a quarter",
        "earlier",
        "columns",
        "rate",
        "version",
    ],
)
def test_what_cuts_across_is_withheld_with_the_reason(examples: Store, question: Question) -> None:
    (seen,) = read_released(examples, [question], COMMISSIONER, Audience.PUBLIC)
    assert seen.withheld.endswith(".")
    assert (seen.figures, seen.hidden, seen.total) == ((), (), None)


def test_the_order_of_asking_changes_nothing(examples: Store) -> None:
    selection = Selection(SERVICE)
    asked = [
        Question("preventions", ("quarter",), selection),
        Question("prevention_rate", ("quarter",), selection),
        Question("prevention_rate_excluding_withdrawn", ("quarter",), selection),
    ]
    forth = read_released(examples, asked, COMMISSIONER, Audience.PUBLIC)
    other = open_store(examples.url + "?", Source.EXAMPLES)  # nothing is remembered of it
    back = read_released(other, asked[::-1], COMMISSIONER, Audience.PUBLIC)[::-1]
    assert [(one.figures, one.hidden) for one in forth] == [(one.figures, one.hidden) for one in back]
    assert all(one.figures for one in forth)


def test_few_values_have_no_average_for_others(examples: Store) -> None:
    asked = [Question("median_days_of_support", ("area",), Selection(SERVICE))]
    (ours,) = read_released(examples, asked, COMMISSIONER, Audience.US)
    (seen,) = read_released(examples, asked, COMMISSIONER, Audience.PUBLIC)
    few = {figure.keys for figure in ours.figures if 0 < figure.base < 10}
    assert few
    assert few <= {one.keys for one in seen.hidden}


def test_of_a_hidden_outcome_how_many_are_open_says_nothing(examples: Store) -> None:
    asked = [Question(key, ("area",), Selection(SERVICE)) for key in ("closed_cases", "live_cases")]
    closed, live = read_released(examples, asked, COMMISSIONER, Audience.PUBLIC)
    gone = {one.keys for one in closed.hidden}
    assert gone
    assert not gone & {figure.keys for figure in live.figures}


@pytest.mark.parametrize(
    ("service_key", "provider", "quarter"),
    [("mentoring", "provider-a", "2018-04..2018-06"), ("housing", "housing-a", "2024-10..2024-12")],
)
def test_of_its_own_kpis_nothing_is_hidden_from_the_one_provider_in_the_room(
    examples: Store, service_key: str, provider: str, quarter: str
) -> None:
    shown, every = (
        [
            one
            for one in read_kpis(
                examples, Period.parse(quarter), COMMISSIONER, audience, by=["provider"], service=service_key
            )
            if one.provider == provider and not one.kpi.contract_year
        ]
        for audience in (Audience.with_provider(provider), Audience.US)
    )
    assert shown == every
    assert any(0 < (one.met or 0) < 5 for one in every)
