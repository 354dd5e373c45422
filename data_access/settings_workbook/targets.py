"""From rows of the settings workbook to targets; what does not fit is said at its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from data_access.settings_workbook.cells import Row
from data_access.settings_workbook.rows import Say, in_order, provider_named
from domain.kpis import Kpi, kpis
from domain.measures import Count, Share, measure
from domain.periods import Period
from domain.settings import ADJUSTED, RAW, Provider, Target
from domain.settings_edits import tolerance_beyond
from domain.settings_words import OPERATOR_WORDS

_SPREAD = re.compile(r"(\d{4}-\d{2})\s*(?:\.\.|to|-)\s*(\d{4}-\d{2})")


def targets_from(rows: Sequence[Row], providers: Sequence[Provider], say: Say) -> tuple[Target, ...]:
    """The targets; one KPI has one target a provider from a day on."""
    found: list[Target] = []
    for row in rows:
        kpi = next((k for k in kpis() if k.name == row.text("KPI")), None)
        provider = provider_named(row, providers, say) if row.text("Provider") else ""
        since = row.day("From")
        operator = next(
            (sign for sign, words in OPERATOR_WORDS.items() if words == row.text("Operator")), None
        )
        in_order(row, "From", "Until", say)
        value = row.cells.get("Target")
        if (
            kpi is None
            or provider is None
            or since is None
            or operator is None
            or not isinstance(value, (int, float))
        ):
            continue
        if provider and kpi.programme_only:
            say(
                row.problem(
                    "Provider",
                    f"{kpi.name} is judged for the whole programme only.",
                    "A blank cell.",
                    "Clear the cell.",
                )
            )
        if any((t.kpi, t.provider, t.since) == (kpi.id, provider, since) for t in found):
            say(
                row.problem(
                    "From",
                    "The same KPI already has a target from that day.",
                    "One target at a time.",
                    "Delete one of the two rows.",
                )
            )
        spread = _spread(row, kpi, say)
        share = isinstance(measure(kpi.measure, kpi.service), Share)
        tolerance = _decimal(row, "Tolerance", share or spread is not None, say)
        target = Target(
            kpi.id,
            kpi.service,
            str(operator),
            _decimal(row, "Target", share, say) or Decimal(0),
            tolerance,
            since,
            row.day("Until"),
            provider,
            spread,
            row.yes("Example"),
            row.text("Clause"),
            row.text("Note"),
            row.text("Judged on") or RAW,
            row.text("Variation"),
        )
        _judged_on_what_there_is(row, kpi, target, say)
        _tolerance_in_reach(row, target, say)
        found.append(target)
    return tuple(found)


def _judged_on_what_there_is(row: Row, kpi: Kpi, target: Target, say: Say) -> None:
    if target.judged_on == ADJUSTED and not kpi.exceptions:
        found = f"{kpi.name} has no agreed exceptions, so it has no adjusted figure."
        say(row.problem("Judged on", found, f"'{RAW}', or a blank cell.", "Clear the cell."))


def _tolerance_in_reach(row: Row, target: Target, say: Say) -> None:
    if tolerance_beyond(target):
        say(
            row.problem(
                "Tolerance",
                "The tolerance asks for more than the target, so no figure could ever be amber.",
                "A tolerance that is easier to reach than the target, or a blank cell.",
                "Correct the tolerance or the target.",
            )
        )


def _decimal(row: Row, label: str, share: bool, say: Say) -> Decimal | None:
    value = row.cells.get(label)
    if not isinstance(value, (int, float)):
        return None
    if share and value > 1:
        say(
            row.problem(
                label,
                f"We read {value:g}, which is more than 100%.",
                "A percentage from 0% to 100%.",
                f"Enter {value:g}% if that is meant.",
            )
        )
    return Decimal(str(value))


def _spread(row: Row, kpi: Kpi, say: Say) -> Period | None:
    text = row.text("Spread over")
    if not text:
        return None
    match = _SPREAD.fullmatch(text.strip())
    try:
        period = Period.parse(f"{match[1]}..{match[2]}") if match else None
    except ValueError:
        period = None
    if period is None:
        say(
            row.problem(
                "Spread over",
                f"We read '{text}'.",
                "A first and a last month, such as 2017-04 to 2019-03.",
                "Correct it, or clear the cell.",
            )
        )
    elif not isinstance(measure(kpi.measure, kpi.service), Count):
        say(
            row.problem(
                "Spread over",
                f"{kpi.name} is not a number that adds up over time.",
                "A blank cell.",
                "Clear the cell.",
            )
        )
    return period
