"""Forms of scenarios, one for each kind of change."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, euro_field
from wohnberatung.bridge.typed_fields import PercentField, WholeNumberField
from wohnberatung.scenarios.kinds import FEATURES, ScenarioChange, ScenarioKind
from wohnberatung.web.forms import Form, at_most

MOST_HOMES, MOST_PER_CENT = 1000, 50
WHOLE = _l("Bitte eine ganze Zahl von 1 bis %(most)s.", most=MOST_HOMES)
ROOMS = _l("Bitte eine ganze Zahl von 1 bis 20.")
AREA = _l("Bitte eine ganze Zahl von 10 bis 500.")
PER_CENT = _l(
    "Bitte eine ganze Zahl von −%(most)s bis %(most)s, mit Minus davor, wenn es weniger wird.", most=MOST_PER_CENT
)


class _PlaceForm(Form):
    """Where: everything but what concerns people everywhere asks for it."""

    place = SelectField(_l("Wo?"), choices=[], invalid_choice_message=NOT_OFFERED)


class NewHomesForm(_PlaceForm):
    """So many homes of one kind."""

    count = WholeNumberField(
        _l("Wie viele Wohnungen?"), validators=[InputRequired(WHOLE), NumberRange(1, MOST_HOMES, message=WHOLE)]
    )
    profile = SelectField(
        _l("Gebaut für wen?"),
        description=_l("Die Wohnung kann dann alles, was wir Menschen mit diesem Bedarf vorschlagen."),
        choices=[],
        invalid_choice_message=NOT_OFFERED,
    )
    form = SelectField(
        _l("Wohnform"),
        choices=[],
        invalid_choice_message=NOT_OFFERED,
    )
    rooms = WholeNumberField(_l("Zimmer"), validators=[Optional(), NumberRange(1, 20, message=ROOMS)])
    area = WholeNumberField(
        _l("Wohnfläche in Quadratmetern"), validators=[Optional(), NumberRange(10, 500, message=AREA)]
    )
    rent = euro_field(_l("Warmmiete in Euro im Monat"))

    def change(self) -> ScenarioChange:
        """What was entered."""
        return {
            "place": self.place.data,
            "count": self.count.data or 0,
            "profile": self.profile.data,
            "form": self.form.data,
            "rooms": self.rooms.data,
            "area": self.area.data,
            "rent": _number(self.rent.data),
        }


class EquipHomesForm(_PlaceForm):
    """Works on homes that are published now."""

    feature = SelectField(
        _l("Was wird gebaut?"),
        choices=[SelectChoice(key, label) for key, label in FEATURES.items()],
        invalid_choice_message=NOT_OFFERED,
    )
    street = StringField(
        _l("Nur in dieser Straße"),
        description=_l("Auch mit Hausnummer: „Musterstraße 12“."),
        validators=[at_most(140)],
    )

    def change(self) -> ScenarioChange:
        """What was entered."""
        street = " ".join((self.street.data or "").split())
        return {"place": self.place.data, "feature": self.feature.data, "street": street}


def _per_cent(label: Any) -> PercentField:
    limits = NumberRange(-MOST_PER_CENT, MOST_PER_CENT, message=PER_CENT)
    return PercentField(label, validators=[InputRequired(PER_CENT), limits], render_kw={"inputmode": "text"})


class RentsForm(_PlaceForm):
    """Other rents of homes that are published now."""

    percent = _per_cent(_l("Um wie viel Prozent?"))

    def change(self) -> ScenarioChange:
        """What was entered."""
        return {"place": self.place.data, "percent": _number(self.percent.data) or 0.0}


class LimitsForm(Form):
    """Other limits of those who seek."""

    percent = _per_cent(_l("Um wie viel Prozent?"))

    def change(self) -> ScenarioChange:
        """What was entered."""
        return {"place": "", "percent": _number(self.percent.data) or 0.0}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


_FORMS: dict[ScenarioKind, Any] = {
    ScenarioKind.HOMES: NewHomesForm,
    ScenarioKind.EQUIP: EquipHomesForm,
    ScenarioKind.RENTS: RentsForm,
    ScenarioKind.LIMITS: LimitsForm,
}


def scenario_form(kind: ScenarioKind, choices: Mapping[str, list[tuple[str, str]]]) -> Any:
    """The form of this kind of change; `choices` (value, words) by the name of the field."""
    form = _FORMS[kind]()
    for name, found in choices.items():
        if name in form:
            form[name].choices = [SelectChoice(value, words) for value, words in found]
    return form
