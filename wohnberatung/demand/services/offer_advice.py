"""For one offer: whose needs it meets, which answers and which works would let it meet more.

It is not held against the people who seek, but against what each needs profile typically asks; how many seek with that
profile is the published figure of the month. A provider who changes the offer learns about homes, and about nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from flask_babel import gettext as _
from numpy.typing import NDArray

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.grading import Grade
from matching.offer_against_requests import OfferAgainstRequests, judge_offer
from matching.outlook import count_musts, graded_musts
from matching.profiles import PROFILES, NeedsProfile
from matching.request_index import RequestIndex
from matching.requests import Request, Requirement
from matching.whatif.adaptation_advice import Advice, adaptation_advice
from wohnberatung.advice.services.parameters import funding_programs
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.core.actors import Actor
from wohnberatung.demand.services.figures import people
from wohnberatung.dwellings.services.lifecycle import own_offer
from wohnberatung.planning.services import published

MOST_ANSWERS = 3
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Works:
    """One measure: what it costs, who may pay, whose needs the home would meet then (words, about how many seek)."""

    label: str
    cost: tuple[int, int]
    funding: tuple[str, ...]
    serves: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Advised:
    """`now`: whose needs the offer meets, as far as it is known (words, about how many seek); `answers` what should be
    said first, by labels; `works` those that would serve most first."""

    now: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    works: tuple[Works, ...]


def advice_for(offer_id: str, actor: Actor) -> Advised:
    """For whoever may change the offer; NotFound for all others. Nothing of it tells who seeks."""
    offer = own_offer(offer_id, actor)
    frame = frame_of_offers([offer.id])
    sought = {line.key: (line.label, line.seeking) for line in published.by_profile()}
    judged = {key: judge_offer(index, frame, frame.position[offer.id]) for key, index in _typical().items()}
    met = [key for key, each in judged.items() if _possible(each)]
    return Advised(
        now=_in_words(met, sought),
        answers=_answers([judged[key] for key in met], [sought[key][1] for key in met]),
        works=tuple(_works(offer.id, frame, sought)),
    )


@cache
def _typical() -> dict[str, RequestIndex]:
    """By profile: a request that asks for what the profile says must be. Profiles of wishes alone fit everywhere."""
    asked = {profile.key: _request(profile) for profile in PROFILES}
    return {key: RequestIndex(HOMES, (request,)) for key, request in asked.items() if request.requirements}


def _request(profile: NeedsProfile) -> Request:
    musts = [preset for preset in profile.requirements if preset.importance == "must"]
    asked = tuple(
        Requirement(each.key, HOMES.criterion(each.key).read_wanted(each.wanted), tolerance=each.tolerance)
        for each in musts
    )
    return Request(profile.key, asked, profiles=(profile.key,))


def _possible(judged: OfferAgainstRequests) -> bool:
    """Nothing is missed and nothing would have to be built; questions may be open."""
    return bool(count_musts(judged.musts, judged.positions, Grade.ADAPTABLE).tolist() == [0])


def _answers(judged: Iterable[OfferAgainstRequests], weights: Iterable[int]) -> tuple[str, ...]:
    """What is unknown and asked of most, each profile as often as people seek with it."""
    asked: dict[str, int] = defaultdict(int)
    for each, weight in zip(judged, weights, strict=True):
        for term in each.musts:
            if term.side == "seeker" and np.take(graded_musts(term, Grade.UNKNOWN), term.codes).any():
                asked[term.criterion.key] += 1 + weight
    first = sorted(asked, key=lambda key: -asked[key])[:MOST_ANSWERS]
    return tuple(_(HOMES.criterion(key).label) for key in first)


def _works(offer_id: str, frame: Frame, sought: Mapping[str, tuple[str, int]]) -> list[Works]:
    measures: dict[str, Advice] = {}
    served: dict[str, list[str]] = defaultdict(list)
    for profile, index in _typical().items():
        for found in adaptation_advice([offer_id], frame, index):
            if found.newly_fits:
                measures[found.measure] = found
                served[found.measure].append(profile)
    programs = funding_programs({key for each in measures.values() for key in each.funding})
    names = {program.key: program.name for program in programs}
    first = sorted(measures, key=lambda measure: -sum(sought[key][1] for key in served[measure]))
    return [
        Works(
            label=_(measures[measure].label),
            cost=measures[measure].cost_eur,
            funding=tuple(names[key] for key in measures[measure].funding if key in names),
            serves=_in_words(served[measure], sought),
        )
        for measure in first
    ]


def _in_words(profiles: Iterable[str], sought: Mapping[str, tuple[str, int]]) -> tuple[tuple[str, str], ...]:
    found = sorted((sought[key] for key in profiles), key=lambda line: -line[1])
    return tuple((label, people(seeking)) for label, seeking in found)
