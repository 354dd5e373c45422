"""Whom a meeting is about, in words and as an address that brings the same figures back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from domain.meetings import About
from domain.settings import Settings
from domain.whose import everybody, whose


def whom(about: About, settings: Settings) -> str:
    """Whom a meeting is about: 'Example provider A', 'Example provider A, Colchester', or 'all providers'."""
    named = (
        settings.provider_label(about.provider) if about.provider else "",
        settings.area_label(about.area) if about.area else "",
    )
    said = ", ".join(filter(None, named))
    return said or whose(settings, about.service) or everybody(settings, about.service)


def link_of(about: About, meeting: int = 0) -> str:
    """The address that brings a meeting back: '/meeting?service=send&provider=provider-a&from=2018-07&to=2018-09&for=us'."""
    return f"/meeting?{urlencode(list(_parameters(about, meeting)), safe=':')}"


def _parameters(about: About, meeting: int) -> Iterator[tuple[str, str]]:
    yield "service", about.service
    if about.provider:
        yield "provider", about.provider
    if about.area:
        yield "area", about.area
    first, _, until = about.period.key.partition("..")
    yield "from", first
    yield "to", until or first
    yield "for", about.audience.key
    if meeting:
        yield "meeting", str(meeting)
