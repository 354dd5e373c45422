"""The Meeting page: looked at, prepared, presented, frozen, reopened and withdrawn, and what each of its readers may do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from data_access import clock
from data_access.actions import agree_action, read_actions
from data_access.meeting_tables import meetings
from data_access.meetings import change_meeting, list_meetings, prepare_meeting, read_meeting
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store, writing
from domain.access import COMMISSIONER, LOCAL_USER, Audience, Grant, Reach, Role
from domain.actions import Action, ActionStatus
from domain.agenda import DEFAULT_AGENDA
from domain.meetings import About, Meeting, Remark
from domain.periods import Period
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import heading, opened, words_on
from tests.pages.roles import give, people_sign_in, signed_in
from tests.pages.test_reading_pages import NEVER_ON_SCREEN

Open = Callable[..., AppTest]
PAGE, USER = "meeting.py", "pat@council.gov.uk"
IN_ROOM = Audience.with_provider(NORTH)
FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)
ABOUT = About("mentoring", FIRST, IN_ROOM, NORTH)


@pytest.fixture
def two_quarters(shared: Store) -> Store:
    """Twenty cases of one provider in two quarters, and a few of another in the first."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    for quarter, month in ((Q1, 5), (Q2, 8)):
        cases = [
            a_case(f"N{month}-{n}", referral_date=date(2018, month, 2), outcome_date=date(2018, month, 20))
            for n in range(20)
        ]
        save_return(shared, a_return(NORTH, quarter, cases), by=COMMISSIONER)
    save_return(shared, a_return(SOUTH, Q1, [a_case(f"S-{n}") for n in range(12)]), by=COMMISSIONER)
    return shared


def kept(store: Store, about: About = ABOUT) -> int:
    return prepare_meeting(store, Meeting(about), by=LOCAL_USER)


def the_meeting(store: Store, number: int) -> Meeting:
    return read_meeting(store, LOCAL_USER, number)


def reopened(number: int) -> AppTest:
    return opened(PAGE, meeting=str(number))


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def buttons(app: AppTest) -> list[str]:
    return [str(one.key) for one in app.button]


def frozen(store: Store, number: int) -> AppTest:
    app = reopened(number)
    app.button(key="meeting_freeze").click().run()
    return press_in_dialog(app, "meeting_freeze", "meeting_freeze_yes")


def press_in_dialog(app: AppTest, opener: str, key: str) -> AppTest:
    """Press a button of an open dialog; without a browser its opener is pressed again in the same run."""
    app.button(key=opener).click()
    return press(app, key)


def test_it_opens_with_the_last_quarter_that_is_in_from_every_provider(two_quarters: Store) -> None:
    app = opened(PAGE, service="mentoring")
    assert heading(app).endswith("all providers: Apr-Jun 2018 (Q1 2018/19)")
    app = opened(PAGE, service="mentoring", provider=NORTH)
    assert heading(app).endswith("Jul-Sep 2018 (Q2 2018/19)")
    assert app.query_params["from"] == "2018-07"
    assert app.query_params["to"] == "2018-09"


def test_an_address_brings_provider_months_and_audience_back(two_quarters: Store) -> None:
    said = {"service": "mentoring", "provider": NORTH, "from": "2018-04", "to": "2018-06", "for": IN_ROOM.key}
    app = opened(PAGE)
    for name, value in said.items():
        app.query_params[name] = value
    app.run()
    assert heading(app).endswith("Apr-Jun 2018 (Q1 2018/19)")
    assert {name: app.query_params[name] for name in said} == said
    assert "Not kept yet" in words_on(app)
    assert not NEVER_ON_SCREEN.findall(words_on(app))


