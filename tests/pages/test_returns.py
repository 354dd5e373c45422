"""The Returns page: every version, who is outstanding, and taking a return back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from components.returns_calendar import received_table, returns_message
from components.versions import moment
from data_access.calendars import read_calendar
from data_access.returns import Refused, list_returns, save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, Reach, Role
from domain.periods import PeriodKind
from domain.returns_calendar import Known, returns_calendar
from tests.builders import HILL, NORTH, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import heading, opened, words_on
from tests.pages.roles import give, people_sign_in, signed_in


@pytest.fixture
def two_versions(shared: Store, noon: datetime) -> Store:
    """A provider that sent one quarter twice, with one case."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(cases=[a_case("C1")]), by=COMMISSIONER.signing("Contract manager"))
    save_return(
        shared,
        a_return(cases=[a_case("C1"), a_case("C2")]),
        by=COMMISSIONER.signing("Contract manager"),
        reason="Checked",
    )
    return shared


def test_an_empty_database_shows_the_examples_which_nobody_withdraws(shared: Store) -> None:
    page = opened("returns.py", service="mentoring")
    assert heading(page) == "21 returns received, none outstanding"
    assert any("Example data" in warning.value for warning in page.warning)
    assert "withdraw" not in [button.key for button in page.button]


def test_the_supplements_of_the_council_are_listed_apart(shared: Store) -> None:
    page = opened("returns.py", service="send")
    assert heading(page) == "20 returns received, none outstanding; 4 supplements of the council"
    assert "rows of the council" in words_on(page)
    assert heading(opened("returns.py", service="housing")) == "15 returns received, 1 outstanding"


def test_every_version_is_listed_with_its_state(two_versions: Store) -> None:
    page = opened("returns.py")
    words = words_on(page)
    for wanted in (
        "North Mentors",
        "Apr-Jun 2018 (Q1 2018/19)",
        "Current",
        "Replaced by a later return",
        "Checked",
    ):
        assert wanted in words


def test_the_grid_says_who_is_outstanding(two_versions: Store) -> None:
    calendar = read_calendar(two_versions, COMMISSIONER, "mentoring", date(2018, 10, 5))
    table = received_table(calendar, some_settings())
    assert table.headers == ("Period", "North Mentors", "South Mentors")
    assert table.rows == (
        ("Jul-Sep 2018 (Q2 2018/19)", "◇ Due by 20 Oct 2018", "◇ Due by 20 Oct 2018"),
        (
            "Apr-Jun 2018 (Q1 2018/19)",
            "✓ Received, 12 Oct 2018, version 2",
            "○ Outstanding, was due 20 Jul 2018",
        ),
    )
    assert returns_message(calendar) == "1 return received, 1 outstanding"
    assert calendar.punctual() == (0, 0), "the contracts were entered long after these returns were due"


def test_a_return_is_withdrawn_only_with_a_reason(two_versions: Store) -> None:
    page = opened("returns.py")
    page.selectbox(key="withdraw_which").select_index(0).run()
    page = pressed(page, "withdraw")
    page = confirmed(page)
    assert "Write why" in page.error[0].value
    assert [kept.state for kept in list_returns(two_versions, COMMISSIONER)] == ["replaced", "current"]
    page.text_area(key="withdraw_why").set_value("Wrong quarter")
    page = confirmed(page)
    assert "is withdrawn" in page.success[0].value
    assert [kept.state for kept in list_returns(two_versions, COMMISSIONER)] == ["current", "withdrawn"]
    page = opened("returns.py")
    assert "local user: Wrong quarter" in words_on(page)


def test_what_was_withdrawn_stays_listed_when_nothing_counts(two_versions: Store) -> None:
    for kept in reversed(list_returns(two_versions, COMMISSIONER)):
        withdraw_return(two_versions, kept.id, by=COMMISSIONER.signing("other"), why="Sent twice")
    words = words_on(opened("returns.py"))
    assert "other: Sent twice" in words


