"""What a return to be filled in starts from: which cases go on, which are only to be looked up, and who may see them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from data_access.prefilled import Prefilled, write_prefilled
from data_access.returns import save_return
from data_access.spreadsheets.filled import CLOSED_SHEET, DUE_SHEET
from data_access.stores import Store
from domain.access import COMMISSIONER, OutOfReach, Viewer
from domain.periods import Period
from domain.returns import COUNCIL, Record
from tests.builders import (
    HILL,
    NORTH,
    Q1,
    Q2,
    Q3,
    SHORE,
    SOUTH,
    VALE,
    a_case,
    a_complaint,
    a_housing_case,
    a_post,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    an_activity,
    an_agreement,
    of_area,
    of_provider,
)


def filled(
    store: Store, service: str, period: str, provider: str = NORTH, viewer: Viewer = COMMISSIONER
) -> tuple[Workbook, Prefilled]:
    out = io.BytesIO()
    made = write_prefilled(store, service, provider, Period.parse(period), out, viewer)
    return load_workbook(io.BytesIO(out.getvalue())), made


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The filled rows of a sheet, by header."""
    headers, *lines = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [
        {header: value for header, value in zip(headers, line, strict=True) if value is not None}
        for line in lines
        if any(value is not None for value in line)
    ]


def references(book: Workbook, sheet: str = "Cases") -> list[str]:
    return [row["Case reference"] for row in rows(book, sheet)]


def send(store: Store, period: str, *cases: Record, service: str = "mentoring", **more: Any) -> None:
    save_return(
        store,
        a_return(more.pop("provider", NORTH), period, cases, service=service, **more),
        by=COMMISSIONER.signing("ann"),
    )


def test_open_cases_of_the_latest_return_go_on_and_those_it_left_out_do_not(all_services: Store) -> None:
    send(all_services, Q1, a_case("gone", "LIVE"), a_case("stays", "LIVE"), a_case("ends", "LIVE"))
    send(
        all_services,
        Q2,
        a_case("stays", "LIVE", adults_n=2),
        a_case("ends", "WITHDRAWN"),
        a_case("new", None),
    )
    book, made = filled(all_services, "mentoring", Q3)
    assert references(book) == ["stays", "new"]
    assert rows(book, "Cases")[0]["Number of adults"] == 2
    assert (made.cases, made.open, made.since) == (2, 2, Period.parse(Q2))


def test_what_comes_after_the_period_is_not_filled_in(all_services: Store) -> None:
    send(all_services, Q1, a_case("early", "LIVE", adults_n=1))
    send(all_services, Q3, a_case("early", "LIVE", adults_n=3), a_case("late", "LIVE"))
    book, _ = filled(all_services, "mentoring", Q2)
    assert [(r["Case reference"], r["Number of adults"]) for r in rows(book, "Cases")] == [("early", 1)]


def test_a_closed_case_goes_on_only_while_something_is_waited_for(all_services: Store) -> None:
    end = {"mediation_end_date": date(2018, 6, 28), "certificate_date": None, "certificate_type": None}
    due = a_send_case("certificate", **end)
    send(
        all_services,
        Q1,
        due,
        a_send_case("done"),
        a_send_case("agreed", agreement_due=date(2018, 7, 9), meeting_result="FULL"),
        service="send",
        agreements=[
            an_agreement(
                {"case_ref": "agreed"}, action_due=date(2018, 7, 9), action_done=None, agreement_ref="G"
            ),
            an_agreement(due, agreement_ref="kept"),
        ],
    )
    book, made = filled(all_services, "send", Q2)
    assert references(book) == ["certificate", "agreed"]
    assert [row["Agreement reference"] for row in rows(book, "Agreements")] == ["G"]
    assert (made.due, made.open) == (2, 0)
    assert references(filled(all_services, "send", "2019-10..2019-12")[0]) == []


def test_what_falls_due_is_marked_at_its_cell_and_listed_with_a_link(all_services: Store) -> None:
    waits = a_housing_case("waits", "OPEN", referred=date(2018, 6, 25), initial_visit_date=None)
    send(all_services, Q1, waits, service="housing")
    book, made = filled(all_services, "housing", Q2)
    page = book["Cases"]
    header = [cell.value for cell in page[1]].index("Initial visit date") + 1
    cell = page.cell(2, header)
    assert cell.comment.text == "Due by 9 July 2018: Initial visit within 2 weeks"
    assert (page["A2"].font.b, cell.fill.fill_type) == (True, "solid")
    listed = [[c.value for c in row] for row in book[DUE_SHEET].iter_rows()]
    line = next(row for row in listed if row[1] == "Initial visit within 2 weeks")
    assert (line[0], line[3], line[4].date()) == ("waits", "Initial visit date", date(2018, 7, 9))
    links = {c.hyperlink.location for row in book[DUE_SHEET].iter_rows() for c in row if c.hyperlink}
    assert f"'Cases'!{cell.coordinate}" in links
    assert made.due == 2  # the visit, and whether other agencies are still needed after three months


def test_closed_cases_that_may_reopen_are_listed_by_reference_and_day_alone(all_services: Store) -> None:
    report = {"case_report_date": date(2018, 6, 1), "multi_agency_3m": "N"}
    send(
        all_services,
        Q1,
        a_housing_case("may", area=VALE, **report),
        a_housing_case("was", reopened_date=date(2018, 6, 9), **report),
        service="housing",
    )
    book, made = filled(all_services, "housing", Q2)
    assert references(book) == []
    listed = [tuple(c.value for c in row if c.value) for row in book[CLOSED_SHEET].iter_rows(min_row=4)]
    assert [(reference, day.date()) for reference, day in listed] == [("may", date(2018, 5, 20))]
    assert made.may_reopen == 1
    assert CLOSED_SHEET not in filled(all_services, "housing", "2019-07..2019-09")[0].sheetnames


