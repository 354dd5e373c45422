"""From a red cell to its cases to one case's deadlines and back, and each address opened afresh is the same step again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import FINISHED, open_page

STEPS = {
    "kpis": "Mediation held within 30 days by provider and quarter",
    "kpi_status": "The cases behind it",
    "case": "Every day recorded",
}
"""The heading that tells each step."""


def arrived(tab: Page, page: str) -> None:
    """Wait until a step is drawn; its address is its own."""
    tab.wait_for_url(re.compile(rf"/{page}\?"))
    tab.get_by_role("heading", name=STEPS[page]).wait_for()
    tab.wait_for_selector(FINISHED)


def test_each_step_from_a_red_cell_to_a_case_and_back_has_its_address(
    tab: Page, examples_dashboard: str
) -> None:
    open_page(tab, f"{examples_dashboard}/kpis?service=send&kpi=SM1b")
    red = tab.get_by_role("link", name=re.compile("Red.*9.of.67.late")).last
    # By keyboard: a cell is a link.
    red.focus()
    tab.keyboard.press("Enter")
    arrived(tab, "kpi_status")
    second = tab.url
    assert (
        "status=SM1b%3Anorfolk-mdr%3A%3A2025-01..2025-03" in second or "SM1b:norfolk-mdr::2025-01" in second
    )
    expect(tab.get_by_role("heading", level=1)).to_have_text(
        "Mediation held within 30 days: red, 9 of 67 late"
    )
    tab.get_by_role("link", name="MDR-1921").click()
    arrived(tab, "case")
    third = tab.url
    case = tab.get_by_role("table").first
    expect(case).to_contain_text("15 Jan 2025")
    expect(case).to_contain_text("the contract counts from this start")
    tab.get_by_role("link", name="Back to the status and its cases").click()
    arrived(tab, "kpi_status")
    expect(tab.get_by_role("link", name="MDR-1921")).to_be_visible()
    tab.get_by_role("link", name="Back to the KPIs").click()
    arrived(tab, "kpis")
    first = tab.url
    for address, page in ((third, "case"), (second, "kpi_status"), (first, "kpis")):
        open_page(tab, address)
        arrived(tab, page)
