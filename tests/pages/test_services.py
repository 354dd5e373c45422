"""The choice of a service: which are offered, what goes with the reader, and what is left behind."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from tests.builders import NORTH, Q1, a_case, a_return, some_settings
from tests.pages.conftest import settings_of
from tests.pages.opening import heading, words_on
from tests.pages.opening import opened as opened_by_address

Open = Callable[..., AppTest]


def services_offered(app: AppTest) -> list[str]:
    found = [box for box in app.selectbox if box.key == "service"]
    return list(found[0].options) if found else []


def test_only_services_with_a_contract_or_a_return_are_offered(opened: Open, shared: Store) -> None:
    change_settings(shared, lambda _: settings_of("mentoring", "send"), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("test"))
    app = opened("demand.py", shared)
    assert services_offered(app) == ["SEND mediation", "Homelessness-prevention mentoring"]
    assert "Homelessness-prevention mentoring: all providers" in words_on(app), (
        "the first one with data is shown"
    )


def test_one_service_needs_no_choice(opened: Open, shared: Store) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("test"))
    assert services_offered(opened("demand.py", shared)) == []


def test_a_link_opens_its_service_whatever_was_looked_at(shared: Store) -> None:
    page = opened_by_address("demand.py", service="housing")
    assert "Housing mediation: all providers" in words_on(page)
    page.switch_page("outcomes.py").run()
    assert "Housing mediation: all providers" in words_on(page)
    assert page.query_params["service"] == "housing"


@pytest.mark.parametrize("file", ["demand.py", "kpis.py"])
def test_another_service_leaves_behind_what_it_does_not_have(
    file: str, opened: Open, examples: Store
) -> None:
    app = opened(file, examples, service="send", provider=["norfolk-mdr"], area=["E07000148"])
    assert "Example provider D (SEND mediation); Norwich; all dates" in words_on(app)
    app.selectbox(key="service").set_value("housing").run()
    assert "Housing mediation: all providers; all areas; all dates." in words_on(app)
    app.selectbox(key="service").set_value("send").run()
    assert "SEND mediation: all providers; all areas; all dates." in words_on(app)


def test_the_first_month_of_one_service_is_no_choice_in_another(opened: Open, examples: Store) -> None:
    """Housing begins inside the months of SEND: its first month must not be taken for chosen."""
    app = opened("demand.py", examples, service="housing")
    app.selectbox(key="service").set_value("send").run()
    assert heading(app).startswith("2,129 referrals")
    app.selectbox(key="from").set_value(202404).run()
    assert heading(app).startswith("636 referrals")


def test_the_overview_has_a_line_for_each_service_that_leads_to_it(opened: Open, examples: Store) -> None:
    app = opened("overview.py", examples, service="housing")
    labels = [link.proto.label for link in app.get("page_link")]
    lines = [label.replace("\\", "") for label in labels if "referrals in" in label]
    assert len(lines) == 3
    assert any(line.startswith("SEND mediation: 636 referrals in 2024/25; ") for line in lines)
    assert "(shown below)" in words_on(app)


def test_a_service_of_which_the_council_answers_for_most_shows_its_duties_apart(
    opened: Open, examples: Store
) -> None:
    app = opened("kpis.py", examples, service="homelessness")
    assert any(one.value.startswith("Our own duties as the council") for one in app.header)
    assert "Early mediation" not in app.selectbox(key="kpi").options
