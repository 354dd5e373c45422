"""What somebody reads whose roles are for a part: no nought that only means 'not yours', and no advice that they cannot follow."""

import pytest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from tests.builders import HILL, VALE, a_case, a_return, settings_of_all
from tests.pages.opening import words_on
from tests.pages.roles import give, people_sign_in, signed_in

USER = "vic@council.gov.uk"


@pytest.fixture
def two_services(shared: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """SEND mediation, the first in the list, has a case in Vale only; mentoring has one in Hill."""
    people_sign_in(monkeypatch)
    change_settings(shared, lambda _: settings_of_all(), by=COMMISSIONER)
    for service, area in (("send", VALE), ("mentoring", HILL)):
        save_return(shared, a_return(service=service, cases=[a_case(area=area)]), by=LOCAL_USER)
    return shared


@pytest.mark.parametrize(("area", "service"), [(HILL, "mentoring"), (VALE, "send")])
def test_pages_open_with_a_service_that_has_a_case_in_the_area(
    two_services: Store, area: str, service: str
) -> None:
    give(two_services, USER, Grant(Role.VIEWER, Reach(area=area)))
    app = signed_in(USER)
    app.switch_page("demand.py").run()
    assert not app.exception
    assert app.selectbox(key="service").value == service


@pytest.mark.parametrize(("role", "advised"), [(Role.VIEWER, False), (Role.COMMISSIONER, True)])
def test_settings_are_advised_to_those_who_may_change_them(
    two_services: Store, role: Role, advised: bool
) -> None:
    give(two_services, USER, Grant(role))
    app = signed_in(USER, query=[("service", "mentoring")])
    app.switch_page("contracts.py").run()
    assert not app.exception
    said = words_on(app)
    assert "includes no number of cases" in said
    assert ("under Contracts" in said) is advised
