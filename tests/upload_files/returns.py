"""Building small returns for tests: a right one, and changes that make it wrong in one way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook

from domain.drafts import KnownReturns
from domain.fields import Sheet, case_field, fields_of
from domain.periods import Period, PeriodKind
from domain.settings import Area, Contract, Provider, Settings

PERIOD = Period.parse("2018-04..2018-06")
TODAY = date(2018, 7, 10)
START = date(2017, 4, 1)

SETTINGS = Settings(
    council="Example council",
    providers=(Provider("provider-a", "Example provider A"), Provider("provider-b", "Example provider B")),
    areas=(Area("E07000066", "Basildon", order=1), Area("E07000073", "Harlow", order=2)),
    contracts=(Contract("c1", "mentoring", "provider-a", START, reporting=((START, PeriodKind.QUARTER),)),),
)
KNOWN = KnownReturns(today=TODAY)

Rows = list[list[Any]]
Sheets = dict[str, Rows]


def right_return() -> Sheets:
    """A return that keeps every rule: three cases and two activities, by sheet, headers first."""
    cases = {
        "case_ref": ["TB-001", "TB-002", "TB-003"],
        "area": ["Basildon", "Harlow", "UNK"],
        "referral_date": [date(2018, 4, 3), date(2018, 4, 9), date(2018, 6, 20)],
        "entered_date": [date(2018, 4, 3), date(2018, 4, 12), date(2018, 6, 25)],
        "referral_route": ["Self-referral into service", "LA", "Other service"],
        "accepted": ["Y", "Yes", "Y"],
        "first_contact_date": [date(2018, 4, 4), date(2018, 4, 12), None],
        "initial_visit_date": [date(2018, 4, 10), date(2018, 4, 20), None],
        "sex": ["Female", "M", None],
        "age_band": ["18-24", "25-34", None],
        "adults_n": [1, 2, None],
        "risk_at_assessment": ["Future risk", "Homeless", None],
        "assessment_date": [date(2018, 4, 10), date(2018, 4, 20), None],
        "vulnerabilities": ["Mental health; Young person", "NONE", "DK"],
        "mentor_ref": ["M1", "M2", "M1"],
        "hearing_date": [None, date(2018, 5, 1), None],
        "outcome": ["Prevented", "Withdrawn", "Live"],
        "outcome_date": [date(2018, 5, 30), date(2018, 6, 1), None],
    }
    activities = {
        "activity_ref": ["A-1", "A-2"],
        "case_ref": ["TB-001", "TB-002"],
        "activity_date": [date(2018, 4, 12), date(2018, 4, 22)],
        "activity_type": ["Mediation", "Information/Advice"],
        "is_admin": ["N", "N"],
        "minutes": [45, 20],
    }
    for table, fields in ((cases, fields_of(Sheet.CASES)), (activities, fields_of(Sheet.ACTIVITIES))):
        length = len(next(iter(table.values())))
        for field in fields:
            table.setdefault(field.key, [None] * length)
    return {
        "Cover": [
            ["Service", "Homelessness-prevention mentoring"],
            ["Provider", "Example provider A"],
            ["Commissioning council", "Example council"],
            ["Period start", PERIOD.start],
            ["Period end", PERIOD.end],
            ["Submitted by (role)", "Service manager"],
            ["Submitted on", date(2018, 7, 6)],
            ["Nil return", "N"],
            ["Number of cases", 3],
            ["Number of activities", 2],
        ],
        "Cases": _rows(cases, [(f.key, f.label) for f in fields_of(Sheet.CASES)]),
        "Activities": _rows(activities, [(f.key, f.label) for f in fields_of(Sheet.ACTIVITIES)]),
    }


def _rows(table: dict[str, list[Any]], headers: Iterable[tuple[str, str]]) -> Rows:
    named = list(headers)
    length = len(table[named[0][0]])
    return [[label for _, label in named], *([table[key][n] for key, _ in named] for n in range(length))]


Change = Callable[[Sheets], None]


def case(row: int, key: str, value: Any) -> Change:
    """Set one cell of Cases; `row` as Excel shows it."""

    def change(sheets: Sheets) -> None:
        sheets["Cases"][row - 1][sheets["Cases"][0].index(case_field(key).label)] = value

    return change


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


def a_return(*changes: Change, book: Callable[[Workbook], None] | None = None) -> bytes:
    """The bytes of a workbook: the right return with some changes. The same changes give the same bytes."""
    sheets = right_return()
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
