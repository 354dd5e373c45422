"""Every reading page shows its figures, and says something sensible with one case and with none."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from tests.builders import NORTH, Q1, Q2, Q3, SOUTH, a_case, a_return, some_settings
from tests.pages.conftest import READING

Open = Callable[..., AppTest]
NEVER_ON_SCREEN = re.compile(
    r"\b(tally|ledger|seq|data version|in force|upload in hand|suppression|nowcast|xmr|re-base|trial limits|"
    r"amber edge|promise|ripe|cohort|nan|none type|inf)\b|\b(P3|A2)_\d",
    re.IGNORECASE,
)


def words_of(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


@pytest.mark.parametrize("file", READING)
def test_a_page_shows_the_examples(file: str, opened: Open, examples: Store) -> None:
    app = opened(file, examples)
    assert not app.exception
    assert len(app.title) == 1
    assert "Example data: not your figures" in words_of(app)
    assert "data to 31 Oct 2018" in words_of(app).replace("Data to", "data to")
    assert "For the commissioning team only" in words_of(app)
    assert not NEVER_ON_SCREEN.findall(words_of(app))


@pytest.mark.parametrize("file", READING)
def test_a_page_with_one_case_says_so(file: str, opened: Open, one_case: Store) -> None:
    app = opened(file, one_case)
    assert not app.exception
    assert "Your file, not saved" in words_of(app)
    assert not NEVER_ON_SCREEN.findall(words_of(app))


@pytest.mark.parametrize("file", READING)
def test_a_page_without_figures_says_what_to_do(file: str, opened: Open, empty: Store) -> None:
    app = opened(file, empty)
    assert not app.exception
    assert "open Upload to begin" in app.info[0].value
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("file", READING)
def test_a_selection_without_cases_is_not_an_error(file: str, opened: Open, examples: Store) -> None:
    app = opened(file, examples, provider=["provider-a"], area=["UNK"], from_=201810)
    assert not app.exception
    assert "Example provider A; Unknown area; from Oct 2018" in words_of(app)


@pytest.mark.parametrize("file", READING)
def test_presenting_shows_one_panel_a_screen(file: str, opened: Open, examples: Store) -> None:
    app = opened(file, examples, present=True)
    assert not app.exception
    assert len(app.header) == 1
    assert not app.get("expander")
    count = int(
        next(re.search(r"of (\d+)$", m.value).group(1) for m in app.markdown if re.match(r"1 of \d", m.value))
    )
    if count > 1:
        first = app.header[0].value
        app.button(key="present_on").click().run()
        assert app.header[0].value != first
    app.button(key="present_leave").click().run()
    assert len(app.header) > 1 or count == 1


def test_the_overview_has_the_published_counts(opened: Open, examples: Store) -> None:
    app = opened("overview.py", examples)
    assert [metric.value for metric in app.metric] == ["540", "69", "82%"]
    assert "387 of 471" in words_of(app)


def test_demand_compares_before_and_after_the_act(opened: Open, examples: Store) -> None:
    app = opened("demand.py", examples)
    assert "Divided at Apr 2018, Homelessness Reduction Act 2017 starts." in words_of(app)
    before = len(app.header)
    app.selectbox(key="break").set_value(0).run()
    assert len(app.header) == before - 1


@pytest.mark.parametrize("by", ["quarter", "financial_year", "calendar_year"])
def test_demand_counts_by_other_lengths_of_time(by: str, opened: Open, examples: Store) -> None:
    app = opened("demand.py", examples, by=by)
    assert not app.exception
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert any(
        "pattern" in trace["marker"] and "shape" in trace["marker"]["pattern"] for trace in spec["data"]
    )


def test_outcomes_give_both_bases(opened: Open, examples: Store) -> None:
    app = opened("outcomes.py", examples)
    assert any("82% (387 of 471)" in h.value and "94% (387 of 413)" in h.value for h in app.header)
    assert any("69 cases still open when last reported" in header.value for header in app.header)


def test_personal_characteristics_are_marked(opened: Open, examples: Store) -> None:
    app = opened("reasons.py", examples)
    marked = [
        caption.value for caption in app.caption if caption.value.startswith("A personal characteristic")
    ]
    assert len(marked) == 4


def test_a_kpi_status_can_be_explained(opened: Open, examples: Store) -> None:
    app = opened("kpis.py", examples)
    said = " ".join(str(table.value.to_dict()) for table in app.table)
    assert "Met (numerator)" in said
    assert "example, not in the report" in said
    assert "● Green" in said


def read(app: AppTest) -> str:
    """The words of a page without the marks that keep Markdown from reading them."""
    return words_of(app).replace("\\", "")


@pytest.fixture
def one_return_missing(shared: Store) -> Store:
    """Two providers, one of which has not sent its second quarter; some cases ended just after the last one."""
    change_settings(shared, lambda _: some_settings(), user="test")
    for provider, period, day in (
        (NORTH, Q1, date(2018, 5, 1)),
        (SOUTH, Q1, date(2018, 5, 1)),
        (NORTH, Q2, date(2018, 8, 1)),
        (NORTH, Q3, date(2018, 12, 1)),
        (SOUTH, Q3, date(2018, 12, 1)),
    ):
        cases = [a_case(referred=day) for _ in range(6)]
        save_return(shared, a_return(provider, period, cases), user="test", expected=0)
    return shared


def test_nothing_is_compared_with_a_period_that_is_not_whole(opened: Open, one_return_missing: Store) -> None:
    demand = read(opened("demand.py", one_return_missing))
    assert "so hatched: Jul 2018, Aug 2018 and Sep 2018" in demand
    assert "had the most referrals reported so far" in demand
    outcomes = read(opened("outcomes.py", one_return_missing))
    assert (
        "Not complete, so not compared: Jul-Sep 2018 (Q2 2018/19) and Jan-Mar 2019 (Q4 2018/19)." in outcomes
    )


def test_twelve_months_that_lack_a_return_say_so(opened: Open, one_return_missing: Store) -> None:
    for page in ("overview.py", "kpis.py"):
        said = read(opened(page, one_return_missing))
        assert "Not every provider has reported all of these twelve months: Jan 2018" in said
    assert "12 months to Dec 2018 (not complete)" in said


def test_a_year_cut_by_the_first_month_is_not_whole(opened: Open, examples: Store) -> None:
    said = read(opened("demand.py", examples, by="calendar_year"))
    assert "No period of referrals is complete yet" in said
    assert "so hatched: 2017 and 2018" in said


def test_cases_without_a_date_are_not_of_the_months_chosen(opened: Open, examples: Store) -> None:
    app = opened("demand.py", examples, from_=201805)
    assert app.title[0].value == "193 referrals, May 2018 to Oct 2018"


def test_the_kpi_tables_say_what_the_choice_at_the_side_narrows(opened: Open, examples: Store) -> None:
    said = read(opened("kpis.py", examples, provider=["provider-a"]))
    assert "Shown: the providers chosen, all areas together" in said
    assert "Shown: the areas chosen, all providers together" in said
