"""Procurement scenarios, kept: named, changed by one at a time, removed and brought back. Whoever may see all prices of a service may.

They change no figure, so that they are no acts of the ledger and never move the data version. Each act is noted in the audit, in its own
transaction, by the number of the scenario alone: whoever reads the audit may see no price, and a name may hold one. A change takes the
place of what was kept before, and nothing older is kept; a copy is a scenario saved with the number 0.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, RowMapping, insert, select, update

from data_access import clock
from data_access.audit import note_in
from data_access.meeting_checks import references_in, refuse
from data_access.moved import Moved, Refused
from data_access.procurement_tables import scenarios
from data_access.settings import settings_in
from data_access.stores import Store, reading, writing
from data_access.tables import counter
from domain.access import Viewer
from domain.audit import Act
from domain.formats import moment
from domain.meeting_checks import plain_text
from domain.procurement.scenario import Scenario
from domain.procurement.scenario_checks import (
    MOST_SCENARIOS,
    NOT_OF_A_FILE,
    name_problems,
    scenario_problems,
    texts_of,
)
from domain.procurement.scenario_text import parse_scenario, write_scenario
from domain.procurement.who_may import check_may_prepare
from domain.tally import Source


def save_scenario(store: Store, scenario: Scenario, *, by: Viewer, version: int | None = None) -> int:
    """Keep a scenario, and give its number: a new one where it has none yet, else the one with its number as it is now.

    Parameters
    ----------
    scenario : its `changed_at` is that of the scenario as it was read.
    version : the moment of the figures that whoever saves it looked at; None for the newest.

    Raises
    ------
    OutOfReach
        For whom may not see all prices of the service.
    Moved
        When somebody else changed or removed it since it was read; says who and when.
    Refused
        When there is no such scenario, or something of it cannot be kept; says what would be.
    """
    check_may_prepare(by, scenario.service, "scenarios")
    if store.source is Source.IN_HAND:
        raise Refused(f"Nothing was saved. {NOT_OF_A_FILE}")
    said = _plain(scenario)
    with writing(store, by) as connection:
        newest = _in_turn(connection)
        if said.id:
            _check_unchanged(_find(connection, said.id, by), said)
        _check(connection, said)
        at = clock.now()
        values = {
            "name": said.name,
            "body": write_scenario(said),
            "version": newest if version is None else min(version, newest),
            "changed_at": at,
            "changed_by": by.signature,
        }
        if said.id:
            _put(connection, said.id, **values)
            _note(connection, by, said.service, said.id, "changed")
            return said.id
        made = {"service": said.service, "made_at": at, "made_by": by.signature}
        (number,) = connection.execute(insert(scenarios).values(**values, **made)).inserted_primary_key or (
            0,
        )
        _note(connection, by, said.service, int(number), "saved")
    return int(number)


def list_scenarios(store: Store, viewer: Viewer, service: str) -> tuple[Scenario, ...]:
    """The scenarios of a service by name, without removed ones; none for whom may not see its prices.

    One that this version of the program cannot read is left out; `read_scenario` says so.
    """
    held = scenarios.c
    asked = select(scenarios).where(held.service == service, held.removed_at.is_(None))
    with reading(store, viewer) as connection:
        rows = connection.execute(asked).mappings().all()
    found = [one for row in rows if (one := _read(row)) is not None]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def read_scenario(store: Store, viewer: Viewer, number: int) -> Scenario:
    """One scenario. Raises Refused where there is none that the viewer may see, it is removed, or this program cannot read it."""
    with reading(store, viewer) as connection:
        row = _row(connection, number)
    if row["removed_at"] is not None:
        raise Refused(_was_removed(row))
    found = _read(row)
    if found is None:
        raise Refused(
            f"Scenario {number} is kept, and this version of the dashboard cannot read it. Nothing of it is lost: ask whoever runs "
            "the dashboard to install the version it was saved with, or a later one."
        )
    return found


def remove_scenario(store: Store, number: int, *, by: Viewer) -> None:
    """Take a scenario from the list; `bring_back_scenario` undoes it.

    Raises
    ------
    OutOfReach
        For whom may not see all prices of its service.
    Refused
        When there is no such scenario, or it is removed already.
    """
    with writing(store, by) as connection:
        _in_turn(connection)
        row = _find(connection, number, by)
        if row["removed_at"] is not None:
            raise Refused(f"Nothing was changed. {_was_removed(row)}")
        _put(connection, number, removed_at=clock.now(), removed_by=by.signature)
        _note(connection, by, row["service"], number, "removed")


def bring_back_scenario(store: Store, number: int, *, by: Viewer) -> None:
    """Undo that. Raises as `remove_scenario`, and Refused where it is there, or another scenario has got its name since."""
    with writing(store, by) as connection:
        _in_turn(connection)
        row = _find(connection, number, by)
        if row["removed_at"] is None:
            raise Refused("Nothing was changed: the scenario is not removed.")
        refuse(name_problems(row["name"], _names(connection, row["service"], number)))
        _put(connection, number, removed_at=None, removed_by="")
        _note(connection, by, row["service"], number, "brought back")


def _in_turn(connection: Connection) -> int:
    """Wait until nobody else saves, and give the moment of the data: of two who save at once, the second sees what the first did."""
    return int(connection.execute(select(counter.c.seq).with_for_update()).scalar_one())


def _row(connection: Connection, number: int) -> RowMapping:
    row = connection.execute(select(scenarios).where(scenarios.c.id == number)).mappings().first()
    if row is None:
        raise Refused(f"There is no scenario {number} that you may see.")
    return row


def _find(connection: Connection, number: int, by: Viewer) -> RowMapping:
    """The row of a scenario that somebody may keep: it is found only by whom may see its prices."""
    row = _row(connection, number)
    check_may_prepare(by, row["service"], f"scenario {number}")
    return row


def _check_unchanged(row: RowMapping, said: Scenario) -> None:
    if row["service"] != said.service:
        raise Refused("Nothing was saved: the scenario is of another service. Save it as a new one.")
    if row["removed_at"] is not None:
        raise Moved(f"Nothing was saved. {_was_removed(row)}", who=row["removed_by"], at=row["removed_at"])
    if row["changed_at"] != said.changed_at:
        who, at = row["changed_by"], row["changed_at"]
        raise Moved(
            f"Nothing was saved: {who} changed the scenario on {moment(at)}, after you opened it. Look at it, and make the change "
            "again, or save yours under another name.",
            who=who,
            at=at,
        )


def _was_removed(row: RowMapping) -> str:
    when = moment(row["removed_at"])
    return f"{row['removed_by']} removed the scenario '{row['name']}' on {when}. It can be brought back."


def _check(connection: Connection, said: Scenario) -> None:
    others = _names(connection, said.service, said.id)
    if not said.id and len(others) >= MOST_SCENARIOS:
        refuse([f"There are {len(others)} scenarios of this service. Remove one that is no longer needed."])
    refuse((*name_problems(said.name, others), *scenario_problems(said, settings_in(connection))))
    for where, text in texts_of(said):
        if references_in(connection, said.service, [(where, text)]):
            refuse(
                [f"{where} holds the reference of a case. Say it without: it stays, and may be passed on."]
            )


def _names(connection: Connection, service: str, but: int) -> tuple[str, ...]:
    held = scenarios.c
    asked = select(held.name).where(held.service == service, held.id != but, held.removed_at.is_(None))
    return tuple(connection.execute(asked).scalars())


def _plain(scenario: Scenario) -> Scenario:
    """A scenario with its texts as they are kept: in one line, without what nobody sees."""
    return replace(
        scenario,
        name=plain_text(scenario.name),
        note=plain_text(scenario.note),
        assumptions=tuple(replace(one, words=plain_text(one.words)) for one in scenario.assumptions),
    )


def _read(row: RowMapping) -> Scenario | None:
    try:
        found = parse_scenario(row["body"])
    except ValueError:
        return None
    beside = {name: row[name] for name in ("service", "id", "name", "version", "changed_at", "changed_by")}
    return replace(found, **beside)


def _put(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(scenarios).where(scenarios.c.id == number).values(**values))


def _note(connection: Connection, by: Viewer, service: str, number: int, what: str) -> None:
    act = Act.CHANGED_SCENARIOS
    note_in(connection, by, act, service=service, subject=f"scenario {number}", detail=what)
