"""Before a rare flat goes to someone who does not need its features: who does.

What counts as scarce: see `needs`. Households appear only by what they need of a home.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.frame import Frame
from matching.kinds import Floats
from matching.language import GERMAN, Language, mark
from matching.mirror import Places, face
from matching.ranking import Outlook, passing_rows
from matching.reverse import scored
from matching.stack import RequestStack
from matching.terms import Term, terms_of
from matching.text import TextIndex
from matching.whatif.needs import Need, scarce_needs
from matching.whatif.outlooks import outlooks_of


@dataclass(frozen=True)
class Feature:
    """A scarce feature of the offer, at the rarest value that an open request needs and the offer is known to have:
    how many homes have it, which share of the supply that is, how many open requests need it."""

    key: str
    wanted: Any
    homes: int
    share: float
    needed_by: int
    sentence: str


@dataclass(frozen=True)
class Claimant:
    """A request that needs scarce features of the offer; `alternatives` are other offers that miss nothing for it."""

    request: str
    needs: tuple[str, ...]
    alternatives: int
    outlook: Outlook
    score: float
    sentence: str


@dataclass(frozen=True)
class Scarcity:
    """`claimants` with the fewest alternatives first; `needed_by` and `others` count the requests for which the
    offer misses nothing, with and without need of a scarce feature."""

    offer: str
    features: tuple[Feature, ...]
    claimants: tuple[Claimant, ...]
    needed_by: int
    others: int
    sentence: str


def scarcity(
    offer: str,
    frame: Frame,
    stack: RequestStack,
    top: int = 20,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> Scarcity:
    """What is scarce about the offer and who needs it. Alternatives are counted for the `top` requests whose rarest
    need the fewest homes meet."""
    texts = texts or TextIndex(frame.texts)
    row = frame.position[offer]
    needs = scarce_needs(stack, frame, row)
    features = tuple(_feature(need, len(frame), language) for need in needs)
    terms, places, scores = scored(face(stack, frame, row), texts)
    rarest = np.min([need.homes for need in needs], axis=0)[places] if needs else np.full(len(places), np.inf)
    claims = np.flatnonzero(np.isfinite(rarest))
    first = claims[np.lexsort((stack.tie_breaks(places[claims], 0), -scores[claims], rarest[claims]))][:top]
    claimants = _claimants(stack, frame, terms, places[first], scores[first], needs, language, texts)
    return Scarcity(
        offer=offer,
        features=features,
        claimants=tuple(sorted(claimants, key=lambda claimant: claimant.alternatives)),
        needed_by=len(claims),
        others=len(places) - len(claims),
        sentence=_summary(features, len(claims), language),
    )


def _feature(need: Need, size: int, language: Language) -> Feature:
    criterion, wanted = need.criterion, need.wanted
    homes, needed = int(need.homes.min()), int(np.count_nonzero(np.isfinite(need.homes)))
    return Feature(
        key=criterion.key,
        wanted=wanted,
        homes=homes,
        share=homes / size,
        needed_by=needed,
        sentence=language.say(
            FEATURE,
            label=language.say(criterion.label),
            wanted=criterion.wanted_words(wanted, language),
            homes=language.number(homes),
            size=language.number(size),
            needed=language.number(needed),
        ),
    )


def _claimants(
    stack: RequestStack,
    frame: Frame,
    terms: list[Term],
    places: Places,
    scores: Floats,
    needs: list[Need],
    language: Language,
    texts: TextIndex,
) -> list[Claimant]:
    found = []
    for place, score, outlook in zip(places.tolist(), scores.tolist(), outlooks_of(terms, places), strict=True):
        criteria = [need.criterion for need in needs if need.homes[place] < np.inf]
        listed = passing_rows(terms_of(stack.requests[place], frame, texts), len(frame))
        sentence = language.say(
            CLAIM,
            request=stack.ids[place],
            needs=", ".join(language.say(criterion.label) for criterion in criteria),
            alternatives=language.number(len(listed) - 1),
        )
        keys = tuple(criterion.key for criterion in criteria)
        found.append(Claimant(stack.ids[place], keys, len(listed) - 1, outlook, score, sentence))
    return found


def _summary(features: tuple[Feature, ...], needed_by: int, language: Language) -> str:
    if not features:
        return language.say(COMMON)
    return language.say(SCARCE if needed_by else UNCLAIMED, count=language.number(needed_by))


FEATURE = mark(
    "%(label)s („%(wanted)s“): Das haben nachweislich %(homes)s von %(size)s Angeboten;"
    " Gesuche, die es brauchen: %(needed)s."
)
CLAIM = mark("Gesuch %(request)s braucht: %(needs)s. Andere Angebote, die infrage kommen: %(alternatives)s.")
SCARCE = mark("Dieses Angebot hat seltene Merkmale. Gesuche, die sie brauchen und für die es infrage kommt: %(count)s.")
UNCLAIMED = mark("Dieses Angebot hat seltene Merkmale. Zurzeit kommt es für kein Gesuch infrage, das sie braucht.")
COMMON = mark("Kein Merkmal dieses Angebots ist selten.")
