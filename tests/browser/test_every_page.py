"""Pages that anybody may open, in a real browser: accessible, undisturbed, readable on a small phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import follow_by_key
from tests.infrastructure.application import new_app
from wohnberatung.web.access import ACCESS, ANYBODY

PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
NO_PAGES = {"static", "pages.show_health", "watch.show_live", "watch.show_ready", "watch.show_metrics"}
FILES = (".ics", ".csv", ".json", ".jsonld", ".atom", ".xlsx", ".svg")


def public_pages() -> list[str]:
    """Addresses of all pages that anybody may open."""
    rules = new_app("sqlite://").url_map.iter_rules()
    return sorted(
        rule.rule
        for rule in rules
        if ACCESS[rule.endpoint] == ANYBODY and rule.endpoint not in NO_PAGES
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.rule.endswith(FILES)
    )


# One of each kind that stands behind an argument and is the same in every demo.
OF_A_PLACE = ["/stadtteile/pieschen-sued", "/wegweiser/drucken/pieschen-sued"]
PUBLIC_PAGES = public_pages() + OF_A_PLACE


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_public_page_is_accessible_and_fits_a_small_phone(
    page: Page, path: str, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert_accessible(page)
        take_screenshot(page, name)


def test_the_typeface_comes_from_our_own_server(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1rem \"Fira Sans\"'))")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any(name.endswith(".woff2") for name in loaded), loaded


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    follow_by_key(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
