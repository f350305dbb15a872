"""What strangers may send to the office without an account and without a name; what the office does with it."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, RadioField, SelectChoice, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.core.constraints import MESSAGE
from wohnberatung.web.forms import Form, VersionedForm, at_most, email_address, phone_number
from wohnberatung.web.spam import GuardedForm

CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _l(
    "Ich willige ein, dass die Wohnberatung meine Kontaktdaten und das, was ich hier geschrieben habe, speichert, "
    "um mir zu antworten. Das gilt auch für Angaben zur Gesundheit, wenn ich welche gemacht habe."
)
LAST_FIELDS = ("name", "phone", "email", "postal", "calls_in", "consent")


class EnquiryForm(GuardedForm):
    """The contact that all of them offer: never needed, only kept with consent."""

    own_words = ""
    name = StringField(
        _l("Name"),
        description=_l("So, wie wir Sie ansprechen sollen. Es geht auch ohne Namen."),
        validators=[at_most(120)],
        render_kw={"autocomplete": "name"},
    )
    phone = TelField(_l("Telefonnummer"), validators=[Optional(), phone_number], render_kw={"autocomplete": "tel"})
    email = EmailField(
        _l("E-Mail-Adresse"), validators=[Optional(), email_address], render_kw={"autocomplete": "email"}
    )
    consent = BooleanField(
        CONSENT_TEXT,
        description=_l(
            "Nur nötig, wenn Sie Kontaktdaten angeben. Ein Anruf genügt, um die Einwilligung zurückzunehmen."
        ),
    )
    contact_fields: tuple[str, ...] = ("name", "phone", "email")

    def __iter__(self) -> Iterator[Field]:
        """In the order of the page, as the list of errors follows it: contact and consent come last."""
        fields = [field for field in self._fields.values() if field.name not in LAST_FIELDS]
        return iter(fields + [self._fields[name] for name in LAST_FIELDS if name in self._fields])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if self.leaves_contact and not self.consent.data:
            message = _(
                "Ohne Ihre Einwilligung dürfen wir keine Kontaktdaten speichern. Kreuzen Sie sie an, "
                "oder lassen Sie die Felder zum Kontakt leer."
            )
            self.consent.errors, valid = [message], False
        return bool(valid)

    @property
    def leaves_contact(self) -> bool:
        return any(self._text(name) for name in self.contact_fields)

    @property
    def is_reachable(self) -> bool:
        return any(self._text(name) for name in ("phone", "email", "postal") if name in self._fields)

    @property
    def longest_text(self) -> str:
        return self._text(self.own_words)

    def given_consent(self) -> tuple[str, str] | None:
        """(version, text) where contact was left; a tick without any is no consent to anything."""
        return (CONSENT_VERSION, str(CONSENT_TEXT)) if self.leaves_contact else None

    def content(self) -> dict[str, str]:
        """What was written, by field; what is empty is left out."""
        own = {"csrf_token", "idempotency_key", "homepage", "shown_at", "consent", "calls_in"}
        values = {name: self._text(name) for name in self._fields if name not in own}
        return {name: value for name, value in values.items() if value}

    def _text(self, name: str) -> str:
        return (self[name].data or "").strip()


class AnsweredForm(EnquiryForm):
    """What is answered in writing, so that a letter will do as well."""

    contact_fields: tuple[str, ...] = ("name", "phone", "email", "postal")
    postal = TextAreaField(
        _l("Postanschrift"),
        description=_l("Nur, wenn wir Ihnen mit einem Brief antworten sollen."),
        validators=[at_most(300)],
        render_kw={"autocomplete": "street-address", "rows": 3},
    )


class QuestionForm(AnsweredForm):
    own_words = "question"
    question = TextAreaField(
        _l("Ihre Frage"),
        description=_l("Bitte keine Diagnosen. Es genügt, was im Alltag schwerfällt."),
        validators=[InputRequired(_l("Bitte schreiben Sie Ihre Frage auf.")), at_most(MESSAGE)],
        render_kw={"rows": 7},
    )


class AppointmentForm(AnsweredForm):
    own_words = "concern"
    contact_fields = ("name", "phone", "email", "postal", "address")
    way = RadioField(
        _l("Wie möchten Sie mit uns sprechen?"),
        choices=[
            SelectChoice("phone", _l("Am Telefon")),
            SelectChoice("video", _l("Mit Video am Computer oder Handy")),
            SelectChoice("office", _l("In unserem Büro")),
            SelectChoice("home", _l("Bei mir zu Hause")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, wie Sie mit uns sprechen möchten."))],
        invalid_choice_message=_l("Bitte wählen Sie eine der angebotenen Antworten."),
    )
    times = TextAreaField(
        _l("Wann passt es Ihnen?"),
        description=_l("Zum Beispiel: dienstags und donnerstags ab 10 Uhr, nicht in der ersten Dezemberwoche."),
        validators=[InputRequired(_l("Bitte schreiben Sie auf, wann es Ihnen passt.")), at_most(500)],
        render_kw={"rows": 3},
    )
    concern = TextAreaField(
        _l("Worum geht es?"),
        description=_l("Ein Satz genügt. Bitte keine Diagnosen."),
        validators=[at_most(MESSAGE)],
        render_kw={"rows": 4},
    )
    support = TextAreaField(
        _l("Was brauchen Sie für das Gespräch?"),
        description=_l("Zum Beispiel: Gebärdensprache, Leichte Sprache, eine andere Sprache, jemand kommt mit."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )
    address = TextAreaField(
        _l("Adresse für einen Besuch"),
        description=_l("Nur für ein Gespräch bei Ihnen zu Hause. Sie können sie uns auch später sagen."),
        validators=[at_most(300)],
        render_kw={"autocomplete": "street-address", "rows": 3},
    )
    calls_in = BooleanField(
        _l("Ich rufe selbst an und nenne meine Eingangsnummer."),
        description=_l("Dann brauchen wir keine Kontaktdaten von Ihnen."),
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not self.is_reachable and not self.calls_in.data:
            message = _(
                "Bitte geben Sie an, wie wir Sie erreichen: Telefon, E-Mail oder Postanschrift. Oder kreuzen Sie an, "
                "dass Sie selbst anrufen. Sonst können wir den Termin nicht mit Ihnen vereinbaren."
            )
            self.phone.errors, valid = [*self.phone.errors, message], False
        return bool(valid)


class BarrierForm(AnsweredForm):
    own_words = "barrier"
    barrier = TextAreaField(
        _l("Was geht nicht?"),
        description=_l("Beschreiben Sie, was Sie tun wollten und was stattdessen geschehen ist."),
        validators=[InputRequired(_l("Bitte beschreiben Sie, was nicht geht.")), at_most(MESSAGE)],
        render_kw={"rows": 6},
    )
    page = StringField(
        _l("Auf welcher Seite?"),
        description=_l("Die Überschrift oder die Adresse der Seite genügt."),
        validators=[at_most(300)],
    )
    aids = StringField(
        _l("Womit benutzen Sie die Seite?"),
        description=_l("Zum Beispiel: Vorleseprogramm, Vergrößerung, nur Tastatur, Handy. Das hilft uns beim Suchen."),
        validators=[at_most(300)],
    )


class EnquiryNoteForm(VersionedForm):
    """The office moves an enquiry."""

    note = TextAreaField(
        _l("Notiz"),
        description=_l("Was haben Sie getan oder geantwortet? Die Notiz bleibt beim Vorgang."),
        validators=[InputRequired(_l("Bitte schreiben Sie kurz auf, was geschehen ist.")), at_most(2000)],
        render_kw={"rows": 3},
    )
    answer = TextAreaField(
        _l("Antwort für die Person"),
        description=_l(
            "Sie liest sie mit dem Link von ihrer Eingangsbestätigung oder im Brief. Ihre Notiz liest sie nicht."
        ),
        validators=[at_most(MESSAGE)],
        render_kw={"rows": 5},
    )


class EraseEnquiryForm(Form):
    sure = BooleanField(
        _l("Ja, endgültig löschen"), validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie löschen möchten."))]
    )
