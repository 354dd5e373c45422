"""What agreed exceptions do: to single cases, and to how many of them by whose cause. What the council's supplement says goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, and_, case, func, literal, null, or_, select

from data_access import scans
from data_access.excepted import agreed_now
from data_access.folding import key_of
from data_access.in_force import rows_as_of, rows_now
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import returns, supplement
from domain.access import Audience, Duty, OutOfReach, Viewer
from domain.dimensions import dimension, group_label, group_order
from domain.exceptions import (
    CAUSE_OF,
    DONE,
    OF_SUPPLEMENT,
    AgreedException,
    Cause,
    taken_out,
    without_excepted,
)
from domain.exceptions_kept import CAUSES_IN_ORDER, Causes, Effect
from domain.kpis import Kpi, kpi, rolling_year
from domain.measures import Better, Share, measure
from domain.periods import Period
from domain.selection import Selection
from domain.settings import Settings

BY_SUPPLEMENT = "Council's supplement"
"""Who agreed what the supplement says."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where one case stands in a KPI: whether it counts, is met and is taken out; when it was done, and how far its provider reports."""

    counted: bool
    met: bool
    out: bool
    referred: date | None
    done: date | None
    as_at: date | None


def said_in_supplement(
    connection: Connection, service: str, providers: Sequence[str], as_of: int | None
) -> Iterator[tuple[int, AgreedException]]:
    """The reasons for delay that the council's supplement gives, once for each KPI that they are for, with the act that brought them."""
    if service != "send":
        return
    held = rows_now(supplement) if as_of is None else rows_as_of(connection, supplement, as_of)
    asked = (
        select(held.c.provider, held.c.case_ref, held.c.delay_exception, returns.c.seq, returns.c.period_end)
        .join(returns, returns.c.id == held.c.return_id)
        .where(held.c.service == service, held.c.delay_exception.in_(list(CAUSE_OF)))
        .order_by(returns.c.period_end.desc(), held.c.provider, held.c.case_ref)
    )
    if providers:
        asked = asked.where(held.c.provider.in_(providers))
    for row in connection.execute(asked):
        for key in OF_SUPPLEMENT:
            yield (
                row.seq,
                AgreedException(
                    service,
                    row.provider,
                    row.case_ref,
                    key,
                    row.delay_exception,
                    CAUSE_OF[row.delay_exception],
                    BY_SUPPLEMENT,
                    row.period_end,
                ),
            )


def effects_in(
    moment: Moment, service: str, found: Sequence[AgreedException], as_of: int | None
) -> list[tuple[bool, Effect]]:
    """Whether the contract of each case counts its exception, and what the exception does."""
    standing = {key: _standings(moment, kpi(key), as_of) for key in {one.kpi for one in found}}
    return [_effect(one, standing[one.kpi], moment.settings) for one in found]


def _effect(
    one: AgreedException, standing: Mapping[tuple[str, str], _Standing], settings: Settings
) -> tuple[bool, Effect]:
    here = standing.get((one.provider, one.case_ref))
    # A case without a date of referral goes by the first contract, as in the figures.
    contract = settings.contract(one.service, one.provider, (here and here.referred) or date.min)
    counts = taken_out(one.reason, one.caused_by, contract.counted_exceptions if contract else ())
    if here is None:
        return counts, Effect.NO_CASE
    if not here.counted:
        return counts, Effect.NOT_DUE
    if here.met:
        return counts, Effect.IN_TIME
    if one.caused_by is Cause.PROVIDER:
        return counts, Effect.PROVIDER
    if not counts:
        return counts, Effect.NOT_COUNTED
    by_then = here.done or here.as_at
    ended = one.kpi in DONE and one.ends_on is not None and (by_then is None or by_then > one.ends_on)
    return counts, Effect.ENDED if ended or not here.out else Effect.TAKEN_OUT


def _standings(moment: Moment, wanted: Kpi, as_of: int | None) -> dict[tuple[str, str], _Standing]:
    """Where the cases with an exception stand, by provider and reference."""
    raw = _share(wanted)
    chosen = Selection(wanted.service)
    rows = rows_for(moment, Question(wanted.measure, (), chosen, as_of=as_of), raw)
    c = rows.c
    done = getattr(c, DONE[wanted.id]) if wanted.id in DONE else literal(None, Date)
    asked = (
        select(c.provider, c.case_ref, c.referral_date, done.label("done"), c.as_at.label("as_at"), *_flags(rows, wanted))
        .select_from(rows.table)
        .where(*scans.limits(rows, raw, chosen), _named(rows, wanted, as_of))
    )  # fmt: skip
    lower = raw.better is Better.LOWER
    return {
        (row.provider, row.case_ref): _Standing(
            bool(row.base), bool(row.met) != lower, row.left < row.base, row.referral_date, row.done, row.as_at
        )
        for row in moment.connection.execute(asked)
    }  # fmt: skip


def _named(rows: Rows, wanted: Kpi, as_of: int | None) -> Any:
    """Any exception is recorded for a case and the KPI, whatever it does."""
    agreed = agreed_now(as_of)
    named = rows.c.case_ref.in_(select(agreed.c.case_ref).where(agreed.c.kpi == wanted.id))
    if wanted.id in OF_SUPPLEMENT:
        return or_(named, rows.c.delay_exception.is_not(None))
    return named


