"""People sign in with a real provider in a real browser, see what their role allows, and leave without a trace."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from components.signed_in import LOOKS_EVERY
from data_access.audit import read_audit
from data_access.people import grant_role
from data_access.schema import upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from domain.tally import Source
from sample_data.settings import example_settings
from tests.browser.conftest import FINISHED
from tests.browser.visits import violations_on
from tests.equipment.dashboard import running_dashboard
from tests.equipment.openid import Provider, running_provider

NEWCOMER = "newcomer"
PEOPLE = {name: f"{name}@council.example" for name in (*(role.value for role in Role), NEWCOMER)}
"""Somebody of each role and one without any: the name on their button at the provider, and their address there."""
SERVICE = "?service=housing"
OPEN_AND_CLOSED = {
    Role.VIEWER: (f"demand{SERVICE}", "upload"),
    Role.PRESENTER: (f"kpis{SERVICE}", "settings"),
    Role.PROVIDER: (f"outcomes{SERVICE}", "people"),
    Role.COMMISSIONER: ("settings", "people"),
    Role.ADMINISTRATOR: ("people", "demand"),
}
"""A page that opens to each role, and one that does not."""
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
SHORT_SECONDS = 18
"""Enough for a page to be drawn, and no longer than a test may wait."""


@dataclass(frozen=True)
class Council:
    """A dashboard where people sign in: its address, its database, and the provider."""

    address: str
    store: Store
    provider: Provider

    def acts(self, name: str) -> list[Act]:
        """What the audit has of somebody, the oldest first."""
        return [entry.act for entry in reversed(read_audit(self.store, LOCAL_USER, person=PEOPLE[name]))]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider that knows everybody."""
    with running_provider({name: {"email": address} for name, address in PEOPLE.items()}) as running:
        yield running


@contextmanager
def a_council(folder: Path, provider: Provider, **further: str) -> Iterator[Council]:
    """A dashboard whose people have their roles."""
    store = open_store(f"sqlite:///{folder / 'dashboard.db'}", Source.SHARED)
    upgrade(store)
    change_settings(store, lambda _: example_settings(), by=COMMISSIONER)
    for role in Role:
        reach = Reach(provider="housing-a") if role is Role.PROVIDER else Reach()
        grant_role(store, PEOPLE[role.value], Grant(role, reach), by=LOCAL_USER)
    with running_dashboard(DATABASE_URL=store.url, **provider.settings(**further)) as address:
        yield Council(address, store, provider)
    store.engine.dispose()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Council]:
    """One dashboard for all tests of this file that can share it."""
    with a_council(tmp_path_factory.mktemp("council"), provider) as running:
        yield running


def drawn(page: Page) -> None:
    """Wait until a page has been drawn."""
    page.wait_for_selector(FINISHED)
    page.get_by_role("heading", level=1).first.wait_for()


def sign_in(page: Page, name: str) -> None:
    """Sign in from our sign-in page."""
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).click()
    drawn(page)


def arrive(page: Page, council: Council, name: str, path: str = "") -> None:
    """Open an address and sign in on the way."""
    page.goto(f"{council.address}/{path}")
    sign_in(page, name)


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """A tab of each of two browsers, which keep the scripts of the pages from test to test: half of the work of a page."""
    contexts = browser.new_context(), browser.new_context()
    yield contexts[0].new_page(), contexts[1].new_page()
    for context in contexts:
        context.close()


def of_nobody(tab: Page) -> Page:
    """The tab in a browser of somebody who has not signed in, neither here nor at the provider."""
    tab.goto("about:blank")
    tab.context.clear_cookies()
    return tab


@pytest.fixture
def page(tabs: tuple[Page, Page]) -> Page:
    """Somebody's browser."""
    return of_nobody(tabs[0])


@pytest.fixture
def elsewhere(tabs: tuple[Page, Page]) -> Page:
    """The browser of somebody else."""
    return of_nobody(tabs[1])


@pytest.fixture(scope="module")
def since_long(
    browser: Browser, provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Council, float]]:
    """Somebody who signed in where that holds for a short while, before the other tests: it goes by while they run.

    The browser has a clock that a test may put on, and with it when they had signed in.
    """
    folder = tmp_path_factory.mktemp("short")
    with a_council(folder, provider, SESSION_HOURS=str(SHORT_SECONDS / 3600)) as council:
        context = browser.new_context()
        context.clock.install()
        page = context.new_page()
        arrive(page, council, "viewer", f"demand{SERVICE}")
        expect(page.get_by_text(" referrals,")).to_be_visible()
        yield page, council, time.monotonic()
        context.close()


