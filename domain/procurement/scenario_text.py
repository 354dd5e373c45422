"""A procurement scenario as text and back: kept so, and read as it was chosen when the program has changed since.

Offers look alike (each has prices and an indexation), so that each is written with the key of its kind. Pounds are written as decimals.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from pydantic import TypeAdapter

from domain.procurement.offers import KINDS, Offer
from domain.procurement.scenario import Scenario

NOT_IN_THE_TEXT: Final = frozenset({"id", "name", "version", "changed_at", "changed_by"})
"""What is kept beside the text: which scenario it is, what it is called and when it was saved."""
_KIND: Final = "kind"


@lru_cache
def _form() -> TypeAdapter[Scenario]:
    return TypeAdapter(Scenario)


@lru_cache
def _offers() -> dict[str, TypeAdapter[Offer]]:
    return {kind.key: TypeAdapter(kind) for kind in KINDS}


def write_scenario(scenario: Scenario) -> str:
    """A scenario as JSON, without what stands in `NOT_IN_THE_TEXT`."""
    rest = _form().dump_python(replace(scenario, offers=()), mode="json", exclude=set(NOT_IN_THE_TEXT))
    offers = [{_KIND: one.key, **_offers()[one.key].dump_python(one, mode="json")} for one in scenario.offers]
    return json.dumps(rest | {"offers": offers})


def parse_scenario(text: str) -> Scenario:
    """The scenario that `write_scenario` wrote: what an older program did not write is as usual, what a newer one did is left out.

    Raises
    ------
    ValueError
        For a text that is none, and for a way of paying that this program does not know: left out, it would be lost at the next save.
    """
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("the text holds no scenario")
    offers = found.pop("offers", [])
    if not isinstance(offers, list) or not all(isinstance(one, dict) for one in offers):
        raise ValueError("the ways of paying are no list of them")
    known = {name: value for name, value in found.items() if name not in NOT_IN_THE_TEXT}
    return replace(_form().validate_python(known), offers=tuple(map(_offer, offers)))


def _offer(written: Mapping[str, Any]) -> Offer:
    form = _offers().get(str(written.get(_KIND, "")))
    if form is None:
        raise ValueError(f"there is no way of paying called '{written.get(_KIND)}'")
    return form.validate_python({name: value for name, value in written.items() if name != _KIND})
