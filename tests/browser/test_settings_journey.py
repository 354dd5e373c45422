"""A commissioner's way: from an empty database, through the Settings page alone, to a manager's first return and its KPI."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data_access.settings import read_settings
from data_access.stores import open_store
from domain.access import COMMISSIONER
from domain.periods import PeriodKind
from domain.settings import Settings
from domain.tally import Source
from tests.browser.conftest import FINISHED, open_page
from tests.equipment.dashboard import running_dashboard

PROVIDER = "Anytown Mediation"
LOCALITIES = ("Harbour", "North End", "Old Town")
CASES, IN_TIME = 10, 9
TRIES = 10


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A dashboard on a database that does not exist yet."""
    with running_dashboard(DATABASE_URL=url_in(tmp_path)) as found:
        yield found


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'council.db'}"


def settings_in(folder: Path) -> Settings:
    return read_settings(open_store(url_in(folder), Source.SHARED), COMMISSIONER)


def drawn(page: Page) -> None:
    """Wait until the page has taken what was done and has drawn all of it."""
    page.wait_for_timeout(300)
    page.wait_for_selector(FINISHED)


def open_part(page: Page, name: str) -> None:
    page.get_by_role("radiogroup", name="Part of the settings").get_by_text(name, exact=True).click()
    page.get_by_role("heading", level=2, name=name).wait_for()
    drawn(page)


def fill_in(page: Page, label: str, value: str) -> None:
    field = page.get_by_role("textbox", name=label)
    field.fill(value)
    field.press("Tab")


def choose(page: Page, label: str, value: str) -> None:
    """By keyboard; once more where a page that still scrolls or draws has shut the list again."""
    box = page.get_by_role("combobox", name=label)
    option = page.get_by_role("option", name=value, exact=True)
    for _ in range(TRIES):
        drawn(page)
        box.scroll_into_view_if_needed()
        box.press("ArrowDown")
        try:
            option.click(timeout=2_000)
        except PlaywrightTimeout:
            continue
        break
    drawn(page)
    expect(box).to_have_value(value)


def enter_day(page: Page, label: str, day: date) -> None:
    """Type a day as a person would, the day first."""
    field: Locator = page.get_by_role("group", name=label)
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{day:%d%m%Y}")


def save(page: Page, changes: str, why: str) -> None:
    """Look at what would change, then save it with who and why."""
    page.get_by_role("button", name="Check this change").click()
    page.get_by_role("heading", level=2, name="what this changes").wait_for()
    drawn(page)
    expect(page.locator("body")).to_contain_text(changes)
    fill_in(page, "Your job title", "Commissioning manager")
    fill_in(page, "Why", why)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved:").wait_for()
    drawn(page)


def set_everything(page: Page, address: str) -> None:
    open_page(page, f"{address}/settings")
    page.get_by_role("heading", name="Start here").wait_for()
    fill_in(page, "Name of the council", "Anytown Council")
    save(page, "Council: none → Anytown Council", "new dashboard")
    page.get_by_role("button", name="Add the providers").click()
    drawn(page)
    fill_in(page, "Name of the provider", PROVIDER)
    save(page, f"Provider {PROVIDER}: added", "tender of 2025")
    open_part(page, "Areas")
    choose(page, "Kind", "locality")
    page.get_by_role("textbox", name="Names of the areas").fill("\n".join(LOCALITIES))
    save(page, "Area Harbour (locality): added", "the council's localities")
    open_part(page, "Contracts")
    choose(page, "Service", "Housing mediation")
    enter_day(page, "First day", date(2025, 4, 1))
    choose(page, "Returns come", "each month")
    save(page, f"Contract of {PROVIDER} (Housing mediation) from 1 Apr 2025: added", "tender of 2025")
    open_part(page, "Targets")
    choose(page, "KPI", "Initial contact in 2 weeks")
    page.get_by_role("spinbutton", name="Target (%)").fill("90")
    page.get_by_role("spinbutton", name="Tolerance (%)").fill("80")
    enter_day(page, "First day", date(2025, 4, 1))
    save(page, "Initial contact in 2 weeks (all providers) from 1 Apr 2025: at least 90%", "schedule 2")


def housing_return(folder: Path) -> Path:
    """A month of ten referrals in the provider's own words; nine were contacted within two weeks."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    for row in (
        ("Service", "Housing mediation"),
        ("Provider", PROVIDER),
        ("Period start", date(2025, 5, 1)),
        ("Period end", date(2025, 5, 31)),
    ):
        cover.append(row)
    sheet = book.create_sheet("Cases")
    sheet.append(
        ("CASE ID", "Locality", "Service type", "Date referred", "Initial contact date", "Case outcome")
    )
    for number in range(CASES):
        referred = date(2025, 5, 1) + timedelta(days=number)
        contacted = referred + timedelta(days=5 if number < IN_TIME else 18)
        place = LOCALITIES[number % 3]
        sheet.append((f"AM-{number:03d}", place, "Service B", referred, contacted, "Ongoing"))
    path = folder / "Anytown May.xlsx"
    book.save(path)
    return path


def give_reason(page: Page) -> None:
    reason = page.get_by_role("combobox", name="Reason for")
    if reason.count():
        reason.scroll_into_view_if_needed()
        reason.press("ArrowDown")
        page.get_by_role("option").first.click()
        drawn(page)


def test_from_nothing_to_the_first_kpi_without_a_file_edited_by_hand(
    page: Page, address: str, tmp_path: Path
) -> None:
    set_everything(page, address)
    settings = settings_in(tmp_path)
    assert settings.council == "Anytown Council"
    assert [(a.label, a.kind) for a in settings.areas] == [(name, "locality") for name in LOCALITIES]
    (contract,) = settings.contracts
    assert (contract.service, contract.reporting) == ("housing", ((date(2025, 4, 1), PeriodKind.MONTH),))

    page.locator("a[href]", has_text="Upload the first return").first.click()
    page.get_by_role("heading", name="Upload a return").wait_for()
    drawn(page)
    page.locator('input[type="file"]').set_input_files(housing_return(tmp_path))
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("heading", name="What this file changes").wait_for()
    drawn(page)
    give_reason(page)
    page.get_by_role("button", name="Save this return").click()
    page.get_by_role("heading", name="The return is saved").wait_for()

    page.locator("a[href]", has_text="See its KPIs").first.click()
    page.get_by_role("heading", level=1).first.wait_for()
    drawn(page)
    body = page.locator("body")
    expect(body).to_contain_text("Initial contact in 2 weeks")
    expect(body).to_contain_text("90% (9 of 10)")
    expect(body).to_contain_text(PROVIDER)


def test_the_whole_page_is_used_with_the_keyboard(page: Page, address: str) -> None:
    open_page(page, f"{address}/settings")
    name = page.get_by_role("textbox", name="Name of the council")
    name.focus()
    page.keyboard.type("Anytown Council")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name="what this changes").wait_for()
    drawn(page)
    page.get_by_role("textbox", name="Your job title").focus()
    page.keyboard.type("Commissioner")
    page.keyboard.press("Enter")
    page.get_by_text("Saved:").wait_for()
    drawn(page)
    page.get_by_role("radio", name="Council").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", level=2, name="Providers").wait_for()
