"""Forms of viewings: dates to propose, the way in, how it was."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, fact_form
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.languages import Words
from wohnberatung.viewings.way_in import LIFT, PARTS, STEP_FREE
from wohnberatung.web.date_forms import ProposedDates
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most

if TYPE_CHECKING:
    from matching.facts import Fact

SHORT = 200
_SIDES = (("seeker", _l("für die suchende Person")), ("provider", _l("für den Anbieter")))


class DeedForm(PatientForm, VersionedForm):
    """What needs no words."""


class ForSideForm(PatientForm, VersionedForm):
    """The office says for whom it does it; for all others that is known."""

    side = RadioField(
        _l("Für wen tragen Sie das ein?"),
        choices=[SelectChoice(key, label) for key, label in _SIDES],
        validators=[Optional()],
        invalid_choice_message=NOT_OFFERED,
    )


class DatesForm(ProposedDates, ForSideForm):
    """The dates, and for whom the office proposes them."""


class MissedForm(PatientForm, VersionedForm):
    """Who was not there."""

    who = RadioField(
        _l("Wer war nicht da?"),
        choices=[SelectChoice("seeker", _l("Die suchende Person")), SelectChoice("provider", _l("Der Anbieter"))],
        validators=[InputRequired(_l("Bitte wählen Sie, wer nicht da war."))],
        invalid_choice_message=NOT_OFFERED,
    )


def _radios(label: Words, options: Mapping[str, Words]) -> UnboundField:
    choices = [SelectChoice(key, words) for key, words in options.items()]
    return RadioField(label, choices=choices, default="", invalid_choice_message=NOT_OFFERED)


class ArrivalForm(PatientForm, VersionedForm):
    """How somebody finds the door and gets in, also with a wheelchair, and who helps."""

    meet = StringField(
        _l("Wo treffen Sie sich?"), description=_l("Zum Beispiel: vor dem Hauseingang."), validators=[at_most(SHORT)]
    )
    bell = StringField(_l("Wo klingelt man?"), validators=[at_most(SHORT)])
    into_house = _radios(_l("Wie kommt man ins Haus?"), STEP_FREE)
    lift = _radios(_l("Gibt es einen Aufzug?"), LIFT)
    helper = StringField(
        _l("Wer hilft vor Ort?"),
        description=_l("Ein Name und eine Telefonnummer für den Tag."),
        validators=[at_most(SHORT)],
    )
    note = TextAreaField(_l("Was sollte man noch wissen?"), validators=[at_most(NOTE)], render_kw={"rows": 3})

    def said(self) -> dict[str, str]:
        """By the names of the fields."""
        return {name: self[name].data or "" for name in PARTS}


class FeedbackForm(ForSideForm):
    """How it was, and whether to go on."""

    verdict = RadioField(
        _l("Wie soll es weitergehen?"),
        choices=[
            SelectChoice("yes", _l("Ich möchte weitermachen")),
            SelectChoice("unsure", _l("Ich bin mir noch nicht sicher")),
            SelectChoice("no", _l("Es passt nicht")),
        ],
        validators=[InputRequired(_l("Bitte sagen Sie, wie es weitergehen soll."))],
        invalid_choice_message=NOT_OFFERED,
    )
    words = TextAreaField(
        _l("Wie war es?"),
        description=_l("Das liest nur die Wohnberatung."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )
    measured = BooleanField(
        _l("Ich habe nachgemessen"),
        description=_l("Kreuzen Sie das an, wenn die Zahlen mit einem Zollstock oder Maßband gemessen sind."),
    )


def feedback_form(facts: Sequence["Fact"]) -> type[BaseForm]:
    """With a field for each fact that may turn out to be different."""
    return fact_form(FeedbackForm, facts)
