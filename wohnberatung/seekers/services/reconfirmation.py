"""Whether a request is still needed: its person is asked, and what nobody answers is blocked and then erased."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import Forbidden, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.manifests import erased
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import release_waiting
from wohnberatung.papers import Part, paragraph
from wohnberatung.privacy.encryption import destroy
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import matching_ended
from wohnberatung.seekers.services.contacts import send_mail, send_receipt_by_post
from wohnberatung.seekers.services.drafts import end_changes
from wohnberatung.seekers.services.requests import visible_requests

# The rows that hang on a request go by their foreign keys, behind the back of the session.
UNSYNCHRONISED = {"synchronize_session": False}


def ask_to_keep(request: HousingRequest) -> str | None:
    """Ask whether it is still needed, by a mail with a link of its own or by a letter. Returns as `send_mail` does; the
    office asks those who are not reached (`unanswered`)."""
    token = new_token()
    request.keep_token_hash, request.asked_at = hash_token(token), clock.now()
    db.session.flush()
    return send_mail(request, "still_looking", in_dialogue=True, token=token)


def question_by_post(request: HousingRequest, _values: Mapping[str, object]) -> tuple[str, list[Part]]:
    """The same question as a letter asks it."""
    ways = _(
        "Bitte rufen Sie uns an oder schreiben Sie uns. Ihre Nummer ist %(number)s.", number=request.receipt_number
    )
    return _("Suchen Sie noch?"), [
        paragraph(_("Sie haben uns vor einiger Zeit geschrieben. Brauchen Sie uns noch?")),
        paragraph(ways),
        paragraph(
            _(
                "Wenn Sie nicht antworten, sperren wir Ihre Angaben und löschen sie später. "
                "So heben wir nichts länger auf als nötig."
            )
        ),
    ]


def keep_request(request: HousingRequest) -> None:
    """The person still needs it: all periods begin anew, a blocked request is worked on again."""
    request.confirmed_at = clock.now()
    request.asked_at = request.blocked_at = request.keep_token_hash = None
    db.session.flush()


def block_request(request: HousingRequest) -> None:
    """Nobody of the office sees it any more; its person can still answer and have it back."""
    request.blocked_at = clock.now()
    db.session.flush()
    matching_ended(request, "request_ended")


def erase_request(request: HousingRequest) -> None:
    """Delete it with everything that hangs on it, mails on their way and changes begun included, and destroy its key.
    Forbidden under a legal hold."""
    if request.legal_hold:
        raise Forbidden(_("Dieses Gesuch darf nicht gelöscht werden: Für es gilt eine Löschsperre."))
    end_changes(request)
    erased(request.id)
    destroy(request.person_key)
    db.session.flush()
    db.session.execute(delete(HousingRequest).where(HousingRequest.id == request.id), execution_options=UNSYNCHRONISED)
    db.session.expunge(request)


def load_by_keep_token(token: str) -> HousingRequest:
    """For whoever has the link of the question; NotFound once it was answered."""
    asked = HousingRequest.keep_token_hash == hash_token(token)
    request = db.session.scalars(select(HousingRequest).where(asked)).one_or_none()
    if request is None:
        raise NotFound(_("Diese Frage ist schon beantwortet, oder der Link gilt nicht mehr."))
    return request


def load_unanswered(request_id: str, actor: Actor) -> HousingRequest:
    """One that was asked about, blocked or not, for the office; NotFound where there is none."""
    found = next((request for request in unanswered(actor) if request.id == request_id), None)
    if found is None:
        raise NotFound(_("Zu diesem Gesuch ist keine Frage offen."))
    return found


def unanswered(actor: Actor) -> list[HousingRequest]:
    """Requests whose person was asked and has not answered, the longest waiting first; for the office to call."""
    only_office(actor)
    query = visible_requests(actor).where(HousingRequest.asked_at.is_not(None))
    loaded = query.options(selectinload(HousingRequest.consents))
    return list(db.session.scalars(loaded.order_by(HousingRequest.asked_at, HousingRequest.id)))


def held_requests(actor: Actor) -> list[HousingRequest]:
    """Requests that look like spam, for the office to judge, the longest waiting first."""
    only_office(actor)
    query = visible_requests(actor).where(HousingRequest.held_for.is_not(None))
    return list(db.session.scalars(query.order_by(HousingRequest.created_at, HousingRequest.id)))


def release_request(request_id: str, actor: Actor) -> HousingRequest:
    """It is no spam: from now on it is a request like all others, and its receipt leaves.

    Raises NotFound where it is not held, or not for this person to know of; Forbidden outside the office.
    """
    request = next((held for held in held_requests(actor) if held.id == request_id), None)
    if request is None:
        raise NotFound(_("Dieses Gesuch liegt nicht (mehr) in Quarantäne."))
    request.held_for = None
    release_waiting(request.person_key)
    db.session.flush()
    send_receipt_by_post(request)
    return request
