"""Looking around in a real browser: by keyboard alone, without JavaScript, on a small phone, in every state."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import follow, follow_by_key, follow_by_tab, tab_to, touch
from tests.browser.lines import broken_amounts

PHONE = {"width": 320, "height": 640}
Accessible = Callable[[Page], None]
STATES = {
    "filtered": "/angebote?rent_warm_eur=700&step_free=ja&inner_door_clear_width_cm=80&ort=Johanstadt&nah=y",
    "profile": "/angebote?profil=power_wheelchair",
    "empty": "/angebote?rent_warm_eur=100&rent_warm_eur_sicher=y",
    "wrong": "/angebote?rent_warm_eur=abc&rooms_low=5&rooms_high=2&ort=Nirgendwo&available_from=bald",
    "map": "/angebote/karte?profil=walker",
}


def first_home(page: Page, query: str = "") -> str:
    """The path of a sheet about which much is known."""
    page.goto("/angebote?step_free=sicher&threshold_height_cm=2&threshold_height_cm_sicher=y")
    link = page.locator(".home a").first.get_attribute("href") or ""
    return link.split("?")[0] + query


def first_project(page: Page) -> str:
    page.goto("/wohnprojekte")
    return page.locator(".home a").first.get_attribute("href") or ""


def count(page: Page) -> int:
    """How many offers the heading names."""
    found = re.match(r"\d+", page.locator("#treffer").inner_text())
    assert found
    return int(found[0])


def assert_no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate(
        "document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("name", [*STATES, "sheet", "project"])
def test_every_state_is_accessible_and_fits(
    page: Page, name: str, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    path = STATES.get(name) or (first_project(page) if name == "project" else first_home(page, "?profil=wheelchair"))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        if name != "wrong":
            page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach(summary => summary.click())")
        assert_no_sideways_scrolling(page)
        assert_accessible(page)
        take_screenshot(page, str(width))
        if width == 320:
            assert broken_amounts(page, 320, 360) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_their_contrast(page: Page, scheme: Any, assert_accessible: Accessible) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(first_home(page, "?profil=wheelchair"))
    assert_accessible(page)


def test_the_keyboard_alone_narrows_the_list_and_opens_an_offer(page: Page) -> None:
    page.goto("/angebote")
    before = count(page)
    rent = page.get_by_role("group", name="Warmmiete")
    tab_to(page, rent.get_by_label("Höchstens in Euro"))
    page.keyboard.type("600")
    tab_to(page, rent.get_by_label("nur wenn sicher"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Stufenlos erreichbar"))
    page.keyboard.press("ArrowDown")
    follow_by_tab(page, page.get_by_role("button", name="Angebote zeigen"))
    assert "rent_warm_eur=600" in page.url
    assert 0 < count(page) < before
    narrowed = count(page)
    chip = page.get_by_role("link", name="Entfernen: Stufenlos erreichbar")
    follow_by_tab(page, chip)
    assert "step_free=ja" not in page.url
    assert count(page) > narrowed
    title = page.locator(".home a").first
    name = title.inner_text()
    follow_by_tab(page, title)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_map_is_reached_by_keyboard_and_names_where_one_is(page: Page) -> None:
    page.goto("/angebote/karte")
    tile = page.get_by_role("link", name=re.compile("^Johannstadt-Nord:"))
    tab_to(page, tile)
    expect(tile.locator(".tile__name")).to_be_visible()
    said = re.search(r"\d+", tile.get_attribute("aria-label") or "")
    follow_by_key(page)
    assert "district=06" in page.url
    assert said
    assert count(page) == int(said[0])


def test_a_phone_shows_the_offers_first_and_the_filters_on_demand(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/angebote")
    button = page.get_by_role("button", name="Angebote zeigen")
    expect(button).to_be_hidden()
    touch(page.locator("#filter > summary"))
    expect(button).to_be_visible()
    page.get_by_label("Was trifft auf Sie zu?").select_option("walker")
    follow(button)
    expect(page.get_by_role("link", name="Entfernen: Ich gehe mit dem Rollator")).to_be_visible()
    page.goto("/angebote?rent_warm_eur=abc")
    expect(page.get_by_label("Höchstens in Euro, Warmmiete")).to_be_visible()


def test_everything_works_without_javascript(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="de-DE", base_url=base_url)
    page = context.new_page()
    page.goto("/angebote")
    page.get_by_label("Was trifft auf Sie zu?").select_option("wheelchair")
    page.get_by_label("Stadtteil oder Postleitzahl").fill("Johanstadt")
    follow(page.get_by_role("button", name="Angebote zeigen"))
    expect(page.get_by_text("verstehen wir als Johannstadt-Nord oder Johannstadt-Süd")).to_be_visible()
    expect(page.get_by_label("Johannstadt-Süd")).to_be_checked()
    follow(page.get_by_role("link", name="Entfernen: Stadtteil: Johannstadt-Süd"))
    follow(page.locator(".home a").first)
    expect(page.get_by_role("heading", name="Passt das zu mir?")).to_be_visible()
    page.get_by_label("Was trifft auf Sie zu?").select_option("walker")
    follow(page.get_by_role("button", name="Vergleichen"))
    expect(page.get_by_role("heading", name=re.compile("Das muss sein"))).to_be_visible()
    shared = page.get_by_label("Link zum Weitergeben").input_value()
    assert "profil" not in shared
    context.close()


def test_a_printed_sheet_has_what_counts_and_no_controls(page: Page) -> None:
    page.goto(first_home(page, "?profil=wheelchair"))
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Vergleichen")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Hauptmenü")).to_be_hidden()
    expect(page.get_by_role("heading", name="Was bekannt ist")).to_be_visible()
    expect(page.get_by_label("Link zum Weitergeben")).to_be_visible()


def test_search_engines_find_the_offer_described(page: Page) -> None:
    page.goto(first_home(page))
    block = page.locator('script[type="application/ld+json"]')
    described = page.evaluate("text => JSON.parse(text)", block.inner_text() or block.text_content())
    assert described["itemOffered"]["@type"] == "Apartment"
    assert described["url"].endswith(page.url.rsplit("/", 1)[1])


@pytest.mark.parametrize("path", ["/angebote?profil=walker", "/angebote/karte"])
def test_forced_colours_keep_signs_and_numbers_in_sight(
    browser: Browser, base_url: str, path: str, take_screenshot: Callable[..., None]
) -> None:
    context = browser.new_context(forced_colors="active", base_url=base_url)
    page = context.new_page()
    page.goto(path)
    paper, ink = page.evaluate(
        "() => ['Canvas', 'CanvasText'].map(name => {"
        " const probe = document.createElement('i'); probe.style.color = name; document.body.append(probe);"
        " return getComputedStyle(probe).color })"
    )
    assert paper != ink
    for sign in page.locator(".mark .kern-icon").all()[:5]:
        assert sign.evaluate("element => getComputedStyle(element).backgroundColor") == ink
    for number in page.locator(".tile--1 .tile__count").all()[:5]:
        assert number.evaluate("element => getComputedStyle(element).fill") == ink
    take_screenshot(page)
    context.close()
