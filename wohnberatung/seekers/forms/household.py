"""Who moves, when and where to, and how they get about."""

from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Length

from wohnberatung.bridge.fields import NOT_OFFERED, TOO_LONG, CheckboxesField
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.neighbourhood_fields import neighbourhood_groups, neighbourhoods_meant
from wohnberatung.bridge.request_form import (
    DISTRICT,
    HOUSEHOLD,
    LOCATION,
    MOVING,
    more_children_than_people,
    profile_choices,
)
from wohnberatung.bridge.summary import Line, profile_words
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.languages import Words
from wohnberatung.seekers.forms.consents import HEALTH_CONSENT
from wohnberatung.seekers.forms.steps import HOUSEHOLD_PREFIX, DraftForm, WishesForm, wishes_form
from wohnberatung.web.forms import at_most

MYSELF, SOMEBODY = "self", "other"


# Made here, before the classes that stand on them: fields are shown in the order in which they were made.
_WhoWishes: Any = wishes_form(HOUSEHOLD)
_MovingWishes: Any = wishes_form(MOVING)


class WhoForm(_WhoWishes):
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


class ProfilesForm(DraftForm):
    """Needs profiles. What they tell is health data: without the consent nothing of it is kept."""

    profiles = CheckboxesField(
        _l("Was trifft auf Sie oder jemanden in Ihrem Haushalt zu?"),
        description=_l("Kreuzen Sie alles an, was passt. Trifft nichts zu, gehen Sie einfach weiter."),
        choices=[SelectChoice(key, label) for key, label, _explanation in profile_choices()],
        invalid_choice_message=NOT_OFFERED,
    )
    consent_health = BooleanField(HEALTH_CONSENT.text, description=HEALTH_CONSENT.explanation)

    @property
    def notes(self) -> dict[str, Words]:
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


class MovingForm(_MovingWishes):
    """The latest day, and a note that is read by people only, never compared."""

    note = TextAreaField(
        _l("Was sollen wir sonst noch wissen?"),
        description=_l(
            "Zum Beispiel: Warum Sie umziehen, was Ihnen Sorgen macht. Bitte keine Diagnosen und nichts über "
            "andere Menschen, das sie nicht selbst sagen würden."
        ),
        validators=[at_most(NOTE)],
        render_kw={"rows": 5},
    )

    offer = StringField(
        _l("Geht es um ein bestimmtes Angebot?"),
        description=_l("Dann schreiben Sie hier seine Nummer. Sie steht auf der Seite des Angebots."),
        # Its address will do as well.
        validators=[at_most(200)],
        render_kw={"autocomplete": "off"},
    )

    def summary(self) -> list[Line]:
        rows: list[Line] = super().summary()
        labels = {"offer": _("Nummer des Angebots"), "note": _("Außerdem")}
        return [*rows, *((labels[name], words) for name, words in self.kept_note().items())]

    def kept_note(self) -> dict[str, str]:
        """As part of the stored contact."""
        said = {name: (self[name].data or "").strip() for name in ("offer", "note")}
        return {name: words for name, words in said.items() if words}


class PlacesMixin(WishesForm):
    """The fields and rules of the neighbourhoods; the wishes of the theme stand below them."""

    search = StringField(
        _l("Stadtteil oder Postleitzahl suchen"),
        description=_l("Zum Beispiel Johannstadt oder 01307. Tippfehler sind nicht schlimm."),
        validators=[Length(max=100, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    places = CheckboxesField(
        _l("Stadtteile"),
        choices=[SelectChoice(code, name) for group in neighbourhood_groups() for code, name in group.neighbourhoods],
        invalid_choice_message=NOT_OFFERED,
    )
    nearby = BooleanField(_l("Auch in der Nähe"), description=_l("In den Stadtteilen, die direkt angrenzen."))
    places_importance = RadioField(
        _l("Wie wichtig ist Ihnen das?"),
        choices=[SelectChoice("must", _l("Nur dort")), SelectChoice("wish", _l("Am liebsten dort"))],
        default="wish",
        invalid_choice_message=NOT_OFFERED,
    )

    def searched_for(self) -> str:
        """What was searched for, as far as a page repeats it."""
        return (self.search.data or "").strip()[:60]

    def found(self) -> list[str]:
        """Codes that the typed text may mean."""
        return neighbourhoods_meant((self.search.data or "")[:100])

    def boxes(self) -> tuple[list[Any], list[tuple[str, list[Any]]]]:
        """The boxes of what was searched for, and all others by Stadtbezirk."""
        by_code = {box.data: box for box in self.places}
        found = [by_code.pop(code) for code in self.found()]
        rest = [
            (group.name, [by_code[code] for code, _name in group.neighbourhoods if code in by_code])
            for group in neighbourhood_groups()
        ]
        return found, [(name, boxes) for name, boxes in rest if boxes]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if self.searched_for() and valid and not set(self.found()) & set(self.places.data or ()):
            self.search.errors = [self.question()]
            return False
        return bool(valid)

    def stored_requirements(self) -> list[StoredRequirement]:
        wishes = super().stored_requirements()
        if not self.places.data:
            return wishes
        district: StoredRequirement = {
            "key": DISTRICT.fact.key,
            "wanted": list(self.places.data),
            "importance": self.places_importance.data,
            "weight": 2,
            "tolerance": 1 if self.nearby.data else 0,
        }
        return [district, *wishes]

    def summary(self) -> list[Line]:
        rows = super().summary()
        return rows if self.places.data else [(_("Stadtteil"), _("ganz Dresden")), *rows]

    def question(self) -> str:
        """What is asked back about the typed text."""
        if self.found():
            return _(
                "Welchen Stadtteil meinen Sie mit „%(typed)s“? Bitte kreuzen Sie ihn an.", typed=self.searched_for()
            )
        return _(
            "Zu „%(typed)s“ finden wir keinen Stadtteil von Dresden. "
            "Versuchen Sie es anders, oder wählen Sie aus der Liste.",
            typed=self.searched_for(),
        )


@lru_cache(maxsize=256)
def places_form(elsewhere: frozenset[str]) -> Any:
    """The class of the step, without the wishes that are asked `elsewhere`."""
    base: type[DraftForm] = wishes_form(LOCATION, elsewhere=elsewhere)
    return type("PlacesStep", (PlacesMixin, base), {})
