"""An advisor at work in a real browser: a call without touching the mouse, and a server that dies in mid-sentence."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import (
    ADVISOR,
    EMAILS,
    PASSWORD,
    follow,
    follow_by_key,
    follow_by_tab,
    tab_to,
    type_into,
)
from tests.infrastructure.processes import serving
from tests.infrastructure.server import free_port

PHONE = {"width": 390, "height": 800}
DESKTOP = {"width": 1280, "height": 900}


def sign_in(page: Page, address: str = "") -> None:
    page.goto(f"{address}/anmelden")
    type_into(page, page.get_by_label("E-Mail"), EMAILS[ADVISOR])
    type_into(page, page.get_by_label("Passwort"), PASSWORD)
    follow_by_key(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Heute")


def test_a_call_is_taken_found_recorded_and_put_forward_without_a_mouse(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    def look(word: str) -> None:
        for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], word
            take_screenshot(page, f"{word}-{name}")
        assert_accessible(page)

    sign_in(page)
    look("desk")
    page.keyboard.press("s")
    page.keyboard.type("Ausgedachd Ingborg")
    follow_by_key(page)
    first = page.get_by_role("link", name="Ingeborg Ausgedacht")
    expect(first).to_be_focused()
    look("found")
    follow_by_key(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingeborg Ausgedacht")
    look("case")
    follow_by_key(page, "b")
    expect(page.get_by_label("Notiz")).to_be_focused()
    page.keyboard.type("Die Pflegekasse hat zugesagt. Sie freut sich.")
    page.keyboard.press("Tab")
    page.keyboard.type("am 10.1.2030 anrufen wegen Bad")
    tab_to(page, page.get_by_label("Dauer in Minuten"))
    page.keyboard.press("Control+a")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("Stu")
    tab_to(page, page.get_by_label("Finanzierung"))
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="anrufen wegen Bad")).to_be_checked()
    look("recording")
    follow_by_key(page, "Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("Der Fall liegt wieder vor am")
    main = page.locator("main")
    for told in ("anrufen wegen Bad", "Die Pflegekasse hat zugesagt.", "Telefon, 7 Minuten"):
        expect(main).to_contain_text(told)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingeborg Ausgedacht")


def test_the_list_moves_with_a_requirement_a_flat_is_proposed_and_the_letter_printed_without_a_mouse(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    sign_in(page)
    open_case(page, "Beispilmann Ingborg", "Ingeborg Beispielmann")
    follow_by_tab(page, page.get_by_role("link", name=re.compile(r"^DD-\d{4}-")).first)
    follow_by_tab(page, page.get_by_role("link", name="Anforderungen ändern und ausprobieren"))
    told = page.locator("#neue-liste [role=status]")
    expect(told).to_contain_text("Die Liste bleibt, wie sie ist.")
    before = page.locator("#neue-liste").inner_text()
    while "bleibt, wie sie ist" in told.inner_text():
        tab_to(page, page.locator("[data-trial] [type=radio][value=must]:checked").first)
        with page.expect_response(re.compile("/probieren$")):
            page.keyboard.press("ArrowDown")
        expect(page.locator("#neue-liste")).to_have_attribute("aria-busy", "false")
    assert page.locator("#neue-liste").inner_text() != before
    assert_accessible(page)
    take_screenshot(page, "tried")
    # Not saved: other journeys go by what this person needs.
    follow_by_tab(page, page.get_by_role("link", name="Abbrechen"))
    follow_by_tab(page, page.get_by_role("button", name="Vorschlagen").first)
    expect(page.locator("main")).to_contain_text("vorgeschlagen")
    open_case(page, "Beispilmann Ingborg", "Ingeborg Beispielmann")
    follow_by_tab(page, page.get_by_role("link", name="Briefe", exact=True))
    follow_by_tab(page, page.locator("main a[href*='/briefe/neu/']").last)
    assert_accessible(page)
    follow_by_tab(page, page.get_by_role("button", name="Brief speichern"))
    pdf = page.get_by_role("link", name="PDF öffnen und drucken")
    tab_to(page, pdf)
    answer = page.request.get(str(pdf.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


def open_case(page: Page, typed: str, name: str) -> None:
    """By the search that forgives spelling, from anywhere."""
    page.keyboard.press("s")
    page.keyboard.type(typed)
    follow_by_key(page)
    found = page.get_by_role("link", name=name).first
    expect(found).to_be_focused()
    follow_by_key(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_server_killed_in_mid_sentence_has_the_note_when_it_is_back(
    browser: Browser, live_server: str, live_folder: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    page = browser.new_page(locale="de-DE")
    with serving(live_folder, port) as server:
        sign_in(page, address)
        page.goto(f"{address}/faelle")
        follow(page.locator("main tbody a").first)
        expect(page.get_by_role("heading", name="Verlauf")).to_be_visible()
        follow_by_key(page, "b")
        expect(page.get_by_label("Notiz")).to_be_focused()
        page.keyboard.type("Frau Muster erzählt gerade, dass")
        expect(page.locator(".autosave__state")).to_contain_text("Entwurf gesichert")
        server.kill_all()
        page.keyboard.type(" die Tür klemmt")
        expect(page.locator(".autosave__state")).to_contain_text("nicht sichern", timeout=15_000)
    recording = page.url
    with serving(live_folder, port):
        expect(page.locator(".autosave__state")).to_contain_text("Entwurf gesichert", timeout=20_000)
        page.goto("about:blank")
        page.goto(recording)
        expect(page.get_by_label("Notiz")).to_have_value("Frau Muster erzählt gerade, dass die Tür klemmt")
        expect(page.locator("main")).to_contain_text("Ihr Entwurf ist wieder da")
        follow(page.get_by_role("button", name="Entwurf verwerfen"))
        expect(page.get_by_role("status").first).to_contain_text(re.compile("verworfen"))
    page.close()
