"""How long it took, and what is still to be done: as the database gives it and as plain loops over the same records, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from data_access.deadlines import OpenDeadlines, read_open_cases, read_open_deadlines
from data_access.stores import Store
from data_access.timeliness import read_lengths
from domain.access import COMMISSIONER
from domain.deadlines import When
from domain.selection import Selection
from domain.timeliness import TIMED, Lengths, State, timed_kpis
from tests.builders import HILL, NORTH, SOUTH
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import some_returns
from tests.oracles.plain_answers import IN, OUTSIDE, ended, not_dr
from tests.oracles.plain_catalogue import REPORT_DAYS
from tests.oracles.plain_formulas import SHARES, TABLES
from tests.oracles.plain_rows import HOLIDAYS, Row, case_rows, chosen, rows_of

TODAY = date(2018, 10, 20)
NUMBERS = (3, 4)
STILL_OPEN = (6, 8, 11)
"""Returns in which something is still to be done by everybody, near and far."""
CHOSEN = {
    "send": (
        Selection("send"),
        Selection("send", providers=(SOUTH,)),
        Selection("send", first=201807, last=201809),
    ),
    "housing": (
        Selection("housing"),
        Selection("housing", areas=(HILL,)),
        Selection("housing", first=201806),
    ),
}
DONE = {
    "HM1": "first_contact_date", "HM2": "initial_visit_date", "HM6": "case_report_date", "SM2": "certificate_date",
    "SM3": "certificate_date", "SM4": "certificate_date", "SM7": "action_done",
}  # fmt: skip
FROM = {
    "HM1": "referral_date", "HM2": "referral_date", "HM6": "outcome_date", "SM2": "mediation_end_date",
    "SM3": "family_decision_date", "SM4": "la_cannot_arrange_date", "SM7": "due_action",
}  # fmt: skip
IN_WORKING_DAYS = ("SM2", "SM3", "SM4")


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("lengths")) as opened:
        yield opened


def done_on(kpi: str, row: Row) -> date | None:
    if kpi == "SM1a":
        return row.get("meeting_date") if row.get("meeting_arranged_date") else None
    if kpi == "SM1b":
        held = row.get("meeting_date") if row.get("outcome") == "MED_HELD" else None
        return min((day for day in (held, row.get("mediation_started_date")) if day), default=None)
    return row.get(DONE[kpi])


def length(kpi: str, row: Row, done: date) -> int | None:
    start = row["due_mediation"] - timedelta(days=30) if kpi.startswith("SM1") else row.get(FROM[kpi])
    if start is None:
        return None
    if kpi not in IN_WORKING_DAYS:
        return int((done - start).days)
    day, taken = start, 0
    while day < done:
        day += timedelta(days=1)
        taken += day.weekday() < 5 and day not in HOLIDAYS
    # What is done on a day off, after the start, counts as done on the next working day.
    off = day > start and (day.weekday() >= 5 or day in HOLIDAYS)
    return taken + off


def plainly(
    sent: Any, kpi: str, key: str, selection: Selection
) -> tuple[Counter[tuple[int | None, State]], int]:
    """The lengths of a KPI, and how many have no start."""
    when, state = SHARES[key][selection.service]
    found: Counter[tuple[int | None, State]] = Counter()
    without = 0
    for row in rows_of(TABLES.get(key, "cases"), sent, selection.service):
        if not chosen(row, selection, when):
            continue
        without += not row.get(when) and not row["vanished"] and (selection.service != "send" or not_dr(row))
        if (held := state(row)) == OUTSIDE or (not row.get(when) and when.startswith("due_")):
            continue
        done = done_on(kpi, row)
        due = row.get(when) if when.startswith("due_") else None
        if held == IN:
            found[length(kpi, row, done) if done else None, State.ON_TIME] += 1
        elif done and (due is None or done > due):
            found[length(kpi, row, done), State.LATE] += 1
        else:
            found[None, State.NOT_DONE] += 1
    return found, without


def same(found: Lengths, wanted: Counter[tuple[int | None, State]]) -> bool:
    return {key: n for key, n in found.taken.items() if n} == dict(wanted)


def test_lengths_of_every_kpi_with_a_time_limit(stores: dict[str, Store]) -> None:
    seen: Counter[tuple[str, State]] = Counter()
    for service, selections in CHOSEN.items():
        for number in NUMBERS:
            sent = some_returns(service, number)
            for store in stores.values():
                fill(store, sent)
            for kpi in timed_kpis(service):
                for selection in selections:
                    wanted, without = plainly(sent, kpi.id, kpi.measure, selection)
                    for name, store in stores.items():
                        found = read_lengths(store, COMMISSIONER, kpi, selection)
                        assert same(found, wanted), f"{kpi.id} {selection} on {name}, returns {number}"
                        if TIMED[kpi.id].begins:
                            assert found.without_start == without, f"{kpi.id} {selection} on {name}"
                        assert sum(found.banded(State.LATE)) == found.count(State.LATE)
                    seen.update({(kpi.id, state): n for (_, state), n in wanted.items()})
    assert {kpi for kpi, _ in seen} == set(TIMED)
    assert {state for _, state in seen} == set(State)


def still_to_do(row: Row) -> Iterator[tuple[str, date]]:
    """What of a case of SEND mediation has not been done, and when it is due, agreed actions apart."""
    live = not ended(row)
    waits = not row.get("meeting_date") and not row.get("mediation_started_date")
    needs = not row.get("certificate_date")
    clocks = {
        "mediation": live and waits,
        "certificate_after_mediation": needs,
        "certificate_without_mediation": needs and row.get("reason") != ("SECI",),
        "certificate_not_arranged": needs,
    }
    for clock, wanted in clocks.items():
        if wanted and not_dr(row) and row[f"due_{clock}"]:
            yield clock, row[f"due_{clock}"]


def when(due: date, reported: date) -> When:
    if due <= reported:
        return When.PAST
    left = (due - TODAY).days
    if left < 0:
        return When.SINCE
    return When.SOON if left <= 14 else When.MONTH if left <= 30 else When.LATER


def opened(store: Store, selection: Selection) -> tuple[OpenDeadlines, set[tuple[str, str, date]]]:
    found = read_open_deadlines(store, COMMISSIONER, selection, TODAY)
    return found, {(one.provider, one.ref, one.on) for one in read_open_cases(store, COMMISSIONER, selection)}


def test_what_is_still_to_be_done_in_send_mediation(stores: dict[str, Store]) -> None:
    seen: Counter[tuple[str, When]] = Counter()
    for number in STILL_OPEN:
        sent = some_returns("send", number)
        for store in stores.values():
            fill(store, sent)
        for selection in (Selection("send"), Selection("send", providers=(NORTH,), first=201808)):
            due: Counter[tuple[str, When]] = Counter()
            listed = set()
            rows = [
                row
                for row in case_rows(sent, "send")
                if row["provider"] in (selection.providers or (NORTH, SOUTH))
            ]
            for row in rows:
                for _, day in still_to_do(row):
                    due[row["provider"], when(day, row["as_at"])] += 1
                    listed.add((row["provider"], row["case_ref"], day))
            cases = {(row["provider"], row["case_ref"]) for row in rows}
            for row in rows_of("agreements", sent, "send"):
                if (
                    (row["provider"], row["case_ref"]) in cases
                    and row["due_action"]
                    and not row.get("action_done")
                ):
                    due["", when(row["due_action"], row["as_at"])] += 1
                    listed.add((row["provider"], row["case_ref"], row["due_action"]))
            live = [row for row in rows if not ended(row) and not row["vanished"]]
            seen.update(due)
            for name, store in stores.items():
                found, cases_found = opened(store, selection)
                counted: Counter[tuple[str, When]] = Counter()
                for (who, _, far), n in found.due.items():
                    counted[who, far] += n
                assert counted == due, f"{selection} on {name}, returns {number}"
                assert cases_found == listed, f"{selection} on {name}, returns {number}"
                assert sum(found.ages.values()) == sum(bool(row.get("referral_date")) for row in live)
                assert found.undated == sum(not row.get("referral_date") for row in live)
    assert {who for who, _ in seen} == {NORTH, SOUTH, ""}
    assert {far for _, far in seen} == set(When)


def test_a_case_report_is_due_as_many_days_after_closing_as_the_contract_says(
    stores: dict[str, Store],
) -> None:
    sent = some_returns("housing", 5)
    wanted = {
        (row["provider"], row["case_ref"], row["outcome_date"] + timedelta(days=REPORT_DAYS[row["provider"]]))
        for row in case_rows(sent, "housing")
        if ended(row)
        and row.get("outcome_date")
        and not row.get("case_report_date")
        and row["provider"] in REPORT_DAYS
    }
    assert wanted
    for name, store in stores.items():
        fill(store, sent)
        reports = {
            (one.provider, one.ref, one.on)
            for one in read_open_cases(store, COMMISSIONER, Selection("housing"))
            if one.key.endswith(":case_report")
        }
        assert reports == wanted, name
