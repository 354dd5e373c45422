"""A status in words: whose choice a target is, what the law allows, and the unit of each figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.kpi_words import target_words, value_words, whose_choice
from domain.kpis import KpiStatus, kpi
from domain.periods import Period
from domain.settings import Target
from domain.status import Status

LAW = kpi("SM1b").starting_targets[0]
OWN = replace(LAW, value=Decimal("0.9"), note="Agreed by the board")


def a_status(key: str, target: Target | None, value: float = 0.5) -> KpiStatus:
    return KpiStatus(
        kpi(key), "", "", "", "", Period(date(2024, 10, 1), date(2024, 12, 31)), False, 5, 10, value, target, None,
        Status.RED, "", False, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "target", "said"),
    [
        ("SM1b", LAW, "The law."),
        ("SM1b", OWN, "The council."),
        ("SM1b", replace(OWN, variation="Variation 2"), "By the variation 'Variation 2', the council."),
        ("HM10", kpi("HM10").starting_targets[0], f"{kpi('HM10').source}."),
        (
            "SM12",
            Target("SM12", "send", "<=", Decimal(28), None, date(2024, 4, 1), note="Why"),
            "The council.",
        ),
        (
            "SM12",
            Target("SM12", "send", "<=", Decimal(28), None, date(2024, 4, 1)),
            "The council, without a clause or a reason.",
        ),
        ("TB1", kpi("TB1").starting_targets[0], "An example, in no source document."),
    ],
)
def test_a_target_is_the_laws_or_its_sources_only_where_they_ask_for_it(
    key: str, target: Target, said: str
) -> None:
    assert whose_choice(a_status(key, target)) == said


def test_the_law_leaves_no_tolerance_to_its_own_target_alone() -> None:
    assert "the law leaves no tolerance" in target_words(a_status("SM1b", LAW))
    assert "the law" not in target_words(a_status("SM1b", OWN))


def test_days_are_said_with_the_figure_and_its_target() -> None:
    days = a_status("SM12", Target("SM12", "send", "<=", Decimal(28), Decimal(42), date(2024, 4, 1)), 29.0)
    assert value_words(days) == "29 days (10)"
    assert target_words(days).startswith("At most 28 days, tolerance 42 days, ")
