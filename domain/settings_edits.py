"""Changing settings by one step: each function gives the new settings, or says why the step cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.periods import Period
from domain.returns import COUNCIL
from domain.settings import UNKNOWN_AREA, Area, Contract, Provider, Settings, SurveyQuestion, Target
from domain.settings_words import day_words, kpi_name, service_label
from domain.status import Operator
from domain.vocabulary import plain

TOLERANCE_BEYOND = "The tolerance asks for more than the target, so no figure could ever be amber. Enter one that is easier to reach."

REPLACES = (
    "This target takes the place of the one that holds now: enter the reference of the variation, and why."
)


class NotPossible(ValueError):
    """A step that the settings do not allow; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class Used:
    """What saved returns rest on, so that it cannot be taken out.

    `periods` are the service, provider and period of each current return; `questions` the service and code of each answer.
    """

    areas: frozenset[str] = frozenset()
    periods: tuple[tuple[str, str, Period], ...] = ()
    questions: frozenset[tuple[str, str]] = frozenset()


def key_from(name: str) -> str:
    """The key made from a name: 'Anytown & District' gives 'anytown-district'."""
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold().replace("'", "")))[:60].strip("-")


def is_the_council(name: str, council: str) -> bool:
    """Whether a provider's name would be read as the council's, which sends the supplement."""
    return plain(name) in (plain(COUNCIL), plain(council))


def a_day_before(day: date) -> date:
    """The last day of what ends when something else starts."""
    return day - timedelta(days=1)


def put_provider(settings: Settings, name: str, *, was: str = "") -> Settings:
    """Add a provider, or give the one with the key `was` another name; its key stays, and with it its returns."""
    name = name.strip()
    taken = [p for p in settings.providers if p.key != was]
    if not key_from(name):
        raise NotPossible("Enter the provider's name.")
    if any(plain(name) in (plain(p.key), plain(p.label)) for p in taken):
        raise NotPossible(f"'{name}' is already a provider.")
    if is_the_council(name, settings.council):
        raise NotPossible(
            f"'{name}' means the council itself, which sends its own return. Name the service, such as '{name} housing team'."
        )
    if not was:
        return replace(settings, providers=(*settings.providers, Provider(key_from(name), name)))
    renamed = (replace(p, label=name) if p.key == was else p for p in settings.providers)
    return replace(settings, providers=tuple(renamed))


def end_provider(settings: Settings, key: str, last_day: date) -> Settings:
    """End every contract of a provider on a day; it stays in the list, with its past."""
    mine = [c for c in settings.contracts if c.provider == key and (c.end is None or c.end > last_day)]
    if not mine:
        raise NotPossible(
            f"{settings.provider_label(key)} has no contract that runs after {day_words(last_day)}."
        )
    late = next((c for c in mine if c.start > last_day), None)
    if late:
        raise NotPossible(
            f"The contract for {service_label(late.service)} starts on {day_words(late.start)}: choose a later day, or take "
            "that contract out first."
        )
    return replace(
        settings, contracts=tuple(replace(c, end=last_day) if c in mine else c for c in settings.contracts)
    )


def take_out_provider(settings: Settings, key: str) -> Settings:
    """Take out a provider that was entered by mistake, with its contracts, targets and questions."""
    return replace(
        settings,
        providers=tuple(p for p in settings.providers if p.key != key),
        contracts=tuple(c for c in settings.contracts if c.provider != key),
        targets=tuple(t for t in settings.targets if t.provider != key),
        questions=tuple(q for q in settings.questions if q.provider != key),
    )


