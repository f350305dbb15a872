"""An initiative and an owner are introduced, meet and record the outcome: three people in real browsers, with a real
mail server."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.hands import follow, touch
from tests.browser.three_people import Look, Person
from tests.browser.towns import Town, before_summer_time
from tests.factories import make_organisation, make_project, provider_of
from tests.network.pairs import TEXTS, WANTED
from tests.people import make_user
from wohnberatung.network.services.searches import save_search
from wohnberatung.network.services.sites import publish_site, save_site

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}


class Story(NamedTuple):
    town: Town
    rico: Person
    paula: Person
    berta: Person
    site_id: str


@pytest.fixture
def story(own_app: Flask, new_browser: Callable[..., Page], look_at: Look) -> Story:
    """A house that suits a group, and nobody has asked for anything."""
    town = Town(own_app, before_summer_time())
    with town.furnishing():
        make_user("advisor", email="berta@example.org", name="Berta Beraterin")
        owner, group = make_organisation("Hausbesitz", kind="private_owner"), make_organisation(kind="initiative")
        for who, body in (("Rico", owner), ("Paula", group)):
            make_user("provider", organisation_ids=[body.id], email=f"{who.lower()}@example.org", name=who)
        site = publish_site(save_site(owner.id, TEXTS, {"site_kind": "house"}, None).id, provider_of(owner))
        project = make_project(group, name="Kinderhof")
        save_search(project.id, WANTED, "Mit Garten", active=True, actor=provider_of(group))
        site_id = site.id
    desk = {"base_url": town.address, "viewport": DESK}
    phone = {"base_url": town.address, "viewport": PHONE, "is_mobile": True, "has_touch": True}
    people = {"rico": desk, "paula": phone, "berta": desk}
    persons = [Person(town, new_browser(**how), look_at, f"{who}@example.org") for who, how in people.items()]
    return Story(town, *persons, site_id)


def test_an_owner_and_a_group_are_introduced_meet_and_say_what_came_of_it(story: Story) -> None:
    town, rico, paula, berta, site_id = story
    with town.open():
        for person in (rico, paula, berta):
            person.sign_in()
        rico.page.goto(f"/haeuser/{site_id}")
        rico.follow("Um Vermittlung bitten", "link")
        rico.page.get_by_label(re.compile("^Was sollen wir")).fill("Ich möchte Kinder im Garten.")
        rico.follow("Bitte absenden")
        rico.look(rico.page, "asked")
        bring_forward(berta)
        for person in (paula, rico):
            agree(person)
        meet(rico, paula)
        record(rico, paula, berta)


def bring_forward(berta: Person) -> None:
    """The office sees what was asked on its desk, and asks both sides for a reason that both read."""
    berta.page.goto("/heute")
    berta.reads("Um Vermittlung gebeten")
    follow(berta.page.locator("main").get_by_role("link", name="„Villa am Park“ und „Kinderhof“"))
    berta.reads("Ich möchte Kinder im Garten.")
    berta.look(berta.page, "desk")
    berta.page.get_by_label(re.compile("^Warum könnten sie")).fill("Beide wollen, dass im Garten Kinder spielen.")
    berta.follow("Alle Seiten fragen")
    berta.reads("noch keine Antwort")
    berta.look(berta.page, "offered")


def agree(person: Person) -> None:
    """By the link in the mail; what it leads to tells no name yet."""
    person.open_mailed("/vermittlungen/")
    person.reads("Beide wollen, dass im Garten Kinder spielen.")
    assert not re.search("Rico|Paula|Parkweg", person.page.locator("main").inner_text())
    person.look(person.page, "asked-for-consent")
    person.page.get_by_label(re.compile("^Ja, ich möchte")).check()
    person.follow("Antwort senden")
    person.look(person.page, "answered")


def meet(rico: Person, paula: Person) -> None:
    """The owner proposes, the group chooses, takes the date along and writes."""
    rico.open_mailed("/vermittlungen/")
    rico.reads("paula@example.org")
    soon = rico.town.today + timedelta(days=5)
    rico.page.get_by_label("Erster Tag").fill(soon.isoformat())
    rico.page.get_by_label("Uhrzeit am ersten Tag").fill("16:00")
    rico.page.get_by_label(re.compile("^Wo treffen")).fill("Am Gartentor")
    rico.follow("Termine vorschlagen")
    rico.reads("Die andere Seite wählt jetzt einen Termin")
    rico.look(rico.page, "proposed")
    paula.open_mailed("/vermittlungen/")
    paula.page.locator("main").get_by_role("radio").first.check()
    paula.follow("Termin wählen")
    paula.reads("Am Gartentor")
    with paula.page.expect_download() as file:
        touch(paula.page.get_by_role("link", name="In meinen Kalender eintragen"))
    assert "BEGIN:VEVENT" in file.value.path().read_text(encoding="utf-8")
    paula.page.get_by_label("Ihre Nachricht").fill("Wir kommen zu dritt.")
    paula.follow("Nachricht senden")
    paula.reads("Wir kommen zu dritt.")
    paula.look(paula.page, "thread")


def record(rico: Person, paula: Person, berta: Person) -> None:
    rico.open_mailed("/vermittlungen/")
    rico.reads("Wir kommen zu dritt.")
    touch(rico.page.locator("main summary", has_text="Ergebnis festhalten"))
    rico.page.get_by_label("Wir haben etwas vereinbart").check()
    rico.follow("Ergebnis speichern")
    rico.look(rico.page, "recorded")
    paula.open_mailed("/vermittlungen/")
    paula.reads("Zuletzt festgehalten: Wir haben etwas vereinbart")
    berta.page.reload()
    berta.reads("Ein Ergebnis ist festgehalten")
    berta.look(berta.page, "outcome")
