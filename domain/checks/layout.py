"""How a sheet is laid out: which rows hold its headers, which column is which field, and which rows are records."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from domain.cells import as_text, is_blank
from domain.checks.headings import Heading, Headings, below_headings, find_headings
from domain.drafts import RawCell, SheetDraft
from domain.fields import KEY_OF, Field, Kind, Sheet, fields_of
from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping
from domain.personal_data import header_kind, value_kind
from domain.vocabulary import plain

COVER_COLUMNS = {"service": "service", "provider": "provider", "servicetype": "service_type"}
"""Columns that only repeat what the Cover says, by their plain header."""

_SET_ASIDE = "-"
"""Stands before a header that a person left out, where the key of a known one stands."""
_TOTALS = re.compile(r"(?:grand |sub-?)?(?:totals?|sum|notes?|sources?)(?=$|[\s:.*(])", re.IGNORECASE)
_ALONE = re.compile(
    r"(?:averages?|mean|overall|key|n\.?b|end of|please note|prepared by|data as at)(?=$|[\s:.*(])|\*", re.I
)
"""Words of a total or a note where no other text stands in the row; a reference may begin with one of them."""
_SENTENCE = re.compile(r"(?:\W*\b[^\W\d_]{2,}\b){4}")
"""A row with nothing but one text with four words is a note: no reference is written like that."""

Row = Sequence[RawCell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it stands in the file."""

    index: int
    header: str
    field: Field | None = None
    repeats: str = ""
    """What of the Cover it repeats: service, provider or service_type."""
    personal: str = ""
    """What an unknown column seems to hold, such as 'a name'; blank when nothing personal."""
    council: Field | None = None
    """The field of the council's that a provider sent, and that is therefore not read."""
    left_out: bool = False
    """Whether a person said before that it is none of ours."""
    unnamed: bool = False
    """Whether its header is blank, or looks personal and is therefore not shown."""
    by_header: bool = False
    """Whether it looks personal by the words of its header alone."""
    dated: bool = False
    """Whether it looks personal only because it holds dates, which may be of birth."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet before its cells are read.

    `records` are the rows by Excel row number; `left_out` those of totals and notes, `above` those over the headers;
    `header_row` is the (lower) row of the headers. None of it when no header is known.
    """

    columns: tuple[Column, ...] = ()
    records: tuple[tuple[int, Row], ...] = ()
    left_out: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    header_row: int | None = None
    cells: tuple[Row, ...] = ()
    """The cells of the records by column, since most of what is asked is asked of a whole column."""

    def column(self, index: int) -> Row:
        """What stands in one column, a cell a record; nothing for a column that no record reaches."""
        return self.cells[index] if index < len(self.cells) else ()


def spellings(fields: Iterable[Field]) -> dict[str, Field]:
    """Fields by every plain spelling of their header."""
    return {plain(text): f for f in fields for text in (*reversed(f.aliases), f.key, f.label)}


def is_own_header(field: Field, header: str) -> bool:
    """Whether a header is the field's own, as in the template, and no other spelling."""
    return plain(header) in (plain(field.label), plain(field.key))


def may_not_mean(header: str, field: Field) -> bool:
    """Whether nobody may say that a header means a field: it looks personal, and the field would keep what stands there."""
    if value_kind(header):
        return True
    return bool(header_kind(header)) and not (field.coded or field.kind in (Kind.AREA, Kind.PROVIDER))


def reference_of(sheet: Sheet) -> str:
    """The column of a sheet without which a row is no record: the first text of its key, else the first of all."""
    texts = {f.key for f in fields_of(sheet) if f.kind is Kind.TEXT}
    return next((key for key in KEY_OF[sheet] if key in texts), KEY_OF[sheet][0])


def letter(index: int) -> str:
    """The letter of a column as Excel shows it: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


class Understanding:
    """What the headers of one sheet mean: their own names, then what a person said, then other spellings."""

    def __init__(self, sheet: Sheet, service: str | None, mapping: Mapping = NO_MAPPING) -> None:
        self.sheet = sheet
        self.known = spellings(fields_of(sheet, service))
        self.fields = {field.key: field for field in self.known.values()}
        self.councils = spellings(fields_of(Sheet.SUPPLEMENT, service)) if sheet is Sheet.CASES else {}
        self.said = {
            header: key
            for where, header, key in mapping.columns
            if header and where == str(sheet) and (key == LEFT_OUT or key in self.fields)
        }

    def __call__(self, header: str) -> str:
        """The key of what a header means; blank when it means nothing."""
        text = plain(header)
        field = self.known.get(text)
        if field is None or (text in self.said and not is_own_header(field, text)):
            return self._said(text)
        return field.key

    def _said(self, header: str) -> str:
        said = self.said.get(header)
        return "" if said is None else said or f"{_SET_ASIDE}{header}"

    def column(self, index: int, heading: Heading) -> Column:
        """One column by its header."""
        if heading.key.startswith(_SET_ASIDE):
            return Column(index, heading.text, left_out=True)
        return Column(index, heading.text, self.fields.get(heading.key))

    def settled(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The columns, where two claim one field and a person said of one by its own name that it is another, as was said."""
        claims = [column.field.key for column in columns if column.field]
        found = []
        for column in columns:
            said = self.said.get(plain(column.header))
            if (
                column.field
                and said is not None
                and said != column.field.key
                and claims.count(column.field.key) > 1
            ):
                claims.remove(column.field.key)
                claims += [said] if said else []
                column = replace(column, field=self.fields.get(said), left_out=said == LEFT_OUT)
            found.append(column)
        return tuple(found)


