"""A manager's way with a provider's own spreadsheet: matched, marked, repaired, saved with a receipt, known the next time, taken back.

Once by mouse and once by keyboard alone. Nobody else waits while a file is checked.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data_access.settings_workbook import write_settings_template
from data_access.stores import open_store, reading
from data_access.tables import cases, returns
from domain.access import COMMISSIONER
from domain.tally import Source
from tests.browser.conftest import FINISHED, open_page
from tests.browser.visits import violations_on
from tests.equipment.dashboard import ROOT, running_dashboard
from tests.equipment.own_spreadsheet import (
    ANSWERS,
    CASES,
    FIRST_QUARTER,
    MATCHED,
    NAMES,
    PROVIDER,
    SECOND_QUARTER,
    SETTINGS,
    own_spreadsheet,
)

TRIES = 10
MOST_TABS = 120
ROWS = 48_000
"""So many that their check takes longer than a page."""


@dataclass(frozen=True)
class Council:
    """A dashboard on a database with settings and no return, and that database."""

    address: str
    database_url: str

    def rows(self) -> tuple[int, int]:
        """How many returns and cases are kept."""
        with reading(open_store(self.database_url, Source.SHARED), COMMISSIONER) as connection:
            return tuple(len(connection.execute(table.select()).all()) for table in (returns, cases))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with settings, made once with the two commands that the README names."""
    folder = tmp_path_factory.mktemp("set-up")
    database, settings = folder / "council.db", folder / "settings.xlsx"
    with settings.open("wb") as out:
        write_settings_template(out, SETTINGS)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "TMPDIR": str(folder)}
    for words in (["init"], ["settings", "load", str(settings)]):
        subprocess.run([sys.executable, "-m", "data_access", *words], cwd=ROOT, env=environment, check=True)
    # Closing the last connection writes everything into the one file that is copied.
    assert not database.with_name(f"{database.name}-wal").exists()
    return database


@pytest.fixture
def council(tmp_path: Path, set_up: Path) -> Iterator[Council]:
    """A dashboard of its own for each test, on a copy."""
    url = f"sqlite:///{shutil.copy(set_up, tmp_path)}"
    with running_dashboard(DATABASE_URL=url, TMPDIR=str(tmp_path)) as address:
        yield Council(address, url)


def held_files(folder: Path) -> list[Path]:
    """What the dashboard holds of files that are not saved."""
    return [path for path in folder.rglob("*.part") if "not-saved" in str(path)]


def drawn(page: Page) -> None:
    page.wait_for_timeout(250)
    page.wait_for_selector(FINISHED)


class Mouse:
    """A person with a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).click()

    def reach(self, place: Locator) -> None:
        """Go to a field."""
        place.scroll_into_view_if_needed()
        place.focus()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list; once more where a page that still draws has shut it again."""
        box = self.page.get_by_role("combobox", name=label).first
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(TRIES):
            drawn(self.page)
            self.reach(box)
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.type(option)
            try:
                wanted.wait_for(timeout=2_000)
                self.page.keyboard.press("Enter")
                wanted.wait_for(state="detached", timeout=2_000)
            except PlaywrightTimeout:
                self.page.keyboard.press("Escape")
                continue
            break
        drawn(self.page)
        expect(box).to_have_value(option)

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.reach(self.page.get_by_role("textbox", name=label))
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")
        drawn(self.page)

    def upload(self, path: Path) -> None:
        """Choose a file and have it checked."""
        self.reach(self.page.get_by_role("button", name="Upload", exact=True))
        self.page.locator('input[type="file"]').set_input_files(path)
        expect(self.page.get_by_role("button", name="Check this file")).to_be_enabled()
        drawn(self.page)
        self.press("Check this file")


class Keyboard(Mouse):
    """A person with a keyboard alone: every place is reached by the tab key."""

    def reach(self, place: Locator) -> None:
        """Go to a field."""
        place.wait_for()
        for _ in range(MOST_TABS):
            if place.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{place} is not reached by the tab key")

    def press(self, name: str) -> None:
        """Press a button."""
        self.reach(self.page.get_by_role("button", name=name))
        self.page.keyboard.press("Enter")


def heading(page: Page, name: str) -> None:
    page.get_by_role("heading", level=1, name=name).wait_for()
    page.wait_for_selector(FINISHED)


def accessible(page: Page) -> None:
    """Hold that axe finds nothing on this step."""
    drawn(page)
    assert violations_on(page) == {}


def match(person: Mouse) -> None:
    """Say what the columns and answers mean; the period that was begun is offered and only confirmed."""
    for letter, label in MATCHED.items():
        person.choose(f"Column {letter}", label)
    person.choose("'Speech/lang delay'", ANSWERS["Speech/lang delay"])
    person.press("Confirm and check")


