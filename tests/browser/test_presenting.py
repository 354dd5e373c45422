"""A presented panel fits a projector's screen whole, with what it rests on; the keys go on, back and out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FINISHED, open_page

# Chart, base line and audience end inside the window, and nothing is left to scroll to.
INSIDE = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const panel = document.querySelector('[class*="st-key-panel_"]');
  const ends = [...panel.querySelectorAll('p, td, .main-svg')].map(e => e.getBoundingClientRect().bottom);
  return main.scrollHeight <= main.clientHeight && Math.max(...ends) <= innerHeight;
}"""


# The service with the longest history and names, and the one with most kinds of panel.
@pytest.mark.parametrize("service", ["send", "mentoring"])
@pytest.mark.parametrize("url_path", ["", "demand", "who_is_helped", "outcomes", "kpis"])
def test_every_presented_panel_fits_the_screen(
    tab: Page, examples_dashboard: str, url_path: str, service: str
) -> None:
    tab.set_viewport_size({"width": 1280, "height": 720})
    open_page(tab, f"{examples_dashboard}/{url_path}?present=true&service={service}")
    steps = tab.locator(".st-key-present_steps p").filter(has_text=" of ")
    count = int(steps.first.inner_text().split(" of ")[1])
    for place in range(1, count + 1):
        expect(steps.first).to_have_text(f"{place} of {count}")
        tab.wait_for_selector(FINISHED)  # until then the panel before may still be there
        # Who presents without saying to whom shows what the providers may see: a panel that they may not see says so.
        tab.wait_for_selector('[class*="st-key-panel_"] :is(.main-svg, table, [data-testid="stAlert"])')
        tab.wait_for_function(INSIDE)
        if place < count:
            tab.keyboard.press("ArrowRight")
    assert f"service={service}" in tab.url
    tab.keyboard.press("Escape")
    expect(tab.locator(".st-key-present_steps")).to_have_count(0)


@pytest.mark.parametrize("url_path", ["upload", "returns", "definitions"])
def test_a_page_without_charts_is_not_presented(tab: Page, examples_dashboard: str, url_path: str) -> None:
    open_page(tab, f"{examples_dashboard}/{url_path}?present=true")
    expect(tab.locator(".st-key-page_switch")).to_have_count(0)
    expect(tab.get_by_test_id("stHeader")).to_be_visible()


def test_a_presented_page_can_be_read_on_a_phone(tab: Page, examples_dashboard: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    open_page(tab, f"{examples_dashboard}/demand?present=true&service=send")
    # Waited for, because the page moves its parts as long as it is drawn.
    assert tab.wait_for_function(
        """() => {
            const said = document.querySelector('[data-testid="stAlert"]')?.getBoundingClientRect();
            const buttons = document.querySelector('.st-key-present_steps')?.getBoundingClientRect();
            return said && buttons && said.width > 300 && said.top >= buttons.bottom;
        }"""
    )