def test_a_return_that_somebody_else_withdrew_is_not_withdrawn_again(two_versions: Store) -> None:
    kept = list_returns(two_versions, COMMISSIONER)[-1]
    withdraw_return(two_versions, kept.id, by=COMMISSIONER.signing("other"), why="first")
    with pytest.raises(Refused):
        withdraw_return(two_versions, kept.id, by=COMMISSIONER.signing("other"), why="second")


def test_a_month_inside_a_received_quarter_is_received(two_versions: Store) -> None:
    settings = some_settings()
    monthly = replace(settings.contracts[0], reporting=((date(2018, 4, 1), PeriodKind.MONTH),))
    settings = replace(settings, contracts=(monthly,))
    found = list_returns(two_versions, COMMISSIONER)
    calendar = returns_calendar(found, settings, "mentoring", date(2018, 5, 1), known=Known(dated=False))
    assert ("Apr 2018", "✓ Received, in a longer return") in received_table(calendar, settings).rows


def confirmed(page: AppTest) -> AppTest:
    """Press the dialog's button. The tester reruns the whole page, so that what opened the dialog is pressed too."""
    page.button(key="withdraw").click()
    return pressed(page, "withdraw_yes")


def pressed(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def test_moments_are_told_by_the_clock_in_england() -> None:
    assert moment(datetime(2026, 7, 3, 23, 30, tzinfo=UTC)) == "4 Jul 2026, 00:30"
    assert moment(datetime(2026, 12, 3, 14, 5, tzinfo=UTC)) == "3 Dec 2026, 14:05"


def test_the_periods_of_an_earlier_contract_stay_expected() -> None:
    first = replace(some_settings().contracts[0], end=date(2018, 6, 30), due_days=5)
    second = replace(first, key="second", start=date(2018, 7, 1), end=None, due_days=20)
    settings = replace(some_settings(), contracts=(first, second))
    calendar = returns_calendar((), settings, "mentoring", date(2018, 12, 1))
    assert [row[1] for row in received_table(calendar, settings).rows] == [
        "○ Outstanding, was due 20 Oct 2018",
        "○ Outstanding, was due 5 Jul 2018",
    ]


def test_of_a_provider_of_whom_one_area_may_be_seen_no_return_is_listed(
    shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    for provider, cases in ((NORTH, 2), (SOUTH, 3)):
        rows = [a_case(f"{provider}-{n}", area=HILL) for n in range(cases)]
        save_return(shared, a_return(provider, cases=rows), by=COMMISSIONER.signing("test"))
    people_sign_in(monkeypatch)
    give(
        shared,
        "jo@x.example",
        Grant(Role.PROVIDER, Reach("mentoring", NORTH)),
        Grant(Role.VIEWER, Reach(area=HILL)),
    )
    page = signed_in("jo@x.example").switch_page("returns.py").run()
    assert heading(page).startswith("1 return received, ")
    words = words_on(page)
    assert "2 cases" in words
    assert "3 cases" not in words
    assert "South" not in words
    # Two people in one: the counts of the title are of North alone, though figures of South's cases in Hill may be seen elsewhere.
    assert ": North Mentors. Expected up to" in words
    assert "the part of all providers that you may see; all areas; " in words_on(
        page.switch_page("demand.py").run()
    )


def test_a_provider_reads_whose_figures_they_are_and_never_all_providers(
    shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    for provider in (NORTH, SOUTH):
        save_return(shared, a_return(provider, cases=[a_case(area=HILL)]), by=COMMISSIONER.signing("test"))
    people_sign_in(monkeypatch)
    give(shared, "nora@x.example", Grant(Role.PROVIDER, Reach("mentoring", NORTH)))
    page = signed_in("nora@x.example").run()
    for path in ("overview.py", "demand.py", "kpis.py", "outcomes.py", "returns.py"):
        words = words_on(page.switch_page(path).run())
        assert "North Mentors" in words, path
        said = words.casefold()
        assert [
            one
            for one in (
                "all providers",
                "whole programme",
                "every provider",
                "for the commissioning team only",
            )
            if one in said
        ] == [], path
    assert all(
        one.placeholder != "All providers" for one in page.switch_page("demand.py").run().sidebar.multiselect
    )
