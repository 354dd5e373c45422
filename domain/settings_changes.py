"""What differs between two settings, in sentences that a person who knows the contracts can check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.look import look_changes
from domain.settings import DELIVERY_MODELS, Area, Contract, Provider, Settings, SurveyQuestion, Target
from domain.settings_words import (
    CLOCK_STARTS,
    JUDGED_ON,
    NONE,
    RETURN_KINDS,
    SCALES,
    cap_words,
    day_words,
    figure_words,
    kpi_name,
    pounds,
    reason_label,
    rounding_words,
    service_label,
    small_words,
    target_words,
    whose,
)

T = TypeVar("T")
Words = Callable[[Any, Settings], str]
"""Turns the value of one field into words, with the settings that name what it points to."""


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One kind of setting: how a thing of it is known again, what it is called, and the words of its fields."""

    list: Callable[[Settings], Sequence[T]]
    key: Callable[[T], tuple[Any, ...]]
    name: Callable[[T, Settings], str]
    added: Callable[[T, Settings], str]
    fields: Mapping[str, tuple[str, Words]]


def _text(value: Any, _: Settings) -> str:
    return NONE if value is None or value == "" else str(value)


def _day(value: Any, _: Settings) -> str:
    return day_words(value)


def _yes_no(value: Any, _: Settings) -> str:
    return "yes" if value else "no"


def _money(value: Any, _: Settings) -> str:
    return pounds(value)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts) or NONE


def _returns(value: Any, _: Settings) -> str:
    return _joined(f"{RETURN_KINDS[kind]} from {day_words(since)}" for since, kind in sorted(value))


def _areas(value: Any, settings: Settings) -> str:
    return _joined(settings.area_label(key) for key in value) if value else "all"


def _target(target: Target, settings: Settings) -> str:
    return f"{kpi_name(target.kpi)} ({whose(settings, target.provider)}) from {day_words(target.since)}"


def _changed_figures(before: Target, after: Target) -> Iterator[str]:
    """The figures of a target that moved; they are written by the target's own unit, which no single field knows."""
    for label, old, new in (
        ("target", before.value, after.value),
        ("tolerance", before.tolerance, after.tolerance),
    ):
        if old != new:
            spread = after.profile is not None and label == "tolerance"
            yield (
                f"{label} {figure_words(after.kpi, old, spread=spread)} → "
                f"{figure_words(after.kpi, new, spread=spread)}"
            )


