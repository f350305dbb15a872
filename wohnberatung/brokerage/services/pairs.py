"""One request and one offer in front of an advisor: why, why not, the smallest change, and what colleagues noted."""

from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import select

from matching.ranking import match_of
from matching.whatif.why_not import why_not
from wohnberatung.accounts.models import User
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import PairNote
from wohnberatung.brokerage.services.cases import cases_of
from wohnberatung.brokerage.services.rankings import ListedMatch, listed_match, matchable_request
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.lengths import NOTE
from wohnberatung.dwellings.services import get_offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services import load_request


@dataclass(frozen=True)
class NoteLine:
    """One note with who wrote it."""

    note: PairNote
    who: str
    text: str


@dataclass(frozen=True)
class PairSheet:
    """A pair, judged as it is now."""

    request: HousingRequest
    listed: ListedMatch
    notes: tuple[NoteLine, ...]


def pair_sheet(request_id: str, offer_id: str, actor: Actor) -> PairSheet:
    """NotFound where either does not exist or the offer is no longer published; refusals as for the list."""
    request = load_request(request_id, actor)
    asked = matchable_request(request, actor)
    offer = get_offer(offer_id, actor)
    with current_supply() as supply:
        if offer.id not in supply.frame.position:
            raise NotFound(_("Dieses Angebot ist nicht mehr zu haben."))
        match = match_of(asked, supply.frame, offer.id, texts=supply.texts)
        changes = why_not(asked, supply.frame, offer.id, texts=supply.texts).changes
    case = cases_of(request.id, [offer.id]).get(offer.id)
    return PairSheet(request, listed_match(match, offer, case, changes), _notes(request, offer.id))


def write_note(request_id: str, offer_id: str, actor: Actor, text: str) -> PairNote:
    """Keep what somebody noted. DomainError at `text` where there is none, or too much."""
    request = load_request(request_id, actor)
    matchable_request(request, actor)
    offer = get_offer(offer_id, actor)
    words = text.strip()
    if not 0 < len(words) <= NOTE:
        raise DomainError(
            _("Bitte schreiben Sie eine Notiz mit höchstens %(most)s Zeichen.", most=format_decimal(NOTE)), "text"
        )
    note = PairNote(id=new_id(), request=request, offer_id=offer.id, written_by=actor.user_id)
    note.plain_text = words
    db.session.add(note)
    db.session.flush()
    return note


def words_of(note: PairNote) -> str:
    """What the note says, opened."""
    return note.plain_text


def _notes(request: HousingRequest, offer_id: str) -> tuple[NoteLine, ...]:
    mine = select(PairNote, User.name).outerjoin(User, User.id == PairNote.written_by)
    mine = mine.where(PairNote.request_id == request.id, PairNote.offer_id == offer_id)
    rows = db.session.execute(mine.order_by(PairNote.written_at, PairNote.id))
    return tuple(NoteLine(note, name or _("Wohnberatung"), words_of(note)) for note, name in rows)
