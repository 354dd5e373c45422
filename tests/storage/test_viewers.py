"""Nobody reads without saying who reads, and a person limited to some rows is told of no other."""

import inspect
from collections.abc import Callable

import pytest

from data_access.coverage import read_coverage
from data_access.effects import read_effect
from data_access.kpis import read_kpis
from data_access.previews import preview_return
from data_access.receipts import already_saved, read_original, read_receipt
from data_access.returns import list_returns, save_return
from data_access.stores import Store
from data_access.tallies import Question, read_tallies, read_tally
from data_access.versions_between import read_difference
from domain.access import COMMISSIONER, Audience, Viewer
from domain.measures import measures_of
from domain.periods import Period
from domain.selection import Selection
from tests.builders import (
    HILL,
    NORTH,
    Q1,
    Q2,
    SOUTH,
    VALE,
    a_case,
    a_return,
    an_activity,
    of_area,
    of_provider,
)

SINCE = (read_receipt, read_original, already_saved, read_difference)
READING = (
    read_tally,
    read_tallies,
    read_kpis,
    read_coverage,
    list_returns,
    preview_return,
    read_effect,
    *SINCE,
)
OF_NORTH = of_provider("nora", NORTH)
OF_VALE = of_area("val", VALE)
OF_NOTHING = Viewer("nobody")
QUARTER = Period.parse(Q1)


@pytest.fixture
def loaded(store: Store) -> Store:
    """North: two cases in Hill and one in Vale, then a second quarter. South: three in Vale."""
    for provider, areas in ((NORTH, (HILL, HILL, VALE)), (SOUTH, (VALE, VALE, VALE))):
        cases = [a_case(area=area) for area in areas]
        save_return(
            store,
            a_return(provider, Q1, cases, [an_activity(case) for case in cases]),
            by=COMMISSIONER.signing("ann"),
        )
    save_return(store, a_return(SOUTH, Q2, [a_case(area=HILL)]), by=COMMISSIONER.signing("ann"))
    return store


@pytest.mark.parametrize("function", READING, ids=lambda function: function.__name__)
def test_every_reading_function_wants_a_viewer(function: Callable[..., object]) -> None:
    viewer = inspect.signature(function).parameters["viewer"]
    assert viewer.default is inspect.Parameter.empty
    assert viewer.annotation in (Viewer, "Viewer")


def test_tallies_hold_only_the_viewer_s_rows(loaded: Store) -> None:
    def rows(viewer: Viewer, by: str) -> dict[str, int]:
        return {r.keys[0]: r.met for r in read_tally(loaded, Question("referrals", (by,)), viewer).rows}

    assert rows(COMMISSIONER, "provider") == {NORTH: 3, SOUTH: 4}
    assert rows(OF_NORTH, "provider") == {NORTH: 3}
    assert rows(OF_VALE, "area") == {VALE: 4}
    assert rows(OF_NOTHING, "provider") == {}


def test_asking_for_another_provider_s_rows_gives_none_of_any_measure(loaded: Store) -> None:
    theirs = [
        Question(m.key, selection=Selection("mentoring", providers=(SOUTH,)), at=201809)
        for m in measures_of("mentoring")
    ]
    seen = read_tallies(loaded, theirs, OF_NORTH)
    assert all((row.met, row.base) == (0, 0) for tally in seen for row in tally.rows)
    assert [t.rows for t in read_tallies(loaded, theirs, OF_NOTHING)] == [t.rows for t in seen]
    assert any(row.base for tally in read_tallies(loaded, theirs, COMMISSIONER) for row in tally.rows)


def test_the_answer_for_one_viewer_is_not_remembered_for_another(loaded: Store) -> None:
    asked = Question("referrals")
    answers = [
        read_tally(loaded, asked, viewer).rows for viewer in (COMMISSIONER, OF_NORTH, OF_VALE, COMMISSIONER)
    ]
    assert [sum(row.met for row in rows) for rows in answers] == [7, 3, 4, 7]


def test_the_list_of_returns_holds_only_the_viewer_s(loaded: Store) -> None:
    assert {kept.provider for kept in list_returns(loaded, OF_NORTH)} == {NORTH}
    assert len(list_returns(loaded, COMMISSIONER)) == 3
    assert list_returns(loaded, OF_NOTHING) == ()


def test_coverage_tells_of_the_viewer_s_own_returns_only(loaded: Store) -> None:
    seen = read_coverage(loaded, OF_NORTH, service="mentoring")
    assert (seen.providers, seen.periods, seen.last_month) == ((NORTH,), (QUARTER,), 201806)
    assert seen.outstanding == ()
    everything = read_coverage(loaded, COMMISSIONER, service="mentoring")
    assert everything.outstanding == ("North Mentors: Jul-Sep 2018 (Q2 2018/19)",)
    assert read_tally(loaded, Question("referrals"), OF_NORTH).as_at == seen.as_at


def test_kpis_are_judged_on_the_viewer_s_rows(loaded: Store) -> None:
    seen = read_kpis(loaded, QUARTER, OF_NORTH, Audience.US, service="mentoring", by=("provider",))
    assert {status.provider for status in seen} == {NORTH}
    whole = {
        viewer: next(
            s.base
            for s in read_kpis(loaded, QUARTER, viewer, Audience.US, service="mentoring")
            if s.kpi.id == "TB1"
        )
        for viewer in (COMMISSIONER, OF_NORTH, OF_VALE)
    }
    assert whole == {COMMISSIONER: 7, OF_NORTH: 3, OF_VALE: 4}


def test_a_preview_shows_only_the_viewer_s_rows(loaded: Store) -> None:
    new = a_return(SOUTH, Q1, [a_case(area=VALE)])
    preview = preview_return(loaded, new, [Question("referrals")], OF_NORTH)
    assert [row.met for row in (*preview.before[0].rows, *preview.after[0].rows)] == [3, 3]
