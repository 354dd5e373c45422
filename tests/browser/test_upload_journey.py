"""A manager's way: empty database, settings from a workbook, a return as people really send it, saved, and its KPI read.

The provider has a name of its own; the workbook has a totals row, a formula and a column of names.
"""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data_access.settings_workbook import write_settings_template
from data_access.stores import open_store, reading
from data_access.tables import cases
from domain.periods import PeriodKind
from domain.settings import Area, Contract, Provider, Settings
from domain.tally import Source
from tests.browser.conftest import FINISHED, open_page
from tests.equipment.dashboard import ROOT, running_dashboard

PROVIDER = "Northgate Housing Support"
START = date(2017, 4, 1)
SETTINGS = Settings(
    council="Testshire",
    providers=(Provider("northgate", PROVIDER),),
    areas=(Area("E07000073", "Harlow", order=1),),
    contracts=(Contract("c1", "mentoring", "northgate", START, reporting=((START, PeriodKind.QUARTER),)),),
)
NAMES = ("Jane Imagined", "John Imagined")
CASES = 12
TRIES = 10


@dataclass(frozen=True)
class Council:
    """A dashboard on a database with settings and no return, and that database."""

    address: str
    database_url: str


def settings_workbook(folder: Path) -> Path:
    """The settings as a council would send them."""
    path = folder / "settings.xlsx"
    with path.open("wb") as out:
        write_settings_template(out, SETTINGS)
    return path


def return_workbook(folder: Path) -> Path:
    """A quarter with 12 completed cases, 10 of them prevented; a title, a formula, a name column and a totals row."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    for row in (
        ("Service", "mentoring"),
        ("Provider", PROVIDER),
        ("Period start", date(2018, 4, 1)),
        ("Period end", date(2018, 6, 30)),
    ):
        cover.append(row)
    sheet = book.create_sheet("Cases")
    sheet.append(
        (
            "Case reference",
            "Client name",
            "Area",
            "Referral date",
            "Assessment date",
            "Outcome",
            "Outcome date",
        )
    )
    for number in range(CASES):
        day = date(2018, 4, 3) + timedelta(days=number)
        outcome = "Prevented" if number < 10 else "Withdrawn"
        sheet.append(
            (f"N-{number:03d}", NAMES[number % 2], "Harlow", day, day, outcome, day + timedelta(days=20))
        )
    sheet.append(("Total", None, None, None, None, f"=COUNTA(A2:A{CASES + 1})", None))
    book.create_sheet("Activities").append(("Activity reference", "Case reference", "Activity type"))
    path = folder / "northgate Q1.xlsx"
    held = io.BytesIO()
    sheet["G2"] = "=D2+20"
    sheet["G2"].number_format = "dd/mm/yyyy"
    book.save(held)
    path.write_bytes(with_stored_value(held.getvalue(), "D2+20", date(2018, 4, 23)))
    return path


def with_stored_value(workbook: bytes, formula: str, value: date) -> bytes:
    """The workbook with the result of one formula beside it, as Excel leaves it and openpyxl does not."""
    out = io.BytesIO()
    serial = (value - date(1899, 12, 30)).days
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            stored = f"<f>{formula}</f><v>{serial}</v>".encode()
            new.writestr(part, re.sub(rf"<f>{re.escape(formula)}</f><v ?/?>(</v>)?".encode(), stored, text))
    return out.getvalue()


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    """Made with the two commands that the README names."""
    url = f"sqlite:///{tmp_path / 'council.db'}"
    environment = {**os.environ, "DATABASE_URL": url}
    for words in (["init"], ["settings", "load", str(settings_workbook(tmp_path))]):
        subprocess.run([sys.executable, "-m", "data_access", *words], cwd=ROOT, env=environment, check=True)
    with running_dashboard(DATABASE_URL=url) as address:
        yield Council(address, url)


def check_the_file(page: Page, council: Council, path: Path) -> None:
    open_page(page, f"{council.address}/upload")
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("heading", name="What this file changes").wait_for()
    page.wait_for_selector(FINISHED)


def rows_in(council: Council) -> int:
    with reading(open_store(council.database_url, Source.SHARED)) as connection:
        return len(connection.execute(cases.select()).all())


def give_a_reason(page: Page) -> None:
    """By keyboard; once more where a page that still scrolls or draws has shut the list again."""
    reason = page.get_by_role("combobox", name="Reason for")
    options = page.get_by_role("option")
    for _ in range(TRIES):
        page.wait_for_selector(FINISHED)
        reason.scroll_into_view_if_needed()
        reason.press("ArrowDown")
        try:
            options.first.wait_for(timeout=2_000)
            reason.press("Enter")
            options.first.wait_for(state="detached", timeout=2_000)
        except PlaywrightTimeout:
            continue
        break
    page.wait_for_selector(FINISHED)


def test_a_return_is_checked_previewed_and_saved_and_its_kpi_read(
    page: Page, council: Council, tmp_path: Path
) -> None:
    check_the_file(page, council, return_workbook(tmp_path))
    body = page.locator("body")
    expect(body).to_contain_text("Client name")
    expect(body).to_contain_text("formula")
    expect(body).to_contain_text(f"{CASES} rows on the sheet Cases")
    expect(body).to_contain_text("This file moves referrals in Apr-Jun 2018 (Q1 2018/19) from 0 to 12.")
    for name in NAMES:
        expect(body).not_to_contain_text(name)
    assert rows_in(council) == 0, "nothing is saved before somebody says so"

    give_a_reason(page)
    page.get_by_role("button", name="Save this return").click()
    page.get_by_role("heading", name="The return is saved").wait_for()
    assert rows_in(council) == CASES

    page.locator("a[href]", has_text="See its KPIs").first.click()
    page.get_by_role("heading", name="Prevention rate by provider").wait_for()
    page.wait_for_selector(FINISHED)
    expect(body).to_contain_text("83% (10 of 12)")
    expect(body).to_contain_text(PROVIDER)
    expect(body).not_to_contain_text("Example data")


def test_the_same_file_is_only_looked_at(page: Page, council: Council, tmp_path: Path) -> None:
    check_the_file(page, council, return_workbook(tmp_path))
    page.get_by_role("button", name="Look at it without saving").click()
    page.get_by_text("Your file, not saved").first.wait_for()
    page.wait_for_selector(FINISHED)
    expect(page.locator("body")).to_contain_text("83%")
    assert rows_in(council) == 0
