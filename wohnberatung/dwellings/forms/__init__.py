"""Forms of the supply: what anybody may filter by, what owners enter, what the office answers."""

from wohnberatung.dwellings.forms.entering import BasicsForm, DemandsForm, PlaceForm, TextForm, theme_form
from wohnberatung.dwellings.forms.filters import OfferFilter
from wohnberatung.dwellings.forms.steps import EndForm, ReviewForm, StepForm

__all__ = [
    "BasicsForm",
    "DemandsForm",
    "EndForm",
    "OfferFilter",
    "PlaceForm",
    "ReviewForm",
    "StepForm",
    "TextForm",
    "theme_form",
]