def _flags(rows: Rows, wanted: Kpi) -> tuple[ColumnElement[int], ...]:
    """Of one case: whether it is met, counts in the raw figure, and counts in the adjusted one; each 1 or 0."""
    raw = _share(wanted)
    c = rows.c
    among = [raw.among(c)] if raw.among else []
    base = raw.base(c)
    # A KPI that no exception is agreed for leaves no case out: its late ones are listed all the same.
    left = without_excepted(raw, wanted.id).base(c) if wanted.exceptions else base

    def flag(name: str, *conditions: Any) -> ColumnElement[int]:
        return case((and_(*among, *conditions), 1), else_=0).label(name)

    return flag("met", base, raw.met(c)), flag("base", base), flag("left", left)


def causes_in(
    store: Store,
    viewer: Viewer,
    wanted: Kpi,
    period: Period,
    *,
    by: Sequence[str] = (),
    providers: Sequence[str] = (),
    areas: Sequence[str] = (),
    rolling: bool = False,
    as_of: int | None = None,
    audience: Audience = Audience.US,
) -> tuple[Causes, ...]:
    """The cases that a KPI counts in a period, how many are taken out of its adjusted figure, and by whose cause.

    Parameters
    ----------
    by : any of 'provider', 'area' and 'quarter'; empty for one group of all.
    rolling : over the twelve months that end with the period.

    Returns
    -------
    tuple of Causes
        In the order of the groups; those with no case due are not there. The causes of a group add up to what its adjusted figure leaves
        out. Hidden is nothing: only the commissioning team is answered.
    """
    if audience is not Audience.US:
        raise ValueError(f"figures for '{audience}' cannot be shown yet; only the commissioning team's are")
    if as_of is not None and viewer.knows_areas_only(wanted.service):
        raise OutOfReach(Duty.FIGURES, service=wanted.service, subject="an earlier moment")
    viewer.check_asked(wanted.service, providers)
    over = rolling_year(period) if rolling else period
    chosen = Selection(wanted.service, tuple(providers), tuple(areas)).during(over)
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=as_of)
        moment = Moment(connection, store.source, 0, settings, viewer)
        return _counted(moment, Question(wanted.measure, tuple(by), chosen, as_of=as_of), wanted)


def _counted(moment: Moment, question: Question, wanted: Kpi) -> tuple[Causes, ...]:
    raw = _share(wanted)
    rows = rows_for(moment, question, raw)
    month = scans.month_column(rows, raw)
    groups = [month if dimension(key).timed else getattr(rows.c, key) for key in question.groups]
    each = (
        select(
            *(one.label(f"group_{place}") for place, one in enumerate(groups)),
            _cause_of(rows, wanted).label("cause"),
            *_flags(rows, wanted),
        )
        .select_from(rows.table)
        # A case of no date is in no period.
        .where(*scans.limits(rows, raw, question.selection), month.is_not(None))
        .subquery()
    )
    keys = list(each.c)[: len(groups) + 1]
    counts = [func.sum(each.c[name]) for name in ("met", "base", "left")]
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in moment.connection.execute(select(*keys, *counts).group_by(*keys)):
        group = tuple(key_of(key, value) for key, value in zip(question.groups, row, strict=False))
        cause, met_n, base_n, left_n = tuple(row)[len(groups) :]
        held = found.setdefault(group, [0, 0, {}, {}])
        held[0] += base_n
        held[1] += met_n
        if base_n > left_n:
            _add(held[2], cause, base_n - left_n)
        late = met_n if raw.better is Better.LOWER else base_n - met_n
        if late and cause:
            _add(held[3], cause, late)
    return tuple(
        Causes(
            keys,
            tuple(
                group_label(key, code, moment.settings, wanted.service)
                for key, code in zip(question.groups, keys, strict=True)
            ),
            due,
            met_n,
            MappingProxyType(out),
            MappingProxyType(recorded),
            raw.better is Better.LOWER,
        )
        for keys, (due, met_n, out, recorded) in sorted(
            found.items(), key=lambda item: _order(question.groups, item[0], moment.settings, wanted.service)
        )
        if due
    )


def _cause_of(rows: Rows, wanted: Kpi) -> ColumnElement[Any]:
    """Who caused that a case missed, by the first cause that is recorded for it; nothing where none is or can be."""
    if not wanted.exceptions:
        return null()
    said = [
        (rows.c.excepted(wanted.id, cause, counted=False), literal(str(cause))) for cause in CAUSES_IN_ORDER
    ]
    met, base, _ = _flags(rows, wanted)
    # Nobody asks why a case was in time: most are, and each of the causes would be looked up for them.
    asked = [base.element == 1]
    if _share(wanted).better is not Better.LOWER:
        asked.append(met.element == 0)
    return case((and_(*asked), case(*said, else_=null())), else_=null())


def _add(counts: dict[Cause, int], cause: str, number: int) -> None:
    counts[Cause(cause)] = counts.get(Cause(cause), 0) + number


def _order(by: Sequence[str], keys: Sequence[str], settings: Settings, service: str) -> tuple[Any, ...]:
    return tuple(group_order(key, code, settings, service) for key, code in zip(by, keys, strict=True))


def _share(wanted: Kpi) -> Share:
    declared = measure(wanted.measure, wanted.service)
    if not isinstance(declared, Share) or declared.asks:
        raise ValueError(f"{wanted.id} is no share of cases that are each late or in time")
    return declared
