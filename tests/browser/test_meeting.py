"""A provider meeting from beginning to end: prepared, presented by keyboard and read aloud, agreed, frozen, taken away and reopened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from data_access.returns import save_return
from data_access.schema import upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER
from domain.returns import Record
from domain.tally import Source
from tests.browser.conftest import FINISHED, open_page
from tests.browser.test_presenting import INSIDE
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return, some_settings
from tests.equipment.dashboard import running_dashboard

ADDRESS = f"meeting?service=mentoring&provider={NORTH}&from=2018-04&to=2018-06&for=provider:{NORTH}"
PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine."""
BEGINS = {"pptx": b"PK", "pdf": b"%PDF", "xlsx": b"PK"}


def some_cases(many: int, month: int = 5) -> list[Record]:
    return [
        a_case(f"N{month}-{n}", referral_date=date(2018, month, 2), outcome_date=date(2018, month, 20))
        for n in range(many)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A council's own figures: two providers, one of them with two quarters."""
    store = open_store(f"sqlite:///{tmp_path / 'dashboard.db'}", Source.SHARED)
    upgrade(store)
    change_settings(store, lambda _: some_settings(), by=COMMISSIONER)
    save_return(store, a_return(NORTH, Q1, some_cases(20)), by=COMMISSIONER)
    save_return(store, a_return(NORTH, Q2, some_cases(20, 8)), by=COMMISSIONER)
    save_return(store, a_return(SOUTH, Q1, [a_case(f"S-{n}") for n in range(12)]), by=COMMISSIONER)
    return store


@pytest.fixture
def dashboard(store: Store) -> Iterator[str]:
    with running_dashboard(DATABASE_URL=store.url) as address:
        yield address


def read_aloud(session: CDPSession) -> tuple[int, str]:
    """What a screen reader is told of in the accessibility tree: the place that it listens to, and the words there now."""
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    named = {node["nodeId"]: node for node in nodes}

    def words(node: dict[str, Any]) -> str:
        own = (
            node.get("name", {}).get("value", "") if node.get("role", {}).get("value") == "StaticText" else ""
        )
        return own + "".join(words(named[one]) for one in node.get("childIds", ()) if one in named)

    heard = [
        (int(node["backendDOMNodeId"]), words(node))
        for node in nodes
        if any(p["name"] == "live" and p["value"]["value"] == "polite" for p in node.get("properties", ()))
    ]
    (found,) = [one for one in heard if " of " in one[1][:12]]
    return found


def drawn(page: Page) -> None:
    page.wait_for_selector(FINISHED)


def present_by_keyboard(page: Page) -> list[str]:
    """Go from the first screen to the last with the arrow key; what was said aloud at each."""
    session = page.context.new_cdp_session(page)
    steps = page.locator(".st-key-present_steps p").filter(has_text=" of ").first
    count = int(steps.inner_text().split(" of ")[1])
    said, places = [], set()
    for place in range(1, count + 1):
        expect(steps).to_have_text(f"{place} of {count}", timeout=PATIENCE)
        expect(page.locator(".st-key-said_aloud")).to_contain_text(f"{place} of {count}.", timeout=PATIENCE)
        drawn(page)
        page.wait_for_selector('[class*="st-key-panel_"] :is(.main-svg, table, [data-testid="stMarkdown"])')
        expect(page.locator("h2")).to_have_count(1, timeout=PATIENCE)
        where, words = read_aloud(session)
        heading = page.locator("h2").inner_text()
        assert heading in words, "each screen announces its message"
        places.add(where)
        said.append(words)
        if place < count:
            page.wait_for_function(INSIDE)
            page.keyboard.press("ArrowRight")
    # A place that comes with its words is mostly not read: it must be the same one while its words change.
    assert len(places) == 1
    return said


def headings(page: Page) -> list[str]:
    """The messages of a whole page, once it is drawn to its end."""
    page.get_by_role("heading", name="Take the pack away").wait_for()
    drawn(page)
    return page.get_by_role("heading", level=2).all_inner_texts()


def agree(page: Page, form: Page | Locator, what: str, who: str) -> None:
    """Fill in the form for an action by keyboard, from field to field."""
    form.get_by_role("textbox", name="What is to be done").focus()
    page.keyboard.type(what)
    form.get_by_role("textbox", name="Who does it, by role").focus()
    page.keyboard.type(who)
    form.get_by_role("button", name="Agree this action").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The action is agreed.").wait_for()


def test_a_meeting_is_prepared_presented_agreed_frozen_taken_away_and_reopened(
    page: Page, store: Store, dashboard: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(page, f"{dashboard}/{ADDRESS}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Homelessness-prevention mentoring, North Mentors: Apr-Jun 2018 (Q1 2018/19)"
    )
    page.get_by_role("button", name="Keep this meeting").click()
    page.get_by_text("The meeting is kept.").wait_for()
    kept = page.url
    assert "meeting=1" in kept

    open_page(page, f"{kept}&present=true")
    said = present_by_keyboard(page)
    assert said[-1].split(". ")[1] == "New actions"
    agree(page, page, "Ring every household within 3 days", "Service manager, provider")
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-present_steps")).to_have_count(0, timeout=PATIENCE)
    page.locator(".st-key-on_screen_agree button").first.click()
    agree(page, page.get_by_role("dialog"), "Send the list of landlords", "Officer, council")

    page.get_by_role("button", name="Freeze what was shown").click()
    page.get_by_role("button", name="Yes, freeze it").click()
    page.get_by_text("As shown on").wait_for()
    for ending, begins in BEGINS.items():
        with page.expect_download() as given:
            page.locator(f".st-key-meeting_{ending} button").click()
        assert given.value.suggested_filename.endswith(f".{ending}")
        assert Path(given.value.path()).read_bytes().startswith(begins)
    shown = headings(page)

    save_return(store, a_return(NORTH, Q1, some_cases(27)), by=COMMISSIONER)
    open_page(page, kept)
    assert headings(page) == shown, "what was shown stands as it was shown"
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("20 shown, now 27", timeout=PATIENCE)

    page.get_by_role("link", name="Prepare the next meeting").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jul-Sep 2018", timeout=PATIENCE)
    drawn(page)
    for action in ("Ring every household within 3 days", "Send the list of landlords"):
        expect(page.get_by_role("table").first).to_contain_text(action, timeout=PATIENCE)
