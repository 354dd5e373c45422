"""The blank return of totals: every figure named, only numbers to type, read back by its labels."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from data_access.intake import examine
from data_access.spreadsheets.totals_template import expected_rows, write_totals_template
from domain.measures import Split, measure
from domain.services import SERVICES
from domain.totals import total_measures
from tests.upload_files.returns import KNOWN, PERIOD, SETTINGS

SENDERS = {c.service: c.provider for c in SETTINGS.contracts}


def written(service: str, number: int | None) -> bytes:
    out = io.BytesIO()
    write_totals_template(service, SETTINGS, out, provider=SENDERS[service], period=PERIOD)
    book = load_workbook(io.BytesIO(out.getvalue()))
    sheet = book["Totals"]
    headers = [cell.value for cell in sheet[1]]
    count, base = headers.index("Count") + 1, headers.index("Denominator") + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, headers.index("Measure") + 1).value and number is not None:
            sheet.cell(row, count, number)
            sheet.cell(row, base, number)
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize("service", [s.key for s in SERVICES])
def test_every_row_is_read_back_once_its_number_is_typed(service: str) -> None:
    found = examine("totals.xlsx", written(service, 0), SETTINGS, KNOWN)
    assert [p.sentence for p in (*found.must_fix, *found.to_confirm)] == []
    assert found.accepted is not None
    rows = list(expected_rows(service, SETTINGS, SENDERS[service]))
    assert len(found.accepted.totals) == len(rows)
    assert {row["measure"] for row in found.accepted.totals} == {m.key for m in total_measures(service)}
    splits = [m for m in total_measures(service) if isinstance(m, Split)]
    given = {(row["measure"], row.get("category")) for row in found.accepted.totals}
    assert all((m.key, answer) in given for m in splits for answer in m.answers if answer != "DK")


def test_an_untouched_one_is_not_taken_for_nought() -> None:
    found = examine("totals.xlsx", written("send", None), SETTINGS, KNOWN)
    assert found.accepted is None
    assert [p.rule for p in found.must_fix] == ["some_number"]


def test_no_length_is_asked_for() -> None:
    names = {measure(key, "mentoring").label for key in ("mean_days_of_support", "days_of_support")}
    assert not names & {row["measure"] for row in expected_rows("mentoring", SETTINGS)}
