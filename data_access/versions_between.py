"""What lies between two versions of one sender's returns: their rows compared, and the KPIs as they stood with each."""

from __future__ import annotations

from data_access.kept import read_kept
from data_access.ledger import current_version
from data_access.moved import Refused
from data_access.receipts import check_named, find_version, kpis_with, previous_of, version_of
from data_access.row_changes import Sides, read_row_changes
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Audience, Duty, Viewer
from domain.differences import Difference, KpiBetween
from domain.kpis import KpiStatus
from domain.row_changes import RowChanges


def read_difference(
    store: Store, viewer: Viewer, earlier_id: str, later_id: str, *, audience: Audience = Audience.US
) -> Difference:
    """What the later of two versions says that the earlier one did not.

    The rows of the two files are compared, whatever else counted at the time. Between versions of one period a case that the later one
    lacks was removed; between two periods a closed case need not come again, and an open one is no longer reported.

    Parameters
    ----------
    earlier_id : of any version of the same service and sender; blank for the one that the later version took the place of, if any.

    Raises
    ------
    OutOfReach
        When one is of a sender that the viewer may not look into.
    Refused
        When there is no such version, or they are not of one service and sender.
    """
    for named in filter(None, (earlier_id, later_id)):
        check_named(viewer, named)
    with reading(store, viewer) as connection:
        found = read_kept(connection, viewer)
        later = find_version(found, later_id)
        earlier = find_version(found, earlier_id) if earlier_id else previous_of(found, later)
        if earlier and (earlier.service, earlier.provider) != (later.service, later.provider):
            raise Refused("Only two versions of one provider's returns for one service can be compared.")
        settings = settings_in(connection)
        rows = RowChanges()
        if viewer.may(Duty.CASES, later.service, later.provider):
            before = (earlier,) if earlier else ()
            same_period = not earlier or earlier.period == later.period
            sides = Sides(before, (later,), later, takes_out=same_period)
            rows = read_row_changes(connection, sides, settings)
        newest = current_version(connection)
    stood = [
        kpis_with(store, viewer, kept, audience, as_of=None if kept.seq == newest else kept.seq)
        if kept
        else ()
        for kept in (earlier, later)
    ]
    return Difference(
        later.service,
        later.provider,
        version_of(earlier) if earlier else None,
        version_of(later),
        rows,
        _between(*stood),
    )


def _between(before: tuple[KpiStatus, ...], after: tuple[KpiStatus, ...]) -> tuple[KpiBetween, ...]:
    old = {(status.kpi.id, status.category): status for status in before}
    return tuple(KpiBetween(old.get((status.kpi.id, status.category)), status) for status in after)
