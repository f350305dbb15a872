"""A stored request as the answers of a draft, as if its person had just typed them: for changing it."""

from collections.abc import Collection

from wohnberatung.bridge.needs import Needs
from wohnberatung.bridge.request_form import DISTRICT
from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.seekers.contents import DraftAnswers, StoredContact
from wohnberatung.seekers.forms.consents import PREFIX
from wohnberatung.seekers.forms.household import MYSELF, SOMEBODY
from wohnberatung.seekers.forms.journey import PAGES, Journey
from wohnberatung.seekers.forms.steps import HOUSEHOLD_PREFIX, DraftForm


def prefilled(needs: Needs, contact: StoredContact, consented: Collection[str], version: int) -> DraftAnswers:
    """Answers of a draft that changes the request of this `version`; `consented` are purposes that hold."""
    journey = Journey({"changes": version, "kept": []})
    known = _known(needs, contact, consented)
    for page in PAGES:  # in order, as what later steps ask hangs on earlier ones
        if page.applies(journey):
            form_class, presets = page.make(journey)
            form = form_class(None, data=presets | _wishes(form_class, needs) | known)
            journey.take_over(page, form.typed())
    return journey.answers()


def _known(needs: Needs, contact: StoredContact, consented: Collection[str]) -> dict[str, object]:
    helper = contact.get("helper", {})
    known: dict[str, object] = {HOUSEHOLD_PREFIX + key: value for key, value in needs["household"].items()}
    known |= {PREFIX + purpose: True for purpose in consented}
    known |= {"profiles": needs["profiles"], "filled_in_for": SOMEBODY if helper else MYSELF}
    known |= {name: value for name, value in contact.items() if name != "helper"}
    known |= {f"helper_{name}": value for name, value in helper.items()} | {"agreed_with_person": bool(helper)}
    for entry in needs["requirements"]:
        if entry["key"] == DISTRICT.fact.key:
            known |= {"places": entry["wanted"], "places_importance": entry["importance"]}
            known |= {"nearby": entry["tolerance"] > 0}
    return known


def _wishes(form_class: type[DraftForm], needs: Needs) -> dict[str, object]:
    """What was asked, and of the presets those that the person has turned down."""
    presets = [wish.criterion.key for wish in getattr(form_class, "presets", ())]
    turned_down: dict[str, object] = {f"{key}_importance": "" for key in presets}
    return turned_down | form_data(needs["requirements"], getattr(form_class, "criteria", ()))
