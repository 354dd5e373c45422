"""Who may keep a meeting and who sees it, what no text of one holds, and which is last time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from data_access.actions import agree_action, note_action, read_actions
from data_access.meetings import (
    change_meeting,
    freeze_meeting,
    last_frozen,
    list_meetings,
    prepare_meeting,
    read_meeting,
    withdraw_meeting,
)
from data_access.moved import Refused
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience, Grant, OutOfReach, Reach, Role, Viewer
from domain.actions import ActionStatus
from domain.meetings import About, Remark
from domain.tally import Source
from tests.builders import (
    HILL,
    NORTH,
    SERVICE,
    SOUTH,
    a_case,
    a_return,
    of_provider,
    settings_of_all,
    some_settings,
)
from tests.storage.keeping import (
    ABOUT,
    NORA,
    PAT,
    WITH_NORTH,
    a_meeting,
    an_action,
    done,
    given_away,
    in_days,
    pack_of,
)
from tests.storage.walled import walled

FOR_US = replace(ABOUT, audience=Audience.US)
BUSY = {"volumes": Remark("The summer was busier than planned for.")}


def test_no_text_holds_the_reference_of_a_case_of_the_service(store: Store) -> None:
    named = [a_case(ref) for ref in ("TB-0007", "EX/2018/04/041", "12", "20180401", "LATE")]
    save_return(store, a_return(NORTH, cases=named), by=COMMISSIONER)
    number = prepare_meeting(store, a_meeting(), by=PAT)
    held = (
        "As with tb-0007, late",
        "(EX/2018/04/041)",
        "See case 12",
        "and #12",
        "20180401 again",
        "It is LATE",
    )
    texts = [
        *(("The comment", {"remarks": {"volumes": Remark(text)}}) for text in held),
        ("The quote", {"remarks": {"volumes": Remark(quote="I am TB-0007", agreed=True)}}),
        (
            "Whose quote it is",
            {"remarks": {"volumes": Remark(quote="Good", quote_by="TB-0007", agreed=True)}},
        ),
    ]
    for where, change in texts:
        for act in (
            partial(prepare_meeting, store, a_meeting(**change)),
            partial(change_meeting, store, number, **change),
        ):
            with pytest.raises(Refused, match=f"{where} holds the reference of a case"):
                act(by=PAT)
    acts = (
        partial(withdraw_meeting, store, number, why="TB-0007 was shown"),
        partial(agree_action, store, an_action("Close TB-0007")),
        partial(agree_action, store, an_action(owner="Whoever has TB-0007")),
        partial(
            note_action,
            store,
            agree_action(store, an_action(), by=PAT),
            status=ActionStatus.OPEN,
            note="TB-0007",
        ),
    )
    for act in acts:
        with pytest.raises(Refused, match="holds the reference of a case"):
            act(by=PAT)
    # Numbers, words and the references of no case are what comments are made of.
    said = {"volumes": Remark("12 of 40 came late, 3 more than in 2018; TB-0008 is nobody")}
    change_meeting(store, number, by=PAT, remarks=said)
    elsewhere = a_meeting(About("send", ABOUT.period, Audience.US), remarks={"volumes": Remark("TB-0007")})
    change_settings(store, lambda _: settings_of_all(), by=COMMISSIONER)
    assert prepare_meeting(store, elsewhere, by=COMMISSIONER) == number + 1


def test_who_may_keep_a_meeting_and_who_sees_it(store: Store) -> None:
    number = prepare_meeting(store, a_meeting(), by=PAT)
    action = agree_action(store, an_action(meeting=number), by=PAT)
    viewer = Viewer("vera", (Grant(Role.VIEWER),))
    of_vale = Viewer("ann", (Grant(Role.PRESENTER, Reach(SERVICE, area=HILL)),))
    of_send = Viewer("sid", (Grant(Role.PRESENTER, Reach("send")),))
    admin = Viewer("adam", (Grant(Role.ADMINISTRATOR),))
    for by in (viewer, of_vale, of_send, NORA, admin):
        for act in (
            partial(prepare_meeting, store, a_meeting()),
            partial(agree_action, store, an_action()),
        ):
            with pytest.raises(OutOfReach, match="not allowed to present"):
                act(by=by)
        for change in (
            partial(change_meeting, store, number, remarks=BUSY),
            partial(freeze_meeting, store, number, pack_of(number)),
            partial(withdraw_meeting, store, number, why="because"),
            partial(note_action, store, action, status=ActionStatus.DONE),
        ):
            with pytest.raises((OutOfReach, Refused), match=r"not allowed to present|There is no"):
                change(by=by)
    in_hand = open_store(store.url, Source.IN_HAND)
    with pytest.raises(Refused, match="a file that is not saved"):
        prepare_meeting(in_hand, a_meeting(), by=COMMISSIONER)
    in_hand.engine.dispose()
    for about in (FOR_US, replace(ABOUT, audience=Audience.PROVIDERS, provider="")):
        other = prepare_meeting(store, a_meeting(about), by=PAT)
        freeze_meeting(store, other, pack_of(other, about), by=PAT)
    freeze_meeting(store, number, pack_of(number), by=PAT)
    sue = of_provider("sue", SOUTH)
    seen = {
        who.user: [one.id for one in list_meetings(store, who)]
        for who in (PAT, viewer, NORA, sue, of_vale, of_send, admin)
    }
    all_of_them, for_providers = [number + 2, number + 1, number], [number + 2]
    assert seen == {
        **dict.fromkeys(("pat", "vera"), all_of_them),
        "nora": [number + 2, number],
        "sue": for_providers,
        **{name: [] for name in ("ann", "sid", "adam")},
    }
    with pytest.raises(Refused, match=f"There is no meeting {number}"):
        read_meeting(store, sue, number)


def test_last_time_is_what_the_same_people_were_shown_of_the_same(store: Store) -> None:
    everybody = replace(ABOUT, audience=Audience.PUBLIC)
    frozen = {}
    for name, about in (
        ("us", FOR_US),
        ("with north", ABOUT),
        ("public", everybody),
        ("all", replace(ABOUT, provider="")),
    ):
        number = prepare_meeting(store, a_meeting(about), by=PAT)
        freeze_meeting(store, number, pack_of(number, about), by=PAT)
        frozen[name] = read_meeting(store, PAT, number)
    prepare_meeting(store, a_meeting(), by=PAT)
    assert last_frozen(store, PAT, FOR_US) == frozen["public"]
    assert last_frozen(store, PAT, ABOUT) == frozen["public"]
    assert last_frozen(store, PAT, ABOUT, before=frozen["public"].frozen_at) == frozen["with north"]
    assert last_frozen(store, PAT, FOR_US, before=frozen["with north"].frozen_at) == frozen["us"]
    assert last_frozen(store, PAT, everybody, before=frozen["public"].frozen_at) is None
    assert last_frozen(store, PAT, replace(ABOUT, provider="")) == frozen["all"]
    assert last_frozen(store, PAT, replace(ABOUT, area=HILL)) is None


def test_a_meeting_is_kept_behind_the_wall_too(postgres_url: str) -> None:
    """As on a server: the app's role with the rights that it is given, and the database telling who may keep what."""
    with walled(postgres_url) as made:
        change_settings(made.app, lambda _: some_settings(), by=COMMISSIONER)
        number = prepare_meeting(made.app, a_meeting(), by=PAT)
        change_meeting(made.app, number, by=PAT, remarks=BUSY)
        action = agree_action(made.app, an_action(meeting=number), by=PAT)
        note_action(
            made.app, action, status=ActionStatus.IN_PROGRESS, by=PAT, due=in_days(40), meeting=number
        )
        assert list_meetings(made.app, NORA) == ()
        freeze_meeting(made.app, number, pack_of(number), by=PAT)
        assert read_meeting(made.app, NORA, number).remarks == BUSY
        (seen,) = read_actions(made.app, NORA, WITH_NORTH, service=SERVICE)
        assert (seen.id, seen.status, seen.due_now) == (action, ActionStatus.IN_PROGRESS, in_days(40))
        withdraw_meeting(made.app, number, why="It was the wrong one", by=PAT)
        assert given_away(made.app) == 1
        assert done(made.app)[-1] == f"pat meeting {number} withdrawn"
