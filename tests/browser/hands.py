"""How somebody answers a field and presses a button: with the pointer, or with the keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_request_form import tab_to


class Hands(Protocol):
    def answer(self, page: Page, name: str, value: str) -> None: ...

    def press(self, page: Page, selector: str) -> None: ...


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
        page.locator(selector).first.click()


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
        if selector.startswith("main"):
            self._skip_menu(page)
        tab_to(page, page.locator(selector).first)
        page.keyboard.press("Enter")

    def _skip_menu(self, page: Page) -> None:
        """On a page just opened, unless its address leads past the menu already."""
        if page.evaluate("document.activeElement === document.body && !location.hash"):
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.locator("main")).to_be_focused()

    def _choose(self, page: Page, button: Locator, count: int) -> None:
        if not page.locator(":focus").is_checked():
            page.keyboard.press("Space")
        for _press in range(count):
            if button.is_checked():
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {button}")
