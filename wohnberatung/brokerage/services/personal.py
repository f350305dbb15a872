"""What matches keep about a person: told to them in full, and gone with the consent that allowed to keep it."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from matching.explanation import Reader
from wohnberatung.brokerage.models import Match, MatchEvent, PairNote
from wohnberatung.brokerage.services.history import note_of
from wohnberatung.brokerage.services.pairs import words_of
from wohnberatung.brokerage.services.results import open_result, result_of, seal_result
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs, points
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services import needs_of


def notes_about(request: HousingRequest) -> list[dict[str, Any]]:
    """What advisors noted about the request and single offers, oldest first."""
    mine = select(PairNote).filter_by(request_id=request.id).order_by(PairNote.written_at)
    return [
        {"offer": pair_note.offer_id, "written_at": pair_note.written_at.isoformat(), "note": words_of(pair_note)}
        for pair_note in db.session.scalars(mine)
    ]


def notes_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    mine = select(PairNote).filter_by(request_id=request.id).order_by(PairNote.written_at)
    rows = [(moment(pair_note.written_at), words_of(pair_note)) for pair_note in db.session.scalars(mine)]
    return [heading(_("Notizen der Wohnberatung zu Angeboten")), pairs(rows)] if rows else []


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


def matches_in_words(request: HousingRequest) -> list[Part]:
    """The same to read: per proposal where it stands, what spoke for and against it, and every step."""
    parts = []
    for match in _matches_of(request):
        reasons = [reason.sentences[Reader.SEEKER.value] for reason in result_of(match).reasons]
        steps = [(moment(event.happened_at), _event_words(event)) for event in match.events]
        state = (_("Stand"), match.stage.said or match.stage.label)
        parts += [heading(match.offer.display_title, 2), pairs([state, *steps])]
        parts += [points(reasons)] if reasons else []
    return [heading(_("Vorschläge zu Ihrem Gesuch")), *parts] if parts else []


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
    db.session.execute(delete(PairNote).where(PairNote.request_id == request.id))
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


def _event_words(event: MatchEvent) -> str:
    note = note_of(event)
    return f"{STEPS[event.step].done}\n{note}" if note else str(STEPS[event.step].done)
