"""The work of an upload goes on beside the page: it can be cancelled, goes with its session, and leaves others their turn."""

from threading import Event

import pytest

from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from pages._upload_work import AT_ONCE, Steps, Work
from tests.builders import some_settings
from tests.pages.opening import opened

PATIENCE = 30


def test_its_outcome_and_its_steps_are_there_when_it_is_over() -> None:
    def do(steps: Steps) -> str:
        steps.say("Reading it")
        steps.say("Checking it")
        steps.more("Checking 10 rows")
        return "checked"

    work = Work(do)
    assert work.wait(PATIENCE)
    assert work.outcome == "checked"
    assert work.steps.said == ("Reading it", "Checking 10 rows")


def test_an_error_in_it_is_raised_where_its_outcome_is_asked_for() -> None:
    def do(steps: Steps) -> None:
        raise ZeroDivisionError

    work = Work(do)
    assert work.wait(PATIENCE)
    with pytest.raises(ZeroDivisionError):
        _ = work.outcome


def test_a_cancelled_one_has_no_outcome_even_when_it_is_done_before_it_looks() -> None:
    go_on = Event()

    def do(steps: Steps) -> str:
        go_on.wait(PATIENCE)
        return "too late"

    work = Work(do)
    work.cancel()
    go_on.set()
    assert work.wait(PATIENCE)
    assert work.outcome is None


def test_it_stops_when_its_session_forgets_it() -> None:
    stopped = Event()

    def do(steps: Steps) -> None:
        while not steps.stopped():
            pass
        stopped.set()

    work = Work(do)
    del work
    assert stopped.wait(PATIENCE)


def test_so_many_go_on_at_once_and_one_that_waits_can_be_cancelled() -> None:
    go_on, begun = Event(), []

    def do(steps: Steps) -> None:
        begun.append(1)
        steps.say("Reading it")
        go_on.wait(PATIENCE)

    first = [Work(do) for _ in range(AT_ONCE)]
    while not all(work.steps.said for work in first):
        pass
    last = Work(do)
    assert not last.wait(0.5)
    assert last.steps.said == ()
    last.cancel()
    assert last.wait(PATIENCE)
    assert len(begun) == AT_ONCE, "it never had its turn"
    go_on.set()
    assert all(work.wait(PATIENCE) for work in first)


def test_an_error_of_a_check_is_shown_once_and_the_page_goes_on(shared: Store) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    page = opened("upload.py")
    page.session_state["upload_failed"] = ZeroDivisionError("of the check")
    page.run()
    assert len(page.exception) == 1
    page.run()
    assert not page.exception
    assert page.file_uploader
