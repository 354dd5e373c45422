"""Which returns there are, and which of them count: the latest version of each period that was not withdrawn or replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import Connection, and_, select

from data_access.ledger import snapshot_of
from data_access.memory import Memory
from data_access.tables import ledger, returns, withdrawals
from domain.access import Duty, Viewer
from domain.periods import Period
from domain.returns import COUNCIL


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """One version of a return, as it is listed.

    `state` is 'current', 'replaced' (by a later version, or by the quarter that holds its month) or 'withdrawn'.
    """

    row: int
    service: str
    provider: str
    period: Period
    version: int
    state: str
    seq: int
    accepted_at: datetime
    accepted_by: str
    cases_n: int
    activities_n: int
    agreements_n: int
    answers_n: int
    complaints_n: int
    staff_n: int
    supplement_n: int
    totals_n: int
    surveys_sent: int | None
    file_name: str
    digest: str
    reason: str
    nil: bool
    mapping: str = ""
    withdrawn_seq: int | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""

    @property
    def key(self) -> str:
        """What it is about: service, provider and period."""
        return f"{self.service}:{self.provider}:{self.period.key}"

    @property
    def from_council(self) -> bool:
        """Whether it is the council's supplement and no provider's return."""
        return self.provider == COUNCIL

    @property
    def id(self) -> str:
        """The key and the version: names this one file."""
        return f"{self.key}:{self.version}"


def _states(found: Sequence[KeptReturn]) -> dict[int, str]:
    """The state of each version, by row. `found` are the returns of one provider for one service."""
    states = {kept.row: "withdrawn" for kept in found if kept.withdrawn_seq is not None}
    latest: dict[Period, KeptReturn] = {}
    for kept in sorted((k for k in found if k.row not in states), key=lambda k: k.version):
        if kept.period in latest:
            states[latest[kept.period].row] = "replaced"
        latest[kept.period] = kept
    for kept in latest.values():
        whole = any(
            other.period != kept.period and other.period.covers(kept.period) for other in latest.values()
        )
        states[kept.row] = "replaced" if whole else "current"
    return states


_memory: Memory[tuple[KeptReturn, ...]] = Memory(500)
"""Lists by what their snapshots share, whose they are and what was asked."""


def read_kept(
    connection: Connection,
    viewer: Viewer,
    *,
    service: str | None = None,
    provider: str | None = None,
    as_of: int | None = None,
) -> tuple[KeptReturn, ...]:
    """Every version that the viewer may see, with its state now or as of an earlier moment; by provider, period, version."""
    snapshot = snapshot_of(connection)
    if snapshot is None:
        return _read_kept(connection, viewer, service, provider, as_of)
    key = (*snapshot, viewer.grants, service, provider, as_of)
    held = _memory.get(key)
    if held is None:
        held = _read_kept(connection, viewer, service, provider, as_of)
        _memory.put(key, held)
    return held


def _read_kept(
    connection: Connection, viewer: Viewer, service: str | None, provider: str | None, as_of: int | None
) -> tuple[KeptReturn, ...]:
    taken, out = ledger.alias("taken"), ledger.alias("out")
    gone = withdrawals.c.return_id == returns.c.id
    if as_of is not None:
        gone = and_(gone, withdrawals.c.seq <= as_of)
    query = (
        select(
            returns,
            taken.c.at,
            taken.c.who,
            out.c.seq.label("out_seq"),
            out.c.at.label("out_at"),
            out.c.who.label("out_who"),
            out.c.note.label("out_note"),
        )
        .join(taken, taken.c.seq == returns.c.seq)
        .outerjoin(withdrawals, gone)
        .outerjoin(out, out.c.seq == withdrawals.c.seq)
        .order_by(
            returns.c.service,
            returns.c.provider,
            returns.c.period_start,
            returns.c.period_end,
            returns.c.version,
        )
    )
    if service is not None:
        query = query.where(returns.c.service == service)
    if provider is not None:
        query = query.where(returns.c.provider == provider)
    if as_of is not None:
        query = query.where(returns.c.seq <= as_of)
    found = [
        KeptReturn(
            row=row.id, service=row.service, provider=row.provider, period=Period(row.period_start, row.period_end),
            version=row.version, state="", seq=row.seq, accepted_at=row.at, accepted_by=row.who, cases_n=row.cases_n,
            activities_n=row.activities_n, agreements_n=row.agreements_n, answers_n=row.answers_n,
            complaints_n=row.complaints_n, staff_n=row.staff_n, supplement_n=row.supplement_n, totals_n=row.totals_n,
            surveys_sent=row.surveys_sent,
            file_name=row.file_name, digest=row.digest, reason=row.reason, nil=row.nil, mapping=row.mapping,
            withdrawn_seq=row.out_seq, withdrawn_at=row.out_at, withdrawn_by=row.out_who or "", withdrawn_why=row.out_note or "",
        )
        for row in connection.execute(query)
        if viewer.may(Duty.FIGURES, row.service, row.provider)
    ]  # fmt: skip
    states: dict[int, str] = {}
    for whose in {(kept.service, kept.provider) for kept in found}:
        states |= _states([kept for kept in found if (kept.service, kept.provider) == whose])
    return tuple(_with_state(kept, states[kept.row]) for kept in found)


def _with_state(kept: KeptReturn, state: str) -> KeptReturn:
    return replace(kept, state=state)


def current(found: Iterable[KeptReturn]) -> tuple[KeptReturn, ...]:
    """Those that count."""
    return tuple(kept for kept in found if kept.state == "current")


def next_ends(found: Iterable[KeptReturn]) -> dict[int, date]:
    """Give, for each return that counts (by row), the last day of the provider's next one.

    A case open in the first and absent from the second is no longer reported from that day.
    """
    ends: dict[int, date] = {}
    counted = sorted(current(found), key=lambda kept: (kept.service, kept.provider, kept.period.end))
    for kept, following in pairwise(counted):
        if (kept.service, kept.provider) == (following.service, following.provider):
            ends[kept.row] = following.period.end
    return ends
