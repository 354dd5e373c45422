"""A printed page holds its titles, charts, tables and what they rest on, and nothing to press."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FINISHED, open_page

WIDGETS = ("stSidebar", "stHeader", "stDownloadButton", "stSelectbox", "stRadio", "stExpander", "stPopover")


@pytest.mark.parametrize("url_path", ["", "demand", "reasons", "outcomes", "kpis"])
def test_a_printed_page_has_its_charts_and_tables_and_no_widgets(
    tab: Page, examples_dashboard: str, url_path: str
) -> None:
    open_page(tab, f"{examples_dashboard}/{url_path}?service=mentoring")
    panels = tab.locator('[class*="st-key-panel_"]')
    panels.last.wait_for(state="attached")
    tab.wait_for_selector(FINISHED)
    expect(tab.locator(".on-paper:visible")).to_have_count(0)  # on the screen the table is folded
    boxes = tab.locator('[class*="st-key-on_screen_"]:visible')
    assert (boxes.count() > 0) is (url_path == "kpis")
    tab.emulate_media(media="print")
    expect(boxes).to_have_count(0)  # boxes of links would be empty on paper
    for panel in panels.all():
        expect(panel.locator("table:visible").first).to_be_visible()
    for widget in WIDGETS:
        assert [one for one in tab.get_by_test_id(widget).all() if one.is_visible()] == []
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.get_by_text("data to 31 Oct 2018", exact=False).first).to_be_visible()
