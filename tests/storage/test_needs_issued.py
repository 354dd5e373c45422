"""What bidders were given of a needs assessment is reckoned with when they are given the next one."""

from __future__ import annotations

import pytest

from data_access.issued import keep_issue
from data_access.procurement.reading import read_needs
from data_access.returns import save_return
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.periods import Period
from domain.procurement.needs import Needs
from domain.procurement.scenario import Assumption, Scenario
from tests.builders import NORTH, Q1, Q2, Q3, SOUTH, a_case, a_return


def send(store: Store, provider: str, quarter: str, number: int) -> None:
    start = Period.parse(quarter).start
    cases = [a_case(f"{provider}-{quarter}-{n}", referred=start) for n in range(number)]
    save_return(store, a_return(provider, quarter, cases), by=COMMISSIONER)


def for_bidders(store: Store, *assumptions: Assumption) -> Needs:
    asked = Scenario("mentoring", starts=201904, years=1, assumptions=assumptions)
    return read_needs(store, COMMISSIONER, asked, Audience.PUBLIC)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("given", [False, True])
def test_two_late_cases_are_not_told_by_the_difference_of_two_needs_assessments(
    store: Store, given: bool
) -> None:
    for quarter in (Q1, Q2, Q3):
        for provider in (NORTH, SOUTH):
            send(store, provider, quarter, 24)
    # It was never saved, and so not searched for references before.
    first = for_bidders(store, Assumption(f"More like {NORTH}-{Q1}-7", 201904, 10, 5, 20))
    assert f"{NORTH}-{Q1}-7" not in str((first.pack.screens, first.pack.assumptions))
    assert "whose words are left out" in str(first.pack.assumptions)
    assert list(first.outlook.history.values) == [48, 48, 48]
    assert first.pack.issue is not None
    if given:
        keep_issue(store, COMMISSIONER, first.pack.issue, file_name="needs-assessment.docx")
    send(store, NORTH, Q3, 26)
    then = for_bidders(store)
    assert list(then.outlook.history.values) == ([] if given else [48, 48, 50])
    assert (then.volumes is None) == given
    assert any("50" in str(screen.table.rows) for screen in then.pack.screens) != given
