"""Where the Meeting page meets the data: which meeting is looked at, its pack, and who may keep it. Not a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import streamlit as st

from components.address import own_address
from components.audience import AUDIENCE, seen_as
from components.banner import show_banner
from components.filters import PROVIDER
from components.frame import page_head
from components.meeting_choice import MEETING, choose_months, say_address
from data_access import clock
from data_access.actions import read_actions
from data_access.meeting_rows import Unreadable
from data_access.meetings import last_frozen, list_meetings, read_meeting
from data_access.packs.reading import read_pack
from data_access.settings import read_settings
from data_access.sources import shared_store
from data_access.stores import Store
from domain.access import Audience, Duty, Viewer
from domain.actions import Action
from domain.agenda import DEFAULT_AGENDA, known_items
from domain.formats import sentence_case
from domain.issued import reached_by
from domain.meetings import About, Meeting
from domain.pack import MeetingPack
from domain.periods import Period, month_end, month_start, months_between, quarter_of
from domain.settings import Settings
from domain.tally import Source
from pages._desk import Desk, open_desk, open_source
from pages._views import show_views
from pages._who import viewer, viewer_of

_DRAFTS = "meeting_drafts"
MONTHS_OFFERED = 24


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting that is looked at, and where: kept in the shared database, or of what is chosen at the side.

    Its meeting has no number while it is not kept; `last` is the one before it, and `why_not` says why nothing of it is kept here.
    """

    store: Store
    viewer: Viewer
    settings: Settings
    meeting: Meeting
    last: Meeting | None
    why_not: str

    @property
    def kept(self) -> bool:
        """Whether it has a number."""
        return bool(self.meeting.id)

    @property
    def open(self) -> bool:
        """Whether it may still be changed, by this reader."""
        return not self.why_not and not self.meeting.frozen and self.meeting.withdrawn_at is None

    @property
    def ours(self) -> bool:
        """Whether whoever looks may see all figures of the service."""
        return self.viewer.whole(self.meeting.about.service)


