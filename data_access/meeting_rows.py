"""Meetings as rows: what a row says, finding one, and which pack is that of a meeting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum

from sqlalchemy import Connection, RowMapping, select

from data_access.meeting_tables import meetings
from data_access.moved import Refused
from domain.access import Audience
from domain.agenda import known_items
from domain.meetings import About, Meeting, Remark
from domain.pack import MeetingPack
from domain.pack_text import parse_pack
from domain.periods import Period, month_end, month_start

_AS_IT_IS = (
    *("held_on", "id", "made_at", "made_by", "changed_at", "changed_by", "frozen_at", "frozen_by"),
    *("version", "withdrawn_at", "withdrawn_by", "withdrawn_why"),
)


class Unreadable(Refused):
    """What a meeting was shown is kept, and this program cannot read it: nothing else may stand in its place."""


class Unsaid(Enum):
    """What is not said, where nothing has a meaning of its own."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


def find_row(connection: Connection, number: int, *, to_change: bool = False) -> RowMapping:
    """The row of a meeting; `to_change` holds it against others. Raises Refused where somebody may see none."""
    asked = select(meetings).where(meetings.c.id == number)
    # Whoever else would change it waits until this is over, and then reads what became of it.
    row = connection.execute(asked.with_for_update() if to_change else asked).mappings().first()
    if row is None:
        raise Refused(f"There is no meeting {number}.")
    return row


def meeting_for(connection: Connection, number: int, service: str) -> Meeting:
    """The meeting in which something of a service is agreed or noted now. Raises Refused where nothing can be agreed in it any more."""
    found = meeting_of(find_row(connection, number, to_change=True))
    if found.about.service != service:
        raise Refused(f"Nothing was saved: meeting {number} is about another service.")
    if found.frozen or found.withdrawn_at:
        became = "frozen" if found.frozen else "withdrawn"
        raise Refused(
            f"Nothing was saved: meeting {number} is {became}. Leave the meeting out, or name the next one."
        )
    return found


def of_another(pack: MeetingPack, number: int, about: About) -> str:
    """In what a pack is not that of a meeting; blank where it is."""
    pairs = {
        "number": (pack.meeting, number),
        "service": (pack.service, about.service),
        "provider": (pack.provider, about.provider),
        "area": (pack.area, about.area),
        "period": (pack.period, about.period),
        "audience": (pack.audience, about.audience.key),
    }
    found = next((name for name, (one, other) in pairs.items() if one != other), "")
    if (
        not found
        and pack.issue
        and (pack.issue.service, pack.issue.audience) != (about.service, about.audience)
    ):
        return "audience"
    return found


def worth_keeping(kept: Mapping[str, Remark], said: Mapping[str, Remark]) -> dict[str, Remark]:
    """Remarks of which some are said anew, without those that say nothing."""
    return {
        key: one
        for key, one in {**kept, **said}.items()
        if (one.comment, one.quote, one.quote_by) != ("", "", "")
    }


def remarks_text(remarks: Mapping[str, Remark]) -> str:
    """Remarks as they stand in a row."""
    return json.dumps({key: asdict(one) for key, one in remarks.items()})


def remarks_of(row: RowMapping) -> dict[str, Remark]:
    """The remarks of a row."""
    return {key: Remark(**one) for key, one in json.loads(row["remarks"]).items()}


def about_of(row: RowMapping) -> About:
    """What the meeting of a row is about."""
    period = Period(month_start(row["first"]), month_end(row["last"]))
    return About(row["service"], period, Audience.parse(row["audience"]), row["provider"], row["area"])


def meeting_of(row: RowMapping, *, bare: bool = False) -> Meeting:
    """The meeting of a row; its pack where the row has it and it is frozen.

    Parameters
    ----------
    bare : leave out a pack that cannot be read, for whoever can do without.

    Raises
    ------
    Unreadable
        Where what was shown was kept by another version of the program, which this one cannot read.
    """
    return Meeting(
        about=about_of(row),
        agenda=known_items(json.loads(row["agenda"])),
        remarks=remarks_of(row),
        pack=_shown(row, bare=bare),
        **{name: row[name] for name in _AS_IT_IS},
    )


def _shown(row: RowMapping, *, bare: bool) -> MeetingPack | None:
    text = row.get("pack")
    if text is None:
        return None
    try:
        return parse_pack(text)
    except ValueError as wrong:
        if bare:
            return None
        raise Unreadable(
            f"What meeting {row['id']} showed is kept, and this version of the dashboard cannot read it. "
            "Nothing of it is lost: ask whoever runs the dashboard to install the version it was kept with, or a later one."
        ) from wrong
