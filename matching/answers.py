"""Answers as JSON values, in the shapes of the stateless commands."""

from typing import Any

from matching.catalogue import Market
from matching.explanation import AdaptationAdvice, Reader, Reason
from matching.ranking import Match, Ranking

DEFAULT_WEIGHTS = "default-1"
"""Version of the wish weights: those that the people concerned gave, nothing learned."""

SCORE_DIGITS = 9


def engine_stamp(market: Market, seed: int) -> dict[str, Any]:
    """Which rules, weights and tie-break an answer was made with."""
    return {"catalogue": market.version, "weights": DEFAULT_WEIGHTS, "seed": seed}


def ranking_answer(ranking: Ranking, reader: Reader = Reader.ADVISOR) -> dict[str, Any]:
    """One request's ranked list."""
    return {
        "request": ranking.request,
        "considered": ranking.considered,
        "matches": [match_answer(match, reader) for match in ranking.matches],
    }


def match_answer(match: Match, reader: Reader = Reader.ADVISOR) -> dict[str, Any]:
    """One match with its reasons and the works it needs."""
    return {
        "offer": match.offer,
        "rank": match.rank,
        "outlook": match.outlook.value,
        "score": round(match.score, SCORE_DIGITS),
        "worst": round(match.worst, SCORE_DIGITS),
        "best": round(match.best, SCORE_DIGITS),
        "reasons": [reason_answer(reason, reader) for reason in match.reasons],
        "adaptations": [adaptation_answer(advice) for advice in match.adaptations],
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
        "cost_eur": list(advice.cost_eur),
        "consent": advice.consent,
        "funding": list(advice.funding),
    }
