"""The request form as a whole: which steps there are for this person, what they have answered, what it comes to.

The answers of a draft are `{"entries": {field: [text, …]}, "done": [step, …]}`: everything as it was typed. What it
means is worked out anew each time, so that a changed answer changes what depends on it, and a changed catalogue
cannot leave a draft behind that nobody can open.
"""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from wohnberatung.bridge.form_pages import tells_about_health, text_among
from wohnberatung.bridge.presets import PresetWish, presets_for
from wohnberatung.seekers.forms.base import StepForm
from wohnberatung.seekers.forms.consents import CONTACT_CONSENT, HEALTH_CONSENT, MATCHING_CONSENT, ConsentText
from wohnberatung.seekers.forms.pages import CONSENT, CONTACT, MOVE, NEED, PAGES, PROFILES, WHO, StepPage
from wohnberatung.seekers.forms.preset_changes import forget_household, forget_outdated
from wohnberatung.seekers.forms.wishes import WishesForm


class Journey:
    """One request on its way, from the answers of its draft."""

    def __init__(self, answers: Mapping[str, Any] | None = None) -> None:
        kept = answers or {}
        self.entries: dict[str, list[str]] = dict(kept.get("entries", {}))
        self.done: list[str] = list(kept.get("done", []))
        # The version of the request that this draft changes; None where it becomes a new one.
        self.changes: int | None = kept.get("changes")
        self._checked: dict[str, StepForm] = {}

    def answers(self) -> dict[str, Any]:
        """As the draft keeps them."""
        return {"entries": self.entries, "done": self.done, "changes": self.changes}

    @property
    def steps(self) -> tuple[StepPage, ...]:
        """The steps of this person, in order."""
        return tuple(page for page in PAGES if page.applies(self))

    def form(self, page: StepPage, sent: MultiDict[str, str] | None = None) -> Any:
        """The form of a step: as it was sent, else as it was left."""
        form_class, data = page.make(self)
        form: StepForm = form_class(sent, data=data)
        if sent is None:
            form.take_up(self.entries)
        return form

    def keep(self, page: StepPage, form: StepForm, sent: MultiDict[str, str], *, done: bool) -> None:
        """Take over what was entered; a step that depends on it and has changed must be seen again."""
        profiles, presets, asked = self.profiles, self.presets, self._checked_form(NEED).asked()
        self.entries |= form.entries(sent)
        self.done = [key for key in self.done if key != page.key] + [page.key] * done
        self._checked.clear()
        changed = forget_outdated(self.entries, presets, asked, self.presets)
        if forget_household(self.entries, profiles, self.profiles) or changed:
            self._checked.clear()
            self.done = [key for key in self.done if key != NEED]

    def take_over(self, page: StepPage, entries: dict[str, list[str]]) -> None:
        """Take a step as answered, as it stands in a stored request."""
        self.entries |= entries
        self.done = [*self.done, page.key]
        self._checked.clear()

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
            form: StepForm = form_class(None, data=data, meta={"csrf": False})
            form.take_up(self.entries)
            form.validate()
            self._checked[page.key] = form
        return self._checked[page.key]

    # -- what later steps need to know of earlier ones

    @property
    def has_helper(self) -> bool:
        return bool(self._checked_form(WHO).is_helper)

    @property
    def profiles(self) -> list[str]:
        form = self._checked_form(PROFILES)
        return list(form.profiles.data or ()) if not form.errors else []

    @property
    def presets(self) -> tuple[PresetWish, ...]:
        return presets_for(self.profiles, self._checked_form(WHO).household_values())

    @property
    def elsewhere(self) -> frozenset[str]:
        return frozenset(preset.criterion.key for preset in self.presets)

    @property
    def needed_consents(self) -> set[str]:
        needed = {MATCHING_CONSENT.purpose}
        if tells_about_health(self.profiles, self.household()):
            needed.add(HEALTH_CONSENT.purpose)
        if self._checked_form(CONTACT).is_reachable:
            needed.add(CONTACT_CONSENT.purpose)
        return needed

    # -- what it comes to

    def household(self) -> dict[str, Any]:
        return {key: value for form in self._catalogue_forms() for key, value in form.household_values().items()}

    def needs(self) -> dict[str, Any]:
        """In the terms of `submit_request`."""
        asked = [entry for form in self._catalogue_forms() for entry in form.asked()]
        return {
            "requirements": asked,
            "household": self.household(),
            "text": text_among(asked),
            "profiles": self.profiles,
        }

    def contact(self) -> dict[str, Any]:
        contact: dict[str, Any] = self._checked_form(CONTACT).contact()
        return contact | self._checked_form(MOVE).kept_note()

    def consents(self) -> list[ConsentText]:
        given: list[ConsentText] = self._checked_form(CONSENT).given()
        return given

    def asked_consents(self) -> list[str]:
        """Purposes that the person could agree to."""
        return [consent.purpose for consent in self._checked_form(CONSENT).asked]

    def _catalogue_forms(self) -> list[WishesForm]:
        without_wishes = (PROFILES, CONTACT, CONSENT)
        forms = (self.checked(page) for page in self.steps if page.key not in without_wishes)
        return [form for form in forms if isinstance(form, WishesForm)]

    def _checked_form(self, key: str) -> Any:
        return self.checked(PAGES_BY_KEY[key])


PAGES_BY_KEY = {page.key: page for page in PAGES}
