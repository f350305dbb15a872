"""Answers as JSON values, in the shapes of the stateless commands.

What-if answers have the fields of their records: a field renamed there is renamed in the contract.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from matching.catalogue import Market
from matching.explanation import AdaptationAdvice, Reader, Reason, WorksTotal
from matching.learning.likelihood import Likelihood
from matching.learning.wish_weights import HAND_SET, ListChange, Weights, WeightsProposal
from matching.proposals.allocation import Allocation, Alternative
from matching.proposals.groups import Group
from matching.ranking import Match, Ranking
from matching.request_ranking import RequestRanking
from matching.whatif.why_not import WhyNot

SCORE_DIGITS = 9


def engine_stamp(market: Market, seed: int, weights: Weights = HAND_SET) -> dict[str, Any]:
    """Which rules, weights and tie-break an answer was made with."""
    return {"catalogue": market.version, "weights": weights.version, "seed": seed}


def ranking_answer(ranking: Ranking, reader: Reader = Reader.ADVISOR) -> dict[str, Any]:
    """One request's ranked list."""
    return {
        "request": ranking.request,
        "considered": ranking.considered,
        "matches": [match_answer(match, reader) for match in ranking.matches],
    }


def request_ranking_answer(ranking: RequestRanking, reader: Reader = Reader.PROVIDER) -> dict[str, Any]:
    """One offer's ranked requests, in the words for that reader."""
    return {
        "offer": ranking.offer,
        "considered": ranking.considered,
        "candidates": [{"request": match.request, **_judged(match, reader)} for match in ranking.matches],
    }


def match_answer(match: Match, reader: Reader = Reader.ADVISOR) -> dict[str, Any]:
    """One match of a request with its reasons and the works it needs."""
    return {"offer": match.offer, **_judged(match, reader)}


def _judged(match: Match, reader: Reader) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "outlook": match.outlook.value,
        "score": _rounded(match.score),
        "worst": _rounded(match.worst),
        "best": _rounded(match.best),
        "reasons": [reason_answer(reason, reader) for reason in match.reasons],
        "adaptations": [adaptation_answer(advice) for advice in match.adaptations],
        "works": works_answer(match.works),
    }


def works_answer(works: WorksTotal | None) -> dict[str, Any] | None:
    """All works of a match together; None where none are needed."""
    if works is None:
        return None
    return {
        "cost_eur": list(works.cost_eur),
        "own_eur": round(works.own_eur, 2),
        "lowers": round(works.lowers, SCORE_DIGITS),
        "funding": list(works.funding),
    }


def reason_answer(reason: Reason, reader: Reader = Reader.ADVISOR) -> dict[str, Any]:
    """One reason; what a household is or has stays hidden from providers."""
    contribution = reason.contribution
    hidden = reader is Reader.PROVIDER and reason.private
    return {
        "key": reason.key,
        "side": reason.side,
        "importance": reason.importance,
        "grade": reason.grade,
        "wanted": None if hidden and reason.side == "seeker" else reason.wanted,
        "found": None if hidden else reason.found,
        "evidence": reason.evidence,
        "contribution": None if contribution is None else round(contribution, SCORE_DIGITS),
        "sentence": reason.sentences[reader],
    }


def adaptation_answer(advice: AdaptationAdvice) -> dict[str, Any]:
    return {
        "measure": advice.measure,
        "pieces": advice.pieces,
        "cost_eur": list(advice.cost_eur),
        "consent": advice.consent,
        "agreed": advice.agreed,
        "funding": list(advice.funding),
    }


def allocation_answer(allocation: Allocation) -> dict[str, Any]:
    """A city-wide proposal; `gap` bounds what a better one could add to the weighed total."""
    return {
        "assignments": [
            {
                "request": item.request,
                "offer": item.offer,
                "score": round(item.score, SCORE_DIGITS),
                "alternative": alternative_answer(item.alternative),
                "sentence": item.sentence(),
            }
            for item in allocation.assignments
        ],
        "unassigned": list(allocation.unassigned),
        "total": round(allocation.total, SCORE_DIGITS),
        "gap": round(allocation.gap, SCORE_DIGITS),
    }


def alternative_answer(other: Alternative | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {"offer": other.offer, "score": round(other.score, SCORE_DIGITS), "given_to": other.given_to}


def group_answer(group: Group) -> dict[str, Any]:
    """One proposed group; `pooled_funding_eur` is what the care fund may add to shared works."""
    return {
        "offer": group.offer,
        "requests": list(group.requests),
        "score": round(group.score, SCORE_DIGITS),
        "pooled_funding_eur": round(group.pooled_funding_eur, 2),
        "adaptations": [adaptation_answer(advice) for advice in group.adaptations],
        "to_clarify": list(group.to_clarify),
    }


def proposal_answer(proposal: WeightsProposal, preview: Sequence[ListChange]) -> dict[str, Any]:
    """Proposed weights beside the present ones; qualities are mean NDCG@10 on cases that were not learned from."""
    return {
        "version": proposal.proposed.version,
        "factors": dict(proposal.proposed.factors),
        "instead_of": proposal.present.version,
        "cases": proposal.cases,
        "quality": {"present": _rounded(proposal.present_quality), "proposed": _rounded(proposal.proposed_quality)},
        "better": proposal.better,
        "preview": [
            {"request": change.request, "entering": list(change.entering), "leaving": list(change.leaving)}
            for change in preview
        ],
    }


def likelihood_answer(learned: Likelihood, ids: Sequence[str]) -> dict[str, Any]:
    """What was learned of one criterion; `offers`: the likelihood of the unknown ones that differ from the base."""
    offers = {}
    if learned.leans:
        probabilities = learned.probabilities()
        offers = {ids[row]: _rounded(probabilities[row]) for row in learned.lean.nonzero()[0].tolist()}
    return {
        "key": learned.criterion.key,
        "known": learned.known,
        "parting": learned.parting,
        "base": _rounded(learned.base),
        "brier": {"base": _rounded(learned.base_brier), "learned": _rounded(learned.brier)},
        "offers": offers,
    }


def _rounded(value: float) -> float | None:
    """None for what is not a number: there was too little to learn from."""
    return None if value != value else round(float(value), SCORE_DIGITS)


def plain(value: Any) -> Any:
    """A record as JSON knows it: objects, lists, numbers rounded as scores are."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return round(value, SCORE_DIGITS) if isinstance(value, float) else value


def why_not_answer(found: WhyNot) -> dict[str, Any]:
    """One pair. `changes` names all changes; `smallest_change` is the first of them, null where the offer fits."""
    return {**plain(found), "smallest_change": plain(found.smallest_change)}
