"""Meetings and actions for the storage tests, and the pack that one of them is frozen with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

from data_access import clock
from data_access.audit import read_audit
from data_access.issued import issued_in
from data_access.moved import Refused
from data_access.stores import Store, reading
from domain.access import COMMISSIONER, LOCAL_USER, Audience, Grant, Reach, Role, Viewer
from domain.actions import Action
from domain.audit import Act
from domain.cubes import EVERYWHERE, Cell
from domain.issued import Issue
from domain.meetings import About, Meeting
from domain.pack import MeetingPack
from domain.periods import Period
from tests.builders import NORTH, Q1, SERVICE
from tests.packs import a_pack

WITH_NORTH = Audience.with_provider(NORTH)
ABOUT = About(SERVICE, Period.parse(Q1), WITH_NORTH, NORTH)
PAT = Viewer("pat", (Grant(Role.PRESENTER, Reach(SERVICE)),), title="Contract manager")
"""Presents the whole of one service, and sees no single case."""
NORA = Viewer("nora", (Grant(Role.PROVIDER, Reach(provider=NORTH)),))
DEADLOCK = 60.0


def a_meeting(about: About = ABOUT, **changes: object) -> Meeting:
    return replace(Meeting(about), **changes)  # type: ignore[arg-type]


def pack_of(number: int, about: About = ABOUT, *, version: int = 1, shown: int = 12) -> MeetingPack:
    """What a meeting was shown; where it is for others, with a count that it gives away."""
    cells = ((Cell("cases", EVERYWHERE, "", ()), shown),)
    issue = Issue(about.audience, about.service, version, None, cells) if about.audience.gated else None
    return a_pack(
        service=about.service,
        provider=about.provider,
        area=about.area,
        period=about.period,
        audience=about.audience.key,
        meeting=number,
        version=version,
        issue=issue,
    )


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def an_action(text: str = "Ring every household", **changes: object) -> Action:
    given = Action(SERVICE, text, "Service manager", in_days(30), provider=NORTH, audience=WITH_NORTH.key)
    return replace(given, **changes)  # type: ignore[arg-type]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or how it was refused, all of them begun at the same moment."""
    together = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        together.wait(DEADLOCK)
        try:
            return act()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def given_away(store: Store, audience: Audience = WITH_NORTH) -> int:
    """How many files or frozen meetings an audience is reckoned to have."""
    with reading(store, COMMISSIONER) as connection:
        return len(issued_in(connection, audience, SERVICE).files)


def done(store: Store) -> list[str]:
    """What the audit holds of meetings and actions, the first first."""
    found = read_audit(store, LOCAL_USER, act=Act.CHANGED_MEETINGS)
    return [f"{one.person} {one.subject} {one.detail}" for one in reversed(found)]
