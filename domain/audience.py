"""Who will see a view, a file or a pack: it decides what is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Circle(StrEnum):
    """How far a view, a file or a pack goes; its value stands in addresses, on the command line and in the database."""

    US = "us"
    PROVIDER = "provider"
    PROVIDERS = "providers"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will see a view, a file or a pack; it decides what is hidden and is printed on it.

    `provider` is the key of the one provider in the room; blank for any other circle.
    """

    circle: Circle
    provider: str = ""

    US: ClassVar[Audience]
    PROVIDERS: ClassVar[Audience]
    PUBLIC: ClassVar[Audience]

    @classmethod
    def with_provider(cls, key: str) -> Audience:
        """The commissioning team and one provider."""
        return cls(Circle.PROVIDER, key)

    @classmethod
    def parse(cls, text: str) -> Audience:
        """The audience written as 'us', 'provider:KEY', 'providers' or 'public'. Raises ValueError when it is none of them.

        >>> Audience.parse("provider:provider-a").key, Audience.parse("public").gated
        ('provider:provider-a', True)
        """
        circle, colon, provider = text.partition(":")
        if (
            circle not in list(Circle)
            or bool(provider) != (circle == Circle.PROVIDER)
            or (colon and not provider)
        ):
            raise ValueError(f"'{text}' is not an audience; it may be us, provider:KEY, providers or public")
        return cls(Circle(circle), provider)

    @property
    def key(self) -> str:
        """As written in an address and on the command line."""
        return f"{self.circle}:{self.provider}" if self.provider else str(self.circle)

    @property
    def gated(self) -> bool:
        """Whether small numbers are hidden from it."""
        return self.circle is not Circle.US

    @property
    def label(self) -> str:
        """As printed under every view; the one provider is named by `domain.whose.for_whom`."""
        return {
            Circle.US: "For the commissioning team only",
            Circle.PROVIDER: "For one provider and the commissioning team only",
            Circle.PROVIDERS: "For the providers of this service and the commissioning team only",
            Circle.PUBLIC: "For everybody: it may be published",
        }[self.circle]


Audience.US = Audience(Circle.US)
Audience.PROVIDERS = Audience(Circle.PROVIDERS)
Audience.PUBLIC = Audience(Circle.PUBLIC)
