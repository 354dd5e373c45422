"""Who is looking: their roles, what each role allows and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.audience import Audience as Audience
from domain.audience import Circle as Circle


class Duty(StrEnum):
    """One thing that a role allows."""

    FIGURES = "figures"
    CASES = "cases"
    RETURNS = "returns"
    PRESENTING = "presenting"
    PRICES = "prices"
    SETTINGS = "settings"
    PEOPLE = "people"
    AUDIT = "audit"

    @property
    def label(self) -> str:
        """What somebody without it is told they may not do."""
        return {
            Duty.FIGURES: "see these figures",
            Duty.CASES: "see single cases",
            Duty.RETURNS: "see, send or withdraw this return",
            Duty.PRESENTING: "present",
            Duty.PRICES: "see prices",
            Duty.SETTINGS: "change the settings",
            Duty.PEOPLE: "decide who may do what",
            Duty.AUDIT: "read the record of who did what",
        }[self]


class Role(StrEnum):
    """What somebody is to the dashboard; its value is what stands in the database and on the command line."""

    VIEWER = "viewer"
    PRESENTER = "presenter"
    PROVIDER = "provider"
    COMMISSIONER = "commissioner"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.value.capitalize()

    @property
    def allows(self) -> frozenset[Duty]:
        """What it allows, within its reach."""
        return _ALLOWS[self]

    @property
    def explained(self) -> str:
        """What it allows, in a sentence."""
        return {
            Role.VIEWER: "Sees figures, but no single case.",
            Role.PRESENTER: "Sees figures and presents them at meetings, but sees no single case.",
            Role.PROVIDER: "Sends returns for one provider, and sees its figures and cases and nobody else's.",
            Role.COMMISSIONER: "Sees figures, cases and prices, sends and withdraws returns, and changes the settings.",
            Role.ADMINISTRATOR: "Decides who may do what, and reads the record of who did what. Sees no figures by that.",
        }[self]


_ALLOWS = {
    Role.VIEWER: frozenset({Duty.FIGURES}),
    Role.PRESENTER: frozenset({Duty.FIGURES, Duty.PRESENTING}),
    Role.PROVIDER: frozenset({Duty.FIGURES, Duty.CASES, Duty.RETURNS, Duty.PRESENTING}),
    Role.COMMISSIONER: frozenset(
        {Duty.FIGURES, Duty.CASES, Duty.RETURNS, Duty.PRESENTING, Duty.PRICES, Duty.SETTINGS}
    ),
    Role.ADMINISTRATOR: frozenset({Duty.PEOPLE, Duty.AUDIT}),
}
_WHOLE = frozenset({Duty.SETTINGS, Duty.PEOPLE, Duty.AUDIT})
"""What is about the whole council: a role that is limited in any way does not allow it."""


@dataclass(frozen=True, slots=True, order=True)
class Reach:
    """Which rows: those of one service, provider and area; blank is every one."""

    service: str = ""
    provider: str = ""
    area: str = ""

    @property
    def limited(self) -> bool:
        """Whether it leaves anything out."""
        return self != EVERYTHING

    def covers(self, service: str, provider: str) -> bool:
        """Whether a service and provider lie within it. A blank asks for every one."""
        return self.service in ("", service) and self.provider in ("", provider)


EVERYTHING = Reach()


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role that somebody has, and how far it reaches."""

    role: Role
    reach: Reach = EVERYTHING

    def allows(self, duty: Duty, service: str = "", provider: str = "") -> bool:
        """Whether it allows something, for a service and a provider; blank is every one.

        What is not a figure is about whole returns and contracts, so that a role for one area does not allow it.
        """
        if duty not in self.role.allows or (duty is not Duty.FIGURES and self.reach.area):
            return False
        return not self.reach.limited if duty in _WHOLE else self.reach.covers(service, provider)


