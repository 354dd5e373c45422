"""What is open: counted from its last day on, and before that in no figure. Held on the day before, on the day and on the day after.

Nothing has been done in any of the cases. The return reaches to Thursday 31 May 2018: one case was due on the 30th and one on the 31st,
and both count; one is due on 1 June and does not. What is asked of a case when it is old enough counts from the same day. Three
months lead to no 30 or 31 May from February, so that return reaches to the end of June.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.oracles.plain_rows import days_later, months_later, working_days_later
from tests.spec.conftest import SpecTest

AS_AT = date(2018, 5, 31)
MAY = "2018-04..2018-05"
JUNE_ENDS = date(2018, 6, 30)
JUNE = "2018-04..2018-06"
Later = Callable[[date, int], date]
OPEN = [
    ("HM1", "housing", "initial_contact_in_time", "referral_date", days_later, 14, {}),
    ("HM2", "housing", "initial_visit_in_time", "referral_date", days_later, 14, {}),
    ("SM1a", "send", "mediation_arranged_in_time", "family_request_date", days_later, 30, {}),
    ("SM1b", "send", "mediation_held_in_time", "family_request_date", days_later, 30, {}),
    ("SM2", "send", "certificate_after_mediation", "mediation_end_date", working_days_later, 3, {}),
    ("SM3", "send", "certificate_without_mediation", "family_decision_date", working_days_later, 3, {}),
    ("SM4", "send", "certificate_not_arranged", "la_cannot_arrange_date", working_days_later, 3, {}),
    ("HM4", "housing", "multi_agency", "case_opened_date", months_later, 3, {"multi_agency_3m": "N"}),
    ("HM5", "housing", "reopened", "outcome_date", months_later, 12, {"outcome": "GNA"}),
]
"""The KPI, its measure, the day it counts from and how long, and what a case needs to be asked at all."""


def starts(later: Later, amount: int, due: date) -> date:
    """The latest day from which something is due on a day."""
    day = due
    while later(day, amount) > due:
        day -= timedelta(days=1)
    assert later(day, amount) == due
    return day


@pytest.mark.parametrize(
    ("service", "measure", "start", "later", "amount", "also"),
    [pytest.param(*one, id=kpi) for kpi, *one in OPEN],
)
def test_what_is_still_open_counts_from_its_last_day_on(
    spec_test: SpecTest,
    service: str,
    measure: str,
    start: str,
    later: Later,
    amount: int,
    also: dict[str, str],
) -> None:
    as_at, period = (JUNE_ENDS, JUNE) if measure == "multi_agency" else (AS_AT, MAY)
    for days, base in ((-1, 1), (0, 1), (1, 0)):
        begun = starts(later, amount, as_at + timedelta(days=days))
        columns = {"case_ref": "ONE", "period": period, start: begun.isoformat()} | also
        cases = f"{' | '.join(columns)}\n{' | '.join(columns.values())}"
        spec_test(cases, measure, f"met | base | missing\n0 | {base} | 0", service=service)


@pytest.mark.parametrize(("days", "base"), [(-1, 1), (0, 1), (1, 0)])
def test_an_agreed_action_that_is_open_counts_from_its_last_day_on(
    spec_test: SpecTest, days: int, base: int
) -> None:
    agreed = AS_AT + timedelta(days=days) - timedelta(weeks=5)
    action = f"case_ref | period | action_type | agreement_date\nONE | {MAY} | DRAFT_PLAN | {agreed}"
    cases = f"case_ref | period\nONE | {MAY}"
    spec_test(cases, "agreement_kept", f"met | base\n0 | {base}", agreements=action, service="send")


@pytest.mark.parametrize(("days", "base"), [(-1, 1), (0, 1), (1, 0)])
def test_a_case_report_that_has_not_come_counts_when_the_days_of_the_contract_have_run_out(
    spec_test: SpecTest, days: int, base: int
) -> None:
    closed = AS_AT + timedelta(days=days) - timedelta(days=10)
    case = f"provider | case_ref | period | outcome | outcome_date\nsouth | ONE | {MAY} | GNA | {closed}"
    spec_test(case, "case_report_sent", f"met | base\n0 | {base}", service="housing")


@pytest.mark.parametrize(("days", "base"), [(-1, 1), (0, 1), (1, 0)])
def test_an_appeal_is_asked_about_from_two_months_after_the_mediation(
    spec_test: SpecTest, days: int, base: int
) -> None:
    met = starts(months_later, 2, AS_AT + timedelta(days=days))
    case = (
        f"case_ref | period | outcome | outcome_date | meeting_date\nONE | {MAY} | MED_HELD | {met} | {met}"
    )
    said = "case_ref | appeal_registered\nONE | N"
    spec_test(case, "appeal_after_mediation", f"met | base\n0 | {base}", supplement=said, service="send")
