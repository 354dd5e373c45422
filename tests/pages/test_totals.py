"""Every reading page with a provider that sends totals: alone, and beside one that sends cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.sources import examples_store
from data_access.stores import Store
from domain.access import COMMISSIONER
from domain.periods import Period
from tests.builders import a_case, a_return
from tests.oracles.sent_as_totals import as_totals
from tests.pages.conftest import READING
from tests.pages.test_reading_pages import NEVER_ON_SCREEN, words_of

Open = Callable[..., AppTest]
PERIODS = tuple(Period.parse(p) for p in ("2018-01..2018-03", "2018-04..2018-06", "2018-07..2018-09"))
BESIDE = (
    "change_of_mind.py",
    "mentoring.py",
    "homelessness.py",
    "contracts.py",
    "satisfaction.py",
    "returns.py",
    "upload.py",
    "definitions.py",
)
PAGES = (*READING, *BESIDE)
LACKS = "Example provider A sends totals, which do not give this: not counted here"


@pytest.fixture
def totals_only(ready: Store) -> Store:
    for period in PERIODS:
        save_return(
            ready,
            as_totals(examples_store(), "mentoring", "provider-a", period),
            by=COMMISSIONER.signing("test"),
        )
    return ready


@pytest.fixture
def mixed(totals_only: Store) -> Store:
    for number, period in enumerate(PERIODS):
        referred = date(2018, 3 * number + 1, 9)
        cases = [a_case(referred=referred, area="E07000066") for _ in range(12)]
        save_return(totals_only, a_return("provider-b", period, cases), by=COMMISSIONER.signing("test"))
    return totals_only


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_where_only_totals_were_sent(page: str, opened: Open, totals_only: Store) -> None:
    app = opened(page, totals_only, service="mentoring")
    assert not app.exception
    assert not NEVER_ON_SCREEN.findall(words_of(app))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_totals_beside_cases(page: str, opened: Open, mixed: Store) -> None:
    app = opened(page, mixed, service="mentoring")
    assert not app.exception
    assert not NEVER_ON_SCREEN.findall(words_of(app))


@pytest.mark.parametrize("page", ["demand.py", "outcomes.py", "overview.py"])
def test_a_page_names_whose_totals_do_not_give_a_figure(page: str, opened: Open, mixed: Store) -> None:
    said = words_of(opened(page, mixed, service="mentoring")).replace("\\", "")
    assert LACKS in said


def test_a_change_is_not_called_one_where_totals_leave_a_month_out(opened: Open, mixed: Store) -> None:
    save_return(
        mixed,
        a_return("provider-a", "2018-10", [a_case(referred=date(2018, 10, 3))]),
        by=COMMISSIONER.signing("test"),
    )
    said = words_of(opened("demand.py", mixed, service="mentoring"))
    assert "not every period is given, so none are compared (without Example provider A)" in said
    assert "110 referrals" in said


def test_nothing_given_is_not_shown_as_nought(opened: Open, totals_only: Store) -> None:
    said = words_of(opened("demand.py", totals_only, service="mentoring"))
    assert "73 referrals" in said
    assert "not given, data to 30 Sep 2018" in said
    assert "0 referrals" not in said
    assert "Nothing has been recorded" not in said
