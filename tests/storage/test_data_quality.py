"""What is counted of blanks, references without a case, odd dates and cases that moved, and whose rows are told to whom."""

from __future__ import annotations

import pytest

from data_access.data_quality import read_accepted_counts, read_entered, read_parts
from data_access.data_quality_faults import (
    count_date_faults,
    count_moved,
    count_unmatched,
    list_date_faults,
    list_moved,
    list_unmatched,
)
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, OutOfReach, Reach, Role, Viewer
from domain.data_quality import Said, grouped, together
from domain.data_quality_entry import by_month
from domain.data_quality_faults import AFTER, AHEAD, MOVED, OUTSIDE, SAME_DAY, DateFault, Problem
from domain.fields import Sheet
from domain.selection import Selection
from tests.builders import HILL, NORTH, SOUTH, VALE, of_area, of_provider
from tests.faulty_returns import save_faulty

ALL = Selection("mentoring")
VIEWER = Viewer("vic", (Grant(Role.VIEWER),))
THE_PROVIDER = of_provider("nora", NORTH)
TURNED_ROUND = DateFault("Date entered on system before referral date", True)
COUNTING = (read_parts, read_entered, count_unmatched, count_date_faults, count_moved, read_accepted_counts)


@pytest.fixture
def faulty(store: Store) -> Store:
    save_faulty(store)
    return store


def test_blank_do_not_know_declined_and_none_are_told_apart(faulty: Store) -> None:
    parts = read_parts(faulty, COMMISSIONER, ALL)
    cells = together(parts)

    def said(field: str) -> dict[Said, int]:
        return {what: number for what, number in cells[field].counts.items() if number}

    assert said("sex") == {Said.ANSWER: 7, Said.DONT_KNOW: 1, Said.BLANK: 1}
    assert said("age_band") == {Said.ANSWER: 8, Said.BLANK: 1}
    assert said("ethnicity") == {Said.ANSWER: 8, Said.DECLINED: 1}
    assert said("vulnerabilities") == {Said.ANSWER: 8, Said.NONE: 1}
    assert said("risk_at_assessment") == {Said.ANSWER: 8, Said.DONT_KNOW: 1}
    assert said("area") == {Said.ANSWER: 8, Said.DONT_KNOW: 1}
    assert said("referral_date") == {Said.ANSWER: 8, Said.BLANK: 1}
    assert said("assessment_date") == {Said.ANSWER: 4, Said.BLANK: 1}, "wanted of the 5 that have ended"
    by_provider = grouped(parts, lambda part: (part.field, part.provider))
    assert (by_provider["sex", NORTH].wanted, by_provider["sex", NORTH].blank) == (7, 1)
    assert (by_provider["sex", SOUTH].wanted, by_provider["sex", SOUTH].blank) == (2, 0)
    by_quarter = grouped(parts, lambda part: (part.field, part.month))
    assert by_quarter["sex", 201804].wanted == 8
    assert by_quarter["sex", None].wanted == 1, "without a date of referral"


def test_entry_is_counted_by_the_month_of_entry(faulty: Store) -> None:
    found = by_month(read_entered(faulty, COMMISSIONER, ALL))
    assert {month: (one.cases, one.late, one.median) for month, one in found.items()} == {
        201804: (7, 0, 0.0),
        201805: (1, 1, 35.0),
    }
    may = read_entered(faulty, COMMISSIONER, Selection("mentoring", first=201805))
    assert [(one.month, one.days, one.cases) for one in may] == [(201805, 35, 1)]


def test_a_reference_without_its_case_is_counted_by_sheet_and_one_that_names_none_apart(
    faulty: Store,
) -> None:
    found = count_unmatched(faulty, COMMISSIONER, ALL)
    assert [(one.sheet, one.provider, one.rows, one.unnamed, one.unmatched) for one in found] == [
        (Sheet.ACTIVITIES, NORTH, 3, 0, 1),
        (Sheet.SATISFACTION, NORTH, 2, 1, 0),
        (Sheet.COMPLAINTS, NORTH, 2, 1, 1),
    ]
    listed = list_unmatched(faulty, COMMISSIONER, ALL)
    assert [(one.sheet, one.case_ref, one.ref) for one in listed] == [
        (Sheet.ACTIVITIES, "GHOST", "LOST"),
        (Sheet.COMPLAINTS, "GONE", "K-GONE"),
    ]
    before = Selection("mentoring", last=201805)
    assert [one.sheet for one in list_unmatched(faulty, COMMISSIONER, before)] == [Sheet.ACTIVITIES]


