"""Every page is read for the words that belong to the code and not to a council officer."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ADDRESSES, FINISHED, open_page

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


def forbidden_in(text: str) -> list[str]:
    """The forbidden words that a text holds, as whole words in any case."""
    found = [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
    return found + [match.group() for match in CODES.finditer(text)]


def everything_on(page: Page) -> str:
    """All that a page says: its text, opened sections included, and what a screen reader is told."""
    page.evaluate("() => document.querySelectorAll('details:not([open]) > summary').forEach(s => s.click())")
    page.wait_for_timeout(500)
    page.wait_for_selector(FINISHED)
    told = page.evaluate(
        "() => [...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap("
        "e => ['aria-label','title','placeholder'].map(a => e.getAttribute(a))).filter(Boolean).join('\\n')"
    )
    return page.locator("body").inner_text() + "\n" + str(told)


def test_a_forbidden_word_would_be_found() -> None:
    assert forbidden_in("The Ledger and P3_05, but not a stripe") == ["ledger", "P3_05"]


@pytest.mark.parametrize("url_path", ADDRESSES)
def test_a_page_speaks_plainly(page: Page, examples_dashboard: str, url_path: str) -> None:
    open_page(page, f"{examples_dashboard}/{url_path}")
    text = everything_on(page)
    assert len(text) > 200
    assert forbidden_in(text) == []


@pytest.mark.parametrize("url_path", [path for path in ADDRESSES if "?" not in path])
def test_a_presented_page_speaks_plainly(page: Page, examples_dashboard: str, url_path: str) -> None:
    open_page(page, f"{examples_dashboard}/{url_path}?present=true")
    assert forbidden_in(everything_on(page)) == []
