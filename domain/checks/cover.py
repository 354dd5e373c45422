"""Understanding the sheet Cover.

One field a row (label, value), or one row of headers with one row of values.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from domain.cells import Fault, as_text, is_blank, read_cell_of
from domain.checks.layout import may_not_mean
from domain.checks.tables import Place, cell_without_value, letter, spellings
from domain.coded_cells import Sender
from domain.drafts import RawCell, SheetDraft
from domain.fields import Field, Kind, Sheet, fields_of
from domain.mapping import LEFT_OUT
from domain.personal_data import header_kind, value_kind
from domain.returns import Value
from domain.vocabulary import plain

TEMPLATE_VERSION = "Template version"
"""The label under which the blank return says which version it is; not a field."""

PASSED_OVER = {
    plain(text) for text in (TEMPLATE_VERSION, "Field", "Value", "Label", "Answer", "What to enter")
}


@dataclass(slots=True)
class Cover:
    """What the Cover says.

    `places` has the cell of every field found, blank ones too; `unknown` the labels that are not ours.
    """

    draft: SheetDraft
    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    """What stands beside service and provider, as written."""
    faults: list[tuple[str, Place, Fault]] = field(default_factory=list)
    twice: list[Place] = field(default_factory=list)
    unknown: list[tuple[Place, str]] = field(default_factory=list)
    """Where, and what personal it seems to hold; blank when nothing."""
    left_out: list[tuple[Place, str]] = field(default_factory=list)
    """The same of lines that a person said before are none of ours."""

    @property
    def complete(self) -> bool:
        """Whether every line that a Cover needs was answered, rightly or not."""
        answered = {*self.values, *(key for key, _, _ in self.faults)}
        return all(f.key in answered for f in fields_of(Sheet.COVER) if f.required)

    def place(self, key: str) -> Place:
        """Where a field stands; its label at row 0 when the Cover lacks it."""
        return self.places.get(key) or Place(0, next(f.label for f in fields_of(Sheet.COVER) if f.key == key))


def read_cover(draft: SheetDraft, sender: Sender, told: AnyMapping[str, RawCell]) -> Cover:
    """Understand the Cover in either layout; what it lacks is taken from what was told."""
    cover, known = Cover(draft), spellings(fields_of(Sheet.COVER))
    across = next((n for n, row in enumerate(draft.grid) if _known_labels(row, known) >= 3), None)
    if across is not None:
        headers = draft.grid[across]
        values = next(
            (n for n in range(across + 1, len(draft.grid)) if not all(map(is_blank, draft.grid[n]))), across
        )
        for index, raw in enumerate(headers):
            row = draft.grid[values] if values > across else ()
            _enter(cover, known, raw, values + 1, index, row[index] if index < len(row) else None, sender)
    else:
        for number, row in enumerate(draft.grid):
            at = next((i for i, cell in enumerate(row) if not is_blank(cell)), None)
            if at is not None:
                value = next((i for i in range(at + 1, len(row)) if not is_blank(row[i])), at + 1)
                raw = row[value] if value < len(row) else None
                _enter(cover, known, row[at], number + 1, value, raw, sender)
    _tell(cover, told, sender)
    return cover


def cover_told(told: AnyMapping[str, RawCell], sender: Sender) -> Cover:
    """A Cover that stands in no file, from what was told."""
    cover = Cover(SheetDraft(str(Sheet.COVER), ()))
    _tell(cover, told, sender)
    return cover


def _tell(cover: Cover, told: AnyMapping[str, RawCell], sender: Sender) -> None:
    answered = {*cover.values, *(key for key, _, _ in cover.faults)}
    for wanted in fields_of(Sheet.COVER):
        raw = told.get(wanted.key)
        if wanted.key not in answered and not is_blank(raw):
            _take(cover, wanted, read_cell_of(wanted, raw, sender))


def _take(cover: Cover, wanted: Field, found: Value | Fault) -> None:
    if isinstance(found, Fault):
        cover.faults.append((wanted.key, cover.place(wanted.key), found))
    elif found is not None:
        cover.values[wanted.key] = found


def _known_labels(row: tuple[RawCell, ...], known: dict[str, Field]) -> int:
    return len({known[plain(cell)].key for cell in row if isinstance(cell, str) and plain(cell) in known})


def _enter(
    cover: Cover,
    known: dict[str, Field],
    label: RawCell,
    row: int,
    index: int,
    raw: RawCell,
    sender: Sender,
) -> None:
    if is_blank(label):
        return
    text = as_text(label)
    wanted, said = known.get(plain(text)), sender.mapping.column(Sheet.COVER, text)
    if wanted is None and said:
        meant = next((f for f in known.values() if f.key == said), None)
        wanted = None if meant and may_not_mean(text, meant) else meant
    if wanted is None:
        if not is_blank(raw) and plain(text) not in PASSED_OVER:
            shown = f"column {letter(index)}" if value_kind(text) else text
            kind = value_kind(text) or header_kind(text) or value_kind(as_text(raw), dates=False)
            (cover.left_out if said == LEFT_OUT else cover.unknown).append((Place(row, shown), kind))
        return
    place = Place(row, text)
    if wanted.key in cover.places:
        cover.twice.append(place)
        return
    cover.places[wanted.key] = place
    if wanted.kind in (Kind.SERVICE, Kind.PROVIDER):
        cover.written[wanted.key] = as_text(raw)
    if (row, index) in cover.draft.unstored or (row, index) in cover.draft.errors:
        _take(cover, wanted, cell_without_value((row, index) in cover.draft.errors))
    else:
        _take(cover, wanted, read_cell_of(wanted, raw, sender))