def test_dates_that_cannot_be_are_told_by_the_rules_of_an_upload(faulty: Store) -> None:
    assert count_date_faults(faulty, COMMISSIONER, ALL) == {
        (TURNED_ROUND, NORTH): 1,
        (AHEAD, NORTH): 1,
        (SAME_DAY, NORTH): 1,
        (OUTSIDE, NORTH): 1,
    }
    listed = list_date_faults(faulty, COMMISSIONER, ALL)
    assert [(one.case_ref, one.ref, one.what) for one in listed] == [
        ("CHANGED", "EARLY", OUTSIDE.label),
        ("AHEAD", "", AHEAD.label),
        ("SHORT", "", SAME_DAY.label),
        ("TURNED", "", TURNED_ROUND.label),
    ]
    in_vale = Selection("mentoring", areas=(VALE,))
    assert count_date_faults(faulty, COMMISSIONER, in_vale) == {}, "nor the activity of a case elsewhere"
    assert AFTER not in {fault for fault, _ in count_date_faults(faulty, COMMISSIONER, ALL)}


def test_cases_that_vanished_opened_again_or_changed_are_counted_without_what_was_withdrawn(
    faulty: Store,
) -> None:
    found = {one.provider: one for one in count_moved(faulty, COMMISSIONER, ALL)}
    assert (found[NORTH].cases, dict(found[NORTH].counts)) == (7, dict.fromkeys(MOVED, 1))
    assert (found[SOUTH].cases, dict(found[SOUTH].counts)) == (2, dict.fromkeys(MOVED, 0))
    listed = list_moved(faulty, COMMISSIONER, ALL)
    assert {problem: [(one.case_ref, one.detail) for one in rows] for problem, rows in listed.items()} == {
        Problem.VANISHED: [("VANISHES", "No longer reported from 30 September 2018")],
        Problem.REOPENED: [("REOPENED", "Was 'Unsuccessful', is 'Live'")],
        Problem.CHANGED: [("CHANGED", "Was 'Prevented', is 'Withdrawn'")],
    }


def test_a_provider_is_told_of_its_own_rows_and_a_viewer_of_no_single_row(faulty: Store) -> None:
    assert {part.provider for part in read_parts(faulty, THE_PROVIDER, ALL)} == {NORTH}
    assert {one.provider for one in count_moved(faulty, of_provider("sue", SOUTH), ALL)} == {SOUTH}
    assert count_date_faults(faulty, of_provider("sue", SOUTH), ALL) == {}
    assert len(list_date_faults(faulty, THE_PROVIDER, ALL)) == 4
    for viewer in (VIEWER, of_area("ann", HILL), of_provider("sue", SOUTH)):
        assert list_unmatched(faulty, viewer, ALL) == ()
        assert list_date_faults(faulty, viewer, ALL) == ()
        assert not any(list_moved(faulty, viewer, ALL).values())
    assert sum(one.unmatched for one in count_unmatched(faulty, VIEWER, ALL)) == 2
    assert sum(one.unmatched for one in count_unmatched(faulty, of_area("ann", HILL), ALL)) == 0


def test_nobody_asks_about_a_provider_beyond_their_reach(faulty: Store) -> None:
    for asked in COUNTING:
        with pytest.raises(OutOfReach):
            asked(faulty, THE_PROVIDER, Selection("mentoring", providers=(SOUTH,)))
        with pytest.raises(OutOfReach):
            asked(faulty, Viewer("x", (Grant(Role.VIEWER, Reach("send")),)), ALL)


def test_nothing_is_counted_where_nothing_was_sent(store: Store) -> None:
    for asked in COUNTING:
        assert not asked(store, COMMISSIONER, ALL)
    for service in ("send", "housing", "homelessness"):
        for asked in COUNTING:
            assert not asked(store, COMMISSIONER, Selection(service))
