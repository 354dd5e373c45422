"""The audit: who did what, saw which cases, and was refused. Rows are only added; the database itself refuses anything else.

It names people, acts, and what they were about: never a cell of a return, and never what an address carries behind its '?'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from time import monotonic
from typing import Final

from sqlalchemy import Connection, Select, insert, select

from data_access import clock
from data_access.stores import Store, reading, writing
from data_access.tables import audit
from domain.access import Duty, Viewer
from domain.audit import Act, Entry
from domain.cell_text import FORMULA_STARTS
from domain.people import MOST_OF_A_USER, as_user
from domain.personal_data import value_kind
from domain.returns_calendar import CLOCK

AUDIT_COLUMNS = ("at", "person", "act", "service", "provider", "subject", "detail")
"""The columns of the audit in a file, in their order."""
MOST_REFUSED: Final = 20
"""How many refusals of one person are kept in a minute."""
_FOLDED: Final = frozenset({Act.REFUSED, Act.SAW_CASES})
_OF_A_PERSON: Final = frozenset({Act.CHANGED_ROLES, Act.SIGNED_OUT})
_MINUTE: Final = 60.0
_LONGEST: Final = 300
_PAGE: Final = 2_000

_BEHIND_AN_ADDRESS = re.compile(r"(?:^\?|(/[^\s?#]*)[?#]).*", re.DOTALL)
_KEY = re.compile(r"[\w.-]{0,80}")


def note(
    store: Store,
    viewer: Viewer,
    act: Act,
    *,
    service: str = "",
    provider: str = "",
    subject: str = "",
    detail: str = "",
) -> bool:
    """Write down an act that changes nothing, in a transaction of its own; False where it was not written again.

    Anybody may: somebody without a role, and somebody who did not sign in, whose name is blank. So that nobody fills the database by
    hammering, a refusal or a look at cases that is the same in every word is one row a minute, and of one person `MOST_REFUSED`
    refusals a minute are kept, by each process; the last of them says that more are not. All else is a row each time.

    Parameters
    ----------
    service, provider : by their keys. subject : of what, as the key of a return, a page or a file's name.
    detail : anything more, in words.
    """
    row = row_of(viewer, act, service, provider, subject, detail)
    with _bounded(store, row) as wanted:
        if wanted is not None:
            # A name is told to the database too, and PostgreSQL takes none with a zero in it.
            with writing(store, replace(viewer, user=row["person"])) as connection:
                _add(connection, wanted)
    return wanted is not None


def note_in(
    connection: Connection,
    viewer: Viewer,
    act: Act,
    *,
    service: str = "",
    provider: str = "",
    subject: str = "",
    detail: str = "",
) -> None:
    """Write down an act inside the transaction that does it, so that both are kept or neither; parameters as for `note`."""
    _add(connection, row_of(viewer, act, service, provider, subject, detail))


def read_audit(
    store: Store,
    viewer: Viewer,
    *,
    first: date | None = None,
    last: date | None = None,
    person: str = "",
    act: Act | None = None,
    service: str = "",
    provider: str = "",
    limit: int = 500,
    before_id: int | None = None,
) -> tuple[Entry, ...]:
    """The newest entries first. Raises OutOfReach for whom may not read the record of who did what.

    Parameters
    ----------
    first, last : days by the clock in England, both included. limit : how many at most.
    before_id : only those older than the entry with this number; to go on, give the `id` of the last entry that was read.
    """
    viewer.check(Duty.AUDIT)
    with reading(store, viewer) as connection:
        return _entries(connection, _asked(first, last, person, act, service, provider), limit, before_id)


def audit_entries(
    store: Store,
    viewer: Viewer,
    *,
    first: date | None = None,
    last: date | None = None,
    person: str = "",
    act: Act | None = None,
    service: str = "",
    provider: str = "",
) -> Iterator[Entry]:
    """Every entry that is asked for, however many there are; parameters, order and OutOfReach as for `read_audit`, before the first."""
    viewer.check(Duty.AUDIT)
    return _all(store, viewer, _asked(first, last, person, act, service, provider))


def audit_rows(
    store: Store,
    viewer: Viewer,
    *,
    first: date | None = None,
    last: date | None = None,
    person: str = "",
    act: Act | None = None,
    service: str = "",
    provider: str = "",
) -> Iterator[dict[str, str]]:
    """The same as texts for a CSV file, by `AUDIT_COLUMNS`. Moments are of UTC.

    A text that a spreadsheet would calculate starts with an apostrophe.
    """
    asked = _asked(first, last, person, act, service, provider)
    viewer.check(Duty.AUDIT)
    return map(_as_texts, _all(store, viewer, asked))


def _all(store: Store, viewer: Viewer, asked: Select[tuple[object]]) -> Iterator[Entry]:
    before: int | None = None
    while True:
        # No transaction stays open while a page of entries is written to a file.
        with reading(store, viewer) as connection:
            page = _entries(connection, asked, _PAGE, before)
        yield from page
        if len(page) < _PAGE:
            return
        before = page[-1].id


def _as_texts(entry: Entry) -> dict[str, str]:
    texts = [getattr(entry, column) for column in AUDIT_COLUMNS[1:]]
    guarded = [f"'{text}" if text.startswith(FORMULA_STARTS) else str(text) for text in texts]
    return dict(zip(AUDIT_COLUMNS, (entry.at.isoformat(timespec="seconds"), *guarded), strict=True))


def _asked(
    first: date | None, last: date | None, person: str, act: Act | None, service: str, provider: str
) -> Select[tuple[object]]:
    asked = select(audit)
    if first:
        asked = asked.where(audit.c.at >= _midnight(first))
    if last:
        asked = asked.where(audit.c.at < _midnight(last + timedelta(days=1)))
    if person:
        asked = asked.where(audit.c.person == as_user(person))
    if service:
        asked = asked.where(audit.c.service == service)
    if provider:
        asked = asked.where(audit.c.provider == provider)
    return asked.where(audit.c.kind == str(act)) if act else asked


def _midnight(day: date) -> datetime:
    """When a day begins in England; SQLite compares moments as they are written, so it is given in UTC."""
    return datetime.combine(day, time(), CLOCK).astimezone(UTC)


def _entries(
    connection: Connection, asked: Select[tuple[object]], limit: int, before_id: int | None
) -> tuple[Entry, ...]:
    if before_id is not None:
        asked = asked.where(audit.c.id < before_id)
    rows = connection.execute(asked.order_by(audit.c.id.desc()).limit(limit)).mappings()
    return tuple(
        Entry(
            row["at"],
            row["person"],
            Act(row["kind"]),
            row["service"],
            row["provider"],
            row["subject"],
            row["detail"],
            row["id"],
        )
        for row in rows
    )


Row = dict[str, str]


def row_of(viewer: Viewer, act: Act, service: str, provider: str, subject: str, detail: str) -> Row:
    """An act as it is written down, whatever the texts hold that came from outside."""
    return {
        "person": _person(viewer.user),
        "kind": str(act),
        "service": _key(service),
        "provider": _key(provider),
        # Whose roles change and who is signed out is said by their name, which is an e-mail address.
        "subject": _person(subject) if act in _OF_A_PERSON else _unpersonal(subject),
        "detail": _unpersonal(detail),
    }


def _person(user: str) -> str:
    """The name of a person as it can be kept: what a browser or a proxy sends may hold anything."""
    return as_user(_one_line(user))[:MOST_OF_A_USER].strip()


def _one_line(text: str) -> str:
    """A text without what nobody sees, of which some cannot be kept at all."""
    return "".join(character if character.isprintable() else " " for character in text).strip()


def _plain(text: str) -> str:
    """A text in one line and of a length that can be kept, without what an address carries behind it."""
    bare = _BEHIND_AN_ADDRESS.sub(r"\1", _one_line(text))
    return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 1]}…"


def _unpersonal(text: str) -> str:
    """The same; what looks personal is only named by its kind, as it may be the name of somebody's file or a made-up address."""
    plain = _plain(text)
    kind = value_kind(plain, dates=False) or value_kind(text, dates=False)
    return f"not kept: it looks like {kind.rstrip(',')}" if kind else plain


