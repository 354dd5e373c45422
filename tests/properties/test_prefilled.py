"""A return that starts from the last one says what the last one said, until somebody types something else."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from data_access.intake import examine
from data_access.prefilled import write_prefilled
from data_access.returns import known_returns, save_return
from data_access.schema import upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store, reading
from data_access.tables import cases, supplement
from domain.access import COMMISSIONER
from domain.fields import CASES, COUNCIL_FIELDS, Sheet
from domain.returns import COUNCIL, Return
from domain.settings import Area, Settings
from domain.tally import Source
from tests.builders import a_return
from tests.properties.drawn_rows import Record, rows
from tests.upload_files.returns import PERIOD, SETTINGS
from tests.upload_files.right import RIGHT

pytestmark = pytest.mark.usefixtures("short_sheets")
NEXT = PERIOD.next()
LATER = date(2018, 10, 10)
ODD = ("", "=", "=1+", "+44 ", "-", "@", "007", "1E5", "#N/A ", "TRUE", "_x0041_", "'")
"""Beginnings of references that a spreadsheet would rather take for something else."""
NAMES = {
    Sheet.CASES: "cases",
    Sheet.ACTIVITIES: "activities",
    Sheet.AGREEMENTS: "agreements",
    Sheet.SATISFACTION: "answers",
    Sheet.COMPLAINTS: "complaints",
    Sheet.STAFF: "staff",
    Sheet.SUPPLEMENT: "supplement",
}


def the_settings() -> Settings:
    """Those of the other tests, with an area that is no more and another of the same name."""
    old = Area("E-OLD", "Harlow", order=3, valid_to=date(2018, 5, 31), successor="E07000073")
    return replace(SETTINGS, areas=(*SETTINGS.areas, old))


@cache
def an_empty_database() -> Path:
    path = Path(mkdtemp(prefix="prefilled-")) / "empty.db"
    store = open_store(f"sqlite:///{path}", Source.SHARED)
    upgrade(store)
    change_settings(store, lambda _: the_settings(), by=COMMISSIONER.signing("tests"))
    store.engine.dispose()
    return path


@contextmanager
def a_database() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dashboard.db"
        shutil.copy(an_empty_database(), path)
        store = open_store(f"sqlite:///{path}", Source.SHARED)
        try:
            yield store
        finally:
            store.engine.dispose()


def prefilled(store: Store, kind: str) -> bytes:
    out = io.BytesIO()
    write_prefilled(store, RIGHT[kind][0], RIGHT[kind][1], NEXT, out, COMMISSIONER)
    return out.getvalue()


def as_they_count(store: Store) -> dict[str, Record]:
    with reading(store, COMMISSIONER) as connection:
        found: dict[str, Record] = {}
        for table, fields in ((cases, CASES), (supplement, COUNCIL_FIELDS)):
            columns = [table.c[field.key] for field in fields if field.key != "case_ref"]
            asked = select(table.c.provider, table.c.case_ref, *columns).where(table.c.in_force)
            for row in connection.execute(asked).mappings():
                values = {key: value for key, value in row.items() if value is not None}
                if values.keys() - {"provider", "case_ref"}:
                    found[f"{table.name} {row['provider']} {row['case_ref']}"] = values
        return found


def sent(data: st.DataObject, kind: str) -> Return:
    """A return for the first period that the checks accept; its references begin in odd ways."""
    service, provider, columns = RIGHT[kind]
    found: dict[Sheet, list[Record]] = {}
    for name in columns:
        references = [str(row["case_ref"]) for row in found.get(Sheet.CASES, [])]
        found[Sheet(name)] = data.draw(rows(kind, Sheet(name), references), label=name)
    begun = data.draw(st.sampled_from(ODD))
    renamed = {
        NAMES[sheet]: [
            row | {key: f"{begun}{row[key]}" for key in ("case_ref", "complaint_ref") if key in row}
            for row in records
        ]
        for sheet, records in found.items()
    }
    for row in renamed.get("cases", []):
        row["area"] = data.draw(st.sampled_from(("E07000066", "E07000073", "E-OLD", "UNK")))
    return a_return(provider, PERIOD, service=service, **renamed)


@pytest.mark.parametrize("kind", RIGHT)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_prefilled_return_sent_untouched_changes_no_case_and_ends_none(
    kind: str, data: st.DataObject
) -> None:
    with a_database() as store:
        if kind == "supplement" or RIGHT[kind][1] == COUNCIL:
            for_cases = sent(data, next(k for k in RIGHT if RIGHT[k][0] == RIGHT[kind][0] and k != kind))
            save_return(store, for_cases, by=COMMISSIONER.signing("ann"))
        new = sent(data, kind)
        save_return(store, new, by=COMMISSIONER.signing("ann"))
        before = as_they_count(store)
        found = examine(
            "r.xlsx", prefilled(store, kind), the_settings(), known_returns(store, COMMISSIONER, LATER)
        )
        assert [p.sentence for p in found.must_fix] == []
        assert found.accepted is not None
        save_return(store, found.accepted, by=COMMISSIONER.signing("ann"), reason="as it is")
        assert as_they_count(store) == before
        with reading(store, COMMISSIONER) as connection:
            gone = connection.execute(
                select(cases.c.case_ref).where(cases.c.in_force, cases.c.vanished_on.is_not(None))
            )
            assert list(gone.scalars()) == []


@pytest.mark.parametrize("kind", ["mentoring", "send", "housing", "homelessness"])
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_typed_into_a_prefilled_return_arrives_and_nothing_else_changes(
    kind: str, data: st.DataObject
) -> None:
    with a_database() as store:
        new = sent(data, kind)
        save_return(store, new, by=COMMISSIONER.signing("ann"))
        book = load_workbook(io.BytesIO(prefilled(store, kind)))
        page = book["Cases"]
        headers = [cell.value for cell in page[1]]
        filled = [row for row in range(2, page.max_row + 1) if page.cell(row, 1).value]
        assume(filled)
        row = data.draw(st.sampled_from(filled))
        typed = {"Repeat case": "Y", "Accepted": "Don't know"}
        for label, value in typed.items():
            page.cell(row, headers.index(label) + 1).value = value
        out = io.BytesIO()
        book.save(out)
        before = as_they_count(store)
        found = examine("r.xlsx", out.getvalue(), the_settings(), known_returns(store, COMMISSIONER, LATER))
        assert found.accepted is not None, [p.sentence for p in found.must_fix]
        save_return(store, found.accepted, by=COMMISSIONER.signing("ann"), reason="as it is")
        after = as_they_count(store)
        reference = page.cell(row, 1).value.replace("_x005F_", "_")
        changed = {key for key in after if after[key] != before.get(key)}
        assert changed <= {f"cases {RIGHT[kind][1]} {reference}"}
        now = after[f"cases {RIGHT[kind][1]} {reference}"]
        assert (now["repeat_case"], now["accepted"]) == ("Y", "DK")
