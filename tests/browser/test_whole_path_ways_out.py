"""Each way out of the whole path, in real browsers: the matches stand where it begins, and one side leaves."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.brokerage.ways import TO_COMPLETED, TO_RESERVED, on_the_way, sharing
from tests.browser.hands import Pointer, follow, type_day, type_into
from tests.browser.test_whole_path import DESK, PHONE
from tests.browser.three_people import Advisor, Look, Person
from tests.browser.towns import Town
from tests.committed import committed
from tests.factories import make_dwelling, make_offer, make_organisation
from tests.infrastructure.application import reused_app
from tests.infrastructure.databases import Databases
from tests.people import make_user
from tests.viewings.cases import Acquainted, acquainted, agreed, held
from wohnberatung.accounts.models import Organisation
from wohnberatung.aftercare.services.asking import ask_all
from wohnberatung.core import clock
from wohnberatung.dwellings.models import Offer

DAY = timedelta(days=1)


class Begun(NamedTuple):
    """A match somewhere on its way, and the secret of whoever seeks."""

    match: str
    token: str


class People(NamedTuple):
    """`seeker` by secret link, `landlord` signed in, `advisor` by keyboard."""

    seeker: Person
    landlord: Person
    advisor: Advisor
    begun: dict[str, Begun]

    def at(self, name: str) -> Begun:
        """The advisor has this match open."""
        begun = self.begun[name]
        self.advisor.match = f"/vorschlaege/{begun.match}"
        return begun

    def seeker_reads(self, begun: Begun, *told: str) -> None:
        self.seeker.page.goto(f"/vorschlag/{begun.token}/{begun.match}?sprache=leicht")
        self.seeker.reads(*told)


def flat(owner: Organisation) -> Offer:
    return make_offer(make_dwelling(owner, level="measured", inner_door_clear_width_cm=95), title="Wohnung am Park")


def begin(owner: Organisation) -> dict[str, Begun]:
    """One match for each way out."""

    def at(*steps: str, offer: Offer | None = None) -> Begun:
        submitted = sharing()
        return Begun(on_the_way(*steps, submitted=submitted, offer=offer or flat(owner)).id, submitted.token)

    def known(pair: Acquainted) -> Begun:
        return Begun(pair.match.id, pair.token)

    wanted_twice, missed = flat(owner), held(acquainted(flat(owner)))
    missed.viewing.seeker_missed = 1
    found = {
        "clarified": at(*TO_RESERVED[:-1]),
        "presented": at(*TO_RESERVED[:4]),
        "offered": at("offer"),
        "interested": at("offer", "interested"),
        "first": at(*TO_RESERVED[:-1], offer=wanted_twice),
        "second": at("offer", "interested", offer=wanted_twice),
        "agreed": known(agreed(acquainted(flat(owner)))),
        "missed": known(missed),
        "released": at(*TO_RESERVED[:6]),
    }
    with time_machine.travel(clock.now() - 92 * DAY, tick=False):
        found["moved_in"] = at(*TO_COMPLETED[:-2])
    committed(ask_all)()
    return found


@pytest.fixture(scope="module")
def beginnings(databases: Databases) -> Iterator[tuple[Town, dict[str, Begun]]]:
    address = databases.copy()
    with reused_app(address) as app:
        town = Town(app, clock.now())
        with town.furnishing():
            owner = make_organisation("Hausverwaltung Beispiel")
            make_user("provider", organisation_ids=[owner.id], email="karl@example.org", name="Karl Vermieter")
            make_user("advisor", email="berta@example.org", name="Berta Beraterin")
            begun = begin(owner)
        with town.open():
            yield town, begun
    databases.drop(address)


@pytest.fixture(scope="module")
def browsers(beginnings: tuple[Town, dict[str, Begun]], new_browser: Callable[..., Page]) -> dict[str, Page]:
    town, _begun = beginnings
    pages = {
        "seeker": new_browser(base_url=town.address, viewport=PHONE, is_mobile=True, has_touch=True),
        "karl@example.org": new_browser(base_url=town.address, viewport=DESK),
        "berta@example.org": new_browser(base_url=town.address, viewport=DESK),
    }
    for email in ("karl@example.org", "berta@example.org"):
        Person(town, pages[email], lambda _page, _word: None, email).sign_in()
    return pages


@pytest.fixture
def people(beginnings: tuple[Town, dict[str, Begun]], browsers: dict[str, Page], look_at: Look) -> People:
    town, begun = beginnings
    karl, berta = "karl@example.org", "berta@example.org"
    return People(
        Person(town, browsers["seeker"], look_at, ""),
        Person(town, browsers[karl], look_at, karl),
        Advisor(town, browsers[berta], look_at, berta),
        begun,
    )


def test_who_seeks_says_no_with_a_reason_and_the_advisor_sees_what_it_sets_going(people: People) -> None:
    begun = people.at("clarified")
    seeker, berta = people.seeker, people.advisor
    people.seeker_reads(begun, "Wir klären noch etwas")
    seeker.follow("Das passt nicht", "link")
    Pointer().answer(seeker.page, "reason", "too_expensive")
    seeker.follow("Antwort abschicken")
    seeker.reads("Sie haben Nein gesagt")
    berta.open_match()
    berta.follow("Ablehnung bestätigen", "link")
    berta.look(berta.page, "confirm-no")
    berta.follow("Ablehnung bestätigen")
    people.seeker_reads(begun, "Es hat diesmal nicht gepasst")


def test_who_offers_says_no_and_the_person_hears_it_in_neutral_words(people: People) -> None:
    begun = people.at("presented")
    landlord, berta = people.landlord, people.advisor
    landlord.page.goto(f"/anbieten/menschen/{begun.match}")
    landlord.follow("Nein, das passt nicht", "link")
    landlord.look(landlord.page, "refuse")
    Pointer().answer(landlord.page, "reason", "works_not_possible")
    landlord.follow("Antwort senden")
    landlord.reads("Sie haben abgesagt.")
    people.seeker_reads(begun, "Wir prüfen noch etwas")
    berta.open_match()
    berta.follow("Absage bestätigen", "link")
    berta.look(berta.page, "confirm-refusal")
    berta.follow("Absage bestätigen")
    people.seeker_reads(begun, "Es hat diesmal nicht gepasst")
    expect(people.seeker.page.locator("main")).not_to_contain_text("Umbau")


def test_who_wants_to_be_asked_later_says_when(people: People) -> None:
    begun = people.at("offered")
    seeker = people.seeker
    people.seeker_reads(begun, "Wartet auf Ihre Antwort")
    seeker.follow("Fragen Sie mich später wieder", "link")
    Pointer().answer(seeker.page, "weeks", "4")
    seeker.follow("Antwort abschicken")
    again = seeker.town.today + 28 * DAY
    seeker.reads(f"Wir fragen Sie am {again:%d.%m.%Y}.")


def test_what_comes_between_lets_it_rest_until_a_day(people: People) -> None:
    begun = people.at("interested")
    berta = people.advisor
    again = berta.town.today + 40 * DAY
    berta.open_match()
    berta.follow("Ruhen lassen", "link")
    berta.look(berta.page, "hold")
    berta.chooses_reason("hospital")
    type_day(berta.page, berta.page.locator("main [name=until]"), again)
    berta.follow("Ruhen lassen")
    people.seeker_reads(begun, "Das macht gerade Pause", f"Wir machen weiter am {again:%d.%m.%Y}.")


def test_who_stands_behind_a_reservation_waits_and_hears_when_the_home_is_gone(people: People) -> None:
    behind = people.begun["second"]
    people.at("first")
    berta = people.advisor
    berta.takes("Reservieren")
    berta.town.keep_deadlines()
    people.seeker_reads(behind, "Sie haben Interesse", "Im Moment ist das Angebot für jemand anderen.")
    berta.takes_on("Vertrag ist geschlossen", berta.town.today)
    berta.town.keep_deadlines()
    people.seeker_reads(behind, "Dieses Angebot ist leider nicht mehr frei")
    people.seeker.look(people.seeker.page, "preempted")


def test_a_date_is_called_off_and_both_may_propose_another(people: People) -> None:
    begun = people.at("agreed")
    landlord, seeker = people.landlord, people.seeker
    landlord.page.goto(f"/besichtigungen/{begun.match}")
    landlord.look(landlord.page, "date-that-stands")
    landlord.follow("Termin absagen")
    landlord.reads("Der Termin ist abgesagt.")
    people.seeker_reads(begun, "Sie lernen sich kennen")
    seeker.follow("Termin zum Anschauen machen", "link")
    seeker.reads("Der Termin ist abgesagt.", "Termine vorschlagen")


def test_the_second_time_nobody_comes_it_rests_and_the_office_asks(people: People) -> None:
    begun = people.at("missed")
    landlord, berta = people.landlord, people.advisor
    landlord.page.goto(f"/besichtigungen/{begun.match}")
    landlord.follow("Jemand war nicht da", "link")
    landlord.look(landlord.page, "who-was-missing")
    Pointer().answer(landlord.page, "who", "seeker")
    landlord.follow("Das melden")
    people.seeker_reads(begun, "Der Termin hat zweimal nicht geklappt")
    berta.open_match()
    berta.reads("zweimal nicht zum Termin gekommen", "Nachsehen, ob und wie jemand zu erreichen ist")
    berta.look(berta.page, "missed-twice")


def test_a_consent_taken_back_reaches_the_provider_and_is_confirmed(people: People) -> None:
    begun = people.at("released")
    seeker, landlord = people.seeker, people.landlord
    landlord.page.goto(f"/anbieten/menschen/{begun.match}")
    landlord.reads("Erika Beispiel")
    seeker.page.goto(f"/mein-gesuch/{begun.token}?sprache=leicht")
    seeker.page.goto(f"/mein-gesuch/{begun.token}/einwilligung/release")
    seeker.look(seeker.page, "take-back")
    seeker.reads("Weiß ein Anbieter das schon?")
    seeker.follow("Erlaubnis zurücknehmen")
    landlord.page.goto("/anbieten/menschen")
    landlord.reads("Bitte löschen Sie, was Sie über eine Person wissen")
    landlord.look(landlord.page, "please-delete")
    # Those of the other ways out as well.
    while (confirm := landlord.page.get_by_role("button", name="Alles ist gelöscht")).count():
        follow(confirm.first)
    landlord.page.goto(f"/anbieten/menschen/{begun.match}")
    expect(landlord.page.locator("main")).not_to_contain_text("Erika Beispiel")
    people.seeker_reads(begun, "Der Anbieter möchte Sie kennenlernen")


def test_who_has_left_again_is_talked_with(people: People) -> None:
    begun = people.at("moved_in")
    seeker, berta = people.seeker, people.advisor
    seeker.page.goto(f"/nach-dem-einzug/{begun.token}/{begun.match}?sprache=leicht")
    Pointer().answer(seeker.page, "living", "left")
    Pointer().answer(seeker.page, "ask_again", "no")
    seeker.follow("Antwort abschicken")
    berta.page.goto("/heute")
    berta.reads("Nach dem Einzug (1)")
    berta.look(berta.page, "today")
    berta.open_match()
    berta.follow("Die Person wohnt dort nicht mehr", "link")
    berta.chooses_reason("trial_ended")
    berta.follow("Die Person wohnt dort nicht mehr")
    berta.reads("Wie es weitergeht")
    berta.look(berta.page, "ended-after-moving-in")
    people.seeker_reads(begun, "Sie wohnen dort nicht mehr")
    berta.follow("Gespräch festhalten", "link")
    type_into(berta.page, berta.page.locator("main [name=note]"), "Sie zieht zu ihrer Schwester.")
    berta.follow("Gespräch festhalten")
    berta.takes("Die Person sucht nicht weiter")
    people.seeker_reads(begun, "Sie wohnen dort nicht mehr", "Sie müssen nichts tun.")
