"""A passkey as second step in Chromium, with a device that the browser plays itself (CDP, domain WebAuthn)."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
from playwright.sync_api import Locator, Page, expect

from tests.browser import hands
from tests.browser.hands import EMAILS, OWNER, PASSWORD, follow, touch, type_into

DEVICE = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
Look = Callable[[str], None]


def button(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def test_a_passkey_is_added_and_used_and_codes_stay_the_way_without_script(
    page: Page, live_server: str, look: Look, new_browser: Callable[..., Page]
) -> None:
    # A passkey is bound to a name; an address of numbers has none.
    office = live_server.replace("127.0.0.1", "localhost")
    device = plug_in(page)
    first_step(page, office)
    secret = switch_on_codes(page, office)
    add_passkey(page, office, look)
    hands.sign_out(page)
    first_step(page, office)
    look("code-or-passkey")
    forge(device, True)
    follow(button(page, "Mit Passkey anmelden"))
    expect(page.locator("main")).to_contain_text("Der Passkey hat nicht geklappt")
    forge(device, False)
    follow(button(page, "Mit Passkey anmelden"))
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    without_script(new_browser(java_script_enabled=False), office, secret)
    page.goto(f"{office}/konto/passkeys")
    follow(button(page, "Entfernen"))
    expect(page.locator("main table").get_by_text("Laptop im Büro")).to_have_count(0)
    page.goto(f"{office}/konto/zweiter-schritt/ausschalten")
    type_into(page, page.get_by_label("Ihr Passwort"), PASSWORD)
    follow(button(page, "Ausschalten"))


def plug_in(page: Page) -> tuple[Any, dict[str, str]]:
    """A device that keeps keys and agrees to everything."""
    channel = page.context.new_cdp_session(page)
    channel.send("WebAuthn.enable")
    options = {**DEVICE, "automaticPresenceSimulation": True}
    made = channel.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return channel, {"authenticatorId": made["authenticatorId"]}


def forge(device: tuple[Any, dict[str, str]], wrongly: bool) -> None:
    """Whether it signs with a key that it was not asked for."""
    channel, name = device
    channel.send("WebAuthn.setResponseOverrideBits", {**name, "isBogusSignature": wrongly})


def first_step(page: Page, office: str) -> None:
    page.goto(f"{office}/anmelden")
    type_into(page, page.get_by_label("E-Mail-Adresse"), EMAILS[OWNER])
    type_into(page, page.get_by_label("Passwort", exact=True), PASSWORD)
    follow(button(page, "Anmelden"))


def switch_on_codes(page: Page, office: str) -> str:
    page.goto(f"{office}/konto/zweiter-schritt")
    secret = re.sub(r"\s", "", page.locator(".secret").inner_text())
    type_into(page, page.get_by_label("Code", exact=True), pyotp.TOTP(secret).now())
    follow(button(page, "Einschalten"))
    return secret


def add_passkey(page: Page, office: str, look: Look) -> None:
    """Only with the password once more; after a wrong one the device is asked anew."""
    page.goto(f"{office}/konto/passkeys")
    type_into(page, page.get_by_label("Name des Geräts"), "Laptop im Büro")
    for proof in ("falsch", PASSWORD):
        type_into(page, page.get_by_label("Ihr Passwort oder ein Code"), proof)
        touch(button(page, "Passkey hinzufügen"))
        expect(page.get_by_text("weder Ihr Passwort" if proof == "falsch" else "ist gespeichert").first).to_be_visible()
        look(f"passkeys-{len(proof)}")
    expect(page.locator("main table").get_by_text("Laptop im Büro")).to_be_visible()


def without_script(page: Page, office: str, secret: str) -> None:
    """The code is the way in, and nothing is offered that does not work."""
    first_step(page, office)
    expect(button(page, "Mit Passkey anmelden")).to_be_hidden()
    seconds = int(page.evaluate("Date.now()") // 1000)
    type_into(page, page.get_by_label("Code", exact=True), pyotp.TOTP(secret).at(seconds + 30))
    follow(button(page, "Anmelden"))
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
