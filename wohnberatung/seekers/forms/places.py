"""Where: neighbourhoods from a list, or typed with forgiveness for spelling."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField
from wtforms.validators import Length

from wohnberatung.bridge.fields import NOT_OFFERED, TOO_LONG, CheckboxesField
from wohnberatung.bridge.form_pages import DISTRICT, PLACE
from wohnberatung.bridge.place_choices import place_groups, places_meant
from wohnberatung.bridge.summary import Line
from wohnberatung.seekers.forms.base import StepForm
from wohnberatung.seekers.forms.wishes import wishes_form


class PlacesMixin:
    """The fields and rules of the neighbourhoods; the wishes of the theme stand below them."""

    search = StringField(
        _l("Stadtteil oder Postleitzahl suchen"),
        description=_l("Zum Beispiel Johannstadt oder 01307. Tippfehler sind nicht schlimm."),
        validators=[Length(max=100, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    places = CheckboxesField(
        _l("Stadtteile"),
        choices=[SelectChoice(code, name) for group in place_groups() for code, name in group.places],
        invalid_choice_message=NOT_OFFERED,
    )
    nearby = BooleanField(_l("Auch in der Nähe"), description=_l("In den Stadtteilen, die direkt angrenzen."))
    places_importance = RadioField(
        _l("Wie wichtig ist Ihnen das?"),
        choices=[SelectChoice("must", _l("Nur dort")), SelectChoice("wish", _l("Am liebsten dort"))],
        default=DISTRICT.usual,
        invalid_choice_message=NOT_OFFERED,
    )

    def found(self) -> list[str]:
        """Codes that the typed text may mean."""
        return places_meant((self.search.data or "")[:100])

    def boxes(self) -> tuple[list[Any], list[tuple[str, list[Any]]]]:
        """The boxes of what was searched for, and all others by Stadtbezirk."""
        by_code = {box.data: box for box in self.places}
        found = [by_code.pop(code) for code in self.found()]
        rest = [
            (group.name, [by_code[code] for code, _name in group.places if code in by_code]) for group in place_groups()
        ]
        return found, [(name, boxes) for name, boxes in rest if boxes]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)  # type: ignore[misc]
        typed = (self.search.data or "").strip()
        if typed and valid and not set(self.found()) & set(self.places.data or ()):
            self.search.errors = [self._question(typed)]
            return False
        return bool(valid)

    def asked(self) -> list[dict[str, Any]]:
        wishes: list[dict[str, Any]] = super().asked()  # type: ignore[misc]
        if not self.places.data:
            return wishes
        district = {
            "key": DISTRICT.fact.key,
            "wanted": list(self.places.data),
            "importance": self.places_importance.data,
            "weight": 2,
            "tolerance": 1 if self.nearby.data else 0,
        }
        return [district, *wishes]

    def summary(self) -> list[Line]:
        rows: list[Line] = super().summary()  # type: ignore[misc]
        return rows if self.places.data else [(_("Stadtteil"), _("ganz Dresden")), *rows]

    def _question(self, typed: str) -> str:
        if self.found():
            return _("Welchen Stadtteil meinen Sie mit „%(typed)s“? Bitte kreuzen Sie ihn an.", typed=typed[:60])
        return _(
            "Zu „%(typed)s“ finden wir keinen Stadtteil von Dresden. "
            "Versuchen Sie es anders, oder wählen Sie aus der Liste.",
            typed=typed[:60],
        )


def places_form(elsewhere: frozenset[str]) -> Any:
    """The class of the step, without the wishes that are asked `elsewhere`."""
    base: type[StepForm] = wishes_form(PLACE, elsewhere=elsewhere)
    return type("PlacesStep", (PlacesMixin, base), {})
