"""What a reader has chosen: service, providers, areas, months and answers. It has an English sentence and an address of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.periods import Period, month_end, month_start, parse_month, write_month
from domain.settings import Settings
from domain.whose import everybody, everywhere

Query = dict[str, list[str]]
"""The parameters of an address: name to values, all plain text."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that a figure is about.

    Parameters
    ----------
    service : its key. There is no default: a figure of the wrong service would look like a right one.
    providers, areas : keys; empty means all.
    first, last : months, both included, of the date the measure goes by; None leaves that side open.
    where : field key and code; the same field twice means either, different fields mean both.
    """

    service: str
    providers: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    where: tuple[tuple[str, str], ...] = ()

    @property
    def timed(self) -> bool:
        """Whether it is limited to some months."""
        return self.first is not None or self.last is not None

    def during(self, period: Period | None) -> Selection:
        """The same selection for another period; all time for None."""
        if period is None:
            return replace(self, first=None, last=None)
        return replace(self, first=period.first_month, last=period.last_month)

    def only(self, field: str, *codes: str) -> Selection:
        """The same selection, narrowed to these answers of a field."""
        return replace(self, where=(*self.where, *((field, code) for code in codes)))

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """The answers wanted of each field, in the order given."""
        found: dict[str, tuple[str, ...]] = {}
        for field, code in self.where:
            found[field] = (*found.get(field, ()), code)
        return found

    def sentence(self, settings: Settings) -> str:
        """What is shown, in words, as printed above every figure."""
        providers = ", ".join(settings.provider_label(key) for key in self.providers)
        providers = providers or everybody(settings, self.service)
        areas = ", ".join(settings.area_label(key) for key in self.areas)
        areas = areas or everywhere(settings, self.service)
        return f"{providers}; {areas}; {self.months_in_words}"

    @property
    def months_in_words(self) -> str:
        """The months in words: 'Apr 2017-Oct 2018', 'from Apr 2017', 'all dates'."""
        if self.first is not None and self.last is not None:
            return Period(month_start(self.first), month_end(self.last)).label
        if self.first is not None:
            return f"from {Period(month_start(self.first), month_end(self.first)).label}"
        if self.last is not None:
            return f"up to {Period(month_start(self.last), month_end(self.last)).label}"
        return "all dates"

    def to_query(self) -> Query:
        """The address parameters that give this selection back."""
        found: Query = {"service": [self.service]}
        if self.providers:
            found["provider"] = list(self.providers)
        if self.areas:
            found["area"] = list(self.areas)
        if self.first is not None:
            found["from"] = [write_month(self.first)]
        if self.last is not None:
            found["to"] = [write_month(self.last)]
        if self.where:
            found["where"] = [f"{field}={code}" for field, code in self.where]
        return found

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Selection:
        """The selection that an address asks for.

        Raises
        ------
        ValueError
            When no service is named, a month is none, or a condition is not FIELD=VALUE.
        """

        def one(name: str) -> str:
            values = query.get(name) or ("",)
            return values[0]

        where = []
        for text in query.get("where", ()):
            field, equals, code = text.partition("=")
            if not equals or not field or not code:
                raise ValueError(f"'{text}' is not FIELD=VALUE")
            where.append((field, code))
        if not one("service"):
            raise ValueError("the address names no service")
        return cls(
            service=one("service"),
            providers=tuple(query.get("provider", ())),
            areas=tuple(query.get("area", ())),
            first=parse_month(one("from")) if one("from") else None,
            last=parse_month(one("to")) if one("to") else None,
            where=tuple(where),
        )
