"""Views by name, kept: each is of the person who saved it, and shared ones are seen by whoever sees all figures."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select, update

from data_access import clock
from data_access.meeting_tables import saved_views
from data_access.stores import Store, reading, writing
from domain.access import Duty, OutOfReach, Viewer
from domain.saved_views import SavedView, check_name, kept_of


def save_view(store: Store, view: SavedView, *, by: Viewer) -> int:
    """Keep a view of whoever saves it, and give its number; shared only where they see all figures.

    Raises
    ------
    OutOfReach
        For whom may see no figures.
    ValueError
        For a name that cannot be kept (`domain.saved_views.check_name`).
    """
    if Duty.FIGURES not in by.duties:
        raise OutOfReach(Duty.FIGURES, subject="saved views")
    with writing(store, by) as connection:
        held = saved_views.c
        asked = select(held.name).where(held.person == by.user, held.removed_at.is_(None))
        name = check_name(view.name, connection.execute(asked).scalars().all())
        row = connection.execute(
            insert(saved_views).values(
                person=by.user,
                name=name,
                page=view.page,
                query=json.dumps(kept_of(view.query)),
                shared=view.shared and by.sees_all,
                made_at=clock.now(),
            )
        )
        (number,) = row.inserted_primary_key or (0,)
    return int(number)


def list_views(store: Store, viewer: Viewer) -> tuple[SavedView, ...]:
    """The views that somebody has, their own first, each part by name."""
    held = saved_views.c
    with reading(store, viewer) as connection:
        rows = connection.execute(select(saved_views).where(held.removed_at.is_(None))).all()
    found = [
        SavedView(row.name, row.page, json.loads(row.query), row.shared, row.person, row.id, row.made_at)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.person != viewer.user, one.name.casefold(), one.id)))


def remove_view(store: Store, number: int, *, by: Viewer) -> None:
    """Take one's own view from the list. Raises ValueError where it is nobody's, or another's."""
    _mark(store, number, clock.now(), by, was_there=True)


def bring_back_view(store: Store, number: int, *, by: Viewer) -> None:
    """Undo that. Raises ValueError as `remove_view`, and where another view has got its name since."""
    _mark(store, number, None, by, was_there=False)


def _mark(store: Store, number: int, removed: datetime | None, by: Viewer, *, was_there: bool) -> None:
    held = saved_views.c
    with writing(store, by) as connection:
        there = held.removed_at.is_(None) if was_there else held.removed_at.is_not(None)
        row = connection.execute(
            select(held.name).where(held.id == number, held.person == by.user, there)
        ).first()
        if row is None:
            raise ValueError(
                "Nothing was changed: that view is not one of yours, or it was removed meanwhile."
            )
        if not was_there:
            asked = select(held.name).where(held.person == by.user, held.removed_at.is_(None))
            check_name(row.name, connection.execute(asked).scalars().all())
        connection.execute(update(saved_views).where(held.id == number).values(removed_at=removed))
