"""The Audit page: the newest first, narrowed down, page by page, and as a file that is itself kept."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from components.audit_list import A_PAGE, Part
from components.audit_words import DID
from data_access.audit import note, read_audit
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import LOCAL_USER, Grant, Role, Viewer
from domain.audit import Act
from pages._audit import audit_csv
from tests.builders import NORTH, SOUTH, some_settings
from tests.pages.opening import opened, words_on
from tests.pages.roles import give, people_sign_in, signed_in

ADMIN = "ada@council.gov.uk"


@pytest.fixture
def store(shared: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    people_sign_in(monkeypatch)
    change_settings(shared, lambda _: some_settings(), by=LOCAL_USER)
    give(shared, ADMIN, Grant(Role.ADMINISTRATOR))
    note(
        shared, Viewer("pat@north.org.uk"), Act.EXPORTED, service="mentoring", provider=NORTH, subject="a.csv"
    )
    note(shared, Viewer("lee@south.org.uk"), Act.SAW_CASES, service="send", provider=SOUTH, subject="Upload")
    note(
        shared,
        Viewer("lee@south.org.uk"),
        Act.REFUSED,
        subject="Settings",
        detail="may not change the settings",
    )
    return shared


def page(**chosen: object) -> AppTest:
    app = signed_in(ADMIN)
    for name, value in chosen.items():
        app.session_state[name] = value
    app.switch_page("audit.py").run()
    assert not app.exception, app.exception
    return app


def rows(app: AppTest) -> list[dict[str, str]]:
    assert not app.exception, app.exception
    return [
        {k: str(v).replace("\\", "") for k, v in row.items()} for row in app.table[0].value.to_dict("records")
    ]


def test_the_newest_stands_first_in_plain_words(store: Store) -> None:
    first, second, third = rows(page())[:3]
    assert (first["Who"], first["What"]) == ("lee@south.org.uk", "Was refused")
    assert first["About"] == "Settings. May not change the settings"
    assert second["What"] == "Saw single cases"
    assert second["About"] == f"Upload. SEND mediation, {some_settings().provider_label(SOUTH)}"
    assert third["What"] == "Downloaded a file"


def test_every_kind_of_act_has_its_words() -> None:
    assert set(DID) == set(Act)
    assert len(set(DID.values())) == len(Act)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("audit_person", "LEE@south.org.uk", {"Saw single cases", "Was refused"}),
        ("audit_act", Act.EXPORTED, {"Downloaded a file"}),
        ("audit_service", "send", {"Saw single cases"}),
        ("audit_provider", NORTH, {"Downloaded a file"}),
    ],
)
def test_it_can_be_narrowed_down(store: Store, key: str, value: object, expected: set[str]) -> None:
    app = page()
    if key == "audit_person":  # a name that is typed, and not one of those offered
        app = page(**{key: value})
    else:
        app.selectbox(key=key).set_value(value).run()
    assert {row["What"] for row in rows(app)} == expected


def test_days_narrow_it_down_and_the_wrong_order_is_said(store: Store) -> None:
    app = page()
    today = read_audit(store, LOCAL_USER)[0].at.date()
    app.date_input(key="audit_first").set_value(today.replace(year=today.year + 1)).run()
    assert not app.table
    assert "Nothing was noted of what is chosen" in words_on(app)
    app.date_input(key="audit_last").set_value(today).run()
    assert "first day is after" in app.error[0].value


def test_older_entries_are_pages_away_and_the_way_back_is_there(store: Store) -> None:
    for number in range(A_PAGE + 5):
        note(store, Viewer("pat@north.org.uk"), Act.EXPORTED, subject=f"file-{number}.csv")
    app = page()
    shown = rows(app)
    assert len(shown) == A_PAGE
    app.button(key="audit_older").click().run()
    older = rows(app)
    assert not {row["About"] for row in shown} & {
        row["About"] for row in older if row["About"].startswith("file-")
    }
    assert older[0]["About"] == "file-4.csv"
    assert "audit_older" not in [one.key for one in app.button]
    app.button(key="audit_newer").click().run()
    assert rows(app) == shown
    app.button(key="audit_older").click().run()
    app.selectbox(key="audit_act").set_value(Act.REFUSED).run()
    assert [row["What"] for row in rows(app)] == ["Was refused"], "another choice starts with its newest"


def test_the_file_holds_all_of_what_is_chosen(store: Store) -> None:
    for number in range(A_PAGE + 5):
        note(store, Viewer("pat@north.org.uk"), Act.EXPORTED, subject=f"file-{number}.csv")
    made = audit_csv(store, LOCAL_USER, Part(act=Act.EXPORTED))().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(made)))) == A_PAGE + 6


def test_with_nothing_noted_it_says_what_will_stand_here(shared: Store) -> None:
    app = opened("audit.py")
    assert not app.table
    assert "Nothing has been noted yet" in app.info[0].value
