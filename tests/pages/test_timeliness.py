"""The page Timeliness: limits kept over time, how long it took, what falls due next, and who sees the single cases."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.audit import read_audit
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from domain.kpis import kpis_of
from domain.settings import Settings
from tests.builders import (
    HILL,
    NORTH,
    SOUTH,
    VALE,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    settings_of_all,
)
from tests.pages.opening import heading, words_on
from tests.pages.roles import give, people_sign_in, signed_in
from tests.pages.test_reading_pages import NEVER_ON_SCREEN, words_of

Open = Callable[..., AppTest]
PAGE = "timeliness.py"
USER = "vic@council.gov.uk"
CASES = "Cases to look after"


def counting(*reasons: str) -> Settings:
    """The settings of the tests with every target of SEND mediation, and contracts that count these reasons."""
    some = settings_of_all()
    targets = tuple(target for kpi in kpis_of("send") for target in kpi.starting_targets)
    contracts = tuple(replace(c, counted_exceptions=reasons) for c in some.contracts)
    return replace(some, contracts=contracts, targets=targets)


@pytest.fixture
def late(shared: Store) -> Store:
    """Of the 5 cases of North 2 were late, one of them because the council was not there; one of South is still open."""
    change_settings(shared, lambda _: counting("LA_UNAVAIL"), by=COMMISSIONER)
    met = [a_send_case(f"N{n}", area=HILL) for n in range(3)]
    met += [a_send_case(f"N{n}", area=VALE, meeting_date=date(2018, 5, 20)) for n in (3, 4)]
    save_return(shared, a_return(NORTH, service="send", cases=met), by=LOCAL_USER)
    waits = [a_send_case("S9", None, area=VALE, requested=date(2018, 5, 1))]
    save_return(shared, a_return(SOUTH, service="send", cases=waits), by=LOCAL_USER)
    said = [a_supplement_row("N4", NORTH, delay_exception="LA_UNAVAIL")]
    save_return(shared, a_supplement("2018-04..2018-06", said), by=LOCAL_USER)
    return shared


def chart(app: AppTest, place: int) -> list[dict[str, object]]:
    found = json.loads(app.get("plotly_chart")[place].proto.spec)["data"]
    assert isinstance(found, list)
    return found


def headers(app: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in app.header]


@pytest.mark.parametrize(
    ("service", "limits"),
    [("send", ("SM2", "SM7")), ("housing", ("HM6",))],
)
def test_the_examples_say_what_is_kept_and_what_falls_due(
    opened: Open, examples: Store, service: str, limits: tuple[str, ...]
) -> None:
    app = opened(PAGE, examples, service=service)
    for limit in limits:
        app.selectbox(key="limit").set_value(limit).run()
        assert not app.exception
        assert len(app.get("plotly_chart")) == 4
        assert len(app.get("download_button")) == 5, "each table, and the cases"
        assert " asks" in headers(app)[0]
        assert not NEVER_ON_SCREEN.findall(words_of(app))
    assert "due in the next 14 days" in heading(app)
    assert CASES in headers(app)
    assert read_audit(examples, LOCAL_USER, act=Act.SAW_CASES) == (), "nobody's cases are in the examples"


def test_what_the_council_caused_is_raw_and_not_taken_from_the_base_of_all(opened: Open, late: Store) -> None:
    app = opened(PAGE, late, service="send", limit="SM1b")
    assert not app.exception
    first = headers(app)[0]
    assert first.startswith("Mediation held within 30 days: ")
    assert first.endswith("below the 100% that the law asks")
    table = next(one.value for one in app.table if "Taken out by agreed exceptions" in one.value.columns)
    rows = {row["Month"]: row for row in table.to_dict("records")}
    may = rows["May 2018"]
    assert [may[name] for name in ("In time", "Out of", "Taken out by agreed exceptions")] == ["3", "5", "1"]
    assert [may[name] for name in ("In time without them", "Out of without them")] == ["3", "4"]
    assert rows["Jun 2018"]["Out of"] == "1", "open and past its day is missed"
    assert "exceptions take out more than" not in words_on(app), "1 of 5 lies within the council's cap"
    marks = {trace["name"]: trace for trace in chart(app, 0) if trace.get("name")}
    assert marks["All cases due"]["customdata"] == [
        "60% (3 of 5), 95% limits 23% to 88%",
        "0% (0 of 1), 95% limits 0% to 79%",
    ]
    assert marks["Without agreed exceptions"]["customdata"] == ["75% (3 of 4), 95% limits 30% to 95%"]
    assert marks["Target"]["x"] == [1.0, 1.0]


def test_how_long_it_took_stands_in_bands_with_what_was_not_done(opened: Open, late: Store) -> None:
    app = opened(PAGE, late, service="send", limit="SM1b")
    assert headers(app)[1].endswith("half of those done took 25 days or less; 2 of 6 late, 1 not done")
    table = next(one.value for one in app.table if one.value.columns[0] == "Days")
    rows = {row["Days"]: (row["In time"], row["Late"], row["Not done"]) for row in table.to_dict("records")}
    assert rows["22 to 30"] == ("3", "0", "0")
    assert rows["31 to 45"] == ("0", "2", "0")
    assert rows["Not done"] == ("0", "0", "1")
    said = words_on(app)
    assert "an agreed exception takes 1 out" in said
    assert "from the family's request for North Mentors" in said
    assert "from the day the council was told for South Mentors" in said


def test_past_the_cap_the_figures_carry_a_warning(opened: Open, late: Store) -> None:
    change_settings(late, lambda now: replace(now, exceptions_cap=now.exceptions_cap / 5), by=COMMISSIONER)
    said = words_on(opened(PAGE, late, service="send", limit="SM1b"))
    assert "exceptions take out more than 5% of the cases due in May 2018 1 of 5" in said


@pytest.mark.parametrize("service", ["mentoring", "homelessness"])
def test_a_service_without_time_limits_says_why_there_is_nothing(
    service: str, opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    assert "has no deadlines to keep" in app.info[0].value
    assert not app.get("plotly_chart")


def test_nothing_and_one_case_are_said_as_they_are(
    opened: Open, empty: Store, one_case_of: Callable[[str], Store]
) -> None:
    for store, query in (
        (empty, {}),
        (one_case_of("send"), {"service": "send"}),
        (one_case_of("housing"), {"service": "housing"}),
    ):
        app = opened(PAGE, store, **query)
        assert not app.exception
        assert app.info


@pytest.mark.parametrize(
    ("grant", "cases", "seen"),
    [
        (Grant(Role.VIEWER), False, ""),
        (Grant(Role.VIEWER, Reach(area=VALE)), False, ""),
        (Grant(Role.PROVIDER, Reach(provider=SOUTH)), True, SOUTH),
        (Grant(Role.PROVIDER, Reach(provider=NORTH)), True, ""),
        (Grant(Role.COMMISSIONER), True, SOUTH),
    ],
)
def test_single_cases_are_for_those_who_may_see_them_and_kept_in_the_audit(
    late: Store, monkeypatch: pytest.MonkeyPatch, grant: Grant, cases: bool, seen: str
) -> None:
    people_sign_in(monkeypatch)
    give(late, USER, grant)
    app = signed_in(USER, query=[("service", "send"), ("limit", "SM1b")])
    app.switch_page(PAGE).run()
    assert not app.exception
    assert (CASES in headers(app)) is cases
    assert ("S9" in words_on(app)) is bool(seen)
    ways = [
        link.proto.query_string for link in app.get("page_link") if "deadline of case" in link.proto.label
    ]
    assert ways == ([f"service=send&provider={SOUTH}&ref=S9&back=timeliness"] if seen else [])
    kept = [one.provider for one in read_audit(late, LOCAL_USER, act=Act.SAW_CASES)]
    assert kept == ([seen] if seen else [])
    whole = grant.reach.provider != NORTH
    assert ("1 deadline is still to be met" in " ".join(headers(app))) is whole


def test_the_way_back_from_a_case_leads_to_what_was_chosen_here(
    late: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(late, USER, Grant(Role.COMMISSIONER))
    case = [("service", "send"), ("provider", SOUTH), ("ref", "S9"), ("back", "timeliness")]

    def way_back(app: AppTest) -> tuple[str, str]:
        for name, value in case:
            app.query_params[name] = value
        app.switch_page("case.py").run()
        assert heading(app).startswith("Case S9")
        link = app.get("page_link")[0].proto
        return link.label, link.query_string

    app = signed_in(USER, query=[("service", "send"), ("limit", "SM1b"), ("area", VALE)])
    app.switch_page(PAGE).run()
    assert way_back(app) == ("Back to Timeliness", f"service=send&limit=SM1b&area={VALE}")
    assert way_back(signed_in(USER).run()) == ("Back to Timeliness", "service=send"), "in a tab of its own"


def test_a_presented_screen_shows_no_reference(late: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    people_sign_in(monkeypatch)
    give(late, USER, Grant(Role.COMMISSIONER))
    app = signed_in(USER, query=[("service", "send"), ("present", "true"), ("for", "us")])
    app.switch_page(PAGE).run()
    assert not app.exception
    assert "S9" not in words_on(app)
    assert len(app.get("plotly_chart")) == 1
