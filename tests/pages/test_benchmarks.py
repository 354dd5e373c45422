"""The Benchmarks page: official figures of each service with ours beside, of an area without figures, and with nothing saved."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, Reach, Role
from domain.periods import Period
from tests.builders import HILL, NORTH, SOUTH, VALE, a_homelessness_case, a_return, settings_of_all
from tests.pages.opening import heading, opened_once, words_on
from tests.pages.roles import give, people_sign_in, signed_in
from tests.pages.test_reading_pages import NEVER_ON_SCREEN

Open = Callable[..., AppTest]
PAGE = "benchmarks.py"
QUARTER = Period.parse("2024-01..2024-03")
HARLOW, EPPING, NORFOLK, SUFFOLK = "E07000073", "E07000072", "E10000020", "E10000029"


def titles(app: AppTest) -> str:
    assert not app.exception, app.exception
    assert not NEVER_ON_SCREEN.findall(words_on(app))
    return "\n".join(str(header.value) for header in app.header).replace("\\", "")


@pytest.fixture(scope="module")
def send(tables_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AppTest:
    return opened_once(PAGE, "send", tables_file, tmp_path_factory.mktemp("send"))


def test_our_districts_lie_in_the_council_that_stands_beside_england(send: AppTest) -> None:
    assert heading(send) == "Official figures of England and Norfolk, and ours beside them"
    assert (
        "Official figures, Norfolk: 228 mediations in 2024, 191 in 2023; 80 in 2022 by an older table. "
        "Counted here, differently: meetings held, 255 in 2023 and 270 in 2024"
    ) in titles(send)
    assert "for each 100 decisions that could be appealed, 4.2 appeals and 1.8 mediations" in titles(send)
    assert "14,493 mediations in 2024, 10,436 in 2023; 5,484 in 2022 by an older table" in titles(send)


def test_each_figure_says_why_it_may_differ_where_it_comes_from_and_who_may_see_it(send: AppTest) -> None:
    said = words_on(send)
    assert said.count("Why may they differ from ours?") == 3
    assert "255 meetings in 2023 and 270 in 2024, DfE 191 and 228 of the council: the scope differs" in said
    assert "version 2025 release, day not known on which it was published" in said
    assert "Official statistics, already published: anybody may see them." in said
    assert "For the commissioning team only." in said
    assert len(send.get("plotly_chart")) == 4
    assert len(send.get("download_button")) == 5


def test_another_council_is_chosen_by_the_picker_and_kept_in_the_address(
    opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service="send", beside=SUFFOLK)
    assert heading(app) == "Official figures of England and Suffolk, and ours beside them"
    assert app.query_params["beside"] == SUFFOLK
    assert "Not available: 2022, mediations about a decision not to assess." in words_on(app)


def test_an_area_that_is_not_offered_is_not_shown(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send", beside="E07000999")
    assert heading(app) == "Official figures of England and Norfolk, and ours beside them"


def totals() -> list[dict[str, object]]:
    dates = {"period_start": QUARTER.start, "period_end": QUARTER.end}
    ways = [
        {"measure": "prevention_by_mediation", "breakdown": "prevention_activity", "category": way, **dates, "count": n, "denominator": 100}
        for way, n in (("P3_05", 30), ("P3_06", 9))
    ]  # fmt: skip
    return [*ways, {"measure": "secured_six_months", **dates, "count": 61, "denominator": 100}]


def save_totals(store: Store) -> Store:
    by = COMMISSIONER.signing("test")
    change_settings(store, lambda _: settings_of_all(), by=by)
    cases = [a_homelessness_case(referred=date(2024, 1, 8), area=HILL)]
    save_return(store, a_return(NORTH, QUARTER, cases, service="homelessness"), by=by)
    save_return(store, a_return(SOUTH, QUARTER, service="homelessness", totals=totals()), by=by)
    return store


def test_a_district_and_our_own_return_stand_beside_england(opened: Open, shared: Store) -> None:
    app = opened(PAGE, save_totals(shared), service="homelessness", beside=HARLOW)
    said = titles(app)
    assert (
        "Official figures, Oct-Dec 2025 (Q3 2025/26), preventions by mediation: to return to family or friends, England 5.2% "
        "(5.3% a year before), Harlow 16.7% (9.1% a year before)"
    ) in said
    assert "By district of Essex in Oct-Dec 2025" in said
    assert said.index("By district of Essex") < said.index("By district of Norfolk")
    ours = [table.value for table in app.table if "Whose" in table.value.columns]
    counted = [
        tuple(row)
        for table in ours
        for row in table[table["Whose"] == "Counted here"][["Number", "Share"]].to_numpy()
    ]
    assert counted == [("30", "30.0%"), ("9", "9.0%"), ("61", "61.0%")]
    assert "Small numbers, to be read with caution" in words_on(app)


def test_an_area_without_figures_is_said_to_have_none(opened: Open, shared: Store) -> None:
    app = opened(PAGE, save_totals(shared), service="homelessness", beside=EPPING)
    assert "Epping Forest did not report" in titles(app)
    assert "Epping Forest did not report: " in words_on(app)


def test_mentoring_has_the_duty_of_the_same_councils_and_says_how_its_own_rate_differs(
    opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service="mentoring")
    assert heading(app) == "Official figures of England, and ours beside them"
    assert "England 55.1% (18,870 of 34,250)" in titles(app)
    assert "Counted here, of what mentors completed: " in words_on(app)
    assert "82% (387 of 471)" in words_on(app)


def test_housing_mediation_is_said_to_have_no_official_statistics(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="housing")
    assert heading(app) == "Benchmarks"
    assert "No official statistics are known to us" in app.info[0].value
    assert not app.get("plotly_chart")


def test_with_nothing_saved_the_official_figures_stand_alone(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert "Official figures" in titles(app)
    assert any("No return of this service is saved yet" in info.value for info in app.info)
    assert "For the commissioning team only" not in words_on(app)
    assert app.get("plotly_chart")


def test_who_may_see_one_area_sees_all_that_is_published_and_of_ours_that_area_alone(
    shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    save_totals(shared)
    give(shared, "vic@council.gov.uk", Grant(Role.VIEWER, Reach(area=VALE)))
    app = signed_in("vic@council.gov.uk", query=[("service", "homelessness"), ("beside", HARLOW)])
    app.switch_page(PAGE).run()
    assert "Harlow 16.7%" in titles(app)
    assert "Counted here" not in words_on(app), "the council's own return is of all areas"
