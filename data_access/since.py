"""What happened to the figures of a meeting since it was shown them: why a number that stood then is another one now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import Column, Connection, func, select

from data_access.kept import KeptReturn, current, read_kept
from data_access.memory import Memory
from data_access.row_changes import Sides, read_row_changes
from data_access.scope import SETTINGS_CHANGED
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import agreed_exceptions, ledger
from domain.access import Circle, Duty, Viewer
from domain.act_words import exception_words, of_service, return_words, rows_words
from domain.formats import moment
from domain.meetings import About
from domain.returns import COUNCIL
from domain.settings import Settings
from domain.settings_changes import changes_between

_Said = tuple[int, str]
"""The number of an act, and what it was."""
_SAID: Memory[str] = Memory(2_000)
"""What each return did to the rows that counted: where a return has many rows, working it out takes a second."""


def read_acts_since(store: Store, viewer: Viewer, about: About, version: int) -> tuple[str, ...]:
    """What was done since some version to the figures that a meeting is about, a sentence each, the first first.

    The commissioning team reads who did it, how many cases a return added or changed where they may see cases, the exceptions and what
    changed in the settings. Others read which returns were saved or withdrawn and nothing more: a count of cases would be a small number.

    Parameters
    ----------
    version : the moment of the figures that were shown.
    """
    with reading(store, viewer) as connection:
        settings = settings_in(connection)
        found = [*_returns(connection, store.url, viewer, about, version, settings)]
        if not about.audience.gated:
            found += [*_exceptions(connection, about, version, settings)]
            found += [*_settings(connection, about, version, settings)]
    return tuple(said for _, said in sorted(found, key=lambda one: one[0]))


def _returns(
    connection: Connection, url: str, viewer: Viewer, about: About, version: int, settings: Settings
) -> Iterator[_Said]:
    ours = not about.audience.gated
    for kept in read_kept(connection, viewer, service=about.service):
        if about.provider and kept.provider not in (about.provider, COUNCIL):
            continue
        whose = _whose(kept, about, settings)
        if kept.seq > version:
            did = _rows(connection, url, viewer, kept, settings) if ours else ""
            who = kept.accepted_by if ours else ""
            yield (
                kept.seq,
                return_words(whose, kept.period, kept.version, "saved", kept.accepted_at, who, did),
            )
        if kept.withdrawn_at is not None and (kept.withdrawn_seq or 0) > version:
            who, why = (kept.withdrawn_by, kept.withdrawn_why) if ours else ("", "")
            said = return_words(whose, kept.period, kept.version, "withdrawn", kept.withdrawn_at, who, why)
            yield kept.withdrawn_seq or 0, said


def _whose(kept: KeptReturn, about: About, settings: Settings) -> str:
    """Whose return it is; with one provider in the room the others have no name."""
    if kept.from_council:
        return "The council's supplement"
    if about.audience.circle is Circle.PROVIDER and kept.provider != about.audience.provider:
        return "Another provider"
    return settings.provider_label(kept.provider)


def _rows(connection: Connection, url: str, viewer: Viewer, kept: KeptReturn, settings: Settings) -> str:
    """What a return did to the rows that counted when it was saved; blank for whom may not see single cases.

    It is asked again whenever somebody looks, and never another: whoever may see single cases of a provider may see all of them.
    """
    if not viewer.may(Duty.CASES, kept.service, kept.provider):
        return ""
    key = (url, kept.service, kept.provider, kept.seq)
    if (said := _SAID.get(key)) is None:
        before, after = (
            current(read_kept(connection, viewer, service=kept.service, provider=kept.provider, as_of=seq))
            for seq in (kept.seq - 1, kept.seq)
        )
        said = rows_words(read_row_changes(connection, Sides(before, after, kept), settings))
        _SAID.put(key, said)
    return said


def _exceptions(connection: Connection, about: About, version: int, settings: Settings) -> Iterator[_Said]:
    held = agreed_exceptions.c
    for moved, did in ((held.seq, "agreed"), (held.ended_seq, "taken back")):
        many = _counted(connection, about, moved, version)
        for (seq, at, who), rows in groupby(many, key=lambda one: one[:3]):
            for *_, provider, number in rows:
                whose = settings.provider_label(provider)
                yield seq, f"{whose}: {exception_words(number, did, at, who or '')}"


def _counted(
    connection: Connection, about: About, moved: Column[int], version: int
) -> Sequence[tuple[int, datetime | None, str | None, str, int]]:
    held = agreed_exceptions.c
    asked = (
        select(moved, ledger.c.at, ledger.c.who, held.provider, func.count())
        .join_from(agreed_exceptions, ledger, ledger.c.seq == moved, isouter=True)
        .where(held.service == about.service, moved > version)
        .group_by(moved, ledger.c.at, ledger.c.who, held.provider)
        .order_by(moved, held.provider)
    )
    if about.provider:
        asked = asked.where(held.provider == about.provider)
    return [tuple(row) for row in connection.execute(asked)]


def _settings(connection: Connection, about: About, version: int, settings: Settings) -> Iterator[_Said]:
    def bearing(seq: int) -> Settings:
        return of_service(settings_in(connection, as_of=seq), settings, about.service, about.provider)

    acts = connection.execute(
        select(ledger).where(ledger.c.kind == SETTINGS_CHANGED, ledger.c.seq > version).order_by(ledger.c.seq)
    ).all()
    before = bearing(version) if acts else settings
    for act in acts:
        after = bearing(act.seq)
        if changes := changes_between(before, after):
            yield act.seq, f"Settings changed on {moment(act.at)} by {act.who}: {'; '.join(changes)}"
        before = after
