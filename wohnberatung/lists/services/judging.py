"""How a home suits, as it is kept and as people read it: the engine's judgement without its sentences, which are put
into words when somebody reads."""

from dataclasses import dataclass

from matching.catalogue import HOMES
from matching.explanation import Reason
from matching.json_output import SCORE_DIGITS
from matching.kinds import told
from matching.ranking import Match
from wohnberatung.bridge.wording import spoken
from wohnberatung.lists.models import JudgedHome, JudgedValue

ANSWERS = ("missed", "adaptable", "unknown", "nearly", "met")


@dataclass(frozen=True)
class UsedValue:
    """One value that was used, in the language being read."""

    label: str
    wanted: str
    found: str
    grade: str
    must: bool
    asked_by_offer: bool


def judged_home(match: Match) -> JudgedHome:
    """What is kept of a match."""
    return {
        "outlook": match.outlook.value,
        "score": round(match.score, SCORE_DIGITS),
        "best": round(match.best, SCORE_DIGITS),
        "values": [_value(reason) for reason in match.reasons],
    }


def values_used(judged: JudgedHome) -> list[UsedValue]:
    """All of them, what weighed against the home first."""
    found = [_used(value) for value in judged["values"]]
    return sorted(found, key=lambda value: (ANSWERS.index(value.grade), not value.must))


def musts_missed(judged: JudgedHome) -> list[UsedValue]:
    """Those that kept the home off the list."""
    return [value for value in values_used(judged) if value.grade == "missed" and value.must]


def _value(reason: Reason) -> JudgedValue:
    return {
        "key": reason.key,
        "side": reason.side,
        "importance": reason.importance,
        "grade": reason.grade,
        "wanted": reason.wanted,
        "found": reason.found,
    }


def _used(value: JudgedValue) -> UsedValue:
    by_offer, language = value["side"] == "provider", spoken()
    criterion = HOMES.demand_criterion(value["key"]) if by_offer else HOMES.criterion(value["key"])
    return UsedValue(
        label=language.say(criterion.label),
        wanted=criterion.wanted_words(value["wanted"], language),
        found=told(criterion.fact, value["found"], language),
        grade=value["grade"],
        must=value["importance"] == "must",
        asked_by_offer=by_offer,
    )
