"""What somebody who offers a home is asked, step by step, and what one measures in it, room by room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.facts import Fact
from matching.kinds import Criterion, IsFalse
from matching.neighbourhoods import DRESDEN
from wohnberatung.bridge.imports import CERTAIN, CLAIMED, LEAST_CERTAIN, STATED
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.neighbourhoods import find_district
from wohnberatung.bridge.request_form import presets_for
from wohnberatung.bridge.wording import by_theme, spoken

OWNERS = ("dwelling", "offer")
FIRST = tuple(fact for fact in HOMES.facts if fact.headline and fact.owner in OWNERS)
"""Asked on the short form, in the order of the themes."""
DEMANDS = HOMES.demand_criteria
POSTCODE = r"^\d{5}$"


def fact_named(key: str) -> Fact:
    """KeyError where the catalogue has none."""
    return HOMES.fact(key)


def neighbourhood_of(values: Mapping[str, object]) -> str | None:
    """The code of the neighbourhood in given or stored values."""
    code = values.get(NEIGHBOURHOOD.key)
    return code if isinstance(code, str) else None


def neighbourhood_name(code: str) -> str:
    return DRESDEN.name(code)


def neighbourhood_from_postcode(postcode: str) -> tuple[dict[str, object], str, dict[str, str]]:
    """The likeliest neighbourhood as facts, how well that is known, and in words by key how it was found; nothing
    where there is none. Most postcodes cut several neighbourhoods, so it is mostly no more than a claim."""
    found = find_district(postcode=postcode) if postcode else None
    if found is None or found.certainty < LEAST_CERTAIN:
        return {}, CLAIMED, {}
    return (
        {NEIGHBOURHOOD.key: found.code},
        STATED if found.certainty >= CERTAIN else CLAIMED,
        {NEIGHBOURHOOD.key: found.how},
    )


def neighbourhood_fault(code: str | None, postcode: str) -> tuple[str, str] | None:
    """(field, sentence) where neighbourhood and postcode do not belong together; None where they may."""
    if not code or not postcode:
        return None
    if postcode not in DRESDEN.postcodes:
        message = _("Die Postleitzahl %(postcode)s gehört nicht zu Dresden, der Stadtteil schon.", postcode=postcode)
        return "postcode", message
    nearby = DRESDEN.postcodes[postcode]
    neighbours = DRESDEN.neighbourhoods[DRESDEN.position[code]].neighbours
    if code in nearby or not set(nearby).isdisjoint(neighbours):
        return None
    names = ", ".join(DRESDEN.name(each) for each in nearby)
    message = _("Zur Postleitzahl %(postcode)s gehören: %(names)s.", postcode=postcode, names=names)
    return NEIGHBOURHOOD.key, message


def questions_by_theme(owners: Iterable[str]) -> list[tuple[str, str, tuple[Fact, ...]]]:
    """(theme, label, facts) of everything that is not on the short form, for the parts that there are."""
    wanted = set(owners) & set(OWNERS)
    return by_theme(fact for fact in HOMES.facts if fact.owner in wanted and fact not in FIRST)


def first_facts(owners: Iterable[str]) -> tuple[Fact, ...]:
    """The facts of the short form for the parts that there are."""
    wanted = set(owners)
    return tuple(fact for fact in FIRST if fact.owner in wanted)


def by_owner(values: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Values by key, sorted into the parts of an offer that hold them."""
    sorted_values: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        sorted_values.setdefault(HOMES.fact(key).owner, {})[key] = value
    return sorted_values


def excludes(criterion: Criterion) -> bool:
    """Whether asking for it means that something must not be so."""
    return isinstance(criterion, IsFalse)


def demand_words(demands: Iterable[StoredRequirement]) -> list[tuple[str, str]]:
    """(label, words) of what is asked of a household."""
    return [_demand_words(HOMES.demand_criterion(demand["key"]), demand) for demand in demands]


def _demand_words(criterion: Criterion, demand: StoredRequirement) -> tuple[str, str]:
    wanted = criterion.wanted_words(demand["wanted"], spoken())
    must = demand["importance"] == "must"
    return _(criterion.label), _("%(wanted)s (muss sein)", wanted=wanted) if must else wanted


# Themes one can look at on the spot; the rest is about the neighbourhood, money and people.
ROOMS = ("access", "rooms", "bathroom", "size", "senses")
OWNER = "dwelling"


@dataclass(frozen=True)
class Room:
    """A theme with the facts to be looked at there."""

    theme: str
    label: str
    facts: tuple[Fact, ...]


def rooms_of(needed: Iterable[str] | None = None) -> tuple[Room, ...]:
    """All rooms with everything that some criterion asks about; only the facts of these keys where given."""
    wanted = None if needed is None else set(needed)
    facts = [fact for fact in _surveyed() if wanted is None or fact.key in wanted]
    return tuple(Room(theme, _(label), group) for theme, label, group in by_theme(facts) if theme in ROOMS)


def needed_facts(requirements: Iterable[StoredRequirement]) -> set[str]:
    """Keys of the facts of a home that these stored requirements are judged by."""
    criteria = [HOMES.criterion(entry["key"]) for entry in requirements]
    return {fact.key for criterion in criteria for fact in (criterion.fact, *criterion.others) if fact.owner == OWNER}


def not_needed(known: Mapping[str, object]) -> set[str]:
    """Keys of facts about which these known ones say that there is nothing to know: no width where there is no lift."""
    return {
        criterion.key
        for criterion in HOMES.criteria
        if any(fact.encode(known.get(fact.key)) == value for fact, value in criterion.idle_where)
    }


def home_requirements(requirements: Iterable[StoredRequirement]) -> list[StoredRequirement]:
    """Those that a home itself fulfils or not, wherever it lies, each once; of several a must comes before a wish."""
    found: dict[str, StoredRequirement] = {}
    for entry in sorted(requirements, key=lambda entry: entry["importance"] != "must"):
        fact = HOMES.criterion(entry["key"]).fact
        if fact.owner == OWNER and fact.theme in ROOMS:
            found.setdefault(entry["key"], entry)
    return list(found.values())


def profile_requirements(profiles: Iterable[str]) -> list[StoredRequirement]:
    """What needs profiles ask of a home, for a household without a request."""
    return [wish.as_requirement() for wish in presets_for(list(profiles), {})]


def fact_words(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """(label, words) of values in the order of the catalogue."""
    return [(_(fact.label), fact.format(values[fact.key])) for fact in _surveyed() if values.get(fact.key) is not None]


def _surveyed() -> list[Fact]:
    judged = {fact.key for criterion in HOMES.criteria for fact in (criterion.fact, *criterion.others)}
    return [fact for fact in HOMES.facts if fact.owner == OWNER and fact.key in judged and fact.theme in ROOMS]
