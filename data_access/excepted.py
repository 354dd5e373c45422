"""Which cases an agreed exception takes out of the adjusted figure of a KPI, as a condition on the rows that count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, func, literal, not_, or_, select

from data_access.tables import agreed_exceptions
from domain.columns import AS_AT
from domain.exceptions import CAUSE_OF, DONE, OF_SUPPLEMENT, Cause
from domain.settings import Contract, Settings

Condition = ColumnElement[Any]
Columns = dict[str, ColumnElement[Any]]


def contract_terms(columns: Columns, service: str, settings: Settings) -> list[tuple[Condition, Contract]]:
    """Each contract of a service with the condition on the cases that go by it; the first that holds for a case decides.

    A case goes by the contract that ran when it was referred; one without a date, or from before the provider's first contract, by
    that first one.
    """
    contracts = sorted(
        (c for c in settings.contracts if c.service == service), key=lambda c: c.start, reverse=True
    )
    referred, provider = columns["referral_date"], columns["provider"]
    found = [(and_(provider == c.provider, not_(referred < c.start)), c) for c in contracts]
    return found + [(provider == c.provider, c) for c in reversed(contracts)]


def agreed_now(as_of: int | None) -> FromClause:
    """What is agreed for single cases, now or as of an earlier moment."""
    held = agreed_exceptions
    if as_of is None:
        return select(held).where(held.c.ended_seq.is_(None)).subquery("agreed")
    still = or_(held.c.ended_seq.is_(None), held.c.ended_seq > as_of)
    return select(held).where(held.c.seq <= as_of, still).subquery("agreed")


def excepted_in(
    columns: Columns, kpi: str, *, service: str, settings: Settings, as_of: int | None
) -> Condition:
    """The condition on a case: an exception was agreed for it and the KPI, its contract counts the reason, and it still excuses."""
    agreed = agreed_now(as_of)
    mine = [agreed.c[key] == columns[key] for key in ("service", "provider", "case_ref")]
    whose = and_(*mine, agreed.c.kpi == kpi, agreed.c.caused_by != str(Cause.PROVIDER))
    found: list[Condition] = []
    for which, reasons in _counted(columns, service, settings):
        one = exists(
            select(literal(1))
            .select_from(agreed)
            .where(whose, agreed.c.reason.in_(reasons), _still_excuses(columns, kpi, agreed.c.ends_on))
            .correlate(*_tables(columns))
        )
        found.append(and_(which, one))
        if kpi in OF_SUPPLEMENT and "delay_exception" in columns:
            said = [reason for reason in reasons if CAUSE_OF.get(reason) is not Cause.PROVIDER]
            found.append(and_(which, func.coalesce(columns["delay_exception"], "").in_(said)))
    return or_(false(), *found)


def _counted(
    columns: Columns, service: str, settings: Settings
) -> Iterable[tuple[Condition, tuple[str, ...]]]:
    """The cases of each contract that counts some reason, with those reasons; no case stands under two contracts."""
    before: list[Condition] = []
    for which, contract in contract_terms(columns, service, settings):
        # A condition on a date that is blank is neither true nor false: it does not hold.
        holds = func.coalesce(which, false())
        if contract.counted_exceptions:
            yield and_(holds, *(not_(one) for one in before)), contract.counted_exceptions
        before.append(holds)


def _still_excuses(columns: Columns, kpi: str, ends_on: ColumnElement[Any]) -> Condition:
    """An exception with an end excuses what was done by then, and what is still open while it runs."""
    if kpi not in DONE:
        return literal(1) == 1
    done = columns[DONE[kpi]]
    return or_(ends_on.is_(None), done <= ends_on, and_(done.is_(None), columns[AS_AT] <= ends_on))


def _tables(columns: Columns) -> list[FromClause]:
    tables = {column.table for column in columns.values() if getattr(column, "table", None) is not None}
    return list(tables)
