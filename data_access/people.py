"""Who may do what, as kept: people, the roles they have and had. Nothing is deleted; a role that is taken away says when and by whom.

Every change is written in one transaction with its row in the audit. Changes of roles wait for each other, so that two administrators
who take each other's role away at the same moment do not leave none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, func, insert, select, update

from data_access import clock
from data_access.audit import note_in
from data_access.settings import read_settings
from data_access.stores import Store, reading, writing
from data_access.tables import grants, people
from domain.access import THE_DASHBOARD, Duty, Grant, Reach, Role, Viewer
from domain.audit import Act
from domain.people import (
    Held,
    NotPossibleRole,
    Person,
    as_user,
    check_possible,
    checked_title,
    checked_user,
    in_words,
    is_user,
)
from domain.services import SERVICES

__all__ = [
    "Held",
    "NotPossibleRole",
    "Person",
    "find_viewer",
    "grant_role",
    "read_people",
    "revoke_role",
    "set_title",
    "sign_out",
    "sign_out_everywhere",
    "signed_out_at",
]

_CHANGING = 5_501_839
"""The lock under which roles change on PostgreSQL: any number that no other program on the server locks."""


def find_viewer(store: Store, user: str) -> Viewer:
    """Somebody with the roles that they have now; without any for whom nobody knows. One quick question, asked at every run of a page.

    Parameters
    ----------
    user : as their sign-in names them; large and small letters are the same.
    """
    user = as_user(user)
    if not is_user(user):
        return Viewer(user)
    has = and_(grants.c.person == people.c.person, grants.c.revoked_at.is_(None))
    asked = (
        select(people.c.title, grants.c.role, grants.c.service, grants.c.provider, grants.c.area)
        .select_from(people.outerjoin(grants, has))
        .where(people.c.person == user)
        .order_by(grants.c.id)
    )
    with reading(store, Viewer(user)) as connection:
        rows = connection.execute(asked).mappings().all()
    found = tuple(_grant(row) for row in rows if row["role"] is not None)
    return Viewer(user, found, rows[0]["title"] if rows else "")


def signed_out_at(store: Store, user: str) -> datetime | None:
    """Since when sign-ins of before no longer hold; None where somebody never signed out."""
    user = as_user(user)
    if not is_user(user):
        return None
    with reading(store, Viewer(user)) as connection:
        asked = select(people.c.signed_out_at).where(people.c.person == user)
        found: datetime | None = connection.execute(asked).scalar_one_or_none()
        return found


def sign_out(store: Store, viewer: Viewer) -> None:
    """End every sign-in of somebody up to now, wherever they are signed in, and write it in the audit.

    Somebody without a role is written down too: a copy of their sign-in must not work once they are given one.
    """
    user = checked_user(viewer.user)
    now = clock.now()
    with writing(store, viewer) as connection:
        _one_at_a_time(connection)
        ended = connection.execute(
            update(people).where(people.c.person == user).values(signed_out_at=now)
        ).rowcount
        if not ended:
            connection.execute(
                insert(people).values(person=user, added_at=now, added_by=user, signed_out_at=now)
            )
        note_in(connection, viewer, Act.SIGNED_OUT)


def sign_out_everywhere(store: Store, user: str, *, by: Viewer) -> None:
    """End every sign-in of somebody else up to now, as where a computer was lost; their roles stay, and they can sign in again.

    Raises OutOfReach where `by` may not decide that, and NotPossibleRole for somebody whom nobody knows.
    """
    by.check(Duty.PEOPLE)
    user = checked_user(user)
    with writing(store, by) as connection:
        _one_at_a_time(connection)
        ended = connection.execute(
            update(people).where(people.c.person == user).values(signed_out_at=clock.now())
        ).rowcount
        if not ended:
            raise NotPossibleRole(
                f"Nobody is known as {user}. Accepted: somebody who was given a role before."
            )
        note_in(connection, by, Act.SIGNED_OUT, subject=user, detail="everywhere, by an administrator")


def read_people(store: Store, viewer: Viewer) -> tuple[Person, ...]:
    """Everybody who is known, with every role that they have or had. Raises OutOfReach for whom may not decide who may do what."""
    viewer.check(Duty.PEOPLE)
    with reading(store, viewer) as connection:
        known = connection.execute(select(people).order_by(people.c.person)).mappings().all()
        had = connection.execute(select(grants).order_by(grants.c.id)).mappings().all()
    held: dict[str, list[Held]] = {}
    for row in had:
        held.setdefault(row["person"], []).append(
            Held(row["id"], _grant(row), row["granted_at"], row["granted_by"], row["revoked_at"], row["revoked_by"])
        )  # fmt: skip
    return tuple(
        Person(
            row["person"],
            row["title"],
            row["added_at"],
            row["added_by"],
            row["signed_out_at"],
            tuple(held.get(row["person"], ())),
        )
        for row in known
    )


def grant_role(store: Store, user: str, grant: Grant, *, by: Viewer, title: str = "") -> None:
    """Give somebody a role, from their next click on.

    Raises OutOfReach where `by` may not decide that, and NotPossibleRole, which says what was found and what would be accepted.

    Parameters
    ----------
    title : their job title; blank leaves the one that is known.
    """
    by.check(Duty.PEOPLE)
    user, title = checked_user(user), checked_title(title)
    _check_known(store, grant)
    now = clock.now()
    with writing(store, by) as connection:
        _one_at_a_time(connection)
        if _held(connection, user, grant):
            raise NotPossibleRole(f"{user} has the role {in_words(grant)} already.")
        known = connection.execute(select(people.c.title).where(people.c.person == user)).scalar_one_or_none()
        if known is None:
            connection.execute(
                insert(people).values(person=user, title=title, added_at=now, added_by=by.user)
            )
        elif title and title != known:
            connection.execute(update(people).where(people.c.person == user).values(title=title))
        reach = grant.reach
        connection.execute(
            insert(grants).values(
                person=user, role=str(grant.role), service=reach.service, provider=reach.provider, area=reach.area,
                granted_at=now, granted_by=by.user,
            )
        )  # fmt: skip
        _note(connection, by, user, grant, "granted")
        if title and title != known:
            note_in(connection, by, Act.CHANGED_ROLES, subject=user, detail=f"job title: {title}")


def revoke_role(store: Store, user: str, grant: Grant, *, by: Viewer) -> None:
    """Take a role away from somebody, from their next click on; that they had it stays known.

    Raises OutOfReach where `by` may not decide that, and NotPossibleRole where they do not have it, or where nobody would be left who
    decides who may do what.
    """
    by.check(Duty.PEOPLE)
    user = checked_user(user)
    with writing(store, by) as connection:
        _one_at_a_time(connection)
        held = _held(connection, user, grant)
        if not held:
            raise NotPossibleRole(_does_not_have(connection, user, grant))
        if grant.role is Role.ADMINISTRATOR and _administrators(connection) == 1:
            raise NotPossibleRole(
                f"{user} is the last administrator, and somebody must decide who may do what. "
                "Accepted once somebody else is an administrator too."
            )
        connection.execute(
            update(grants).where(grants.c.id.in_(held)).values(revoked_at=clock.now(), revoked_by=by.user)
        )
        _note(connection, by, user, grant, "revoked")


def set_title(store: Store, user: str, title: str, *, by: Viewer) -> None:
    """Say what somebody's job title is; it stands beside what they save from then on. Blank takes it away.

    Raises OutOfReach where `by` may not decide that, and NotPossibleRole for a text that is no title or somebody whom nobody knows.
    """
    by.check(Duty.PEOPLE)
    user, title = checked_user(user), checked_title(title)
    with writing(store, by) as connection:
        _one_at_a_time(connection)
        known = connection.execute(select(people.c.title).where(people.c.person == user)).scalar_one_or_none()
        if known is None:
            raise NotPossibleRole(
                f"Nobody is known as {user}. Accepted: somebody who was given a role before."
            )
        if known != title:
            connection.execute(update(people).where(people.c.person == user).values(title=title))
            note_in(
                connection, by, Act.CHANGED_ROLES, subject=user, detail=f"job title: {title or 'taken away'}"
            )


def _one_at_a_time(connection: Connection) -> None:
    """Wait until nobody else changes roles. SQLite lets one writer in at a time by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_CHANGING)))