def save(person: Mouse, page: Page) -> None:
    person.choose("Reason 1", "Not recorded by our system")
    person.fill("Your job title", "Contract manager")
    person.press("Save this return")
    heading(page, "The return is saved")


def test_an_own_spreadsheet_is_matched_marked_repaired_saved_known_and_taken_back(
    page: Page, council: Council, tmp_path: Path
) -> None:
    person, body = Mouse(page), page.locator("body")
    open_page(page, f"{council.address}/upload?service=send")
    person.upload(own_spreadsheet(tmp_path / "wrong.xlsx", wrong=2))
    heading(page, "Which column of wrong.xlsx is which?")
    accessible(page)
    match(person)

    heading(page, "There is a problem with wrong.xlsx")
    expect(body).to_contain_text("2 rows: 14 and 15")
    accessible(page)
    person.press("Mark the problems in your workbook")
    with page.expect_download() as download:
        person.press("Download your marked workbook")
    marked = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert {cell.coordinate for cell in marked["Mediation log"]["J"] if cell.comment} == {"J14", "J15"}

    person.press("Upload the repaired file")
    heading(page, "Upload a return")
    accessible(page)
    person.upload(own_spreadsheet(tmp_path / "right.xlsx"))
    heading(page, "right.xlsx can be saved, with a reason")
    accessible(page)
    expect(body).to_contain_text(f"moves referrals in Apr-Jun 2026 (Q1 2026/27) from 0 to {CASES}.")
    expect(body).to_contain_text(f"{CASES} cases are new.")
    for name in NAMES:
        expect(body).not_to_contain_text(name)
    assert council.rows() == (0, 0), "nothing is saved before somebody says so"
    assert held_files(tmp_path)
    save(person, page)
    expect(body).to_contain_text("Fingerprint of the file")
    accessible(page)
    assert council.rows() == (1, CASES)
    assert not held_files(tmp_path), "the file goes as soon as it is saved"

    person.press("Upload another return")
    person.upload(own_spreadsheet(tmp_path / "next.xlsx", SECOND_QUARTER))
    page.get_by_role("button", name="Confirm and check").wait_for()
    expect(page.get_by_role("combobox", name="Period")).to_have_value("Jul-Sep 2026 (Q2 2026/27)")
    expect(body).not_to_contain_text("to confirm")
    person.press("Confirm and check")
    heading(page, "next.xlsx can be saved, with a reason")
    save(person, page)

    page.get_by_role("link", name="See all returns, or withdraw this one").click()
    page.get_by_role("heading", level=2, name="Withdraw a return").wait_for()
    person.choose("Return", f"{PROVIDER}, Jul-Sep 2026 (Q2 2026/27), version 1")
    person.press("Withdraw this return")
    person.fill("Why is it withdrawn?", "Sent too early")
    person.press("Yes, withdraw it")
    page.get_by_text("is withdrawn.").first.wait_for()
    accessible(page)


def test_the_same_is_done_by_keyboard_alone(page: Page, council: Council, tmp_path: Path) -> None:
    person = Keyboard(page)
    open_page(page, f"{council.address}/upload?service=send")
    person.upload(own_spreadsheet(tmp_path / "own.xlsx"))
    heading(page, "Which column of own.xlsx is which?")
    match(person)
    heading(page, "own.xlsx can be saved, with a reason")
    person.press("Mark the problems in your workbook")
    with page.expect_download():
        person.press("Download your marked workbook")
    save(person, page)
    assert council.rows() == (1, CASES)
    person.reach(page.get_by_role("link", name="See all returns, or withdraw this one"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name="Withdraw a return").wait_for()
    person.choose("Return", f"{PROVIDER}, Apr-Jun 2026 (Q1 2026/27), version 1")
    person.press("Withdraw this return")
    person.fill("Why is it withdrawn?", "Sent too early")
    person.press("Yes, withdraw it")
    page.get_by_text("is withdrawn.").first.wait_for()


def test_others_are_served_while_a_file_is_checked_and_a_cancel_leaves_nothing(
    browser: Browser, page: Page, council: Council, tmp_path: Path
) -> None:
    many = tmp_path / "Cases.csv"
    day = FIRST_QUARTER + timedelta(days=3)
    rows = (f"NG-{number:05d},Harlow,{day},{day},{day}" for number in range(ROWS))
    many.write_text("\n".join(("Case reference,Area,Referral date,Family request date,Meeting date", *rows)))
    open_page(page, f"{council.address}/upload?service=send")
    Mouse(page).upload(many)
    heading(page, "Whose return is Cases.csv?")
    Mouse(page).press("Confirm and check")
    page.get_by_role("button", name="Cancel").wait_for()

    other = browser.new_page()
    open_page(other, f"{council.address}/definitions")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    other.close()

    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("You cancelled the check of Cases.csv").wait_for()
    assert not held_files(tmp_path)
    assert council.rows() == (0, 0)
