"""The second wall around meetings: who sees, at a raw SQL prompt, what was prepared, shown and agreed, and who may keep it."""

from __future__ import annotations

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Table

from data_access.meeting_tables import OF_MEETINGS, last_looked, saved_views
from tests.builders import HILL, NORTH, SOUTH
from tests.storage.test_row_security import EVERYTHING, OF_NORTH, added, counted, filled, numbers
from tests.storage.walled import Walled

__all__ = ["filled"]

PRESENTS = {"person": "pat", "reach": "mentoring||", "duties": "figures,presenting"}


@pytest.mark.parametrize("table", OF_MEETINGS, ids=str)
def test_a_provider_sees_what_it_was_told_of_and_nothing_that_is_prepared(
    filled: Walled, table: Table
) -> None:
    told = f"SELECT DISTINCT service, audience FROM {table.name}"
    own = f"provider:{NORTH}"
    with filled.prompt(**OF_NORTH) as prompt:
        # The other providers of SEND mediation are not its concern: it has no contract for that.
        assert set(prompt.execute(told).fetchall()) == {
            *(("mentoring", one) for one in (own, "providers", "public")),
            *(("send", one) for one in (own, "public")),
        }
        if "frozen_at" in table.c:
            assert numbers(prompt, f"SELECT count(*) FROM {table.name} WHERE frozen_at IS NULL") == 0
    with filled.prompt(**OF_NORTH | {"reach": f"mentoring|{NORTH}|"}) as prompt:
        assert {row[0] for row in prompt.execute(told).fetchall()} == {"mentoring"}
    with filled.prompt(**OF_NORTH | {"reach": f"|{NORTH}|{HILL}\nmentoring||{HILL}"}) as prompt:
        assert counted(prompt, table) == 0
    with filled.prompt(**PRESENTS) as prompt:
        everybody = ("us", f"provider:{NORTH}", f"provider:{SOUTH}", "providers", "public")
        assert set(prompt.execute(told).fetchall()) == {("mentoring", one) for one in everybody}


@pytest.mark.parametrize("table", OF_MEETINGS, ids=str)
def test_meetings_are_kept_by_who_presents_a_whole_service_and_by_no_provider(
    filled: Walled, table: Table
) -> None:
    with filled.prompt(**PRESENTS) as prompt:
        row = prompt.execute("SELECT min(id) FROM actions WHERE audience = 'us'").fetchone()
        given = {"service": "mentoring", "audience": "us", "provider": NORTH, "action": row and row[0]}
        assert added(prompt, table, **given) == 1
        with pytest.raises(InsufficientPrivilege, match="permission denied"):
            prompt.execute(f"UPDATE {table.name} SET audience = 'public'")
    for less in (
        {"duties": "figures"},
        {"reach": "send||"},
        {"reach": f"mentoring||{HILL}"},
        {"reach": f"mentoring|{NORTH}|"},
    ):
        with (
            filled.prompt(**PRESENTS | less) as prompt,
            pytest.raises(InsufficientPrivilege, match="row-level security"),
        ):
            added(prompt, table, **given)


def test_a_meeting_is_frozen_by_who_may_keep_it_and_a_note_is_never_changed(filled: Walled) -> None:
    freeze = "UPDATE meetings SET frozen_at = now(), pack = '{}', version = 1"
    with filled.prompt(**PRESENTS) as prompt:
        assert prompt.execute(freeze).rowcount == counted(prompt, OF_MEETINGS[0]) > 0
    for less in ({"duties": "figures"}, {"reach": f"mentoring|{NORTH}|"}):
        with filled.prompt(**PRESENTS | less) as prompt:
            assert prompt.execute(freeze).rowcount == 0
    for statement in ("UPDATE actions SET due = now()", "UPDATE action_notes SET note = ''"):
        with (
            filled.prompt(**EVERYTHING | {"duties": "figures,presenting"}) as prompt,
            pytest.raises(InsufficientPrivilege, match="permission denied"),
        ):
            prompt.execute(statement)


def test_what_somebody_keeps_for_themselves_is_theirs(filled: Walled) -> None:
    views, looked = saved_views, last_looked
    with filled.prompt(**OF_NORTH) as prompt:
        assert prompt.execute("SELECT DISTINCT person FROM saved_views").fetchall() == [("nora",)]
        assert prompt.execute("SELECT DISTINCT person FROM last_looked").fetchall() == [("nora",)]
        assert added(prompt, views, person="nora") == added(prompt, looked, person="nora") == 1
    with filled.prompt(**EVERYTHING) as prompt:
        whose = "SELECT DISTINCT person, shared FROM saved_views"
        assert set(prompt.execute(whose).fetchall()) == {("ann", True), ("ann", False), ("nora", True)}
        assert prompt.execute("UPDATE saved_views SET removed_at = now()").rowcount == 2
        assert prompt.execute("UPDATE last_looked SET seq = 0").rowcount == 1
    for table in (views, looked):
        with (
            filled.prompt(**EVERYTHING) as prompt,
            pytest.raises(InsufficientPrivilege, match="row-level security"),
        ):
            added(prompt, table, person="nora")
