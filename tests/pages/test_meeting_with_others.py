"""With others in the room the Meeting page names no meeting that was for fewer than they are."""

from __future__ import annotations

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.meetings import About
from tests.builders import NORTH, Q1, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import opened
from tests.pages.test_meeting import ABOUT, FIRST, PAGE, kept


def test_the_meetings_that_are_listed_are_those_of_whoever_is_in_the_room(shared: Store) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    for provider in (NORTH, SOUTH):
        save_return(shared, a_return(provider, Q1, [a_case() for _ in range(20)]), by=COMMISSIONER)
    ours = kept(shared, About("mentoring", FIRST))
    of_north = kept(shared, ABOUT)
    of_south = kept(shared, About("mentoring", FIRST, Audience.with_provider(SOUTH), SOUTH))
    of_all = kept(shared, About("mentoring", FIRST, Audience.PROVIDERS))
    listed = {
        audience: {
            number
            for number in (ours, of_north, of_south, of_all)
            if f"meeting={number}" in " ".join(str(one.proto) for one in app.get("page_link"))
        }
        for audience in ("us", ABOUT.audience.key, "providers")
        for app in [opened(PAGE, service="mentoring", **{"for": audience})]
    }
    assert listed == {
        "us": {ours, of_north, of_south, of_all},
        ABOUT.audience.key: {of_north, of_all},
        "providers": {of_all},
    }
