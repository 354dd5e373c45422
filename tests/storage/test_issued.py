"""A file for others is kept with what it shows, and what they are shown later reckons with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data_access.audit import read_audit
from data_access.issued import Issued, issued_in, keep_issue
from data_access.questions import Question
from data_access.released import read_released
from data_access.returns import save_return
from data_access.stores import Store, reading
from domain.access import COMMISSIONER, LOCAL_USER, Audience, Grant, Reach, Role, Viewer
from domain.audit import Act
from domain.cubes import EVERYWHERE, Cell
from domain.disclosure import Released
from domain.issued import Issue, Outdated
from domain.selection import Selection
from tests.builders import HILL, NORTH, Q1, Q2, SHORE, SOUTH, VALE, a_case, a_return

ALL = "cases"
WITH_SOUTH, WITH_NORTH = Audience.with_provider(SOUTH), Audience.with_provider(NORTH)


def cases(area: str, many: int, outcome: str = "PREVENTED", first: int = 0) -> list[dict[str, object]]:
    return [a_case(f"{area}-{outcome}-{first + n}", outcome, area=area) for n in range(many)]


@pytest.fixture
def sent(store: Store) -> Store:
    """Two providers' cases of one quarter: nothing small by area."""
    north = [*cases(HILL, 20), *cases(VALE, 10), *cases(SHORE, 12)]
    south = [*cases(HILL, 9), *cases(VALE, 11), *cases(SHORE, 8)]
    save_return(store, a_return(NORTH, Q1, north), by=COMMISSIONER)
    save_return(store, a_return(SOUTH, Q1, south), by=COMMISSIONER)
    return store


def two_late_cases(store: Store) -> None:
    """North sends its quarter again, with two cases of Hill more."""
    again = [*cases(HILL, 22), *cases(VALE, 10), *cases(SHORE, 12)]
    save_return(store, a_return(NORTH, Q1, again), by=COMMISSIONER)


def shown(
    store: Store, audience: Audience, *by: str, measure: str = "referrals", viewer: Viewer = COMMISSIONER
) -> Released:
    (found,) = read_released(store, [Question(measure, by, Selection("mentoring"))], viewer, audience)
    return found


def issue(store: Store, released: Released) -> int:
    assert released.issue is not None
    return keep_issue(store, COMMISSIONER, released.issue, file_name="areas.csv", detail="Table")


def known(store: Store, audience: Audience, viewer: Viewer = COMMISSIONER) -> Issued:
    with reading(store, viewer) as connection:
        return issued_in(connection, audience, "mentoring")


def numbers(released: Released) -> dict[str, int]:
    return {"".join(f.keys): f.met for f in released.figures}


def test_a_file_for_others_is_kept_with_its_cells_and_the_audit_says_so(sent: Store) -> None:
    released = shown(sent, Audience.PUBLIC, "area")
    number = issue(sent, released)
    assert released.issue is not None
    assert dict(released.issue.cells) == {
        Cell(ALL, EVERYWHERE, "", ()): 70,
        Cell(ALL, ("area", HILL), "", ()): 29,
        Cell(ALL, ("area", VALE), "", ()): 21,
        Cell(ALL, ("area", SHORE), "", ()): 20,
    }
    (file,) = known(sent, Audience.PUBLIC).files
    assert (file, known(sent, Audience.PUBLIC).last) == (released.issue, number)
    assert file.reached == date(2018, 6, 30)
    (entry,) = read_audit(sent, LOCAL_USER, act=Act.EXPORTED)
    assert (entry.subject, entry.detail, entry.service) == ("areas.csv", "for public; Table", "mentoring")


def test_nothing_is_kept_for_us_of_a_providers_own_rows_or_of_what_is_withheld(sent: Store) -> None:
    assert shown(sent, Audience.US, "area").issue is None
    own = replace(Selection("mentoring"), providers=(NORTH,))
    question = Question("referrals", ("area",), own)
    assert read_released(sent, [question], COMMISSIONER, WITH_NORTH)[0].issue is None
    withheld = shown(sent, Audience.PUBLIC, "provider", "area")
    assert withheld.withheld
    assert withheld.issue is None
    with pytest.raises(ValueError, match="for others"):
        keep_issue(sent, COMMISSIONER, Issue(Audience.US, "mentoring", 1, None, ()), file_name="x.csv")
    assert read_audit(sent, LOCAL_USER, act=Act.EXPORTED) == ()


