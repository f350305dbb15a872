"""For one offer: which answers would make it findable for more people, and which works would open it to more."""

from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _
from flask_babel import ngettext

from matching.catalogue import HOMES
from matching.whatif.adaptation_advice import adaptation_advice
from wohnberatung.advice.services import funding_programs
from wohnberatung.core.actors import Actor
from wohnberatung.demand.rounding import people, rounded
from wohnberatung.demand.services.facing import Market, Mask, market_of, possible, unknown_musts
from wohnberatung.dwellings.services import own_offer

MOST_ANSWERS = 3


@dataclass(frozen=True)
class Works:
    """One measure: what it costs, who may pay, how many more households it would serve (in words, rounded)."""

    label: str
    cost: tuple[int, int]
    funding: tuple[str, ...]
    serves: str


@dataclass(frozen=True)
class Advised:
    """`now`: for whom the offer comes into question already, in words; `findable`: what a few answers would change,
    empty where nothing; `answers` their labels; `works` the most useful first."""

    now: str
    findable: str
    answers: tuple[str, ...]
    works: tuple[Works, ...]


def advice_for(offer_id: str, actor: Actor) -> Advised:
    """For whoever may change the offer; NotFound for all others. Nothing of it tells who seeks."""
    offer = own_offer(offer_id, actor)
    market = market_of([offer.id])
    facing = market.facing(offer.id)
    certain, keys, more = _answers(possible(facing), unknown_musts(facing))
    return Advised(
        now=people(certain),
        findable=_findable(len(keys), more),
        answers=tuple(_(HOMES.criterion(key).label) for key in keys),
        works=tuple(_works(market, offer.id)),
    )


def _answers(may: Mask, unknown: dict[str, Mask]) -> tuple[int, list[str], int]:
    """How many requests are certain now; up to three facts, and how many more they would make certain.

    Taken greedily: each time the fact after which the fewest open questions remain, counted over requests.
    """
    open_questions = np.sum(list(unknown.values()), axis=0) if unknown else np.zeros(len(may), dtype=int)
    certain = int((may & (open_questions == 0)).sum())
    chosen: list[str] = []
    left = open_questions.astype(float)
    while len(chosen) < MOST_ANSWERS and len(chosen) < len(unknown):
        rest = [key for key in unknown if key not in chosen]
        weights = np.where(may & (left > 0), 1.0 / np.maximum(left, 1), 0.0)
        best = max(rest, key=lambda key: float(weights[unknown[key]].sum()))
        chosen.append(best)
        left = left - unknown[best]
    more = int((may & (open_questions > 0) & (left == 0)).sum())
    return (certain, chosen, more) if more else (certain, [], 0)


def _findable(answers: int, more: int) -> str:
    if not answers or not rounded(more):
        return ""
    return ngettext(
        "Eine Antwort würde dieses Angebot für %(people)s mehr auffindbar machen.",
        "%(num)s Antworten würden dieses Angebot für %(people)s mehr auffindbar machen.",
        answers,
        people=people(more),
    )


def _works(market: Market, offer_id: str) -> list[Works]:
    found = [each for each in adaptation_advice([offer_id], market.frame, market.index) if each.newly_fits]
    names = {program.key: program.name for program in funding_programs({key for each in found for key in each.funding})}
    return [
        Works(
            label=_(each.label),
            cost=each.cost_eur,
            funding=tuple(names[key] for key in each.funding if key in names),
            serves=people(each.newly_fits),
        )
        for each in found
    ]
