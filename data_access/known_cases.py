"""What current returns say already, for the checks of one more: its cases, who was helped, who was satisfied, how long cases last."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, func, select

from data_access.kept import current, read_kept
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF, activities, answers, cases, supplement
from domain.access import THE_DASHBOARD, Viewer
from domain.columns_used import ALL_SHARE_FIELDS
from domain.drafts import KnownCases, KnownRows
from domain.fields import CASES, KEY_OF, Kind, Sheet
from domain.periods import Period
from domain.returns import Record
from domain.vocabulary import code_list

_COMPARED = (
    "case_ref",
    "service_type",
    "referral_date",
    "adviser_contact_date",
    "family_request_date",
    "la_informed_date",
    "meeting_date",
    "outcome",
    "outcome_date",
)
_COLUMNS = tuple(dict.fromkeys((*_COMPARED, "period_end", *ALL_SHARE_FIELDS)))
"""The columns of a case that rules compare with, and when the period ends of the return that it stands in."""
_SEVERAL = frozenset(f.key for f in CASES if f.kind is Kind.CODES)
BESIDE = (Sheet.ACTIVITIES, Sheet.AGREEMENTS, Sheet.SATISFACTION, Sheet.COMPLAINTS)
_SPELT = {
    Sheet.SATISFACTION: "response_ref",
    Sheet.COMPLAINTS: "complaint_ref",
    Sheet.AGREEMENTS: "agreement_ref",
}
"""References that are kept as they were first written, whatever capitals a later return writes them in."""


def read_known_cases(
    store: Store, viewer: Viewer, service: str, provider: str, replaced: Period | None
) -> KnownCases:
    """What the provider's current returns say; of a case in several, the latest period's row.

    Parameters
    ----------
    replaced : the period of the return that is checked; returns inside it are left out, since it replaces them. The rows marked
        as counting would not do here: one that the checked return replaces may hide an earlier one that will count again.
    """
    with reading(store, viewer) as connection:
        kept = current(read_kept(connection, THE_DASHBOARD, service=service, provider=provider))
        rows = [k.row for k in kept if replaced is None or not replaced.covers(k.period)]
        found = connection.execute(
            select(*(cases.c[key] for key in _COLUMNS))
            .where(cases.c.return_id.in_(rows))
            .order_by(cases.c.period_end)
        ).mappings()
        known = {row["case_ref"]: _record(row) for row in found}
        helped = connection.execute(
            select(activities.c.case_ref).where(activities.c.return_id.in_(rows)).distinct()
        ).scalars()
        satisfied = connection.execute(
            select(answers.c.case_ref)
            .where(
                answers.c.return_id.in_(rows),
                answers.c.case_ref.is_not(None),
                answers.c.answer_code.in_(code_list("survey_answer").children("positive")),
            )
            .distinct()
        ).scalars()
        written = _written(connection, service, provider)
        return KnownCases(known, frozenset(helped), frozenset(satisfied), written)


def _record(row: RowMapping) -> Record:
    """A case as a return would have it, several answers apart."""
    return {
        str(key): tuple(value.split(";")) if value is not None and key in _SEVERAL else value
        for key, value in row.items()
    }


def read_known_rows(store: Store, viewer: Viewer, service: str, provider: str, period: Period) -> KnownRows:
    """What the provider's current returns have on the sheets beside Cases.

    Parameters
    ----------
    period : of the return that is checked; the rows of current returns inside it are those that it replaces.
    """
    replaced: dict[Sheet, frozenset[tuple[str, ...]]] = {}
    written: dict[Sheet, tuple[str, ...]] = {}
    with reading(store, viewer) as connection:
        kept = current(read_kept(connection, THE_DASHBOARD, service=service, provider=provider))
        rows = [k.row for k in kept if period.covers(k.period)]
        for sheet, table in TABLE_OF.items():
            if sheet not in BESIDE:
                continue
            if rows:
                keys = select(*(table.c[key] for key in KEY_OF[sheet])).where(table.c.return_id.in_(rows))
                replaced[sheet] = frozenset(tuple(map(str, row)) for row in connection.execute(keys))
            if sheet in _SPELT:
                column = table.c[_SPELT[sheet]]
                written[sheet] = tuple(
                    connection.execute(
                        select(column)
                        .where(table.c.service == service, table.c.provider == provider)
                        .group_by(column)
                        .order_by(func.min(table.c.row_id))
                    ).scalars()
                )
    return KnownRows(replaced, written)


def read_lengths(store: Store, viewer: Viewer, service: str) -> dict[int, int]:
    """How many of the service's ended cases lasted how many days, from referral to outcome, in the returns that count."""
    with reading(store, viewer) as connection:
        rows = connection.execute(
            select(cases.c.days_to_outcome, func.count())
            .where(cases.c.service == service, cases.c.in_force, cases.c.days_to_outcome.is_not(None))
            .group_by(cases.c.days_to_outcome)
        )
        return {row[0]: row[1] for row in rows}


def _written(connection: Connection, service: str, provider: str) -> tuple[str, ...]:
    """Every reference of the provider, in returns that count and in all others, the provider's own before the council's.

    Those that no longer count are among them: what the council says of a case still finds it when a replaced return comes again.
    """
    found: list[str] = []
    for table in (cases, supplement):
        first_met = func.min(table.c.row_id)
        found += connection.execute(
            select(table.c.case_ref)
            .where(table.c.service == service, table.c.provider == provider)
            .group_by(table.c.case_ref)
            .order_by(first_met)
        ).scalars()
    return tuple(found)
