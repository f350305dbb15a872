"""What became of real proposals, as the engine learns from it: what people chose and what they turned down."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matching.criteria.money import RENT_WARM
from matching.criteria.size import LIVING_AREA
from matching.learning.outcomes import LearningCase, Outcome, learning_case_of
from matching.text_similarity import TextIndex
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.bridge.needs import engine_request
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import REASONS, Effect
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of

# Reasons that name a wish; others that speak of the home count without one.
BECAUSE = {"area": NEIGHBOURHOOD.key, "too_expensive": RENT_WARM.key, "size": LIVING_AREA.key}
# Those have nothing to do with the home.
TEACHES_NOTHING = {"not_now", "found_other", "other", "not_said", "date", "finance", "support", "group_ended"}


def real_cases() -> list[LearningCase]:
    """One per request whose person consents, as homes and wishes are now; what was let meanwhile is taken in."""
    by_request: dict[str, list[BrokeredMatch]] = defaultdict(list)
    people = joinedload(BrokeredMatch.request).selectinload(HousingRequest.consents)
    query = select(BrokeredMatch).options(people, selectinload(BrokeredMatch.events)).order_by(BrokeredMatch.id)
    for match in db.session.scalars(query):
        by_request[match.request_id].append(match)
    frame = frame_of_offers(sorted({match.offer_id for matches in by_request.values() for match in matches}))
    texts = TextIndex(frame.texts)
    cases = []
    for request_id, matches in sorted(by_request.items()):
        needs = needs_of(matches[0].request)
        outcomes = [outcome for match in matches if (outcome := outcome_of(match)) is not None]
        if outcomes and may_be_matched(matches[0].request, needs):
            cases.append(learning_case_of(engine_request(request_id, needs, weigh=False), frame, outcomes, texts))
    return cases


def outcome_of(match: BrokeredMatch) -> Outcome | None:
    """What the person's own last word says; None where they have not said anything about the home yet."""
    said = [event for event in match.events if event.step in ("interested", "declined")]
    if not said:
        return None
    if said[-1].step == "interested":
        why = REASONS.get(match.reason or "")
        failed = why is not None and why.effect is Effect.REMATCH
        return Outcome(match.offer_id, accepted=not failed, counts=match.reason not in TEACHES_NOTHING)
    reason = said[-1].reason or ""
    return Outcome(match.offer_id, False, BECAUSE.get(reason), counts=reason not in TEACHES_NOTHING)
