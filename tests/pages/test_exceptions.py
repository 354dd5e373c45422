"""The page of agreed exceptions: what it warns of, who may agree one, and what it shows to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access import clock
from data_access.audit import read_audit
from data_access.exceptions import agree, read_exceptions
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from domain.exceptions import AgreedException, Cause
from domain.kpis import kpi
from tests.builders import NORTH, a_return, a_send_case, settings_of_all
from tests.pages.opening import heading, opened, words_on
from tests.pages.roles import give, people_sign_in, signed_in
from tests.pages.test_reading_pages import NEVER_ON_SCREEN

Open = Callable[..., AppTest]
PAGE, ASKED = "exceptions.py", date(2018, 4, 10)
LATE: dict[str, Any] = dict.fromkeys(
    ("meeting_date", "mediation_end_date", "outcome_date"), date(2018, 6, 20)
)


def an_exception(case_ref: str, reason: str = "SCHOOL_HOL", cause: Cause = Cause.HOLIDAY) -> AgreedException:
    day = date(2018, 6, 21)
    return AgreedException("send", NORTH, case_ref, "SM1b", reason, cause, "Commissioning manager", day)


@pytest.fixture
def ten(shared: Store) -> Store:
    """Ten requests, of which three were held late; the contract counts the council's delays and school holidays."""
    settings = settings_of_all()
    contracts = tuple(replace(c, counted_exceptions=("SCHOOL_HOL", "LA_UNAVAIL")) for c in settings.contracts)
    change_settings(shared, lambda _: replace(settings, contracts=contracts), by=COMMISSIONER)
    cases = [
        *(a_send_case(f"LATE-{n}", requested=ASKED, **LATE) for n in range(3)),
        *(a_send_case(f"EARLY-{n}", requested=ASKED) for n in range(7)),
    ]
    save_return(shared, a_return(cases=cases, service="send"), by=COMMISSIONER)
    return shared


def test_thirty_percent_are_past_the_cap_and_exactly_the_cap_is_not(ten: Store) -> None:
    found = [an_exception(f"LATE-{n}") for n in range(3)]
    agree(ten, found, by=COMMISSIONER)
    app = opened(PAGE, service="send", exceptions_of="SM1b")
    assert (
        heading(app)
        == "Exceptions take out 30% of the cases due in 'Mediation held within 30 days' (3 of 10)"
    )
    warned = [w.value for w in app.warning if "cap" in w.value]
    assert len(warned) == 1
    said = "30% of the cases due have an exception agreed; the council's cap is 25%."
    assert said in warned[0]
    assert "past the council's cap in Apr-Jun 2018" in words_on(app)
    assert not NEVER_ON_SCREEN.findall(words_on(app))
    change_settings(ten, lambda now: replace(now, exceptions_cap=Decimal("0.30")), by=COMMISSIONER)
    app = opened(PAGE, service="send", exceptions_of="SM1b")
    assert not [w.value for w in app.warning if "cap" in w.value]
    assert "no quarter is past the council's cap" in words_on(app)


def test_what_the_council_caused_stands_under_the_council(ten: Store) -> None:
    agree(ten, [an_exception("LATE-1", "LA_UNAVAIL", Cause.COUNCIL)], by=COMMISSIONER)
    said = words_on(opened(PAGE, service="send", exceptions_of="SM1b"))
    assert "Caused by the council: 1 late; it stays the council's breach." in said
    assert "1 of 3 late cases have an exception" in said
    assert "7 of 10" in said
    assert "7 of 9" in said


def enter(app: AppTest, case_ref: str, title: str = "Commissioning manager") -> AppTest:
    app.selectbox(key="exception_kpi_0").set_value(kpi("SM1b")).run()
    app.text_input(key="exception_case_0").set_value(case_ref)
    app.text_input(key="exception_by_0").set_value(title)
    return pressed(app, "Check this exception")


