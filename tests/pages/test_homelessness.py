"""The page on homelessness mediation: the example cases counted plainly, an aggregate return beside the official figures, and nothing."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, Reach, Role
from domain.periods import Period
from domain.returns import Record
from domain.settings import Area, Settings
from sample_data.homelessness.case import AGREEMENTS, Case
from sample_data.homelessness.cases import example_cases
from tests.builders import HILL, NORTH, SOUTH, VALE, a_homelessness_case, a_return, settings_of_all
from tests.pages.opening import heading, opened_once, words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]
PAGE = "homelessness.py"
QUARTER, BEFORE = Period.parse("2024-01..2024-03"), Period.parse("2019-10..2019-12")
ENDED_BY = date(2025, 3, 31)


def titles(app: AppTest) -> str:
    assert not app.exception, app.exception
    return "\n".join(str(header.value) for header in app.header).replace("\\", "")


@pytest.fixture(scope="module")
def plain() -> list[Case]:
    """The cases that had been entered by the last day."""
    return [case for case in example_cases() if case.entered <= ENDED_BY]


@pytest.fixture(scope="module")
def shown(tables_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AppTest:
    return opened_once(PAGE, "homelessness", tables_file, tmp_path_factory.mktemp("shown"))


def test_the_titles_say_what_the_example_cases_add_up_to(shown: AppTest, plain: list[Case]) -> None:
    said = titles(shown)
    ended = Counter(case.outcome for case in plain if case.closed <= ENDED_BY)
    agreed = sum(ended[outcome] for outcome in AGREEMENTS)
    assert (
        f"({agreed} of {agreed + ended['NO_AGREEMENT']}) concluded mediations; of all: returned home "
        f"{ended['RETURNED_HOME']}, planned move {ended['PLANNED_MOVE']}, another agreement "
        f"{ended['OTHER_AGREEMENT']} and no agreement {ended['NO_AGREEMENT']}"
    ) in said
    started = sum(case.mediation is not None and case.closed <= ENDED_BY for case in plain)
    assert (
        heading(shown)
        == f"Mediations that ended in an agreement: {round(100 * agreed / started)}% ({agreed} of {started})"
    )
    days = [
        (case.offered, case.assessed)
        for case in plain
        if case.offered and case.assessed and max(case.offered, case.assessed) <= ENDED_BY
    ]
    early = sum(offered < assessed for offered, assessed in days)
    assert (
        f"Mediation offered before the homelessness assessment: {round(100 * early / len(days))}% ({early} of {len(days)})"
        in said
    )
    assert f"is not known or there was none: {len(plain) - len(days)}." in words_on(shown)


def test_without_an_aggregate_return_england_stands_alone_with_what_would_bring_ours(shown: AppTest) -> None:
    said = words_on(shown)
    assert (
        "no aggregate return is in. England, Oct-Dec 2025 (Q3 2025/26): to return to family or friends 5.2% (980 of 18,870); "
        "to prevent an eviction 8.7% (1,650 of 18,870)"
    ) in said
    assert "comes from no case but with a return of totals from its H-CLIC figures" in said
    assert "homelessness-totals" in said
    assert "so its two labels look exchanged" in said
    assert "None of the areas here is among the districts whose official figures are held" in said
    assert "The dotted line is no target: Around 80%: UK Mediation in the exchange note" in said
    assert len(shown.get("plotly_chart")) == len(shown.get("download_button")) == 6


def ways(returned: int, prevented: int, base: int, quarter: Period = QUARTER) -> Sequence[Record]:
    """What an aggregate return says of the two ways in a quarter."""
    return [
        {
            "measure": "prevention_by_mediation",
            "breakdown": "prevention_activity",
            "category": way,
            "period_start": quarter.start,
            "period_end": quarter.end,
            "count": count,
            "denominator": base,
        }
        for way, count in (("P3_05", returned), ("P3_06", prevented))
    ]


def saved(store: Store, some: Settings, totals: Sequence[Record] = (), quarter: Period = QUARTER) -> Store:
    """Twelve agreements in 15 mediations of the north, and what the council sends as totals."""
    change_settings(store, lambda _: some, by=COMMISSIONER.signing("test"))
    cases = [a_homelessness_case(referred=date(2024, 1, 8), area=HILL) for _ in range(12)]
    cases += [
        a_homelessness_case(
            outcome="NO_AGREEMENT", mediation_agreement="N", referred=date(2024, 1, 9), area=VALE
        )
        for _ in range(3)
    ]
    by = COMMISSIONER.signing("test")
    save_return(store, a_return(NORTH, QUARTER, cases, service="homelessness"), by=by)
    if totals:
        save_return(store, a_return(SOUTH, quarter, service="homelessness", totals=totals), by=by)
    return store


def test_an_aggregate_return_stands_beside_england_in_the_same_quarter(opened: Open, shared: Store) -> None:
    app = opened(PAGE, saved(shared, settings_of_all(), ways(30, 9, 100)), service="homelessness")
    said = titles(app)
    assert (
        "Preventions by mediation: to return to family or friends 30.0% (30 of 100), more than England, 5.5%; "
        "to prevent an eviction 9.0% (9 of 100), no clear difference from England, 9.4%"
    ) in said
    table = next(t.value for t in app.table if "Way of preventing" in t.value.columns)
    assert set(table["Whose"]) == {"England", "Anywhere Council"}
    assert set(table["Quarter"].str.replace("\\", "")) == {"Jan-Mar 2024 (Q4 2023/24)"}


def test_an_aggregate_return_of_few_preventions_is_not_compared(opened: Open, shared: Store) -> None:
    app = opened(PAGE, saved(shared, settings_of_all(), ways(2, 1, 8)), service="homelessness")
    assert "25.0% (2 of 8), too few to compare" in titles(app)


def test_of_a_quarter_that_is_not_official_the_other_quarter_is_named(opened: Open, shared: Store) -> None:
    store = saved(shared, settings_of_all(), ways(30, 9, 100, BEFORE), BEFORE)
    said = titles(opened(PAGE, store, service="homelessness"))
    assert "30.0% (30 of 100), more than England in Oct-Dec 2025 (Q3 2025/26), 5.2%" in said


def test_our_own_districts_stand_beside_england(opened: Open, shared: Store) -> None:
    some = settings_of_all()
    known = (Area("E07000071", "Colchester"), Area("E07000072", "Epping Forest"))
    said = words_on(
        opened(PAGE, saved(shared, replace(some, areas=(*some.areas, *known))), service="homelessness")
    )
    assert (
        "By district in Oct-Dec 2025 (Q3 2025/26), official figures: to return to family or friends, England 5.2%"
        in said
    )
    assert "Did not report: Epping Forest." in said
    assert "None of the areas here" not in said


def test_how_mediation_is_provided_stands_with_what_came_of_it(opened: Open, shared: Store) -> None:
    models = {HILL: "stand_alone", VALE: "integrated"}
    some = settings_of_all()
    base = next(c for c in some.contracts if (c.service, c.provider) == ("homelessness", NORTH))
    others = tuple(c for c in some.contracts if c.service != "homelessness")
    found = tuple(
        replace(base, key=f"homelessness-{area}", areas=(area,), delivery_model=model)
        for area, model in models.items()
    )
    app = opened(PAGE, saved(shared, replace(some, contracts=(*others, *found))), service="homelessness")
    assert (
        "How mediation is provided: stand-alone service in 1 of 2 areas; part of the housing options team in 1 of 2 areas. "
        "In an agreement ended: stand-alone service 100% (12 of 12); part of the housing options team 0% (0 of 3): too few to compare"
    ) in titles(app)
    table = next(t.value for t in app.table if "How it is provided" in t.value.columns)
    assert list(table["How it is provided"]) == ["Stand-alone service", "Part of the housing options team"]
    assert "is not proof that one way of providing it works better" in words_on(app)


def test_who_may_see_one_area_is_shown_no_other(shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    people_sign_in(monkeypatch)
    saved(shared, settings_of_all(), ways(30, 9, 100))
    give(shared, "vic@council.gov.uk", Grant(Role.VIEWER, Reach(area=VALE)))
    app = signed_in("vic@council.gov.uk", query=[("service", "homelessness")])
    app.switch_page(PAGE).run()
    said = titles(app)
    assert "Agreement in 0% (0 of 3) concluded mediations" in said
    assert "no aggregate return is in" in said, "it is of all areas"
    table = next(t.value for t in app.table if "How it is provided" in t.value.columns)
    assert list(table["Area"]) == ["Vale"]


def test_of_one_case_no_share_is_drawn(opened: Open, one_case_of: Callable[[str], Store]) -> None:
    app = opened(PAGE, one_case_of("homelessness"), service="homelessness")
    said = titles(app)
    assert "Agreement in 100% (1 of 1) concluded mediations" in said
    assert "How mediation is provided: no contract says it yet" in said


def test_another_service_is_led_to_its_outcomes(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send")
    assert not app.exception
    assert "are counted in homelessness mediation only" in app.info[0].value
    assert not app.get("plotly_chart")


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert not app.get("plotly_chart")
    assert app.info
