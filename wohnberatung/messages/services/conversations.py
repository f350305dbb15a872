"""Writing and reading inside a match: before contact is released without names and under the eyes of the office where
a text tells who somebody is, afterwards directly."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import joinedload, selectinload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked, mail_with_link
from wohnberatung.brokerage.states import TAKES_PLACE, WITH_BOTH
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import MESSAGE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.messages.models import MatchMessage, MessageFile, MessageState
from wohnberatung.messages.services.contact_data import tells_who
from wohnberatung.messages.steps import MESSAGE_STEPS, PASS_ON
from wohnberatung.pictures.received import ReceivedFile
from wohnberatung.seekers.services.requests import shown_to
from wohnberatung.viewings.services.sides import Door, Standing, other
from wohnberatung.viewings.services.telling import mail_provider

# Those who offer have been asked: from then on there is somebody to write to.
OPEN = (*WITH_BOTH, *TAKES_PLACE)
# In one conversation.
MOST_FILES = 20
CONVERSATION = Door(
    OPEN, BrokeredMatch.shared_at, _l("Diese Unterhaltung gibt es nicht, oder der Link gilt nicht mehr.")
)


@dataclass(frozen=True)
class Conversation:
    """What this side may read: what it wrote, and what reached it. The office reads everything."""

    standing: Standing
    messages: Sequence[MatchMessage]

    @property
    def match(self) -> BrokeredMatch:
        return self.standing.match

    @property
    def is_released(self) -> bool:
        """Whether both know each other."""
        return self.match.released_at is not None

    @property
    def has_unread(self) -> bool:
        """Whether something reached this side that it has not marked as read."""
        side = self.standing.side
        return any(
            message.reader == side and message.read_at is None and message.state == MessageState.DELIVERED
            for message in self.messages
        )

    @property
    def readers(self) -> tuple[Party, ...]:
        """Whom this side may write to."""
        side = self.standing.side
        return (Party.SEEKER, Party.PROVIDER) if side is Party.OFFICE else (other(side), Party.OFFICE)


def conversation_of(standing: Standing) -> Conversation:
    """The oldest first."""
    query = select(MatchMessage).where(_shown(standing)).options(selectinload(MatchMessage.files))
    found = db.session.scalars(query.order_by(MatchMessage.created_at, MatchMessage.id)).all()
    return Conversation(standing, found)


def file_for(standing: Standing, file_id: str) -> MessageFile:
    """For whoever may read the message that it came with; NotFound for all others."""
    query = select(MessageFile).join(MessageFile.message).where(MessageFile.id == file_id, _shown(standing))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(_("Diese Datei gibt es nicht."))
    return found


def write(standing: Standing, reader: str, text: str, files: Sequence[ReceivedFile] = ()) -> MatchMessage:
    """To the other side or to the office; to either side by the office. What tells who somebody is waits for the office
    until contact is released, and so does every file, as nobody knows what is in it.

    Raises DomainError at `text` where there is nothing or too much, at `reader` for whom nobody writes to, at `files`
    where the conversation has too many.
    """
    match = locked(standing.match.id)
    if reader not in Conversation(standing, ()).readers:
        raise DomainError(_("Bitte wählen Sie, an wen Sie schreiben."), "reader")
    written = text.strip()
    if not written:
        raise DomainError(_("Bitte schreiben Sie Ihre Nachricht."), "text")
    check_length(written, MESSAGE, "text")
    between = Party.OFFICE not in (standing.side, reader) and match.released_at is None
    held = between and (bool(files) or tells_who(written, match))
    if files and _count_files(match) + len(files) > MOST_FILES:
        raise DomainError(_("Mehr als %(most)s Dateien gehen nicht.", most=MOST_FILES), "files")
    message = MatchMessage(
        id=new_id(),
        match=match,
        writer=standing.side,
        reader=Party(reader),
        state=MessageState.HELD if held else MessageState.DELIVERED,
        written_by=standing.actor.user_id if standing.actor else None,
    )
    message.plain_body = written
    db.session.add(message)
    for position, received in enumerate(files):
        _keep(message, position, received)
    db.session.flush()
    mark_read(standing)
    if not held:
        _tell(message)
    return message


def decide_message(message_id: str, key: str, actor: Actor, *, version: int | None) -> MatchMessage:
    """The office has looked at what was held. Raises NotFound for one that is not to be known of, Conflict where
    somebody else has decided."""
    only_office(actor)
    query = _known(actor).where(MatchMessage.id == message_id).with_for_update(of=MatchMessage)
    message = db.session.scalar(query)
    if message is None:
        raise NotFound(_("Diese Nachricht gibt es nicht."))
    step = MESSAGE_STEPS.check(message, key, by=Party.OFFICE)
    check_version(message, version)
    MESSAGE_STEPS.enter(message, step)
    db.session.flush()
    if key == PASS_ON:
        _tell(message)
    return message


def mark_read(standing: Standing) -> None:
    """This side has read everything that reached it."""
    unread = (MatchMessage.match_id == standing.match.id) & MatchMessage.read_at.is_(None)
    reached = (MatchMessage.reader == standing.side) & (MatchMessage.state == MessageState.DELIVERED)
    db.session.execute(update(MatchMessage).where(unread, reached).values(read_at=clock.now()))


def waiting_for(actor: Actor) -> list[MatchMessage]:
    """What is unread, the oldest first: for the office what was written to it and what is held; for others what reached
    their offers."""
    reaches: ColumnElement[bool] = (MatchMessage.state == MessageState.DELIVERED) & MatchMessage.read_at.is_(None)
    if actor.is_staff:
        query = _known(actor).where(
            (reaches & (MatchMessage.reader == Party.OFFICE)) | (MatchMessage.state == MessageState.HELD)
        )
    else:
        mine = Offer.organisation_id.in_(actor.organisation_ids)
        query = _known(actor).join(BrokeredMatch.offer).where(reaches, MatchMessage.reader == Party.PROVIDER, mine)
    return list(db.session.scalars(query.order_by(MatchMessage.created_at, MatchMessage.id)))


def _known(actor: Actor) -> Select[MatchMessage]:
    offer = joinedload(MatchMessage.match).joinedload(BrokeredMatch.offer)
    query = select(MatchMessage).join(MatchMessage.match).join(BrokeredMatch.request).where(shown_to(actor))
    query = query.options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    return query.where(BrokeredMatch.state.in_(OPEN))


def _shown(standing: Standing) -> ColumnElement[bool]:
    """What this side may read of the match it stands before: the office everything."""
    here = MatchMessage.match_id == standing.match.id
    if standing.side is Party.OFFICE:
        return here
    reached = (MatchMessage.reader == standing.side) & (MatchMessage.state == MessageState.DELIVERED)
    return here & (reached | (MatchMessage.writer == standing.side))


def _count_files(match: BrokeredMatch) -> int:
    kept = select(func.count()).select_from(MessageFile).join(MessageFile.message)
    return db.session.scalar(kept.where(MatchMessage.match_id == match.id)) or 0


def _keep(message: MatchMessage, position: int, received: ReceivedFile) -> None:
    file = MessageFile(id=new_id(), message=message, position=position, media_type=received.media_type)
    file.size, file.plain_name, file.plain_file = len(received.content), received.name, received.content
    db.session.add(file)


def _tell(message: MatchMessage) -> None:
    """That there is a message, never what it says."""
    if message.reader == Party.SEEKER:
        mail_with_link(message.match, "match_message")
    elif message.reader == Party.PROVIDER:
        mail_provider(message.match, "match_message")
