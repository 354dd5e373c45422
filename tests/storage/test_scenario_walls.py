"""The second wall around procurement scenarios: at a raw SQL prompt they are there for whom may see prices, and for nobody else."""

from __future__ import annotations

import pytest
from psycopg.errors import InsufficientPrivilege

from data_access.procurement_tables import scenarios
from tests.builders import HILL, NORTH
from tests.storage.test_row_security import EVERYTHING, OF_NORTH, added, counted, filled
from tests.storage.walled import Walled

__all__ = ["filled"]

PRICED = {"person": "pat", "reach": "||", "duties": "figures,prices", "prices": "mentoring||"}
"""Sees the figures of everything, and the prices of one service."""
CHANGE = "UPDATE scenarios SET body = '{}', removed_at = now()"


def test_whoever_may_see_the_prices_of_a_service_sees_and_keeps_its_scenarios(filled: Walled) -> None:
    with filled.prompt(**PRICED) as prompt:
        assert prompt.execute("SELECT DISTINCT service FROM scenarios").fetchall() == [("mentoring",)]
        assert added(prompt, scenarios, service="mentoring") == 1
        assert prompt.execute(CHANGE).rowcount == 2
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            added(prompt, scenarios, service="send")
    with filled.prompt(**EVERYTHING) as prompt:
        assert counted(prompt, scenarios) == 2
    for never in ("UPDATE scenarios SET service = 'send'", "DELETE FROM scenarios"):
        with (
            filled.prompt(**EVERYTHING) as prompt,
            pytest.raises(InsufficientPrivilege, match="permission denied"),
        ):
            prompt.execute(never)


@pytest.mark.parametrize(
    "told",
    [
        OF_NORTH,
        EVERYTHING | {"prices": ""},
        PRICED | {"prices": f"mentoring|{NORTH}|"},
        PRICED | {"prices": f"mentoring||{HILL}"},
        PRICED | {"prices": "housing||\n||x"},
    ],
    ids=["a provider", "sees all figures", "prices of one provider", "of one area", "of another service"],
)
def test_nobody_else_sees_adds_or_changes_one(filled: Walled, told: dict[str, str]) -> None:
    with filled.prompt(**told) as prompt:
        assert prompt.execute("SELECT * FROM scenarios").fetchall() == []
        assert prompt.execute(CHANGE).rowcount == 0
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            added(prompt, scenarios, service="mentoring")
