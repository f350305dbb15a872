"""Two organisations in two browsers: what one finds on its desk does not exist for the other."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import hands

DESKS = ("/anbieten", "/bestand", "/einlesen")
WITH_ID = re.compile(r"/[a-z2-7]{26}(?=/|$)")


@pytest.fixture
def signed_in(browser: Browser, live_server: str) -> Iterator[Callable[[str], Page]]:
    """A browser of its own for each person."""
    opened = []

    def sign_in(who: str) -> Page:
        page = browser.new_context(locale="de-DE", base_url=live_server).new_page()
        opened.append(page.context)
        hands.sign_in(page, who)
        return page

    yield sign_in
    for context in opened:
        context.close()


def own_pages(page: Page) -> set[str]:
    """Addresses with an id that the desks lead to and that are not for everybody to see."""
    found: set[str] = set()
    for desk in DESKS:
        page.goto(desk)
        found |= set(page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))"))
    return {path for path in found if path and WITH_ID.search(path) and not path.startswith("/angebote/")}


def test_no_organisation_reaches_what_another_has(
    signed_in: Callable[[str], Page], assert_accessible: Callable[[Page], None]
) -> None:
    company, owner = signed_in(hands.LANDLORD), signed_in(hands.OWNER)
    theirs, mine = own_pages(company), own_pages(owner)
    assert len(theirs) > 10
    assert mine
    assert not theirs & mine
    for page, foreign in ((owner, sorted(theirs)[:8]), (company, sorted(mine)[:8])):
        for path in foreign:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 404, path
        assert_accessible(page)
    for page, path in ((company, min(theirs)), (owner, min(mine))):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
