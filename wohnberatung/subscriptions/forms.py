"""Forms of subscriptions to news: which places and kinds, how often, in which language, and to which address."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED, CheckboxesField
from wohnberatung.bridge.place_fields import PlacesField
from wohnberatung.core.languages import LANGUAGES, current_language
from wohnberatung.core.place_news import kinds_of_news
from wohnberatung.web.forms import Form, VersionedForm, at_most, email_address
from wohnberatung.web.spam import GuardedForm

OFTEN = (("weekly", _l("Einmal in der Woche, am Montag")), ("at_once", _l("Gleich, wenn es etwas gibt")))


class _WishesForm(Form):
    """What somebody wants to be told of."""

    places = PlacesField(
        _l("Aus welchen Stadtteilen?"),
        description=_l(
            "Mehrere mit Komma getrennt, zum Beispiel: Johannstadt, Pieschen-Süd. Tippfehler sind nicht schlimm."
        ),
        validators=[at_most(1000)],
    )
    citywide = BooleanField(_l("Aus der ganzen Stadt"))
    kinds = CheckboxesField(
        _l("Was möchten Sie erfahren?"),
        description=_l("Ohne Haken: alles."),
        invalid_choice_message=NOT_OFFERED,
    )
    often = RadioField(
        _l("Wie oft?"),
        choices=[SelectChoice(*each) for each in OFTEN],
        default="weekly",
        validators=[InputRequired(_l("Bitte wählen Sie, wie oft wir Ihnen schreiben."))],
        invalid_choice_message=NOT_OFFERED,
    )
    language = RadioField(
        _l("In welcher Sprache?"),
        choices=[SelectChoice(each.code, each.name) for each in LANGUAGES],
        default=lambda: current_language().code,
        validators=[InputRequired(_l("Bitte wählen Sie eine der Sprachen."))],
        invalid_choice_message=NOT_OFFERED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds.choices = [SelectChoice(kind.key, kind.title) for kind in kinds_of_news()]

    def wishes(self) -> dict[str, object]:
        """By column of the subscription."""
        return {
            "citywide": bool(self.citywide.data),
            "places": self.places.data or [],
            "kinds": self.kinds.data or [],
            "often": self.often.data,
            "language": self.language.data,
        }


class SubscribeForm(_WishesForm, GuardedForm):
    """Strangers ask for news."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse an.")), email_address, at_most(254)],
        render_kw={"autocomplete": "email"},
    )


class NewsWishesForm(_WishesForm, VersionedForm):
    """Who gets news wants something else."""
