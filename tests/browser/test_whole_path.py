"""The whole path in real browsers, with a real mail server and a clock that is moved over four months and the change to
summer time: from the form of somebody who seeks to the question how it goes after moving in."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.three_people import Advisor, Look, Member, Seeker
from tests.browser.towns import Town, before_summer_time
from tests.factories import make_offer, make_organisation, make_project
from tests.people import make_user
from wohnberatung.advice.services.parameters import add_funding_programs

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
DAY = timedelta(days=1)
PROGRAM = "Pflegekasse"
PAYER = {
    "key": "care",
    "name": PROGRAM,
    "what": "Umbau",
    "amount": "",
    "conditions": "",
    "steps": "1. Antrag. 2. Erst nach der Zusage beginnen.",
    "valid_from": "",
    "valid_to": "",
    "source": "Test",
    "checked_on": "2026-11-01",
    "status": "verified",
    "position": "1",
}


class Story(NamedTuple):
    town: Town
    erika: Seeker
    paula: Member
    olga: Member
    berta: Advisor
    project_id: str


@pytest.fixture
def story(own_app: Flask, new_browser: Callable[..., Page], look_at: Look) -> Story:
    """A group that has one place, with one member who has an account."""
    town = Town(own_app, before_summer_time())
    with town.furnishing():
        make_user("advisor", email="berta@example.org", name="Berta Beraterin")
        group = make_organisation("Hofgruppe", kind="initiative")
        make_user("provider", organisation_ids=[group.id], email="paula@example.org", name="Paula Plural")
        project = make_project(group, name="Gartenhof")
        make_offer(project=project, title="Zimmer im Gartenhof", rent_warm_eur=480)
        add_funding_programs([PAYER])
        project_id = project.id
    phone = {"base_url": town.address, "viewport": PHONE, "is_mobile": True, "has_touch": True}
    desk = {"base_url": town.address, "viewport": DESK}
    return Story(
        town,
        Seeker(town, new_browser(**phone), look_at, "erika@example.org"),
        Member(town, new_browser(**desk), look_at, "paula@example.org"),
        Member(town, new_browser(**phone), look_at, "olga@example.org"),
        Advisor(town, new_browser(**desk), look_at, "berta@example.org"),
        project_id,
    )


def test_from_the_first_word_to_a_home_that_is_lived_in(story: Story) -> None:
    town, erika, paula, olga, berta, project_id = story
    with town.open():
        paula.sign_in()
        paula.names_somebody_without_account(project_id, "Olga Ohnekonto", olga.email)
        erika.asks_for_a_home()
        berta.sign_in()
        berta.proposes_the_first_home_to("Erika Beispiel")
        erika.is_interested_and_lets_the_group_be_asked()
        berta.takes("Dem Anbieter vorstellen")
        town.work()
        paula.votes_signed_in()
        olga.votes_by_mail()
        erika.lets_the_group_know_her_name()
        paula.proposes_dates((town.today + 15 * DAY, "15:00"), (town.today + 16 * DAY, "10:30"))
        erika.takes_the_date_at("15:00")
    with town.open(after=16 * DAY):
        erika.says_how_it_was()
        paula.says_how_it_was()
        berta.sign_in()
        berta.takes("Beide möchten weitermachen", "Reservieren")
        erika.reads_that("reserviert")
        berta.takes_on("Vertrag ist geschlossen", town.today)
        berta.cannot_order_before(PROGRAM)
        berta.notes_that_it_was_granted(PROGRAM, town.today)
        berta.takes("Förderung und Umbau beginnen")
        berta.takes_on("Bestellung des Umbaus festhalten", town.today)
    with town.open(after=30 * DAY):
        berta.sign_in()
        berta.takes_on("Eingezogen", town.today)
        erika.reads_that("Sie sind eingezogen")
    with town.open(after=92 * DAY):
        erika.says_how_she_lives("well")
        berta.sign_in()
        berta.hears_how_it_goes_and_closes()
    assert [mail["To"] for mail in town.recorder.mails if "unzustellbar" in str(mail["Subject"])] == []
