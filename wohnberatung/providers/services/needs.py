"""What those who offer learn of a person before they know who it is: what the home must be able to do, and no more.

Every criterion of the catalogue is either told or withheld, and a test holds that: what is new, and not about the
building itself, tells nothing to anybody until somebody has decided about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.catalogue import HOMES
from matching.criteria import fittings, living, location, money, senses
from matching.kinds import IsTrue
from wohnberatung.bridge.wording import spoken
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.results import KeptReason, KeptWorks, result_of
from wohnberatung.providers.models import ToldNeed

_BUILDING = ("access", "rooms", "bathroom", "size")
"""Themes of which everything is about the building."""
_ALSO = (
    senses.VISUAL_DOORBELL,
    senses.VIDEO_INTERCOM,
    senses.ALARM_VISUAL,
    senses.CONTRAST_MARKING,
    senses.TACTILE_LABELS,
    senses.QUIET_LOCATION,
    senses.SIMPLE_LAYOUT,
    money.AVAILABLE_FROM,
    money.MIN_TERM,
    money.LIMITED_TO,
    money.PETS_ALLOWED,
    money.FURNISHED,
    money.COMMUNITY_ROOM,
    living.LIVING_FORM,
    living.GROUP_SIZE,
    living.PRIVATE_BATHROOM,
    living.PRIVATE_AREA,
    living.COMMUNITY_HOURS,
    living.SHARED_MEALS,
    living.DECISION_MODE,
)
_NEVER = {
    "what somebody can pay, or whether an office pays for them": (
        money.RENT_WARM,
        money.RENT_GROSS_COLD,
        money.DEPOSIT,
        money.SHARES,
        money.TENURE,
    ),
    "what help somebody needs or can give, and by that how they are": (
        money.CARE_ON_SITE,
        money.NIGHT_ASSISTANCE,
        living.HELP_HOURS,
        senses.STOVE_SHUTOFF,
        senses.EMERGENCY_CALL,
        location.DOCTOR_DISTANCE,
    ),
    "habits, with whom somebody lives, where they come from, their own words": (
        money.SMOKING_ALLOWED,
        living.CHILDREN_IN_GROUP,
        living.LANGUAGES,
        living.SELF_DESCRIPTION,
    ),
    "where somebody wants to live, and near to whom; the home is where it is": (
        location.DISTRICT,
        location.STOP_DISTANCE,
        location.SHOP_DISTANCE,
        location.YEAR_BUILT,
        location.ENERGY_CLASS,
        location.RENEWABLE_HEATING,
        fittings.HEATING_KIND,
        living.STAGE,
        living.FREE_PLACES,
    ),
}
TOLD = frozenset(criterion.key for criterion in HOMES.criteria if criterion.fact.theme in _BUILDING) | {
    fact.key for fact in _ALSO
}
WITHHELD = {fact.key: why for why, facts in _NEVER.items() for fact in facts}
# Works put right what is told; those for anything else would say that as well.
_WORKS = {works.label for criterion in HOMES.criteria if criterion.key in TOLD for works in criterion.adaptations}
VERDICTS = {
    "met": (_l("Ihr Angebot erfüllt das"), "success"),
    "nearly": (_l("Ihr Angebot kommt dem nahe"), "success"),
    "adaptable": (_l("Das lässt sich umbauen"), "warning"),
    "unknown": (_l("Das wissen wir von Ihrem Angebot noch nicht"), "info"),
    "missed": (_l("Ihr Angebot erfüllt das nicht"), "info"),
}


@dataclass(frozen=True)
class FunctionalNeed:
    """One thing the home is to be able to do, in the reader's language; `verdict` says how the offer stands to it."""

    label: str
    wanted: str
    must: bool
    verdict: str
    kind: str


@dataclass(frozen=True)
class PresentedNeeds:
    """All of them, what must be first, and the works that would help."""

    needs: tuple[FunctionalNeed, ...]
    works: tuple[KeptWorks, ...]


def needs_for_provider(match: BrokeredMatch) -> PresentedNeeds:
    """Made of what the engine said of the pair."""
    result = result_of(match)
    told = [reason for reason in result.reasons if _is_told(reason)]
    found = tuple(sorted((_need(reason) for reason in told), key=lambda need: not need.must))
    return PresentedNeeds(found, works_told(match))


def works_told(match: BrokeredMatch) -> tuple[KeptWorks, ...]:
    """Works of which those who offer may know."""
    return tuple(works for works in result_of(match).works if works.label in _WORKS)


def told_needs(match: BrokeredMatch) -> list[ToldNeed]:
    """The same for the ledger: without words, as those are of a language and a day."""
    return [{"key": reason.key, "wanted": reason.wanted} for reason in result_of(match).reasons if _is_told(reason)]


def words_of_needs(needs: Sequence[ToldNeed]) -> list[str]:
    """What was told, in the language that is read now; what the catalogue no longer knows is left out."""
    known = {criterion.key for criterion in HOMES.criteria}
    lines = [need_words(need["key"], need["wanted"]) for need in needs if need["key"] in known]
    return [_("%(label)s: %(value)s", label=label, value=wanted) if wanted else label for label, wanted in lines]


def need_words(key: str, wanted: object) -> tuple[str, str]:
    """(label, what is wanted); nothing more to say where it is to be there."""
    criterion = HOMES.criterion(key)
    plain = isinstance(criterion, IsTrue) and wanted is True
    return _(criterion.label), "" if plain else criterion.wanted_words(wanted, spoken())


def _is_told(reason: KeptReason) -> bool:
    """What the offer asks of a household is judged by what the household is: that never goes out."""
    return reason.side == "seeker" and not reason.private and reason.key in TOLD


def _need(reason: KeptReason) -> FunctionalNeed:
    label, wanted = need_words(reason.key, reason.wanted)
    verdict, kind = VERDICTS[reason.grade]
    return FunctionalNeed(label, wanted, reason.importance == "must", str(verdict), kind)
