"""Keeping the file of a return as it was sent: only one of which every part was read, or is the dashboard's own.

`docs/decisions/0020-effect-and-originals.md` says why.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape

from openpyxl import load_workbook

from data_access.spreadsheets.apart import run_apart
from data_access.spreadsheets.opened import Opened, sheets_of
from data_access.spreadsheets.reading import IGNORED_SHEETS
from data_access.spreadsheets.template import write_template
from domain.checks.examined import Examined
from domain.fields import FIELDS
from domain.originals import may_keep_original
from domain.returns import COUNCIL, Return
from domain.settings import Settings
from domain.vocabulary import plain

_SEAL = object()
_PACKED, _OLD = b"PK", b"\xd0\xcf\x11\xe0"
_PLAIN_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|xl/(?:workbook|styles|sharedStrings|calcChain|metadata)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme\d*\.xml|xl/worksheets/(?:_rels/)?sheet\d+\.xml(?:\.rels)?"
)
"""What a workbook with nothing but cells is packed from: no pictures, tables, links or programs."""
_COMMENTS = re.compile(r"xl/(?:comments/comment|comments)\d+\.xml")
_SHAPES = re.compile(r"xl/drawings/(?:commentsDrawing|vmlDrawing)\d+\.vml")
"""Where the comments of the template are, and the boxes in which they are shown."""
_COMMENT = re.compile(rb"<(?:\w+:)?comment\b.*?</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</")
_NUMBERS = re.compile(rb"(?:[\d\s,]|True|False)*")
_LARGEST = 2 * 1024 * 1024
"""The most that the comments of one sheet take; more are not looked at."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a file that may be kept. Only `original_of` makes one."""

    content: bytes
    digest: str
    seal: object

    def __post_init__(self) -> None:
        """Refuse bytes that nobody looked at."""
        if self.seal is not _SEAL:
            raise TypeError("files that may be kept are told by data_access.originals.original_of, not built")


def original_of(examined: Examined, settings: Settings, content: bytes) -> Original | None:
    """The file to be kept with its return; None where it may not be.

    Raises
    ------
    ValueError
        When the bytes are not those that were checked.
    """
    digest = hashlib.sha256(content).hexdigest()
    if digest != examined.digest:
        raise ValueError("these are not the bytes that were checked")
    if not may_keep_original(examined, settings) or content.startswith(_OLD):
        return None
    if content.startswith(_PACKED) and not (
        _only_cells(content) and _rest_is_ours(examined, settings, content)
    ):
        return None
    return Original(content, digest, _SEAL)


def _only_cells(content: bytes) -> bool:
    """Whether a workbook holds nothing but cells and the help of our own template."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return all(
            _PLAIN_PARTS.fullmatch(part.filename)
            or (part.file_size < _LARGEST and _is_help(part.filename, archive))
            for part in archive.infolist()
        )


def _is_help(name: str, archive: zipfile.ZipFile) -> bool:
    """Whether a part is comments of our own that say what a column means, or the empty boxes in which they are shown."""
    if _SHAPES.fullmatch(name):
        return bool(_NUMBERS.fullmatch(re.sub(rb"<[^>]*>", b" ", archive.read(name))))
    if not _COMMENTS.fullmatch(name):
        return False
    helps = {plain(field.help) for field in FIELDS}
    said = (b"".join(_TEXT.findall(comment)) for comment in _COMMENT.findall(archive.read(name)))
    return all(plain(unescape(text.decode("utf-8", "replace"))) in helps for text in said)


def _rest_is_ours(examined: Examined, settings: Settings, content: bytes) -> bool:
    """Whether the sheets that no check reads hold nothing but what our own template has on them."""
    opened = run_apart("read", (examined.file_name, content))
    if not isinstance(opened, Opened) or opened.oversize or examined.accepted is None:
        return False
    beside = [sheet for sheet in sheets_of(opened) if plain(sheet.name) in IGNORED_SHEETS]
    if not beside:
        return True
    ours = _texts_of_template(examined.accepted, settings)
    return all(
        str(cell) in ours.get(plain(sheet.name), frozenset())
        for sheet in beside
        for row in sheet.grid
        for cell in row
        if cell not in (None, "")
    )


def _texts_of_template(new: Return, settings: Settings) -> dict[str, frozenset[str]]:
    """What our own blank returns for the sender have on the sheets that are not read, by plain name."""
    whose = {new.provider if new.provider == COUNCIL else "", new.provider}
    found: dict[str, set[str]] = {}
    for provider in sorted(whose):
        out = io.BytesIO()
        write_template(new.service, settings, out, provider=provider, period=new.period if provider else None)
        for sheet in load_workbook(out, read_only=True).worksheets:
            if plain(sheet.title) in IGNORED_SHEETS:
                cells = (cell for row in sheet.iter_rows(values_only=True) for cell in row)
                found.setdefault(plain(sheet.title), set()).update(str(c) for c in cells if c is not None)
    return {name: frozenset(texts) for name, texts in found.items()}
