"""What may be sent as totals: which measures, by what they may be broken down, and the names by which a row says so.

A count, a share, the answers of a split and how many there are at the end of a month can be added up from what several people
counted. Days and other lengths cannot, so a mean, a median or a spread is never taken from totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache

from domain.dimensions import DIMENSIONS, check_grouping, dimension, group_label
from domain.fields import Field, Kind, Sheet
from domain.measures import Completeness, Count, Measure, Share, Split, Stock, measure, measures_of
from domain.periods import Period
from domain.settings import Settings
from domain.vocabulary import absent_codes, plain, rolled_up

NOT_ANSWERED = "DK"
"""Stands beside the base of a split and never in it, so that totals of its answers say nothing of it."""


@cache
def total_measures(service: str) -> tuple[Measure, ...]:
    """The measures of a service that may come as totals, in the order of the declarations."""
    return tuple(
        m
        for m in measures_of(service)
        if isinstance(m, Count | Share | Split | Stock) and not isinstance(m, Completeness)
    )


@cache
def breakdowns_of(measure: Measure, service: str) -> tuple[str, ...]:
    """The keys of what a measure may be broken down by in totals; of a split, the field it is about and no other."""
    if isinstance(measure, Split):
        return (measure.field,)
    return tuple(d.key for d in DIMENSIONS if d.field is not None and _breaks(measure, d.field, service))


def _breaks(measure: Measure, field: Field, service: str) -> bool:
    if field.sheet is Sheet.SUPPLEMENT or service not in field.services:
        return False
    if not (field.coded or field.kind is Kind.QUESTION):
        return False
    try:
        check_grouping(measure, field.key)
    except ValueError:
        return False
    return dimension(field.key).field is field


def is_exclusive(breakdown: str) -> bool:
    """Whether a case stands under one answer only, so that the answers add up to all."""
    field = dimension(breakdown).field
    return field is None or field.kind is not Kind.CODES


def comes_to_all(measure: Measure, breakdown: str) -> bool:
    """Whether the answers of a measure come to the whole: a case stands under one, and they are all there are."""
    return is_exclusive(breakdown) and not (isinstance(measure, Split) and not measure.exhaustive)


def answers_wanted(
    measure: Measure, breakdown: str, settings: Settings, service: str, provider: str
) -> tuple[tuple[str, str], ...]:
    """The answers of a breakdown that make it whole: key and label, in the order of the list."""
    field = dimension(breakdown).field
    if field is None:
        return ()
    if field.kind is Kind.QUESTION:
        return tuple((q.code, q.label) for q in settings.survey(service, provider))
    codes = field.code_list_for(service)
    if isinstance(measure, Split):
        return tuple((key, codes.label(key)) for key in measure.answers if key not in absent_codes())
    return tuple(
        (code.key, code.label)
        for code in codes.entries
        if rolled_up(codes, code.key) == code.key and code.key not in absent_codes() and code.valid_to is None
    )


def _names(
    measure: Measure, breakdown: str, settings: Settings, service: str, provider: str
) -> dict[str, str]:
    """Every spelling of an answer that a row may be about, and its key."""
    wanted = answers_wanted(measure, breakdown, settings, service, provider)
    field = dimension(breakdown).field
    names: dict[str, str] = {}
    if field is not None and field.coded:
        codes = field.code_list_for(service)
        left_out = (*measure.leave_out, *measure.unknown, NOT_ANSWERED) if isinstance(measure, Split) else ()
        for code in codes.entries:
            if rolled_up(codes, code.key) == code.key and code.key not in left_out:
                names |= {plain(text): code.key for text in (*code.aliases, code.label, code.key)}
        names |= {
            plain(text): key
            for key, label in absent_codes().items()
            if key not in left_out
            for text in (label, key)
        }
    return names | {plain(text): key for key, label in wanted for text in (label, key)}


def find_measure(text: str, service: str) -> Measure | None:
    """The measure that a key or label names; None when it names none that may come as totals."""
    return next((m for m in total_measures(service) if plain(text) in (plain(m.key), plain(m.label))), None)


def find_breakdown(text: str, measure: Measure, service: str) -> str | None:
    """The key of the breakdown that a key or label names; None when the measure has none such in totals."""
    return next(
        (
            key
            for key in breakdowns_of(measure, service)
            if plain(text) in (plain(key), plain(dimension(key).label), plain(measure.label))
        ),
        None,
    )


def find_answer(
    text: str, measure: Measure, breakdown: str, settings: Settings, service: str, provider: str
) -> str | None:
    """The key of the answer that a key or label names; None when the breakdown has none such."""
    return _names(measure, breakdown, settings, service, provider).get(plain(text))


def nearest(text: str, names: tuple[str, ...]) -> str:
    """The name that is most like a text; blank when none is."""
    spelt = {name.casefold(): name for name in names}
    close = get_close_matches(text.casefold(), list(spelt), n=1, cutoff=0.6)
    return spelt[close[0]] if close else ""


def row_in_words(key: Sequence[object], settings: Settings, service: str) -> str:
    """What a row of totals is about, by its key: 'Referrals, Sex: Female, Harlow, Apr-Jun 2018 (Q1 2018/19)'."""
    name, breakdown, category, area, start, end = key
    parts = [measure(str(name), service).label]
    if breakdown and category:
        answer = group_label(str(breakdown), str(category), settings, service)
        parts.append(f"{dimension(str(breakdown)).label}: {answer}")
    if area:
        parts.append(settings.area_label(str(area)))
    if isinstance(start, date) and isinstance(end, date):
        parts.append(Period(start, end).label)
    return ", ".join(parts)
