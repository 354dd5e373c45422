"""Returns: who has sent what and when, what falls due, and which version counts?"""

import streamlit as st

from components.frame import page_head, section, show_table
from components.navigation import require_shell
from components.returns_calendar import returns_message, show_calendar
from components.returns_deadlines import show_deadlines
from components.versions import versions_table
from components.withdrawal import choose_withdrawal, withdrawn_note
from data_access import clock
from data_access.returns import list_returns, withdraw_return
from domain.tally import Source
from domain.whose import whose
from pages._audience import stop_unless_us
from pages._desk import open_desk, stop_if_empty
from pages._returns import as_sender, calendar_of, deadlines_of, looked_at
from pages._returns_versions import compare_two, look_at_one
from pages._who import viewer

require_shell()

desk = as_sender(open_desk(filters=False, services=True))
stop_unless_us(desk.audience, "Returns")
if not any(one.service in ("", desk.service.key) for one in desk.viewer.reach):
    page_head(
        "Returns", f"You send no returns of {desk.service.label}: choose another service.", presented=False
    )
    st.stop()
found = [version for version in list_returns(desk.store, desk.viewer) if version.service == desk.service.key]
if not found and not any(c.service == desk.service.key for c in desk.settings.contracts):
    stop_if_empty(desk, "Returns")

until = looked_at(desk)
calendar = calendar_of(desk)
as_at = desk.coverage.as_at.latest or until
# The counts of the title are of those alone whom the reader may send for.
names = ": ".join(part for part in (desk.service.label, whose(desk.settings, desk.service.key)) if part)
page_head(returns_message(calendar), f"{names}. Expected up to {until:%-d %B %Y}.", presented=False)
withdrawn_note()

section("Received and outstanding")
show_calendar(calendar, desk.settings, until, clock.now())
section("Due in the next 14 days")
show_deadlines(
    deadlines_of(desk, calendar),
    desk.settings,
    until,
    as_at,
    clock.now(),
    f"deadlines-{desk.service.key}",
    saved=desk.store.source is Source.SHARED,
)
if found:
    section("Every version")
    show_table(versions_table(found, desk.settings), f"Every version of every return of {desk.service.label}")
    section("Look at one version")
    look_at_one(desk, found)
if len(found) > 1:
    section("Compare two versions")
    compare_two(desk, found)
if found and desk.store.source is Source.SHARED:
    section("Withdraw a return")
    choose_withdrawal(
        [kept for kept in found if kept.state == "current"],
        desk.settings,
        lambda key, title, why: withdraw_return(desk.store, key, by=viewer().signing(title), why=why),
    )
