"""Forms of the supply: what anybody may filter by, what owners enter, steps of an offer, the office's answer."""

import re
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional

from wohnberatung.bridge.doubted_amounts import SHOWN
from wohnberatung.bridge.fields import NOT_OFFERED, FactFormMixin, fact_form
from wohnberatung.bridge.filters import FilterForm
from wohnberatung.bridge.questionnaires import (
    DEMANDS,
    POSTCODE,
    excludes,
    first_facts,
    neighbourhood_fault,
    neighbourhood_of,
    questions_by_theme,
)
from wohnberatung.bridge.requirement_fields import RequirementFormMixin
from wohnberatung.bridge.url_search import UrlSearch, url_search_of
from wohnberatung.core.texts import whole_number
from wohnberatung.web.forms import FormPart, VersionedForm, at_most

IMPORTANCES = [
    SelectChoice("must", _l("Das muss so sein")),
    SelectChoice("wish", _l("Das wäre uns lieb")),
    SelectChoice("", _l("Das ist uns gleich")),
]
SHORT = Length(max=120, message=_l("Bitte kürzen Sie die Eingabe."))


def five_digits(_form: BaseForm, field: Field) -> None:
    """A postcode of this country."""
    if not re.fullmatch(POSTCODE, field.data):
        raise ValidationError(
            _(
                "„%(typed)s“ ist keine Postleitzahl. Sie hat fünf Ziffern, zum Beispiel 01307.",
                typed=field.data[:SHOWN],
            )
        )


class BothVersions(VersionedForm):
    """Over an offer and its dwelling: both may have been changed meanwhile."""

    dwelling_version = HiddenField()

    @property
    def submitted_versions(self) -> tuple[int | None, int | None]:
        return self.submitted_version, whole_number(self.dwelling_version.data)


class AddressPart:
    """What it is called, for whom and where, to be taken into a form."""

    title = StringField(
        _l("Überschrift"),
        description=_l("Zum Beispiel: Helle 2-Zimmer-Wohnung mit Aufzug. Wenn Sie nichts eintragen, finden wir eine."),
        validators=[Length(max=200, message=_l("Bitte kürzen Sie die Überschrift auf 200 Zeichen."))],
    )
    organisation = SelectField(_l("Für wen bieten Sie an?"), choices=(), invalid_choice_message=NOT_OFFERED)
    street = StringField(_l("Straße"), validators=[SHORT], render_kw={"autocomplete": "off"})
    house_number = StringField(
        _l("Hausnummer"), validators=[Length(max=20, message=_l("Bitte kürzen Sie die Eingabe."))]
    )
    unit = StringField(
        _l("Lage im Haus"),
        description=_l("Zum Beispiel: 2. OG links. Damit erkennen wir die Wohnung beim nächsten Mal wieder."),
        validators=[Length(max=60, message=_l("Bitte kürzen Sie die Eingabe."))],
    )
    postcode = StringField(
        _l("Postleitzahl"),
        description=_l("Daraus finden wir den Stadtteil."),
        validators=[
            Optional(),
            five_digits,
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    address_released = BooleanField(
        _l("Straße und Hausnummer dürfen öffentlich zu sehen sein"),
        description=_l("Sonst zeigen wir nur Postleitzahl und Stadtteil."),
    )


class BasicsForm(FactFormMixin, BothVersions):
    """The short form: five minutes on a telephone. Nothing must be known."""

    facts = first_facts(("dwelling", "offer"))

    title = AddressPart.title
    organisation = AddressPart.organisation
    street = AddressPart.street
    house_number = AddressPart.house_number
    unit = AddressPart.unit
    postcode = AddressPart.postcode
    address_released = AddressPart.address_released

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Beside the fields themselves: neighbourhood and postcode must belong together."""
        valid = bool(super().validate(*args, **kwargs))
        fault = (
            neighbourhood_fault(neighbourhood_of(self.fact_values()), (self.postcode.data or "").strip())
            if valid
            else None
        )
        if fault:
            field, message = fault
            self._fields[field].errors = [message]
        return valid and fault is None


class PlaceForm(FactFormMixin, BothVersions):
    """The same of a place in a project, which has no home of its own to ask about."""

    facts = first_facts(("offer",))

    title = AddressPart.title


class TextForm(VersionedForm):
    """Title and free text."""

    title = StringField(
        _l("Überschrift"), validators=[Length(max=200, message=_l("Bitte kürzen Sie die Überschrift auf 200 Zeichen."))]
    )
    description = TextAreaField(
        _l("Beschreibung"),
        description=_l(
            "Was sollte man wissen? Lage, Haus, Nachbarschaft, was in der Nähe ist. Maße und Ausstattung haben eigene "
            "Felder."
        ),
        validators=[at_most(4000)],
        render_kw={"rows": 10},
    )


@lru_cache
def theme_form(theme: str, owners: tuple[str, ...]) -> Any:
    """A form class with the facts of one theme; None where there is nothing to ask."""
    facts = next((facts for key, _label, facts in questions_by_theme(owners) if key == theme), ())
    return fact_form(BothVersions, facts) if facts else None


class DemandsForm(RequirementFormMixin, VersionedForm):
    """What an offer asks of a household, in the words of the one who offers."""

    criteria = DEMANDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in DEMANDS:
            field = self._fields[f"{criterion.key}_importance"]
            field.choices = IMPORTANCES
            field.description = ""
            if excludes(criterion):
                field.label.text = _l("Nicht möglich: %(what)s", what=_l(criterion.label))


class OfferFilterForm(FilterForm, FormPart):
    """Filters from the catalogue and a needs profile; sent by GET, never stored."""

    def url_search(self) -> UrlSearch:
        """What is asked; what cannot be understood is left out and carries its error at the field."""
        self.validate()
        return url_search_of(self)


class OfferStepForm(VersionedForm):
    """A step that needs no words."""


class EndForm(VersionedForm):
    """Why an offer ends."""

    step = RadioField(
        _l("Was ist geschehen?"),
        choices=[
            SelectChoice("vermietet", _l("Die Wohnung ist vermietet")),
            SelectChoice("zurueckziehen", _l("Ich möchte das Angebot zurückziehen")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, was geschehen ist."))],
        invalid_choice_message=NOT_OFFERED,
    )


class ReviewForm(VersionedForm):
    """What the office says to an offer."""

    answer = RadioField(
        _l("Ihre Entscheidung"),
        choices=[
            SelectChoice("freigeben", _l("Veröffentlichen")),
            SelectChoice("zurueckgeben", _l("Zurückgeben, mit einer Begründung")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie eine Entscheidung."))],
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(
        _l("Begründung für den Anbieter"),
        description=_l("Was soll geändert werden? Der Anbieter liest diesen Text."),
        validators=[at_most(1000)],
        render_kw={"rows": 5},
    )
