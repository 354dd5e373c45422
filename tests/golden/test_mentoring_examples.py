"""The mentoring examples: as a provider would send them, adding up to what the Essex report prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from domain.periods import Period
from domain.published import CheckState, PublishedCheck, PublishedFigure, published_figures
from domain.verification import Answer, compare
from sample_data.make import RETURNS
from sample_data.mentoring.plan import broken_totals, read_plan, solve
from sample_data.mentoring.settings import LAST_DAY, SERVICE_START
from tests.golden.essex_answers import answering, union
from tests.golden.sent_returns import Row, SentReturn, read_folder

Activities = list[Row]
Cases = dict[str, Row]


@pytest.fixture(scope="module")
def returns() -> list[SentReturn]:
    return read_folder(RETURNS, "mentoring")


@pytest.fixture(scope="module")
def rows(returns: list[SentReturn]) -> tuple[Cases, Activities]:
    return union(returns)


@pytest.fixture(scope="module")
def cases(rows: tuple[Cases, Activities]) -> Cases:
    return rows[0]


@pytest.fixture(scope="module")
def activities(rows: tuple[Cases, Activities]) -> Activities:
    return rows[1]


@pytest.fixture(scope="module")
def answer(returns: list[SentReturn]) -> Callable[[PublishedCheck], Answer]:
    return answering(returns)


def test_the_plan_fits_every_published_total() -> None:
    assert broken_totals(read_plan()) == []


def test_a_plan_solved_afresh_fits_every_published_total() -> None:
    assert broken_totals(solve()) == []


def test_a_plan_with_one_case_moved_does_not_fit() -> None:
    plan = read_plan()
    plan[201810, "E07000073", "LIVE"] = plan.get((201810, "E07000073", "LIVE"), 0) + 1
    assert {text.split(":")[0] for text in broken_totals(plan)} >= {"all cases", "live", "month 201810"}


@pytest.mark.parametrize("figure", published_figures("essex"), ids=lambda figure: figure.fig_id)
def test_a_published_figure_turns_out_as_its_check_says(
    figure: PublishedFigure, answer: Callable[[PublishedCheck], Answer]
) -> None:
    verdict = compare(figure, answer)
    assert verdict.state is figure.check.state, verdict


def test_every_published_count_of_cases_is_reproduced_from_cases(
    answer: Callable[[PublishedCheck], Answer],
) -> None:
    about_the_programme = {"mentors", "providers", "districts", "district_representatives_interviewed"}
    about_the_programme |= {"preventions_target", "preventions_achieved"}
    counts = [
        f for f in published_figures("essex") if f.count is not None and f.measure not in about_the_programme
    ]
    assert len(counts) == 161
    assert {compare(f, answer).state for f in counts} == {CheckState.FROM_CASES}


def test_one_case_changed_is_noticed() -> None:
    sent = read_folder(RETURNS, "mentoring")
    case = next(row for row in sent[-1].cases if row["area"] == "E07000073" and row.get("outcome_date"))
    case["outcome"] = "WITHDRAWN" if case["outcome"] != "WITHDRAWN" else "PREVENTED"
    changed = answering(sent)
    differ = {f.fig_id for f in published_figures("essex") if compare(f, changed).state is CheckState.DIFFERS}
    assert differ >= {"ETB191", "ETB224"}


def test_a_return_holds_nothing_that_came_after_its_period(returns: list[SentReturn]) -> None:
    for sent in returns:
        for row in (*sent.cases, *sent.activities):
            late = {
                key: value
                for key, value in row.items()
                if isinstance(value, date) and value > sent.period.end
            }
            assert not late, (sent.path.name, row)


def test_no_open_case_vanishes_from_the_next_return(returns: list[SentReturn]) -> None:
    by_provider: dict[str, list[SentReturn]] = {}
    for sent in sorted(returns, key=lambda r: r.period):
        by_provider.setdefault(sent.cover["provider"], []).append(sent)
    for returns in by_provider.values():
        for before, after in pairwise(returns):
            still_open = {row["case_ref"] for row in before.cases if not row.get("outcome_date")}
            assert still_open <= {row["case_ref"] for row in after.cases}


def test_a_case_first_stands_in_the_return_of_the_period_in_which_it_was_entered(
    returns: list[SentReturn], cases: Cases
) -> None:
    first: dict[str, Period] = {}
    for sent in sorted(returns, key=lambda r: r.period):
        for row in sent.cases:
            first.setdefault(row["case_ref"], sent.period)
    for ref, period in first.items():
        assert period.start <= cases[ref]["entered_date"] <= period.end


def test_control_totals_and_references_are_right(returns: list[SentReturn], activities: Activities) -> None:
    for sent in returns:
        assert (sent.cover["cases_n"], sent.cover["activities_n"]) == (len(sent.cases), len(sent.activities))
        assert len({row["case_ref"] for row in sent.cases}) == len(sent.cases)
    assert len({row["activity_ref"] for row in activities}) == len(activities)


def test_dates_are_in_order_and_no_support_outlasts_the_service(cases: Cases) -> None:
    for row in cases.values():
        order = [row.get(key) for key in ("referral_date", "assessment_date", "outcome_date") if row.get(key)]
        assert order == sorted(order), row
        if row.get("referral_date"):
            assert 0 <= (row["entered_date"] - row["referral_date"]).days <= 90
            assert row.get("first_contact_date", row["referral_date"]) >= row["referral_date"]
        if row["days"] is not None:
            assert 1 <= row["days"] <= 365
            assert row["days"] <= (LAST_DAY - SERVICE_START).days


def test_an_activity_lies_between_the_referral_and_the_end_of_its_case(activities: Activities) -> None:
    for row in activities:
        case = row["case"]
        assert case.get("referral_date", row["activity_date"]) <= row["activity_date"]
        assert row["activity_date"] <= case.get("outcome_date", LAST_DAY)


def test_an_activity_is_sent_with_or_after_its_case(returns: list[SentReturn]) -> None:
    for sent in returns:
        known = {r["case_ref"] for other in returns if other.period <= sent.period for r in other.cases}
        assert {row["case_ref"] for row in sent.activities} <= known


def test_live_cases_have_no_outcome_date_and_the_others_have_one(cases: Cases) -> None:
    for row in cases.values():
        assert bool(row.get("outcome_date")) == (row.get("outcome", "LIVE") != "LIVE")
    assert Counter(row.get("outcome", "") for row in cases.values())[""] == 9


def test_dependent_children_are_the_primary_vulnerability_wherever_they_are_one(cases: Cases) -> None:
    for row in cases.values():
        kinds = row.get("vulnerabilities", ())
        assert ("DEP_CHILD" in kinds) == (row.get("primary_vulnerability") == "DEP_CHILD")
        assert "DEP_CHILD" not in kinds or row["dependent_children_n"] > 0
        assert len(set(kinds)) == len(kinds)


def test_a_repeat_names_an_earlier_case_of_the_same_provider_that_had_ended(cases: Cases) -> None:
    repeats = [row for row in cases.values() if row["repeat_case"] == "Y"]
    assert len(repeats) == 31
    for row in repeats:
        if "previous_case_ref" in row:
            earlier = cases[row["previous_case_ref"]]
            assert earlier["outcome_date"] < row["referral_date"]
            assert earlier["area"] == row["area"]