def test_a_correction_starts_from_all_that_it_would_replace_and_nothing_else(all_services: Store) -> None:
    send(all_services, Q1, a_case("before", "LIVE"), a_case("old", "LIVE"))
    ended, live = a_case("old"), a_case("live", "LIVE")
    sheets = {
        "activities": [an_activity(ended, activity_ref="A1")],
        "complaints": [a_complaint(ended, complaint_ref="K1", closed_date=date(2018, 8, 1))],
        "surveys_sent": 7,
    }
    send(all_services, Q2, ended, live, **sheets)
    book, _ = filled(all_services, "mentoring", Q2)
    assert references(book) == ["old", "live"]
    assert [row["Activity reference"] for row in rows(book, "Activities")] == ["A1"]
    assert [row["Complaint reference"] for row in rows(book, "Complaints")] == ["K1"]
    assert {row[0].value: row[1].value for row in book["Cover"].iter_rows()}["Surveys sent"] == 7


def test_a_quarter_starts_from_all_of_its_months(all_services: Store) -> None:
    send(all_services, "2018-07", a_case("ended", days=5), a_case("live", "LIVE"))
    send(all_services, "2018-08", a_case("live", "LIVE", adults_n=4))
    book, _ = filled(all_services, "mentoring", Q2)
    assert [(r["Case reference"], r.get("Number of adults")) for r in rows(book, "Cases")] == [
        ("ended", None),
        ("live", 4),
    ]


def test_open_complaints_and_posts_go_on_and_activities_do_not(all_services: Store) -> None:
    case = a_case("c", "LIVE")
    send(
        all_services,
        Q1,
        case,
        activities=[an_activity(case)],
        complaints=[
            a_complaint(case, complaint_ref="open"),
            a_complaint(case, complaint_ref="over", closed_date=date(2018, 6, 30)),
        ],
        staff=[a_post("here"), a_post("left", in_post_to=date(2018, 5, 1))],
    )
    book, _ = filled(all_services, "mentoring", Q2)
    assert rows(book, "Activities") == []
    assert [row["Complaint reference"] for row in rows(book, "Complaints")] == ["open"]
    assert [row["Post reference"] for row in rows(book, "Staff")] == ["here"]


def test_the_supplement_starts_from_cases_of_which_the_council_has_something_to_say(
    all_services: Store,
) -> None:
    said = {"la_decision_maker": "Y", "appeal_registered": "N", "decision_notice_date": date(2018, 4, 1)}
    for provider in (NORTH, SOUTH):
        cases = [
            a_send_case(f"{provider}-asked"),
            a_send_case(f"{provider}-said"),
            a_send_case(f"{provider}-x", "OPEN"),
        ]
        send(all_services, Q1, *cases, service="send", provider=provider)
    rows_said = [
        a_supplement_row(f"{NORTH}-said", **said),
        a_supplement_row(f"{NORTH}-x", la_decision_maker=None),
    ]
    save_return(all_services, a_supplement(Q1, rows_said), by=COMMISSIONER.signing("ann"))
    book, made = filled(all_services, "send", Q2, COUNCIL)
    found = {(r["Provider"], r["Case reference"]) for r in rows(book, "Supplement")}
    assert ("North Mentors", f"{NORTH}-said") not in found
    assert {reference for _, reference in found} == {
        f"{NORTH}-asked", f"{NORTH}-x", f"{SOUTH}-asked", f"{SOUTH}-said", f"{SOUTH}-x",
    }  # fmt: skip
    assert made.cases == 5
    corrected = {
        r["Case reference"] for r in rows(filled(all_services, "send", Q1, COUNCIL)[0], "Supplement")
    }
    assert f"{NORTH}-said" in corrected


def test_no_case_is_written_for_who_may_not_see_it(all_services: Store) -> None:
    for provider in (NORTH, SOUTH):
        cases = [a_send_case(f"{provider}-{area}", "OPEN", area=area) for area in (HILL, SHORE)]
        send(all_services, Q1, *cases, service="send", provider=provider)
    theirs = of_provider("sam", SOUTH)
    assert references(filled(all_services, "send", Q2, SOUTH, theirs)[0]) == [
        f"{SOUTH}-{HILL}",
        f"{SOUTH}-{SHORE}",
    ]
    # The supplement is the council's own return, of the cases of every provider; a role for one area opens no return at all.
    here = of_area("sam", HILL)
    for provider, viewer in (
        (NORTH, theirs),
        (COUNCIL, theirs),
        (NORTH, here),
        (SOUTH, here),
        (COUNCIL, here),
    ):
        with pytest.raises(OutOfReach) as refused:
            filled(all_services, "send", Q2, provider, viewer)
        assert refused.value.provider == provider
    book, _ = filled(all_services, "send", Q2, COUNCIL, COMMISSIONER)
    assert len(set(references(book, "Supplement"))) == 4


def test_without_an_earlier_return_it_says_that_nothing_is_filled_in(all_services: Store) -> None:
    book, made = filled(all_services, "housing", Q1)
    assert (made, references(book)) == (Prefilled(0, 0, 0, 0, 0, None), [])
    assert "nothing to go on with" in book[DUE_SHEET]["A1"].value
