"""The people who may sign in: who they are, the roles they have and had, and which roles are possible at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.access import Grant, Role
from domain.personal_data import value_kind

MOST_OF_A_USER, MOST_OF_A_TITLE = 200, 100
"""How many characters may name a person, and a job title may have."""

_EMAIL = re.compile(r"[^@]+@[^@.]+(?:\.[^@.]+)+")
_NO_PART_OF_ONE = re.compile(
    r"""[\s,;"<>()\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"""
)


class NotPossibleRole(Exception):
    """A role, a person's name or a job title that cannot be kept: what was found, and what would be accepted."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has or had; `revoked_at` is None while they have it."""

    id: int
    grant: Grant
    granted_at: datetime
    granted_by: str
    revoked_at: datetime | None = None
    revoked_by: str = ""

    @property
    def holds(self) -> bool:
        """Whether it was not taken away."""
        return self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the dashboard knows.

    Parameters
    ----------
    user : as their sign-in names them, in small letters. title : their job title, blank where none was said.
    signed_out_at : sign-ins of before this moment no longer hold. held : every role that they have or had, the oldest first.
    """

    user: str
    title: str
    added_at: datetime
    added_by: str
    signed_out_at: datetime | None = None
    held: tuple[Held, ...] = ()

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The roles that they have now."""
        return tuple(one.grant for one in self.held if one.holds)


def as_user(text: str) -> str:
    """The name of a person in the one form in which people are compared: small letters, nothing around them.

    >>> as_user(" Jo.Bloggs@Council.gov.uk ")
    'jo.bloggs@council.gov.uk'
    """
    return text.strip().lower()


def is_user(user: str) -> bool:
    """Whether a text, already in small letters, can name a person: an e-mail address, or a plain id without spaces."""
    if not 0 < len(user) <= MOST_OF_A_USER or _NO_PART_OF_ONE.search(user):
        return False
    return "@" not in user or _EMAIL.fullmatch(user) is not None


def checked_user(text: str) -> str:
    """The name of a person in small letters. Raises NotPossibleRole where it can be none."""
    user = as_user(text)
    if not is_user(user):
        found = f"'{text[:MOST_OF_A_USER]}' names nobody" if user else "Nobody is named"
        raise NotPossibleRole(
            f"{found}. Accepted: the e-mail address they sign in with, as jo.bloggs@council.gov.uk, or the plain id that the "
            f"sign-in gives them, without spaces and of at most {MOST_OF_A_USER} characters."
        )
    return user


def checked_title(text: str) -> str:
    """A job title as it is kept. Raises NotPossibleRole where it holds personal details or is too long."""
    title = " ".join(text.split())
    wanted = "Accepted: a job title, as Commissioning manager; not a name."
    if kind := value_kind(title):
        raise NotPossibleRole(f"The job title looks as if it holds {kind.rstrip(',')}. {wanted}")
    if not title.isprintable():
        raise NotPossibleRole(f"The job title holds characters that nobody sees. {wanted}")
    if len(title) > MOST_OF_A_TITLE:
        raise NotPossibleRole(
            f"The job title has {len(title)} characters. {wanted} At most {MOST_OF_A_TITLE} characters."
        )
    return title


def in_words(grant: Grant) -> str:
    """A role and its limits, by their keys.

    >>> from domain.access import Reach
    >>> in_words(Grant(Role.PROVIDER, Reach("mentoring", "provider-a")))
    'provider (service mentoring, provider provider-a)'
    """
    limits = [f"{name} {key}" for name, key in _limits(grant) if key]
    return f"{grant.role} ({', '.join(limits)})" if limits else str(grant.role)


def check_possible(
    grant: Grant, services: Iterable[str], providers: Iterable[str], areas: Iterable[str]
) -> None:
    """Raise NotPossibleRole where nobody may have a role with these limits.

    Parameters
    ----------
    services, providers, areas : the keys that there are.
    """
    if grant.role is Role.ADMINISTRATOR and grant.reach.limited:
        raise NotPossibleRole(
            f"An administrator is never limited; found {in_words(grant)}. "
            "Accepted: administrator without a service, provider or area."
        )
    for (name, key), known in zip(_limits(grant), (services, providers, areas), strict=True):
        if key and key not in (keys := sorted(known)):
            accepted = f"Accepted: {', '.join(keys)}." if keys else f"The settings hold no {name} yet."
            raise NotPossibleRole(f"There is no {name} '{key}'. {accepted}")
    if grant.role is Role.PROVIDER and not grant.reach.provider:
        keys = sorted(providers)
        accepted = f"Accepted: {', '.join(keys)}." if keys else "The settings hold no provider yet."
        raise NotPossibleRole(f"The role provider does not say of which provider. {accepted}")


def _limits(grant: Grant) -> tuple[tuple[str, str], ...]:
    reach = grant.reach
    return ("service", reach.service), ("provider", reach.provider), ("area", reach.area)
