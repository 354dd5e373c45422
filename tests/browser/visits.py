"""Visits to pages, made once for several tests: a page takes longer to open in a browser than to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import open_page

# Streamlit's own, found in elements that the project does not draw; nothing of ours may be added here.
UPSTREAM = {
    "presentation-role-conflict": 'data-testid="stFileUploaderDropzone',
    "target-size": 'data-testid="stDateInput',
    "empty-table-header": 'data-testid="stDataFrame',
}
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours."""
NOTHING = "0"
"""What a page that has axe already is given instead of its half a megabyte."""
STILL_MILLISECONDS = 150
# Drawn, and for a while nothing on the page has changed or is on its way to another colour or place.
STILL = """quiet => new Promise(done => {
  const drawn = () => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
  const moves = one => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity;
  let timer;
  const wait = () => { clearTimeout(timer); timer = setTimeout(look, quiet); };
  const watch = new MutationObserver(wait);
  const look = () => {
    if (!drawn() || document.getAnimations().some(moves)) return wait();
    watch.disconnect();
    done(true);
  };
  watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  wait();
})"""
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"


@dataclass(slots=True)
class Visit:
    """What was seen on one page: what the browser complained of and asked for, axe's findings, light and dark, and all words."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    heading: str = ""
    body: str = ""
    violations: dict[str, list[str]] = field(default_factory=dict)
    in_the_dark: dict[str, list[str]] | None = None
    words: str = ""


class Visits:
    """Pages opened in one tab of a browser, each once, however many tests ask about it.

    A new tab for each would load, and have the browser compile, all scripts anew: twice the work of a page.
    """

    def __init__(self, context: BrowserContext, dashboard: str) -> None:
        self.context, self.dashboard = context, dashboard
        self.tab = context.new_page()
        self._made: dict[str, Visit | PlaywrightError] = {}

    def to(self, path: str) -> Visit:
        """The visit to an address; a page that does not open fails every test that asks about it."""
        if path not in self._made:
            try:
                self._made[path] = look_at(self.tab, f"{self.dashboard}/{path}")
            except PlaywrightError as error:
                self._made[path] = error
                self.tab.close()
                self.tab = self.context.new_page()
        made = self._made[path]
        if isinstance(made, PlaywrightError):
            raise made
        return made


def look_at(page: Page, address: str) -> Visit:
    """Open an address and take down all that the tests ask of a page."""
    visit = Visit()
    with listening(
        page,
        console=lambda said: visit.errors.append(said.text) if said.type == "error" else None,
        pageerror=lambda error: visit.errors.append(str(error)),
        request=lambda request: visit.requests.append(request.url),
    ):
        take_down(visit, page, address)
    return visit


@contextmanager
def listening(page: Page, **listeners: Callable[[Any], None]) -> Iterator[None]:
    """Have the browser tell of something, each by the name of its event, until the visit is over."""
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        yield
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


def take_down(visit: Visit, page: Page, address: str) -> None:
    """Open an address and keep what is on the page.

    It is light first and stays dark at last: to draw every chart once more, only to leave the page, would cost as much as its colours do.
    """
    page.goto("about:blank")  # or the page before would be drawn in the light again
    page.emulate_media(color_scheme="light")
    open_page(page, address)
    still(page)
    visit.heading = page.get_by_role("heading", level=1).first.inner_text()
    visit.body = page.locator("body").inner_text()
    visit.violations = violations_on(page)
    if "?" not in address:  # a page has the same colours for every service
        visit.in_the_dark = violations_in_the_dark(page)
    visit.words = everything_on(page)


def still(page: Page) -> None:
    """Wait until a page is drawn and changes no more, which is mostly sooner than any fixed time that is long enough."""
    page.wait_for_function(STILL, arg=STILL_MILLISECONDS)


def violations_on(page: Page, *, rules: Sequence[str] = ()) -> dict[str, list[str]]:
    """What axe finds on a page as it stands, without what is known to be Streamlit's.

    Every rule is run, or those named; of what is in order axe describes one place only, which on a long page is half of the work.
    """
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    axe = Axe(NOTHING) if page.evaluate("() => 'axe' in window") else Axe()
    found = axe.run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return {one["id"]: places for one in found if (places := _ours(one))}


def violations_in_the_dark(page: Page) -> dict[str, list[str]]:
    """What is wrong with its colours once its reader's computer goes dark: nothing else of a page changes, and it follows at once.

    The page is left dark.
    """
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({BACKGROUND})() !== light", arg=light)
    still(page)
    return violations_on(page, rules=OF_COLOUR)


def _ours(violation: dict[str, object]) -> list[str]:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    known = UPSTREAM.get(str(violation["id"]))
    return [node["html"][:200] for node in nodes if known is None or known not in str(node["html"])]


def everything_on(page: Page) -> str:
    """All that a page says: its text, opened sections included, and what a screen reader is told."""
    page.evaluate("() => document.querySelectorAll('details:not([open]) > summary').forEach(s => s.click())")
    still(page)
    told = page.evaluate(
        "() => [...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap("
        "e => ['aria-label','title','placeholder'].map(a => e.getAttribute(a))).filter(Boolean).join('\\n')"
    )
    return page.locator("body").inner_text() + "\n" + str(told)
