"""Whose figures somebody sees where nothing is chosen: everybody's, or those of the providers and areas that they are limited to.

A provider's own figures under the words 'all providers' or 'whole programme' would be taken for those of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.access import Audience
from domain.settings import UNKNOWN_AREA, Settings

ALL_PROVIDERS, ALL_AREAS = "all providers", "all areas"
REST, REST_OF_CONTRACT = "rest", "Rest of contract"
"""The key and the name of what one provider sees of all the others together."""
PART = "the part of all providers that you may see"
"""Of some providers every area, and of some areas every provider: no shorter words are true."""


def providers_seen(settings: Settings, service: str) -> tuple[str, ...]:
    """The providers of a service that somebody is limited to, in the order of the settings; empty where they may see every one."""
    found = settings.reach_of(service)
    if not found or any(not one.provider for one in found):
        return ()
    named = {one.provider for one in found}
    bound = [one.key for one in settings.providers_of(service) if one.key in named]
    return tuple(bound) or tuple(sorted(named))


def areas_seen(settings: Settings, service: str) -> tuple[str, ...]:
    """The areas of a service that somebody is limited to; empty where they may see every one."""
    found = settings.reach_of(service)
    return () if any(not one.area for one in found) else tuple(dict.fromkeys(one.area for one in found))


def everybody(settings: Settings, service: str, all_of_them: str = ALL_PROVIDERS) -> str:
    """What is said of the providers where none is chosen: 'all providers', or the names of those that somebody may see."""
    if named := providers_seen(settings, service):
        return ", ".join(settings.provider_label(key) for key in named)
    found = settings.reach_of(service)
    whole = any(not one.provider and not one.area for one in found)
    return PART if not whole and any(one.provider for one in found) else all_of_them


def everywhere(settings: Settings, service: str) -> str:
    """What is said of the areas where none is chosen: 'all areas', or the names of those that somebody may see."""
    return ", ".join(_area(settings, key) for key in areas_seen(settings, service)) or ALL_AREAS


def whose(settings: Settings, service: str) -> str:
    """Whose all the figures of a service together are, for who does not see all of it; blank for who does."""
    parts = [part for part in (everybody(settings, service), everywhere(settings, service)) if part]
    return "; ".join(_without(parts, (ALL_PROVIDERS, ALL_AREAS)))


def for_whom(audience: Audience, settings: Settings, service: str) -> str:
    """Who may see a view, as printed under it: a provider that looks at its own figures may see them too."""
    named = providers_seen(settings, service)
    if audience.provider:
        named = (audience.provider,)
    if not named or (audience.gated and not audience.provider):
        return audience.label
    return f"For {', '.join(settings.provider_label(key) for key in named)} and the commissioning team only"


def _area(settings: Settings, key: str) -> str:
    return settings.area_label(key or UNKNOWN_AREA)


def _without(parts: Iterable[str], words: Iterable[str]) -> list[str]:
    return [part for part in parts if part not in words]
