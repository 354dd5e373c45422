"""A preview says what a save would change, and leaves the database as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from data_access.previews import preview_return
from data_access.returns import Moved, Refused, save_return, withdraw_return
from data_access.settings import change_settings, read_settings
from data_access.sources import close_in_hand, open_in_hand
from data_access.stores import Store
from data_access.tallies import Question
from domain.access import COMMISSIONER
from domain.settings import Settings
from domain.tally import Source
from tests.builders import (
    NORTH,
    Q1,
    Q2,
    SOUTH,
    a_case,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    an_activity,
)
from tests.storage.figures import contents, total

ASKED = (Question("referrals"), Question("preventions", ("area",)), Question("live_cases", at=201806))


@pytest.fixture
def loaded(store: Store) -> Store:
    case = a_case("first")
    save_return(store, a_return(NORTH, Q1, [case], [an_activity(case)]), by=COMMISSIONER.signing("ann"))
    return store


def test_a_preview_tells_before_and_after_and_leaves_every_row_as_it_was(loaded: Store) -> None:
    new = a_return(NORTH, Q1, [a_case("first"), a_case("second"), a_case("third", "LIVE")])
    before = contents(loaded)
    preview = preview_return(loaded, new, ASKED, COMMISSIONER)
    assert contents(loaded) == before
    assert preview.version == 2
    assert [sum(row.met for row in tally.rows) for tally in preview.before] == [1, 1, 0]
    assert [sum(row.met for row in tally.rows) for tally in preview.after] == [3, 2, 1]
    assert total(loaded) == 1  # and nothing of it is remembered as an answer


def test_a_preview_of_what_could_not_be_saved_is_refused_and_leaves_no_trace(loaded: Store) -> None:
    before = contents(loaded)
    with pytest.raises(Refused, match="overlaps"):
        preview_return(loaded, a_return(NORTH, "2018-05", [a_case()]), ASKED, COMMISSIONER)
    assert contents(loaded) == before


def test_the_save_after_a_preview_gives_what_the_preview_said(loaded: Store) -> None:
    new = a_return(SOUTH, Q2, [a_case("second"), a_case("third", "LIVE")])
    preview = preview_return(loaded, new, [Question("referrals")], COMMISSIONER)
    save_return(loaded, new, by=COMMISSIONER.signing("ann"), expected=preview.version)
    assert total(loaded) == sum(row.met for row in preview.after[0].rows)


@pytest.mark.parametrize("moved_by", ["saving", "withdrawing"])
def test_a_save_prepared_on_an_older_version_is_refused_and_says_by_whom(
    loaded: Store, moved_by: str
) -> None:
    mine = a_return(NORTH, Q1, [a_case("mine")])
    preview = preview_return(loaded, mine, ASKED, COMMISSIONER)
    if moved_by == "saving":
        save_return(loaded, a_return(NORTH, Q1, [a_case("theirs")]), by=COMMISSIONER.signing("Ben Okri"))
    else:
        withdraw_return(
            loaded, f"mentoring:north:{Q1}:1", by=COMMISSIONER.signing("Ben Okri"), why="sent in error"
        )
    before = contents(loaded)
    with pytest.raises(Moved, match="Ben Okri"):
        save_return(loaded, mine, by=COMMISSIONER.signing("ann"), expected=preview.version)
    assert contents(loaded) == before
    again = preview_return(loaded, mine, ASKED, COMMISSIONER)
    assert save_return(loaded, mine, by=COMMISSIONER.signing("ann"), expected=again.version).changed


def test_a_quarter_does_not_replace_a_month_that_its_preview_did_not_know(loaded: Store) -> None:
    quarter = a_return(SOUTH, Q1, [a_case("quarter")])
    preview = preview_return(loaded, quarter, ASKED, COMMISSIONER)
    save_return(loaded, a_return(SOUTH, "2018-05", [a_case("month")]), by=COMMISSIONER.signing("Ben Okri"))
    with pytest.raises(Moved, match="Ben Okri"):
        save_return(loaded, quarter, by=COMMISSIONER.signing("ann"), expected=preview.version)
    again = preview_return(loaded, quarter, ASKED, COMMISSIONER)
    assert save_return(loaded, quarter, by=COMMISSIONER.signing("ann"), expected=again.version).changed


def test_a_save_is_refused_when_anything_it_was_previewed_against_moved(all_services: Store) -> None:
    case = a_send_case("S1")
    save_return(all_services, a_return(NORTH, Q1, [case], service="send"), by=COMMISSIONER.signing("ann"))
    mine = a_return(NORTH, Q2, [a_send_case("S2")], service="send")
    council = a_supplement(Q1, [a_supplement_row(case)])
    earlier = a_return(NORTH, Q1, [case, a_send_case("S3")], service="send")

    def change(now: Settings) -> Settings:
        return replace(now, council="Elsewhere Council")

    for act, returned in (
        (lambda: save_return(all_services, council, by=COMMISSIONER.signing("Ben Okri")).id, True),
        (lambda: save_return(all_services, earlier, by=COMMISSIONER.signing("Ben Okri")).id, True),
        (lambda: change_settings(all_services, change, by=COMMISSIONER.signing("Ben Okri")), False),
    ):
        preview = preview_return(all_services, mine, (), COMMISSIONER)
        done = act()
        before = contents(all_services)
        with pytest.raises(Moved, match="Ben Okri") as moved:
            save_return(all_services, mine, by=COMMISSIONER.signing("ann"), expected=preview.version)
        assert contents(all_services) == before
        assert moved.value.return_ids == ((done,) if returned else ())
        assert (moved.value.who, moved.value.seq) == ("Ben Okri", preview.version + 1)
        assert moved.value.at is not None


def test_a_change_of_another_return_does_not_stand_in_the_way(loaded: Store) -> None:
    mine = a_return(NORTH, Q1, [a_case("mine")])
    preview = preview_return(loaded, mine, ASKED, COMMISSIONER)
    save_return(loaded, a_return(SOUTH, Q1, [a_case("theirs")]), by=COMMISSIONER.signing("ben"))
    assert save_return(loaded, mine, by=COMMISSIONER.signing("ann"), expected=preview.version).changed


def test_a_file_only_looked_at_is_private_and_goes_without_a_trace(loaded: Store) -> None:
    before = contents(loaded)
    held = open_in_hand(a_return(NORTH, Q2, [a_case(), a_case()]), read_settings(loaded, COMMISSIONER))
    path = Path(make_url(held.url).database or "")
    assert (held.source, total(held), path.stat().st_mode & 0o777) == (Source.IN_HAND, 2, 0o600)
    assert contents(loaded) == before
    close_in_hand(held)
    assert list(path.parent.glob(f"{path.name}*")) == []
    with pytest.raises(ValueError, match="never a database"):
        close_in_hand(loaded)
