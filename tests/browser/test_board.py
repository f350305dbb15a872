"""The board of matches in a real browser: with the mouse, with the keyboard, and without any script."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import follow, follow_by_key, follow_by_tab, send_request, sign_in, tab_to

SIZES = ({"width": 320, "height": 700}, {"width": 1280, "height": 900})
BOARD = "/vorschlaege/tafel"


def reviewed(page: Page) -> str:
    """A match that waits to be proposed; the number of its request."""
    number = send_request(page, "Ich gehe mit dem Rollator", "erika@example.org")
    sign_in(page)
    page.goto(f"/gesuche?nummer={number}")
    follow(page.get_by_role("link", name=number))
    follow(page.get_by_role("button", name="Prüfen").first)
    page.goto(BOARD)
    return number


def expect_proposed(page: Page, number: str) -> None:
    """Told on the board, and true at the request: a column shows its most urgent cards only."""
    expect(page.locator("main")).to_contain_text(f"{number}: Vorgeschlagen.")
    page.goto(f"/gesuche?nummer={number}")
    follow(page.get_by_role("link", name=number))
    expect(page.locator("main")).to_contain_text("vorgeschlagen")


def test_a_card_that_is_drawn_to_a_column_is_moved_once_that_is_confirmed(
    page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    number = reviewed(page)
    card = page.locator("[data-card]", has_text=number)
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert_accessible(page)
    # Both ends in view: what scrolls between pressing and drawing is not drawn.
    page.set_viewport_size({"width": 1280, "height": 4000})
    card.drag_to(page.locator("[data-column=einzug] h2"))
    expect(page.locator("[data-column=pruefung]")).to_contain_text(number)
    card.drag_to(page.locator("[data-column=antwort] h2"))
    expect(page.get_by_role("status").filter(has_text="Gewählt: Vorschlagen")).to_be_visible()
    button = card.get_by_role("button", name=f"Ausführen: {number}")
    expect(button).to_be_focused()
    expect(page.locator("[data-column=pruefung]")).to_contain_text(number)
    follow_by_key(page)
    expect_proposed(page, number)


def test_the_keyboard_alone_leads_from_card_to_card_and_moves_one(page: Page) -> None:
    number = reviewed(page)
    card = page.locator("[data-card]", has_text=number)
    page.keyboard.press("j")
    expect(page.locator("[data-card] h3 a").first).to_be_focused()
    tab_to(page, card.get_by_label(f"Nächster Schritt, {number}"))
    page.keyboard.type("Vorschl")
    follow_by_tab(page, card.get_by_role("button", name=f"Ausführen: {number}"))
    expect_proposed(page, number)


def test_without_a_script_a_card_is_moved_by_its_form(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    try:
        page = context.new_page()
        sign_in(page)
        page.goto(BOARD)
        card = page.locator("[data-column=pruefung] [data-card]").first
        number = card.get_by_role("heading").inner_text()
        card.get_by_label(f"Nächster Schritt, {number}").select_option("withdraw")
        follow(card.get_by_role("button", name=f"Ausführen: {number}"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Zurückziehen")
    finally:
        context.close()
