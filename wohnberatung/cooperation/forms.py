"""Forms of cooperation: what is asked of the matrix, a service, whom a person is asked about, a task."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import CHOOSE, NOT_OFFERED, CheckboxesField
from wohnberatung.bridge.neighbourhood_places import quarters, slug_of
from wohnberatung.bridge.place_fields import PlacesField
from wohnberatung.bridge.spoken_languages import language_options, languages_field
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.cooperation.kinds import CAPACITY_LABELS, KINDS, LAW_LABELS, LONGEST_TASK, ServiceValues
from wohnberatung.core.constraints import NOTE
from wohnberatung.web.forms import VersionedForm, at_most

WHOLE_CITY, NO_MATTER, ALL = _l("ganze Stadt"), _l("egal"), _l("alle")


class MatrixFilter(Form):
    """What is asked of the matrix; it stands in the address and refuses nothing."""

    bezirk = SelectField(
        _l("Stadtbezirk"),
        choices=[SelectChoice("", WHOLE_CITY), *(SelectChoice(slug_of(name), name) for name, _places in quarters())],
        default="",
    )
    dienst = SelectField(
        _l("Dienst"),
        choices=[SelectChoice("", ALL), *(SelectChoice(kind.value, each.label) for kind, each in KINDS.items())],
        default="",
    )
    gesetz = SelectField(
        _l("Wer bezahlt?"),
        choices=[SelectChoice("", NO_MATTER), *(SelectChoice(law.value, label) for law, label in LAW_LABELS.items())],
        default="",
    )
    sprache_im_haus = SelectField(
        _l("Sprache"),
        choices=[SelectChoice("", NO_MATTER), *(SelectChoice(code, name) for code, name in language_options())],
        default="",
    )
    frei = BooleanField(_l("Nur, wo Plätze frei sind"))

    def asked(self) -> dict[str, str]:
        """What is asked, by the name in the address; what cannot be is left out."""
        self.validate()
        for field in self:
            if field.errors:
                field.data, field.errors = field.default, []
        values = {field.name: str(field.data or "") for field in self}
        return {name: "ja" if value == "True" else value for name, value in values.items() if value}


class ServiceForm(VersionedForm):
    """One kind of service of an entry."""

    kind = SelectField(
        _l("Was bieten Sie an?"),
        choices=[SelectChoice("", CHOOSE), *(SelectChoice(kind.value, each.label) for kind, each in KINDS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie, was Sie anbieten."))],
        invalid_choice_message=NOT_OFFERED,
    )
    laws = CheckboxesField(
        _l("Nach welchem Gesetz?"),
        description=_l("Kreuzen Sie nur an, wofür Sie zugelassen sind oder gefördert werden."),
        choices=[SelectChoice(law.value, label) for law, label in LAW_LABELS.items()],
        invalid_choice_message=NOT_OFFERED,
    )
    capacity = RadioField(
        _l("Können neue Menschen zu Ihnen kommen?"),
        description=_l("Es gilt als Stand von heute. Nach drei Monaten fragen wir nach."),
        choices=[SelectChoice(each.value, label) for each, label in CAPACITY_LABELS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, ob Plätze frei sind."))],
        invalid_choice_message=NOT_OFFERED,
    )
    serves = PlacesField(
        _l("In welchen Stadtteilen?"),
        description=_l("Nur, wenn es andere sind als im Eintrag. Mehrere mit Komma getrennt."),
    )
    spoken = languages_field(_l("In welchen Sprachen?"), description=_l("Nur, wenn es andere sind als im Eintrag."))

    def values(self) -> ServiceValues:
        """By column of the service."""
        return {
            "kind": self.kind.data,
            "laws": self.laws.data or [],
            "serves": self.serves.data or [],
            "spoken": self.spoken.data or [],
            "capacity": self.capacity.data,
        }


class PartnerForm(VersionedForm):
    """Whom the person is asked about, and what this provider would learn."""

    service_id = SelectField(
        _l("Welcher Dienst?"),
        description=_l("Zur Auswahl stehen Dienste, die ihren Eintrag im Wegweiser selbst pflegen."),
        validators=[InputRequired(_l("Bitte wählen Sie einen Dienst."))],
        invalid_choice_message=NOT_OFFERED,
    )
    need = TextAreaField(
        _l("Was erfährt dieser Dienst?"),
        description=_l(
            "Nur, was jemand können oder bekommen muss, keine Diagnose. Diese Wörter stehen in der Einwilligung. "
            "Zum Beispiel: Hilfe beim Aufstehen morgens, Wohnung ohne Stufen ab Januar."
        ),
        validators=[InputRequired(_l("Bitte schreiben Sie, was der Dienst erfährt.")), at_most(NOTE)],
        render_kw={"rows": 4},
    )
    with_contact = BooleanField(
        _l("Auch Name und Kontakt der Person"),
        description=_l("Ohne Haken erfährt der Dienst nicht, wer es ist."),
    )


class JointTaskForm(VersionedForm):
    """Who does what until when."""

    title = StringField(
        _l("Was ist zu tun?"),
        description=_l("Alle beteiligten Dienste lesen das, und die Person selbst."),
        validators=[InputRequired(_l("Bitte schreiben Sie, was zu tun ist.")), at_most(LONGEST_TASK)],
    )
    owner = RadioField(_l("Wer macht das?"), default="", invalid_choice_message=NOT_OFFERED)
    due_on = DayField(_l("Bis wann?"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])


class JointStepForm(VersionedForm):
    """A step that needs no words."""
