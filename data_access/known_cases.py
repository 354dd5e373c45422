"""What a provider's current returns say already, for the checks of one more: its cases, who was helped, who was satisfied."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from data_access.kept import current, read_kept
from data_access.stores import Store, reading
from data_access.tables import activities, answers, cases, supplement
from domain.access import Viewer
from domain.drafts import KnownCases
from domain.periods import Period
from domain.vocabulary import code_list

_EVERYTHING = Viewer("the dashboard itself")
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
"""The columns of a case that rules compare with."""


def read_known_cases(store: Store, service: str, provider: str, replaced: Period | None) -> KnownCases:
    """What the provider's current returns say; of a case in several, the latest period's row.

    Parameters
    ----------
    replaced : the period of the return that is checked; returns inside it are left out, since it replaces them. The rows marked
        as counting would not do here: one that the checked return replaces may hide an earlier one that will count again.
    """
    with reading(store) as connection:
        kept = current(read_kept(connection, _EVERYTHING, service=service, provider=provider))
        rows = [k.row for k in kept if replaced is None or not replaced.covers(k.period)]
        found = connection.execute(
            select(*(cases.c[key] for key in _COMPARED))
            .where(cases.c.return_id.in_(rows))
            .order_by(cases.c.period_end)
        ).mappings()
        known = {row["case_ref"]: dict(row) for row in found}
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
