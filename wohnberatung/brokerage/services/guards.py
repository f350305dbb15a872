"""What must hold for a step of a match. Each guard raises a DomainError that says what is missing."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.services.results import judge, read_result, result_of
from wohnberatung.brokerage.states import LOCKING
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.core.settings import setting
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import RequestState
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of

SOUGHT = (RequestState.NEW, RequestState.ACTIVE)


def is_consented(match: BrokeredMatch) -> None:
    if not may_be_matched(match.request, needs_of(match.request)):
        raise Forbidden(_("Für dieses Gesuch fehlt die Einwilligung, passende Angebote zu suchen."))


def is_worked_on(match: BrokeredMatch) -> None:
    if match.request.held_for or match.request.blocked_at:
        raise DomainError(_("Dieses Gesuch ist zurückgehalten oder gesperrt. Bitte klären Sie das zuerst."))
    if match.request.state not in SOUGHT:
        raise DomainError(_("Dieses Gesuch ruht oder ist beendet."))


def is_to_be_had(match: BrokeredMatch) -> None:
    if match.offer.status != OfferStatus.PUBLISHED:
        raise DomainError(_("Dieses Angebot ist nicht mehr zu haben."))


def pair_may_come_up_again(match: BrokeredMatch) -> None:
    """A pair that was turned down comes up again only if its reason says so, or if something has changed."""
    reason = REASONS.get(match.reason or "")
    if reason is None or reason.reopens:
        return
    if not read_result(judge(match.request, match.offer_id)).differs_from(result_of(match)):
        said = _("Die Person hat abgelehnt (%(reason)s), und seither hat sich nichts geändert.", reason=reason.wording)
        raise DomainError(said)


def seeker_has_room(match: BrokeredMatch) -> None:
    most = setting("OFFERS_PER_SEEKER")
    if _others(match, BrokeredMatch.request_id == match.request_id) >= most:
        raise DomainError(
            _("Für dieses Gesuch sind schon %(most)s Vorschläge offen. Mehr zugleich überfordert.", most=most)
        )


def place_has_room(match: BrokeredMatch) -> None:
    most = setting("OFFERS_PER_PLACE")
    if _others(match, BrokeredMatch.offer_id == match.offer_id) >= most:
        raise DomainError(_("Dieses Angebot ist schon %(most)s Gesuchen zugleich vorgeschlagen.", most=most))


def _others(match: BrokeredMatch, alike: object) -> int:
    counted = (
        select(func.count())
        .select_from(BrokeredMatch)
        .where(alike, BrokeredMatch.id != match.id, BrokeredMatch.state.in_(LOCKING))
    )
    return int(db.session.scalar(counted) or 0)
