"""Before a rare flat goes to someone who does not need its features: who does.

A feature is what a technical standard names as a need (a criterion with a `norm`; in a market without such
criteria, any criterion) and open requests have as a must. What a request needs of it is scarce where at most one
home in ten is known to have it, or fewer homes than there are requests whose need the offer meets. Households appear
only by what they need of a home.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.arrays import Floats, Mask, Positions
from matching.frame import Frame
from matching.grading import Grade
from matching.kinds import Criterion
from matching.language import GERMAN, Language, mark
from matching.offer_against_requests import judge_offer
from matching.outlook import Outlook, outlooks_of
from matching.request_index import RequestIndex
from matching.requirement_columns import RequirementColumn
from matching.requirement_terms import Term, terms_of
from matching.scoring import passing_rows
from matching.text_similarity import TextIndex

SCARCE_SHARE = 0.1


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


@dataclass(frozen=True)
class ScarceNeed:
    """One scarce criterion of an offer. `homes`, shape (requests,), is how many homes are known to have what each
    request needs and the offer has; infinite where a request needs nothing scarce by this criterion. `wanted` is
    the value that the fewest homes have."""

    criterion: Criterion
    homes: Floats
    wanted: Any


def scarcity(
    offer: str,
    frame: Frame,
    index: RequestIndex,
    top: int = 20,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> Scarcity:
    """What is scarce about the offer and who needs it. Alternatives are counted for the `top` requests whose rarest
    need the fewest homes meet; KeyError where there is no such offer."""
    texts = texts or TextIndex(frame.texts)
    row = frame.position[offer]
    needs = scarce_needs(index, frame, row)
    features = tuple(_feature(need, len(frame), language) for need in needs)
    terms, positions, scores = judge_offer(index, frame, row).scored(texts)
    rarest = np.min([need.homes for need in needs], axis=0)[positions] if needs else np.full(len(positions), np.inf)
    claims = np.flatnonzero(np.isfinite(rarest))
    first = claims[np.lexsort((index.tie_breaks(positions[claims], 0), -scores[claims], rarest[claims]))][:top]
    claimants = _claimants(index, frame, terms, positions[first], scores[first], needs, language, texts)
    return Scarcity(
        offer=offer,
        features=features,
        claimants=tuple(sorted(claimants, key=lambda claimant: claimant.alternatives)),
        needed_by=len(claims),
        others=len(positions) - len(claims),
        sentence=_summary(features, len(claims), language),
    )


def scarce_needs(index: RequestIndex, frame: Frame, row: int) -> list[ScarceNeed]:
    """The scarce features of a row that at least one open request needs."""
    named = any(criterion.norm for criterion in index.market.criteria)
    columns: dict[str, list[RequirementColumn]] = {}
    for column in index.columns:
        if column.excludes and (column.criterion.norm or not named):
            columns.setdefault(column.criterion.key, []).append(column)
    found = (_need(alike, frame, row) for alike in columns.values())
    return [need for need in found if np.isfinite(need.homes).any()]


def _need(columns: list[RequirementColumn], frame: Frame, row: int) -> ScarceNeed:
    """What all requests need by one criterion; a request that asks twice needs the rarer."""
    parts = [np.take(_homes(column, frame, row), column.codes) for column in columns]
    homes = np.min(parts, axis=0)
    rarest = int(np.argmin(homes))
    column = columns[int(np.argmin([part[rarest] for part in parts]))]
    requirement = column.requirements[int(column.codes[rarest])]
    scarce = (homes <= SCARCE_SHARE * len(frame)) | (homes < np.count_nonzero(np.isfinite(homes)))
    wanted = None if requirement is None else requirement.wanted
    return ScarceNeed(column.criterion, np.where(scarce, homes, np.inf), wanted)


def _homes(column: RequirementColumn, frame: Frame, row: int) -> Floats:
    """Shape (states,): homes known to have what the state asks, where it is a must that the row is known to meet. What
    need not be judged is no feature: a home without a lift has no wide one."""
    term = column.term(frame, row)
    had: Mask = term.must & (term.grade >= Grade.NEARLY) & ~term.levels.idle[0]
    return np.where(had, np.concatenate([[np.inf], column.homes(frame)]), np.inf)


def _feature(need: ScarceNeed, size: int, language: Language) -> Feature:
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
    index: RequestIndex,
    frame: Frame,
    terms: list[Term],
    positions: Positions,
    scores: Floats,
    needs: list[ScarceNeed],
    language: Language,
    texts: TextIndex,
) -> list[Claimant]:
    found = []
    for position, score, outlook in zip(
        positions.tolist(), scores.tolist(), outlooks_of(terms, positions), strict=True
    ):
        criteria = [need.criterion for need in needs if need.homes[position] < np.inf]
        listed = passing_rows(terms_of(index.requests[position], frame, texts), len(frame))
        sentence = language.say(
            CLAIM,
            request=index.ids[position],
            needs=", ".join(language.say(criterion.label) for criterion in criteria),
            alternatives=language.number(len(listed) - 1),
        )
        keys = tuple(criterion.key for criterion in criteria)
        found.append(Claimant(index.ids[position], keys, len(listed) - 1, outlook, score, sentence))
    return found


def _summary(features: tuple[Feature, ...], needed_by: int, language: Language) -> str:
    if not features:
        return language.say(COMMON)
    return language.say(SCARCE if needed_by else UNCLAIMED, count=language.number(needed_by))


FEATURE = mark(
    "%(label)s („%(wanted)s“): Das haben nachweislich so viele Angebote: %(homes)s von %(size)s;"
    " Gesuche, die es brauchen: %(needed)s."
)
CLAIM = mark("Gesuch %(request)s braucht: %(needs)s. Andere Angebote, die infrage kommen: %(alternatives)s.")
SCARCE = mark("Dieses Angebot hat seltene Merkmale. Gesuche, die sie brauchen und für die es infrage kommt: %(count)s.")
UNCLAIMED = mark("Dieses Angebot hat seltene Merkmale. Zurzeit kommt es für kein Gesuch infrage, das sie braucht.")
COMMON = mark("Kein Merkmal dieses Angebots ist selten.")
