"""What must hold for a step, by the names that steps.py uses. Each raises a DomainError that says what is missing."""

from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.brokerage.models import Match
from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.services.results import judge, read_result, result_of
from wohnberatung.brokerage.states import LOCKING
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.core.settings import setting
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import RequestState
from wohnberatung.seekers.services import may_be_matched, needs_of

SOUGHT = (RequestState.NEW, RequestState.ACTIVE)


def _consent(match: Match) -> None:
    if not may_be_matched(match.request, needs_of(match.request)):
        raise Forbidden(_("Für dieses Gesuch fehlt die Einwilligung, passende Angebote zu suchen."))


def _request(match: Match) -> None:
    if match.request.held_for or match.request.blocked_at:
        raise DomainError(_("Dieses Gesuch ist zurückgehalten oder gesperrt. Bitte klären Sie das zuerst."))
    if match.request.state not in SOUGHT:
        raise DomainError(_("Dieses Gesuch ruht oder ist beendet."))


def _place(match: Match) -> None:
    if match.offer.status != OfferStatus.PUBLISHED:
        raise DomainError(_("Dieses Angebot ist nicht mehr zu haben."))


def _pair(match: Match) -> None:
    """A pair that was turned down comes up again only if its reason says so, or if something has changed."""
    reason = REASONS.get(match.reason or "")
    if reason is None or reason.reopens:
        return
    if not read_result(judge(match.request, match.offer_id)).differs_from(result_of(match)):
        said = _("Die Person hat abgelehnt (%(reason)s), und seither hat sich nichts geändert.", reason=reason.wording)
        raise DomainError(said)


def _seeker_limit(match: Match) -> None:
    most = setting("OFFERS_PER_SEEKER")
    if _others(match, Match.request_id == match.request_id) >= most:
        raise DomainError(
            _("Für dieses Gesuch sind schon %(most)s Vorschläge offen. Mehr zugleich überfordert.", most=most)
        )


def _place_limit(match: Match) -> None:
    most = setting("OFFERS_PER_PLACE")
    if _others(match, Match.offer_id == match.offer_id) >= most:
        raise DomainError(_("Dieses Angebot ist schon %(most)s Gesuchen zugleich vorgeschlagen.", most=most))


def _others(match: Match, alike: object) -> int:
    counted = select(func.count()).select_from(Match).where(alike, Match.id != match.id, Match.state.in_(LOCKING))
    return int(db.session.scalar(counted) or 0)


GUARDS: dict[str, Callable[[Match], None]] = {
    "consent": _consent,
    "request": _request,
    "place": _place,
    "pair": _pair,
    "seeker_limit": _seeker_limit,
    "place_limit": _place_limit,
}
