"""The answers to what-if questions as JSON values: an answer's fields are those of its record.

The records are the contract of the stateless commands; a field renamed there is renamed here.
"""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from matching.answers import SCORE_DIGITS, adaptation_answer, reason_answer
from matching.explanation import Reader
from matching.reverse import RequestRanking
from matching.whatif.whynot import WhyNot


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


def request_ranking_answer(ranking: RequestRanking, reader: Reader = Reader.PROVIDER) -> dict[str, Any]:
    """One offer's ranked requests, in the words for that reader."""
    return {
        "offer": ranking.offer,
        "considered": ranking.considered,
        "candidates": [
            {
                "request": candidate.request,
                "rank": candidate.rank,
                "outlook": candidate.outlook.value,
                "score": plain(candidate.score),
                "worst": plain(candidate.worst),
                "best": plain(candidate.best),
                "reasons": [reason_answer(reason, reader) for reason in candidate.reasons],
                "adaptations": [adaptation_answer(advice) for advice in candidate.adaptations],
            }
            for candidate in ranking.candidates
        ],
    }
