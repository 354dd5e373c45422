"""Each role opens its own pages, and no other: what is closed says who may open it, and is kept in the audit."""

import pytest
from streamlit.testing.v1 import AppTest

from components.identity import forget_sign_out
from components.navigation import PAGES
from data_access.audit import read_audit
from data_access.people import revoke_role, sign_out_everywhere, signed_out_at
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from tests.builders import HILL, NORTH, some_settings
from tests.pages.opening import opened
from tests.pages.roles import give, people_sign_in, signed_in

FIGURES = {
    "overview.py",
    "exceptions.py",
    "data_quality.py",
    "demand.py",
    "reasons.py",
    "who_is_helped.py",
    "outcomes.py",
    "kpis.py",
    "meeting.py",
    "kpi_status.py",
    "case.py",
    "timeliness.py",
    "differences.py",
    "change_of_mind.py",
    "mentoring.py",
    "homelessness.py",
    "benchmarks.py",
    "satisfaction.py",
    "contracts.py",
}
SENDS = {"upload.py", "returns.py"}
SEES_PRICES = {"procurement.py"}
SEES_CASES = {"rows.py"}
ANYBODY = {"definitions.py"}
OPEN = {
    "viewer": (Grant(Role.VIEWER), FIGURES | ANYBODY | {"published.py"}),
    "viewer of a service": (Grant(Role.VIEWER, Reach("mentoring")), FIGURES | ANYBODY),
    "presenter": (Grant(Role.PRESENTER), FIGURES | ANYBODY | {"published.py"}),
    "provider": (Grant(Role.PROVIDER, Reach(provider=NORTH)), FIGURES | ANYBODY | SENDS | SEES_CASES),
    "commissioner": (
        Grant(Role.COMMISSIONER),
        FIGURES | ANYBODY | SENDS | SEES_CASES | SEES_PRICES | {"published.py", "settings.py"},
    ),
    "commissioner of a service": (
        Grant(Role.COMMISSIONER, Reach("mentoring")),
        FIGURES | ANYBODY | SENDS | SEES_CASES | SEES_PRICES,
    ),
    "commissioner of an area": (Grant(Role.COMMISSIONER, Reach(area=HILL)), FIGURES | ANYBODY),
    "administrator": (Grant(Role.ADMINISTRATOR), ANYBODY | {"people.py", "audit.py"}),
}
"""What each role opens, written down by hand."""
USER = "pat@council.gov.uk"


