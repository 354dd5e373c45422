"""The words for who may do what: a role with its reach, and what somebody loses with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.access import Duty, Grant, Reach, Role
from domain.formats import listed
from domain.settings import Settings
from domain.settings_words import service_label

MAY: Final = {
    Duty.FIGURES: "see figures",
    Duty.CASES: "see single cases",
    Duty.RETURNS: "send and withdraw returns",
    Duty.PRESENTING: "present at meetings",
    Duty.PRICES: "see prices",
    Duty.SETTINGS: "change the settings",
    Duty.PEOPLE: "decide who may do what",
    Duty.AUDIT: "read the record of who did what",
}
"""What each duty lets somebody do."""
NO_ROLE: Final = "No role"


def reach_words(reach: Reach, settings: Settings) -> str:
    """How far a role reaches, by what limits it: 'everything', 'Northgate', or 'SEND mediation, Northgate, Harlow'."""
    parts = (
        service_label(reach.service) if reach.service else "",
        settings.provider_label(reach.provider) if reach.provider else "",
        settings.area_label(reach.area) if reach.area else "",
    )
    return ", ".join(part for part in parts if part) or "everything"


def grant_words(grant: Grant, settings: Settings) -> str:
    """A role with its reach: 'Viewer for SEND mediation, Harlow'."""
    if grant.role is Role.ADMINISTRATOR:
        return grant.role.label
    return f"{grant.role.label} for {reach_words(grant.reach, settings)}"


def roles_words(grants: Sequence[Grant], settings: Settings) -> str:
    """Everything that somebody may do, in one cell."""
    return "; ".join(grant_words(one, settings) for one in grants) or NO_ROLE


def lost_with(grant: Grant, grants: Sequence[Grant]) -> tuple[Duty, ...]:
    """What somebody with these roles can no longer do, of all that one of them reaches, once it is taken away."""
    others = [one for one in grants if one != grant]
    reach = grant.reach

    def kept(duty: Duty) -> bool:
        return any(
            one.allows(duty, reach.service, reach.provider) and one.reach.area in ("", reach.area)
            for one in others
        )

    had = [duty for duty in Duty if grant.allows(duty, reach.service, reach.provider)]
    return tuple(duty for duty in had if not kept(duty))


def loss_words(user: str, grant: Grant, grants: Sequence[Grant], settings: Settings) -> tuple[str, ...]:
    """What taking a role away means, a sentence each: what they lose, and what they keep."""
    lost = [MAY[duty] for duty in lost_with(grant, grants)]
    others = [one for one in grants if one != grant]
    where = "" if grant.role is Role.ADMINISTRATOR else f", for {reach_words(grant.reach, settings)}"
    first = (
        f"{user} can then no longer {listed(lost, len(lost)).replace(' and ', ' or ')}{where}."
        if lost
        else f"{user} loses nothing by it: another role allows the same."
    )
    kept = (
        f"What stays: {roles_words(others, settings)}."
        if others
        else "They then have no role, and see nothing but a page that says so."
    )
    return first, kept, "It holds at their next click, and on an open page within a minute."
