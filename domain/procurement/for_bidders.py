"""A scenario as bidders get it: what it is called, what was noted in it and every price are taken out before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from domain.procurement.scenario import Scenario

LEFT_OUT: Final = "An assumption of the council, whose words are left out here"
"""What stands in place of the words of an assumption that bidders must not read: its percentages stay."""
_MONEY = re.compile(
    r"[£€$]|\b(?:gbp|pounds?|pence|quid)\b|\b\d[\d.,]*\s?(?:k|m|bn|thousand|million|billion|p)\b",
    re.IGNORECASE,
)


def without_ours(scenario: Scenario, never: Callable[[str], bool] = lambda words: False) -> Scenario:
    """The scenario without what is for the commissioning team alone.

    Parameters
    ----------
    never : which words of an assumption must not be read either, beside those with a sum of money; as with the reference of a case.

    >>> without_ours(Scenario("send", name="Two lots at £400", note="As agreed", id=3)) == Scenario("send")
    True
    """
    assumptions = tuple(
        replace(one, words=LEFT_OUT) if names_money(one.words) or never(one.words) else one
        for one in scenario.assumptions
    )
    return replace(scenario, id=0, name="", note="", changed_by="", offers=(), assumptions=assumptions)


def names_money(words: str) -> bool:
    """Whether a sum of money seems to stand in a text.

    >>> [names_money(one) for one in ("£66,666 more", "saves 40k", "1.5 million pounds", "A new duty from 2027, 10% more")]
    [True, True, True, False]
    """
    return bool(_MONEY.search(words))
