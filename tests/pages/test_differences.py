"""The page 'How different from average?': the published districts, other shares and services, providers, few cases and none."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.differences_controls import shares_to_compare
from data_access.stores import Store
from domain.services import SERVICES
from tests.pages.opening import heading, words_on

Open = Callable[..., AppTest]
PAGE = "differences.py"


def messages(app: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in app.header]


def test_the_examples_say_of_the_districts_what_the_published_counts_bear(
    opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service="mentoring")
    assert not app.exception
    assert heading(app) == "How different from average?"
    assert messages(app) == [
        "Homelessness prevented: districts differ a little more than chance, and no single one stands clear"
    ]
    said = words_on(app)
    assert (
        "1 of 14 is outside the plain 95% limits (Maldon), 0.7 expected; "
        "none once they are widened for dispersion 1.8; none outside 99.8%."
    ) in said
    assert "82% (387 of 471), 2 of them with no district known" in said
    assert "Example data" in said
    (table,) = app.table
    found = table.value.set_index("District")
    assert (
        found.loc["Maldon", "Different from average?"]
        == "no: above the plain limits, inside the widened ones"
    )
    assert len(app.get("plotly_chart")) == len(app.get("download_button")) == 1

    app.radio(key="groups").set_value("provider").run()
    assert not app.exception
    assert app.query_params["groups"] == "provider"
    assert "Provider" in app.table[0].value.columns
    app.selectbox(key="share").set_value("repeat_rate").run()
    assert messages(app)[0].startswith("Helped by the service before: ")


@pytest.mark.parametrize("service", [one.key for one in SERVICES if one.key != "mentoring"])
def test_every_service_opens_with_its_headline(service: str, opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1


def test_only_shares_of_cases_that_stand_alone_are_offered() -> None:
    offered = {one.key: [share.key for share in shares_to_compare(one)] for one in SERVICES}
    assert all(offered[one.key][0] == one.headline for one in SERVICES)
    assert not {"completeness", "satisfaction_positive", "living_wage"} & {
        k for keys in offered.values() for k in keys
    }
    assert "secured_six_months" not in offered["homelessness"]


def test_one_case_is_compared_with_nothing(opened: Open, one_case: Store) -> None:
    app = opened(PAGE, one_case)
    assert not app.exception
    assert "has cases to compare: 100% (1 of 1)" in messages(app)[0]
    assert not app.get("plotly_chart")


def test_without_a_return_it_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert heading(app) == "How different from average?"
    assert not app.header
