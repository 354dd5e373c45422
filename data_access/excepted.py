"""Which cases an agreed exception takes out of the adjusted figure of a KPI, as a condition on the rows that count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from data_access.contract_terms import by_contract
from data_access.row_columns import Columns, Condition
from data_access.tables import agreed_exceptions
from domain.columns import AS_AT
from domain.exceptions import CAUSE_OF, DONE, HAPPENED, OF_SUPPLEMENT, Cause, reasons_of
from domain.settings import Settings


def agreed_now(as_of: int | None) -> FromClause:
    """What is agreed for single cases, now or as of an earlier moment."""
    held = agreed_exceptions
    if as_of is None:
        return select(held).where(held.c.ended_seq.is_(None)).subquery("agreed")
    still = or_(held.c.ended_seq.is_(None), held.c.ended_seq > as_of)
    return select(held).where(held.c.seq <= as_of, still).subquery("agreed")


def excepted_in(
    columns: Columns,
    kpi: str,
    *,
    service: str,
    settings: Settings,
    as_of: int | None,
    cause: Cause | None = None,
) -> Condition:
    """The condition on a case: an exception was agreed for it and the KPI, its contract counts the reason, and it still excuses.

    `cause` asks only for what one party caused.
    """
    counted = _counted(columns, service, settings)
    if not counted or cause is Cause.PROVIDER:
        return false()
    return _said(columns, kpi, counted, cause, as_of)


def recorded_in(columns: Columns, kpi: str, cause: Cause, *, service: str, as_of: int | None) -> Condition:
    """The condition on a case: an exception that one party caused is recorded for it and the KPI, whether or not its contract counts it."""
    return _said(columns, kpi, [(true(), tuple(code.key for code in reasons_of(service)))], cause, as_of)


def _said(
    columns: Columns,
    kpi: str,
    counted: list[tuple[Condition, tuple[str, ...]]],
    cause: Cause | None,
    as_of: int | None,
) -> Condition:
    """A reason was agreed for a case, or stands in the council's supplement; without a cause, caused by anybody but the provider."""
    agreed = agreed_now(as_of)
    mine = [agreed.c[key] == columns[key] for key in ("service", "provider", "case_ref")]
    provider, by_whom = str(Cause.PROVIDER), agreed.c.caused_by
    one = exists(
        select(literal(1))
        .select_from(agreed)
        .where(
            *mine,
            agreed.c.kpi == kpi,
            by_whom != provider if cause is None else by_whom == str(cause),
            or_(*(and_(which, agreed.c.reason.in_(reasons)) for which, reasons in counted)),
            _still_excuses(columns, kpi, agreed.c.ends_on),
        )
        .correlate(*columns.tables)
    )
    if kpi not in OF_SUPPLEMENT or "delay_exception" not in columns:
        return one
    said = func.coalesce(columns["delay_exception"], "")
    taken = [
        and_(which, said.in_([reason for reason in reasons if _caused(reason, cause)]))
        for which, reasons in counted
    ]
    return or_(one, *taken)


def _caused(reason: str, cause: Cause | None) -> bool:
    by_whom = CAUSE_OF.get(reason)
    return by_whom is not Cause.PROVIDER if cause is None else by_whom is cause


def _counted(columns: Columns, service: str, settings: Settings) -> list[tuple[Condition, tuple[str, ...]]]:
    """For each list of reasons that some contract counts, the condition on the cases that go by such a contract."""
    terms = by_contract(columns, service, settings, lambda c: c.counted_exceptions)
    lists = list(dict.fromkeys(reasons for _, reasons in terms if reasons))
    if not lists:
        return []
    number = {reasons: place for place, reasons in enumerate(lists)}
    which = case(*((one, number.get(reasons, -1)) for one, reasons in terms), else_=-1)
    return [(which == place, reasons) for reasons, place in number.items()]


def _still_excuses(columns: Columns, kpi: str, ends_on: ColumnElement[Any]) -> Condition:
    """An exception with an end excuses what was done by then, and what is still open while it runs; none excuses what never happened."""
    if kpi in HAPPENED:
        return columns[HAPPENED[kpi]].is_not(None)
    if kpi not in DONE:
        return literal(1) == 1
    done = columns[DONE[kpi]]
    return or_(ends_on.is_(None), done <= ends_on, and_(done.is_(None), columns[AS_AT] <= ends_on))