def number_said() -> int | None:
    """The number of the meeting that the address names; None where it names none."""
    said = st.query_params.get(MEETING, "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def reopen(number: int) -> Room | None:
    """A kept meeting, with whom it was for as it is kept, whatever else the address says; None where there is none to be seen."""
    store = shared_store()
    who = viewer()
    show_banner(store.source)
    try:
        meeting = read_meeting(store, who, number)
    except Unreadable as unreadable:
        page_head("Meeting", presented=False)
        st.error(str(unreadable))
        st.stop()
    except ValueError:
        return None
    about = meeting.about
    say_address(about, number)
    before = meeting.frozen_at
    last = last_frozen(store, who, about, before=before)
    return Room(store, who, read_settings(store, who), meeting, last, why_not_kept(store, about.service))


def sit_down() -> Desk:
    """The desk with its pickers; without those that choose figures for who sees a part of a service, and so no figures here."""
    figures = any(not one.provider and not one.area for one in viewer_of(open_source()).reach)
    return open_desk(filters=figures, services=True, months=False)


def set_out(desk: Desk) -> Room:
    """A meeting about what is chosen at the side, as far as it has been made up in this session.

    Its agenda is that of the last meeting of the same contract, where there was one; or as it was put in order here a moment ago, when
    only the months or those in the room are others now.
    """
    about = about_of(desk)
    here = _shared(desk.store)
    last = last_frozen(desk.store, desk.viewer, about) if here else None
    drafts: dict[About, Meeting] = st.session_state.get(_DRAFTS, {})
    alike = [
        one for key, one in drafts.items() if replace(about, period=key.period, audience=key.audience) == key
    ]
    usual = alike[-1].agenda if alike else known_items(last.agenda) if last else DEFAULT_AGENDA
    meeting = drafts.get(about) or Meeting(about, usual, held_on=alike[-1].held_on if alike else None)
    why_not = why_not_kept(desk.store, about.service)
    return Room(desk.store, desk.viewer, desk.settings, meeting, last, why_not)


def draft(meeting: Meeting) -> None:
    """Remember a meeting that is not kept, in this session."""
    others = {
        about: one for about, one in st.session_state.get(_DRAFTS, {}).items() if about != meeting.about
    }
    st.session_state[_DRAFTS] = {**others, meeting.about: meeting}


def forget_draft(about: About) -> None:
    """Forget a meeting that was not kept, once it is."""
    st.session_state.get(_DRAFTS, {}).pop(about, None)


def about_of(desk: Desk) -> About:
    """What is chosen at the side: with one provider in the room the meeting is about that provider.

    Who chose a provider, and did not say who will be in the room, is taken to meet that provider: shown to it by mistake, what is for the
    commissioning team would give small numbers away.
    """
    chosen = desk.selection.providers
    audience = desk.audience
    if audience.provider and chosen != (audience.provider,):
        st.query_params[PROVIDER] = [audience.provider]
        st.rerun()
    if chosen and not audience.gated and AUDIENCE not in st.query_params:
        st.query_params[AUDIENCE] = Audience.with_provider(chosen[0]).key
        st.rerun()
    period = _choose_period(desk)
    show_views(desk.store)
    area = next(iter(desk.selection.areas), "")
    return About(desk.service.key, period, audience, next(iter(chosen), ""), area)


def _choose_period(desk: Desk) -> Period:
    """The quarter looked at; the commissioning team may look at a month too."""
    first, last = desk.coverage.first_month or 0, desk.coverage.last_month or 0
    every = months_between(first, last)
    found = {quarter_of(one) for one in every}
    quarters = sorted((one for one in found if one.end <= month_end(last)), reverse=True)
    months = [Period(month_start(one), month_end(one)) for one in reversed(every)]
    gated = desk.audience.gated
    offered = quarters if gated and quarters else [*quarters, *months[:MONTHS_OFFERED]]
    default = next((one for one in quarters if desk.is_in(one)), offered[0])
    return choose_months(offered, default, quarters=gated)


def why_not_kept(store: Store, service: str) -> str:
    """Why nothing of a meeting is kept here; blank where it may be."""
    if store.source is Source.IN_HAND:
        return "Your file is not saved, so no meeting about it is kept. Save the return first."
    if not _shared(store):
        return (
            "These are the examples, so no meeting about them is kept and no action agreed. Everything else works as it will with "
            "your own returns."
        )
    here = viewer()
    if not (here.may(Duty.PRESENTING, service) and here.whole(service)):
        return (
            "Your role looks at meetings; a presenter or commissioner of the service prepares and keeps them."
        )
    return ""


def _shared(store: Store) -> bool:
    return store.source is not Source.IN_HAND and store.url == shared_store().url


def meetings_of(service: str, audience: Audience = Audience.US) -> tuple[Meeting, ...]:
    """The meetings kept of a service that the reader may see; with others in the room, those of which they have all."""
    found = list_meetings(shared_store(), viewer(), service=service)
    if not audience.gated:
        return found
    told = reached_by(audience)
    return tuple(one for one in found if one.about.audience.key in told)


def own_actions(desk: Desk) -> tuple[Action, ...]:
    """The open actions that somebody was told of who sees a part of a service."""
    return (
        read_actions(desk.store, desk.viewer, Audience.US, service=desk.service.key)
        if _shared(desk.store)
        else ()
    )


def today() -> date:
    """The day that actions are due by."""
    return clock.today()


def sentence_of(room: Room, pack: MeetingPack) -> str:
    """What is looked at and for whom, in words."""
    seen = seen_as(room.meeting.about.audience, room.settings)
    return f"{sentence_case(pack.selection)}. {pack.audience_words}. {seen}".rstrip()


def pack_of(room: Room) -> MeetingPack:
    """What a meeting shows: what was kept where it is frozen, else the figures of now."""
    if room.meeting.pack is not None:
        return room.meeting.pack
    return pack_now(room)


def pack_now(room: Room) -> MeetingPack:
    """The same meeting with the figures of now."""
    return read_pack(
        room.store,
        room.viewer,
        room.meeting,
        last=room.last,
        actions=actions_of(room, closed_since=room.last.frozen_at if room.last else None),
        today=clock.today(),
        address=own_address(),
    )


def actions_of(room: Room, *, closed_since: datetime | None) -> tuple[Action, ...]:
    """The actions that those in the room were told of, and still carry or have closed since then."""
    if not _shared(room.store):
        return ()
    about = room.meeting.about
    return read_actions(
        room.store,
        room.viewer,
        about.audience,
        service=about.service,
        provider=about.provider,
        area=about.area,
        closed_since=closed_since,
    )