def lay_out(draft: SheetDraft, meaning: Understanding) -> Layout:
    """Find the headers, the columns and the records of a sheet; blank rows are passed over."""
    found = find_headings(draft, meaning)
    return Layout() if found is None else lay_out_under(draft, found, meaning)


def lay_out_under(draft: SheetDraft, found: Headings, meaning: Understanding) -> Layout:
    """The same for headers that were found."""
    below = list(below_headings(draft, found))
    wanted = reference_of(meaning.sheet)
    reference = next((index for index, cell in enumerate(found.cells) if cell.key == wanted), None)
    headers = [(index, cell.text.casefold()) for index, cell in enumerate(found.cells) if cell.text]
    named = {index for index, _ in headers}
    records: list[tuple[int, Row]] = []
    left_out: list[int] = []
    # A row of totals is a record where totals are sent.
    among = meaning.sheet is not Sheet.TOTALS
    for number, raw in below:
        if (among and _is_total(raw, reference, named)) or _repeats_headers(raw, headers):
            left_out.append(number)
        else:
            records.append((number, raw))
    cells = tuple(zip_longest(*(raw for _, raw in records)))
    columns = meaning.settled(tuple(_columns(found, meaning, cells)))
    above = tuple(n + 1 for n in range(found.first) if not all(map(is_blank, draft.grid[n])))
    return Layout(columns, tuple(records), tuple(left_out), above, found.last + 1, cells)


def _columns(found: Headings, meaning: Understanding, cells: Sequence[Row]) -> Iterable[Column]:
    for index in range(max(len(cells), len(found.cells))):
        heading = found.cells[index] if index < len(found.cells) else Heading("")
        different = dict.fromkeys(cells[index] if index < len(cells) else ())
        filled = (cell for cell in different if not is_blank(cell))
        if not heading.text:
            first = next(filled, None)
            if first is not None:
                kind = next((k for value in (first, *filled) if (k := value_kind(as_text(value)))), "")
                yield Column(
                    index, f"column {letter(index)}, which has no header", personal=kind, unnamed=True
                )
            continue
        column = meaning.column(index, heading)
        text = plain(heading.text)
        if column.field and text not in meaning.known and may_not_mean(heading.text, column.field):
            column = Column(index, heading.text)
        if column.field:
            yield column
        elif not column.left_out and (repeats := COVER_COLUMNS.get(text)):
            yield replace(column, repeats=repeats)
        elif not column.left_out and (council := meaning.councils.get(text)):
            yield replace(column, council=council)
        elif kind := value_kind(heading.text):
            yield replace(column, header=f"column {letter(index)}", personal=kind, unnamed=True)
        else:
            named, texts = header_kind(heading.text), [as_text(value) for value in filled]
            kind = next((k for text in texts if (k := value_kind(text, dates=False))), "")
            dated = "" if kind else next((k for text in texts if (k := value_kind(text))), "")
            yield replace(
                column,
                personal=named or kind or dated,
                by_header=bool(named and not (kind or dated)),
                dated=bool(dated and not named),
            )


def _is_total(raw: Row, reference: int | None, named: Container[int]) -> bool:
    """Whether a row is a total or a note, and no record.

    Its first filled cell says so, and it has no reference of its own or stands in a column without a header; or all that it holds is
    one sentence.
    """
    first, cell = 0, raw[0]
    if cell is None or cell == "" or is_blank(cell):
        first = next(
            (
                index
                for index, other in enumerate(raw)
                if not (other is None or other == "" or is_blank(other))
            ),
            0,
        )
        cell = raw[first]
    if not isinstance(cell, str):
        return False
    elsewhere = reference is not None and first != reference and first in named
    if elsewhere and reference is not None and reference < len(raw) and not is_blank(raw[reference]):
        return False
    text = cell.strip()
    if _TOTALS.match(text):
        return True
    sentence, alone = " " in text and _SENTENCE.match(text), _ALONE.match(text)
    if not (sentence or alone):
        return False
    others = [other for other in raw[first + 1 :] if not is_blank(other)]
    return not others or bool(alone and not any(isinstance(other, str) for other in others))


def _repeats_headers(raw: Row, headers: Sequence[tuple[int, str]]) -> bool:
    """Whether a row says the headers again, as sheets put together from several do."""
    index, text = headers[0]
    first = raw[index] if index < len(raw) else None
    if (
        not isinstance(first, str)
        or first.lstrip()[:1].casefold() != text[:1]
        or as_text(first).casefold() != text
    ):
        return False
    return all(at < len(raw) and as_text(raw[at]).casefold() == header for at, header in headers)
