"""What matches keep about a person: told to them in full, and gone with the consent that allowed to keep it."""

from typing import Any

from sqlalchemy import select, update

from wohnberatung.brokerage.models import Match, MatchEvent
from wohnberatung.brokerage.services.history import note_of
from wohnberatung.brokerage.services.results import open_result, seal_result
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services import exported_as, needs_of
from wohnberatung.seekers.services.notices import consent_withdrawn


@exported_as("matches")
def matches_about(request: HousingRequest) -> list[dict[str, Any]]:
    """Every match with what the engine said and all that has happened, oldest first."""
    return [
        {
            "offer": match.offer.title,
            "state": match.state,
            "offered_at": match.offered_at.isoformat() if match.offered_at else None,
            "result": open_result(match),
            "events": [_told(event) for event in match.events],
        }
        for match in _matches_of(request)
    ]


@consent_withdrawn.listen
def forget_health(request: HousingRequest, purpose: str) -> None:
    """Needs that were taken out of the request leave the kept results as well, and so does what people wrote."""
    if purpose != Purpose.HEALTH:
        return
    asked = {entry["key"] for entry in needs_of(request)["requirements"]}
    for match in _matches_of(request):
        result = open_result(match)
        # What the offer asks of a household is judged by what the household is: that goes altogether.
        kept = [reason for reason in result["reasons"] if reason["side"] == "seeker" and reason["key"] in asked]
        seal_result(match, result | {"reasons": kept, "adaptations": []})
        db.session.execute(update(MatchEvent).where(MatchEvent.match_id == match.id).values(note=None))
    db.session.flush()


def _matches_of(request: HousingRequest) -> list[Match]:
    return list(db.session.scalars(select(Match).filter_by(request_id=request.id).order_by(Match.created_at)))


def _told(event: MatchEvent) -> dict[str, Any]:
    return {
        "happened_at": event.happened_at.isoformat(),
        "step": event.step,
        "by": event.party,
        "reason": event.reason,
        "note": note_of(event),
        "told": event.told,
    }