@pytest.fixture
def store(shared: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    people_sign_in(monkeypatch)
    monkeypatch.setattr("components.identity._ask", lambda user: signed_out_at(shared, user))
    # What another test heard of the same person's signing out, a second ago, would end this test's sign-in.
    monkeypatch.setattr("components.identity._heard", {})
    # There are more pages than refusals of one person are kept in a minute, and each is tried here.
    monkeypatch.setattr("data_access.audit.MOST_REFUSED", 2 * len(PAGES))
    change_settings(shared, lambda _: some_settings(), by=LOCAL_USER)
    return shared


def title(app: AppTest) -> str:
    assert not app.exception, app.exception
    return str(app.title[0].value)


def refused(store: Store) -> list[tuple[str, str]]:
    return [(one.person, one.subject) for one in read_audit(store, LOCAL_USER, act=Act.REFUSED)]


def in_menu(app: AppTest) -> set[str]:
    return set(app.session_state["pages_open"])


@pytest.mark.parametrize("role", OPEN)
def test_a_role_opens_its_pages_and_no_other(store: Store, role: str) -> None:
    grant, expected = OPEN[role]
    give(store, USER, grant)
    app = signed_in(USER).run()
    assert in_menu(app) == expected
    opened = set()
    for entry in PAGES:
        app.switch_page(entry.file).run()
        if not title(app).startswith("You may not open"):
            opened.add(entry.file)
        elif entry.file != "overview.py":
            assert (USER, entry.title) in refused(store)
            assert len(app.main.children) <= 8, "nothing of the page itself is drawn"
    # The address without a page leads an administrator to the first page that is open.
    front = {"overview.py"} if role == "administrator" else set()
    assert opened - front == expected


def test_every_page_was_decided_on_for_every_role() -> None:
    assert {entry.file for entry in PAGES} == set.union(*(pages for _, pages in OPEN.values()))
    assert {grant.role for grant, _ in OPEN.values()} == set(Role)


def test_a_closed_page_says_who_may_open_it_and_leads_on(store: Store) -> None:
    give(store, USER, Grant(Role.VIEWER))
    app = signed_in(USER).run()
    app.switch_page("settings.py").run()
    assert title(app) == "You may not open Settings"
    assert "It opens to a commissioner for every service, provider and area." in app.warning[0].value.replace(
        "\\", ""
    )
    assert "has been noted" in app.warning[0].value
    assert [link.proto.label for link in app.get("page_link")] == ["Go to Overview"]
    app.switch_page("people.py").run()
    assert "It opens to an administrator." in app.warning[0].value


def test_the_front_page_of_an_administrator_is_people_and_nobody_was_refused(store: Store) -> None:
    give(store, USER, Grant(Role.ADMINISTRATOR))
    app = signed_in(USER).run()
    assert title(app) == "1 person has a role"
    assert refused(store) == []


def test_somebody_without_a_role_is_told_their_name_and_whom_to_ask(store: Store) -> None:
    app = signed_in("Lee@Council.gov.uk").run()
    assert title(app) == "You have no role here yet"
    assert "lee@council.gov.uk" in app.info[0].value
    assert "administrator" in app.info[0].value
    assert in_menu(app) == set()
    for entry in PAGES:
        app.switch_page(entry.file).run()
        assert title(app) == "You have no role here yet"
    assert ("lee@council.gov.uk", "Settings") in refused(store)


def test_a_role_taken_away_closes_the_page_at_the_next_click(store: Store) -> None:
    give(store, USER, Grant(Role.COMMISSIONER), Grant(Role.VIEWER))
    app = signed_in(USER).run()
    app.switch_page("settings.py").run()
    assert not title(app).startswith("You may not")
    revoke_role(store, USER, Grant(Role.COMMISSIONER), by=LOCAL_USER)
    app.run()
    assert title(app) == "You may not open Settings"
    assert "settings.py" not in in_menu(app)


def test_only_who_may_present_has_the_switch(store: Store, examples: Store) -> None:
    give(store, USER, Grant(Role.VIEWER))
    give(store, "lee@council.gov.uk", Grant(Role.PRESENTER))
    for user, may in ((USER, False), ("lee@council.gov.uk", True)):
        app = signed_in(user, query=[("present", "true")])
        app.session_state["store_in_hand"] = examples
        app.run()
        app.switch_page("demand.py").run()
        assert not app.exception
        assert ("present" in [one.key for one in app.toggle]) is may
        assert ("present_on" in [one.key for one in app.button]) is may


def test_a_page_for_everything_says_so_to_whom_it_is_closed(store: Store) -> None:
    give(store, USER, Grant(Role.VIEWER, Reach("mentoring")))
    app = signed_in(USER).run()
    app.switch_page("published.py").run()
    assert title(app) == "You may not open Published figures"
    assert "for every service, provider and area" in app.warning[0].value


def test_who_has_the_role_for_a_part_is_told_that_it_is_the_part(store: Store) -> None:
    give(store, USER, Grant(Role.COMMISSIONER, Reach("mentoring")))
    app = signed_in(USER).run()
    app.switch_page("settings.py").run()
    assert title(app) == "You may not open Settings"
    assert (
        "a commissioner for every service, provider and area, and your role is for a part"
        in app.warning[0].value
    )
    revoke_role(store, USER, Grant(Role.COMMISSIONER, Reach("mentoring")), by=LOCAL_USER)
    give(store, USER, Grant(Role.COMMISSIONER, Reach(area="E1")))
    app.switch_page("upload.py").run()
    assert title(app) == "You may not open Upload"
    assert "a commissioner whose role is not limited to an area, and yours is" in app.warning[0].value


def test_an_old_or_ended_sign_in_shows_nothing(store: Store) -> None:
    give(store, USER, Grant(Role.COMMISSIONER))
    old = signed_in(USER, hours_ago=9).run()
    assert title(old) == "You are signed out"
    app = signed_in(USER, hours_ago=1).run()
    assert title(app) != "You are signed out"
    sign_out_everywhere(store, USER, by=LOCAL_USER)
    forget_sign_out(USER)
    assert title(signed_in(USER, hours_ago=1).run()) == "You are signed out"
    assert in_menu(old) == set()


def test_another_person_in_the_same_session_finds_nothing_of_the_first(store: Store) -> None:
    give(store, USER, Grant(Role.COMMISSIONER))
    give(store, "lee@council.gov.uk", Grant(Role.VIEWER))
    app = signed_in(USER).run()
    app.session_state["left_behind"] = "a file in hand"
    app.run()
    assert "left_behind" in app.session_state
    app.user = {**dict(app.user), "email": "lee@council.gov.uk"}
    app.run()
    assert not app.exception
    assert "left_behind" not in app.session_state


def test_the_page_says_who_is_signed_in_with_the_way_out(store: Store) -> None:
    give(store, USER, Grant(Role.VIEWER))
    app = signed_in(USER).run()
    line = next(html.proto.body for html in app.get("html") if "Sign out" in html.proto.body)
    assert USER in line
    assert 'href="/sign-out"' in line
    assert not any("No sign-in" in warning.value for warning in app.warning)


def test_where_nobody_signs_in_one_banner_says_so_on_every_page(shared: Store) -> None:
    app = opened(PAGES[1].file)
    for entry in PAGES[1:]:
        app.switch_page(entry.file).run()
        assert not app.exception, entry.file
        said = [warning.value for warning in app.warning if "No sign-in" in warning.value]
        assert len(said) == 1
        assert not any("Sign out" in html.proto.body for html in app.get("html"))
