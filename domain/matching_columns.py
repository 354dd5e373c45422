"""Matching the columns of a sheet: those known by name, those confirmed before, and a guess for the rest by wording and content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from domain.cells import Fault, as_text, is_blank, read_cell_of
from domain.checks.headings import Heading, Headings, find_headings
from domain.checks.layout import Column, Layout, Understanding, is_own_header, lay_out_under, letter
from domain.coded_cells import Sender
from domain.drafts import RawCell, SheetDraft
from domain.fields import Field, Kind, Sheet
from domain.nearness import CLOSE, NEAR, near_field, nearest_fields
from domain.personal_data import value_kind
from domain.proposals import SAMPLES, ColumnMatch, How
from domain.vocabulary import plain

PLAUSIBLE = 0.66
"""From here on a column that is not proposed for anything is asked about all the same."""
LOOKED_AT = 300
"""So many different values of a column say what it holds."""
_FITS = 0.8
"""A column holds what a field wants when so much of it can be read as that."""
_HARDLY = 0.3
_LISTED = frozenset({Kind.CODE, Kind.CODES, Kind.AREA, Kind.PROVIDER, Kind.SERVICE})
_FREE_WORDS = 6
_MANY = 12


@dataclass(frozen=True, slots=True)
class MatchedSheet:
    """A sheet with its layout and how each of its columns is matched, by the number of the column."""

    layout: Layout
    matches: Mapping[int, ColumnMatch]
    asks: bool
    """Whether a person should look at its columns."""


def match_columns(draft: SheetDraft, sheet: Sheet, sender: Sender) -> MatchedSheet:
    """Match the columns of one sheet."""
    meaning = Understanding(sheet, sender.service, sender.mapping)
    found = find_headings(draft, meaning) or _near_headings(draft, meaning)
    if found is None:
        return MatchedSheet(Layout(), {}, asks=True)
    layout = lay_out_under(draft, found, meaning)
    contents = {column.index: values_of(layout, column.index) for column in layout.columns}
    known = _known(layout.columns, sender)
    free = [field for field in meaning.fields.values() if field not in known.values()]
    open_ = [c for c in layout.columns if c.index not in known and not (c.repeats or c.council or c.left_out)]
    scores = {c.index: _scored(c, free, contents[c.index], sender) for c in open_ if _has_choices(c)}
    guessed = _assigned(scores)
    matches = {}
    for column in layout.columns:
        if not (column.repeats or column.council):
            best = [field for _, field in scores.get(column.index, [])]
            field = known.get(column.index) or guessed.get(column.index)
            how = _how(column, field, sender) if column.index not in guessed else How.NEAR
            others = [f for f in meaning.fields.values() if f not in best]
            choices = (*best, *others) if how is not How.EXACT and _has_choices(column) else ()
            matches[column.index] = _match(
                sheet, draft.name, column, field, how, contents[column.index], choices
            )
    contested = any(column.field and column.index not in known for column in layout.columns)
    plausible = any(scored and scored[0][0] >= PLAUSIBLE for i, scored in scores.items() if i not in guessed)
    lacks = any(field.required for field in free) and bool(layout.records)
    return MatchedSheet(layout, matches, contested or plausible or bool(guessed) or lacks)


def _near_headings(draft: SheetDraft, meaning: Understanding) -> Headings | None:
    """Headers none of which is known by name; a row counts only when half of it is near to ours, since it is shown."""
    fields = tuple(meaning.fields.values())

    def knows(header: str) -> str:
        field = None if value_kind(header) else near_field(header, fields)
        return field.key if field else ""

    found = find_headings(draft, knows)
    filled = sum(bool(cell.text) for cell in found.cells) if found else 0
    if found is None or found.hits < 2 or found.hits * 2 < filled:
        return None
    # Where they stand is known now; what they mean is still a guess, to be shown as one.
    return replace(found, cells=tuple(Heading(cell.text, meaning(cell.text)) for cell in found.cells))


def _has_choices(column: Column) -> bool:
    """Whether it may be matched at all: it has a header that can be written down, and no value that is personal.

    A column of dates looks personal as long as nobody knows of what, and one may be named so for another reason.
    """
    named = bool(plain(column.header)) and not column.unnamed
    return named and (not column.personal or column.by_header or column.dated)


def _known(columns: Sequence[Column], sender: Sender) -> dict[int, Field]:
    """The columns known by name or confirmed before, each field once: first its own header, then what was confirmed, then others."""
    found: dict[int, Field] = {}
    order = (How.EXACT, How.REMEMBERED, How.ALIAS)
    claims = [(order.index(_how(c, c.field, sender)), c.index, c.field) for c in columns if c.field]
    for _, index, field in sorted(claims, key=lambda claim: claim[:2]):
        if field not in found.values():
            found[index] = field
    return found


def _how(column: Column, field: Field | None, sender: Sender) -> How:
    if column.left_out:
        return How.LEFT_OUT
    if field is None:
        return How.UNKNOWN
    if is_own_header(field, column.header):
        return How.EXACT
    return How.REMEMBERED if sender.mapping.column(field.sheet, column.header) else How.ALIAS


def values_of(layout: Layout, index: int) -> Counter[RawCell]:
    """The different values of a column, each with how many rows have it, the first met first."""
    found = Counter(layout.column(index))
    for blank in (None, ""):
        found.pop(blank, None)
    return found


def _scored(
    column: Column, fields: Iterable[Field], values: Counter[RawCell], sender: Sender
) -> list[tuple[float, Field]]:
    """What a column may be, the likeliest first: by its header, as far as its values allow; or by its values alone."""
    scored = []
    looked_at = list(islice((value for value in values if not is_blank(value)), LOOKED_AT))
    dated = bool(looked_at) and all(isinstance(value, (date, datetime)) for value in looked_at)
    for score, field in nearest_fields(column.header, fields, dated=dated or column.dated):
        fits = _fit(field, looked_at, sender)
        if fits is not None and fits < _HARDLY:
            continue
        sure = field.kind in _LISTED and fits is not None and fits >= _FITS
        if column.by_header and not sure:
            continue
        by_content = NEAR if sure and len(looked_at) > 1 else 0.0
        scored.append((min(max(score + 0.1 * sure, by_content), 1.0), field))
    return sorted(scored, key=lambda pair: -pair[0])


def _fit(field: Field, values: Sequence[RawCell], sender: Sender) -> float | None:
    """How much of a column can be read as a field; None when it is blank."""
    if not values:
        return None
    if field.kind in (Kind.TEXT, Kind.QUESTION):
        return sum(not isinstance(value, (date, datetime)) for value in values) / len(values)
    some = values[:60]
    return sum(not isinstance(read_cell_of(field, value, sender), Fault) for value in some) / len(some)


def _assigned(scores: Mapping[int, list[tuple[float, Field]]]) -> dict[int, Field]:
    """For each column the field it is likeliest to be, each field once; none where two are as likely."""
    claims = sorted(
        (
            (score, index, field)
            for index, scored in scores.items()
            for score, field in scored
            if score >= NEAR
        ),
        key=lambda claim: (-claim[0], claim[1]),
    )
    found: dict[int, Field] = {}
    passed: set[int] = set()
    for score, index, field in claims:
        if index in found or index in passed or field in found.values():
            continue
        rivals = [
            other
            for other_score, other_index, other in claims
            if score - other_score < CLOSE and score >= other_score
            and (other_index == index) != (other == field)
            and other_index not in found and other not in found.values()
        ]  # fmt: skip
        if rivals:
            passed.add(index)
        else:
            found[index] = field
    return found


def _match(
    sheet: Sheet,
    name: str,
    column: Column,
    field: Field | None,
    how: How,
    values: Counter[RawCell],
    choices: tuple[Field, ...],
) -> ColumnMatch:
    personal = "" if field or (column.dated and choices) else column.personal
    listed = bool(field and field.kind not in (Kind.TEXT, Kind.QUESTION))
    hidden = personal or (column.dated and not field)
    samples = () if hidden else samples_of(values, listed=listed)
    return ColumnMatch(
        sheet,
        name,
        column.header,
        letter(column.index),
        field,
        how,
        samples,
        personal,
        () if personal else choices,
    )


def samples_of(values: Counter[RawCell], *, listed: bool) -> tuple[str, ...]:
    """Up to three different values as a person reads them; none of a column that may hold names, notes or anything personal."""
    texts = [as_text(value) for value in islice(values, LOOKED_AT) if not is_blank(value)]
    if any(value_kind(text, dates=False) for text in texts):
        return ()
    if not listed and _may_be_names_or_notes(texts):
        return ()
    shown = [_shown(value) for value in islice(values, LOOKED_AT) if not is_blank(value)]
    return tuple(islice((text for text in dict.fromkeys(shown) if len(text) <= 60), SAMPLES))


def _may_be_names_or_notes(texts: Sequence[str]) -> bool:
    """Whether texts are sentences, or many different words without any number, as names are."""
    words = [text for text in texts if text.replace(" ", "").replace("-", "").replace("'", "").isalpha()]
    long = any(len(text.split()) >= _FREE_WORDS for text in texts)
    return long or len(words) >= _MANY or any(" " in word and word.istitle() for word in words)


def _shown(value: RawCell) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else as_text(value)
