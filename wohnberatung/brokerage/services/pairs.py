"""One request beside one offer or up to four: why, why not, the smallest change, and what colleagues noted."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import select

from matching.explanation import Reason
from matching.ranking import match_of
from matching.whatif.why_not import why_not
from wohnberatung.accounts.models import User
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import PairNote
from wohnberatung.brokerage.services.rankings import ListedMatch, cases_of, listed_match, matchable_request
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.services.listings import get_offer, offers_by_id
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import load_request


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


MOST = 4


@dataclass(frozen=True)
class ComparedLine:
    """One requirement of either side, and what each home has to it; None where a home does not ask it."""

    label: str
    wanted: str
    must: bool
    cells: tuple[Reason | None, ...]

    @property
    def differs(self) -> bool:
        """Whether what is shown differs: of unknowns nothing but that they are is shown."""
        return len({_shown(cell) for cell in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    """The homes in the order of their scores; musts first, then wishes."""

    request: HousingRequest
    homes: tuple[ListedMatch, ...]
    lines: tuple[ComparedLine, ...]


def compare(request_id: str, offer_ids: Sequence[str], actor: Actor) -> Comparison:
    """DomainError for fewer than two or more than four homes; those no longer published are left out."""
    request = load_request(request_id, actor)
    asked = matchable_request(request, actor)
    chosen = list(dict.fromkeys(offer_ids))
    if not 2 <= len(chosen) <= MOST:
        raise DomainError(_("Bitte wählen Sie zwei bis vier Angebote zum Vergleichen."), "angebot")
    with current_supply() as supply:
        there = [offer for offer in chosen if offer in supply.frame.position]
        matches = [match_of(asked, supply.frame, offer, texts=supply.texts) for offer in there]
    offers, cases = offers_by_id(there), cases_of(request_id, there)
    matches = sorted((match for match in matches if match.offer in offers), key=lambda match: -match.score)
    homes = tuple(listed_match(match, offers[match.offer], cases.get(match.offer)) for match in matches)
    return Comparison(request, homes, _lines(homes))


def _lines(homes: Sequence[ListedMatch]) -> tuple[ComparedLine, ...]:
    by_home = [{(reason.side, reason.key): reason for reason in home.match.reasons} for home in homes]
    first = {key: reason for reasons in reversed(by_home) for key, reason in reasons.items()}
    order = sorted(first, key=lambda key: first[key].importance != "must")
    return tuple(
        ComparedLine(
            label=first[key].sentences.label,
            wanted=first[key].sentences.wanted,
            must=first[key].importance == "must",
            cells=tuple(reasons.get(key) for reasons in by_home),
        )
        for key in order
    )


def _shown(cell: Reason | None) -> tuple[str, str]:
    if cell is None:
        return "", ""
    return cell.grade, "" if cell.grade == "unknown" else cell.sentences.found
