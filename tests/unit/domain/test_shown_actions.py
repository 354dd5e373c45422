"""Actions as a meeting is shown them: the overdue first, with their KPI then and now, and what was closed."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.actions import Action, ActionNote, ActionStatus
from domain.kpis import KpiStatus, kpi
from domain.periods import Period
from domain.screens.actions import SIDE_BY_SIDE, actions_screen, new_actions_screen, shown_actions
from domain.screens.feedback import feedback_screen
from domain.status import Status
from tests.builders import NORTH, some_settings
from tests.sentences import unfounded

TODAY = date(2018, 12, 1)
THEN, NOW = Period.parse("2018-04..2018-06"), Period.parse("2018-07..2018-09")
BORN = Action(
    "mentoring",
    "Ring every household",
    "Service manager",
    date(2018, 9, 30),
    NORTH,
    kpi="TB1",
    kpi_period=THEN.key,
    id=1,
    made_at=datetime(2018, 7, 12, 23, 30, tzinfo=UTC),
)


def a_status(period: Period, met: int | None, status: Status, provider: str = NORTH) -> KpiStatus:
    base = None if met is None else 50
    value = None if met is None else met / 50
    return KpiStatus(
        kpi("TB1"), provider, "", "North", "", period, False, met, base, value, None, None, status, "", False, None
    )  # fmt: skip


def noted(action: Action, status: ActionStatus, number: int, due: date | None = None) -> Action:
    note = ActionNote(datetime(2018, 10, 1, tzinfo=UTC), "me", status, "Rota changed.", due)
    return replace(action, id=number, notes=(note,), kpi="")


def test_an_action_has_its_kpi_when_it_was_agreed_and_now() -> None:
    then = [a_status(THEN, 41, Status.AMBER), a_status(NOW, 30, Status.RED)]
    now = [a_status(NOW, 42, Status.GREEN), a_status(NOW, 1, Status.RED, provider="south")]
    (shown,) = shown_actions([BORN], then, now, TODAY, some_settings())
    assert (shown.whose, shown.kpi) == ("North Mentors", "Prevention rate")
    assert (shown.before, shown.after) == ("82% (41 of 50), amber", "84% (42 of 50), green")
    # By the clock of England it was the next day.
    assert (shown.overdue, shown.made_on) == (True, date(2018, 7, 13))


def test_a_hidden_kpi_is_hidden_and_one_without_a_figure_says_why() -> None:
    hidden, none = a_status(THEN, None, Status.HIDDEN), a_status(NOW, None, Status.NO_RETURN)
    (shown,) = shown_actions([BORN], [hidden], [none], TODAY)
    assert (shown.before, shown.after) == ("c", "no return")
    (alone,) = shown_actions([BORN], [], [], TODAY)
    assert (alone.kpi, alone.before, alone.after) == ("Prevention rate", "", "")


def test_the_overdue_come_first_and_the_closed_last() -> None:
    done = noted(BORN, ActionStatus.DONE, 2)
    moved = noted(BORN, ActionStatus.IN_PROGRESS, 3, date(2019, 1, 31))
    shown = shown_actions([done, moved, BORN], [], [], TODAY)
    assert [one.id for one in shown] == [1, 3, 2]
    assert [one.overdue for one in shown] == [True, False, False]
    screen = actions_screen(shown)
    assert screen.takeaway.title == "1 of 2 open actions is overdue; 1 done since last time"
    assert unfounded(screen.takeaway.sentence, screen) == []
    assert [row[4] for row in screen.table.rows] == ["Not started, overdue", "In progress", "Done"]
    assert screen.notes == ()


def test_what_is_said_of_actions_is_what_stands_in_their_table() -> None:
    late = shown_actions([BORN], [a_status(THEN, 41, Status.AMBER)], [], TODAY)
    said = {
        "No action is brought along": actions_screen(()),
        "1 action, overdue": actions_screen(late),
        "Every action is closed: 1 done": actions_screen(
            shown_actions([noted(BORN, ActionStatus.DONE, 2)], [], [], TODAY)
        ),
        "None of 2 actions is overdue": actions_screen(
            shown_actions([BORN, BORN], [], [], date(2018, 9, 30))
        ),
        "No action agreed yet": new_actions_screen(()),
        "1 action agreed": new_actions_screen(late),
    }
    for title, screen in said.items():
        assert screen.takeaway.title == title
        assert unfounded(title, screen) == []
    assert said["1 action, overdue"].notes == (SIDE_BY_SIDE,)
    assert new_actions_screen(late).table.rows[0][-1] == "82% (41 of 50), amber"


def test_case_feedback_holds_what_is_written_and_no_figure() -> None:
    assert feedback_screen().takeaway.what.endswith("told in the room")
    said = feedback_screen("Ring earlier.", "They rang.", "a tenant")
    assert (said.comment, said.quote, said.quote_by) == ("Ring earlier.", "They rang.", "a tenant")
    assert said.figures == ()
