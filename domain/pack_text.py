"""A meeting pack as text and back: what was shown at a meeting is kept so, and read as it was when the program has changed since."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter

from domain.pack import MeetingPack


@lru_cache
def _form() -> TypeAdapter[MeetingPack]:
    return TypeAdapter(MeetingPack)


def write_pack(pack: MeetingPack) -> str:
    """A pack as JSON; what its files give away is kept elsewhere (`data_access.issued`)."""
    return _form().dump_json(pack, exclude={"issue"}).decode()


def parse_pack(text: str) -> MeetingPack:
    """The pack that `write_pack` wrote. Raises ValueError for a text that is none."""
    return _form().validate_json(text)
