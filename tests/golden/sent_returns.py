"""The example workbooks read back in plain Python, whatever the service: rows by field key, in codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from domain.fields import COVER, Field, Kind, Sheet, fields_of
from domain.periods import Period
from domain.vocabulary import absent_codes
from sample_data.settings import example_settings

Row = dict[str, Any]
ABSENT = {spelling: key for key, label in absent_codes().items() for spelling in (key, label)}


@dataclass
class SentReturn:
    """One workbook as read back: its cover and its rows, by field key, in codes."""

    path: Path
    cover: Row
    sheets: dict[Sheet, list[Row]]

    @property
    def service(self) -> str:
        return str(self.cover["service"])

    @property
    def period(self) -> Period:
        return Period(self.cover["period_start"], self.cover["period_end"])

    @property
    def cases(self) -> list[Row]:
        return self.sheets.get(Sheet.CASES, [])

    @property
    def activities(self) -> list[Row]:
        return self.sheets.get(Sheet.ACTIVITIES, [])


def read_return(path: Path) -> SentReturn:
    book = load_workbook(path, data_only=True, read_only=True)
    labels = {field.label: field for field in COVER}
    cover = {labels[str(row[0])].key: _day(row[1]) for row in book["Cover"].iter_rows(values_only=True)}
    sheets = {
        Sheet(name): _table(book[name], fields_of(Sheet(name), cover["service"]), cover["service"])
        for name in book.sheetnames
        if name != "Cover"
    }
    book.close()
    return SentReturn(path, cover, sheets)


def read_folder(folder: Path, service: str = "") -> list[SentReturn]:
    """The returns in a folder, of one service where named; which are its own is told from their names, which is quicker."""
    senders = tuple(f"{c.provider}_" for c in example_settings().contracts if service in ("", c.service))
    wanted = (*senders, f"council_{service}")
    return [read_return(path) for path in sorted(folder.glob("*.xlsx")) if path.name.startswith(wanted)]


def latest(returns: Iterable[SentReturn], sheet: Sheet, *keys: str) -> list[Row]:
    """The last row sent of each that has the same values of these keys."""
    found: dict[tuple[Any, ...], Row] = {}
    for sent in sorted(returns, key=lambda r: r.period):
        found |= {tuple(row[key] for key in keys): row for row in sent.sheets.get(sheet, [])}
    return list(found.values())


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _table(sheet: Any, fields: tuple[Field, ...], service: str) -> list[Row]:
    rows = sheet.iter_rows(values_only=True)
    by_label = {field.label: field for field in fields}
    header = [by_label[label] for label in next(rows)]
    return [
        {
            field.key: _code(field, _day(value), service)
            for field, value in zip(header, row, strict=True)
            if value is not None
        }
        for row in rows
    ]


def _code(field: Field, value: Any, service: str) -> Any:
    if isinstance(value, (int, float, date)):
        return value
    if field.kind is Kind.AREA:
        found = _area(value)
        assert found, value
        return found
    if not field.coded:
        return value
    answers = field.code_list_for(service)
    codes = tuple(answers.find(part) or ABSENT[part.strip()] for part in str(value).split(";"))
    return codes if field.kind is Kind.CODES else codes[0]


@cache
def _area(text: str) -> str | None:
    return example_settings().find_area(text)
