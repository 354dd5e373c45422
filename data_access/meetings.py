"""Provider meetings, kept: prepared, changed, frozen with all that was shown, withdrawn with a reason. Nothing is ever deleted.

They change no figure, so that they are no acts of the ledger and never move the data version; each act is noted in the audit, in its own
transaction. What is frozen holds figures and words alone and no case, so that nothing of it changes when a case is taken out of
the returns or never comes again: what was shown is what was shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from data_access import clock
from data_access.issued import keep_issue_in
from data_access.meeting_checks import check_may_keep, note_kept, references_in, refuse
from data_access.meeting_rows import (
    UNSAID,
    Unsaid,
    about_of,
    find_row,
    meeting_of,
    of_another,
    remarks_of,
    remarks_text,
    worth_keeping,
)
from data_access.meeting_tables import meetings
from data_access.moved import Moved, Refused
from data_access.settings import settings_in
from data_access.stores import Store, reading, writing
from domain.access import Viewer
from domain.agenda import known_items
from domain.formats import moment
from domain.issued import reached_by
from domain.meeting_checks import (
    about_problems,
    agenda_problems,
    plain_remarks,
    plain_text,
    remark_problems,
    remark_texts,
    text_problems,
)
from domain.meetings import MOST_OF_A_COMMENT, About, Meeting, Remark
from domain.pack import MeetingPack
from domain.pack_text import write_pack


def prepare_meeting(store: Store, meeting: Meeting, *, by: Viewer) -> int:
    """Keep a meeting that is being prepared, and give its number. Of it counts what it is about, its agenda, its remarks and its day.

    Raises
    ------
    OutOfReach
        For whom may not keep meetings of the service.
    Refused
        When something of it cannot be kept; the message says where, what was found and what would be accepted.
    """
    about = meeting.about
    check_may_keep(store, by, about.service)
    remarks = worth_keeping({}, plain_remarks(meeting.remarks))
    with writing(store, by) as connection:
        refuse(about_problems(about, settings_in(connection)))
        _check(connection, about.service, meeting.agenda, remarks)
        at = clock.now()
        row = connection.execute(
            insert(meetings).values(
                service=about.service,
                provider=about.provider,
                area=about.area,
                audience=about.audience.key,
                first=about.period.first_month,
                last=about.period.last_month,
                held_on=meeting.held_on,
                agenda=json.dumps(meeting.agenda),
                remarks=remarks_text(remarks),
                made_at=at,
                made_by=by.signature,
                changed_at=at,
                changed_by=by.signature,
            )
        )
        (number,) = row.inserted_primary_key or (0,)
        _note(connection, by, int(number), about, "prepared")
    return int(number)


def change_meeting(
    store: Store,
    number: int,
    *,
    by: Viewer,
    agenda: Sequence[str] | None = None,
    remarks: Mapping[str, Remark] | None = None,
    held_on: date | Unsaid | None = UNSAID,
    expected: datetime | None = None,
) -> None:
    """Change a meeting that is being prepared; what is not given stays as it is.

    Parameters
    ----------
    held_on : None takes the day away.
    remarks : by the key of their screen. Those of other screens stay; a blank one takes away what was said there.
    expected : the `changed_at` of the meeting as it was read; None changes it whoever changed it meanwhile.

    Raises
    ------
    OutOfReach
        For whom may not keep meetings of the service.
    Moved
        When somebody else changed it since it was read; says who.
    Refused
        When there is no such meeting, it is frozen or withdrawn, or something of it cannot be kept.
    """
    said = None if remarks is None else plain_remarks(remarks)
    with writing(store, by) as connection:
        row = _being_prepared(connection, store, number, by, expected)
        kept = remarks_of(row)
        after = kept if said is None else worth_keeping(kept, said)
        items = json.loads(row["agenda"]) if agenda is None else list(agenda)
        moved = {key: one for key, one in after.items() if one != kept.get(key)}
        _check(connection, row["service"], known_items(items) if agenda is None else items, moved)
        day = row["held_on"] if isinstance(held_on, Unsaid) else held_on
        values = {"agenda": json.dumps(items), "remarks": remarks_text(after), "held_on": day}
        if all(row[name] == value for name, value in values.items()):
            return
        _put(connection, number, **values, changed_at=clock.now(), changed_by=by.signature)
        _note(connection, by, number, about_of(row), "changed")


def freeze_meeting(
    store: Store, number: int, pack: MeetingPack, *, by: Viewer, expected: datetime | None = None
) -> None:
    """Keep what a meeting was shown, for good; from then on it changes no more.

    What others than the commissioning team were shown by it is kept in the same transaction, so that later figures reckon with it.

    Parameters
    ----------
    pack : of this very meeting, as it was shown. expected : as for `change_meeting`.

    Raises
    ------
    OutOfReach
        For whom may not keep meetings of the service.
    Moved
        When somebody changed it since it was read.
    Refused
        When there is no such meeting, it is frozen or withdrawn, or the pack is that of another meeting.
    Outdated
        Where a file of later data went out since the pack was made.
    """
    with writing(store, by) as connection:
        row = _being_prepared(connection, store, number, by, expected)
        about = about_of(row)
        if other := of_another(pack, number, about):
            raise Refused(
                f"Nothing was frozen: the pack has another {other} than the meeting. Make it again from the meeting."
            )
        if about.audience.gated and pack.issue is not None:
            keep_issue_in(connection, by, pack.issue, file_name=f"meeting {number}")
        _put(
            connection,
            number,
            frozen_at=clock.now(),
            frozen_by=by.signature,
            version=pack.version,
            pack=write_pack(pack),
        )
        _note(connection, by, number, about, f"frozen; for {about.audience.key}")


def withdraw_meeting(store: Store, number: int, *, why: str, by: Viewer) -> None:
    """Say that a meeting should not count, frozen or not; it stays in the record, with the reason.

    Raises
    ------
    OutOfReach
        For whom may not keep meetings of the service.
    Refused
        When there is no such meeting, it is withdrawn already, or no reason is given that can be kept.
    """
    why = plain_text(why)
    with writing(store, by) as connection:
        row = _of_ours(connection, store, number, by)
        if row["withdrawn_at"] is not None:
            raise Refused(
                f"The meeting was withdrawn by {row['withdrawn_by']} on {moment(row['withdrawn_at'])}."
            )
        refuse(text_problems("Why it is withdrawn", why, MOST_OF_A_COMMENT, needed=True))
        refuse(references_in(connection, row["service"], [("Why it is withdrawn", why)]))
        _put(connection, number, withdrawn_at=clock.now(), withdrawn_by=by.signature, withdrawn_why=why)
        _note(connection, by, number, about_of(row), "withdrawn")


def list_meetings(store: Store, viewer: Viewer, *, service: str = "") -> tuple[Meeting, ...]:
    """The meetings that somebody may see, the newest first and without what was shown; withdrawn ones too, which say so.

    Parameters
    ----------
    service : only those of one; blank for any.
    """
    columns = [column for column in meetings.columns if column is not meetings.c.pack]
    asked: Select[Any] = select(*columns).order_by(meetings.c.id.desc())
    if service:
        asked = asked.where(meetings.c.service == service)
    with reading(store, viewer) as connection:
        return tuple(meeting_of(row) for row in connection.execute(asked).mappings())


def read_meeting(store: Store, viewer: Viewer, number: int) -> Meeting:
    """One meeting, with what was shown where it is frozen.

    Raises
    ------
    Refused
        When there is none that the viewer may see.
    """
    with reading(store, viewer) as connection:
        return meeting_of(find_row(connection, number))


def last_frozen(
    store: Store, viewer: Viewer, about: About, *, before: datetime | None = None
) -> Meeting | None:
    """The last meeting about the same service, provider and area that was frozen and not withdrawn; None where there is none.

    Others are shown only what they were shown: it is one whose audience is theirs or a wider one. To the commissioning team it is any.

    Parameters
    ----------
    before : only one frozen before this moment.
    """
    held = meetings.c
    asked = select(meetings).where(
        held.service == about.service,
        held.provider == about.provider,
        held.area == about.area,
        held.frozen_at.is_not(None),
        held.withdrawn_at.is_(None),
    )
    if about.audience.gated:
        asked = asked.where(held.audience.in_(reached_by(about.audience)))
    if before is not None:
        asked = asked.where(held.frozen_at < before)
    with reading(store, viewer) as connection:
        row = (
            connection.execute(asked.order_by(held.frozen_at.desc(), held.id.desc()).limit(1))
            .mappings()
            .first()
        )
    return None if row is None else meeting_of(row, bare=True)


def _check(
    connection: Connection, service: str, agenda: Iterable[str], remarks: Mapping[str, Remark]
) -> None:
    refuse((*agenda_problems(agenda), *remark_problems(remarks)))
    refuse(references_in(connection, service, remark_texts(remarks)))


def _of_ours(connection: Connection, store: Store, number: int, by: Viewer) -> RowMapping:
    """A meeting that somebody may keep, held against others who would change it."""
    check_may_keep(store, by, find_row(connection, number)["service"])
    return find_row(connection, number, to_change=True)


def _being_prepared(
    connection: Connection, store: Store, number: int, by: Viewer, expected: datetime | None
) -> RowMapping:
    row = _of_ours(connection, store, number, by)
    for became in ("frozen", "withdrawn"):
        if (at := row[f"{became}_at"]) is not None:
            who = row[f"{became}_by"]
            raise Refused(
                f"Nothing was changed: the meeting was {became} by {who} on {moment(at)}. Prepare another."
            )
    if expected is not None and row["changed_at"] != expected:
        who, at = row["changed_by"], row["changed_at"]
        raise Moved(
            f"Nothing was changed: {who} changed the meeting on {moment(at)}, after you opened it. "
            "Look at it, and make the change again.",
            who=who,
            at=at,
        )
    return row


def _put(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(meetings).where(meetings.c.id == number).values(**values))


def _note(connection: Connection, by: Viewer, number: int, about: About, what: str) -> None:
    note_kept(connection, by, about.service, about.provider, f"meeting {number}", what)
