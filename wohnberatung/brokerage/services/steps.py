"""The steps between the states of a match as a table, and what must hold for each. Nothing else changes a state."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.services.results import judge, read_result, result_of
from wohnberatung.brokerage.states import ANSWERABLE, LOCKING, OPEN, OVER, MatchState
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.core.settings import setting
from wohnberatung.core.steps import Deadline, Party, RequiredReason, Step, StepTable
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of


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


S = MatchState
OFFICE, SEEKER, SYSTEM = (Party.OFFICE,), (Party.SEEKER,), (Party.SYSTEM,)

MAY_OFFER = (is_consented, is_worked_on, is_to_be_had, seeker_has_room, place_has_room)
WHY = RequiredReason("reason", _l("Bitte wählen Sie einen Grund."))
REMINDED_BEFORE = timedelta(hours=48)
TO_REVIEW, TO_ANSWER, TO_FOLLOW_UP = Deadline(7), Deadline(10, reminder=REMINDED_BEFORE), Deadline(5)


def _moved_on(match: BrokeredMatch) -> Conflict:
    state = match.stage.said or match.stage.label
    return Conflict(_("Das geht nicht mehr: Der Vorschlag hat inzwischen den Stand „%(state)s“.", state=state))


STEPS: StepTable[BrokeredMatch] = StepTable(
    Step(
        "review",
        OFFICE,
        OVER,
        S.UNDER_REVIEW,
        _l("Noch einmal prüfen"),
        _l("Zur Prüfung ausgewählt"),
        guards=(is_consented, is_worked_on, is_to_be_had, pair_may_come_up_again),
        deadline=TO_REVIEW,
    ),
    Step(
        "offer",
        OFFICE,
        (S.UNDER_REVIEW,),
        S.OFFERED,
        _l("Vorschlagen"),
        _l("Vorgeschlagen"),
        guards=MAY_OFFER,
        deadline=TO_ANSWER,
        told="proposal",
    ),
    Step(
        "interested",
        SEEKER,
        ANSWERABLE,
        S.INTERESTED,
        _l("Das interessiert mich"),
        _l("Antwort: Interesse"),
        guards=MAY_OFFER,
        deadline=TO_FOLLOW_UP,
    ),
    Step(
        "declined",
        SEEKER,
        ANSWERABLE,
        S.DECLINED,
        _l("Das passt nicht"),
        _l("Antwort: passt nicht"),
        guards=(is_consented,),
        deadline=TO_FOLLOW_UP,
        reason=WHY,
    ),
    # How long it rests, the person says.
    Step(
        "later",
        SEEKER,
        ANSWERABLE,
        S.LATER,
        _l("Fragen Sie mich später noch einmal"),
        _l("Antwort: später noch einmal"),
        guards=(is_consented, is_to_be_had),
    ),
    Step(
        "help_wanted",
        SEEKER,
        ANSWERABLE,
        S.HELP_WANTED,
        _l("Ich brauche Hilfe"),
        _l("Antwort: braucht Hilfe"),
        guards=MAY_OFFER,
        deadline=TO_FOLLOW_UP,
    ),
    Step("confirm", OFFICE, (S.DECLINED,), S.CLOSED, _l("Ablehnung bestätigen"), _l("Ablehnung bestätigt")),
    Step(
        "withdraw",
        OFFICE,
        OPEN,
        S.CANCELLED,
        _l("Zurückziehen"),
        _l("Zurückgezogen"),
        reason=WHY,
        told="proposal_ended",
        asks=True,
    ),
    Step(
        "remind",
        SYSTEM,
        (S.OFFERED,),
        S.OFFERED,
        done=_l("An die Antwort erinnert"),
        guards=(is_consented,),
        told="proposal_reminder",
        stays=True,
    ),
    Step("expire", SYSTEM, (S.OFFERED,), S.EXPIRED, done=_l("Ohne Antwort abgelaufen")),
    Step("wake", SYSTEM, (S.LATER,), S.UNDER_REVIEW, done=_l("Wieder vorgelegt"), deadline=TO_REVIEW),
    Step("preempt", SYSTEM, OPEN, S.PREEMPTED, done=_l("Nicht mehr zu haben"), told="proposal_ended"),
    Step("end", SYSTEM, (*OPEN, S.DECLINED), S.CANCELLED, done=_l("Beendet")),
    begins=(S.UNDER_REVIEW,),
    refused=_moved_on,
)
