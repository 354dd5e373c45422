"""How many surveys were sent and how many people answered, return by return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data_access.coverage import coverage_of
from data_access.kept import KeptReturn, current, read_kept
from data_access.ledger import current_version
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import answers
from domain.access import Viewer
from domain.periods import financial_year_of, time_label
from domain.response_rate import RESPONSE_RATE, Sent
from domain.selection import Selection
from domain.statistics import wilson_interval
from domain.tally import Tally, TallyRow


@dataclass(frozen=True, slots=True)
class Responses:
    """Surveys returned and sent by financial year, and how many returns can say."""

    tally: Tally
    sent: Sent


def read_responses(store: Store, selection: Selection, viewer: Viewer) -> Responses:
    """The surveys returned and sent, of the returns that lie wholly in the months chosen.

    Notes
    -----
    The areas and answers chosen are not looked at: no return says how many surveys went to one area or one kind of person.
    For the same reason nothing is told of a provider of whom the viewer may see some areas only.
    """
    with reading(store, viewer) as connection:
        found = read_kept(connection, viewer, service=selection.service)
        settings = settings_in(connection)
        counted = [
            k
            for k in current(found)
            if not k.from_council
            and viewer.sees_whole(k.service, k.provider)
            and (not selection.providers or k.provider in selection.providers)
            and (selection.first is None or k.period.first_month >= selection.first)
            and (selection.last is None or k.period.last_month <= selection.last)
        ]
        people = _people(connection, counted)
        version = current_version(connection)
    said = [k for k in counted if k.surveys_sent is not None]
    whole = [k for k in said if people.get(k.row, 0) <= (k.surveys_sent or 0)]
    years: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kept in sorted(whole, key=lambda k: k.period.end):
        counts = years[financial_year_of(kept.period.last_month)]
        counts[0] += people.get(kept.row, 0)
        counts[1] += kept.surveys_sent or 0
    coverage = coverage_of(found, settings, selection.service, selection.providers)
    tally = Tally(
        RESPONSE_RATE,
        ("financial_year",),
        tuple(_row(year, returned, sent) for year, (returned, sent) in years.items()),
        selection,
        store.source,
        version,
        coverage.as_at,
    )
    return Responses(tally, Sent(len(counted), len(counted) - len(said), len(said) - len(whole)))


def _people(connection: Connection, counted: Sequence[KeptReturn]) -> dict[int, int]:
    """How many people's answers each return holds, by its row; answers that a later return gives again count there."""
    query = (
        select(answers.c.return_id, func.count(answers.c.response_ref.distinct()))
        .where(answers.c.in_force, answers.c.return_id.in_([k.row for k in counted]))
        .group_by(answers.c.return_id)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def _row(year: str, returned: int, sent: int) -> TallyRow:
    low, high = wilson_interval(returned, sent) if sent else (None, None)
    value = returned / sent if sent else None
    label = time_label("financial_year", year)
    return TallyRow((year,), (label,), returned, sent, value=value, low=low, high=high)
