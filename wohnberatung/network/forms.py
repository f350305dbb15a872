"""Forms of the network: a site, what a group seeks of one; asking to be introduced, saying yes or no, writing, meeting,
what has come of it."""

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, CheckboxesField, fact_form
from wohnberatung.bridge.requirement_fields import requirement_form
from wohnberatung.bridge.shared_living import SITE_CRITERIA, SITE_FACTS
from wohnberatung.core.constraints import MESSAGE, NOTE
from wohnberatung.network.outcomes import OUTCOMES, REASONS
from wohnberatung.pictures.received_forms import files_field
from wohnberatung.web.date_forms import ProposedDates
from wohnberatung.web.forms import Form, PatientForm, VersionedForm, at_most

# So many files go along with one message.
MOST_FILES = 3


class _SiteTexts(VersionedForm):
    title = StringField(
        _l("Überschrift"),
        description=_l("Zum Beispiel: Gründerzeithaus mit Garten, ehemaliges Pfarrhaus, Baugrundstück am Hang."),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), at_most(200)],
    )
    address = StringField(
        _l("Adresse"),
        description=_l("Sieht nur die Wohnberatung, und die Gruppe erst, wenn wir Sie bekannt gemacht haben."),
        validators=[at_most(200)],
    )
    description = TextAreaField(_l("Beschreibung"), validators=[at_most(4000)], render_kw={"rows": 5})


SiteForm = fact_form(_SiteTexts, SITE_FACTS)


class _SearchTexts(VersionedForm):
    active = BooleanField(
        _l("Wir suchen: Eigentümerinnen und Eigentümer dürfen unser Projekt in ihrer Liste sehen."), default=True
    )
    text = TextAreaField(
        _l("In eigenen Worten"),
        description=_l("Was soll das Haus möglich machen? Das vergleichen wir mit den Wünschen der Eigentümer."),
        validators=[at_most(4000)],
        render_kw={"rows": 5},
    )


SearchForm = requirement_form(_SearchTexts, SITE_CRITERIA)


class AskForm(Form):
    message = TextAreaField(
        _l("Was sollen wir dazu wissen?"),
        description=_l("Das liest nur die Wohnberatung."),
        validators=[at_most(2000)],
        render_kw={"rows": 4},
    )


REASONS_HINT = _l("Das lesen alle Seiten, bevor sie zustimmen. Bitte ohne Namen, Adresse und Telefonnummer.")


class BringForwardForm(Form):
    """The office asks the sides at once, and says why."""

    reasons = TextAreaField(
        _l("Warum könnten sie zueinander passen?"),
        description=REASONS_HINT,
        validators=[InputRequired(_l("Bitte schreiben Sie, warum sie zueinander passen könnten.")), at_most(4000)],
        render_kw={"rows": 5},
    )


class FoundersForm(BringForwardForm):
    """Who of those who seek is asked whether they want to found a group together."""

    who = CheckboxesField(
        _l("Wer soll sich kennenlernen?"),
        validators=[InputRequired(_l("Bitte wählen Sie mindestens zwei Menschen."))],
        invalid_choice_message=NOT_OFFERED,
    )


class DecisionForm(VersionedForm):
    reasons = TextAreaField(
        _l("Warum könnten sie zueinander passen?"),
        description=REASONS_HINT,
        validators=[at_most(4000)],
        render_kw={"rows": 5},
    )
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Nur für die Wohnberatung. Die Seiten lesen hier nichts davon."),
        validators=[at_most(2000)],
        render_kw={"rows": 3},
    )


class _ForSideForm(PatientForm, VersionedForm):
    """The office says for whom it does it; for all others that is known."""

    side = RadioField(_l("Für wen tragen Sie das ein?"), validators=[Optional()], invalid_choice_message=NOT_OFFERED)

    def among(self, sides: Sequence[tuple[str, str]]) -> Self:
        """With these (id, title) to choose from."""
        self.side.choices = [SelectChoice(key, title) for key, title in sides]
        return self


CONSENT_VERSION = "2026-12"
CONSENT_TEXT = _l(
    "Ja, ich möchte die anderen kennenlernen. Wenn alle zustimmen, sehen die anderen meinen Namen und wie sie mich "
    "erreichen, und ich sehe das von ihnen. Das kann ich jederzeit zurücknehmen."
)
YES, NO = "ja", "nein"


class AnswerForm(_ForSideForm):
    """The side's own yes or no."""

    answer = RadioField(
        _l("Möchten Sie die anderen kennenlernen?"),
        choices=[SelectChoice(YES, CONSENT_TEXT), SelectChoice(NO, _l("Nein, lieber nicht"))],
        validators=[InputRequired(_l("Bitte wählen Sie Ja oder Nein."))],
        invalid_choice_message=NOT_OFFERED,
    )


class TakeBackForm(_ForSideForm):
    """What needs no words."""


class ThreadForm(PatientForm):
    """A message to all others, with files or without."""

    text = TextAreaField(
        _l("Ihre Nachricht"),
        validators=[InputRequired(_l("Bitte schreiben Sie Ihre Nachricht.")), at_most(MESSAGE)],
        render_kw={"rows": 5},
    )
    files = files_field(_l("Dateien"), MOST_FILES)


class MeetingForm(ProposedDates):
    """Up to three dates, and where."""

    place = StringField(
        _l("Wo treffen Sie sich?"),
        description=_l("Zum Beispiel: im Nachbarschaftshaus, stufenlos von der Hofseite."),
        validators=[at_most(200)],
    )


class MeetingDeedForm(PatientForm, VersionedForm):
    """What needs no words."""


class OutcomeForm(PatientForm, VersionedForm):
    """What has come of it; the office reads the note alone."""

    outcome = RadioField(
        _l("Was ist daraus geworden?"),
        choices=[SelectChoice(key, words) for key, words in OUTCOMES.items()],
        validators=[InputRequired(_l("Bitte sagen Sie, was daraus geworden ist."))],
        invalid_choice_message=NOT_OFFERED,
    )
    reason = SelectField(
        _l("Wenn es nicht passt: Was ist der Grund?"),
        choices=[SelectChoice("", _l("Bitte wählen")), *(SelectChoice(*each) for each in REASONS.items())],
        validators=[Optional()],
        invalid_choice_message=NOT_OFFERED,
    )
    words = TextAreaField(
        _l("Möchten Sie etwas dazu sagen?"),
        description=_l("Das liest nur die Wohnberatung."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 3},
    )
