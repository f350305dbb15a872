"""Who moves, and how they get about."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectChoice

from wohnberatung.bridge.fields import NOT_OFFERED, CheckboxesField
from wohnberatung.bridge.form_pages import HOUSEHOLD, more_children_than_people
from wohnberatung.bridge.presets import profile_choices
from wohnberatung.bridge.summary import Line, profile_words
from wohnberatung.seekers.forms.base import StepForm
from wohnberatung.seekers.forms.consents import HEALTH_CONSENT
from wohnberatung.seekers.forms.wishes import HOUSEHOLD_PREFIX, wishes_form

MYSELF, SOMEBODY = "self", "other"


class WhoForm(wishes_form(HOUSEHOLD)):  # type: ignore[misc]
    """The household, without names; and whether somebody fills the form in for somebody else."""

    filled_in_for = RadioField(
        _l("Für wen füllen Sie das Formular aus?"),
        choices=[
            SelectChoice(MYSELF, _l("Für mich oder für uns")),
            SelectChoice(SOMEBODY, _l("Für jemand anderen, ich helfe beim Ausfüllen")),
        ],
        default=MYSELF,
        invalid_choice_message=NOT_OFFERED,
    )

    @property
    def is_helper(self) -> bool:
        return bool(self.filled_in_for.data == SOMEBODY)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if key := more_children_than_people(self.household_values()):
            message = _("Es können nicht nur Kinder einziehen. Bitte prüfen Sie beide Zahlen.")
            self[HOUSEHOLD_PREFIX + key].errors = [message]
            return False
        return bool(valid)

    def summary(self) -> list[Line]:
        rows: list[Line] = super().summary()
        return [(_("Ausgefüllt"), _("mit Hilfe")), *rows] if self.is_helper else rows


class ProfilesForm(StepForm):
    """Needs profiles. What they tell is health data: without the consent nothing of it is kept."""

    profiles = CheckboxesField(
        _l("Was trifft auf Sie oder jemanden in Ihrem Haushalt zu?"),
        description=_l("Kreuzen Sie alles an, was passt. Trifft nichts zu, gehen Sie einfach weiter."),
        choices=[SelectChoice(key, label) for key, label, _explanation in profile_choices()],
        invalid_choice_message=NOT_OFFERED,
    )
    consent_health = BooleanField(HEALTH_CONSENT.text, description=HEALTH_CONSENT.explanation)

    @property
    def notes(self) -> dict[str, Any]:
        return {key: explanation for key, _label, explanation in profile_choices()}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if self.profiles.data and not self.consent_health.data:
            self.consent_health.errors = [HEALTH_CONSENT.refusal]
            return False
        return bool(valid)

    def entries(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """Also going back keeps nothing about health without the consent."""
        kept = super().entries(sent)
        return kept if self.consent_health.data else kept | {self.profiles.name: []}

    def summary(self) -> list[Line]:
        words = profile_words(self.profiles.data or ())
        return [(_("Bedarf"), ", ".join(words) or _("keine besonderen Angaben"))]
