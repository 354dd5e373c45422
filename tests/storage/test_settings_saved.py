"""Settings changed by hand: what each change was, taking the last one back, and never losing what returns rest on."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data_access.exceptions import agree
from data_access.kpis import read_kpis
from data_access.ledger import data_version
from data_access.returns import save_return
from data_access.settings import change_settings, read_settings
from data_access.settings_effects import what_moves
from data_access.settings_history import read_settings_history, save_settings, take_back
from data_access.starting import start
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.exceptions import AgreedException, Cause
from domain.periods import Period
from domain.settings import ADJUSTED, COUNCIL_INFORMED, RAW, Contract, Settings, Target
from domain.settings_edits import NotPossible, put_provider, put_target, take_out_provider
from domain.status import Status
from tests.builders import HILL, NORTH, Q1, SOUTH, a_case, a_housing_case, a_post, a_return, some_settings
from tests.storage.figures import contents


def saved(store: Store, wanted: Settings, why: str = "") -> Settings:
    save_settings(store, read_settings(store, COMMISSIONER), wanted, by=COMMISSIONER.signing("ann"), why=why)
    return wanted


def test_the_history_says_who_when_why_and_what(store: Store) -> None:
    saved(store, replace(some_settings(), council="Elsewhere"), "reorganisation")
    saved(store, put_provider(read_settings(store, COMMISSIONER), "West Mentors"))
    last, before, first = read_settings_history(store, COMMISSIONER)
    assert (before.who, before.why, before.changes) == (
        "ann",
        "reorganisation",
        ("Council: Anywhere Council → Elsewhere",),
    )
    assert last.changes == ("Provider West Mentors: added",)
    assert "Provider North Mentors: added" in first.changes
    assert (first.seq, before.seq, last.seq) == (1, 2, 3)
    assert last.at >= before.at


def test_taking_back_is_a_new_act_that_puts_the_former_settings_back(store: Store) -> None:
    saved(store, replace(some_settings(), council="Elsewhere"))
    take_back(store, 2, by=COMMISSIONER.signing("bob"))
    assert read_settings(store, COMMISSIONER) == some_settings()
    assert read_settings(store, COMMISSIONER, as_of=2).council == "Elsewhere"
    latest = read_settings_history(store, COMMISSIONER)[0]
    assert (latest.seq, latest.who, latest.changes) == (3, "bob", ("Council: Elsewhere → Anywhere Council",))


def test_only_the_last_change_is_taken_back(store: Store) -> None:
    saved(store, replace(some_settings(), council="Elsewhere"))
    before = contents(store)
    with pytest.raises(NotPossible, match="changed again"):
        take_back(store, 1, by=COMMISSIONER.signing("bob"))
    assert contents(store) == before


def test_what_a_database_starts_with_is_not_taken_back(empty_store: Store) -> None:
    start(empty_store)
    with pytest.raises(NotPossible):
        take_back(empty_store, 1, by=COMMISSIONER.signing("bob"))


def test_a_change_of_settings_that_moved_meanwhile_is_refused(store: Store) -> None:
    seen = read_settings(store, COMMISSIONER)
    saved(store, replace(seen, council="Elsewhere"))
    before = contents(store)
    with pytest.raises(NotPossible, match="Somebody else"):
        save_settings(store, seen, replace(seen, council="Nowhere"), by=COMMISSIONER.signing("bob"), why="")
    assert contents(store) == before


LOSSES = {
    "a provider that sent a return": lambda now: take_out_provider(now, NORTH),
    "an area with cases": lambda now: replace(now, areas=now.areas[1:]),
    "a contract with a return": lambda now: replace(now, contracts=now.contracts[1:]),
    "the time of a return": lambda now: replace(
        now, contracts=(replace(now.contracts[0], start=date(2018, 7, 1)), *now.contracts[1:])
    ),
}


@pytest.mark.parametrize("step", LOSSES.values(), ids=LOSSES.keys())
def test_what_returns_rest_on_is_not_taken_out(store: Store, step) -> None:  # type: ignore[no-untyped-def]
    save_return(store, a_return(NORTH, Q1, [a_case(area=HILL)]), by=COMMISSIONER.signing("ann"))
    before = contents(store)
    with pytest.raises(NotPossible):
        saved(store, step(read_settings(store, COMMISSIONER)))
    assert contents(store) == before


def test_what_no_return_rests_on_may_go(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case(area=HILL)]), by=COMMISSIONER.signing("ann"))
    now = read_settings(store, COMMISSIONER)
    saved(store, replace(take_out_provider(now, SOUTH), areas=now.areas[:1]))
    assert [p.key for p in read_settings(store, COMMISSIONER).providers] == [NORTH]


def test_taking_back_never_loses_what_a_return_rests_on(store: Store) -> None:
    contract = Contract("mentoring-west-mentors", "mentoring", "west-mentors", date(2018, 4, 1))
    now = put_provider(read_settings(store, COMMISSIONER), "West Mentors")
    saved(store, replace(now, contracts=(*now.contracts, contract)))
    save_return(store, a_return("west-mentors", Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
    with pytest.raises(NotPossible, match="West Mentors"):
        take_back(store, 2, by=COMMISSIONER.signing("bob"))


def test_a_provider_with_another_name_keeps_its_place(store: Store) -> None:
    saved(store, put_provider(read_settings(store, COMMISSIONER), "Northern Mentors", was=NORTH))
    assert [p.label for p in read_settings(store, COMMISSIONER).providers] == [
        "Northern Mentors",
        "South Mentors",
    ]


def test_another_target_says_which_statuses_it_would_change(store: Store) -> None:
    first = Target("TB1", "mentoring", ">=", Decimal("0.80"), Decimal("0.75"), date(2018, 4, 1))
    saved(store, replace(some_settings(), targets=(first,)))
    good = [a_case() for _ in range(17)]
    save_return(
        store,
        a_return(NORTH, Q1, [*good, *(a_case(outcome="WITHDRAWN") for _ in range(3))]),
        by=COMMISSIONER.signing("a"),
    )
    now = read_settings(store, COMMISSIONER)
    version = data_version(store)
    varied = replace(first, value=Decimal("0.90"), variation="Variation 3", note="Agreed by the board")
    harder = put_target(now, replace(varied, tolerance=None, since=date(2018, 6, 1)))
    (said,) = what_moves(store, COMMISSIONER, now, harder)
    assert "1 status of Apr-Jun 2018 (Q1 2018/19) would change" in said
    assert "Prevention rate, North Mentors: Green to Red" in said
    later = put_target(now, replace(varied, since=date(2018, 7, 1)))
    assert what_moves(store, COMMISSIONER, now, later) == (
        "No status of Apr-Jun 2018 (Q1 2018/19), the latest period, would change.",
    )
    assert data_version(store) == version


def test_a_target_judged_on_the_adjusted_figure_says_which_statuses_it_would_change(store: Store) -> None:
    contract = Contract(
        "housing-north", "housing", NORTH, date(2018, 4, 1), counted_exceptions=("CONSENT_WITHDRAWN",)
    )
    raw = Target("HM1", "housing", ">=", Decimal(1), None, date(2018, 4, 1))
    saved(store, replace(some_settings(), contracts=(contract,), targets=(raw,)))
    late = a_housing_case("LATE", first_contact_date=date(2018, 5, 30))
    new = a_return(NORTH, service="housing", cases=[a_housing_case(), late])
    save_return(store, new, by=COMMISSIONER.signing("ann"))
    excused = AgreedException(
        "housing", NORTH, "LATE", "HM1", "CONSENT_WITHDRAWN", Cause.FAMILY, "Manager", date(2018, 6, 1)
    )
    agree(store, [excused], by=COMMISSIONER.signing("ann"))
    now = read_settings(store, COMMISSIONER)
    adjusted = replace(
        raw, since=date(2018, 6, 1), judged_on=ADJUSTED, variation="Variation 3", note="Agreed by the board"
    )
    (said,) = what_moves(store, COMMISSIONER, now, put_target(now, adjusted))
    assert "Initial contact in 2 weeks, North Mentors: Red to Green" in said
    assert what_moves(store, COMMISSIONER, now, put_target(now, replace(adjusted, judged_on=RAW))) == (
        "No status of Apr-Jun 2018 (Q1 2018/19), the latest period, would change.",
    )
    clear = []
    for target in (raw, adjusted):
        saved(store, replace(now, targets=(replace(target, since=raw.since),)))
        quarter = Period(date(2018, 4, 1), date(2018, 6, 30))
        (status,) = read_kpis(
            store, quarter, COMMISSIONER, Audience.US, by=("provider",), service="housing", only=("HM1",)
        )
        clear.append((status.status, status.met, status.base, status.clear_of_target, status.few))
    assert clear == [(Status.RED, 1, 2, True, True), (Status.GREEN, 1, 2, False, True)]


def test_another_target_of_a_caseload_is_judged_by_full_time_posts(store: Store) -> None:
    saved(store, some_settings())
    live = [a_case(outcome="LIVE") for _ in range(12)]
    mentors = [a_post(role="MENTOR", fte=fte) for fte in (1.0, 0.5, 0.5, 0.5, 0.5, 0.5)]
    save_return(store, a_return(NORTH, Q1, live, staff=mentors), by=COMMISSIONER.signing("ann"))
    now = read_settings(store, COMMISSIONER)
    most = Target("TB3", "mentoring", "<=", Decimal(3), None, date(2018, 4, 1))
    (said,) = what_moves(store, COMMISSIONER, now, put_target(now, most))
    assert "Caseload per mentor, North Mentors: No target to Red" in said


def test_other_due_days_say_how_many_returns_get_another_due_date(store: Store) -> None:
    now = read_settings(store, COMMISSIONER)
    first, *rest = now.contracts
    ended = replace(first, end=date(2018, 12, 31))
    saved(store, replace(now, contracts=(ended, *rest)))
    now = read_settings(store, COMMISSIONER)
    sooner = replace(now, contracts=(replace(ended, due_days=15), *rest))
    assert what_moves(store, COMMISSIONER, now, sooner) == (
        "North Mentors, Homelessness-prevention mentoring: 3 returns get another due date.",
    )


def test_the_other_start_of_the_30_days_says_how_many_cases_get_another_last_day(store: Store) -> None:
    contract = Contract("send-north", "send", NORTH, date(2018, 4, 1))
    saved(store, replace(some_settings(), contracts=(contract,)))
    requested, told = date(2018, 4, 10), date(2018, 4, 16)
    new = replace(
        a_return(NORTH, Q1),
        service="send",
        period=Period.parse(Q1),
        cases=tuple(
            {
                "case_ref": f"S{n}",
                "area": HILL,
                "service_type": "MED",
                "referral_date": requested,
                "family_request_date": requested,
                "la_informed_date": informed,
            }
            for n, informed in enumerate((told, requested, told))
        ),
        nil=False,
    )
    save_return(store, new, by=COMMISSIONER.signing("ann"))
    now = read_settings(store, COMMISSIONER)
    other = replace(now, contracts=(replace(contract, clock_start=COUNCIL_INFORMED),))
    (said,) = what_moves(store, COMMISSIONER, now, other)
    assert "would count from the day the council was told: 2 cases get another last day" in said


def test_another_limit_for_case_reports_says_how_many_of_those_sent_would_be_late(store: Store) -> None:
    contract = Contract("housing-north", "housing", NORTH, date(2018, 4, 1))
    saved(store, replace(some_settings(), contracts=(contract,)))
    closed = date(2018, 5, 1)
    cases = [
        a_housing_case(
            outcome="SATISFIED", outcome_date=closed, case_report_date=closed + timedelta(days=days)
        )
        for days in (0, 10, 11)
    ]
    save_return(store, a_return(NORTH, service="housing", cases=cases), by=COMMISSIONER.signing("ann"))
    now = read_settings(store, COMMISSIONER)
    limited = replace(now, contracts=(replace(contract, case_report_days=10),))
    assert what_moves(store, COMMISSIONER, now, limited) == (
        "North Mentors: case reports would have 10 days after closing; of those sent, 1 would be late instead of 0.",
    )


def test_settings_put_in_one_act_come_back_one_act_earlier(store: Store) -> None:
    """The starting point of the history is empty settings, so that its first act names everything."""
    change_settings(store, lambda _: Settings(council="Only a name"), by=COMMISSIONER.signing("ann"))
    latest = read_settings_history(store, COMMISSIONER)[0]
    assert {"Provider North Mentors: taken out", "Area Hill (district): taken out"} <= set(latest.changes)