def put_area(settings: Settings, area: Area, *, was: str = "") -> Settings:
    """Add an area, or put it in the place of the one with the key `was`; no spelling may mean two areas."""
    others = [a for a in settings.areas if a.key != was]
    if not plain(area.label):
        raise NotPossible("Enter the area's name.")
    if not area.key:
        area = replace(area, key=key_from(area.label))
    if not plain(area.key):
        raise NotPossible(f"No code can be made from '{area.label}': enter one.")
    unknown = settings.area(UNKNOWN_AREA)
    for other in (*others, *([unknown] if unknown else [])):
        theirs = {plain(text) for text in (other.key, other.label, *other.aliases)}
        for text in (area.key, area.label, *area.aliases):
            if plain(text) in theirs:
                raise NotPossible(f"'{text}' already means {other.label}.")
    if any("|" in text for text in (area.key, *area.aliases)):
        raise NotPossible("Codes and spellings cannot hold the sign |.")
    if area.valid_from and area.valid_to and area.valid_to < area.valid_from:
        raise NotPossible("The last day is before the first day.")
    if not was:
        order = max((a.order for a in settings.areas), default=0) + 1
        return replace(settings, areas=(*settings.areas, replace(area, order=order)))
    return replace(settings, areas=tuple(area if a.key == was else a for a in settings.areas))


def take_out_area(settings: Settings, key: str) -> Settings:
    """Take out an area that was entered by mistake; contracts that name it, and areas that it succeeded, name it no more."""
    named = next((c for c in settings.contracts if c.areas == (key,)), None)
    if named:
        raise NotPossible(
            f"It is the only area of the contract of {settings.provider_label(named.provider)} for "
            f"{service_label(named.service)}: choose other areas there first."
        )
    return replace(
        settings,
        areas=tuple(
            replace(a, successor="") if a.successor == key else a for a in settings.areas if a.key != key
        ),
        contracts=tuple(replace(c, areas=tuple(a for a in c.areas if a != key)) for c in settings.contracts),
    )


def put_contract(settings: Settings, contract: Contract, *, was: str = "") -> Settings:
    """Add a contract, or put it in the place of the one with the key `was`; a provider has one at a time for a service."""
    others = [c for c in settings.contracts if c.key != was]
    if settings.provider(contract.provider) is None:
        raise NotPossible("Choose the provider.")
    if contract.end is not None and contract.end < contract.start:
        raise NotPossible("The last day of the contract is before its first day.")
    early = next((since for since, _ in contract.reporting if since < contract.start), None)
    if early:
        raise NotPossible(
            f"Returns change from {day_words(early)}, before the contract starts on {day_words(contract.start)}."
        )
    days = [since for since, _ in contract.reporting]
    if len(set(days)) < len(days):
        raise NotPossible("Returns change twice on the same day.")
    last = contract.end or date.max
    for other in others:
        same = (other.service, other.provider) == (contract.service, contract.provider)
        if same and other.start <= last and contract.start <= (other.end or date.max):
            raise NotPossible(
                f"The contract overlaps the one that starts on {day_words(other.start)}. Give that one its last day first."
            )
    if was:
        return replace(settings, contracts=tuple(contract if c.key == was else c for c in settings.contracts))
    key = f"{contract.service}-{contract.provider}"
    if any(c.key == key for c in others):
        key += f"-{contract.start:%Y-%m-%d}"
    return replace(settings, contracts=(*settings.contracts, replace(contract, key=key)))


def take_out_contract(settings: Settings, key: str) -> Settings:
    """Take out a contract that was entered by mistake."""
    return replace(settings, contracts=tuple(c for c in settings.contracts if c.key != key))


def tolerance_beyond(target: Target) -> bool:
    """Whether the tolerance asks for more than the target itself, so that no figure could ever be amber."""
    if target.tolerance is None:
        return False
    edge = target.value if target.profile is None else 1
    return target.tolerance > edge if Operator(target.operator).higher_is_better else target.tolerance < edge


