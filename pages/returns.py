"""Returns: who has sent what, and which version counts?"""

from datetime import UTC, datetime

from components.frame import page_head, section, show_table
from components.navigation import require_shell
from components.versions import received_table, returns_message, versions_table
from components.withdrawal import choose_withdrawal, withdrawn_note
from data_access.returns import list_returns, withdraw_return
from domain.tally import Source
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk(filters=False, services=True)
found = [version for version in list_returns(desk.store, desk.viewer) if version.service == desk.service.key]
if not found:
    stop_if_empty(desk, "Returns")

today = datetime.now(UTC).date()
until = today if desk.store.source is Source.SHARED else desk.coverage.as_at.latest or today
received = received_table(found, desk.settings, desk.service.key, until, today)
page_head(
    returns_message(received), f"{desk.service.label}. Expected up to {until:%-d %B %Y}.", presented=False
)
withdrawn_note()

section("Received and outstanding")
show_table(received, "Returns received and outstanding")
section("Every version")
show_table(versions_table(found, desk.settings), f"Every version of every return of {desk.service.label}")
if desk.store.source is Source.SHARED:
    section("Withdraw a return")
    choose_withdrawal(
        [kept for kept in found if kept.state == "current"],
        desk.settings,
        lambda key, user, why: withdraw_return(desk.store, key, user=user, why=why),
    )
