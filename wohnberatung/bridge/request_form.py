"""What the request form asks, step by step, and what a needs profile and a household bring with them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from matching.catalogue import HOMES
from matching.criteria import access, bathroom, household, living, location, money, size
from matching.facts import Fact
from matching.kinds import AtLeast, AtMost, Criterion
from matching.language import mark
from matching.option_kinds import Resembles
from matching.profiles import PROFILES, Preset
from matching.requests import Importance
from wohnberatung.bridge.needs import Needs, StoredRequirement
from wohnberatung.bridge.wording import by_theme
from wohnberatung.core.languages import Words


@dataclass(frozen=True)
class WishQuestion:
    """A wish that is asked openly.

    `weighed` says whether the person can say how important it is: a wish unless they say that it must be. `label` and
    `hint` replace those of the fact, which speak to the one who offers.
    """

    fact: Fact
    label: Words = ""
    hint: Words = ""
    weighed: bool = True

    @property
    def criterion(self) -> Criterion:
        return HOMES.criterion(self.fact.key)


@dataclass(frozen=True, eq=False)
class FormPage:
    """What one page asks: facts of the household, open questions, and further criteria of some themes, folded. Each is
    itself alone, so that the form class of a page can be found again."""

    household: tuple[Fact, ...] = ()
    questions: tuple[WishQuestion, ...] = ()
    themes: tuple[str, ...] = ()

    def folded(self, elsewhere: Collection[str] = ()) -> tuple[tuple[str, str, tuple[Criterion, ...]], ...]:
        """(theme, label, criteria) that this page offers beside its questions, without those asked `elsewhere`."""
        asked = ASKED_OPENLY | set(elsewhere)
        found = [criterion for criterion in HOMES.criteria if criterion.key not in asked]
        return tuple(group for group in by_theme(found) if group[0] in self.themes)


NOTHING = FormPage()
HOUSEHOLD = FormPage(household=(household.PERSONS, household.CHILDREN, household.PETS, household.SMOKERS))
NEEDS = FormPage(household=(household.NEEDS_WHEELCHAIR_HOME, household.WORKS_BUDGET))
HOME = FormPage(
    questions=(
        WishQuestion(size.LIVING_AREA, hint=_l("Eine ungefähre Zahl genügt. Lassen Sie leer, was offen ist.")),
        WishQuestion(size.ROOMS, hint=_l("Ohne Küche, Bad und Flur.")),
        WishQuestion(access.STEP_FREE),
        WishQuestion(access.HAS_LIFT),
        WishQuestion(bathroom.SHOWER_LEVEL),
        WishQuestion(bathroom.HAS_BATHTUB),
        WishQuestion(size.BALCONY),
    ),
    themes=("size", "access", "rooms", "bathroom", "senses", "services"),
)
LOCATION = FormPage(themes=("place",))
MONEY = FormPage(
    household=(household.WBS, household.WBS_TYPE, household.DEPOSIT_PAYER, household.DEPOSIT_AVAILABLE),
    questions=(
        WishQuestion(
            money.RENT_WARM,
            label=_l("Wie viel Miete können Sie im Monat zahlen?"),
            hint=_l(
                "Die Warmmiete: Miete, Betriebskosten und Heizung zusammen. Strom zählt nicht dazu. "
                "Wenn Sie es nicht wissen, lassen Sie das Feld leer."
            ),
        ),
    ),
    themes=("money",),
)
LIVING = FormPage(
    household=(
        household.COMMUNITY_HOURS,
        household.HELP_HOURS,
        household.SHARES_AVAILABLE,
        household.AGE_GROUP,
        household.CARE_ENTITLED,
    ),
    questions=(
        WishQuestion(
            living.LIVING_FORM,
            label=_l("Welche Wohnformen kommen für Sie infrage?"),
            hint=_l("Kreuzen Sie alles an, was Sie sich vorstellen können. Ohne Kreuz ist alles offen."),
        ),
        WishQuestion(
            living.SELF_DESCRIPTION,
            label=_l("Was ist Ihnen beim Zusammenwohnen wichtig?"),
            hint=_l(
                "In eigenen Worten, zum Beispiel: gemeinsam kochen, ein ruhiges Haus, Kinder, ein Garten. "
                "Wir vergleichen den Text mit dem, was Wohnprojekte über sich schreiben."
            ),
            weighed=False,
        ),
    ),
    themes=("living",),
)
MOVING = FormPage(
    questions=(
        WishQuestion(
            money.AVAILABLE_FROM,
            label=_l("Wann möchten Sie spätestens einziehen?"),
            hint=_l("Zum Beispiel 01.08.2027. Wenn Sie es nicht wissen, lassen Sie das Feld leer."),
        ),
    )
)
DISTRICT = WishQuestion(location.DISTRICT)

FORM_PAGES = (HOUSEHOLD, NEEDS, HOME, LOCATION, MONEY, LIVING, MOVING)
ASKED_OPENLY = frozenset(question.fact.key for page in FORM_PAGES for question in page.questions) | {DISTRICT.fact.key}

# Facts of the household that tell about somebody's health.
HEALTH_FACTS = frozenset({household.NEEDS_WHEELCHAIR_HOME.key, household.CARE_ENTITLED.key})


def tells_about_health(profiles: Collection[str], household_values: Mapping[str, object]) -> bool:
    """Whether answers are health data, which need their own consent (GDPR Article 9): a needs profile was chosen
    or somebody needs a wheelchair home or care. A lift or a level shower alone tells nothing."""
    return bool(profiles) or any(household_values.get(key) for key in HEALTH_FACTS)


def more_children_than_people(values: Mapping[str, object]) -> str | None:
    """The key of the number of children where no adult is left beside them; somebody must sign the contract."""
    persons, children = values.get(household.PERSONS.key), values.get(household.CHILDREN.key)
    if not (isinstance(persons, int | float) and isinstance(children, int | float)):
        return None
    return household.CHILDREN.key if children and children >= persons > 0 else None


def text_among(requirements: Iterable[StoredRequirement]) -> str:
    """The free text that is compared with the words of others, empty where there is none."""
    texts = (entry["wanted"] for entry in requirements if isinstance(HOMES.criterion(entry["key"]), Resembles))
    return str(next(texts, ""))


_IN_A_WHEELCHAIR = frozenset({"wheelchair", "power_wheelchair"})
_KNOWN = frozenset(profile.key for profile in PROFILES)
_WITH_PETS = Preset(money.PETS_ALLOWED, True, "must", explanation=mark("Damit das Tier mit einziehen darf."))


@dataclass(frozen=True, eq=False)
class PresetWish:
    """One criterion with the value, importance and weight that were set, and what it is good for. As with pages, each
    is itself alone: the same profiles bring the same ones."""

    criterion: Criterion
    wanted: Any
    importance: Importance
    weight: int
    explanation: Words
    tolerance: float = 0.0

    def as_requirement(self) -> StoredRequirement:
        """As it is stored."""
        return {
            "key": self.criterion.key,
            "wanted": self.wanted,
            "importance": self.importance,
            "weight": self.weight,
            "tolerance": self.tolerance,
        }


def profile_choices() -> list[tuple[str, Words, Words]]:
    """(key, label, explanation) of every needs profile."""
    return [(profile.key, _l(profile.label), _l(profile.explanation)) for profile in PROFILES]


def presets_for(profiles: Collection[str], household_values: Mapping[str, object]) -> tuple[PresetWish, ...]:
    """Every wish that the profiles and the household bring, each criterion once, in the order of the themes."""
    return _presets_for(_KNOWN.intersection(profiles), bool(household_values.get(household.PETS.key)))


@lru_cache(maxsize=256)
def _presets_for(profiles: frozenset[str], with_pets: bool) -> tuple[PresetWish, ...]:
    merged: dict[str, PresetWish] = {}
    for preset in _presets(profiles, with_pets):
        found = _wish(preset)
        merged[preset.key] = _stricter(merged[preset.key], found) if preset.key in merged else found
    criteria = (criterion for criterion in HOMES.criteria if criterion.key in merged)
    return tuple(merged[criterion.key] for _theme, _label, group in by_theme(criteria) for criterion in group)


def household_presets(profiles: Collection[str]) -> dict[str, object]:
    """What profiles say about the household, by key of the fact."""
    return {household.NEEDS_WHEELCHAIR_HOME.key: True} if _IN_A_WHEELCHAIR & set(profiles) else {}


def _presets(profiles: Collection[str], with_pets: bool) -> Iterable[Preset]:
    for profile in PROFILES:
        if profile.key in profiles:
            yield from profile.requirements
    if with_pets:
        yield _WITH_PETS


def _wish(preset: Preset) -> PresetWish:
    criterion = HOMES.criterion(preset.key)
    explanation = _l(preset.explanation)
    return PresetWish(
        criterion, preset.wanted, preset.importance, preset.weight, explanation, _tolerance(preset, criterion)
    )


def _tolerance(preset: Preset, criterion: Criterion) -> float:
    return preset.tolerance or criterion.usual_tolerance


def _stricter(one: PresetWish, other: PresetWish) -> PresetWish:
    """Both people of a household must be served: the stricter value, the greater importance and weight.

    Where there is no stricter value (two different ranges), the first one stands and the person changes it.
    """
    pick = max if isinstance(one.criterion, AtLeast) else min if isinstance(one.criterion, AtMost) else None
    wanted = pick(one.wanted, other.wanted, key=one.criterion.fact.encode) if pick else one.wanted
    return replace(
        one,
        wanted=wanted,
        tolerance=min((item.tolerance for item in (one, other) if item.wanted == wanted), default=0.0),
        importance="must" if "must" in (one.importance, other.importance) else "wish",
        weight=max(one.weight, other.weight),
    )


def without_health(needs: Needs) -> Needs:
    """Checked needs without profiles, without what the household says about care and wheelchairs, without every
    requirement that a chosen profile brought, as those tell of it too, and without free text, which may."""
    brought = {wish.criterion.key for wish in presets_for(needs["profiles"], {})}
    brought |= {criterion.key for criterion in HOMES.criteria if isinstance(criterion, Resembles)}
    return {
        "requirements": [entry for entry in needs["requirements"] if entry["key"] not in brought],
        "household": {key: value for key, value in needs["household"].items() if key not in HEALTH_FACTS},
        "text": "",
        "profiles": [],
    }