def test_a_few_late_cases_are_not_told_by_the_difference_of_two_files(sent: Store) -> None:
    first = shown(sent, Audience.PUBLIC, "area")
    issue(sent, first)
    # The same figures again are the same.
    assert numbers(shown(sent, Audience.PUBLIC, "area")) == numbers(first) == {HILL: 29, VALE: 21, SHORE: 20}
    two_late_cases(sent)
    second = shown(sent, Audience.PUBLIC, "area")
    assert numbers(second) == {VALE: 21, SHORE: 20}
    assert [one.keys for one in second.hidden] == [(HILL,)]
    assert second.total is None
    assert shown(sent, Audience.PUBLIC).figures == ()
    assert numbers(shown(sent, Audience.US, "area")) == {HILL: 31, VALE: 21, SHORE: 20}
    # The figure of all of them gives as little away where it is asked for another way.
    assert shown(sent, Audience.PUBLIC, measure="outcomes").figures == ()
    issue(sent, second)
    more = [*cases(HILL, 29), *cases(VALE, 16), *cases(SHORE, 12)]
    save_return(sent, a_return(NORTH, Q1, more), by=COMMISSIONER)
    third = shown(sent, Audience.PUBLIC, "area")
    assert numbers(third) == {HILL: 38, VALE: 27, SHORE: 20}
    assert third.total is not None


def test_a_file_of_older_data_than_one_that_went_out_meanwhile_is_not_made(sent: Store) -> None:
    drawn = shown(sent, Audience.PUBLIC, "area")
    two_late_cases(sent)
    issue(sent, shown(sent, Audience.PUBLIC))
    with pytest.raises(Outdated, match="Open the page again"):
        issue(sent, drawn)
    assert len(known(sent, Audience.PUBLIC).files) == len(read_audit(sent, LOCAL_USER, act=Act.EXPORTED)) == 1


def test_who_has_what_was_issued(sent: Store) -> None:
    issue(sent, shown(sent, Audience.PUBLIC, "area"))
    issue(sent, shown(sent, Audience.PROVIDERS))
    issue(sent, shown(sent, WITH_SOUTH, "area"))
    files = {
        audience.key: len(known(sent, audience).files)
        for audience in (Audience.US, Audience.PUBLIC, Audience.PROVIDERS, WITH_SOUTH, WITH_NORTH)
    }
    assert files == {"us": 0, "public": 1, "providers": 2, WITH_SOUTH.key: 3, WITH_NORTH.key: 2}
    with reading(sent, COMMISSIONER) as connection:
        assert issued_in(connection, Audience.PUBLIC, "housing").files == ()
    of_north = Viewer("nora", (Grant(Role.PROVIDER, Reach(provider=NORTH)),))
    of_south = Viewer("sue", (Grant(Role.PROVIDER, Reach(provider=SOUTH)),))
    assert known(sent, WITH_SOUTH, of_north).files == ()
    assert len(known(sent, WITH_SOUTH, of_south).files) == 1
    assert known(sent, Audience.PUBLIC, of_south).files == ()


def test_what_only_one_provider_was_given_hides_nothing_from_everybody(sent: Store) -> None:
    issue(sent, shown(sent, WITH_SOUTH, "area"))
    two_late_cases(sent)
    assert numbers(shown(sent, Audience.PUBLIC, "area")) == {HILL: 31, VALE: 21, SHORE: 20}
    # South knows its own: what stands in its file is what the others had, of which two are late.
    assert HILL not in numbers(shown(sent, WITH_SOUTH, "area"))
    assert numbers(shown(sent, WITH_NORTH, "area")) == {HILL: 31, VALE: 21, SHORE: 20}


def test_a_file_is_reckoned_with_for_eight_quarters_of_the_data(sent: Store) -> None:
    issue(sent, shown(sent, Audience.PUBLIC, "area"))
    two_late_cases(sent)
    save_return(sent, a_return(NORTH, "2020-01..2020-03", [a_case("N1")]), by=COMMISSIONER)
    assert len(known(sent, Audience.PUBLIC).files) == 1
    save_return(sent, a_return(NORTH, "2020-04..2020-06", [a_case("N2")]), by=COMMISSIONER)
    assert known(sent, Audience.PUBLIC).files == ()


def test_the_cells_of_every_kind_of_measure_have_the_numbers_that_stand_on_the_screen(sent: Store) -> None:
    save_return(sent, a_return(NORTH, Q2, cases(VALE, 15, "UNSUCCESSFUL", first=50)), by=COMMISSIONER)
    rate = shown(sent, Audience.PUBLIC, "area", measure="prevention_rate")
    assert rate.issue is not None
    met = {
        cell.place[1]: number
        for cell, number in rate.issue.cells
        if cell.what == "outcome" and cell.codes == ("PREVENTED",) and cell.place != EVERYWHERE
    }
    assert met == numbers(rate) == {HILL: 29, VALE: 21, SHORE: 20}
    split = shown(sent, Audience.PUBLIC, "outcome", measure="outcomes")
    assert split.issue is not None
    cells = ((cell.codes[0], number) for cell, number in split.issue.cells if cell.what == "outcome")
    kept = {code: number for code, number in cells if number}
    assert kept == {"PREVENTED": 70, "UNSUCCESSFUL": 15} == {k: v for k, v in numbers(split).items() if v}
