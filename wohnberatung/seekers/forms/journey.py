"""The request form as a whole: its pages in order, which of them this person needs, what they have answered."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from wohnberatung.bridge.needs import Needs, StoredRequirement
from wohnberatung.bridge.request_form import (
    HOME,
    LIVING,
    MONEY,
    NEEDS,
    NOTHING,
    FormPage,
    PresetWish,
    household_presets,
    presets_for,
    tells_about_health,
    text_among,
)
from wohnberatung.bridge.requirement_fields import requirement_fields
from wohnberatung.core.languages import Words
from wohnberatung.seekers.contents import DraftAnswers, StoredContact
from wohnberatung.seekers.forms.consents import (
    CONTACT_CONSENT,
    HEALTH_CONSENT,
    MATCHING_CONSENT,
    ConsentText,
    consents_form,
)
from wohnberatung.seekers.forms.contact import ContactForm, HelperForm
from wohnberatung.seekers.forms.household import MovingForm, ProfilesForm, WhoForm, places_form
from wohnberatung.seekers.forms.steps import HOUSEHOLD_PREFIX, DraftForm, WishesForm, preset_data, wishes_form

Entries = dict[str, list[str]]
Made = tuple[type[DraftForm], dict[str, object]]
WHO, PROFILES, NEED, HOUSING, PLACES, COSTS = "haushalt", "alltag", "bedarf", "wohnung", "ort", "kosten"
# The field for the number of an offer.
ASKED_OFFER = "offer"
COMPANY, MOVE, CONTACT, CONSENT = "gemeinschaft", "einzug", "kontakt", "einwilligung"


@dataclass(frozen=True)
class StepPage:
    """One step. `make` gives its form class and the data the form begins with; `template` lies in seekers/steps."""

    key: str
    title: Words
    template: str
    make: Callable[["Journey"], Made]
    applies: Callable[["Journey"], bool] = lambda journey: True


def _plain(form_class: type[DraftForm]) -> Callable[["Journey"], Made]:
    return lambda journey: (form_class, {})


def _wishes(page: FormPage) -> Callable[["Journey"], Made]:
    return lambda journey: (wishes_form(page, elsewhere=journey.elsewhere), {})


def _needs(journey: "Journey") -> Made:
    presets = journey.presets
    page = NEEDS if journey.profiles else NOTHING
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


class Journey:
    """One request on its way, from the answers of its draft."""

    def __init__(self, answers: DraftAnswers | None = None) -> None:
        kept: DraftAnswers = answers or {"kept": []}
        self.entries: Entries = dict(kept.get("entries", {}))
        self.done: list[str] = list(kept.get("done", []))
        # Steps with entries: the forms of the others say nothing and need not be made. A draft that does not tell may
        # have entries anywhere.
        self.kept: set[str] = set(kept.get("kept", PAGES_BY_KEY))
        # The version of the request that this draft changes; None where it becomes a new one.
        self.changes: int | None = kept.get("changes")
        self._checked: dict[str, DraftForm] = {}

    def answers(self) -> DraftAnswers:
        """As the draft keeps them."""
        return {"entries": self.entries, "done": self.done, "kept": sorted(self.kept), "changes": self.changes}

    @property
    def steps(self) -> tuple[StepPage, ...]:
        """The steps of this person, in order."""
        return tuple(page for page in PAGES if page.applies(self))

    def form(self, page: StepPage, sent: MultiDict[str, str] | None = None) -> Any:
        """The form of a step: as it was sent, else as it was left."""
        form_class, data = page.make(self)
        form: DraftForm = form_class(sent, data=data)
        if sent is None:
            form.take_up(self.entries)
        return form

    def keep(self, page: StepPage, form: DraftForm, sent: MultiDict[str, str], *, done: bool) -> None:
        """Take over what was entered; a step that depends on it and has changed must be seen again."""
        profiles, presets = self.profiles, self.presets
        asked = self._checked_form(NEED).stored_requirements() if presets else []
        self._take(page, form.entries(sent))
        self.done = [key for key in self.done if key != page.key] + [page.key] * done
        changed = _forget_outdated(self.entries, presets, asked, self.presets)
        if _forget_household(self.entries, profiles, self.profiles) or changed:
            self._checked.clear()
            self.done = [key for key in self.done if key != NEED]

    def take_over(self, page: StepPage, entries: dict[str, list[str]]) -> None:
        """Take a step as answered, as it stands in a stored request."""
        self._take(page, entries)
        self.done = [*self.done, page.key]

    def after(self, page: StepPage) -> StepPage | None:
        """The next step; None after the last one."""
        following = self.steps[self.steps.index(page) + 1 :]
        return following[0] if following else None

    def before(self, page: StepPage) -> StepPage | None:
        earlier = self.steps[: self.steps.index(page)]
        return earlier[-1] if earlier else None

    def first_open(self) -> StepPage | None:
        """The first step that was not answered yet or whose answers do not hold any more."""
        return next((page for page in self.steps if not self.is_complete(page)), None)

    def is_complete(self, page: StepPage) -> bool:
        return page.key in self.done and not self.checked(page).errors

    def checked(self, page: StepPage) -> Any:
        """The form of a step with the kept answers, validated."""
        if page.key not in self._checked:
            form_class, data = page.make(self)
            form: DraftForm = form_class(None, data=data, meta={"csrf": False})
            form.take_up(self.entries)
            form.validate()
            self._checked[page.key] = form
        return self._checked[page.key]

    # -- what later steps need to know of earlier ones

    @property
    def has_helper(self) -> bool:
        return bool(self._checked_form(WHO).is_helper)

    @property
    def asked_offer(self) -> str:
        """The number of the offer that somebody began with; empty where they look for any."""
        return next(iter(self.entries.get(ASKED_OFFER, ())), "")

    def ask_for_offer(self, number: str) -> None:
        """Begin with an offer, or take another one: its number stands in its field on the page before the contact."""
        self._take(PAGES_BY_KEY[MOVE], {ASKED_OFFER: [number]})

    @property
    def profiles(self) -> list[str]:
        if PROFILES not in self.kept:
            return []
        form = self._checked_form(PROFILES)
        return list(form.profiles.data or ()) if not form.errors else []

    @property
    def presets(self) -> tuple[PresetWish, ...]:
        household = self._checked_form(WHO).household_values() if WHO in self.kept else {}
        return presets_for(self.profiles, household)

    @property
    def elsewhere(self) -> frozenset[str]:
        return frozenset(preset.criterion.key for preset in self.presets)

    @property
    def needed_consents(self) -> frozenset[str]:
        needed = {MATCHING_CONSENT.purpose}
        if tells_about_health(self.profiles, self.household()):
            needed.add(HEALTH_CONSENT.purpose)
        if self._checked_form(CONTACT).is_reachable:
            needed.add(CONTACT_CONSENT.purpose)
        return frozenset(needed)

    # -- what it comes to

    def household(self) -> dict[str, object]:
        return {key: value for form in self._catalogue_forms() for key, value in form.household_values().items()}

    def needs(self) -> Needs:
        """In the terms of `submit_request`."""
        asked = [entry for form in self._catalogue_forms() for entry in form.stored_requirements()]
        return {
            "requirements": asked,
            "household": self.household(),
            "text": text_among(asked),
            "profiles": self.profiles,
        }

    def contact(self) -> StoredContact:
        contact: StoredContact = self._checked_form(CONTACT).contact()
        if self.has_helper and (declared := self._checked_form(CONSENT).declared()):
            contact["helper"]["declared"] = declared
        note: StoredContact = self._checked_form(MOVE).kept_note()
        return contact | note

    def consents(self) -> list[ConsentText]:
        given: list[ConsentText] = self._checked_form(CONSENT).given()
        return given

    def asked_consents(self) -> list[str]:
        """Purposes that the person could agree to."""
        return [consent.purpose for consent in self._checked_form(CONSENT).asked]

    def _catalogue_forms(self) -> list[WishesForm]:
        """Of the steps that say something of a home or a household; what profiles bring is said without being kept."""
        telling = (self.kept | {NEED}) - {PROFILES, CONTACT, CONSENT}
        forms = (self.checked(page) for page in self.steps if page.key in telling)
        return [form for form in forms if isinstance(form, WishesForm)]

    def _take(self, page: StepPage, entries: Mapping[str, list[str]]) -> None:
        self.entries |= entries
        self.kept.add(page.key)
        self._checked.clear()

    def _checked_form(self, key: str) -> Any:
        return self.checked(PAGES_BY_KEY[key])


PAGES_BY_KEY = {page.key: page for page in PAGES}


def _forget_outdated(
    entries: Entries, before: Iterable[PresetWish], asked: Iterable[StoredRequirement], after: Iterable[PresetWish]
) -> bool:
    """Drop entries that only repeat a preset that is gone or has changed, so that the new one shows.

    `asked` are the requirements as they stood under the presets `before`. An answer to a wish that was no preset
    before stays if it says anything. Returns whether any preset has changed.
    """
    old, new = ({wish.criterion.key: wish for wish in wishes} for wishes in (before, after))
    stood = {entry["key"]: entry for entry in asked}
    changed = [key for key in old | new if _as_requirement(old.get(key)) != _as_requirement(new.get(key))]
    for key in changed:
        if key in old:
            chosen = stood.get(key) != old[key].as_requirement()
        else:
            chosen = any(entries.get(f"{key}_importance", ()))
        if not chosen or key not in new:
            _forget(entries, (old | new)[key])
    return bool(changed)


def _forget_household(entries: Entries, before: Collection[str], after: Collection[str]) -> bool:
    """Drop what the household says of itself where other profiles say something else; returns whether they do."""
    old, new = household_presets(before), household_presets(after)
    changed = [key for key in old | new if old.get(key) != new.get(key)]
    for key in changed:
        entries.pop(HOUSEHOLD_PREFIX + key, None)
    return bool(changed)


def _as_requirement(wish: PresetWish | None) -> StoredRequirement | None:
    return wish.as_requirement() if wish else None


def _forget(entries: Entries, wish: PresetWish) -> None:
    for name in requirement_fields(wish.criterion):
        entries.pop(name, None)