def pressed(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    return app.run()


def test_one_is_entered_looked_at_saved_and_undone(ten: Store) -> None:
    app = enter(opened(PAGE, service="send"), "LATE-1")
    assert heading(app) == "Exceptions, not saved yet"
    assert "70% (7 of 10)" in words_on(app)
    assert "78% (7 of 9)" in words_on(app)
    assert read_exceptions(ten, COMMISSIONER, service="send") == ()
    app.button(key="exceptions_save").click().run()
    (kept,) = read_exceptions(ten, COMMISSIONER, service="send")
    assert (kept.exception.case_ref, kept.exception.reason) == ("LATE-1", "LA_UNAVAIL")
    assert (kept.exception.caused_by, kept.exception.agreed_on) == (Cause.COUNCIL, clock.today())
    assert "1 exception saved." in [one.value for one in app.success]
    assert "LATE-1" in words_on(app)
    app.button(key="exceptions_undo").click().run()
    assert not app.exception
    assert read_exceptions(ten, COMMISSIONER, service="send") == ()


def test_a_reference_that_nobody_has_is_refused_with_what_would_be_accepted(ten: Store) -> None:
    app = enter(opened(PAGE, service="send"), "NOBODY", "jo@council.gov.uk")
    said = words_on(app)
    assert "No current return has the case 'NOBODY'." in said
    assert "A job title such as Commissioning manager; not a name." in said
    assert "jo@council.gov.uk" not in said


def test_one_is_taken_back_with_a_reason_and_agreed_again(ten: Store) -> None:
    agree(ten, [an_exception("LATE-1")], by=COMMISSIONER)
    app = opened(PAGE, service="send")
    (kept,) = read_exceptions(ten, COMMISSIONER, service="send")
    app.selectbox(key="exceptions_which_0").set_value(kept.id)
    pressed(app, "Take it back")
    assert "say why" in app.error[0].value
    app.selectbox(key="exceptions_which_0").set_value(kept.id)
    app.text_input(key="exceptions_why_0").set_value("wrong case")
    pressed(app, "Take it back")
    assert not app.exception
    assert read_exceptions(ten, COMMISSIONER, service="send") == ()
    app.button(key="exceptions_undo").click().run()
    (again,) = read_exceptions(ten, COMMISSIONER, service="send")
    assert again.exception == kept.exception


@pytest.mark.parametrize(
    ("grant", "lists", "agrees"),
    [
        (Grant(Role.COMMISSIONER), True, True),
        (Grant(Role.PROVIDER, Reach(provider=NORTH)), True, False),
        (Grant(Role.VIEWER), False, False),
        (Grant(Role.VIEWER, Reach(area="E1")), False, False),
    ],
    ids=["commissioner", "provider", "viewer", "viewer of an area"],
)
def test_each_sees_figures_and_only_who_may_sees_cases_or_forms(
    ten: Store, monkeypatch: pytest.MonkeyPatch, grant: Grant, lists: bool, agrees: bool
) -> None:
    agree(ten, [an_exception("LATE-1")], by=COMMISSIONER)
    people_sign_in(monkeypatch)
    give(ten, "jo@x.example", grant)
    app = signed_in("jo@x.example", query=[("service", "send"), ("exceptions_of", "SM1b")])
    app.switch_page(PAGE).run()
    assert not app.exception
    said = words_on(app)
    assert "(1 of 10)" in heading(app)
    assert len(app.get("plotly_chart")) == 3
    assert ("LATE-1" in said) is lists
    assert any(one.label == "Check this exception" for one in app.button) is agrees
    assert any("exceptions_csv" in str(one.proto.id) for one in app.get("download_button")) is lists


def test_who_sees_cases_of_one_provider_reads_the_figures_of_another_without_a_list(
    ten: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(ten, "pat@council.gov.uk", Grant(Role.VIEWER), Grant(Role.PROVIDER, Reach(provider="south")))
    agree(ten, [an_exception("LATE-1")], by=COMMISSIONER)
    for page in (PAGE, "timeliness.py"):
        app = signed_in("pat@council.gov.uk", query=[("service", "send"), ("provider", NORTH)])
        app.switch_page(page).run()
        assert "LATE-" not in words_on(app)
        assert "No case has a deadline" not in words_on(app)
    assert not [one for one in read_audit(ten, LOCAL_USER) if one.act is Act.REFUSED]


def test_nothing_agreed_says_what_an_exception_is(ten: Store) -> None:
    app = opened(PAGE, service="send")
    assert heading(app) == "No case is taken out by an agreed exception"
    assert "An exception is agreed for one case and one KPI" in words_on(app)
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("service", ["mentoring", "homelessness"])
def test_a_service_without_such_kpis_says_so(opened: Open, examples: Store, service: str) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    assert "has no KPI for which exceptions are agreed" in app.info[0].value
    assert not app.get("plotly_chart")


def test_the_examples_and_a_file_not_saved_are_looked_at_and_not_changed(
    opened: Open, examples: Store, one_case_of: Callable[[str], Store], empty: Store
) -> None:
    app = opened(PAGE, examples, service="send")
    assert not app.exception
    assert "MDR-1157" in words_on(app)
    assert not any(one.label == "Check this exception" for one in app.button)
    app = opened(PAGE, one_case_of("send"), service="send")
    assert not app.exception
    assert not any(one.label == "Check this exception" for one in app.button)
    app = opened(PAGE, empty)
    assert not app.exception
