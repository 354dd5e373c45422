"""The terms of the contract that each case goes by, as conditions on the rows that count."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, not_

from domain.settings import Contract, Settings

Condition = ColumnElement[Any]
Columns = Mapping[str, ColumnElement[Any]]
Term = TypeVar("Term", bound=Hashable)


def by_contract(
    columns: Columns, service: str, settings: Settings, term: Callable[[Contract], Term]
) -> list[tuple[Condition, Term]]:
    """A term of each contract of a service, with the condition on the cases that go by it; the first that holds for a case decides.

    A case goes by the contract that ran when it was referred; one without a date, or from before the provider's first contract, by
    that first one. Providers whose contracts all say the same stand together, so that the statement stays short.
    """
    theirs: dict[str, list[Contract]] = {}
    for contract in sorted((c for c in settings.contracts if c.service == service), key=lambda c: c.start):
        theirs.setdefault(contract.provider, []).append(contract)
    referred, provider = columns["referral_date"], columns["provider"]
    always: dict[Term, list[str]] = {}
    found: list[tuple[Condition, Term]] = []
    for key, contracts in theirs.items():
        said = [term(c) for c in contracts]
        if len(set(said)) == 1:
            always.setdefault(said[0], []).append(key)
            continue
        for c, value in reversed(list(zip(contracts, said, strict=True))):
            found.append((and_(provider == key, not_(referred < c.start)), value))
        found.append((provider == key, said[0]))
    return [*((provider.in_(keys), value) for value, keys in always.items()), *found]
