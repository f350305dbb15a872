"""Neighbourhoods typed one after the other, with forgiveness for spelling; and one to choose from a list."""

import re
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.fields.core import UnboundField

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.neighbourhood_fields import names_meant, neighbourhoods_named
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of, quarters
from wohnberatung.core.languages import Words

_BETWEEN = re.compile(r"[;,\n]+|\s+und\s+")
ANY = _l("alle")
MOST_NAMED = 5


def places_in(text: str) -> tuple[list[str], list[str]]:
    """(codes of neighbourhoods, pieces that name none) of "Johannstadt, Pieschen-Süd; 01307"."""
    codes, strange = [], []
    for piece in filter(None, (each.strip() for each in _BETWEEN.split(text))):
        found = neighbourhoods_named(piece)
        codes += [code for code in found if code not in codes]
        strange += [] if found else [piece]
    return codes, strange


def unknown_places(pieces: Sequence[str]) -> str:
    """A sentence about pieces that name no neighbourhood, with what the first may mean."""
    named = ", ".join(f"„{piece[:40]}“" for piece in pieces[:MOST_NAMED])
    if guess := names_meant(pieces[0]):
        return _("%(typed)s ist kein Stadtteil von Dresden. Meinen Sie %(guess)s?", typed=named, guess=guess)
    return _("Zu %(typed)s finden wir keinen Stadtteil von Dresden.", typed=named)


def place_names(codes: Sequence[str]) -> list[str]:
    """By name, in alphabetical order; codes of no neighbourhood are left out."""
    return sorted(place.name for code in codes if (place := place_of(code)))


class PlacesField(StringField):
    """Any number of neighbourhoods, typed; the data is a list of their codes."""

    data: list[str] | None

    def process_formdata(self, valuelist: list[str]) -> None:
        codes, strange = places_in(valuelist[0] if valuelist else "")
        self.data = codes
        if strange:
            raise ValueError(unknown_places(strange))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(place_names(self.data or []))


def place_field(label: Words, *, by_code: bool = True, anywhere: Words = ANY, description: Words = "") -> UnboundField:
    """A list to choose from by Stadtbezirk; the data is a code, or the word of an address, and "" for none."""

    def value(place: CityPlace) -> str:
        return place.code if by_code else place.slug

    grouped = [
        SelectChoice(value(place), place.name, optgroup=quarter) for quarter, found in quarters() for place in found
    ]
    choices = [SelectChoice("", anywhere), *grouped]
    messages = {"invalid_value_message": NOT_OFFERED, "invalid_choice_message": NOT_OFFERED}
    return SelectField(label, choices=choices, default="", description=description, **messages)
