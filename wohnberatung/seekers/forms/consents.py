"""Consents, one per purpose, unticked. Their wording is stored with each consent: change it with its version."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from wohnberatung.bridge.summary import Line
from wohnberatung.core.languages import Words
from wohnberatung.seekers.forms.steps import DraftForm

PREFIX = "consent_"


@dataclass(frozen=True)
class ConsentText:
    """What is agreed to (`text`), what that means, and what to say where it is needed but missing."""

    purpose: str
    version: str
    text: Words
    explanation: Words
    refusal: Any = ""
    short: Words = ""


ADVICE_CONSENT = ConsentText(
    "advice",
    "2026-11",
    _l("Ich willige ein, dass mich die Wohnberatung zu meinem Gesuch berät."),
    _l("Freiwillig. Ohne diese Einwilligung suchen wir nur nach passenden Angeboten."),
    short=_l("Beratung"),
)
MATCHING_CONSENT = ConsentText(
    "matching",
    "2026-11",
    _l("Ich willige ein, dass die Wohnberatung meine Angaben mit Wohnungsangeboten vergleicht."),
    _l("Ein Programm sortiert die Angebote nach Ihren Wünschen. Was wir Ihnen vorschlagen, entscheidet ein Mensch."),
    _l(
        "Ohne Ihre Einwilligung dürfen wir nicht nach passenden Angeboten suchen. Wenn Sie nur beraten werden "
        "möchten, rufen Sie uns bitte an oder schreiben Sie uns; dafür brauchen Sie dieses Formular nicht."
    ),
    short=_l("Suche nach passenden Angeboten"),
)
HEALTH_CONSENT = ConsentText(
    "health",
    "2026-11",
    _l(
        "Ich willige ein, dass die Wohnberatung meine Angaben zu Gesundheit und Behinderung speichert und für "
        "Beratung und Wohnungssuche nutzt."
    ),
    _l("Vermieterinnen und Vermieter erfahren davon nichts. Eine Diagnose brauchen wir nicht."),
    _l(
        "Diese Angaben sagen etwas über die Gesundheit. Ohne Ihre Einwilligung dürfen wir sie nicht speichern. "
        "Kreuzen Sie die Einwilligung an, oder nehmen Sie die Angaben heraus."
    ),
    short=_l("Angaben zu Gesundheit und Behinderung"),
)
SHARING_CONSENT = ConsentText(
    "sharing",
    "2026-11",
    _l(
        "Ich willige ein, dass die Wohnberatung einem Anbieter sagt, was meine Wohnung können muss, "
        "wenn ich dem im einzelnen Fall zugestimmt habe."
    ),
    _l("Freiwillig. Vor jeder Weitergabe fragen wir Sie noch einmal und zeigen Ihnen, was der Anbieter erfährt."),
    short=_l("Weitergabe an einen Anbieter"),
)
RELEASE_CONSENT = ConsentText(
    "release",
    "2026-11",
    _l(
        "Ich willige ein, dass die Wohnberatung einem Anbieter meinen Namen und meine Kontaktdaten gibt, "
        "wenn ich dem im einzelnen Fall zugestimmt habe."
    ),
    _l("Freiwillig. Nehmen Sie die Einwilligung zurück, muss der Anbieter Ihre Daten löschen."),
    short=_l("Name und Kontakt an einen Anbieter"),
)
CONTACT_CONSENT = ConsentText(
    "contact",
    "2026-11",
    _l("Ich willige ein, dass die Wohnberatung meine Kontaktdaten speichert und mich darüber anspricht."),
    _l("Nur zu diesem Gesuch. Sie bekommen keine Werbung."),
    _l(
        "Ohne Ihre Einwilligung dürfen wir keine Kontaktdaten speichern und Sie nicht ansprechen. Kreuzen Sie die "
        "Einwilligung an, oder nehmen Sie die Kontaktdaten heraus und sehen Sie selbst über Ihren Link nach."
    ),
    short=_l("Kontakt aufnehmen"),
)
DECLARATION = _l("Ich habe alles mit der Person abgesprochen, oder ich bin bevollmächtigt, für sie zu entscheiden.")
CONSENTS = (MATCHING_CONSENT, HEALTH_CONSENT, CONTACT_CONSENT, ADVICE_CONSENT, SHARING_CONSENT)
# Asked when it is time for it, and taken back like all others.
ASKED_LATER = (RELEASE_CONSENT,)


class ConsentsForm(DraftForm):
    """The boxes. Made by `consents_form`, which tells what is asked and what the answers so far need."""

    asked: tuple[ConsentText, ...] = ()
    needed: frozenset[str] = frozenset()
    with_helper = False

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        for consent in self.asked:
            box = self[PREFIX + consent.purpose]
            if consent.purpose in self.needed and not box.data:
                box.errors, valid = [consent.refusal], False
        if self.with_helper and not self.agreed_with_person.data:
            message = _("Bitte sprechen Sie die Einwilligungen mit der Person ab, für die Sie ausfüllen.")
            self.agreed_with_person.errors, valid = [message], False
        return bool(valid)

    def given(self) -> list[ConsentText]:
        return [consent for consent in self.asked if self[PREFIX + consent.purpose].data]

    def boxes(self) -> list[Any]:
        return [self[PREFIX + consent.purpose] for consent in self.asked]

    def declared(self) -> str:
        """What a helper has declared, in the words they read; empty where nobody has helped."""
        return str(DECLARATION) if self.with_helper and self.agreed_with_person.data else ""

    def summary(self) -> list[Line]:
        given = self.given()
        rows = [(str(consent.short), _("ja") if consent in given else _("nein")) for consent in self.asked]
        return [*rows, (_("Erklärung"), self.declared())] if self.declared() else rows


@cache
def consents_form(needed: frozenset[str], with_helper: bool) -> Any:
    """The form class; health is asked only where the answers tell about it, contact only where there is one."""
    only_if_needed = {HEALTH_CONSENT.purpose, CONTACT_CONSENT.purpose}
    asked = tuple(item for item in CONSENTS if item.purpose in needed or item.purpose not in only_if_needed)
    boxes: dict[str, Any] = {
        PREFIX + item.purpose: BooleanField(item.text, description=item.explanation) for item in asked
    }
    if with_helper:
        boxes["agreed_with_person"] = BooleanField(DECLARATION)
    return type("Consents", (ConsentsForm,), boxes | {"asked": asked, "needed": needed, "with_helper": with_helper})
