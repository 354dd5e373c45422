"""axe on every page, light and dark: no violation but those that Streamlit itself brings, each named here."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from components.navigation import PAGES
from tests.browser.conftest import open_page

# Streamlit's own, found in elements that the project does not draw; nothing of ours may be added here.
UPSTREAM = {
    "presentation-role-conflict": '[data-testid="stFileUploaderDropzone',
    "target-size": '[data-testid="stDateInput',
    "empty-table-header": '[data-testid="stDataFrame',
}


def _ours(violation: dict[str, object]) -> list[str]:
    """Where a violation stands, leaving out elements that are known to be Streamlit's."""
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    known = UPSTREAM.get(str(violation["id"]))
    return [node["html"][:200] for node in nodes if known is None or known not in str(node["html"])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url_path", [entry.url_path for entry in PAGES])
def test_a_page_can_be_used_by_everybody(
    browser: Browser, examples_dashboard: str, url_path: str, scheme: str
) -> None:
    page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
    open_page(page, f"{examples_dashboard}/{url_path}")
    page.wait_for_timeout(500)
    response = Axe().run(page).response
    found = {v["id"]: places for v in response["violations"] if (places := _ours(v))}
    page.context.close()
    assert found == {}
