"""A presented panel fits a projector's screen whole, with what it rests on; the keys go on, back and out; it speaks plainly."""

from collections.abc import Iterator

import pytest
from google.protobuf.message import Message
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from components.navigation import ADMINISTRATION, PAGES
from tests.browser.conftest import FINISHED, open_page
from tests.browser.test_every_page import forbidden_in
from tests.browser.test_public_page import arrows_of, strings_of, table_of
from tests.equipment.visitor import visiting

PRESENTED = [
    entry.url_path
    for entry in PAGES
    if not entry.hidden and (entry.section not in ("Data", ADMINISTRATION) or entry.url_path == "exceptions")
]
"""The pages with charts; others are not presented."""

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


def cells_of(message: Message) -> Iterator[str]:
    """The words of the tables in a message."""
    for data in arrows_of(message):
        table = table_of(data).reset_index().astype(str)
        yield from (*table.columns, *table.to_numpy().ravel())


@pytest.mark.parametrize("url_path", PRESENTED)
def test_a_presented_page_speaks_plainly(examples_dashboard: str, url_path: str) -> None:
    # Read as it is sent; that a browser draws it is held above.
    with visiting(None, examples_dashboard) as visit:
        sent = [ForwardMsg.FromString(frame) for frame in visit.open(url_path, "present=true").frames]
        assert visit.title
    words = "\n".join(text for message in sent for text in [*strings_of(message), *cells_of(message)])
    assert len(words) > 200
    assert forbidden_in(words) == []
