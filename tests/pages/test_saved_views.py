"""A view is kept by name at the side, opened again, and removed; another person has it only where it was shared."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.saved_views import list_views, save_view
from data_access.stores import Store
from domain.access import LOCAL_USER, Grant, Role, Viewer
from domain.saved_views import SavedView
from tests.pages.opening import words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def test_what_is_chosen_is_kept_by_name_removed_and_brought_back(opened: Open, ready: Store) -> None:
    app = opened("definitions.py", ready, service="mentoring")
    assert "Save this view" not in labels(app), "a page without pickers has nothing to keep"
    app = opened("kpis.py", ready, service="mentoring")
    app.text_input(key="view_name").set_value("KPIs of mentoring").run()
    app.button(key="view_save").click().run()
    assert not app.exception
    assert "Saved." in words_on(app)
    (kept,) = list_views(ready, LOCAL_USER)
    assert (kept.name, kept.page, kept.query["service"]) == ("KPIs of mentoring", "kpis", ["mentoring"])

    app.button(key="view_save").click().run()
    assert "give the view a name" in words_on(app)
    app.button(key=f"view_remove_{kept.id}").click().run()
    assert list_views(ready, LOCAL_USER) == ()
    app.button(key="view_back").click().run()
    assert [view.name for view in list_views(ready, LOCAL_USER)] == ["KPIs of mentoring"]


def test_a_shared_view_is_there_for_others_who_cannot_remove_it(
    ready: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Viewer("ann", (Grant(Role.COMMISSIONER),))
    number = save_view(ready, SavedView("For the meeting", "demand", {}, shared=True), by=other)
    save_view(ready, SavedView("My own", "demand", {}), by=other)
    people_sign_in(monkeypatch)
    give(ready, "bob", Grant(Role.VIEWER))
    app = signed_in("bob")
    app.switch_page("demand.py").run()
    assert not app.exception
    said = words_on(app)
    assert "Shared by others" in said
    assert f"view_remove_{number}" not in [one.key for one in app.button]


def test_the_examples_in_their_own_file_keep_no_view(opened: Open, examples: Store) -> None:
    assert "Save this view" not in labels(opened("demand.py", examples, service="mentoring"))
