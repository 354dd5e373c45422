"""How one sender's spreadsheet is to be understood: which sheet, column and answer of it means which of ours.

Confirmed by a person once, kept with the return, and used again for the sender's next file. It never holds a cell's content beyond
answers that stand for a code, and says nothing of the period.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass

from domain.field_kinds import Sheet
from domain.vocabulary import plain

LEFT_OUT = ""
"""Stands for 'none of ours': the sheet, column or answer is left out on purpose."""


class NotAMappingError(ValueError):
    """A file that should hold a mapping does not; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a person confirmed about a sender's spreadsheet.

    Parameters
    ----------
    sheets : plain name of a sheet in the file, and the sheet of a return that it is, or `LEFT_OUT`.
    columns : sheet of a return, plain header in the file, and the key of our column, or `LEFT_OUT`.
    values : sheet of a return, key of our column, the answer as written (plain), and its code, or `LEFT_OUT` for no answer.
    """

    sheets: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    values: tuple[tuple[str, str, str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.sheets or self.columns or self.values)

    def sheet(self, name: str) -> str | None:
        """The sheet of a return that a sheet of the file is; `LEFT_OUT`, or None when nothing was said of it."""
        return dict(self.sheets).get(plain(name))

    def column(self, sheet: Sheet, header: str) -> str | None:
        """The key of our column that a header means; `LEFT_OUT`, or None when nothing was said of it."""
        wanted = (str(sheet), plain(header))
        return next((key for where, what, key in self.columns if (where, what) == wanted), None)

    def value(self, sheet: Sheet, field: str, text: str) -> str | None:
        """The code that an answer means; `LEFT_OUT`, or None when nothing was said of it."""
        wanted = (str(sheet), field, plain(text))
        return next((code for *where, code in self.values if tuple(where) == wanted), None)

    def and_then(self, later: Mapping) -> Mapping:
        """Both together; where they differ, the later one holds."""
        columns = {(sheet, header): key for sheet, header, key in (*self.columns, *later.columns)}
        values = {(sheet, field, text): code for sheet, field, text, code in (*self.values, *later.values)}
        return Mapping(
            tuple(sorted((dict(self.sheets) | dict(later.sheets)).items())),
            tuple(sorted((*where, key) for where, key in columns.items())),
            tuple(sorted((*where, code) for where, code in values.items())),
        )

    def to_text(self) -> str:
        """As `to_json`; a blank text when it says nothing."""
        return self.to_json() if self else ""

    def to_json(self) -> str:
        """The mapping as a text that a person can read and `from_json` reads back."""
        columns: dict[str, dict[str, str]] = {}
        for sheet, header, key in self.columns:
            columns.setdefault(sheet, {})[header] = key
        values: dict[str, dict[str, dict[str, str]]] = {}
        for sheet, field, text, code in self.values:
            values.setdefault(sheet, {}).setdefault(field, {})[text] = code
        return json.dumps(
            {"sheets": dict(self.sheets), "columns": columns, "values": values}, ensure_ascii=False, indent=1
        )


NO_MAPPING = Mapping()
"""Nothing was confirmed."""


def mapping_from_json(text: str) -> Mapping:
    """Read what `Mapping.to_json` wrote. A blank text is an empty mapping.

    Raises
    ------
    NotAMappingError
        When the text is something else; the message says what is wanted.
    """
    if not text.strip():
        return Mapping()
    try:
        read = json.loads(text)
        known = {str(sheet) for sheet in Sheet} | {LEFT_OUT}
        sheets = {plain(name): _text(meant) for name, meant in _object(read.get("sheets", {})).items()}
        if unknown := [meant for meant in sheets.values() if meant not in known]:
            raise NotAMappingError(f"'{unknown[0]}' is not a sheet of a return.")
        columns = [
            (sheet, plain(header), _text(key))
            for sheet, headers in _object(read.get("columns", {})).items()
            for header, key in _object(headers).items()
        ]
        values = [
            (sheet, field, plain(answer), _text(code))
            for sheet, fields in _object(read.get("values", {})).items()
            for field, answers in _object(fields).items()
            for answer, code in _object(answers).items()
        ]
    except (json.JSONDecodeError, AttributeError, RecursionError) as error:
        raise NotAMappingError("The file holds no mapping that the dashboard wrote.") from error
    if unknown := [sheet for sheet, *_ in (*columns, *values) if sheet not in known - {LEFT_OUT}]:
        raise NotAMappingError(f"'{unknown[0]}' is not a sheet of a return.")
    return Mapping().and_then(Mapping(tuple(sheets.items()), tuple(columns), tuple(values)))


def _object(read: object) -> AnyMapping[str, object]:
    if not isinstance(read, dict):
        raise NotAMappingError("The file holds no mapping that the dashboard wrote.")
    return read


def _text(read: object) -> str:
    if not isinstance(read, str):
        raise NotAMappingError("The file holds no mapping that the dashboard wrote.")
    return read
