"""A file as a browser gets it from the running server, and what a person sees where it cannot be had."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from data_access.audit import read_audit
from data_access.stores import Store, open_store
from domain.access import LOCAL_USER
from domain.audit import Act
from domain.tally import Source
from tests.browser.conftest import FINISHED, open_page
from tests.equipment.dashboard import running_dashboard

BUTTON = "Download the settings"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'shared.db'}", Source.SHARED)
    yield store
    store.engine.dispose()


def exported(store: Store) -> list[str]:
    return [one.subject for one in read_audit(store, LOCAL_USER, act=Act.EXPORTED)]


def rename(store: Store, old: str, new: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_a_file_is_had_only_once_the_audit_has_it(page: Page, database: Store) -> None:
    with running_dashboard(DATABASE_URL=database.url) as address:
        open_page(page, f"{address}/settings?set=workbook")
        button = page.get_by_role("button", name=BUTTON)
        with page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == "settings.xlsx"
        assert download.value.path().read_bytes().startswith(b"PK")
        assert exported(database) == ["settings.xlsx"]

        rename(database, "audit", "elsewhere")
        button.click()
        expect(page.get_by_test_id("stDownloadButtonError")).to_contain_text("Failed to generate file")
        page.get_by_text("History", exact=True).first.click()
        page.get_by_role("heading", level=2, name="History").wait_for()
        page.get_by_text("Workbook", exact=True).first.click()
        said = page.get_by_text("'settings.xlsx' could not be made (reference")
        expect(said).to_be_visible()

        rename(database, "elsewhere", "audit")
        with page.expect_download():
            button.click()
        assert exported(database) == ["settings.xlsx", "settings.xlsx"]
        page.get_by_text("History", exact=True).first.click()
        page.get_by_role("heading", level=2, name="History").wait_for()
        page.get_by_text("Workbook", exact=True).first.click()
        button.wait_for()
        page.wait_for_selector(FINISHED)
        expect(said).to_have_count(0)
