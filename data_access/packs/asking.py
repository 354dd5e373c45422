"""What a meeting asks of the figures: the questions of each item of its agenda, all collected before any is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from data_access.packs.frame import Frame, Questions
from data_access.questions import Question
from domain.contract_use import beside, first_month_needed
from domain.disclosure import Released, only_periods
from domain.measures import Split, measure, services_with
from domain.periods import (
    month_end,
    time_key,
)
from domain.selection import Selection
from domain.timeliness import timed_kpis


def volumes(frame: Frame) -> Questions:
    """Referrals over twelve months, in the period and before it; and the cases of each contract that includes a number."""
    by_month = frame.ask("referrals", "month", over=frame.year)
    over = frame.series("referrals", frame.year) if frame.gated or frame.in_totals else by_month
    found = {"over": over, **frame.in_both("referrals")}
    # A service whose returns say nothing of accepting counts every referral.
    counted = "accepted_cases" if frame.service.key in services_with("accepted_cases") else "referrals"
    for contract in frame.contracts():
        as_at = frame.as_at_of(contract)
        chosen = Selection(
            frame.service.key,
            (contract.provider,),
            # Two contracts of one provider are told apart by their areas; one alone counts cases of unknown area too.
            contract.areas if beside(contract, frame.settings.contracts) else (),
            first_month_needed(contract, month_end(as_at)),
            as_at,
        )
        found[f"used_{contract.key}"] = Question(counted, ("month",), chosen, as_of=frame.as_of)
    return found


def reasons(frame: Frame) -> Questions:
    """Why they came."""
    return {"split": frame.ask("reasons", _field("reasons", frame))}


def outcomes(frame: Frame) -> Questions:
    """How cases ended, and the headline share by quarter, in the period and before it."""
    headline = frame.service.headline
    return {
        "ended": frame.ask("outcomes", _field("outcomes", frame)),
        "by_quarter": frame.series(headline, frame.quarters),
        **frame.in_both(headline, "headline"),
    }


def timeliness(frame: Frame) -> Questions:
    """Each time limit by quarter, with and without agreed exceptions; where a service has none, how long it took."""
    found: Questions = {}
    for kpi in timed_kpis(frame.service.key):
        found[kpi.id] = frame.series(kpi.measure, frame.quarters)
        if kpi.exceptions:
            found[f"{kpi.id}_adjusted"] = frame.series(kpi.measure, frame.quarters, kpi.id)
        found |= frame.in_both(kpi.measure, kpi.id)
    if found:
        return found
    for length in frame.service.lengths:
        found[length.spread] = frame.ask(length.spread, length.bands)
        for key in filter(None, (length.median, length.mean)):
            found[key] = frame.ask(key)
    return found


def satisfaction(frame: Frame) -> Questions:
    """What people answered, by who they are and what they were asked, in the period and before it."""
    by = ("respondent_type", "question_code")
    return {
        "answers": frame.ask("satisfaction_positive", *by),
        "before": frame.ask("satisfaction_positive", *by, over=frame.earlier),
    }


def complaints(frame: Frame) -> Questions:
    """How many complaints by quarter, how many of them were upheld, and what they were about."""
    return {
        "counts": frame.ask("complaints", "quarter", over=frame.quarters),
        "upheld": frame.ask("complaints_upheld", "quarter", over=frame.quarters),
        "subjects": frame.ask("complaints", "subject_code", over=frame.quarters),
    }


def escalations(frame: Frame) -> Questions:
    """Cases that went up to the council, where the returns of the service say so."""
    if frame.service.key not in services_with("escalations"):
        return {}
    return {
        "counts": frame.ask("escalations", "quarter", over=frame.quarters),
        "reasons": frame.ask("escalation_reasons", "escalation_reason"),
    }


def data_quality(frame: Frame) -> Questions:
    """How completely each column is filled in, which is for the commissioning team alone."""
    return {} if frame.gated else {"completeness": frame.ask("completeness", "field")}


def _field(key: str, frame: Frame) -> str:
    declared = measure(key, frame.service.key)
    if not isinstance(declared, Split):
        raise TypeError(f"{key} is no split, so it has no answers")
    return declared.field


ASKED: Final[Mapping[str, Callable[[Frame], Questions]]] = MappingProxyType(
    {
        "volumes": volumes,
        "reasons": reasons,
        "outcomes": outcomes,
        "timeliness": timeliness,
        "satisfaction": satisfaction,
        "complaints": complaints,
        "escalations": escalations,
        "data_quality": data_quality,
    }
)
"""What each item of an agenda asks; an item that is not here asks nothing of its own."""


def shown_of(item: str, question: Question, released: Released, frame: Frame) -> Released:
    """What is shown of an answer: of all quarters those that were meant."""
    if not frame.gated or question.by != ("quarter",) or question.selection.timed or released.withheld:
        return released
    over = frame.year if item == "volumes" else frame.quarters
    return only_periods(released, {time_key("quarter", month) for month in over.months})


def questions_of(items: Sequence[str], frame: Frame) -> dict[tuple[str, str], Question]:
    """All questions of some items, by item and name."""
    return {
        (item, name): question
        for item in items
        if item in ASKED
        for name, question in ASKED[item](frame).items()
    }
