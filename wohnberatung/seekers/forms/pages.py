"""The steps of the request form in order: address, heading, look, and what each asks this person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.form_pages import HOME, LIVING, MONEY, NEEDS, FormPage
from wohnberatung.bridge.presets import household_presets
from wohnberatung.seekers.forms.base import StepForm
from wohnberatung.seekers.forms.consents import consents_form
from wohnberatung.seekers.forms.contact import ContactForm, HelperForm
from wohnberatung.seekers.forms.household import ProfilesForm, WhoForm
from wohnberatung.seekers.forms.moving import MovingForm
from wohnberatung.seekers.forms.places import places_form
from wohnberatung.seekers.forms.wishes import preset_data, wishes_form

if TYPE_CHECKING:
    from wohnberatung.seekers.forms.journey import Journey

Made = tuple[type[StepForm], dict[str, Any]]
WHO, PROFILES, NEED, HOUSING, PLACES, COSTS = "haushalt", "alltag", "bedarf", "wohnung", "ort", "kosten"
COMPANY, MOVE, CONTACT, CONSENT = "gemeinschaft", "einzug", "kontakt", "einwilligung"


@dataclass(frozen=True)
class StepPage:
    """One step. `make` gives its form class and the data the form begins with; `template` lies in seekers/steps."""

    key: str
    title: Any
    template: str
    make: Callable[["Journey"], Made]
    applies: Callable[["Journey"], bool] = lambda journey: True


def _plain(form_class: type[StepForm]) -> Callable[["Journey"], Made]:
    return lambda journey: (form_class, {})


def _wishes(page: FormPage) -> Callable[["Journey"], Made]:
    return lambda journey: (wishes_form(page, elsewhere=journey.elsewhere), {})


def _needs(journey: "Journey") -> Made:
    presets = journey.presets
    page = NEEDS if journey.profiles else FormPage()
    return wishes_form(page, presets), preset_data(presets, household_presets(journey.profiles))


def _places(journey: "Journey") -> Made:
    return places_form(journey.elsewhere), {}


def _contact(journey: "Journey") -> Made:
    return HelperForm if journey.has_helper else ContactForm, {}


def _consents(journey: "Journey") -> Made:
    return consents_form(journey.needed_consents, journey.has_helper), {}


PAGES = (
    StepPage(WHO, _l("Wer zieht ein?"), "who", _plain(WhoForm)),
    StepPage(PROFILES, _l("Wie kommen Sie im Alltag zurecht?"), "profiles", _plain(ProfilesForm)),
    StepPage(NEED, _l("Was Ihre Wohnung dafür können muss"), "needs", _needs, lambda journey: bool(journey.presets)),
    StepPage(HOUSING, _l("Wie soll Ihre Wohnung sein?"), "housing", _wishes(HOME)),
    StepPage(PLACES, _l("Wo möchten Sie wohnen?"), "places", _places),
    StepPage(COSTS, _l("Was darf die Wohnung kosten?"), "costs", _wishes(MONEY)),
    StepPage(COMPANY, _l("Möchten Sie mit anderen zusammen wohnen?"), "company", _wishes(LIVING)),
    StepPage(MOVE, _l("Wann möchten Sie einziehen?"), "moving", _plain(MovingForm)),
    StepPage(CONTACT, _l("Wie erreichen wir Sie?"), "contact", _contact),
    StepPage(CONSENT, _l("Was dürfen wir mit Ihren Angaben tun?"), "consents", _consents),
)
