"""The accepted warnings that a figure rests on, read from the returns that count."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from sqlalchemy import select

from data_access.kept import current, read_kept
from data_access.ledger import current_version
from data_access.questions import Question
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import accepted_warnings
from domain.accepted import AcceptedWarning
from domain.access import Audience, Viewer
from domain.footnotes import Footnote, in_words, touches
from domain.measures import measure
from domain.periods import Period, month_end, month_start
from domain.returns import COUNCIL

_REMEMBERED = 40
_memory: OrderedDict[Any, tuple[tuple[str, Footnote], ...]] = OrderedDict()
_lock = Lock()


def read_footnotes(
    store: Store,
    viewer: Viewer,
    service: str,
    providers: Sequence[str],
    first_month: int | None,
    last_month: int | None,
    measure_key: str,
    *,
    by: Sequence[str] = (),
    audience: Audience = Audience.US,
) -> tuple[str, ...]:
    """What was accepted in the returns that a figure rests on, as sentences; none where nothing was.

    Parameters
    ----------
    providers : those chosen, none for all of them; what the council accepted of its own supplement counts with any of them.
    first_month, last_month : the months shown; None leaves that end open.
    measure_key : of the figure. by : what it is broken down by.
    audience : who will read it; only the commissioning team is told how many rows.
    """
    return in_words(
        find_footnotes(store, viewer, service, providers, first_month, last_month, measure_key, by=by),
        audience,
    )


def find_footnotes(
    store: Store,
    viewer: Viewer,
    service: str,
    providers: Sequence[str],
    first_month: int | None,
    last_month: int | None,
    measure_key: str,
    *,
    by: Sequence[str] = (),
    as_of: int | None = None,
) -> tuple[Footnote, ...]:
    """The same before it is put in words, by sender and period; of the returns of now, or of an earlier moment."""
    counted = measure(measure_key, service)
    start, end = month_start(first_month or 190001), month_end(last_month or 999901)
    shown = Period(start, end)
    return tuple(
        note
        for provider, note in _of_service(store, viewer, service, as_of)
        if (not providers or provider in (*providers, COUNCIL))
        and note.period.overlaps(shown)
        and touches(note.warning, counted, by)
    )


def footnotes_of(
    store: Store, viewer: Viewer, question: Question, *, as_of: int | None = None
) -> tuple[Footnote, ...]:
    """The same for a question that is asked of the data."""
    chosen = question.selection
    return find_footnotes(
        store,
        viewer,
        chosen.service,
        chosen.providers,
        chosen.first,
        chosen.last,
        question.measure,
        by=question.groups,
        as_of=as_of,
    )


def _of_service(
    store: Store, viewer: Viewer, service: str, as_of: int | None
) -> tuple[tuple[str, Footnote], ...]:
    """Every accepted warning of a service's returns that count, with the key of the sender; read once for each state of the data."""
    with reading(store, viewer) as connection:
        key = (store.url, current_version(connection), viewer.scope, service, as_of)
        with _lock:
            if key in _memory:
                _memory.move_to_end(key)
                return _memory[key]
        settings = settings_in(connection, as_of=as_of)
        kept = {k.row: k for k in current(read_kept(connection, viewer, service=service, as_of=as_of))}
        rows = connection.execute(
            select(accepted_warnings)
            .where(accepted_warnings.c.return_id.in_(list(kept)))
            .order_by(accepted_warnings.c.id)
        ).mappings()
        found = []
        for row in rows:
            one = kept[row["return_id"]]
            fields = tuple(filter(None, row["fields"].split(";")))
            warning = AcceptedWarning(
                row["rule"], row["check_id"], row["said"], row["count"], row["reason"], row["note"], fields
            )
            sender = "The council" if one.from_council else settings.provider_label(one.provider)
            found.append((one.provider, Footnote(sender, one.period, warning)))
    found.sort(key=lambda pair: (pair[1].sender, pair[1].period))
    with _lock:
        _memory[key] = tuple(found)
        while len(_memory) > _REMEMBERED:
            _memory.popitem(last=False)
        return _memory[key]
