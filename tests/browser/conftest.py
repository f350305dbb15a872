"""Real Chromium against the real application under gunicorn, with its own seeded database."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe as AxeScript
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, expect

from tests.infrastructure.chromium import ROOT, Chromium, find_chromium
from tests.infrastructure.processes import serving
from tests.infrastructure.server import free_port

# All that decides what a page looks like but its size: what stands there, and the colours that somebody wishes.
STATE = """document.documentElement.outerHTML
  + ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map(wish => matchMedia(wish).matches)"""
# What differs each time a page is asked for and cannot be seen: keys of forms, ids in addresses.
RANDOM = re.compile(r'value="[^"]*"|[a-z2-7]{26}')
PHONE: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SCREENSHOTS = ROOT / "screenshots"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages load nothing from other hosts. One that tried would fail here.
    "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium here; `make test` brings one where it can")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: Chromium) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium.program,
        "env": {**os.environ, **chromium.environment},
        "args": list(FLAGS),
    }


@pytest.fixture(scope="session")
def base_url(live_server: str) -> str:
    """What ``page.goto("/…")`` starts from."""
    return live_server


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "de-DE",
        "timezone_id": "Europe/Berlin",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture(scope="session")
def live_folder(prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database of the live server is."""
    return Path(shutil.copytree(prepared_demo, tmp_path_factory.mktemp("live"), dirs_exist_ok=True))


@pytest.fixture(scope="session")
def live_server(live_folder: Path) -> Iterator[str]:
    """Address of a server with the demo's data, one for each test process."""
    port = free_port()
    with serving(live_folder, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that must work undisturbed: no script error, nothing blocked, nothing that cannot be loaded."""
    disturbances = disturbances_of(page)
    yield page
    assert not disturbances, disturbances


@pytest.fixture(scope="module")
def new_browser(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Call with settings: a browser of somebody's own, whose pages must work undisturbed as well."""
    opened: list[tuple[Page, list[str]]] = []

    def open_new(**settings: Any) -> Page:
        page = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", **settings).new_page()
        opened.append((page, disturbances_of(page)))
        return page

    yield open_new
    for page, disturbances in opened:
        page.context.close()
        assert not disturbances, disturbances


def disturbances_of(page: Page) -> list[str]:
    """Filled while the page is used."""
    disturbances: list[str] = []
    page.on("pageerror", lambda error: disturbances.append(str(error)))
    page.on("console", lambda message: disturbances.extend(complaint(message)))
    page.on("requestfailed", lambda request: disturbances.extend(failure(request)))
    return disturbances


def complaint(message: ConsoleMessage) -> list[str]:
    """An error in the console; that a form was refused (4xx) is said there too and may be meant."""
    refused = "the server responded with a status of 4" in message.text
    return [message.text] if message.type == "error" and not refused else []


def failure(request: Request) -> list[str]:
    """What could not be loaded; that somebody went on before a count or a picture further down was there, or that a
    link gave a file instead of a page, is no failure."""
    may_end = request.url.endswith("/stand") or request.resource_type == "image" or request.is_navigation_request()
    return [] if may_end and request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


class Axe:
    """Looks whether axe finds nothing to object to (WCAG 2.2 A and AA, and good practice).

    Three quarters of its work are the colours, which are the same on every size: a page in a state that was seen before
    is spared them, and looked at no more where the size is the same too.
    """

    def __init__(self) -> None:
        self._script = AxeScript().axe_script
        self._seen: set[str] = set()

    def look(self, page: Page) -> None:
        colours = RANDOM.sub("", page.evaluate(STATE))
        place = f"{page.viewport_size} {colours}"
        if place in self._seen:
            return
        # Half a megabyte of script: a page that is looked at in several sizes takes it once.
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._script)
        contrast = {"enabled": colours not in self._seen}
        options = {"resultTypes": ["violations"], "rules": {"color-contrast": contrast}}
        results = AxeResults(page.evaluate("options => axe.run(options)", options))
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        self._seen |= {colours, place}


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Call with a page: axe must find nothing to object to."""
    return Axe().look


@pytest.fixture
def take_screenshot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Call with a page, and a word if a test takes several: with ``--screenshots`` saves the whole page under the
    test's name, for people to look at. No test reads it."""

    def take(page: Page, word: str = "") -> None:
        if request.config.getoption("screenshots"):
            name = re.sub(r"[^\w]+", "-", f"{request.node.name}-{word}").strip("-")
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def look(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> Callable[..., None]:
    """Call with a word, and with what the page tells once it is there: accessible and readable on a telephone and on a
    desk's screen, on which it stays; a picture of each."""

    def both(word: str, told: str = "") -> None:
        expect(page.locator("main")).to_contain_text(told)
        for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], word
            assert_accessible(page)
            take_screenshot(page, f"{word}-{name}")

    return both


@pytest.fixture
def look_at(
    assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> Callable[[Page, str], None]:
    """Call with a page of anybody's and a word: accessible, and nothing sticks out on the screen that they have."""

    def look(page: Page, word: str) -> None:
        assert page.viewport_size
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], word
        assert_accessible(page)
        take_screenshot(page, word)

    return look