def _key(text: str) -> str:
    """A key; of what cannot be one only that something was asked for, since anybody can put anything in an address."""
    return text if _KEY.fullmatch(text) and not value_kind(text, dates=False) else "not a key"


def _add(connection: Connection, row: Row) -> None:
    # Inline: PostgreSQL would be asked for the new row's number, and only who may read the audit may be told a row of it.
    connection.execute(insert(audit).inline().values(at=clock.now(), **row))


_lately: dict[tuple[str, ...], float] = {}
_lately_lock = Lock()


@contextmanager
def _bounded(store: Store, row: Row) -> Iterator[Row | None]:
    """The row as it is to be written, or None where the same stands there since less than a minute, or too many of that person.

    Told by what this process wrote: who is refused may not read the audit, and asking would cost as much as writing.
    """
    if row["kind"] not in _FOLDED:
        yield row
        return
    whose = (store.url, row["kind"], row["person"])
    key = (*whose, *(row[name] for name in ("service", "provider", "subject", "detail")))
    with _lately_lock:
        now = monotonic()
        for old in [old for old, at in _lately.items() if at <= now - _MINUTE]:
            del _lately[old]
        so_far = sum(1 for other in _lately if other[:3] == whose)
        limited = row["kind"] == Act.REFUSED
        if key in _lately or (limited and so_far >= MOST_REFUSED):
            wanted = None
        else:
            _lately[key] = now
            last = limited and so_far == MOST_REFUSED - 1
            more = "; more refusals of this minute are not kept"
            wanted = row | {"detail": f"{row['detail']}{more}".lstrip("; ")} if last else row
    try:
        yield wanted
    except BaseException:
        if wanted is not None:
            _lately.pop(key, None)
        raise
