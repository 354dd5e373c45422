"""One dashboard with the examples, for all files of tests that change nothing in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from components.navigation import PAGES
from domain.services import SERVICES
from tests.equipment.dashboard import PATIENCE_SECONDS, running_dashboard
from tests.equipment.once import ready_examples, shared_folder

ONE_MORE = {
    "": "housing",
    "demand": "mentoring",
    "reasons": "homelessness",
    "who_is_helped": "mentoring",
    "meeting": "mentoring",
}
"""The pages of figures that are alike for all services, with the one more service that each is opened with."""
ADDRESSES = [
    *(entry.url_path for entry in PAGES),
    *(
        f"{entry.url_path}?service={service.key}"
        for entry in PAGES
        if not entry.section
        for service in SERVICES[1:]
        if ONE_MORE.get(entry.url_path, service.key) == service.key
    ),
]
"""Every page, and the pages of figures for further services; the first service is what they open with. What a page says of each service
is held without a browser too, which takes less time."""
# What is waited for may come late on a busy machine; where it comes at once, nobody waits.
expect.set_options(timeout=PATIENCE_SECONDS * 1000)
FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture(scope="session", autouse=True)
def examples_built(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have the examples built by one process of the run, and not by each that opens them first."""
    ready_examples(shared_folder(tmp_path_factory))


@pytest.fixture(scope="session")
def examples_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard whose shared database is empty, so that it opens the examples."""
    database = tmp_path_factory.mktemp("dashboard") / "dashboard.db"
    with running_dashboard(DATABASE_URL=f"sqlite:///{database}") as address:
        yield address


@pytest.fixture(scope="session")
def kept_tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def tab(kept_tab: Page) -> Page:
    """One tab for tests that only look at pages, for half of the work: it has the scripts that a new `page` would load anew."""
    kept_tab.set_viewport_size({"width": 1280, "height": 720})
    kept_tab.emulate_media(media="null")
    return kept_tab


def open_page(page: Page, address: str) -> None:
    """Open an address and wait until the page has been drawn."""
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    page.goto(address)
    page.wait_for_selector(FINISHED)
    page.get_by_role("heading", level=1).first.wait_for()