_PROVIDERS: Part[Provider] = Part(
    lambda s: s.providers,
    lambda p: (p.key,),
    lambda p, s: f"Provider {p.label}",
    lambda p, s: f"Provider {p.label}",
    {"label": ("name", _text), "example": ("example", _yes_no)},
)
_AREAS: Part[Area] = Part(
    lambda s: s.areas,
    lambda a: (a.key,),
    lambda a, s: f"Area {a.label}",
    lambda a, s: f"Area {a.label} ({a.kind})",
    {
        "label": ("name", _text),
        "kind": ("kind", _text),
        "order": ("place in the list", _text),
        "aliases": ("other spellings", lambda value, s: _joined(value)),
        "valid_from": ("first day", _day),
        "valid_to": ("last day", _day),
        "successor": ("successor", lambda value, s: s.area_label(value) if value else NONE),
    },
)
_CONTRACTS: Part[Contract] = Part(
    lambda s: s.contracts,
    lambda c: (c.key,),
    lambda c, s: f"Contract of {s.provider_label(c.provider)} ({service_label(c.service)})",
    lambda c, s: (
        f"Contract of {s.provider_label(c.provider)} ({service_label(c.service)}) from {day_words(c.start)}"
    ),
    {
        "service": ("service", lambda value, s: service_label(value)),
        "provider": ("provider", lambda value, s: s.provider_label(value)),
        "start": ("first day", _day),
        "end": ("last day", _day),
        "reporting": ("returns", _returns),
        "due_days": ("days until due", _text),
        "areas": ("areas", _areas),
        "included_cases": ("cases included a year", _text),
        "fixed_price": ("price a year", _money),
        "price_per_extra": ("price of each extra case", _money),
        "clock_start": (
            "the 30 days count from",
            lambda value, s: CLOCK_STARTS.get(str(value), str(value)),
        ),
        "counted_exceptions": (
            "reasons for exceptions taken out",
            lambda value, s: _joined(reason_label(key) for key in value),
        ),
        "case_report_days": ("days for the case report", _text),
        "delivery_model": ("delivered as", lambda value, s: DELIVERY_MODELS.get(str(value), NONE)),
        "example": ("example", _yes_no),
    },
)
_TARGETS: Part[Target] = Part(
    lambda s: s.targets,
    lambda t: (t.kpi, t.service, t.provider, t.since),
    lambda t, s: f"Target of {_target(t, s)}",
    lambda t, s: f"Target of {_target(t, s)}: {target_words(t)}",
    {
        "operator": ("comparison", _text),
        "until": ("last day", _day),
        "profile": ("spread over", lambda value, s: value.label if value else NONE),
        "judged_on": ("judged on", lambda value, s: JUDGED_ON.get(str(value), str(value))),
        "variation": ("variation", _text),
        "clause": ("clause", _text),
        "note": ("note", _text),
        "example": ("example", _yes_no),
    },
)
_QUESTIONS: Part[SurveyQuestion] = Part(
    lambda s: s.questions,
    lambda q: (q.service, q.provider, q.code),
    lambda q, s: f"Survey question {q.code} ({service_label(q.service)}, {whose(s, q.provider)})",
    lambda q, s: f"Survey question {q.code} ({service_label(q.service)}, {whose(s, q.provider)}): {q.label}",
    {
        "label": ("question", _text),
        "scale": ("answers", lambda value, s: SCALES.get(str(value), str(value))),
        "order": ("place in the list", _text),
        "since": ("asked from", _day),
    },
)
_PARTS: tuple[Part[Any], ...] = (_PROVIDERS, _AREAS, _CONTRACTS, _TARGETS, _QUESTIONS)


def changes_between(before: Settings, after: Settings) -> tuple[str, ...]:
    """What differs, one sentence each: 'Contract of North Mentors (Mentoring): days until due 20 → 15'."""
    said: list[str] = []
    if before.council != after.council:
        said.append(f"Council: {before.council or NONE} → {after.council or NONE}")
    if before.keep_originals != after.keep_originals:
        was, now = (_yes_no(one.keep_originals, one) for one in (before, after))
        said.append(f"Keep the files as they were sent: {was} → {now}")
    if before.exceptions_cap != after.exceptions_cap:
        was, now = (cap_words(one.exceptions_cap) for one in (before, after))
        said.append(f"Share of exceptions past which figures carry a warning: {was} → {now}")
    if before.small_number != after.small_number:
        said.append(f"Numbers hidden from others: {small_words(before)} → {small_words(after)}")
    if before.rounding != after.rounding:
        said.append(f"Counts for others: {rounding_words(before)} → {rounding_words(after)}")
    said += look_changes(before, after)
    for part in _PARTS:
        said += _part_changes(part, before, after)
    return tuple(said)


def _part_changes(part: Part[Any], before: Settings, after: Settings) -> Iterator[str]:
    held = {part.key(one): one for one in part.list(before)}
    now = {part.key(one): one for one in part.list(after)}
    for key, one in now.items():
        if key not in held:
            yield f"{part.added(one, after)}: added"
        elif differs := _field_changes(part, held[key], one, before, after):
            yield f"{part.name(held[key], before)}: {', '.join(differs)}"
    for key, one in held.items():
        if key not in now:
            yield f"{part.added(one, before)}: taken out"


def _field_changes(part: Part[Any], old: Any, new: Any, before: Settings, after: Settings) -> list[str]:
    found = list(_changed_figures(old, new)) if isinstance(old, Target) else []
    for attribute, (label, words) in part.fields.items():
        was, now = getattr(old, attribute), getattr(new, attribute)
        if was != now:
            found.append(f"{label} {words(was, before)} → {words(now, after)}")
    return found
