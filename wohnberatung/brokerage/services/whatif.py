"""What would help one request: what giving way brings, and which questions are worth asking."""

from dataclasses import dataclass

from matching.catalogue import HOMES
from matching.whatif.concessions import Concession, concessions
from matching.whatif.questions import Question, best_questions
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.services.rankings import TOP, refuse_unless_matchable
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services import offers_by_id
from wohnberatung.seekers.services import load_request, matching_request

MOST_QUESTIONS = 5


@dataclass(frozen=True)
class GivingWay:
    """A must, how many offers appear without it, and with which easier wanted values how many (words, number)."""

    key: str
    label: str
    wanted: str
    opens: int
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class WorthAsking:
    """One unknown fact of one offer whose answer could change the list."""

    offer: Offer
    question: Question


@dataclass(frozen=True)
class Advice:
    """`listed` offers are possible today; the costliest must comes first."""

    listed: int
    giving_way: tuple[GivingWay, ...]
    questions: tuple[WorthAsking, ...]


def advice_for(request_id: str, actor: Actor) -> Advice:
    """For an advisor who looks for a way; refusals as for the ranked list."""
    stored = load_request(request_id, actor)
    refuse_unless_matchable(stored, actor)
    request = matching_request(stored)
    with current_supply() as supply:
        found = concessions(request, supply.frame, texts=supply.texts)
        asked = best_questions(supply.frame, [request], TOP, MOST_QUESTIONS, texts=supply.texts)
    offers = offers_by_id(question.offer for question in asked)
    items = sorted((item for item in found.items if item.opens_if_dropped), key=lambda item: -item.opens_if_dropped)
    return Advice(
        found.listed_now,
        tuple(_giving_way(item) for item in items),
        tuple(WorthAsking(offers[item.offer], item) for item in asked if item.offer in offers),
    )


def _giving_way(item: Concession) -> GivingWay:
    criterion = HOMES.criterion(item.key)
    return GivingWay(
        item.key,
        criterion.label,
        criterion.wanted_words(item.wanted),
        item.opens_if_dropped,
        tuple((criterion.wanted_words(step.wanted), step.opens) for step in item.steps),
    )
