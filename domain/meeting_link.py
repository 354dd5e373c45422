"""The address of a meeting: what it is about and who will see it, so that the same figures come back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from domain.meetings import About


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
