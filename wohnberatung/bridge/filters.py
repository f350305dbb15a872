"""Filters of the public list: criteria as fields of a form that is sent by GET.

A yes-or-no criterion is one choice: no matter; yes, the unknown shown as such; yes and known to be so. Any other
criterion has the fields of its wanted value and a box `<key>_sicher` for the latter.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, SelectChoice, SelectField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import Length

from matching.catalogue import HOMES
from matching.criteria import access, bathroom, fittings, household, location, money, rooms, size
from matching.facts import FactError
from matching.kinds import Criterion, IsTrue
from wohnberatung.bridge.fields import NOT_OFFERED, TOO_LONG, value_field
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD, NeighbourhoodFilter
from wohnberatung.bridge.request_form import profile_choices
from wohnberatung.bridge.requirement_fields import wanted_fields, wanted_of
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.core.languages import Words, named

YES, PROVEN = "ja", "sicher"
PROVEN_BOX, TICKED = "_sicher", "y"
HOUSEHOLD_PREFIX = "haushalt_"
HOUSEHOLD = (household.PERSONS, household.WBS)
_OPENLY = (
    money.RENT_WARM,
    size.ROOMS,
    access.STEP_FREE,
    access.HAS_LIFT,
    rooms.INNER_DOOR_CLEAR_WIDTH,
    bathroom.SHOWER_LEVEL,
)
OPENLY = tuple(HOMES.criterion(fact.key) for fact in _OPENLY)
"""What most people filter by."""
_ASKED_FOR = frozenset(
    fact.key
    for fact in (
        money.DEPOSIT,
        fittings.HEATING_KIND,
        fittings.PARKING,
        fittings.CELLAR,
        fittings.FITTED_KITCHEN,
        location.ENERGY_CLASS,
    )
)
FOLDED = tuple(
    criterion
    for criterion in HOMES.criteria
    if (criterion.fact.headline or criterion.needs_evidence or criterion.fact.key in _ASKED_FOR)
    and criterion not in (*OPENLY, NEIGHBOURHOOD)
)
"""Further criteria that decide: those of headline facts, those that nobody should take from an advert, and what people
ask for beside."""
CRITERIA = (NEIGHBOURHOOD, *OPENLY, *FOLDED)


@dataclass(frozen=True)
class Filter:
    """One criterion as the page shows it: its fields, and the box for known values only (None where the field
    itself asks)."""

    criterion: Criterion
    fields: tuple[Field, ...]
    proven: Field | None

    @property
    def label(self) -> str:
        return _(self.criterion.label)

    @property
    def hint(self) -> str:
        return _(self.criterion.fact.hint) if self.criterion.fact.hint else ""

    @property
    def filled(self) -> bool:
        """Something is chosen here, or wrong."""
        return any(field.data or field.errors for field in self.fields)


def filter_fields(criterion: Criterion) -> dict[str, UnboundField]:
    """Unbound fields by name."""
    if isinstance(criterion, IsTrue):
        choices = [("", _l("egal")), (YES, _l("ja, auch wenn noch unbekannt")), (PROVEN, _l("ja, sicher"))]
        offered = [SelectChoice(value, label) for value, label in choices]
        return {criterion.key: _select(_l(criterion.label), offered)}
    fields = wanted_fields(criterion)
    return {**fields, criterion.key + PROVEN_BOX: BooleanField(_l("nur wenn sicher"))}


def _select(label: Words, offered: list[SelectChoice]) -> UnboundField:
    return SelectField(label, choices=offered, default="", invalid_choice_message=NOT_OFFERED)


NAMES = {criterion.key: tuple(filter_fields(criterion)) for criterion in CRITERIA}
"""The names of all fields of one criterion, by its key."""


class FilterForm(NeighbourhoodFilter, Form):
    """A field or more for each criterion and for what is said of the household; filled from `request.args`."""

    _fields: dict[str, Field]

    profil = _select(
        _l("Was trifft auf Sie zu?"),
        [
            SelectChoice("", _l("nichts davon")),
            *(SelectChoice(key, label) for key, label, _note in profile_choices()),
        ],
    )
    suche = StringField(
        _l("Stichwort"), validators=[Length(max=100, message=TOO_LONG)], render_kw={"autocomplete": "off"}
    )

    def where(self) -> Filter:
        """The filter of the neighbourhoods; the page draws it in its own way."""
        return self._filter(NEIGHBOURHOOD)

    def openly(self) -> list[Filter]:
        return [self._filter(criterion) for criterion in OPENLY]

    def folded(self) -> list[tuple[str, str, list[Filter]]]:
        """(theme, label, filters) in the order of the themes."""
        return [(theme, _(label), [self._filter(item) for item in group]) for theme, label, group in by_theme(FOLDED)]

    def household_fields(self) -> list[Field]:
        return [self._fields[HOUSEHOLD_PREFIX + fact.key] for fact in HOUSEHOLD]

    def question_of(self, field: Field) -> Words:
        """What the page asks where the field stands: the criterion, of which a field may be one end of a range."""
        asked = (criterion for criterion in CRITERIA if field.name in NAMES[criterion.key])
        return next((_l(criterion.label) for criterion in asked), field.label.text)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Beside the fields themselves: typed places must be some of this city, ranges must not be empty."""
        valid = super().validate(*args, **kwargs)
        checked = [self.check_neighbourhood(), *(self._check(criterion) for criterion in CRITERIA)]
        return bool(valid and all(checked))

    def wanted(self, criterion: Criterion) -> object:
        """What is asked of a criterion; None where nothing is, or nothing that can be understood."""
        if criterion is NEIGHBOURHOOD:
            return self.neighbourhoods() or None
        fields = self._fields_of(criterion)
        if any(field.errors for field in fields) or not any(field.data for field in fields):
            return None
        return wanted_of(criterion, {field.name: field.data for field in fields})

    def is_proven(self, criterion: Criterion) -> bool:
        """Whether only known values count."""
        box = self._fields.get(criterion.key + PROVEN_BOX)
        return bool(box.data) if box is not None else self._fields[criterion.key].data == PROVEN

    def household_values(self) -> dict[str, object]:
        """What is said of the household, by key."""
        values = {fact.key: self._fields[HOUSEHOLD_PREFIX + fact.key] for fact in HOUSEHOLD}
        return {key: field.data for key, field in values.items() if field.data is not None and not field.errors}

    def understood(self) -> dict[str, list[str]]:
        """What stands in the address, by name, without what is empty or was not understood."""
        stated = {
            field.name: [text for text in field.raw_data or () if text.strip()]
            for field in self._fields.values()
            if not field.errors
        }
        stated.pop(self.ort.name, None)
        return {name: texts for name, texts in {**stated, NEIGHBOURHOOD.key: self.neighbourhoods()}.items() if texts}

    def _check(self, criterion: Criterion) -> bool:
        wanted, fields = self.wanted(criterion), self._fields_of(criterion)
        if wanted is None:
            return not any(field.errors for field in fields)
        try:
            criterion.read_wanted(wanted)
        except FactError as error:
            fields[-1].errors = [named(_l(criterion.label), error.said(spoken()))]
            return False
        return True

    def _filter(self, criterion: Criterion) -> Filter:
        return Filter(criterion, tuple(self._fields_of(criterion)), self._fields.get(criterion.key + PROVEN_BOX))

    def _fields_of(self, criterion: Criterion) -> list[Field]:
        return [self._fields[name] for name in NAMES[criterion.key] if not name.endswith(PROVEN_BOX)]


for _criterion in CRITERIA:
    for _name, _field in filter_fields(_criterion).items():
        setattr(FilterForm, _name, _field)
for _fact in HOUSEHOLD:
    setattr(FilterForm, HOUSEHOLD_PREFIX + _fact.key, value_field(_fact))
