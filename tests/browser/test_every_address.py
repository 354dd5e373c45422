"""Every page by its own address, in a real browser, on a server that has just been started."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ADDRESSES
from tests.equipment.dashboard import running_dashboard

FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database: Path = tmp_path_factory.mktemp("dashboard") / "dashboard.db"
    with running_dashboard(DATABASE_URL=f"sqlite:///{database}") as address:
        yield address


# The last one first: the first visitor of a new server must not need the front page.
@pytest.mark.parametrize("url_path", list(reversed(ADDRESSES)))
def test_a_page_opens_by_its_address(page: Page, dashboard: str, url_path: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{dashboard}/{url_path}")
    page.wait_for_selector(FINISHED)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    expect(page.get_by_text("opens only inside the dashboard")).to_have_count(0)
    here = (dashboard, dashboard.replace("http:", "ws:"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(here)] == [], "a request left the machine"
    assert said == []