def put_target(settings: Settings, target: Target) -> Settings:
    """Set a target from its day on. One that it takes the place of, by a variation and for a reason, keeps the time until then."""
    same = [t for t in settings.targets if (t.kpi, t.provider) == (target.kpi, target.provider)]
    if target.until is not None and target.until < target.since:
        raise NotPossible("The last day of the target is before its first day.")
    if tolerance_beyond(target):
        raise NotPossible(TOLERANCE_BEYOND)
    if any(t.since == target.since for t in same):
        raise NotPossible(
            f"{kpi_name(target.kpi)} already has a target from {day_words(target.since)}. Choose another day, or take that "
            "target out first."
        )
    later = min((t.since for t in same if t.since > target.since), default=None)
    if later and (target.until is None or target.until >= later):
        target = replace(target, until=a_day_before(later))

    ends = [t for t in same if t.since < target.since and (t.until or date.max) >= target.since]
    if ends and not (target.variation.strip() and target.note.strip()):
        raise NotPossible(REPLACES)
    kept = (replace(t, until=a_day_before(target.since)) if t in ends else t for t in settings.targets)
    return replace(settings, targets=(*kept, target))


def end_target(settings: Settings, target: Target, last_day: date) -> Settings:
    """Give a target its last day; what was judged by it until then stays."""
    if last_day < target.since:
        raise NotPossible(f"The target starts on {day_words(target.since)}: choose that day or a later one.")
    return replace(
        settings,
        targets=tuple(replace(t, until=last_day) if t == target else t for t in settings.targets),
    )


def take_out_target(settings: Settings, target: Target) -> Settings:
    """Take out a target that was entered by mistake. The one that ended for it holds again."""

    def reopened(held: Target) -> Target:
        gave_way = (held.kpi, held.provider, held.until) == (
            target.kpi,
            target.provider,
            a_day_before(target.since),
        )
        return replace(held, until=target.until) if gave_way else held

    return replace(settings, targets=tuple(reopened(t) for t in settings.targets if t != target))


def put_question(settings: Settings, question: SurveyQuestion, *, was: str = "") -> Settings:
    """Add a question of a survey, or put it in the place of the one with the code `was`."""
    place = (question.service, question.provider)
    others = [q for q in settings.questions if (q.service, q.provider) == place and q.code != was]
    if not question.code.strip() or not question.label.strip():
        raise NotPossible("Enter the question's code and its words.")
    if any(plain(q.code) == plain(question.code) for q in others):
        raise NotPossible(f"The code '{question.code}' is already another question's.")
    if was:
        kept = (
            question if (q.service, q.provider, q.code) == (*place, was) else q for q in settings.questions
        )
        return replace(settings, questions=tuple(kept))
    order = max((q.order for q in others), default=0) + 1
    return replace(settings, questions=(*settings.questions, replace(question, order=order)))


def take_out_question(settings: Settings, question: SurveyQuestion) -> Settings:
    """Take out a question that was entered by mistake."""
    return replace(settings, questions=tuple(q for q in settings.questions if q != question))


def refuse_losses(before: Settings, after: Settings, used: Used) -> None:
    """Refuse a step that takes out what saved returns rest on.

    Raises
    ------
    NotPossible
        The message says what is used, and what to do instead.
    """
    for known in before.providers:
        if after.provider(known.key) is None and any(p == known.key for _, p, _ in used.periods):
            raise NotPossible(
                f"{known.label} has sent returns and cannot be taken out. End its contracts on a day instead."
            )
    for area in before.areas:
        if after.area(area.key) is None and area.key in used.areas:
            raise NotPossible(
                f"Saved returns hold cases in {area.label}, so it cannot be taken out. Give it a last day instead."
            )
    for service, provider, period in used.periods:
        if _covered(before.contracts, service, provider, period) and not _covered(
            after.contracts, service, provider, period
        ):
            raise NotPossible(
                f"{before.provider_label(provider)} has sent a return for {period.label}, which its contract for "
                f"{service_label(service)} would no longer cover. Choose other days, or withdraw the return first."
            )
    asked = {(q.service, q.code) for q in after.questions}
    for question in before.questions:
        place = (question.service, question.code)
        if place in used.questions and place not in asked:
            raise NotPossible(
                f"Saved returns hold answers to {question.code}, '{question.label}', so it cannot be taken out."
            )


def _covered(contracts: Sequence[Contract], service: str, provider: str, period: Period) -> bool:
    return any(
        (c.service, c.provider) == (service, provider)
        and c.start <= period.end
        and (c.end is None or period.start <= c.end)
        for c in contracts
    )