def test_nothing_is_kept_until_that_is_asked_for(two_quarters: Store) -> None:
    app = opened(PAGE, service="mentoring", provider=NORTH, **{"for": IN_ROOM.key})
    assert list_meetings(two_quarters, LOCAL_USER) == ()
    press(app, "meeting_keep")
    (found,) = list_meetings(two_quarters, LOCAL_USER)
    assert found.about == About("mentoring", SECOND, IN_ROOM, NORTH)
    assert found.agenda == DEFAULT_AGENDA
    assert app.query_params["meeting"] == str(found.id)
    assert "The meeting is kept" in app.success[0].value


def test_who_chose_a_provider_meets_it_unless_told_otherwise(two_quarters: Store) -> None:
    app = opened(PAGE, service="mentoring", provider=NORTH)
    assert app.query_params["for"] == IN_ROOM.key
    assert app.selectbox(key="for").value == IN_ROOM.key
    app.selectbox(key="for").set_value("us").run()
    assert app.query_params["for"] == "us"
    assert "It is for the commissioning team only" in words_on(app)


def test_an_agenda_is_put_in_order_and_the_screens_follow(two_quarters: Store) -> None:
    app = opened(PAGE, service="mentoring", provider=NORTH)
    app.button(key=next(key for key in buttons(app) if key.startswith("meeting_Later") and "_kpis" in key))
    press(app, next(key for key in buttons(app) if key.startswith("meeting_Later") and key.endswith("_kpis")))
    app.checkbox(
        key=next(str(c.key) for c in app.checkbox if str(c.key).endswith("_complaints_True"))
    ).uncheck().run()
    press(app, "meeting_keep")
    (found,) = list_meetings(two_quarters, LOCAL_USER)
    assert found.agenda[:3] == ("actions", "volumes", "kpis")
    assert "complaints" not in found.agenda
    said = words_on(app)
    assert said.index("Volumes and included cases") < said.index("KPI exceptions")


