"""Every reading page shows its figures, and says something sensible with one case and with none."""

import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.stores import Store
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
    assert any("69 cases still being helped" in header.value for header in app.header)


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
