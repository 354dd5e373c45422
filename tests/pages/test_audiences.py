"""Every page as others than the commissioning team see it: it opens, says for whom it is, and shows no number that is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES
from components.page_entry import PageEntry
from data_access.kpis import read_kpis
from data_access.questions import Question
from data_access.released import read_released
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience, Duty
from domain.periods import Period
from domain.selection import Selection
from domain.status import Status
from tests.pages.conftest import SHELL
from tests.pages.opening import words_on

OURS = {"exceptions.py", "data_quality.py", "returns.py", "case.py", "rows.py"}
"""What is no figure, but a list of cases, rows or returns: for the commissioning team alone."""
OTHER_SERVICE = {"timeliness.py": "housing", "homelessness.py": "homelessness"}
"""Pages that say nothing of mentoring."""
NO_FIGURES = {"upload.py", "settings.py", "people.py", "audit.py", "definitions.py", "published.py"}
NO_STATUS_HERE = {"kpi_status.py", "change_of_mind.py"}
"""Pages that say only, without an address or with another service, where to go."""
A = "provider:provider-a"
UNTRUE = ("none missing", "no case to count", "nothing recorded", "No complaint recorded", "none left blank")
"""What would be said of noughts; nobody is told how many are missing where small numbers are hidden."""

Open = Callable[..., AppTest]


@pytest.fixture
def seen(shared: Store, examples: Store) -> Open:
    """Open a page on the examples as an audience sees it, with what is chosen there by its short name in the address."""

    def open_page(file: str, audience: str, service: str = "mentoring", **query: str) -> AppTest:
        app = AppTest.from_file(str(SHELL), default_timeout=120)
        app.session_state["store_in_hand"] = examples
        app.session_state["service"] = service
        for name, value in {"for": audience, **query}.items():
            if value:
                app.query_params[name] = value
        if file != "overview.py":
            app.switch_page(file)
        app.run()
        assert not app.exception, app.exception
        return app

    return open_page


def with_figures(entry: PageEntry) -> bool:
    return entry.file not in NO_FIGURES | OURS and entry.needs in (None, Duty.FIGURES)


@pytest.mark.parametrize("file", [entry.file for entry in PAGES if with_figures(entry)])
def test_a_page_opens_and_says_that_it_is_for_everybody(seen: Open, file: str) -> None:
    said = words_on(seen(file, "public", OTHER_SERVICE.get(file, "mentoring")))
    assert "For the commissioning team only" not in said
    assert not [words for words in UNTRUE if words in said]
    if file not in NO_STATUS_HERE:
        assert (
            "Shown as everybody may see it: small numbers, and what would give them away, are hidden." in said
        )


@pytest.mark.parametrize("file", ["overview.py", "outcomes.py", "contracts.py"])
def test_a_page_opens_and_says_that_it_is_for_one_provider(seen: Open, file: str) -> None:
    said = words_on(seen(file, A))
    assert (
        "Shown as Example provider A may see it: small numbers, and what would give them away, are hidden."
        in said
    )
    assert "For Example provider A and the commissioning team only" in said


@pytest.mark.parametrize("file", sorted(OURS))
def test_a_page_of_the_commissioning_team_ends_before_its_lists(seen: Open, file: str) -> None:
    app = seen(file, "public")
    assert "This page is for the commissioning team only." in words_on(app)
    assert not app.table


def test_a_hidden_group_has_no_number_in_table_or_chart(seen: Open, examples: Store) -> None:
    (areas,) = read_released(
        examples, [Question("referrals", ("area",), Selection("mentoring"))], COMMISSIONER, Audience.PUBLIC
    )
    gone = {one.label for one in areas.hidden}
    assert gone
    app = seen("demand.py", "public")
    (table,) = [one.value for one in app.table if list(one.value.columns)[:2] == ["Area", "Cases"]]
    cells = {row[0]: list(row[1:]) for row in table.itertuples(index=False)}
    assert {label for label, found in cells.items() if set(found) == {"c"}} == gone
    charts = [json.loads(one.proto.spec) for one in app.get("plotly_chart")]
    drawn = {str(label) for chart in charts for trace in chart["data"] for label in trace.get("y") or ()}
    assert "Harlow" in drawn
    assert not drawn & gone


@pytest.mark.parametrize("grouping", ["subject_code", "days_to_outcome_band"])
def test_where_groups_come_to_all_there_is_no_group_is_hidden_alone(examples: Store, grouping: str) -> None:
    question = Question("complaints", (grouping,), Selection("housing"))
    (ours,), (shown,) = (
        read_released(examples, [question], COMMISSIONER, one) for one in (Audience.US, Audience.PUBLIC)
    )
    small = {one.keys for one in ours.figures if 0 < one.met < 5}
    assert small
    assert small < {one.keys for one in shown.hidden}


def test_nothing_is_hidden_from_the_commissioning_team(seen: Open) -> None:
    app = seen("demand.py", "")
    assert "hidden" not in words_on(app)
    assert app.selectbox(key="for").value == "us"


def test_one_provider_sees_its_own_row_and_the_rest_of_the_contract(seen: Open) -> None:
    said = words_on(seen("demand.py", A))
    assert "Example provider A: 140 of 540 referrals" in said
    assert "Rest of contract" in said
    assert "Example provider B" not in said
    assert "Example provider B" not in words_on(seen("kpis.py", A))


def test_a_status_of_another_provider_is_not_found(seen: Open) -> None:
    own, other = (
        seen("kpi_status.py", A, status=f"TB1:{key}::2018-07..2018-09")
        for key in ("provider-a", "provider-b")
    )
    assert str(other.title[0].value) == "No such status"
    assert "24 of 24" in words_on(own)
    assert "Workings and single cases are for the commissioning team only." in words_on(own)
    assert not list(own.get("download_button"))


def test_what_is_counted_contract_by_contract_is_no_sum_of_the_one_provider_in_the_room(
    examples: Store,
) -> None:
    room, period = Audience.with_provider("housing-a"), Period.parse("2024-04..2024-06")
    ours, whole, rows = (
        {(one.kpi.id, one.provider): one for one in read_kpis(
            examples, period, COMMISSIONER, audience, by=by, service="housing", only=("HM7",)
        )}
        for audience, by in ((Audience.US, ("provider",)), (room, ()), (room, ("provider",)))
    )  # fmt: skip
    assert whole["HM7", ""].status is Status.HIDDEN
    assert rows.keys() == {("HM7", "housing-a")}
    assert rows["HM7", "housing-a"].met == ours["HM7", "housing-a"].met


def test_an_address_that_says_nobody_does_not_bring_the_commissioning_team_back(seen: Open) -> None:
    app = seen("demand.py", "public")
    del app.query_params["for"]  # as one step back does, after another page was opened from the menu
    app.run()
    assert app.selectbox(key="for").value == "public"
    assert app.query_params["for"] == "public"
    app.selectbox(key="for").select("us").run()
    assert app.selectbox(key="for").value == "us"
    assert "For the commissioning team only" in words_on(app)


def test_the_way_back_from_a_status_says_for_whom_it_is(seen: Open) -> None:
    app = seen("kpi_status.py", "public", status="TB1:::2018-07..2018-09")
    assert [link.proto.query_string for link in app.get("page_link")] == [
        "service=mentoring&for=public&kpi=TB1"
    ]


def test_a_reference_leaves_the_address_of_a_page_that_others_see(seen: Open) -> None:
    app = seen("case.py", "public", ref="C1", provider="provider-a")
    assert "ref" not in app.query_params


@pytest.mark.parametrize("said", ["provider:provider-a", "nobody"])
def test_an_audience_that_is_not_here_is_never_the_commissioning_team(seen: Open, said: str) -> None:
    app = seen("demand.py", said, "housing")
    assert app.selectbox(key="for").value == "providers"


def test_who_presents_without_saying_to_whom_shows_what_the_providers_may_see(seen: Open) -> None:
    app = seen("demand.py", "", present="true")
    assert app.selectbox(key="for").value == "providers"
    assert "For the providers of this service and the commissioning team only" in words_on(app)
