"""One case, read with its deadlines and exceptions, for whoever may see single cases of its provider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data_access.coverage import coverage_in
from data_access.excepted import agreed_now
from data_access.in_force import rows_now
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import agreements, cases, supplement
from domain.access import Duty, Viewer
from domain.case_story import (
    CaseException,
    CaseStory,
    appeal_limit,
    clocks_of_actions,
    clocks_of_case,
)
from domain.columns import column_codes
from domain.exceptions import CAUSE_OF, OF_SUPPLEMENT, REASON_LISTS, Cause, taken_out
from domain.fields import COUNCIL_FIELDS, Kind, Sheet, fields_of
from domain.services import SEND
from domain.settings import Contract, Settings
from domain.vocabulary import code_list


def read_case(store: Store, viewer: Viewer, service: str, provider: str, ref: str) -> CaseStory | None:
    """One case as it counts now; None where there is none of this reference that somebody may see.

    Raises
    ------
    OutOfReach
        For somebody who may not see single cases of the provider.
    """
    viewer.check(Duty.CASES, service, provider)
    with reading(store, viewer.within(Duty.CASES)) as connection:
        case = _row(connection, cases, service, provider, ref)
        if case is None:
            return None
        council = _row(connection, supplement, service, provider, ref)
        # The council's own fields come with its supplement and with nothing else.
        case |= {field.key: council[field.key] if council else None for field in COUNCIL_FIELDS}
        settings = settings_in(connection)
        coverage = coverage_in(connection, viewer, settings, service)
        as_at = coverage.ends().get(provider)
        contract = _contract(settings, case)
        actions = _rows(connection, agreements, service, provider, ref) if service == SEND.key else []
        limit, rule = appeal_limit(case) if service == SEND.key else (None, "")
        return CaseStory(
            service,
            provider,
            ref,
            str(case["area"] or ""),
            as_at,
            _outcome(service, case),
            (*clocks_of_case(service, case, contract, as_at), *clocks_of_actions(actions, as_at)),
            tuple(_days(service, case)),
            tuple(_exceptions(connection, service, provider, ref, case, contract)),
            limit,
            rule,
        )


def _rows(connection: Connection, table: Any, service: str, provider: str, ref: str) -> list[dict[str, Any]]:
    held = rows_now(table)
    query = select(held).where(held.c.service == service, held.c.provider == provider, held.c.case_ref == ref)
    return [dict(row) for row in connection.execute(query.order_by(held.c.row_id)).mappings()]


def _row(connection: Connection, table: Any, service: str, provider: str, ref: str) -> dict[str, Any] | None:
    return next(iter(_rows(connection, table, service, provider, ref)), None)


def _contract(settings: Settings, case: Mapping[str, Any]) -> Contract | None:
    """The contract that the case goes by: the one that ran when it was referred; the provider's first for one without a date."""
    return settings.contract(case["service"], case["provider"], case["referral_date"] or date.min)


def _outcome(service: str, case: Mapping[str, Any]) -> str:
    code = case["outcome"]
    return column_codes("outcome", service).label(code) if code else ""


def _days(service: str, case: Mapping[str, Any]) -> Iterable[tuple[str, date | None]]:
    """Every day that is recorded of the case, in the order of the return."""
    for sheet in (Sheet.CASES, Sheet.SUPPLEMENT):
        for field in fields_of(sheet, service):
            if field.kind is Kind.DATE:
                yield field.label, case.get(field.key)


def _exceptions(
    connection: Connection,
    service: str,
    provider: str,
    ref: str,
    case: Mapping[str, Any],
    contract: Contract | None,
) -> Iterable[CaseException]:
    if service not in REASON_LISTS:
        return
    reasons = code_list(REASON_LISTS[service])
    counted = contract.counted_exceptions if contract else ()
    held = agreed_now(None)
    query = select(held).where(held.c.service == service, held.c.provider == provider, held.c.case_ref == ref)
    for row in connection.execute(query.order_by(held.c.seq)):
        cause = Cause(row.caused_by)
        yield CaseException(
            row.kpi, reasons.label(row.reason), cause, row.agreed_by, row.agreed_on, row.ends_on,
            taken_out(row.reason, cause, counted), from_supplement=False,
        )  # fmt: skip
    if reason := case.get("delay_exception"):
        cause_said = CAUSE_OF.get(reason)
        counts = cause_said is not None and taken_out(reason, cause_said, counted)
        for kpi in OF_SUPPLEMENT:
            yield CaseException(
                kpi, reasons.label(reason), cause_said, "The council, in its supplement", None, None, counts,
                from_supplement=True,
            )  # fmt: skip
