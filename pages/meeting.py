"""Meeting: what do we show a provider, what was agreed, and what has changed since?"""

import streamlit as st

from components.frame import page_head
from components.meeting_choice import forget_number, show_meetings
from components.meeting_forms import show_done
from components.meeting_screens import present_pack, show_pack
from components.meeting_state import show_missing, show_own, show_state, show_ways_on
from components.navigation import require_shell
from components.present import presenting
from domain.presented import LAST
from pages._desk import stop_if_empty
from pages._meeting import (
    meetings_of,
    number_said,
    own_actions,
    pack_of,
    reopen,
    sentence_of,
    set_out,
    sit_down,
    today,
)
from pages._meeting_below import actions_part, below, quick
from pages._meeting_keep import changes_part, finish, keep, note_presented, plan_part

TITLE = "Meeting"

require_shell()

number = number_said()
room = reopen(number) if number else None
if number and room is None:
    forget_number()
    page_head(TITLE, presented=False)
    show_missing(number)
    st.stop()
if room is None:
    desk = sit_down()
    stop_if_empty(desk, TITLE)
    if not desk.viewer.whole(desk.service.key):
        page_head("Meetings and actions", desk.sentence, presented=False)
        show_own(meetings_of(desk.service.key), own_actions(desk), desk.settings, today())
        st.stop()
    room = set_out(desk)

pack = pack_of(room)
page_head(pack.title, sentence_of(room, pack))
if presenting():
    note_presented(room, pack)
    # Where actions can be agreed their screen stands, whatever is on it yet.
    present_pack(pack, quick(room, pack), keep=(LAST,) if room.open and room.kept else ())
    st.stop()

show_done()
meetings = meetings_of(room.meeting.about.service, room.meeting.about.audience)
if show_state(room.meeting, pack, room.why_not, meetings):
    keep(room)
show_ways_on(room.meeting)
show_meetings(meetings, room.settings)
plan_part(room)
changes_part(room, pack)
show_pack(pack, below(room, pack))
actions_part(room)
finish(room, pack)
