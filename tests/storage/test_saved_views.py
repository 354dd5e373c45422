"""Views by name and when somebody last looked: each is its person's own, on both databases."""

import pytest

from data_access.looked import looked_last, note_looked
from data_access.saved_views import bring_back_view, list_views, remove_view, save_view
from data_access.schema import upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Grant, OutOfReach, Reach, Role, Viewer
from domain.saved_views import MOST_OF_A_NAME, MOST_VIEWS, SavedView
from domain.tally import Source
from tests.builders import SOUTH, some_settings

ANN = Viewer("ann", (Grant(Role.COMMISSIONER),))
BOB = Viewer("bob", (Grant(Role.VIEWER),))
SUE = Viewer("sue", (Grant(Role.PROVIDER, Reach(provider=SOUTH)),))
VIEW = SavedView("Quarter 2", "demand", {"service": ["mentoring"], "area": ["a", "b"], "present": ["true"]})


@pytest.fixture
def store(database_url: str) -> Store:
    made = open_store(database_url, Source.SHARED)
    upgrade(made)
    return made


def names(store: Store, viewer: Viewer) -> list[str]:
    return [view.name for view in list_views(store, viewer)]


def test_a_view_is_kept_shared_removed_and_brought_back(store: Store) -> None:
    number = save_view(store, VIEW, by=ANN)
    save_view(store, SavedView("  Ours   together ", "", {}, shared=True), by=ANN)
    (ours, own) = list_views(store, ANN)
    assert (ours.name, ours.shared, ours.page) == ("Ours together", True, "")
    assert (own.name, own.page, own.person) == ("Quarter 2", "demand", "ann")
    # Whether it was presented belongs to that moment.
    assert own.query == {"service": ["mentoring"], "area": ["a", "b"]}
    assert names(store, BOB) == ["Ours together"]
    assert names(store, SUE) == []

    with pytest.raises(ValueError, match="not one of yours"):
        remove_view(store, number, by=BOB)
    remove_view(store, number, by=ANN)
    assert names(store, ANN) == ["Ours together"]
    bring_back_view(store, number, by=ANN)
    assert names(store, ANN) == ["Ours together", "Quarter 2"]


def test_a_name_is_there_short_and_used_once(store: Store) -> None:
    save_view(store, VIEW, by=ANN)
    for name in ("", " ", "x" * (MOST_OF_A_NAME + 1), "QUARTER 2"):
        with pytest.raises(ValueError, match="Nothing was saved"):
            save_view(store, SavedView(name, "demand", {}), by=ANN)
    save_view(store, VIEW, by=BOB)
    (number,) = (view.id for view in list_views(store, ANN))
    remove_view(store, number, by=ANN)
    save_view(store, VIEW, by=ANN)
    with pytest.raises(ValueError, match="already"):
        bring_back_view(store, number, by=ANN)


def test_who_sees_a_part_shares_nothing_and_who_sees_nothing_keeps_nothing(store: Store) -> None:
    save_view(store, SavedView("Mine", "demand", {}, shared=True), by=SUE)
    assert [view.shared for view in list_views(store, SUE)] == [False]
    assert names(store, ANN) == []
    for nobody in (Viewer("eve"), Viewer("adam", (Grant(Role.ADMINISTRATOR),))):
        with pytest.raises(OutOfReach):
            save_view(store, VIEW, by=nobody)


def test_there_is_an_end_to_views(store: Store) -> None:
    for number in range(MOST_VIEWS):
        save_view(store, SavedView(f"View {number}", "demand", {}), by=ANN)
    with pytest.raises(ValueError, match="Remove one"):
        save_view(store, VIEW, by=ANN)


def test_when_somebody_last_looked_is_known_for_each_service_and_to_nobody_else(store: Store) -> None:
    assert looked_last(store, ANN, "mentoring") is None
    note_looked(store, ANN, "mentoring")
    first = looked_last(store, ANN, "mentoring")
    change_settings(store, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    note_looked(store, ANN, "mentoring")
    then = looked_last(store, ANN, "mentoring")
    assert first is not None
    assert then is not None
    assert then.seq == first.seq + 1
    assert then.at >= first.at
    assert looked_last(store, ANN, "send") is None
    assert looked_last(store, BOB, "mentoring") is None
