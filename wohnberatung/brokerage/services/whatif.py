"""What would help one request: what giving way brings, and which questions are worth asking."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.catalogue import HOMES
from matching.requests import Request
from matching.whatif.concessions import Concession, Concessions, concessions
from matching.whatif.questions import Question, best_questions
from wohnberatung.bridge.frames import Supply, current_supply
from wohnberatung.brokerage.services.rankings import TOP, matchable_request
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services import offers_by_id
from wohnberatung.seekers.services import load_request

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
    request = matchable_request(load_request(request_id, actor), actor)
    with current_supply() as supply:
        weighed = weigh_ways(request, supply)
    return advised(*weighed)


def weigh_ways(request: Request, supply: Supply) -> tuple[Concessions, list[Question]]:
    """To be called while the supply is held; `advised` then needs it no more."""
    questions = best_questions(supply.frame, [request], TOP, MOST_QUESTIONS, texts=supply.texts)
    return concessions(request, supply.frame, texts=supply.texts), list(questions)


def advised(found: Concessions, asked: Sequence[Question]) -> Advice:
    """The ways with the offers that they lead to."""
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