def test_what_is_said_beside_a_screen_is_kept_and_read_as_it_was_typed(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = reopened(number)
    comment = next(str(one.key) for one in app.text_area if "remark_comment_volumes" in str(one.key))
    app.text_area(key=comment).set_value("Busier *than* planned [x]")
    send(app, "remark_form_volumes").run()
    assert the_meeting(two_quarters, number).remarks == {"volumes": Remark("Busier *than* planned [x]")}
    assert "Comment:** Busier *than* planned [x]" in words_on(app)
    assert any("Busier \\*than\\* planned \\[x\\]" in one.value for one in app.markdown)


def send(app: AppTest, form: str) -> AppTest:
    """Press the button of a form."""
    found = next(one for one in app.button if str(one.proto.form_id).startswith(form))
    found.click()
    return app


def test_a_quote_without_agreement_is_refused_where_it_was_typed(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = reopened(number)
    quote = next(str(one.key) for one in app.text_area if "remark_quote_volumes" in str(one.key))
    app.text_area(key=quote).set_value("They rang when I could not")
    send(app, "remark_form_volumes").run()
    assert "nobody has said that it may be used" in app.error[0].value
    assert the_meeting(two_quarters, number).remarks == {}


def test_what_two_change_at_once_takes_the_place_of_nothing_unread(
    two_quarters: Store,
) -> None:
    number = kept(two_quarters)
    app = reopened(number)
    comment = next(str(one.key) for one in app.text_area if "remark_comment_volumes" in str(one.key))
    theirs, mine = {"volumes": Remark("Theirs")}, {"volumes": Remark("Mine")}
    change_meeting(two_quarters, number, by=LOCAL_USER, remarks=theirs)
    app.text_area(key=comment).set_value("Mine")
    send(app, "remark_form_volumes").run()
    assert (
        "somebody else changed what is said here while you wrote. Their comment: “Theirs”"
        in app.error[0].value
    )
    assert the_meeting(two_quarters, number).remarks == theirs
    assert app.text_area(key=comment).value == "Mine"
    send(app, "remark_form_volumes").run()
    assert the_meeting(two_quarters, number).remarks == mine
    item = next(str(one.key) for one in app.checkbox if str(one.key).endswith("_complaints_True"))
    app.checkbox(key=item).uncheck().run()
    change_meeting(two_quarters, number, by=LOCAL_USER, agenda=["kpis"])
    press(app, "meeting_save_plan")
    assert "saved another agenda or day while you changed yours" in app.error[0].value
    assert the_meeting(two_quarters, number).agenda == ("kpis",)
    press(app, "meeting_save_plan")
    assert the_meeting(two_quarters, number).agenda == tuple(
        one for one in DEFAULT_AGENDA if one != "complaints"
    )


def test_a_button_pressed_twice_keeps_one_meeting_and_what_was_typed_in_one_is_not_in_another(
    two_quarters: Store,
) -> None:
    for _ in range(2):
        app = opened(PAGE, service="mentoring", provider=NORTH, **{"for": IN_ROOM.key})
        press(app, "meeting_keep")
    (found,) = list_meetings(two_quarters, LOCAL_USER)
    assert app.query_params["meeting"] in (str(found.id), [str(found.id)])
    # A form of the same name would hold in the browser what was typed into it and not sent.
    form = typed(app)
    app.query_params["meeting"] = str(kept(two_quarters))
    app.run()
    assert typed(app) != form


def typed(app: AppTest) -> str:
    """The form for a new action."""
    return next(
        str(one.key).removeprefix("action_what_") for one in app.text_area if "action_what_" in str(one.key)
    )


def test_a_pack_that_cannot_be_read_is_said_and_nothing_stands_in_its_place(two_quarters: Store) -> None:
    number = kept(two_quarters)
    damaged = {"frozen_at": datetime(2026, 1, 5, tzinfo=UTC), "version": 1, "pack": "{}"}
    with writing(two_quarters, LOCAL_USER) as connection:
        connection.execute(update(meetings).where(meetings.c.id == number).values(**damaged))
    app = reopened(number)
    assert "this version of the dashboard cannot read it" in app.error[0].value
    assert "referred" not in words_on(app)
    app = opened(PAGE, service="mentoring", provider=NORTH, **{"for": IN_ROOM.key})
    assert not app.error
    assert heading(app).endswith("Jul-Sep 2018 (Q2 2018/19)")


def test_an_action_is_agreed_with_the_way_back(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = reopened(number)
    fill_action(app, "Ring within 3 days", "Service manager, provider")
    (action,) = actions_of(two_quarters)
    assert (action.text, action.owner, action.meeting) == (
        "Ring within 3 days",
        "Service manager, provider",
        number,
    )
    assert (action.provider, action.audience, action.kpi) == (NORTH, IN_ROOM.key, "")
    press(app, "action_undo")
    assert actions_of(two_quarters) == ()


def actions_of(store: Store) -> tuple[Action, ...]:
    return read_actions(store, LOCAL_USER, Audience.US, service="mentoring")


def fill_action(app: AppTest, text: str, owner: str, dialog: str = "") -> None:
    """Fill in the form for an action and send it; without a browser a dialog is opened again in the same run."""
    forms = [
        str(one.key).removeprefix("action_what_") for one in app.text_area if "action_what_" in str(one.key)
    ]
    form = next(one for one in forms if one.endswith(f"_{dialog}") or not dialog)
    app.text_area(key=f"action_what_{form}").set_value(text)
    app.text_input(key=f"action_who_{form}").set_value(owner)
    if dialog:
        app.button(key=f"agree_on_{dialog}").click()
    send(app, f"action_{form}").run()
    assert not app.exception, app.exception


def test_an_action_is_born_on_a_kpi(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = reopened(number)
    on = next(key for key in buttons(app) if key.startswith("agree_on_TB"))
    figure = on.removeprefix("agree_on_")
    press(app, on)
    fill_action(app, "Ring within 3 days", "Service manager, provider", figure)
    (action,) = actions_of(two_quarters)
    assert action.kpi == figure.split(":")[0]
    assert action.kpi_period == Q1


def test_while_presenting_one_message_stands_on_a_screen_and_is_said_aloud(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = opened(PAGE, meeting=str(number), present="true")
    seen = []
    while True:
        assert len(app.header) == 1
        said = app.info[-1].value.replace("\\", "")
        title = app.header[0].value.replace("\\", "")
        assert title == "In one breath" or title in said
        assert not [one for one in app.expander if "Table" in one.label]
        seen.append(said)
        if app.button(key="present_on").disabled:
            break
        app.button(key="present_on").click().run()
    assert len(set(seen)) == len(seen) > 5
    # At the item for new actions one can be agreed, and nowhere else.
    assert "New actions" in seen[-1]
    fill_action(app, "Send the list", "Officer, council")
    assert [one.text for one in actions_of(two_quarters)] == ["Send the list"]
    assert app.header[0].value


def test_what_was_frozen_stays_as_it_was_shown_and_says_what_has_changed(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = frozen(two_quarters, number)
    assert the_meeting(two_quarters, number).frozen
    assert any("As shown on" in one.value for one in app.info)
    assert "No figure that was shown has changed" in words_on(app)
    shown = [one.value for one in app.header]
    late = [
        a_case(f"N5-{n}", referral_date=date(2018, 5, 2), outcome_date=date(2018, 5, 20)) for n in range(27)
    ]
    save_return(two_quarters, a_return(NORTH, Q1, late), by=COMMISSIONER)
    app = reopened(number)
    again = [one.value for one in app.header]
    assert [one for one in again if one in shown] == shown
    assert "20 shown, now 27" in words_on(app)
    assert not [key for key in buttons(app) if key.startswith("meeting_freeze")]
    assert not [one for one in app.text_area if "remark_comment" in str(one.key)]


def test_what_came_in_between_presenting_and_freezing_is_said(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = opened(PAGE, meeting=str(number), present="true")
    late = [
        a_case(f"N5-{n}", referral_date=date(2018, 5, 2), outcome_date=date(2018, 5, 20)) for n in range(27)
    ]
    save_return(two_quarters, a_return(NORTH, Q1, late), by=COMMISSIONER)
    press(app, "present_leave")
    assert "changed since you presented this meeting" in app.warning[-1].value


def test_an_open_action_stands_in_the_next_meeting_until_it_is_closed(two_quarters: Store) -> None:
    number = kept(two_quarters)
    due = clock.today() + timedelta(days=30)
    action = Action(
        "mentoring",
        "Ring every household",
        "Manager",
        due,
        provider=NORTH,
        audience=IN_ROOM.key,
        meeting=number,
    )
    one = agree_action(two_quarters, action, by=LOCAL_USER)
    frozen(two_quarters, number)
    app = opened(
        PAGE, service="mentoring", provider=NORTH, **{"from": "2018-07", "to": "2018-09", "for": IN_ROOM.key}
    )
    assert "Ring every household" in words_on(app)
    status = next(s for s in app.selectbox if str(s.key).startswith(f"became_status_{one}_"))
    status.set_value(ActionStatus.DONE)
    send(app, f"became_{one}").run()
    assert actions_of(two_quarters) == ()


def test_a_withdrawn_meeting_says_why_and_counts_no_more(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = reopened(number)
    press(app, "meeting_withdraw")
    app.text_area(key="meeting_why").set_value("Prepared twice")
    press_in_dialog(app, "meeting_withdraw", "meeting_withdraw_yes")
    assert "Prepared twice" in app.warning[-1].value
    assert "meeting_freeze" not in buttons(app)
    assert the_meeting(two_quarters, number).withdrawn_why == "Prepared twice"


def test_the_audience_of_a_kept_meeting_is_fixed_whatever_the_address_says(two_quarters: Store) -> None:
    number = kept(two_quarters)
    app = opened(PAGE, meeting=str(number), service="mentoring", **{"for": "us"})
    assert app.query_params["for"] == IN_ROOM.key
    assert "For North and the commissioning team only" in words_on(
        app
    ) or "commissioning team only" in words_on(app)
    assert not [one for one in app.selectbox if one.key == "for"]


def test_a_number_that_is_none_is_said_so(two_quarters: Store) -> None:
    app = opened(PAGE, meeting="99")
    assert "There is no meeting 99" in app.info[0].value
    assert "meeting" not in app.query_params


def test_the_examples_can_be_looked_at_and_say_why_nothing_is_kept(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="mentoring")
    assert not app.exception
    assert "These are the examples, so no meeting" in words_on(app)
    assert "meeting_keep" not in buttons(app)
    comment = next(one for one in app.text_area if "remark_comment_volumes" in str(one.key))
    comment.set_value("Said in this session")
    send(app, "remark_form_volumes").run()
    assert "Said in this session" in words_on(app)


def test_without_a_return_it_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert "open Upload to begin" in app.info[0].value


@pytest.fixture
def people(two_quarters: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    people_sign_in(monkeypatch)
    return two_quarters


def as_person(*grant: Grant, store: Store, **query: str) -> AppTest:
    give(store, USER, *grant)
    app = signed_in(USER, query=list(query.items()))
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def test_a_provider_sees_what_it_was_shown_and_its_actions_and_keeps_nothing(people: Store) -> None:
    number, prepared = kept(people), kept(people)
    ours = kept(people, About("mentoring", FIRST))
    theirs = kept(people, About("mentoring", FIRST, Audience.with_provider(SOUTH), SOUTH))
    due = clock.today() + timedelta(days=30)
    agree_action(
        people,
        Action("mentoring", "Ring every household", "Manager", due, provider=NORTH, audience=IN_ROOM.key),
        by=LOCAL_USER,
    )
    agree_action(
        people, Action("mentoring", "Look into the invoice", "Officer", due, provider=NORTH), by=LOCAL_USER
    )
    freeze_directly(people, number, ours, theirs)
    app = as_person(Grant(Role.PROVIDER, Reach(provider=NORTH)), store=people)
    links = " ".join(str(one.proto) for one in app.get("page_link"))
    assert f"meeting={number}" in links
    for other in (ours, theirs, prepared):
        assert f"meeting={other}" not in links
    assert "Ring every household" in words_on(app)
    assert "Look into the invoice" not in words_on(app)
    assert "meeting_keep" not in buttons(app)
    app = as_person(store=people, meeting=str(number))
    assert any("As shown on" in one.value for one in app.info)
    assert "What has changed since" not in [one.value for one in app.header]
    assert not [
        key for key in buttons(app) if key.startswith(("meeting_freeze", "meeting_withdraw", "agree_on"))
    ]
    app = as_person(store=people, meeting=str(theirs))
    assert f"There is no meeting {theirs}" in app.info[0].value


def freeze_directly(store: Store, *numbers: int) -> None:
    from data_access.meetings import freeze_meeting
    from data_access.packs.reading import read_pack

    for number in numbers:
        meeting = read_meeting(store, LOCAL_USER, number)
        pack = read_pack(store, LOCAL_USER, meeting, today=clock.today())
        freeze_meeting(store, number, pack, by=LOCAL_USER)


def test_a_viewer_looks_and_a_presenter_of_the_service_keeps(people: Store) -> None:
    app = as_person(Grant(Role.VIEWER), store=people, service="mentoring")
    assert "a presenter or commissioner of the service" in words_on(app)
    assert "meeting_keep" not in buttons(app)
    give(people, "lee@council.gov.uk", Grant(Role.PRESENTER, Reach("mentoring")))
    app = signed_in("lee@council.gov.uk")
    app.switch_page(PAGE).run()
    press(app, "meeting_keep")
    assert len(list_meetings(people, LOCAL_USER)) == 1
