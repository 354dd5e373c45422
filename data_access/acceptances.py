"""The warnings that were accepted with returns: how often each was, so that a sender is not asked the same every time."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping

from sqlalchemy import select

from data_access.kept import current, read_kept
from data_access.stores import Store, reading
from data_access.tables import accepted_warnings
from domain.accepted import AcceptedWarning
from domain.access import THE_DASHBOARD, Viewer
from domain.checks.accepting import RETURNS_REMEMBERED
from domain.periods import Period


def accepted_before(
    store: Store, viewer: Viewer, service: str, provider: str, period: Period
) -> tuple[AnyMapping[str, int], ...]:
    """How often each warning was accepted in the sender's last three current returns before a period, the latest first.

    Returns
    -------
    tuple of mappings
        One for each of those returns, fewer when there are fewer: name of the rule to number of rows.
    """
    with reading(store, viewer) as connection:
        kept = current(read_kept(connection, THE_DASHBOARD, service=service, provider=provider))
        before = sorted(
            (k for k in kept if k.period.end < period.start), key=lambda k: k.period, reverse=True
        )
        last = [k.row for k in before[:RETURNS_REMEMBERED]]
        if not last:
            return ()
        found: dict[int, dict[str, int]] = {row: {} for row in last}
        for row in connection.execute(
            select(
                accepted_warnings.c.return_id, accepted_warnings.c.rule, accepted_warnings.c["count"]
            ).where(accepted_warnings.c.return_id.in_(last))
        ):
            found[row.return_id][row.rule] = found[row.return_id].get(row.rule, 0) + row[2]
    return tuple(found[row] for row in last)


def read_accepted(store: Store, viewer: Viewer, return_row: int) -> tuple[AcceptedWarning, ...]:
    """The warnings accepted with one version of a return, by its row in the database, in the order they were kept."""
    with reading(store, viewer) as connection:
        return tuple(
            AcceptedWarning(
                row["rule"],
                row["check_id"],
                row["said"],
                row["count"],
                row["reason"],
                row["note"],
                tuple(filter(None, row["fields"].split(";"))),
            )
            for row in connection.execute(
                select(accepted_warnings)
                .where(accepted_warnings.c.return_id == return_row)
                .order_by(accepted_warnings.c.id)
            ).mappings()
        )
