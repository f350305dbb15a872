"""Messages about a request: the person writes by their secret link, the office answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.constraints import MESSAGE, check_length
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs, paragraph
from wohnberatung.seekers.models import HousingRequest, Purpose, RequestMessage
from wohnberatung.seekers.services.contacts import send_mail
from wohnberatung.seekers.services.requests import load_request, load_request_by_token, worked_on


@dataclass(frozen=True)
class ShownMessage:
    """One message, opened. `waits`: the person wrote it, and the office has not taken notice yet."""

    text: str
    from_office: bool
    written_at: datetime
    waits: bool


@dataclass(frozen=True)
class WaitingMessage:
    """A request whose person waits for an answer: so many messages, the first of them since when."""

    request: HousingRequest
    count: int
    since: datetime


def messages_of(request: HousingRequest) -> list[ShownMessage]:
    """All of them, oldest first."""
    return [
        ShownMessage(
            text=message.plain_body,
            from_office=message.from_office,
            written_at=message.written_at,
            waits=not message.from_office and message.handled_at is None,
        )
        for message in _stored(request)
    ]


def write_my_message(token: str, text: str) -> None:
    """The person writes. DomainError at `text` where there is nothing or too much; NotFound for a wrong token."""
    add_message(load_request_by_token(token), text, None)


def answer_message(request_id: str, text: str, actor: Actor) -> str | None:
    """The office writes; what the person wrote before is dealt with by that. Returns who is told by mail that there
    is an answer (never what it says), `post` where a letter says it, None where neither goes out."""
    request = load_request(request_id, actor)
    add_message(request, text, actor)
    mark_handled(request)
    return send_mail(request, "new_message", in_dialogue=True, receipt_number=request.receipt_number)


def answer_by_post(request: HousingRequest, _values: Mapping[str, object]) -> tuple[str, list[Part]] | None:
    """What the office wrote last, for a letter."""
    written = next((each.text for each in reversed(messages_of(request)) if each.from_office), "")
    lines = [" ".join(each.split()) for each in written.replace("\r\n", "\n").split("\n\n") if each.strip()]
    return (_("Unsere Antwort"), [paragraph(each) for each in lines]) if lines else None


def handle_messages(request_id: str, actor: Actor) -> None:
    """The office has read what the person wrote, and answers in another way or not at all."""
    mark_handled(load_request(request_id, actor))


def waiting_messages(actor: Actor) -> list[WaitingMessage]:
    """Requests with messages nobody of the office has taken notice of, the longest waiting first."""
    only_office(actor)
    unread = (
        select(
            RequestMessage.request_id, func.count().label("count"), func.min(RequestMessage.written_at).label("since")
        )
        .where(RequestMessage.from_office.is_(False), RequestMessage.handled_at.is_(None))
        .group_by(RequestMessage.request_id)
        .subquery()
    )
    query = worked_on(actor).add_columns(unread.c.count, unread.c.since)
    found = query.join(unread, unread.c.request_id == HousingRequest.id).order_by(unread.c.since, HousingRequest.id)
    return [WaitingMessage(*row) for row in db.session.execute(found)]


def messages_about(request: HousingRequest) -> list[ExportedRecord]:
    """For the person's export."""
    return [
        {"written_at": message.written_at.isoformat(), "from_office": message.from_office, "text": message.text}
        for message in messages_of(request)
    ]


def messages_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    rows = [
        (
            _("Wohnberatung, %(moment)s", moment=moment(message.written_at))
            if message.from_office
            else _("Sie, %(moment)s", moment=moment(message.written_at)),
            message.text,
        )
        for message in messages_of(request)
    ]
    return [heading(_("Nachrichten")), pairs(rows)] if rows else []


def forget_messages(request: HousingRequest, purpose: str) -> None:
    """What people write tells about their health or how to reach them: it goes with either consent."""
    if purpose in (Purpose.HEALTH, Purpose.CONTACT):
        db.session.execute(delete(RequestMessage).where(RequestMessage.request_id == request.id))


def add_message(request: HousingRequest, text: str, actor: Actor | None) -> RequestMessage:
    """Store what the person (no actor) or the office wrote.

    Raises DomainError at `text` where it is empty or too long.
    """
    written = text.strip()
    if not written:
        raise DomainError(_("Bitte schreiben Sie Ihre Nachricht."), "text")
    check_length(written, MESSAGE, "text")
    message = RequestMessage(id=new_id(), request=request, from_office=actor is not None)
    message.written_by = actor.user_id if actor else None
    message.plain_body = written
    db.session.add(message)
    db.session.flush()
    return message


def mark_handled(request: HousingRequest) -> None:
    """The office has taken notice of everything that the person wrote so far."""
    waiting = (
        (RequestMessage.request_id == request.id)
        & RequestMessage.handled_at.is_(None)
        & RequestMessage.from_office.is_(False)
    )
    db.session.execute(update(RequestMessage).where(waiting).values(handled_at=clock.now()))


def _stored(request: HousingRequest) -> list[RequestMessage]:
    query = (
        select(RequestMessage).filter_by(request_id=request.id).order_by(RequestMessage.written_at, RequestMessage.id)
    )
    return list(db.session.scalars(query))