@pytest.mark.usefixtures("since_long")
@pytest.mark.parametrize("role", list(Role))
def test_somebody_of_each_role_signs_in_and_is_where_they_wanted_to_go(
    role: Role, page: Page, council: Council
) -> None:
    opens, closed = OPEN_AND_CLOSED[role]

    arrive(page, council, role.value, opens)

    expect(page).to_have_url(f"{council.address}/{opens}")
    expect(page.get_by_text(f"{PEOPLE[role.value]} Sign out")).to_be_visible()
    expect(page.get_by_text("You may not open")).to_have_count(0)
    page.goto(f"{council.address}/{closed}")
    drawn(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You may not open")
    assert council.acts(role.value)[0] is Act.SIGNED_IN
    assert council.acts(role.value)[-1] is Act.REFUSED


def test_whoever_has_no_role_is_told_whom_to_ask_and_sees_the_page_once_they_have_one(
    page: Page, council: Council
) -> None:
    arrive(page, council, NEWCOMER, f"demand{SERVICE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have no role here yet")
    expect(page.get_by_text(PEOPLE[NEWCOMER]).first).to_be_visible()

    grant_role(council.store, PEOPLE[NEWCOMER], Grant(Role.VIEWER), by=LOCAL_USER)
    page.goto(f"{council.address}/demand{SERVICE}")
    drawn(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("referrals")


def test_signing_out_leaves_nothing_in_the_browser_and_ends_the_sign_in_at_the_provider(
    page: Page, council: Council
) -> None:
    arrive(page, council, "viewer", f"demand{SERVICE}")
    kept = page.context.cookies(council.address)

    page.get_by_role("link", name="Sign out").click()
    page.wait_for_url(f"{council.provider.address}/oauth2/end_session**")
    assert not [
        one for one in page.context.cookies(council.address) if one["name"].startswith("_streamlit_user")
    ]
    assert council.provider.heard("/oauth2/end_session")
    page.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")

    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        expect(page.get_by_text(" referrals,")).to_have_count(0)
    page.context.add_cookies(kept)
    page.goto(f"{council.address}/demand{SERVICE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert council.acts("viewer")[-1] is Act.SIGNED_OUT


def test_a_provider_that_refuses_leads_back_to_a_page_that_says_so(page: Page, council: Council) -> None:
    page.goto(f"{council.address}/demand{SERVICE}")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="Deny").click()

    expect(page.get_by_text("Signing in did not work.")).to_be_visible()
    sign_in(page, "presenter")
    expect(page).to_have_url(f"{council.address}/demand{SERVICE}")


def test_a_sign_in_ends_with_its_age_in_a_page_that_stays_open_and_for_every_request(
    since_long: tuple[Page, Council, float],
) -> None:
    page, council, signed_in = since_long

    # The page asks by itself, every half minute, whether its reader is still signed in: only its own clock is put on.
    page.wait_for_timeout(max(0.0, signed_in + SHORT_SECONDS - time.monotonic()) * 1000)
    page.clock.fast_forward(LOOKS_EVERY * 1000)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    expect(page.get_by_text(" referrals,")).to_have_count(0)

    new = page.context.new_page()
    answer = new.goto(f"{council.address}/kpis")
    assert answer is not None
    assert answer.status == 401
    expect(new.get_by_text("Your sign-in has ended: one holds for 1 minute at most.")).to_be_visible()
    new.close()

    page.get_by_role("link", name="Sign in again").click()
    page.get_by_role("button", name="viewer", exact=True).click()
    drawn(page)
    expect(page).to_have_url(f"{council.address}/demand{SERVICE}")


def test_what_was_made_for_one_person_is_not_found_by_another(
    page: Page, elsewhere: Page, council: Council
) -> None:
    arrive(page, council, "commissioner", "settings?set=workbook")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the settings").click()
    arrive(elsewhere, council, "provider", "upload")

    assert page.request.get(download.value.url).status == 200
    assert elsewhere.request.get(download.value.url).status == 404
    assert council.acts("provider")[-1] is Act.REFUSED


def test_nobody_uploads_into_another_persons_session(
    page: Page, elsewhere: Page, council: Council, tmp_path: Path
) -> None:
    (tmp_path / "return.csv").write_text("case_ref\n1\n")
    arrive(page, council, "commissioner", "upload")
    with page.expect_request("**/_stcore/upload_file/**") as upload:
        page.locator('input[type="file"]').first.set_input_files(tmp_path / "return.csv")
    arrive(elsewhere, council, "provider", "upload")
    file = {"file": {"name": "a.csv", "mimeType": "text/csv", "buffer": b"case_ref\n2\n"}}

    assert elsewhere.request.put(upload.value.url, multipart=file).status == 403
    elsewhere.context.clear_cookies()
    assert elsewhere.request.put(upload.value.url, multipart=file).status == 401


def test_an_anonymous_websocket_is_refused_by_the_server_itself(council: Council) -> None:
    address = council.address.replace("http://", "ws://") + "/_stcore/stream"

    with pytest.raises(InvalidStatus) as refused, connect(address, origin=council.address):  # type: ignore[arg-type]
        pass

    assert refused.value.response.status_code == 401


def test_the_sign_in_page_can_be_read_and_used_by_everybody(page: Page, council: Council) -> None:
    wrong = []
    for width, address in product((1440, 390), ("demand", "sign-in?failed=1", "sign-out?done=1")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{council.address}/{address}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if (seen := (page.evaluate(FITS), violations_on(page))) != (True, {}):
                wrong.append((address, width, scheme, seen))
        page.keyboard.press("Tab")
        if (first := page.evaluate("document.activeElement.className")) != "act":
            wrong.append((address, width, "first by the tab key", first))
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="null")
    assert wrong == []
