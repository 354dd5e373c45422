"""The line about returns on the home page: there when something waits, and not otherwise."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from components.returns_reminder import reminder_words
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store, writing
from data_access.tables import ledger
from domain.access import COMMISSIONER
from domain.deadlines import Deadline
from domain.periods import Period, PeriodKind
from domain.settings import Settings
from tests.builders import NORTH, Q1, Q2, SERVICE, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import opened, words_on

LAST_MONTH = Period.parse("2018-09")
SO_FAR = 12
"""The days from the end of last month until the noon of the tests."""

pytestmark = pytest.mark.usefixtures("noon")


def one_due(period: str, day: date, provider: str = NORTH) -> Deadline:
    return Deadline(day, SERVICE, provider, "Return", f"{provider}{period}", Period.parse(period))


def test_the_line_says_how_many_and_which_is_first() -> None:
    due = one_due(Q2, date(2018, 10, 20))
    overdue = one_due(Q1, date(2018, 7, 20), SOUTH)
    settings = some_settings()
    assert reminder_words((), (), settings) == ""
    assert reminder_words((), (due,), settings) == (
        "1 return is due in the next 14 days: North Mentors, Jul-Sep 2018 (Q2 2018/19), by 20 Oct 2018."
    )
    assert reminder_words((overdue,), (due, replace(due, on=date(2018, 10, 21))), settings) == (
        "1 return is overdue; 2 are due in the next 14 days, the first: "
        "North Mentors, Jul-Sep 2018 (Q2 2018/19), by 20 Oct 2018."
    )
    assert reminder_words((overdue,), (), settings) == (
        "1 return is overdue: South Mentors, Apr-Jun 2018 (Q1 2018/19), was due 20 Jul 2018."
    )


def monthly(due_days: int) -> Settings:
    """One provider, under contract since last month, whose return of last month is due so many days after its end."""
    contract = replace(
        some_settings().contracts[0],
        start=LAST_MONTH.start,
        reporting=((LAST_MONTH.start, PeriodKind.MONTH),),
        due_days=due_days,
    )
    return replace(some_settings(), contracts=(contract,))


def with_a_return(store: Store, settings: Settings) -> Store:
    """A database that is not empty, so that it is opened; the return is another service's."""
    change_settings(store, lambda _: settings, by=COMMISSIONER.signing("tests"))
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER.signing("tests"))
    return store


@pytest.mark.parametrize(("days_off", "said"), [(3, True), (14, True), (15, False)])
def test_a_return_due_soon_is_said_on_the_home_page(shared: Store, days_off: int, said: bool) -> None:
    with_a_return(shared, monthly(SO_FAR + days_off))
    words = words_on(opened("overview.py"))
    assert ("1 return is due in the next 14 days: North Mentors" in words) is said
    assert "overdue" not in words


def test_a_return_is_overdue_where_its_contract_stood_before_it_was_due(
    shared: Store, noon: datetime
) -> None:
    with_a_return(shared, monthly(SO_FAR - 1))
    assert "overdue" not in words_on(opened("overview.py")), "the contract was entered today"
    with writing(shared, COMMISSIONER) as connection:
        before = noon - timedelta(days=60)
        connection.execute(update(ledger).where(ledger.c.seq == 1).values(at=before))
    page = opened("overview.py")
    assert "1 return is overdue: North Mentors" in words_on(page)
    save_return(
        shared,
        a_return(NORTH, LAST_MONTH, [a_case(referred=LAST_MONTH.start)]),
        by=COMMISSIONER.signing("tests"),
    )
    assert "overdue" not in words_on(opened("overview.py"))


def test_nobody_is_reminded_of_an_example(shared: Store) -> None:
    words = words_on(opened("overview.py"))
    assert "overdue" not in words
    assert "due in the next 14 days" not in words
