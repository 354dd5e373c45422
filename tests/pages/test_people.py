"""The People page: roles are given and taken away, with what that means said before, and it stays in the audit."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from components.people_list import people_csv
from components.people_words import grant_words, loss_words, lost_with
from data_access.audit import read_audit
from data_access.people import find_viewer, read_people, revoke_role
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import LOCAL_USER, Duty, Grant, Reach, Role
from domain.audit import Act
from pages._who import sign_ins_end_here
from tests.builders import HILL, NORTH, some_settings
from tests.pages.opening import opened, words_on
from tests.pages.roles import give, people_sign_in, signed_in

ADMIN, PAT = "ada@council.gov.uk", "pat@north.org.uk"


@pytest.fixture
def store(shared: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    people_sign_in(monkeypatch)
    change_settings(shared, lambda _: some_settings(), by=LOCAL_USER)
    give(shared, ADMIN, Grant(Role.ADMINISTRATOR))
    return shared


def page() -> AppTest:
    app = signed_in(ADMIN)
    app.switch_page("people.py").run()
    assert not app.exception, app.exception
    return app


def choose(app: AppTest, person: str, what: str = "") -> None:
    app.selectbox(key="people_who").select(person).run()
    if what:
        app.radio(key=f"people_do_{person}").set_value(what).run()
    assert not app.exception, app.exception


def confirm(app: AppTest, key: str) -> None:
    """Press the button of an open dialog; without a browser its opener is pressed again in the same run."""
    app.button(key=key).click()
    app.button(key=f"{key}_yes").click().run()
    assert not app.exception, app.exception


def test_the_page_says_who_may_do_what_in_words(store: Store) -> None:
    give(store, PAT, Grant(Role.PROVIDER, Reach("mentoring", NORTH)), Grant(Role.VIEWER, Reach(area=HILL)))
    app = page()
    assert app.title[0].value == "2 people have a role"
    label = some_settings().provider_label(NORTH)
    rows = app.table[0].value.to_dict("records")
    assert [row["May do what"].replace("\\", "") for row in rows] == [
        "Administrator",
        f"Provider for Homelessness-prevention mentoring, {label}; Viewer for {some_settings().area_label(HILL)}",
    ]


def test_a_role_is_given_with_the_role_first_and_its_limits_after(store: Store) -> None:
    app = page()
    assert (
        [one.value for one in app.radio(key="role_0").options]
        if False
        else len(Role) == len(app.radio(key="role_0").options)
    )
    app.radio(key="role_0").set_value(Role.PROVIDER).run()
    app.selectbox(key=f"role_provider_0_{Role.PROVIDER}").select(NORTH)
    app.text_input(key="role_user_0").set_value("Pat@North.org.uk")
    app.text_input(key="role_title_0").set_value("Service manager")
    app.button[0].click().run()
    assert not app.exception
    assert not app.error, [e.value for e in app.error]
    found = find_viewer(store, PAT)
    assert found.grants == (Grant(Role.PROVIDER, Reach(provider=NORTH)),)
    assert found.title == "Service manager"
    assert "now is: Provider for" in app.success[0].value
    act = read_audit(store, LOCAL_USER, act=Act.CHANGED_ROLES)[0]
    assert (act.person, act.subject) == (ADMIN, PAT)


def test_an_administrator_is_offered_no_limit(store: Store) -> None:
    app = page()
    app.radio(key="role_0").set_value(Role.ADMINISTRATOR).run()
    assert "role_service_0" not in [one.key for one in app.selectbox]


@pytest.mark.parametrize("typed", ["", "not a name", "a@b"])
def test_what_names_nobody_is_refused_with_what_would_be_accepted(store: Store, typed: str) -> None:
    app = page()
    if typed:
        app.text_input(key="role_user_0").set_value(typed)
    app.button[0].click().run()
    assert "Accepted" in app.error[0].value
    assert [one.user for one in read_people(store, LOCAL_USER)] == [ADMIN]


def test_taking_a_role_away_says_first_what_is_lost_and_can_be_undone(store: Store) -> None:
    give(store, PAT, Grant(Role.COMMISSIONER), Grant(Role.VIEWER))
    app = page()
    choose(app, PAT)
    app.button(key="people_take").click().run()
    said = words_on(app)
    assert "can then no longer see single cases, send or withdraw returns, present at meetings" in said
    assert "or change the settings, for everything" in said
    assert "What stays: Viewer for everything" in said
    assert len(find_viewer(store, PAT).grants) == 2, "nothing is taken away before it is confirmed"
    confirm(app, "people_take")
    assert find_viewer(store, PAT).grants == (Grant(Role.VIEWER),)
    app.button(key="people_undo").click().run()
    assert not app.exception
    assert set(find_viewer(store, PAT).grants) == {Grant(Role.VIEWER), Grant(Role.COMMISSIONER)}
    assert "people_undo" not in [one.key for one in app.button]


def test_the_last_administrator_stays(store: Store) -> None:
    app = page()
    choose(app, ADMIN)
    app.button(key="people_take").click().run()
    assert "This is your own role." in [one.value for one in app.warning]
    confirm(app, "people_take")
    assert "last administrator" in app.error[0].value
    assert find_viewer(store, ADMIN).may(Duty.PEOPLE)


def test_somebody_is_signed_out_everywhere(store: Store) -> None:
    give(store, PAT, Grant(Role.VIEWER))
    app = page()
    choose(app, PAT, "Sign them out everywhere")
    app.button(key="people_end").click().run()
    confirm(app, "people_end")
    assert not app.exception
    person = next(one for one in read_people(store, LOCAL_USER) if one.user == PAT)
    assert person.signed_out_at is not None
    assert person.grants == (Grant(Role.VIEWER),)
    assert read_audit(store, LOCAL_USER, act=Act.SIGNED_OUT)[0].subject == PAT


def test_a_job_title_is_changed(store: Store) -> None:
    give(store, PAT, Grant(Role.VIEWER))
    app = page()
    choose(app, PAT, "Change their job title")
    field = next(one for one in app.text_input if one.label == "Job title")
    field.set_value("Analyst")
    next(one for one in app.button if one.label == "Save the job title").click().run()
    assert find_viewer(store, PAT).title == "Analyst"


def test_somebody_who_lost_the_role_meanwhile_changes_nothing(store: Store) -> None:
    give(store, PAT, Grant(Role.ADMINISTRATOR))
    give(store, ADMIN, Grant(Role.VIEWER))
    app = page()
    revoke_role(store, ADMIN, Grant(Role.ADMINISTRATOR), by=LOCAL_USER)
    app.text_input(key="role_user_0").set_value("lee@council.gov.uk")
    app.button[0].click().run()
    assert str(app.title[0].value).startswith("You may not open")
    assert find_viewer(store, "lee@council.gov.uk").grants == ()


def test_with_nobody_it_says_how_the_first_administrator_is_made(shared: Store) -> None:
    app = opened("people.py")
    assert app.title[0].value == "Nobody has a role yet"
    said = "\n".join(one.value for one in app.info)
    assert "python -m data_access grant NAME administrator" in said
    assert "Nobody signs in at present" in said
    assert "Sign them out everywhere" not in words_on(app)


def test_with_many_people_a_few_are_shown_and_any_is_found(store: Store) -> None:
    for number in range(20):
        give(store, f"pat{number:02}@north.org.uk", Grant(Role.VIEWER))
    app = page()
    assert len(app.table[0].value) == 12
    app.text_input(key="people_find").set_value("PAT19").run()
    assert len(app.table[0].value) == 1
    app.text_input(key="people_find").set_value("nobody of this name").run()
    assert not app.table
    app.text_input(key="people_find").set_value("").run()
    app.toggle(key="people_all").set_value(True).run()
    assert len(app.table[0].value) == 21


def test_the_file_holds_the_roles_of_before_too_and_runs_no_formula(store: Store) -> None:
    give(store, "=pat@north.org.uk", Grant(Role.VIEWER))
    revoke_role(store, "=pat@north.org.uk", Grant(Role.VIEWER), by=LOCAL_USER)
    made = people_csv(read_people(store, LOCAL_USER), some_settings()).decode("utf-8-sig")
    rows = {row["Person"]: row for row in csv.DictReader(io.StringIO(made))}
    assert rows["'=pat@north.org.uk"]["Taken away by"] == LOCAL_USER.user
    assert rows[ADMIN]["Taken away"] == ""


def test_what_is_lost_is_only_what_no_other_role_allows() -> None:
    viewer, provider = Grant(Role.VIEWER), Grant(Role.PROVIDER, Reach(provider=NORTH))
    here = Grant(Role.VIEWER, Reach(area=HILL))
    assert lost_with(viewer, [viewer]) == (Duty.FIGURES,)
    assert lost_with(provider, [viewer, provider]) == (Duty.CASES, Duty.RETURNS, Duty.PRESENTING)
    assert lost_with(viewer, [viewer, provider]) == (Duty.FIGURES,)
    assert lost_with(here, [viewer, here]) == ()
    assert lost_with(viewer, [viewer, here]) == (Duty.FIGURES,)
    assert "nothing by it" in loss_words(PAT, here, [viewer, here], some_settings())[0]
    assert "have no role" in loss_words(PAT, here, [here], some_settings())[1]
    assert grant_words(Grant(Role.ADMINISTRATOR), some_settings()) == "Administrator"
    assert grant_words(viewer, some_settings()) == "Viewer for everything"


@pytest.mark.parametrize(("mode", "ends"), [("oidc", True), ("proxy", False), ("none", False)])
def test_a_sign_in_that_a_server_in_front_keeps_is_not_said_to_be_ended_here(
    mode: str, ends: bool, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTH_MODE", mode)
    monkeypatch.setenv("ALLOWED_HOSTS", "dashboard.example.gov.uk")

    assert sign_ins_end_here() is ends
