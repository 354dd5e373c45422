"""The last day for an agreed action: which period the law gave on its day, and when another day holds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.action_periods import ActionPeriod, action_due, action_periods, period_of
from domain.vocabulary import code_list

MAY = date(2018, 5, 1)
KINDS = [code.key for code in code_list("agreed_action").entries]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_action_has_one_period_from_the_regulations_on_and_says_its_source(kind: str) -> None:
    lines = [p for p in action_periods() if p.action == kind]
    assert lines[0].since == date(2014, 9, 1)
    assert lines[-1].until is None, "the law of today has no last day yet"
    assert all(p.source and p.weeks > 0 for p in lines)
    for before, after in pairwise(lines):
        assert before.until is not None
        assert after.since == before.until + timedelta(days=1)


def test_no_period_is_of_a_kind_that_nobody_can_enter() -> None:
    assert {p.action for p in action_periods()} == set(KINDS)


@pytest.mark.parametrize(
    ("agreement", "due"),
    [
        ({"action_type": "OTHER_ISSUES", "agreement_date": MAY}, date(2018, 5, 15)),
        ({"action_type": "OTHER_ISSUES", "agreement_date": MAY, "timescale_agreed_in_writing": "DK"}, date(2018, 5, 15)),
        ({"action_type": "DK", "agreement_date": MAY, "action_due": MAY}, MAY),
        ({"agreement_date": MAY}, None),
        ({"action_type": "FINAL_PLAN", "action_due": MAY}, MAY),
        ({"action_type": "FINAL_PLAN"}, None),
        ({"action_type": "FINAL_PLAN", "agreement_date": date(2014, 8, 31), "action_due": MAY}, MAY),
        ({"action_type": "FINAL_PLAN", "agreement_date": MAY, "timescale_agreed_in_writing": "Y"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_what_is_not_known_leaves_the_day_that_is_given_or_none(agreement, due) -> None:
    assert action_due(agreement) == due


def test_a_change_of_the_law_is_one_line_more_and_leaves_what_was_agreed_before() -> None:
    table = (
        ActionPeriod("DRAFT_PLAN", 5, date(2014, 9, 1), date(2026, 8, 31), "old law"),
        ActionPeriod("DRAFT_PLAN", 8, date(2026, 9, 1), None, "new law"),
    )
    before, after = date(2026, 8, 31), date(2026, 9, 1)
    assert [period_of("DRAFT_PLAN", day, table) for day in (before, after)] == list(table)
    assert period_of("DRAFT_PLAN", date(2014, 8, 31), table) is None
    assert (table[0].last_day(before), table[1].last_day(after)) == (date(2026, 10, 5), date(2026, 10, 27))
