"""Three people in real browsers: who seeks (easy language, on a phone), a group that offers a place (one member with an
account, one without), and an advisor who never touches the mouse."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from playwright.sync_api import Page, expect

from tests.browser.hands import (
    Keyboard,
    Pointer,
    follow,
    follow_by_key,
    follow_by_tab,
    number_on_receipt,
    tab_to,
    type_day,
    type_into,
)
from tests.browser.personas import Persona, Walk
from tests.browser.test_journeys import enter, fill_in
from tests.browser.towns import Town
from tests.people import PASSWORD
from wohnberatung.core.languages import EASY

ERIKA = Persona(
    "erika",
    {
        "haushalt": {"household_persons": "1"},
        "alltag": {"profiles": ("wheelchair",), "consent_health": "y"},
        "kosten": {"rent_warm_eur": "600"},
        "kontakt": {"name": "Erika Beispiel", "reach": "email", "email": "erika@example.org"},
        "einwilligung": {"consent_matching": "y", "consent_health": "y", "consent_contact": "y"},
    },
)
Role = Literal["button", "link"]
HANDS = Keyboard()
Look = Callable[[Page, str], None]


@dataclass
class Person:
    """Somebody with a browser; `look` at a page tells whether it is accessible and fits."""

    town: Town
    page: Page
    look: Look
    email: str

    def open_mailed(self, path: str) -> None:
        """The link of the newest mail that leads there."""
        self.page.goto(self.town.link_to(self.email, path))

    def reads(self, *told: str) -> None:
        for words in told:
            expect(self.page.locator("main")).to_contain_text(words)

    def follow(self, name: str, role: Role = "button") -> None:
        follow(self.page.locator("main").get_by_role(role, name=name, exact=True))

    def sign_in(self) -> None:
        """By keyboard."""
        self.page.goto("/anmelden")
        type_into(self.page, self.page.get_by_label("E-Mail"), self.email)
        type_into(self.page, self.page.get_by_label("Passwort"), PASSWORD)
        follow_by_key(self.page)
        expect(self.page.get_by_role("button", name="Abmelden")).to_be_visible()


@dataclass
class Seeker(Person):
    """On a phone, in easy language."""

    hands: Pointer = field(default_factory=Pointer)

    def asks_for_a_home(self) -> str:
        """By the form; the number on the receipt."""
        enter(self.page, self.hands, EASY)
        fill_in(self.page, self.hands, Walk(ERIKA, EASY, "phone", "pointer"))
        follow(self.page.locator("main button.kern-btn--primary"))
        return number_on_receipt(self.page)

    def is_interested_and_lets_the_group_be_asked(self) -> None:
        self.open_mailed("/vorschlag/")
        self.reads("Wartet auf Ihre Antwort")
        self.look(self.page, "proposal")
        self.follow("Das interessiert mich")
        self.follow("Sie dürfen den Anbieter fragen", "link")
        self.reads("Er erfährt nicht Ihren Namen.")
        self.look(self.page, "share")
        self.agrees("consent_sharing")

    def lets_the_group_know_her_name(self) -> None:
        self.open_mailed("/vorschlag/")
        self.reads("Der Anbieter möchte Sie kennenlernen")
        self.look(self.page, "mutual-interest")
        self.follow("Ja, der Anbieter darf meinen Namen wissen", "link")
        self.reads("Name: Erika Beispiel", "erika@example.org")
        self.look(self.page, "release")
        self.agrees("consent_release")
        self.reads("Sie lernen sich kennen")

    def agrees(self, consent: str) -> None:
        self.hands.answer(self.page, consent, "y")
        self.follow("Antwort abschicken")

    def takes_the_date_at(self, time: str) -> None:
        self.open_mailed("/vorschlag/")
        self.follow("Termin zum Anschauen machen", "link")
        self.reads("Einen Termin wählen")
        self.look(self.page, "choose-date")
        self.page.get_by_label(re.compile(time)).check()
        self.follow("Diesen Termin nehmen")
        self.reads("Der Termin ist fest.", time)

    def says_how_it_was(self) -> None:
        self.open_mailed("/besichtigung/")
        self.follow("Sagen, wie es war", "link")
        self.look(self.page, "feedback")
        self.hands.answer(self.page, "verdict", "yes")
        self.follow("Senden")
        self.reads("Wir haben Ihre Antwort.")

    def reads_that(self, state: str) -> None:
        """Behind the link of the last mail."""
        self.open_mailed("/vorschlag/")
        self.reads(state)

    def says_how_she_lives(self, living: str) -> None:
        self.open_mailed("/nach-dem-einzug/")
        self.look(self.page, "how-it-goes")
        self.hands.answer(self.page, "living", living)
        self.hands.answer(self.page, "ask_again", "yes")
        self.follow("Antwort abschicken")
        self.reads("Danke. Ihre Antwort ist bei uns.")


@dataclass
class Member(Person):
    """Of the group that offers a place."""

    def names_somebody_without_account(self, project_id: str, name: str, email: str) -> None:
        self.page.goto(f"/projekte/{project_id}/abstimmende")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("E-Mail-Adresse").fill(email)
        self.follow("Eintragen")
        self.reads(name)

    def votes_signed_in(self) -> None:
        self.page.goto("/anbieten/menschen")
        follow(self.page.locator("main a[href*='/anbieten/menschen/']").first)
        self.reads("keinen Namen", "0 von 2")
        expect(self.page.locator("main")).not_to_contain_text("Erika")
        self.look(self.page, "presented")
        self.follow("Abstimmen", "link")
        self.votes()
        self.reads("1 von 2")

    def votes_by_mail(self) -> None:
        self.open_mailed("/stimme/")
        self.look(self.page, "ballot")
        self.votes()
        self.reads("Die Abstimmung ist zu Ende.")

    def votes(self) -> None:
        self.page.get_by_label("Dafür").check()
        self.follow("Abstimmen")
        self.reads("Ihre Stimme ist gezählt.")

    def proposes_dates(self, *moments: tuple[date, str]) -> None:
        """From the mail that tells the name."""
        self.open_mailed("/besichtigung/")
        self.reads("Noch kein Termin")
        self.look(self.page, "propose-dates")
        for number, (day, at) in enumerate(moments, start=1):
            self.page.locator(f"main [name=day_{number}]").fill(day.isoformat())
            self.page.locator(f"main [name=time_{number}]").fill(at)
        self.follow("Termine vorschlagen")
        self.reads("Jetzt wählt die andere Seite.")

    def says_how_it_was(self) -> None:
        self.open_mailed("/besichtigung/")
        self.reads("Erika Beispiel")
        self.follow("Rückmeldung geben", "link")
        Pointer().answer(self.page, "verdict", "yes")
        self.follow("Rückmeldung senden")
        self.reads("Danke. Ihre Rückmeldung ist bei uns.")


@dataclass
class Advisor(Person):
    """By keyboard alone."""

    match: str = ""

    def follow(self, name: str, role: Role = "button") -> None:
        follow_by_tab(self.page, self.page.locator("main").get_by_role(role, name=name, exact=True))

    def proposes_the_first_home_to(self, name: str) -> None:
        """From what is new today."""
        self.follow(name, "link")
        self.page.keyboard.press("j")
        follow_by_key(self.page, "p")
        self.follow("Vorschlagen")
        self.match = self.page.url
        self.reads("E-Mail an die suchende Person.")

    def open_match(self) -> None:
        self.page.goto(self.match)

    def chooses_reason(self, code: str) -> None:
        HANDS.answer(self.page, "reason", code)

    def takes(self, *steps: str) -> None:
        self.open_match()
        for step in steps:
            self.follow(step)
            expect(self.page.get_by_role("status").first).to_contain_text("Erledigt.")

    def takes_on(self, step: str, day: date) -> None:
        """A step that needs a day."""
        self.open_match()
        self.follow(step, "link")
        type_day(self.page, self.page.locator("main [name=until]"), day)
        self.follow(step)
        self.reads("Erledigt.")

    def cannot_order_before(self, program: str) -> None:
        """Who should pay is noted, and that it is asked first."""
        self.open_match()
        self.follow("Vertrag, Förderung, Umbau", "link")
        self.look(self.page, "contract")
        self.follow("Förderung festhalten", "link")
        self.look(self.page, "funding")
        self.chooses("program", program)
        self.follow("Förderung festhalten")
        self.reads("Erst der Antrag, dann die Bestellung", "ist noch nicht beantragt")

    def notes_that_it_was_granted(self, program: str, day: date) -> None:
        self.follow(f"Ändern : {program}", "link")
        type_day(self.page, self.page.locator("main [name=applied_on]"), day)
        self.chooses("decision", "bewilligt")
        type_day(self.page, self.page.locator("main [name=decided_on]"), day)
        self.follow("Förderung festhalten")
        self.reads("Die Förderung ist festgehalten.")
        expect(self.page.locator("main")).not_to_contain_text("ist noch nicht beantragt")

    def chooses(self, name: str, option: str) -> None:
        """Of a list, by typing how the option begins."""
        field_ = self.page.locator(f"main select[name={name}]")
        tab_to(self.page, field_)
        self.page.keyboard.type(option[:6])
        expect(field_.locator("option:checked")).to_contain_text(option)

    def hears_how_it_goes_and_closes(self) -> None:
        self.open_match()
        self.look(self.page, "moved-in")
        self.follow("Nach dem Einzug: wie es geht", "link")
        self.reads("Ja, und es geht mir gut dort")
        self.look(self.page, "after-moving-in")
        self.takes("Nachgefragt, wie es geht", "Erfolgreich abschließen")
        self.reads("erfolgreich abgeschlossen")
