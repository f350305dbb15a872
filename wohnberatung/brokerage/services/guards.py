"""What must hold before a step of a match, each with its sentence. Source: brokerage concept, guards."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import REASONS, Effect
from wohnberatung.brokerage.services.results import judge, read_result, result_of
from wohnberatung.brokerage.services.several_places import next_place
from wohnberatung.brokerage.states import LOCKING, TAKES_PLACE, MatchState
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.core.settings import setting
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES, Purpose, RequestState
from wohnberatung.seekers.services.consents import has_consent, may_be_matched
from wohnberatung.seekers.services.requests import needs_of

# What lies in a project: neither side chose the other there, or they lived together and it went wrong.
_OF_PROJECT = (Effect.CLOSE_FOR_PROJECT, Effect.REMATCH)


def is_consented(match: BrokeredMatch) -> None:
    """Raises Forbidden where the person has not agreed to be matched."""
    if not may_be_matched(match.request, needs_of(match.request)):
        raise Forbidden(_("Für dieses Gesuch fehlt die Einwilligung, passende Angebote zu suchen."))


def is_worked_on(match: BrokeredMatch) -> None:
    """Raises DomainError where the request is held, blocked, resting or over."""
    if match.request.held_for or match.request.blocked_at:
        raise DomainError(_("Dieses Gesuch ist zurückgehalten oder gesperrt. Bitte klären Sie das zuerst."))
    if match.request.state not in OPEN_STATES:
        raise DomainError(_("Dieses Gesuch ruht oder ist beendet."))


def is_to_be_had(match: BrokeredMatch) -> None:
    """Raises DomainError where the offer is not public."""
    if match.offer.status != OfferStatus.PUBLISHED:
        raise DomainError(_("Dieses Angebot ist nicht mehr zu haben."))


def pair_may_come_up_again(match: BrokeredMatch) -> None:
    """A pair that was turned down comes up again only if its reason says so, or if something has changed.

    Raises DomainError for all others.
    """
    reason = REASONS.get(match.reason or "")
    if reason is None or reason.reopens:
        return
    if not read_result(judge(match.request, match.offer_id)).differs_from(result_of(match)):
        said = _("Die Person hat abgelehnt (%(reason)s), und seither hat sich nichts geändert.", reason=reason.wording)
        raise DomainError(said)


def project_was_not_turned_down(match: BrokeredMatch) -> None:
    """Raises DomainError where this person and this project have not come together before: what lies in the project
    does not change with the place."""
    if match.offer.project_id is None:
        return
    final = [reason.code for reason in REASONS.values() if reason.effect in _OF_PROJECT]
    earlier = (
        select(BrokeredMatch.id)
        .join(Offer, BrokeredMatch.offer_id == Offer.id)
        .where(BrokeredMatch.request_id == match.request.id, BrokeredMatch.offer_id != match.offer.id)
        .where(Offer.project_id == match.offer.project_id, BrokeredMatch.state == MatchState.CLOSED)
        .where(BrokeredMatch.reason.in_(final))
    )
    if db.session.scalar(earlier.limit(1)) is not None:
        raise DomainError(_("Diese Person und dieses Projekt haben schon einmal nicht zusammengepasst."))


def seeker_has_room(match: BrokeredMatch) -> None:
    """Raises DomainError where so many proposals are open for the request as one person can look at."""
    most = setting("OFFERS_PER_SEEKER")
    if _others(match, BrokeredMatch.request_id == match.request_id) >= most:
        raise DomainError(
            ngettext(
                "Für dieses Gesuch ist schon %(num)s Vorschlag offen. Mehr zugleich überfordert.",
                "Für dieses Gesuch sind schon %(num)s Vorschläge offen. Mehr zugleich überfordert.",
                most,
            )
        )


def place_has_room(match: BrokeredMatch) -> None:
    """Raises DomainError where the offer is proposed to so many requests as may hope for it at once."""
    most = setting("OFFERS_PER_PLACE")
    if _others(match, BrokeredMatch.offer_id == match.offer_id) >= most:
        raise DomainError(
            ngettext(
                "Dieses Angebot ist schon %(num)s Gesuch vorgeschlagen.",
                "Dieses Angebot ist schon %(num)s Gesuchen zugleich vorgeschlagen.",
                most,
            )
        )


def _others(match: BrokeredMatch, alike: ColumnElement[bool]) -> int:
    counted = (
        select(func.count())
        .select_from(BrokeredMatch)
        .where(alike, BrokeredMatch.id != match.id, BrokeredMatch.state.in_(LOCKING))
    )
    return int(db.session.scalar(counted) or 0)


def has_sharing_consent(match: BrokeredMatch) -> None:
    """Raises Forbidden where the person has not agreed that a provider may hear anything at all."""
    if not has_consent(match.request, Purpose.SHARING):
        raise Forbidden(
            _("Es fehlt die Einwilligung, Anbietern etwas zu sagen, über den Link oder am Telefon gegeben.")
        )


def is_not_yet_shared(match: BrokeredMatch) -> None:
    """Raises Conflict where the person has agreed already: the same answer twice is one."""
    if match.shared_at is not None:
        raise Conflict(_("Das ist schon festgehalten."))


def is_shared(match: BrokeredMatch) -> None:
    """Raises DomainError where the person has not agreed for this one provider, as the consent to sharing promises."""
    has_sharing_consent(match)
    if match.shared_at is None:
        raise DomainError(_("Die Person hat noch nicht zugestimmt, dass dieser Anbieter von ihrem Bedarf erfährt."))


def may_release(match: BrokeredMatch) -> None:
    """Raises Forbidden where the person has not agreed that a provider may get name and contact."""
    if not has_consent(match.request, Purpose.RELEASE):
        raise Forbidden(_("Es fehlt die Einwilligung, einem Anbieter Namen und Kontaktdaten zu geben."))


def has_question(match: BrokeredMatch) -> None:
    """Raises DomainError where those who offer have asked nothing, or it is settled."""
    if not match.has_open_question:
        raise DomainError(_("Zu diesem Vorschlag ist keine Frage des Anbieters offen."))


def is_released(match: BrokeredMatch) -> None:
    """Raises DomainError where the person has not released name and contact to this provider."""
    if match.released_at is None:
        raise DomainError(_("Die Person hat ihre Kontaktdaten noch nicht freigegeben."))


def place_is_free(match: BrokeredMatch) -> None:
    """Raises Conflict where the place is somebody else's. Counted with the offer locked; the database refuses a second
    one as well."""
    if not match.takes_place and next_place(match) is None:
        raise Conflict(_("Dieser Platz ist schon für jemand anderen reserviert oder vergeben."))


def day_of_viewing_has_come(match: BrokeredMatch) -> None:
    """Raises DomainError before that day."""
    if match.viewing_on is None or match.viewing_on > clock.today():
        raise DomainError(_("Die Besichtigung war noch nicht."))


def has_contract(match: BrokeredMatch) -> None:
    """Raises DomainError where nothing was signed: no works before the contract."""
    if match.contract_on is None:
        raise DomainError(_("Es gibt noch keinen Vertrag."))


def was_followed_up(match: BrokeredMatch) -> None:
    """Raises DomainError where nobody has asked how it goes since they moved in."""
    if match.followed_up_on is None:
        raise DomainError(_("Fragen Sie vor dem Abschluss nach, wie es geht, und halten Sie das fest."))


def was_talked_about(match: BrokeredMatch) -> None:
    """Raises DomainError where nobody has talked with the person since they live there no more."""
    steps = [event.step for event in match.events]
    if "talked" not in steps or steps[::-1].index("talked") > steps[::-1].index("end_living"):
        raise DomainError(_("Sprechen Sie erst mit der Person, und halten Sie das Gespräch hier fest."))


def may_seek_again(match: BrokeredMatch) -> None:
    """Raises DomainError where the request is not the office's to open: held, blocked, or taken back by its person."""
    if match.request.held_for or match.request.blocked_at:
        raise DomainError(_("Dieses Gesuch ist zurückgehalten oder gesperrt. Bitte klären Sie das zuerst."))
    if match.request.state == RequestState.WITHDRAWN:
        raise DomainError(_("Die Person hat ihr Gesuch selbst zurückgezogen. Nur sie kann es wieder aufnehmen."))


def is_in_shared_house(match: BrokeredMatch) -> None:
    """Raises DomainError for a home of one's own: there is no group to be split."""
    if match.offer.project_id is None:
        raise DomainError(_("Hier wohnt keine Gruppe: Das ist eine eigene Wohnung."))


def was_not_just_reminded(match: BrokeredMatch) -> None:
    """Raises DomainError on the day on which they were reminded already."""
    if match.reminded_at is not None and clock.to_berlin(match.reminded_at).date() == clock.today():
        raise DomainError(_("Daran wurde heute schon erinnert."))


def its_time_is_over(match: BrokeredMatch) -> None:
    """Raises DomainError before its deadline."""
    if not match.is_overdue:
        raise DomainError(_("Die Frist läuft noch."))


def place_is_not_promised(match: BrokeredMatch) -> None:
    """Raises DomainError for what rests and was reserved or under contract: that is a fact between others."""
    if match.state_before in TAKES_PLACE:
        raise DomainError(_("Die Wohnung ist schon zugesagt. Was der Anbieter dafür weiß, bleibt."))
