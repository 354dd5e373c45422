"""The page on mentoring: every figure against the example cases counted plainly, and what stands where there are few, none or a part."""

import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.kpis import kpi
from domain.settings import Settings
from sample_data.mentoring.cases import MENTORS, example_cases
from tests.builders import HILL, NORTH, SOUTH, a_case, a_post, a_return, some_settings
from tests.pages.opening import heading, opened_once, words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]
PAGE = "mentoring.py"
USER = "vic@council.gov.uk"


def titles(app: AppTest) -> str:
    assert not app.exception, app.exception
    return "\n".join(str(header.value) for header in app.header).replace("\\", "")


def half_up(number: float) -> str:
    return str(int(number + 0.5))


@pytest.fixture(scope="module")
def plain() -> list[dict[str, object]]:
    return [case.values for case in example_cases()[0]]


@pytest.fixture(scope="module")
def shown(tables_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AppTest:
    return opened_once(PAGE, "mentoring", tables_file, tmp_path_factory.mktemp("shown"))


def test_the_titles_say_what_the_example_cases_add_up_to(
    shown: AppTest, plain: list[dict[str, object]]
) -> None:
    said = titles(shown)
    ended = [case for case in plain if case.get("outcome") in ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")]
    prevented = [case for case in ended if case["outcome"] == "PREVENTED"]
    live, mentors = len(plain) - len(ended), sum(MENTORS.values())
    assert heading(shown).startswith(
        f"{len(plain)} referrals; homelessness prevented: {len(prevented)} of {len(ended)}"
    )
    assert (
        f"{live / mentors:.1f} live cases per mentor at the end of Oct 2018 ({live} cases, {mentors} mentors), "
        "clearly below the reported norm of 10 to 12"
    ) in said
    due = 496 * 19 / 24
    assert f"{len(prevented)} preventions from Apr 2017 to Oct 2018; the target of 496 by Mar 2019" in said
    assert f"asks for {due:.1f} by then" in said
    repeats = sum(case.get("repeat_case") == "Y" for case in plain)
    assert f"Helped by the service before: 6% ({repeats} of {len(plain)})" in said


def test_length_of_support_is_what_the_cases_give(shown: AppTest, plain: list[dict[str, object]]) -> None:
    said = titles(shown)
    lengths: dict[str, list[int]] = {}
    for case in plain:
        start, end = case.get("assessment_date"), case.get("outcome_date")
        if isinstance(start, date) and isinstance(end, date):
            lengths.setdefault(str(case["outcome"]), []).append((end - start).days)
    for outcome, days in lengths.items():
        median = f"{statistics.median(days):.1f}".removesuffix(".0")
        assert f"{outcome.lower()} median {median}, mean {half_up(statistics.mean(days))}" in said
        assert f"(n = {len(days)})" in said
    every = [day for days in lengths.values() for day in days]
    within = sum(day <= 84 for day in every)
    assert f"({within} of {len(every)}) took 12 weeks or less" in said
    table = next(t.value for t in shown.table if "Share so far" in t.value.columns)
    assert table["Cases"].astype(str).astype(int).sum() == len(every)
    assert list(table["Share so far"])[-1] == "100%"


def test_how_early_is_shown_with_every_outcome_and_without_a_cause(
    shown: AppTest, plain: list[dict[str, object]]
) -> None:
    said = titles(shown)
    ended = Counter(
        (case.get("risk_at_assessment"), case["outcome"]) for case in plain if case.get("outcome_date")
    )
    for early, words in ((True, "more than 56 days ahead"), (False, "later")):
        side = {key: n for key, n in ended.items() if key[0] and (key[0] == "FUTURE") is early}
        met = sum(n for (_, outcome), n in side.items() if outcome == "PREVENTED")
        assert (
            f"of those identified {words}, {round(100 * met / sum(side.values()))}% ({met} of {sum(side.values())})"
            in said
        )
    assert "no clear difference" in said
    assert "This is not proof that being identified early makes a difference, or none" in words_on(shown)
    table = next(
        t.value for t in shown.table if "Outcome" in t.value.columns and "95% limits" in t.value.columns
    )
    counted = dict(
        zip(zip(table["Risk at assessment"], table["Outcome"], strict=True), table["Number"], strict=True)
    )
    assert counted["Future risk", "Withdrawn"] == f"{ended['FUTURE', 'WITHDRAWN']}"


def test_help_stands_with_and_without_administrative_entries(shown: AppTest) -> None:
    assert "Administrative entries: 6% (77 of 1,380) of what was logged" in titles(shown)
    table = next(t.value for t in shown.table if "Entries" in t.value.columns)
    assert set(table["Entries"]) == {"Without administrative entries", "With them"}
    assert len(shown.get("plotly_chart")) == len(shown.get("download_button")) == 8


def test_a_part_is_not_held_against_the_target_of_the_whole(opened: Open, examples: Store) -> None:
    said = words_on(opened(PAGE, examples, service="mentoring", provider=["provider-a"]))
    assert "The target is for the whole programme, so a part of it is compared with nothing." in said
    assert "Target by then" not in said
    assert "live cases per mentor at the end of Oct 2018" in said


def test_of_an_area_live_cases_are_shown_and_no_mentors(opened: Open, examples: Store) -> None:
    said = words_on(opened(PAGE, examples, service="mentoring", area=["E07000073"]))
    assert "not per mentor, because mentors are not recorded by area" in said
    assert "live cases per mentor" not in said


def test_another_service_is_led_to_its_outcomes(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send")
    assert not app.exception
    assert "are counted in homelessness-prevention mentoring only" in app.info[0].value
    assert not app.get("plotly_chart")
    assert any("Outcomes" in link.proto.label for link in app.get("page_link"))


def test_one_case_without_mentors_says_what_is_lacking(opened: Open, one_case: Store) -> None:
    app = opened(PAGE, one_case, service="mentoring")
    said = titles(app)
    assert "Live cases per mentor: nobody is said to be in post: 0 live cases" in said
    assert "Who is in post stands on the sheet Staff" in words_on(app)
    assert "1 prevention reported so far from Apr 2018 to Jun 2018" in said
    assert "too few to compare" in said
    assert "Days of support by outcome: too few cases to say" in said


def test_a_part_of_a_post_counts_as_a_part_and_one_without_hours_is_named(
    opened: Open, shared: Store
) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    posts = [a_post(role="MENTOR", fte=0.5), a_post(role="MENTOR", fte=1.0), a_post(role="MENTOR", fte=None)]
    cases = [a_case(outcome="LIVE") for _ in range(6)]
    save_return(shared, a_return(cases=cases, staff=posts), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(SOUTH), by=COMMISSIONER.signing("test"))
    app = opened(PAGE, shared, service="mentoring")
    said = titles(app)
    assert "4 live cases per mentor at the end of Jun 2018 (6 cases, 1.5 full-time mentors)" in said
    assert "Left out: 1 post without a role, or of a mentor without a full-time equivalent." in words_on(app)


def test_a_provider_sees_its_own_mentors_and_no_target_of_the_programme(
    shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    change_settings(shared, lambda _: with_target(some_settings()), by=LOCAL_USER)
    for provider, cases in ((NORTH, 12), (SOUTH, 30)):
        found = [a_case(outcome="LIVE") for _ in range(cases)]
        save_return(
            shared, a_return(provider, cases=found, staff=[a_post(role="MENTOR", fte=1.0)]), by=LOCAL_USER
        )
    for reach, words in (
        (Reach(provider=NORTH), "12 live cases per mentor at the end of Jun 2018 (12 cases, 1 mentor)"),
        (Reach(area=HILL), "42 live cases at the end of Jun 2018; not per mentor"),
    ):
        user = f"{words[:2]}{USER}"
        give(shared, user, Grant(Role.VIEWER, reach))
        app = signed_in(user, query=[("service", "mentoring")])
        app.switch_page(PAGE).run()
        assert words in titles(app)
        assert "The target is for the whole programme" in words_on(app)


def with_target(some: Settings) -> Settings:
    """The settings with the target of preventions of the Essex programme."""
    return replace(some, targets=kpi("TB2").starting_targets)


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert not app.get("plotly_chart")
    assert app.info
