"""Forms of messages inside a match."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.constraints import MESSAGE
from wohnberatung.pictures.received_forms import files_field
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most

# So many files go along with one message.
MOST_FILES = 3
READERS = {
    "seeker": _l("An die suchende Person"),
    "provider": _l("An den Anbieter"),
    "office": _l("Nur an die Wohnberatung"),
}


class MatchMessageForm(PatientForm):
    """A message to the other side, or to the office alone, with files or without."""

    reader = RadioField(
        _l("An wen schreiben Sie?"),
        validators=[InputRequired(_l("Bitte wählen Sie, an wen Sie schreiben."))],
        invalid_choice_message=NOT_OFFERED,
    )
    text = TextAreaField(
        _l("Ihre Nachricht"),
        validators=[InputRequired(_l("Bitte schreiben Sie Ihre Nachricht.")), at_most(MESSAGE)],
        render_kw={"rows": 5},
    )
    files = files_field(_l("Dateien"), MOST_FILES)

    def to(self, readers: Sequence[str]) -> "MatchMessageForm":
        """With these to write to."""
        self.reader.choices = [SelectChoice(reader, READERS[reader]) for reader in readers]
        return self


class MessageDeedForm(PatientForm, VersionedForm):
    """What needs no words."""
