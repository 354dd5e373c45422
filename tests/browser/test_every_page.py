"""Every page by its own address, in a real browser, on a server that has just been started: it opens, everybody can use it, light and
dark, and it speaks plainly.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from components.navigation import PAGES
from tests.browser.conftest import ADDRESSES
from tests.browser.visits import Visits
from tests.equipment.dashboard import running_dashboard

PAGES_ALONE = [entry.url_path for entry in PAGES]
# The last one first: the first visitor of a new server must not need the front page.
LAST_FIRST = list(reversed(ADDRESSES))
FORBIDDEN = (
    "tally",
    "tallies",
    "ledger",
    "seq",
    "data version",
    "in force",
    "upload in hand",
    "suppression",
    "nowcast",
    "XmR",
    "re-base",
    "trial limits",
    "amber edge",
    "promise",
    "ripe",
    "cohort",
)
CODES = re.compile(r"\b(P3|A2)_\w+")


@pytest.fixture(scope="module")
def visits(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    """One browser for all pages: each after the first one finds the scripts that it needs, as a person's does."""
    database: Path = tmp_path_factory.mktemp("dashboard") / "dashboard.db"
    with running_dashboard(DATABASE_URL=f"sqlite:///{database}") as address:
        context = browser.new_context(color_scheme="light")
        yield Visits(context, address)
        context.close()


@pytest.mark.parametrize("url_path", LAST_FIRST)
def test_a_page_opens_by_its_address(visits: Visits, url_path: str) -> None:
    visit = visits.to(url_path)
    assert visit.heading
    for failure in ("Page not found", "Something went wrong", "opens only inside the dashboard"):
        assert failure not in visit.body
    here = (visits.dashboard, visits.dashboard.replace("http:", "ws:"), "data:", "blob:")
    assert visit.requests
    assert [url for url in visit.requests if not url.startswith(here)] == [], "a request left the machine"
    assert visit.errors == []


@pytest.mark.parametrize("url_path", LAST_FIRST)
def test_a_page_can_be_used_by_everybody(visits: Visits, url_path: str) -> None:
    assert visits.to(url_path).violations == {}


@pytest.mark.parametrize("url_path", PAGES_ALONE)
def test_a_page_can_be_used_by_everybody_in_the_dark(visits: Visits, url_path: str) -> None:
    assert visits.to(url_path).in_the_dark == {}


def forbidden_in(text: str) -> list[str]:
    """The forbidden words that a text holds, as whole words in any case."""
    found = [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
    return found + [match.group() for match in CODES.finditer(text)]


def test_a_forbidden_word_would_be_found() -> None:
    assert forbidden_in("The Ledger and P3_05, but not a stripe") == ["ledger", "P3_05"]


@pytest.mark.parametrize("url_path", LAST_FIRST)
def test_a_page_speaks_plainly(visits: Visits, url_path: str) -> None:
    words = visits.to(url_path).words
    assert len(words) > 200
    assert forbidden_in(words) == []
