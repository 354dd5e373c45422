"""Scenarios side by side: what each assumes, how many referrals it expects and what each way of paying costs in it.

Every figure is worked out again from the scenario and the data, and none is kept; it is for whom may see prices, and never for bidders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from domain.formats import NOTHING, listed, moment, number
from domain.pack import Screen, Takeaway
from domain.procurement.chosen import chosen_rows, differences, prices_entered
from domain.procurement.example_prices import EXAMPLE_PRICES, is_example
from domain.procurement.needs import part
from domain.procurement.offers import KINDS, FixedAndExtra, Offer
from domain.procurement.prices import money, name_of
from domain.procurement.scenario import Scenario
from domain.procurement.show_parts import base_of, chance
from domain.procurement.simulate import Cost, Spread
from domain.procurement.volumes import Volumes
from domain.services import service
from domain.table import Cell, Table

ITEM: Final = "prices"


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario and what follows from it.

    Parameters
    ----------
    volumes : None where none may be shown, or nothing is there to make them from. costs : one an offer, in the order of the scenario.
    version, stood : the moment of the figures it was worked out on, and the same in words. about : of whom, in words.
    why : where there are no volumes, why not.
    """

    name: str
    scenario: Scenario
    volumes: Volumes | None
    costs: tuple[Cost, ...]
    version: int
    stood: str
    about: str = ""
    why: str = ""


def compare_screens(found: Sequence[Compared]) -> tuple[Screen, ...]:
    """One table with a column a scenario, and a title that names in what they differ; nothing for fewer than two."""
    if len(found) < 2:
        return ()
    names = _told_apart([one.name or "Not saved" for one in found])
    chosen = chosen_rows([one.scenario for one in found], [one.about for one in found])
    differ = differences([one.scenario for one in found])
    if len({one.version for one in found}) > 1:
        differ = (*differ, "the moment of the figures")
    return (
        Screen(
            key="compare",
            item=ITEM,
            heading=part(ITEM).label,
            takeaway=Takeaway(_title(names, differ), _sure(names, found)),
            table=Table(("What", *names), (*chosen, *_volume_rows(found), *_cost_rows(found))),
            base=_stood(found),
            about="Each scenario is worked out again from what was chosen in it and from the figures as they stand; "
            "what is kept is what was chosen. Costs are in the money of each year, each price raised as the offer says.",
            notes=tuple(_notes(names, found)),
        ),
    )


def _title(names: Sequence[str], differ: Sequence[str]) -> str:
    if not differ:
        return f"{_quoted(names)} are chosen alike"
    return f"{_quoted(names)} differ in {listed(differ, len(differ))}"


def _quoted(names: Sequence[str]) -> str:
    return listed([f"'{name}'" for name in names])


def _sure(names: Sequence[str], found: Sequence[Compared]) -> str:
    said = [f"'{name}' {_expected(one, 0)}" for name, one in zip(names, found, strict=True) if one.volumes]
    return f"Referrals expected in the first year, with 95% limits: {'; '.join(said)}" if said else ""


def _volume_rows(found: Sequence[Compared]) -> Iterator[tuple[Cell, ...]]:
    yield ("First contract year", *(one.volumes.label(0) if one.volumes else NOTHING for one in found))
    yield ("Referrals expected in it (95% limits)", *(_expected(one, 0) for one in found))
    if any(one.scenario.years > 1 for one in found):
        yield ("Referrals expected in the last year (95% limits)", *(_expected(one, -1) for one in found))
    yield ("How they are expected", *(_method(one) for one in found))


def _expected(one: Compared, year: int) -> str:
    """'746 (520 to 972)'; of the last year with -1."""
    if one.volumes is None:
        return NOTHING
    place = year % one.volumes.years
    low, high = one.volumes.limits(place)
    return f"{number(one.volumes.middle[place])} ({number(low)} to {number(high)})"


def _method(one: Compared) -> str:
    if one.volumes is None:
        return one.why or NOTHING
    return base_of(one.volumes)


def _cost_rows(found: Sequence[Compared]) -> Iterator[tuple[Cell, ...]]:
    """For each way of paying what the contract costs; for a fixed price how many cases it includes and how often more come."""
    by_year = len({one.scenario.years for one in found}) > 1
    for kind in KINDS:
        costs = [_cost(one, kind) for one in found]
        if not any(costs):
            continue
        label = name_of(kind())
        entered = [prices_entered(one.scenario, kind) for one in found]
        yield (f"{label}: prices entered", *(words or NOTHING for words in entered))
        wanted: list[tuple[str, Callable[[Cost], str]]] = [
            ("the whole contract, expected", _expected_cost),
            ("half of all contracts cost less than", lambda cost: _pounds(cost.whole, "p50")),
            ("9 of 10 contracts cost less than", lambda cost: _pounds(cost.whole, "p90")),
        ]
        if by_year:
            wanted.append(("a year, expected", lambda cost: _mean(cost.year)))
            wanted.append(("9 of 10 years cost less than", lambda cost: _pounds(cost.year, "p90")))
        if kind is FixedAndExtra:
            wanted.append(("cases included, a year", _included))
            wanted.append(("chance that a year brings more", lambda cost: chance(cost.over)))
        for words, said in wanted:
            yield (f"{label}: {words}", *(NOTHING if cost is None else said(cost) for cost in costs))


def _cost(one: Compared, kind: type[Offer]) -> Cost | None:
    return next((cost for cost in one.costs if isinstance(cost.offer, kind)), None)


def _expected_cost(cost: Cost) -> str:
    if cost.missing:
        return f"not priced: needs {listed(cost.missing)}"
    return _mean(cost.whole)


def _mean(spread: Spread | None) -> str:
    return NOTHING if spread is None else money(spread.mean.value)


def _pounds(spread: Spread | None, name: str) -> str:
    return NOTHING if spread is None else money(getattr(spread, name))


def _included(cost: Cost) -> str:
    return number(cost.offer.included) if isinstance(cost.offer, FixedAndExtra) else NOTHING


def _stood(found: Sequence[Compared]) -> str:
    stood = list(dict.fromkeys(one.stood for one in found if one.stood))
    return stood[0] if len(stood) == 1 else ""


def _notes(names: Sequence[str], found: Sequence[Compared]) -> Iterator[str]:
    if len({one.version for one in found}) > 1:
        said = "; ".join(f"'{name}': {one.stood}" for name, one in zip(names, found, strict=True))
        yield f"The scenarios rest on figures of different moments, which may be why they differ. {said}."
    if len({one.scenario.years for one in found}) > 1:
        yield "The contracts run for different numbers of years: compare what a year costs, not the whole."
    for name, one in zip(names, found, strict=True):
        if named := [
            cost.name for cost in one.costs if is_example(cost.offer, service(one.scenario.service))
        ]:
            yield f"'{name}': {EXAMPLE_PRICES} ({listed(named)})."
        kept = one.scenario
        if kept.version is not None and kept.changed_at is not None and kept.version != one.version:
            when = moment(kept.changed_at)
            yield f"'{name}': returns or settings were saved since it was last saved on {when}, so its figures may have changed."


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    )
