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
from domain.access import COMMISSIONER
from domain.formats import month
from domain.kpis import kpis_of
from domain.services import SERVICES, service
from sample_data.settings import example_settings
from tests.builders import NORTH, Q1, Q2, Q3, SOUTH, a_case, a_return, some_settings
from tests.pages.conftest import READING, settings_of
from tests.pages.opening import opened as open_at

Open = Callable[..., AppTest]
NEVER_ON_SCREEN = re.compile(
    r"\b(tally|ledger|seq|data version|in force|upload in hand|suppression|nowcast|xmr|re-base|trial limits|"
    r"amber edge|promise|ripe|cohort|nan|none type|inf)\b|\b(P3|A2)_\d",
    re.IGNORECASE,
)


def words_of(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


REACH = {
    "send": "data to 31 Mar 2025",
    "housing": "data to 31 Dec 2024 (some providers to 31 Mar 2025)",
    "mentoring": "data to 31 Oct 2018",
    "homelessness": "data to 31 Mar 2025",
}
SERVICE_KEYS = [service.key for service in SERVICES]
SHOWN = [(file, key) for key in SERVICE_KEYS for file in READING if file != "kpis.py" or kpis_of(key)]
"""Every page with every service; where a service has no KPI its KPI page has nothing to show."""


@pytest.mark.parametrize(("file", "key"), SHOWN)
def test_a_page_shows_the_examples(file: str, key: str, opened: Open, examples: Store) -> None:
    app = opened(file, examples, service=key)
    assert not app.exception
    assert len(app.title) == 1
    said = read(app)
    assert "Example data: not your figures" in said
    assert REACH[key] in said.replace("Data to", "data to")
    assert f"{service(key).label}: all providers; all areas; all dates." in said
    assert "For the commissioning team only" in said
    assert not NEVER_ON_SCREEN.findall(said)


@pytest.mark.parametrize("key", [key for key in SERVICE_KEYS if key != "mentoring"])
@pytest.mark.parametrize("file", READING)
def test_a_page_of_another_service_says_nothing_of_mentoring(
    file: str, key: str, opened: Open, examples: Store
) -> None:
    said = read(opened(file, examples, service=key))
    for line in said.splitlines():
        if "mentoring" not in line.lower():  # the banner and the line of that service name it
            assert (
                not re.search(r"trailblazer|essex|prevent(ed|ion rate)|withdr(ew|awn)", line, re.I)
                or (key == "homelessness" and "withdr" in line.lower())
                or (key == "housing" and "Consent withdrawn" in line)
            ), line


@pytest.mark.parametrize("key", SERVICE_KEYS)
@pytest.mark.parametrize("file", READING)
def test_a_page_with_one_case_says_so(
    file: str, key: str, opened: Open, one_case_of: Callable[[str], Store]
) -> None:
    app = opened(file, one_case_of(key))
    assert not app.exception
    assert "Your file, not saved" in words_of(app)
    assert f"{service(key).label}: " in read(app)
    assert not NEVER_ON_SCREEN.findall(words_of(app))


@pytest.mark.parametrize("file", READING)
def test_a_page_without_figures_says_what_to_do(file: str, opened: Open, empty: Store) -> None:
    app = opened(file, empty)
    assert not app.exception
    assert "open Upload to begin" in app.info[0].value
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("file", READING)
def test_a_service_that_is_bought_and_has_no_return_says_so(file: str, opened: Open, shared: Store) -> None:
    change_settings(shared, lambda _: settings_of("mentoring", "housing"), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("test"))
    app = opened(file, shared, service="housing")
    assert not app.exception
    assert "Housing mediation has no figures yet" in app.info[0].value
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("key", SERVICE_KEYS)
@pytest.mark.parametrize("file", READING)
def test_a_selection_without_cases_is_not_an_error(
    file: str, key: str, opened: Open, examples: Store
) -> None:
    settings = example_settings()
    provider = settings.providers_of(key)[0]
    last = {"mentoring": 201810}.get(key, 202503)
    app = opened(file, examples, service=key, provider=[provider.key], area=["UNK"], from_=last)
    assert not app.exception
    said = f"{provider.label}; Unknown area; from {month(last)}"
    assert said in read(app)


@pytest.mark.parametrize("key", ["send", "mentoring"])
@pytest.mark.parametrize("file", READING)
def test_presenting_shows_one_panel_a_screen(file: str, key: str, opened: Open, examples: Store) -> None:
    app = opened(file, examples, service=key, present=True)
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
    app = opened("overview.py", examples, service="mentoring")
    assert app.title[0].value == "540 referrals; homelessness prevented: 387 of 471 (82%)"
    assert [metric.value for metric in app.metric][-2:] == ["69", "82%"]


def test_demand_compares_before_and_after_the_act(opened: Open, examples: Store) -> None:
    app = opened("demand.py", examples, service="mentoring")
    assert "Divided at Apr 2018, Homelessness Reduction Act 2017 starts." in words_of(app)
    assert "Left out of both sides, because not complete: Sep 2018 and Oct 2018." in words_of(app)
    assert "B: 3 Apr 2018 Homelessness Reduction Act 2017 starts (England)." in words_of(app)
    before = len(app.header)
    app.selectbox(key="break").set_value(0).run()
    assert len(app.header) == before - 1


@pytest.mark.parametrize(("file", "at"), [("demand.py", 0), ("overview.py", -1)])
def test_the_newest_months_of_the_examples_are_said_to_be_still_filling(
    file: str, at: int, opened: Open, examples: Store
) -> None:
    """63.7% of a month's cases are known at its end, so that 23 in October are likely to become about 36."""
    app = opened(file, examples, service="mentoring")
    title = next(header.value for header in app.header if "referrals a month" in header.value)
    assert title.replace("\\", "") == (
        "34 referrals a month in Jun 2018 to Aug 2018, no clear change from 35 in the 3 months before. "
        "October's 23 is likely to become about 28 to 47 once late cases are entered"
    )
    spec = json.loads(app.get("plotly_chart")[at].proto.spec)
    (coming,) = [trace for trace in spec["data"] if trace["name"].startswith("Expected")]
    assert coming["x"] == ["Sep 2018", "Oct 2018"]
    assert "30 so far, 33 expected (30 to 38)" in coming["customdata"]
    assert "Tried on 14 earlier months as known at the time, it held in 14." in words_of(app)


@pytest.mark.parametrize("by", ["quarter", "financial_year", "calendar_year"])
def test_demand_counts_by_other_lengths_of_time(by: str, opened: Open, examples: Store) -> None:
    app = opened("demand.py", examples, service="mentoring", by=by)
    assert not app.exception
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert any(
        "pattern" in trace["marker"] and "shape" in trace["marker"]["pattern"] for trace in spec["data"]
    )


def test_outcomes_give_both_bases(opened: Open, examples: Store) -> None:
    app = opened("outcomes.py", examples, service="mentoring")
    assert any("82% (387 of 471)" in h.value and "94% (387 of 413)" in h.value for h in app.header)
    assert any("69 cases still open when last reported" in header.value for header in app.header)


def test_a_kpi_status_can_be_explained(shared: Store) -> None:
    app = open_at("kpi_status.py", status="TB1:::2017-11..2018-10")
    said = " ".join(str(table.value.to_dict()) for table in app.table)
    assert "Met (numerator)" in said
    assert "example, not in the report" in said
    assert "● Green" in words_of(app)


def read(app: AppTest) -> str:
    """The words of a page without the marks that keep Markdown from reading them."""
    return words_of(app).replace("\\", "")


@pytest.fixture
def one_return_missing(shared: Store) -> Store:
    """Two providers, one of which has not sent its second quarter; some cases ended just after the last one."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    for provider, period, day in (
        (NORTH, Q1, date(2018, 5, 1)),
        (SOUTH, Q1, date(2018, 5, 1)),
        (NORTH, Q2, date(2018, 8, 1)),
        (NORTH, Q3, date(2018, 12, 1)),
        (SOUTH, Q3, date(2018, 12, 1)),
    ):
        cases = [a_case(referred=day) for _ in range(6)]
        save_return(shared, a_return(provider, period, cases), by=COMMISSIONER.signing("test"))
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
        assert "The twelve months to Dec 2018 are not all in yet, so those to Jun 2018 are judged." in said
        assert "In 9 of these twelve months no return was due, so there are fewer to judge." in said
        assert "Not all returns of these twelve months are in" not in said
    assert "12 months to Jun 2018 (not complete)" in said
    assert "Jul-Sep 2018 (Q2 2018/19) (not all returns in)" in str(
        [table.value.columns.to_list() for table in opened("kpis.py", one_return_missing).table]
    )


def test_a_date_is_compared_unasked_only_with_half_a_year_on_both_sides(
    opened: Open, examples: Store
) -> None:
    """The SEND examples have one month before May 2020, the Trailblazers twelve before April 2018."""
    assert "Divided at" not in read(opened("demand.py", examples, service="send"))
    said = read(opened("demand.py", examples, service="mentoring"))
    assert "Divided at Apr 2018" in said
    assert "Less than twelve months on one side" in said


def test_a_year_cut_by_the_first_month_is_not_whole(opened: Open, examples: Store) -> None:
    said = read(opened("demand.py", examples, service="mentoring", by="calendar_year"))
    assert "No period of referrals is complete yet" in said
    assert "so hatched: 2017 and 2018" in said


def test_cases_without_a_date_are_not_of_the_months_chosen(opened: Open, examples: Store) -> None:
    app = opened("demand.py", examples, service="mentoring", from_=201805)
    assert app.title[0].value == "193 referrals, May 2018 to Oct 2018"


def test_the_kpi_tables_say_what_the_choice_at_the_side_narrows(opened: Open, examples: Store) -> None:
    said = read(opened("kpis.py", examples, service="mentoring", provider=["provider-a"]))
    assert "Shown: the providers chosen, all areas together" in said
    assert "Shown: the areas chosen, all providers together" in said
