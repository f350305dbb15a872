"""Forms of contact persons: what somebody asks them, and what the administration says of them."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectChoice, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Optional

from wohnberatung.advice.forms import QuestionForm
from wohnberatung.bridge.fields import NOT_OFFERED, CheckboxesField
from wohnberatung.bridge.neighbourhood_places import quarters
from wohnberatung.contacts.topics import TOPIC_LABELS
from wohnberatung.web.forms import VersionedForm, at_most, email_address, phone_number


class ContactQuestionForm(QuestionForm):
    """A question to one person; the topic says what it is about."""

    topic = SelectField(
        _l("Worum geht es?"),
        choices=[
            SelectChoice("", _l("Bitte wählen")),
            *(SelectChoice(key, said) for key, said in TOPIC_LABELS.items()),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, worum es geht."))],
        invalid_choice_message=NOT_OFFERED,
    )

    def content(self) -> dict[str, str]:
        return {name: value for name, value in super().content().items() if name != "topic"}


class ContactPersonForm(VersionedForm):
    """What everybody reads of a contact person."""

    user_id = SelectField(
        _l("Person"),
        validators=[InputRequired(_l("Bitte wählen Sie eine Person."))],
        invalid_choice_message=NOT_OFFERED,
    )
    duty = StringField(
        _l("Aufgabe"),
        description=_l("Zum Beispiel: Wohnberatung für den Dresdner Norden."),
        validators=[at_most(160)],
    )
    quarters = CheckboxesField(
        _l("Stadtbezirke"),
        description=_l("Ohne Haken: für die ganze Stadt."),
        choices=[SelectChoice(name, name) for name, _places in quarters()],
        invalid_choice_message=NOT_OFFERED,
    )
    topics = CheckboxesField(
        _l("Themen"),
        description=_l("Ohne Haken: für alles."),
        choices=[SelectChoice(key, label) for key, label in TOPIC_LABELS.items()],
        invalid_choice_message=NOT_OFFERED,
    )
    phone = TelField(_l("Telefon"), validators=[Optional(), phone_number, at_most(120)])
    email = EmailField(_l("E-Mail-Adresse"), validators=[Optional(), email_address, at_most(254)])
    hours = StringField(
        _l("Wann erreichbar?"),
        description=_l("Zum Beispiel: Montag bis Donnerstag 9 bis 15 Uhr."),
        validators=[at_most(300)],
    )
    active = BooleanField(_l("Steht auf den öffentlichen Seiten"), default=True)

    def values(self) -> dict[str, object]:
        """By column of the contact person."""
        texts = {name: self[name].data or "" for name in ("user_id", "duty", "phone", "email", "hours")}
        lists = {name: self[name].data or [] for name in ("quarters", "topics")}
        return {**texts, **lists, "active": bool(self.active.data)}
