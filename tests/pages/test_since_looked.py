"""The Overview says what happened since its reader last looked: what was saved, and which KPIs stand elsewhere by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from data_access.looked import looked_last
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER
from domain.settings import Target
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import words_on

Open = Callable[..., AppTest]
BY = COMMISSIONER.signing("Commissioning lead")
TARGET = Target("TB1", "mentoring", ">=", Decimal("0.8"), Decimal("0.7"), date(2018, 4, 1))


@pytest.fixture
def council(shared: Store) -> Store:
    """Both providers, a quarter each, with all cases ended well and a target that they meet."""
    change_settings(shared, lambda _: replace(some_settings(), targets=(TARGET,)), by=BY)
    save_return(shared, a_return(NORTH, Q1, [a_case(f"N{n}") for n in range(20)]), by=BY)
    save_return(shared, a_return(SOUTH, Q1), by=BY)
    return shared


def overview(opened: Open, store: Store, **chosen: object) -> str:
    app = opened("overview.py", store, service="mentoring", **chosen)
    assert not app.exception
    return words_on(app).replace("\u00a0", " ")


def test_what_happened_since_is_said_once_somebody_comes_again(opened: Open, council: Store) -> None:
    first = overview(opened, council)
    assert "since you last looked" not in first.lower(), "nobody is told what is new who was never here"
    assert looked_last(council, LOCAL_USER, "mentoring") is not None
    assert "Nothing has changed here since you last looked" in overview(opened, council)

    late = [a_case(f"N{n}") for n in range(20)] + [a_case(f"L{n}", "UNSUCCESSFUL") for n in range(20)]
    save_return(council, a_return(NORTH, Q1, late), by=BY)
    again = overview(opened, council)
    assert "Since you last looked, on " in again
    assert "Prevention rate: red, 50% (20 of 40); it was green, 100% (20 of 20)" in again
    assert "North Mentors" in again
    assert "20 cases added" in again


def test_a_new_quarter_without_a_moved_kpi_is_said_as_that(opened: Open, council: Store) -> None:
    overview(opened, council)
    save_return(council, a_return(SOUTH, Q2, []), by=BY)
    said = overview(opened, council)
    assert "South Mentors" in said
    assert "No KPI has another status by it." in said


def test_neither_a_meeting_nor_others_are_told(opened: Open, council: Store) -> None:
    overview(opened, council)
    save_return(council, a_return(SOUTH, Q2, []), by=BY)
    assert "ince you last looked" not in overview(opened, council, for_="providers")
    assert "ince you last looked" not in overview(opened, council, present=True)


def test_the_examples_in_their_own_file_remember_nobody(opened: Open, examples: Store) -> None:
    overview(opened, examples)
    assert looked_last(examples, COMMISSIONER, "mentoring") is None
