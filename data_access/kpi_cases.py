"""The cases behind one status of a KPI, read with the very formula that gives the status: its conditions, one row a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, and_, case, literal, not_, or_, select, true

from data_access import scans
from data_access.excepted import agreed_now
from data_access.folding import key_of
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from data_access.settings import settings_in
from data_access.status_questions import Asked, questions_behind
from data_access.stores import Store, reading
from domain.access import Duty, OutOfReach, Viewer
from domain.case_days import dates_of, deadline_of
from domain.condition_parts import Leaf
from domain.exceptions import CAUSE_OF, OF_SUPPLEMENT, REASON_LISTS, Cause
from domain.exceptions_kept import CAUSES_IN_ORDER
from domain.kpi_cases import Counting, KpiCase, KpiCases, among_of, not_listed
from domain.kpis import Kpi, KpiStatus
from domain.measures import Measure, Share, Split, measure
from domain.periods import Period
from domain.row_reasons import Reasons, Row
from domain.vocabulary import DONT_KNOW, code_list

Agreed = dict[tuple[str, str], list[tuple[str, Cause]]]
_ORDER = (Counting.MISSED, Counting.EXCEPTED, Counting.MET, Counting.NOT_COUNTED)


def may_see_cases(viewer: Viewer, service: str, provider: str = "") -> bool:
    """Whether somebody may see every single case behind a figure that they may see; of one provider where it is named."""
    if viewer.may(Duty.CASES, service, provider):
        return True
    theirs, figures = viewer.within(Duty.CASES).reach, viewer.reach

    def of(reaches: Sequence[Any]) -> list[Any]:
        return [one for one in reaches if one.service in ("", service)]

    return not provider and bool(of(figures)) and of(theirs) == of(figures)


def read_kpi_cases(
    store: Store,
    viewer: Viewer,
    kpi: Kpi,
    period: Period,
    *,
    provider: str = "",
    area: str = "",
    rolling: bool = False,
    category: str = "",
    as_of: int | None = None,
) -> KpiCases:
    """The cases behind a status: those that counted, and those of its period that did not, each with the reason.

    Raises
    ------
    OutOfReach
        For somebody who may not see every single case behind the status.
    """
    return _read(store, viewer, Asked(kpi, period, provider, area, rolling, category, as_of))


def read_cases_of(store: Store, viewer: Viewer, status: KpiStatus) -> KpiCases:
    """The same for a status that was read. Raises OutOfReach as `read_kpi_cases` does."""
    return _read(store, viewer, Asked.about(status))


def _read(store: Store, viewer: Viewer, asked: Asked) -> KpiCases:
    kpi = asked.kpi
    if not may_see_cases(viewer, kpi.service, asked.provider):
        raise OutOfReach(Duty.CASES, service=kpi.service, provider=asked.provider, subject=kpi.id)
    counted = measure(kpi.measure, kpi.service)
    if none := not_listed(counted, asked.category):
        return KpiCases(kpi, asked.over, none_why=none)
    viewer = viewer.within(Duty.CASES)
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=asked.as_of)
        moment = Moment(connection, store.source, current_version(connection), settings, viewer)
        questions = questions_behind(asked, settings)
        found = [one for question in questions for one in _cases(moment, question, counted, asked)]
        without = {
            settings.provider_label(key)
            for question in questions
            for key, reported in moment.coverage(question).totals
            if set(reported.months) & _months(question)
        }
    found.sort(key=lambda one: (_ORDER.index(one.counting), one.due or date.max, one.provider, one.ref))
    return KpiCases(
        kpi,
        asked.over,
        tuple(found),
        by_deadline=counted.by_deadline,
        without=tuple(sorted(without)),
    )


def _months(question: Question) -> set[int]:
    first, last = question.selection.first, question.selection.last
    return set(range(first or 0, (last or 999_912) + 1))


def _flag(condition: ColumnElement[Any]) -> ColumnElement[Any]:
    """1 where a condition holds, 0 where it does not, nothing where that cannot be said."""
    return case((condition, 1), (not_(condition), 0))


def _cases(moment: Moment, question: Question, counted: Measure, asked: Asked) -> list[KpiCase]:
    rows = rows_for(moment, question, counted)
    reasons = Reasons.of(counted)
    month = scans.month_column(rows, counted)
    sums, kept = _conditions(rows, counted)
    known = {name: _column(rows, name) for name in _names(counted, reasons.leaves, asked.kpi)}
    query = select(
        rows.c.provider.label("provider_key"),
        rows.c.area.label("area_key"),
        rows.c.case_ref.label("reference"),
        month.label("month_of"),
        *(flag.label(f"is_{name}") for name, flag in sums.items()),
        *(_flag(leaf.condition(rows.c)).label(f"leaf_{n}") for n, leaf in enumerate(reasons.leaves)),
        *(column.label(f"at_{n}") for n, column in enumerate(known.values())),
        (_flag(rows.c.excepted(asked.kpi.id)) if asked.kpi.exceptions else literal(0)).label("is_excepted"),
    )
    # A row without the date stands in no period: it is named only where it would have counted.
    where = [*scans.limits(rows, counted, question.selection), or_(month.is_not(None), kept)]
    agreed = _agreed(moment.connection, asked)
    found = []
    for row in moment.connection.execute(query.select_from(rows.table).where(*where)):
        values = dict(zip(known, row[-len(known) - 1 : -1], strict=True))
        said = Row(
            {name: bool(getattr(row, f"is_{name}")) for name in sums},
            {id(leaf): _answer(getattr(row, f"leaf_{n}")) for n, leaf in enumerate(reasons.leaves)},
            values,
            dated=row.month_of is not None,
            excepted=bool(row.is_excepted),
        )
        if isinstance(counted, Split):
            value = values[counted.field]
            said.flags["met"] = said.flags["base"] and key_of(counted.field, value) == asked.category
        elif asked.category and key_of(asked.kpi.by, values[asked.kpi.by]) != asked.category:
            continue
        reason, cause = _cause(asked.kpi, agreed, row, values)
        counting, why = reasons.tell(said, reason, cause)
        start, due, done, days = deadline_of(counted, values)
        found.append(
            KpiCase(
                asked.kpi.service, row.provider_key, row.area_key or "", row.reference or "", counting, why,
                tuple((label, value) for name, label in dates_of(counted) if (value := values.get(name)) or name in values),
                due, done, cause, start, days,
            )
        )  # fmt: skip
    return found


def _answer(flag: int | None) -> bool | None:
    return None if flag is None else bool(flag)


def _conditions(rows: Rows, counted: Measure) -> tuple[dict[str, ColumnElement[Any]], ColumnElement[Any]]:
    """What decides how a row counts, as the sums of a tally have it; and whether it would count if it had a date."""
    c = rows.c
    asked_about = among_of(counted)
    among = asked_about(c) if asked_about else true()
    missing: ColumnElement[Any] = literal(1) == 0
    unsure, base, met = missing, among, among
    asks = ""
    unknown: tuple[str, ...] = ()
    if isinstance(counted, Share):
        base, met, asks, unknown = counted.base(c), counted.met(c), counted.asks, counted.unknown
    elif isinstance(counted, Split):
        asks, unknown = counted.field, (*counted.unknown, *counted.leave_out)
    elif value := _value_of(counted):
        base = getattr(c, value).is_not(None)
        met, missing = base, ~base
    if asks:
        answer = getattr(c, asks)
        unsure = answer.in_((DONT_KNOW, *unknown))
        missing = answer.is_(None)
        base = and_(base, answer.is_not(None), ~unsure)
    held = {
        "among": among,
        "base": and_(among, base),
        "met": and_(among, base, met),
        "missing": and_(among, missing),
        "unsure": and_(among, unsure),
    }
    return {name: case((flag, 1), else_=0) for name, flag in held.items()}, and_(
        among, or_(base, missing, unsure)
    )


def _value_of(counted: Measure) -> str:
    """The column whose values an average is taken of; blank for anything else."""
    spread = getattr(counted, "spread", None)
    return spread.value if spread is not None else ""


def _names(counted: Measure, leaves: Sequence[Leaf], kpi: Kpi) -> list[str]:
    """The columns to read with each row: those that the formula compares, its days, and what the reasons need."""
    names = [name for leaf in leaves for name in leaf.columns]
    names += [name for name, _ in dates_of(counted)]
    names += [name for name in (getattr(counted, "asks", ""), _value_of(counted)) if name]
    if isinstance(counted, Split):
        names.append(counted.field)
    elif kpi.by:
        names.append(kpi.by)
    if counted.by_deadline:
        names.append(counted.when)
    if kpi.id in OF_SUPPLEMENT:
        names.append("delay_exception")
    return list(dict.fromkeys(names))


def _column(rows: Rows, name: str) -> ColumnElement[Any]:
    holder = rows.c.due if name.startswith("due.") else rows.c
    column: ColumnElement[Any] = getattr(holder, name.removeprefix("due."))
    return column if column is not None else literal(None, Date)


def _agreed(connection: Connection, asked: Asked) -> Agreed:
    """What is agreed for single cases and this KPI: reasons and causes by provider and case."""
    found: Agreed = {}
    if not asked.kpi.exceptions:
        return found
    held = agreed_now(asked.as_of)
    query = (
        select(held.c.provider, held.c.case_ref, held.c.reason, held.c.caused_by)
        .where(held.c.service == asked.kpi.service, held.c.kpi == asked.kpi.id)
        .order_by(held.c.seq)
    )
    for provider, ref, reason, cause in connection.execute(query):
        found.setdefault((provider, ref), []).append((reason, Cause(cause)))
    return found


def _cause(kpi: Kpi, agreed: Agreed, row: Any, values: dict[str, Any]) -> tuple[str, Cause | None]:
    """The reason in words and who caused it, where something was agreed for the case or stands in the council's supplement.

    Of several it is the one that is counted first where cases are counted by cause.
    """
    said = list(agreed.get((row.provider_key, row.reference), ()))
    if (delay := values.get("delay_exception")) and delay in CAUSE_OF:
        said.append((delay, CAUSE_OF[delay]))
    if not said:
        return "", None
    reason, cause = min(said, key=lambda one: CAUSES_IN_ORDER.index(one[1]))
    return code_list(REASON_LISTS[kpi.service]).label(reason), cause
