"""What a return is compared with: what was sent before it, and neither later returns nor what was sent in totals."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.intake import examine
from domain.drafts import KnownReturns
from domain.returns import Record
from tests.upload_files.more_checks import (
    ENDED_BEFORE,
    LIVE_BEFORE,
    MORE_FAIL,
    QUARTERS,
    knowing,
    referred,
)
from tests.upload_files.returns import SETTINGS, a_return, case

BEFORE, OWN, LATER = "2018-01..2018-03", "2018-04..2018-06", "2018-07..2018-09"
BEFORE_ENDS, LATER_ENDS = date(2018, 3, 31), date(2018, 9, 30)
EARLIER = {"open_cases_there", "ended_cases_stay", "referral_in_period", "volume_usual"}


def said(known: KnownReturns, data: bytes) -> set[str]:
    return {p.rule for p in examine("return.xlsx", data, SETTINGS, known).problems} & EARLIER


def sent(cases: dict[str, Record], ends: date) -> dict[str, Record]:
    return {key: {**record, "period_end": ends} for key, record in cases.items()}


@pytest.mark.parametrize(
    ("cases", "rule"), [(LIVE_BEFORE, "open_cases_there"), (ENDED_BEFORE, "ended_cases_stay")]
)
def test_an_old_return_that_is_corrected_is_not_compared_with_later_ones(
    cases: dict[str, Record], rule: str
) -> None:
    assert said(knowing(BEFORE, OWN, LATER, cases=sent(cases, BEFORE_ENDS)), a_return()) == {rule}
    assert said(knowing(BEFORE, OWN, LATER, cases=sent(cases, LATER_ENDS)), a_return()) == set()


def test_a_case_of_a_month_that_was_sent_in_totals_is_not_called_late() -> None:
    late, known = a_return(case(2, "referral_date", date(2018, 3, 30))), knowing(BEFORE)
    assert said(known, late) == {"referral_in_period"}
    assert said(replace(known, in_totals=frozenset(known.periods)), late) == set()


def test_periods_in_totals_are_not_taken_for_periods_without_referrals() -> None:
    few = next(example for example in MORE_FAIL if example.rule == "volume_usual")
    counts = dict(zip(QUARTERS, (40, 41, 42, 40, 43, 41), strict=True))
    known = knowing(*QUARTERS, cases=referred(counts))
    assert said(known, few.data) == {"volume_usual"}
    assert said(replace(known, in_totals=frozenset(known.periods[-1:])), few.data) == set()
