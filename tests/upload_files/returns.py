"""Building small returns for tests: a right one, and changes that make it wrong in one way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from openpyxl import Workbook

from domain.checks.total_rules import CONTROLS
from domain.drafts import KnownReturns
from domain.fields import Field, Sheet, fields_of
from domain.periods import Period, PeriodKind
from domain.returns import COUNCIL
from domain.services import service as service_of
from domain.settings import Area, Contract, Provider, Settings, SurveyQuestion
from tests.upload_files.right import RIGHT, Columns

PERIOD = Period.parse("2018-04..2018-06")
TODAY = date(2018, 7, 10)
START = date(2017, 4, 1)

_SENDERS = (
    ("provider-a", "Example provider A", "mentoring"),
    ("provider-d", "Example provider D", "send"),
    ("provider-e", "Example provider E", "housing"),
    ("provider-f", "Example provider F", "homelessness"),
)
SETTINGS = Settings(
    council="Example council",
    providers=(
        *(Provider(key, label) for key, label, _ in _SENDERS),
        Provider("provider-b", "Example provider B"),
    ),
    areas=(Area("E07000066", "Basildon", order=1), Area("E07000073", "Harlow", order=2)),
    contracts=tuple(
        Contract(
            f"c-{key}",
            service,
            key,
            START,
            reporting=((START, PeriodKind.QUARTER),),
            areas=("E07000066",) if service == "housing" else (),
        )
        for key, _, service in _SENDERS
    ),
    questions=(
        SurveyQuestion("send", "Q1", "I was kept informed", order=1, provider="provider-d"),
        SurveyQuestion("send", "Q2", "How useful was the mediation?", "useful", 2, "provider-d"),
    ),
)
KNOWN = KnownReturns(today=TODAY)

Rows = list[list[Any]]
Sheets = dict[str, Rows]


def right_return(kind: str = "mentoring") -> Sheets:
    """A return that keeps every rule, by sheet, headers first: of a service, or the council's supplement."""
    service, provider, columns = RIGHT[kind]
    sheets = {name: _rows(table, fields_of(Sheet(name), service)) for name, table in columns.items()}
    said = {
        "service": service_of(service).label,
        "provider": SETTINGS.provider_label(provider) if provider != COUNCIL else None,
        "area_authority": "Example council",
        "period_start": PERIOD.start,
        "period_end": PERIOD.end,
        "submitted_by_role": "Service manager",
        "submitted_on": date(2018, 7, 6),
        "nil_return": "N",
        "surveys_sent": 12,
    }
    said |= {
        key: len(sheets[sheet]) - 1
        for key, sheet, _, _ in CONTROLS
        if sheet in sheets and provider != COUNCIL
    }
    cover = [[f.label, said.get(f.key)] for f in fields_of(Sheet.COVER, service)]
    return {"Cover": [line for line in cover if line[1] is not None], **sheets}


def _rows(table: Columns, fields: Iterable[Field]) -> Rows:
    length = len(next(iter(table.values())))
    wanted = list(fields)
    assert table.keys() <= {f.key for f in wanted}
    blank = [None] * length
    return [
        [f.label for f in wanted],
        *([table.get(f.key, blank)[number] for f in wanted] for number in range(length)),
    ]


Change = Callable[[Sheets], None]


def cell(sheet: str, row: int, key: str, value: Any) -> Change:
    """Set one cell; `row` as Excel shows it."""
    label = next(f.label for f in fields_of(Sheet(sheet)) if f.key == key)

    def change(sheets: Sheets) -> None:
        sheets[sheet][row - 1][sheets[sheet][0].index(label)] = value

    return change


def case(row: int, key: str, value: Any) -> Change:
    """Set one cell of Cases."""
    return cell("Cases", row, key, value)


def cover(label: str, value: Any) -> Change:
    """Set one line of the Cover."""

    def change(sheets: Sheets) -> None:
        for line in sheets["Cover"]:
            if line[0] == label:
                line[1] = value

    return change


def without_column(sheet: str, header: str) -> Change:
    """Take a column away."""

    def change(sheets: Sheets) -> None:
        at = sheets[sheet][0].index(header)
        sheets[sheet] = [row[:at] + row[at + 1 :] for row in sheets[sheet]]

    return change


def with_column(sheet: str, header: str, values: list[Any]) -> Change:
    """Add a column at the end."""

    def change(sheets: Sheets) -> None:
        for row, value in zip(sheets[sheet], [header, *values], strict=False):
            row.append(value)

    return change


def with_row(sheet: str, row: list[Any]) -> Change:
    """Add a row at the end."""
    return lambda sheets: sheets[sheet].append(row)


def without_sheet(sheet: str) -> Change:
    """Take a sheet away."""
    return lambda sheets: sheets.__delitem__(sheet)


def a_return(
    *changes: Change, kind: str = "mentoring", book: Callable[[Workbook], None] | None = None
) -> bytes:
    """The bytes of a workbook: the right return with some changes. The same changes give the same bytes."""
    sheets = right_return(kind)
    for change in changes:
        change(sheets)
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    if book:
        book(workbook)
    workbook.properties.created = workbook.properties.modified = datetime(2018, 7, 6, tzinfo=UTC).replace(
        tzinfo=None
    )
    out = io.BytesIO()
    workbook.save(out)
    return _at_a_fixed_time(out.getvalue())


def later(
    *changes: Change, kind: str = "mentoring", book: Callable[[Workbook], None] | None = None
) -> Callable[[], bytes]:
    """What `a_return` makes, made when it is asked for: every run names these files, and few of its tests read them."""
    return partial(a_return, *changes, kind=kind, book=book)


def as_csv(rows: Rows) -> str:
    """Rows as the text of a CSV file, dates with the day first."""
    lines = (",".join(_csv_cell(cell) for cell in row) for row in rows)
    return "\r\n".join(lines) + "\r\n"


def _csv_cell(cell: Any) -> str:
    if cell is None:
        return ""
    text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
    return f'"{text}"' if "," in text or "\n" in text else text


def with_stored_value(data: bytes, formula: str, value: str) -> bytes:
    """A workbook in which a formula carries its result, as Excel would have saved it."""
    pattern = re.compile(rf"<f>{re.escape(formula)}</f><v ?/>|<f>{re.escape(formula)}</f><v></v>")
    return rewrite(data, lambda _, text: pattern.sub(f"<f>{formula}</f><v>{value}</v>", text))


def rewrite(data: bytes, change: Callable[[str, str], str], extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook with its XML parts changed, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xml"):
                content = change(name, content.decode()).encode()
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        for name, content in (extra or {}).items():
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _at_a_fixed_time(data: bytes) -> bytes:
    def fix(name: str, text: str) -> str:
        return (
            re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "2018-07-06T00:00:00Z", text)
            if name == "docProps/core.xml"
            else text
        )

    return rewrite(data, fix)
