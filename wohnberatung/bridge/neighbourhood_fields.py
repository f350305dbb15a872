"""Neighbourhoods (Stadtteile) as a list to tick, and one more that is typed with forgiveness for spelling."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField
from wtforms.validators import Length

from matching.catalogue import HOMES
from matching.criteria import location
from matching.neighbourhoods import DRESDEN
from wohnberatung.bridge.fields import TOO_LONG
from wohnberatung.bridge.neighbourhood_names import named_in
from wohnberatung.bridge.neighbourhoods import suggest_districts
from wohnberatung.bridge.wording import spoken

_CLEARLY_WORSE = 0.2
MOST_GUESSES = 3


@dataclass(frozen=True)
class NeighbourhoodGroup:
    """One Stadtbezirk or group of villages with its neighbourhoods as (code, name), by name."""

    name: str
    neighbourhoods: tuple[tuple[str, str], ...]


def neighbourhood_groups() -> list[NeighbourhoodGroup]:
    """All neighbourhoods of the city, grouped as the city does, in its order."""
    return [
        NeighbourhoodGroup(
            name, tuple(sorted(((each.code, each.name) for each in neighbourhoods), key=lambda each: each[1]))
        )
        for name, neighbourhoods in groupby(DRESDEN.neighbourhoods, key=lambda each: each.district)
    ]


def neighbourhoods_meant(text: str) -> list[str]:
    """Codes of what a typed name, misspelt name or postcode may mean, the likeliest first; empty for none."""
    typed = text.strip()
    if typed in DRESDEN.postcodes:
        return list(DRESDEN.postcodes[typed])
    found = suggest_districts(typed)
    return [each.code for each in found if each.certainty >= found[0].certainty - _CLEARLY_WORSE]


def neighbourhoods_named(text: str) -> list[str]:
    """Codes of what a typed name or postcode clearly says, a slip of the finger forgiven; empty where it is a guess."""
    typed = text.strip()
    named = named_in(typed)
    return list(DRESDEN.postcodes.get(typed, named.codes if named else ()))


def names_meant(text: str) -> str:
    """Names of what a guess may mean, as one phrase; empty for none."""
    return spoken().alternatives([DRESDEN.name(code) for code in neighbourhoods_meant(text)[:MOST_GUESSES]])


NEIGHBOURHOOD = HOMES.criterion(location.DISTRICT.key)


class NeighbourhoodFilter:
    """The fields for neighbourhoods and what they mean; the boxes themselves are the field of the criterion."""

    _fields: dict[str, Field]

    ort = StringField(
        _l("Stadtteil oder Postleitzahl"),
        description=_l("Zum Beispiel Johannstadt oder 01307. Tippfehler sind nicht schlimm."),
        validators=[Length(max=100, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    nah = BooleanField(_l("Auch in den Stadtteilen daneben"))

    @property
    def typed(self) -> str:
        return "" if self.ort.errors else (self.ort.data or "").strip()

    def neighbourhoods(self) -> list[str]:
        """Codes of the neighbourhoods that were ticked or typed."""
        ticked = [code for code in self._fields[NEIGHBOURHOOD.key].data or () if code in DRESDEN.position]
        return list(dict.fromkeys([*ticked, *neighbourhoods_named(self.typed)]))

    def chosen_neighbourhoods(self) -> list[Any]:
        """The boxes of these neighbourhoods."""
        return [box for box in self._fields[NEIGHBOURHOOD.key] if box.data in self.neighbourhoods()]

    def how_understood(self) -> str:
        """What the typed text was taken for, empty where it is the very name."""
        names = [DRESDEN.name(code) for code in neighbourhoods_named(self.typed)]
        if not names or self.typed in names:
            return ""
        return _("„%(typed)s“ verstehen wir als %(names)s.", typed=self.typed, names=spoken().alternatives(names))

    def check_neighbourhood(self) -> bool:
        """Whether all are of this city; where not, the text field says so, as most boxes are not shown."""
        boxes = self._fields[NEIGHBOURHOOD.key]
        if self.typed and not neighbourhoods_named(self.typed):
            self.ort.errors = [_no_neighbourhood(self.typed)]
        elif boxes.errors:
            self.ort.errors = [_("Einen der Stadtteile kennen wir nicht. Bitte geben Sie ihn hier ein.")]
        boxes.errors = []
        return not self.ort.errors


def _no_neighbourhood(typed: str) -> str:
    if guess := names_meant(typed):
        return _("„%(typed)s“ ist kein Stadtteil von Dresden. Meinen Sie %(guess)s?", typed=typed, guess=guess)
    return _("Zu „%(typed)s“ finden wir keinen Stadtteil von Dresden.", typed=typed)