class OutOfReach(Exception):
    """Somebody asked for what they may not see or do; it is told to them, and kept in the audit.

    Attributes
    ----------
    duty : what they may not do. service, provider, subject : of what; blank where that is not said.
    """

    def __init__(self, duty: Duty, *, service: str = "", provider: str = "", subject: str = "") -> None:
        super().__init__(f"You are not allowed to {duty.label}.")
        self.duty, self.service, self.provider, self.subject = duty, service, provider, subject


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who reads or writes, and the roles they have. Without a role they see nothing.

    Parameters
    ----------
    user : how they are known to whoever signs them in, as an e-mail address. title : their job title; it stands beside what they save.
    """

    user: str
    grants: tuple[Grant, ...] = ()
    title: str = ""

    @property
    def signature(self) -> str:
        """What stands beside what they save: their job title where it is known."""
        return self.title or self.user

    @property
    def reach(self) -> tuple[Reach, ...]:
        """Of which rows they may see figures; empty is none, and a single `EVERYTHING` is all."""
        return reach_of(grant.reach for grant in self.grants if Duty.FIGURES in grant.role.allows)

    @property
    def sees_all(self) -> bool:
        """Whether they may see the figures of every row."""
        return EVERYTHING in self.reach

    def whole(self, service: str) -> bool:
        """Whether they may see all figures of a service, whatever the provider and the area."""
        return any(one.service in ("", service) and not one.provider and not one.area for one in self.reach)

    def sees_whole(self, service: str, provider: str) -> bool:
        """Whether they may see all figures of a provider for a service, whatever the area."""
        return any(one.covers(service, provider) and not one.area for one in self.reach)

    def areas_of(self, service: str) -> tuple[str, ...] | None:
        """The areas of a service that they are limited to; None where they may see every area of some provider."""
        found = [one for one in self.reach if one.service in ("", service)]
        return tuple(one.area for one in found) if all(one.area for one in found) else None

    def knows_areas_only(self, service: str) -> bool:
        """Whether some of what they may see of a service is limited to an area."""
        return any(one.service in ("", service) and one.area for one in self.reach)

    @property
    def scope(self) -> tuple[Reach, ...]:
        """What two viewers must share to be shown the same figures."""
        return self.reach

    @property
    def duties(self) -> frozenset[Duty]:
        """Everything that they may do, of one thing or another."""
        return frozenset(
            duty
            for grant in self.grants
            for duty in grant.role.allows
            if grant.allows(duty, grant.reach.service, grant.reach.provider)
        )

    def may(self, duty: Duty, service: str = "", provider: str = "") -> bool:
        """Whether they may do something, for a service and a provider; blank asks for every one.

        >>> a = Viewer("a", (Grant(Role.PROVIDER, Reach(provider="provider-a")),))
        >>> a.may(Duty.RETURNS, "send", "provider-a"), a.may(Duty.RETURNS, "send", "provider-b"), a.may(Duty.RETURNS, "send")
        (True, False, False)
        """
        return any(grant.allows(duty, service, provider) for grant in self.grants)

    def sees_cases(self, service: str, providers: Iterable[str] = ()) -> bool:
        """Whether they may see single cases of one of some providers; of any at all where none is named.

        >>> a = Viewer("a", (Grant(Role.VIEWER), Grant(Role.PROVIDER, Reach(provider="provider-a"))))
        >>> a.sees_cases("send"), a.sees_cases("send", ["provider-b"])
        (True, False)
        """
        if named := tuple(providers):
            return any(self.may(Duty.CASES, service, one) for one in named)
        return any(one.service in ("", service) for one in self.within(Duty.CASES).reach)

    def check(self, duty: Duty, service: str = "", provider: str = "", subject: str = "") -> None:
        """Raise OutOfReach where they may not do something."""
        if not self.may(duty, service, provider):
            raise OutOfReach(duty, service=service, provider=provider, subject=subject)

    def check_asked(self, service: str, providers: Iterable[str]) -> None:
        """Raise OutOfReach where somebody names a service or a provider of whom they may see no figure."""
        if service and not any(one.service in ("", service) for one in self.reach):
            raise OutOfReach(Duty.FIGURES, service=service)
        for provider in providers:
            self.check(Duty.FIGURES, service, provider)

    def within(self, duty: Duty) -> Viewer:
        """The same person with only the roles that allow something: they then see the rows for which they may do it."""
        kept = tuple(g for g in self.grants if g.allows(duty, g.reach.service, g.reach.provider))
        return replace(self, grants=kept)

    def signing(self, title: str) -> Viewer:
        """The same person under a job title; as before where none is given."""
        return replace(self, title=title or self.title)


def reach_of(several: Iterable[Reach]) -> tuple[Reach, ...]:
    """Several reaches without those that lie within another, in one order whatever theirs was."""
    found = set(several)
    return (
        (EVERYTHING,)
        if EVERYTHING in found
        else tuple(sorted(one for one in found if not any(_wider(other, one) for other in found)))
    )


def _wider(other: Reach, one: Reach) -> bool:
    return other != one and all(
        wide in ("", narrow)
        for wide, narrow in zip(
            (other.service, other.provider, other.area), (one.service, one.provider, one.area), strict=True
        )
    )


COMMISSIONER = Viewer("commissioner", (Grant(Role.COMMISSIONER),))
"""A commissioner of everything: who works with the commands, and who looks at the examples."""

LOCAL_USER = Viewer("local user", (Grant(Role.COMMISSIONER), Grant(Role.ADMINISTRATOR)))
"""Whoever sits at the computer where nobody signs in: they may do everything."""

THE_DASHBOARD = Viewer("the dashboard itself", (Grant(Role.COMMISSIONER),))
"""The program, where it looks after its database and shows nobody a row."""
