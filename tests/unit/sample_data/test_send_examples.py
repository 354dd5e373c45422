"""The SEND examples: every published number of Norfolk, counted again in plain loops from the rows as sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.clocks import is_working_day, working_days_between
from domain.fields import Sheet
from domain.periods import financial_year_of, month_of
from domain.rounding import percent
from domain.settings import Settings
from sample_data.send.sending import sendings
from sample_data.send.settings import CONTRACTS, LAST_DAY, PROVIDER, QUESTIONS, SERVICE
from tests.unit.sample_data import sent as plain
from tests.unit.sample_data.sent import Row, quarter

SENT = sendings()
RETURNS = [s for s in SENT if s.provider == PROVIDER]
SUPPLEMENTS = [s for s in SENT if s.provider != PROVIDER]
ROWS = list(plain.latest(RETURNS).values())
COUNCIL = plain.latest(SUPPLEMENTS, Sheet.SUPPLEMENT)
ANSWERS = [row for sent in RETURNS for row in plain.rows(sent, Sheet.SATISFACTION)]
HELD = [row for row in ROWS if row["outcome"] in ("MED_HELD", "DR_HELD")]
POSITIVE = {"A5", "A4", "U5", "U4"}
ALL_IN_TIME = "2024-04..2024-06"


def of_year(year: int) -> list[Row]:
    return [row for row in ROWS if row["referral_date"].year == year]


def counted(rows: Iterable[Row], key: str) -> dict[Any, int]:
    return dict(Counter(row[key] for row in rows if key in row))


def test_referrals_by_financial_year_are_the_published_ones() -> None:
    found = Counter(financial_year_of(month_of(row["referral_date"])) for row in ROWS)
    assert found == {"2020-21": 195, "2021-22": 271, "2022-23": 429, "2023-24": 598, "2024-25": 636}


@pytest.mark.parametrize(
    ("year", "published"),
    [
        (2023, (31, 159, 7, 61, 34, 2, 255)),
        (2024, (23, 196, 9, 91, 36, 5, 270)),
    ],
)
def test_outcomes_of_a_calendar_year_are_the_published_ones(year: int, published: tuple[int, ...]) -> None:
    order = (
        "CHANGED_CERT", "CHANGED", "LA_DECLINED", "RESOLVED_PRE", "SUPPORT_ONLY", "DR_HELD", "MED_HELD",
    )  # fmt: skip
    assert counted(of_year(year), "outcome") == dict(zip(order, published, strict=True))


def test_the_reasons_of_2024_are_701_over_630_referrals() -> None:
    reasons = [row["reason"] for row in of_year(2024)]
    assert len(reasons) == 630
    assert all(codes and len(set(codes)) == len(codes) for codes in reasons)
    assert Counter(code for codes in reasons for code in codes) == {
        "RTA": 203, "RTI": 151, "OTH": 34, "CON": 224, "SECI": 89,
    }  # fmt: skip


def test_the_latest_713_referrals_and_no_others_say_who_they_are_about() -> None:
    known = [row for row in ROWS if "sen_need" in row]
    assert len(known) == 713
    earliest = min(row["referral_date"] for row in known)
    assert all("sen_need" in row for row in ROWS if row["referral_date"] > earliest)
    for key in ("sex", "ethnicity", "age_band"):
        assert {row["case_ref"] for row in ROWS if key in row} == {row["case_ref"] for row in known}


def test_main_need_is_the_published_table() -> None:
    found = counted(ROWS, "sen_need")
    assert found.pop("OTH") + found.pop("UNK") == 18
    assert found == {
        "ASD": 539, "MLD": 44, "SPLD": 23, "SLD": 9, "PMLD": 8, "SEMH": 20, "SLCN": 20, "PD": 22, "HI": 8, "MSI": 2,
    }  # fmt: skip


def test_sex_and_ethnic_group_round_to_the_published_shares() -> None:
    assert counted(ROWS, "sex") == {"M": 456, "F": 257}
    groups = counted(ROWS, "ethnicity")
    assert (groups["WH_BRI"], groups["REF"]) == (492, 178)
    assert max(n for code, n in groups.items() if code not in ("WH_BRI", "REF")) < 10
    assert [int(percent(n, 713)) for n in (456, 257, 492, 178)] == [64, 36, 69, 25]


def test_ten_questions_are_answered_by_92_people_in_2024_as_published() -> None:
    of_2024 = [row for row in ANSWERS if row["date_received"].year == 2024]
    assert len({row["response_ref"] for row in of_2024}) == 92
    assert counted(of_2024, "question_code") == {f"Q{n}": 92 for n in range(1, 11)}
    positive = Counter(row["question_code"] for row in of_2024 if row["answer_code"] in POSITIVE)
    assert [positive[f"Q{n}"] for n in range(1, 11)] == [92, 92, 92, 92, 85, 78, 88, 83, 90, 68]


def test_no_year_but_2023_has_invented_answers_and_each_question_keeps_its_scale() -> None:
    assert {row["date_received"].year for row in ANSWERS} == {2023, 2024}
    assert all((row["answer_code"][0] == "U") == (row["question_code"] == "Q10") for row in ANSWERS)
    survey = Settings(questions=QUESTIONS).survey(SERVICE, PROVIDER)
    assert [(q.code, q.scale) for q in survey] == [
        (f"Q{n}", "useful" if n == 10 else "agree") for n in range(1, 11)
    ]


def test_no_more_answer_than_were_asked() -> None:
    for sent in RETURNS:
        people = {row["response_ref"] for row in plain.rows(sent, Sheet.SATISFACTION)}
        assert len(people) <= sent.cover["surveys_sent"]


def test_an_answer_is_about_a_meeting_that_was_held_before_it_came() -> None:
    cases = {row["case_ref"]: row for row in ROWS}
    named = [row for row in ANSWERS if "case_ref" in row]
    assert 0.75 < len(named) / len(ANSWERS) < 0.95
    for row in named:
        assert cases[row["case_ref"]]["outcome"] == "MED_HELD"
        assert cases[row["case_ref"]]["outcome_date"] < row["date_received"]


def test_every_meeting_of_the_last_twelve_months_was_online_and_earlier_ones_were_not_all() -> None:
    late = [row for row in HELD if date(2024, 4, 1) <= row["outcome_date"] <= LAST_DAY]
    assert counted(late, "meeting_mode") == {"ONLINE": len(late)}
    assert len(counted(HELD, "meeting_mode")) == 4


def test_only_referrals_of_2025_are_still_open() -> None:
    still_open = [row for row in ROWS if row["outcome"] == "OPEN"]
    assert len(still_open) > 20
    assert {row["referral_date"].year for row in still_open} == {2025}
    assert all(("outcome_date" in row) == (row["outcome"] != "OPEN") for row in ROWS)


def test_dates_stand_in_the_order_that_the_checks_ask_for() -> None:
    for row in ROWS:
        row = {**row, **COUNCIL.get(row["case_ref"], {})}
        start = ("decision_notice_date", "adviser_contact_date", "family_request_date", "la_informed_date")
        assert plain.in_order(row, *start, "meeting_arranged_date", "meeting_date"), row
        assert plain.in_order(row, "referral_date", "entered_date"), row
        assert plain.in_order(row, "referral_date", "outcome_date"), row
        if row.get("certificate_type") == "MEDIATED":
            assert plain.in_order(row, "meeting_date", "mediation_end_date", "certificate_date"), row


def test_each_outcome_has_the_dates_that_go_with_it() -> None:
    for row in ROWS:
        kind = row.get("certificate_type")
        assert (kind is None) == ("certificate_date" not in row)
        match row["outcome"]:
            case "MED_HELD":
                assert {"meeting_date", "meeting_result", "family_request_date"} <= row.keys()
                assert kind in (None, "MEDIATED")
            case "DR_HELD":
                assert row["service_type"] == "DR"
                assert "meeting_date" in row
                assert kind is None
            case "CHANGED_CERT":
                assert "family_decision_date" in row
                assert kind in (None, "NOT_MEDIATED")
            case "LA_DECLINED":
                assert "la_cannot_arrange_date" in row
                assert kind in (None, "DEEMED")
            case "CHANGED":
                assert "meeting_date" not in row
                assert kind is None
            case _:
                assert kind is None
        assert row["reason"] != ("SECI",) or kind is None, "no certificate is needed for Section I alone"


def in_time_by_quarter() -> dict[str, list[int]]:
    """Met and base by the quarter of day 30; who took the request back before that day is left out."""
    found: dict[str, list[int]] = {}
    for row in ROWS:
        if "family_request_date" not in row:
            continue
        due = row["family_request_date"] + timedelta(30)
        ended_before = "outcome_date" in row and row["outcome_date"] < due
        if due <= LAST_DAY and not (row["outcome"] in ("CHANGED", "RESOLVED_PRE") and ended_before):
            count = found.setdefault(quarter(due), [0, 0])
            count[0] += row["outcome"] == "MED_HELD" and row["meeting_date"] <= due
            count[1] += 1
    return found


def test_meetings_are_mostly_in_time_and_in_one_quarter_all_of_them() -> None:
    found = in_time_by_quarter()
    assert len(found) == 20
    assert {key for key, (met, base) in found.items() if met == base} == {ALL_IN_TIME}
    assert all(met / base >= 0.55 for met, base in found.values()), found


def test_the_council_took_back_some_meetings_that_were_arranged_in_time() -> None:
    """So that the two targets, arranged and held within 30 days, differ."""
    declined = [row for row in ROWS if row["outcome"] == "LA_DECLINED"]
    taken_back = [row for row in declined if "meeting_arranged_date" in row]
    assert 3 <= len(taken_back) < len(declined)
    assert all(row["meeting_date"] <= row["family_request_date"] + timedelta(30) for row in taken_back)


@pytest.mark.parametrize("event", ["mediation_end_date", "family_decision_date", "la_cannot_arrange_date"])
def test_some_certificates_are_late_but_none_in_the_quarter_with_all_in_time(event: str) -> None:
    late = [
        row[event]
        for row in ROWS
        if event in row
        and "certificate_date" in row
        and working_days_between(row[event], row["certificate_date"]) > 3
    ]
    assert late
    assert ALL_IN_TIME not in {quarter(day + timedelta(7)) for day in late}
    base = sum(event in row and "certificate_date" in row for row in ROWS)
    assert len(late) / base < 0.4


def test_about_85_of_100_meetings_end_in_agreement() -> None:
    agreed = sum(row["meeting_result"] in ("FULL", "PART") for row in HELD)
    assert 0.83 <= agreed / len(HELD) <= 0.87


def test_there_is_a_return_for_every_quarter_and_a_supplement_for_the_last_four() -> None:
    expected = list(CONTRACTS[0].expected_periods(LAST_DAY))
    assert len(expected) == 20
    assert [s.period for s in RETURNS] == expected
    assert [s.period for s in SUPPLEMENTS] == expected[-4:]
    assert SUPPLEMENTS[0].file_name == "council_send_2024-04_to_2024-06.xlsx"


def test_a_return_holds_nothing_to_come_but_planned_meetings_and_due_dates() -> None:
    ahead = {key for sent in SENT for key, _ in plain.late_days(sent)}
    assert ahead == {"meeting_date", "agreement_due", "action_due"}
    for sent in RETURNS:
        planned = [row for key, row in plain.late_days(sent) if key == "meeting_date"]
        assert all(row["meeting_arranged_date"] <= sent.period.end for row in planned)
        assert all(row["meeting_date"] <= sent.period.end + timedelta(31) for row in planned)


def test_no_open_case_vanishes_and_no_case_comes_again_without_news() -> None:
    assert plain.vanished(RETURNS) == []
    assert plain.sent_without_reason(RETURNS) == []


def test_every_value_is_one_that_its_column_takes() -> None:
    assert [wrong for sent in SENT for wrong in plain.wrong_answers(sent)] == []


def test_what_hangs_on_a_case_is_not_sent_before_it() -> None:
    known: set[str] = set()
    for sent in SENT:
        known |= {row["case_ref"] for row in plain.rows(sent)} if sent.provider == PROVIDER else set()
        for sheet in sent.sheets:
            assert {row["case_ref"] for row in plain.rows(sent, sheet) if "case_ref" in row} <= known, sheet


def test_the_council_says_why_meetings_were_late_and_who_was_there() -> None:
    cases = {row["case_ref"]: row for row in ROWS}
    reasons = counted(COUNCIL.values(), "delay_exception")
    assert {"SCHOOL_HOL", "LA_UNAVAIL"} <= reasons.keys()
    for ref, row in COUNCIL.items():
        case = cases[ref]
        if "delay_exception" in row:
            assert case["meeting_date"] > case["family_request_date"] + timedelta(30)
        if "la_decision_maker" in row:
            assert case["outcome"] in ("MED_HELD", "DR_HELD")
    held = [c for c in HELD if c["outcome"] == "MED_HELD" and c["outcome_date"] >= date(2024, 4, 1)]
    assert all("la_decision_maker" in COUNCIL[c["case_ref"]] for c in held)


def test_the_council_says_of_every_certificate_whether_an_appeal_followed_once_it_can_know() -> None:
    long_ago = [
        row["case_ref"]
        for row in ROWS
        if date(2024, 4, 1) <= row.get("certificate_date", date.min) <= LAST_DAY - timedelta(62)
    ]
    assert len(long_ago) > 200
    assert {COUNCIL[ref]["appeal_registered"] for ref in long_ago} == {"Y", "N"}


def test_a_supplement_says_nothing_twice_without_news() -> None:
    for before, after in pairwise(SUPPLEMENTS):
        said = {row["case_ref"]: row for row in plain.rows(before, Sheet.SUPPLEMENT)}
        assert not [row for row in plain.rows(after, Sheet.SUPPLEMENT) if said.get(row["case_ref"]) == row]


def test_meetings_are_held_on_working_days() -> None:
    assert all(is_working_day(row["meeting_date"]) for row in HELD)