def _check_known(store: Store, grant: Grant) -> None:
    # Read by the program: an administrator sees no figures, and so no provider either.
    settings = read_settings(store, THE_DASHBOARD)
    check_possible(
        grant,
        [service.key for service in SERVICES],
        [provider.key for provider in settings.providers],
        [area.key for area in settings.areas],
    )


def _held(connection: Connection, user: str, grant: Grant) -> list[int]:
    """The rows by which somebody has exactly this role now: one or none."""
    reach = grant.reach
    asked = select(grants.c.id).where(
        grants.c.person == user,
        grants.c.revoked_at.is_(None),
        grants.c.role == str(grant.role),
        grants.c.service == reach.service,
        grants.c.provider == reach.provider,
        grants.c.area == reach.area,
    )
    return list(connection.execute(asked).scalars())


def _administrators(connection: Connection) -> int:
    asked = select(func.count(grants.c.person.distinct())).where(
        grants.c.revoked_at.is_(None), grants.c.role == str(Role.ADMINISTRATOR)
    )
    return int(connection.execute(asked).scalar_one())


def _does_not_have(connection: Connection, user: str, grant: Grant) -> str:
    asked = select(grants).where(grants.c.person == user, grants.c.revoked_at.is_(None)).order_by(grants.c.id)
    has = [in_words(_grant(row)) for row in connection.execute(asked).mappings()]
    accepted = f"Accepted: {', '.join(has)}." if has else "They have no role."
    return f"{user} does not have the role {in_words(grant)}. {accepted}"


def _note(connection: Connection, by: Viewer, user: str, grant: Grant, what: str) -> None:
    note_in(
        connection,
        by,
        Act.CHANGED_ROLES,
        service=grant.reach.service,
        provider=grant.reach.provider,
        subject=user,
        detail=f"{what} {in_words(grant)}",
    )


def _grant(row: RowMapping) -> Grant:
    return Grant(Role(row["role"]), Reach(row["service"], row["provider"], row["area"]))
