"""One mistake repeated is one problem; a warning is asked once; a problem knows its cells in the sender's own file."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.intake import Examined, examine
from domain.accepted import LAST_THREE
from domain.checks.accepting import (
    ALWAYS_ASKED,
    accepted_all,
    accepted_from,
    lowered,
    said_again,
)
from domain.drafts import KnownReturns, KnownRows
from domain.fields import Sheet
from domain.grouping import cells_of, grouped, questions
from domain.problem import Level, Problem
from tests.upload_files.more_checks import repeated
from tests.upload_files.returns import (
    KNOWN,
    SETTINGS,
    TODAY,
    Change,
    a_return,
    case,
    cell,
    cover,
    right_return,
    with_column,
    without_column,
)
from tests.upload_files.right import day


def look_at(*changes: Change, known: KnownReturns = KNOWN) -> Examined:
    return examine("r.xlsx", a_return(*changes), SETTINGS, known)


def test_three_hundred_times_the_same_mistake_is_one_problem_with_its_rows() -> None:
    found = look_at(repeated(3, 300, sex="Femal", repeat_case="N"))
    assert len(found.must_fix) == 300
    (one,) = grouped(found.must_fix)
    assert one.rows == tuple(range(5, 305))
    assert one.row is None
    assert one.found == found.must_fix[0].found


def test_another_value_is_another_problem_and_the_order_stays() -> None:
    found = look_at(case(2, "sex", "Femal"), case(3, "area", "Nowhere"), case(4, "sex", "Femal"))
    assert [(p.column, p.row, p.rows) for p in grouped(found.must_fix)] == [
        ("Sex", None, (2, 4)),
        ("Area", 3, ()),
    ]


def test_dates_that_stand_the_wrong_way_round_are_one_problem_though_their_days_differ() -> None:
    found = look_at(case(2, "first_contact_date", day(4, 1)), case(3, "first_contact_date", day(4, 2)))
    (one,) = grouped(found.must_fix)
    assert one.rows == (2, 3)
    assert one.found == "The first contact date is before the referral date."
    assert "2018" in found.must_fix[0].found


def test_a_problem_stands_at_its_cells() -> None:
    (problem,) = look_at(case(3, "sex", "Femal")).must_fix
    header = a_header().index("Sex")
    assert cells_of(problem) == (("Cases", 3, header),)
    (problem,) = look_at(case(2, "referral_date", None), case(4, "referral_date", None)).to_confirm
    assert cells_of(problem) == tuple(("Cases", row, a_header().index("Referral date")) for row in (2, 4))


def a_header() -> list[str]:
    return [str(cell) for cell in right_return()["Cases"][0]]


def test_a_problem_of_a_whole_column_stands_at_its_header_and_one_of_the_cover_at_its_value() -> None:
    (problem,) = look_at(with_column("Cases", "Our own code", ["x", "y"])).to_confirm
    assert cells_of(problem) == (("Cases", 1, len(a_header())),)
    (problem,) = look_at(cover("Number of cases", 5)).to_confirm
    ((sheet, _, index),) = cells_of(problem)
    assert (sheet, index) == ("Cover", 1)
    (problem,) = look_at(cover("Provider", "Example provider B")).must_fix
    assert problem.lacks == (("contract", "Example provider B"),)


def test_a_warning_is_one_question_for_each_rule_with_its_rows_counted_once() -> None:
    found = look_at(
        cell("Activities", 2, "is_admin", None),
        cell("Activities", 3, "is_admin", None),
        case(4, "referral_date", None),
    )
    asked = questions(found.problems)
    assert [(one.check, one.count, one.fields) for one in asked] == [
        ("V01", 1, ("referral_date",)),
        ("V12", 2, ("is_admin",)),
    ]
    assert asked[1].title == "Activities say whether they are only administrative"


def _warning(rows: tuple[int, ...], rule: str = "admin_said", check: str = "V12") -> Problem:
    return Problem(check, Level.CONFIRM, "X.", "Y.", "Z.", "Activities", rule=rule, rows=rows)


@pytest.mark.parametrize(
    ("rows", "before", "level"),
    [
        ((2, 3, 4), (2, 2, 2), Level.SAID),
        ((2, 3, 4, 5), (2, 2, 2), Level.CONFIRM),
        ((2, 3, 4, 5, 6), (1, 3, 1), Level.SAID),
        ((2, 3), (2, 0, 2), Level.CONFIRM),
        ((2, 3), (2, 2), Level.CONFIRM),
    ],
)
def test_what_was_accepted_in_three_returns_running_is_said_until_its_count_doubles(
    rows: tuple[int, ...], before: tuple[int, ...], level: Level
) -> None:
    accepted = [{"admin_said": n} if n else {} for n in before]
    (found,) = lowered([_warning(rows)], accepted)
    assert found.level is level
    assert (LAST_THREE in found.repair) == (level is Level.SAID)


@pytest.mark.parametrize("check", sorted(ALWAYS_ASKED))
def test_what_may_be_personal_or_lost_is_asked_every_time(check: str) -> None:
    accepted = [{"some_rule": 9}] * 3
    assert lowered([_warning((2,), "some_rule", check)], accepted)[0].level is Level.CONFIRM


def test_a_lowered_warning_is_kept_as_accepted_again_so_that_it_stays_known() -> None:
    accepted = ({"admin_said": 1}, {"admin_said": 1}, {"admin_said": 1})
    known = KnownReturns(TODAY, accepted=lambda service, provider, period: accepted)
    found = look_at(cell("Activities", 2, "is_admin", None), case(4, "referral_date", None), known=known)
    assert [p.check for p in found.to_confirm] == ["V01"]
    assert [one.rule for one in said_again(found)] == ["admin_said"]
    kept = accepted_from(found, {"wanted_filled": ("Not recorded by our system", "since May")})
    assert [(one.rule, one.reason, one.note, one.count) for one in kept] == [
        ("wanted_filled", "Not recorded by our system", "since May", 1),
        ("admin_said", LAST_THREE, "", 1),
    ]
    assert kept[0].said == "There is no referral date."
    assert kept[0].fields == ("referral_date",)


def test_a_warning_without_a_reason_is_not_accepted() -> None:
    found = look_at(case(4, "referral_date", None))
    with pytest.raises(ValueError, match="Dates that figures by month rest on are filled"):
        accepted_from(found, {})
    assert accepted_all(look_at(), "") == ()


def test_a_check_that_cannot_say_anything_says_why() -> None:
    found = look_at()
    assert found.problems == ()
    why = found.why_not["There are about as many referrals as the periods before lead to expect"]
    assert why == "It compares with 6 periods of the same length just before, and there are fewer."
    assert set(found.not_run) == set(found.why_not)


def test_references_in_other_capitals_are_kept_as_they_were_first_written() -> None:
    known = KnownReturns(
        date(2018, 7, 10),
        find_rows=lambda service, provider, period: KnownRows({}, {Sheet.COMPLAINTS: ("k-1",)}),
    )
    accepted = look_at(known=known).accepted
    assert accepted is not None
    assert [row["complaint_ref"] for row in accepted.complaints] == ["k-1"]
    assert [row["response_ref"] for row in accepted.answers] == ["R-1"]


def test_what_one_rule_says_of_two_columns_stands_at_the_figures_of_each() -> None:
    found = look_at(repeated(3, 10), without_column("Cases", "Risk at assessment"))
    kept = accepted_all(found, "Not recorded by our system")
    assert {one.fields for one in kept} == {("risk_at_assessment",), ("repeat_case",)}
    assert {one.rule for one in kept} == {"kpi_columns_filled"}
    assert len(questions(found.problems)) == 1
