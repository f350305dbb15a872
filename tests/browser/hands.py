"""How somebody answers a field, presses a button and follows a link: with the pointer, or with the keyboard alone.

What leads to another page is *followed*: that waits until the other page is there as a whole. A click returns while
the old page may still stand, and whoever then counts boxes counts those of the old one. So no test clicks or presses
Enter by itself; `tests/architecture/test_repository.py` holds that.
"""

import re
from datetime import date
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from seed_data.files import read_toml

ADVISOR, ADMIN, LANDLORD, OWNER, INITIATIVE = "beraterin1", "verwaltung", "vermietung", "eigentuemer", "initiative"
ACCOUNTS = read_toml("accounts.toml")
PASSWORD = str(ACCOUNTS["password"])
EMAILS = {str(account["id"]): str(account["email"]) for account in ACCOUNTS["account"]}
MOST_TABS = 400


def follow(target: Locator) -> None:
    """Press what leads to another page or another place of this one, and wait until it is there.

    A page that asks again by itself until a job is done shows the target after going elsewhere once: that going is over
    before the one that is waited for begins.
    """
    target.wait_for()
    with target.page.expect_navigation():
        target.click()


def touch(target: Locator) -> None:
    """Press what changes something on the page that stays, or gives a file."""
    target.click()


def follow_by_key(page: Page, key: str = "Enter") -> None:
    """Press a key that leads to another page or another place of this one, and wait until it is there."""
    with page.expect_navigation():
        page.keyboard.press(key)


def onward(page: Page) -> None:
    """To the next step of a form, or to this one again with what is wrong in it."""
    follow(page.get_by_role("button", name="Weiter", exact=True))


def tab_to(page: Page, target: Locator, most: int = MOST_TABS) -> None:
    """Press Tab until the focus is there; it must be visible when it is.

    The target is found once: by its name, as listeners hear it, that costs the browser more than a press.
    """
    expect(target).to_be_visible()
    element = target.element_handle()
    for _press in range(most):
        if element.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} tabs do not reach {target}")


def type_into(page: Page, field: Locator, text: str) -> None:
    tab_to(page, field)
    page.keyboard.type(text)


def type_day(page: Page, field: Locator, day: date) -> None:
    """Into a field that shows day, month and year in the order of the browser's own language."""
    tab_to(page, field)
    for order in ("%m%d%Y", "%d%m%Y"):
        page.keyboard.type(f"{day:{order}}")
        if field.input_value() == day.isoformat():
            return
        field.fill("")
        field.focus()
    raise AssertionError(f"no way to type {day} into {field}")


def follow_by_tab(page: Page, target: Locator) -> None:
    """Reach it by Tab and press Enter, which leads to another page."""
    tab_to(page, target)
    follow_by_key(page)


def sign_in(page: Page, who: str = ADVISOR) -> None:
    """As one of the demo's people, by the id in ``accounts.toml``."""
    page.goto("/anmelden")
    page.get_by_label("E-Mail").fill(EMAILS[who])
    page.get_by_label("Passwort").fill(PASSWORD)
    follow(page.locator("main").get_by_role("button", name="Anmelden"))
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()


def sign_out(page: Page) -> None:
    follow(page.get_by_role("button", name="Abmelden"))
    expect(page.locator("main")).to_contain_text("Sie sind abgemeldet.")


def number_on_receipt(page: Page, kind: str = "DD") -> str:
    """Number of the request (DD) or appointment (TE) that the page confirms."""
    found = re.search(rf"{kind}-\d{{4}}-\w{{6}}", page.locator("main").inner_text())
    assert found, page.url
    return found[0]


def send_request(page: Page, profile: str, email: str = "") -> str:
    """Through the form with a mouse, as one person of this profile; the number on the receipt."""
    page.goto("/suche/haushalt")
    page.get_by_label("Personen im Haushalt").fill("1")
    onward(page)
    page.get_by_label(profile).check()
    page.get_by_label(re.compile("^Ich willige ein")).check()
    for _step in ("alltag", "bedarf", "wohnung", "ort", "kosten", "gemeinschaft", "einzug"):
        onward(page)
    page.get_by_label(re.compile("^Mit einer E-Mail" if email else "^Gar nicht")).check()
    if email:
        page.get_by_label(re.compile("^E-Mail-Adresse")).fill(email)
    onward(page)
    for agreed in ("vergleicht", "Kontaktdaten") if email else ("vergleicht",):
        page.get_by_label(re.compile(agreed)).check()
    onward(page)
    follow(page.get_by_role("button", name="Gesuch absenden"))
    return number_on_receipt(page)


class Hands(Protocol):
    """`follow` for what leads elsewhere, `press` for what gives a file."""

    def answer(self, page: Page, name: str, value: str) -> None: ...

    def press(self, page: Page, selector: str) -> None: ...

    def follow(self, page: Page, selector: str) -> None: ...


def named(page: Page, name: str) -> Locator:
    """All inputs of a field: one, or the boxes and buttons of a group."""
    return page.locator(f"main [name={name}]")


def chosen(page: Page, name: str, value: str) -> Locator:
    return page.locator(f'main [name={name}][value="{value}"]')


def kind_of(page: Page, name: str) -> str:
    return str(named(page, name).first.evaluate("field => field.type"))


def unfolding(field: Locator) -> Locator:
    """What unfolds the closed part of the page that a field lies in; nothing where it lies openly."""
    return field.locator("xpath=ancestor::details[not(@open)]/summary")


class Pointer:
    """Mouse or finger."""

    def answer(self, page: Page, name: str, value: str) -> None:
        box = kind_of(page, name) in ("radio", "checkbox")
        field = chosen(page, name, value) if box else named(page, name)
        for summary in unfolding(field).all():
            summary.click()
        field.check() if box else field.fill(value)

    def press(self, page: Page, selector: str) -> None:
        touch(page.locator(selector).first)

    def follow(self, page: Page, selector: str) -> None:
        follow(page.locator(selector).first)


class Keyboard:
    """Tab, Enter, the space bar and the arrows, in the order of the page; past the menu by the link for it."""

    def answer(self, page: Page, name: str, value: str) -> None:
        self._skip_menu(page)
        kind = kind_of(page, name)
        group = page.locator(f"main [name={name}]:checked")
        field = named(page, name).first if kind not in ("radio", "checkbox") else chosen(page, name, value)
        for summary in unfolding(field).all():
            tab_to(page, summary)
            page.keyboard.press("Enter")
        if kind == "radio":
            tab_to(page, group if group.count() else named(page, name).first)
            self._choose(page, field, named(page, name).count())
            return
        tab_to(page, field)
        if kind == "checkbox":
            if not field.is_checked():
                page.keyboard.press("Space")
        else:
            page.keyboard.type(value)

    def press(self, page: Page, selector: str) -> None:
        self._reach(page, selector)
        page.keyboard.press("Enter")

    def follow(self, page: Page, selector: str) -> None:
        self._reach(page, selector)
        follow_by_key(page)

    def _reach(self, page: Page, selector: str) -> None:
        if selector.startswith("main"):
            self._skip_menu(page)
        tab_to(page, page.locator(selector).first)

    def _skip_menu(self, page: Page) -> None:
        """On a page just opened, unless its address leads past the menu already."""
        if page.evaluate("document.activeElement === document.body && !location.hash"):
            page.keyboard.press("Tab")
            follow_by_key(page)
            expect(page.locator("main")).to_be_focused()

    def _choose(self, page: Page, button: Locator, count: int) -> None:
        if not page.locator(":focus").is_checked():
            page.keyboard.press("Space")
        for _press in range(count):
            if button.is_checked():
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {button}")
