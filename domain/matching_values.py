"""Matching the answers of coded columns: those that are a spelling of the list, those confirmed before, and a guess for the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.cells import as_text, is_blank
from domain.coded_cells import Sender, absent_answer, is_own, parts_of
from domain.drafts import RawCell
from domain.fields import Field, Kind
from domain.mapping import LEFT_OUT
from domain.nearness import NEAR, likeness, nearest_codes, the_nearest
from domain.personal_data import value_kind
from domain.proposals import How, ValueMatch
from domain.services import SERVICES
from domain.vocabulary import absent_codes, plain

LONGEST = 60
"""A longer text is a note and no answer: it is neither shown nor remembered."""
LONGEST_UNLIKE = 40
"""The same for a text that is near to no answer."""
MOST = 60
"""So many different answers of a column are asked about; more than that is no coded column."""
_ANSWERED = frozenset({Kind.CODE, Kind.CODES, Kind.YES_NO, Kind.AREA, Kind.PROVIDER, Kind.SERVICE})
_POINT = re.compile(r"[1-5]")

Options = list[tuple[float, str]]


def match_values(
    field: Field, sheet_name: str, header: str, values: Counter[RawCell], sender: Sender
) -> list[ValueMatch]:
    """How each answer of a column is understood that is not the list's own code or label, the commonest first."""
    if field.kind not in _ANSWERED:
        return []
    rows: dict[str, int] = {}
    written: dict[str, str] = {}
    for text, count in _texts(field, values):
        rows[plain(text)] = rows.get(plain(text), 0) + count
        written.setdefault(plain(text), text)
    found = []
    for key in sorted(rows, key=lambda key: -rows[key]):
        if match := _match(field, sheet_name, header, written[key], rows[key], sender):
            found.append(match)
        if len(found) == MOST:
            break
    return found


def _texts(field: Field, values: Counter[RawCell]) -> Iterable[tuple[str, int]]:
    for raw, count in values.items():
        if is_blank(raw) or isinstance(raw, (date, datetime, time, timedelta)):
            continue
        texts = parts_of(raw) if field.kind is Kind.CODES else [as_text(raw)]
        yield from ((text, count) for text in texts if plain(text) and len(text) <= LONGEST)


def _match(
    field: Field, sheet_name: str, header: str, text: str, rows: int, sender: Sender
) -> ValueMatch | None:
    known, own = _understood(field, text, sender)
    if own or value_kind(text):
        return None
    if field.key == "answer_code" and _POINT.fullmatch(text):
        return None  # a point of the scale of its question
    options = _options(field, text, sender)
    meant = sender.meant(field, text)
    code: str | None
    if meant is not None:
        code, how = meant or None, How.LEFT_OUT if meant == LEFT_OUT else How.REMEMBERED
    elif known:
        code, how = known, How.ALIAS
    else:
        code = the_nearest(options)
        how = How.NEAR if code else How.UNKNOWN
        if not code and len(text) > LONGEST_UNLIKE:
            return None
    labels = _labels(field, sender)
    choices = tuple((key, labels.get(key, key)) for _, key in options)
    label = labels.get(code, code) if code else ""
    return ValueMatch(field.sheet, sheet_name, header, field, text, rows, code, how, label, choices)


def is_ambiguous(match: ValueMatch, sender: Sender) -> bool:
    """Whether an answer is near to several of the list, so that a person must say which."""
    options = _options(match.field, match.text, sender) if match.how is How.UNKNOWN else []
    return bool(options) and options[0][0] >= NEAR


def _understood(field: Field, text: str, sender: Sender) -> tuple[str | None, bool]:
    """What an answer means by the list, and whether it is its own code or label there."""
    if field.kind is Kind.AREA:
        key = sender.settings.find_area(text)
        return key, bool(key) and plain(text) in (
            plain(key or ""),
            plain(sender.settings.area_label(key or "")),
        )
    if field.kind is Kind.PROVIDER:
        return sender.settings.find_provider(text), sender.settings.find_provider(text) is not None
    if field.kind is Kind.SERVICE:
        own = any(plain(text) in (plain(s.key), plain(s.label)) for s in SERVICES)
        return None, own
    known = sender.codes(field)
    key = known.find(text) or absent_answer(text)
    return key, bool(key) and is_own(known, key or "", text)


def _labels(field: Field, sender: Sender) -> dict[str, str]:
    if field.kind is Kind.AREA:
        return {area.key: area.label for area in sender.settings.areas} | {"UNK": "Unknown area"}
    if field.kind is Kind.PROVIDER:
        return {provider.key: provider.label for provider in sender.settings.providers}
    if field.kind is Kind.SERVICE:
        return {service.key: service.label for service in SERVICES}
    return {code.key: code.label for code in sender.codes(field).entries} | absent_codes()


def _options(field: Field, text: str, sender: Sender) -> Options:
    """What an answer may be chosen for, the nearest first."""
    if field.kind is Kind.AREA:
        offered = sender.settings.areas_of(sender.service) if sender.service else sender.settings.areas
        named = [(area.key, (area.label, *area.aliases)) for area in offered]
        found = [(max(likeness(text, name) for name in names), key) for key, names in named]
        return [*sorted(found, key=lambda pair: -pair[0]), (0.0, "UNK")]
    if field.kind in (Kind.PROVIDER, Kind.SERVICE):
        found = [(likeness(text, label), key) for key, label in _labels(field, sender).items()]
        return sorted(found, key=lambda pair: -pair[0])
    codes = nearest_codes(text, sender.codes(field))
    there = {key for _, key in codes}
    return [*codes, *((0.0, key) for key in absent_codes() if key not in there)]
