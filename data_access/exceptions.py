"""Agreed exceptions, kept: agreed and taken back in acts of the ledger, read with what each does, and their cases counted by cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from data_access import clock
from data_access.audit import note_in
from data_access.excepted import agreed_now
from data_access.exception_effects import effects_in, said_in_supplement
from data_access.ledger import record_act, take_number
from data_access.questions import Moment, Question
from data_access.settings import settings_in
from data_access.stores import Store, Undo, reading, writing
from data_access.tables import agreed_exceptions, cases
from data_access.tallies import answer
from domain.access import Audience, Duty, OutOfReach, Viewer
from domain.audit import Act
from domain.disclosure import Released, release
from domain.exception_checks import KnownCases, all_problems, identity
from domain.exceptions import AgreedException, Cause
from domain.exceptions_kept import KeptException, Moved
from domain.kpis import Kpi, kpi
from domain.personal_data import value_kind
from domain.problem import Problem
from domain.selection import Selection

AGREED, TAKEN_BACK = "exception agreed", "exception taken back"
"""How the two acts are called in the ledger."""
_AT_ONCE = 500


class NotAgreed(ValueError):
    """Exceptions that cannot be kept. `problems` are the place of each exception that was given, from 0, and what is wrong with it."""

    def __init__(self, problems: Sequence[tuple[int, Problem]]) -> None:
        super().__init__("Nothing was saved. " + " ".join(one.sentence for _, one in problems[:3]))
        self.problems = tuple(problems)


def agree(store: Store, found: Sequence[AgreedException], *, by: Viewer) -> int:
    """Keep exceptions, all in one act or none, and give its number.

    Parameters
    ----------
    by : who enters them; signs the act. Who agreed each stands in it.

    Raises
    ------
    OutOfReach
        For whom may not change what the council has set.
    NotAgreed
        When one of them cannot be kept, with everything that is wrong.
    """
    by.check(Duty.SETTINGS)
    with writing(store, by) as connection:
        seq = take_number(connection)
        _check(connection, found)
        _put(connection, seq, found, by)
        many = f"{len(found)} exception{'' if len(found) == 1 else 's'}"
        note_in(connection, by, Act.CHANGED_EXCEPTIONS, subject=f"act {seq}", detail=f"{many} agreed")
    return seq


def take_back(store: Store, ids: Sequence[int], *, by: Viewer, why: str) -> tuple[AgreedException, ...]:
    """End exceptions from now on, all in one act; what was shown before stays as it was. Gives those that were taken back.

    Parameters
    ----------
    ids : their numbers. why : kept with the act.

    Raises
    ------
    OutOfReach
        For whom may not change what the council has set.
    ValueError
        When one of them does not hold, or nothing is said of why, or something personal.
    """
    by.check(Duty.SETTINGS)
    if not why.strip():
        raise ValueError("Nothing was taken back: say why, in a few words without names.")
    if kind := value_kind(why, dates=False):
        said = f"Nothing was taken back: why looks as if it holds {kind.rstrip(',')}. Say it without."
        raise ValueError(said)
    held = agreed_exceptions
    with writing(store, by) as connection:
        seq = take_number(connection)
        asked = select(held).where(held.c.id.in_(ids), held.c.ended_seq.is_(None)).order_by(held.c.id)
        rows = list(connection.execute(asked).mappings())
        if gone := sorted(set(ids) - {row["id"] for row in rows}):
            named = ", ".join(map(str, gone))
            raise ValueError(f"Nothing was taken back: there is no exception {named}, or it was taken back.")
        if not rows:
            raise ValueError("Nothing was taken back: no exception is named.")
        services = sorted({row["service"] for row in rows})
        record_act(
            connection, seq, who=by.signature, kind=TAKEN_BACK, subject=_subject(services), note=why.strip()
        )
        connection.execute(update(held).where(held.c.id.in_(ids)).values(ended_seq=seq))
        many = f"{len(rows)} exception{'' if len(rows) == 1 else 's'}"
        note_in(connection, by, Act.CHANGED_EXCEPTIONS, subject=f"act {seq}", detail=f"{many} taken back")
    return tuple(map(_exception, rows))


def check_exceptions(
    store: Store, viewer: Viewer, found: Sequence[AgreedException]
) -> tuple[tuple[int, Problem], ...]:
    """Everything that stands against keeping exceptions: the place of each from 0, and the problem. Nothing is saved."""
    viewer.check(Duty.SETTINGS)
    with reading(store, viewer) as connection:
        return tuple(all_problems(found, _known(connection, found)))


def what_exceptions_move(
    store: Store, viewer: Viewer, found: Sequence[AgreedException], audience: Audience = Audience.US
) -> tuple[Moved, ...]:
    """What keeping exceptions would change, for each KPI that they are for. The database stays as it was.

    Raises
    ------
    NotAgreed
        When they could not be kept.
    """
    viewer.check(Duty.SETTINGS)
    touched = [kpi(key) for key in dict.fromkeys(one.kpi for one in found)]
    moved: list[Moved] = []

    def asked(moment: Moment, one: Kpi, adjusted_for: str = "") -> Released:
        question = Question(
            one.measure, ("provider", "quarter"), Selection(one.service), adjusted_for=adjusted_for
        )
        return release(answer(moment, question), audience)

    with suppress(Undo), writing(store, viewer) as connection:
        seq = take_number(connection)
        _check(connection, found)
        moment = Moment(connection, store.source, seq - 1, settings_in(connection), viewer)
        before = [(asked(moment, one), asked(moment, one, one.id)) for one in touched]
        _put(connection, seq, found, viewer)
        moved += [
            Moved(one, raw, was, asked(moment, one, one.id))
            for one, (raw, was) in zip(touched, before, strict=True)
        ]
        raise Undo
    return tuple(moved)


def read_exceptions(
    store: Store, viewer: Viewer, *, service: str, providers: Sequence[str] = (), as_of: int | None = None
) -> tuple[KeptException, ...]:
    """The exceptions that hold, now or as of an earlier act, the latest first; those of the council's supplement after them.

    They name single cases: those of whom somebody may see figures only are left out, and whoever may see no case at all is refused.
    """
    viewer = viewer.within(Duty.CASES)
    if not any(one.service in ("", service) for one in viewer.reach):
        raise OutOfReach(Duty.CASES, service=service)
    viewer.check_asked(service, providers)
    with reading(store, viewer) as connection:
        held = agreed_now(as_of)
        asked = select(held).where(held.c.service == service).order_by(held.c.seq.desc(), held.c.id)
        if providers:
            asked = asked.where(held.c.provider.in_(providers))
        rows = list(connection.execute(asked).mappings())
        found = [(row["id"], row["seq"], _exception(row), False) for row in rows]
        found += [
            (0, seq, one, True) for seq, one in said_in_supplement(connection, service, providers, as_of)
        ]
        settings = settings_in(connection, as_of=as_of)
        moment = Moment(connection, store.source, 0, settings, viewer)
        effects = effects_in(moment, service, [one for _, _, one, _ in found], as_of)
    return tuple(
        KeptException(number, seq, one, said, counts, effect)
        for (number, seq, one, said), (counts, effect) in zip(found, effects, strict=True)
    )


def _check(connection: Connection, found: Sequence[AgreedException]) -> None:
    if not found:
        raise ValueError("Nothing was saved: no exception is given.")
    if problems := list(all_problems(found, _known(connection, found))):
        raise NotAgreed(problems)


def _known(connection: Connection, found: Sequence[AgreedException]) -> KnownCases:
    keys = ("service", "provider", "case_ref")
    agreed = agreed_now(None)
    known: set[tuple[str, str, str]] = set()
    held: list[RowMapping] = []
    named = sorted({one.case_ref for one in found})
    for start in range(0, len(named), _AT_ONCE):
        references = named[start : start + _AT_ONCE]
        here = select(*(cases.c[key] for key in keys)).where(cases.c.in_force.is_(True))
        known |= {
            (row.service, row.provider, row.case_ref)
            for row in connection.execute(here.where(cases.c.case_ref.in_(references)))
        }
        held += connection.execute(select(agreed).where(agreed.c.case_ref.in_(references))).mappings()
    return KnownCases(clock.today(), frozenset(known), frozenset(identity(_exception(row)) for row in held))


def _put(connection: Connection, seq: int, found: Sequence[AgreedException], by: Viewer) -> None:
    services = sorted({one.service for one in found})
    many = f"{len(found)} exception{'' if len(found) == 1 else 's'}"
    record_act(connection, seq, who=by.signature, kind=AGREED, subject=_subject(services), note=many)
    connection.execute(insert(agreed_exceptions), [{"seq": seq, **_row(one)} for one in found])


def _subject(services: Iterable[str]) -> str:
    return f"exceptions:{','.join(services)}"


def _row(one: AgreedException) -> dict[str, Any]:
    return {
        "service": one.service,
        "provider": one.provider,
        "case_ref": one.case_ref,
        "kpi": one.kpi,
        "reason": one.reason,
        "caused_by": str(one.caused_by),
        "agreed_by": " ".join(one.agreed_by.split()),
        "agreed_on": one.agreed_on,
        "ends_on": one.ends_on,
    }


def _exception(row: RowMapping) -> AgreedException:
    return AgreedException(
        row["service"],
        row["provider"],
        row["case_ref"],
        row["kpi"],
        row["reason"],
        Cause(row["caused_by"]),
        row["agreed_by"],
        row["agreed_on"],
        row["ends_on"],
    )


def find_providers(store: Store, viewer: Viewer, service: str, case_ref: str) -> tuple[str, ...]:
    """The providers whose current returns have a case with this reference."""
    viewer.check(Duty.SETTINGS)
    with reading(store, viewer) as connection:
        asked = select(cases.c.provider).where(
            cases.c.in_force.is_(True), cases.c.service == service, cases.c.case_ref == case_ref
        )
        return tuple(sorted(connection.execute(asked).scalars()))
