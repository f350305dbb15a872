"""What messages of a match keep about a person: told to them in full, gone with their consent."""

import base64

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.messages.models import MatchMessage, MessageFile, MessageState
from wohnberatung.papers import Part, heading, moment, pairs
from wohnberatung.seekers.models import HousingRequest, Purpose


def match_messages_about(request: HousingRequest) -> list[ExportedRecord]:
    """All that the person wrote and all that reached them; what others wrote to each other about them too."""
    return [
        {
            "offer": message.match.offer.title,
            "written_at": message.created_at.isoformat(),
            "from": message.writer,
            "to": message.reader,
            "state": message.state,
            "text": message.plain_body,
            "files": [_file_about(file) for file in message.files],
        }
        for message in _messages_of(request)
    ]


def match_messages_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    words = {Party.SEEKER: _("Sie"), Party.PROVIDER: _("Anbieter"), Party.OFFICE: _("Wohnberatung")}
    rows = [
        (f"{words[Party(message.writer)]}, {moment(message.created_at)}", _in_words(message))
        for message in _messages_of(request)
        if message.state != MessageState.STOPPED or message.writer == Party.SEEKER
    ]
    return [heading(_("Nachrichten zu Vorschlägen")), pairs(rows)] if rows else []


def forget_match_messages(request: HousingRequest, purpose: str) -> None:
    """What people write tells about their health or how to reach them: it goes with either consent."""
    if purpose in (Purpose.HEALTH, Purpose.CONTACT, Purpose.SHARING):
        mine = select(BrokeredMatch.id).where(BrokeredMatch.request_id == request.id)
        db.session.execute(delete(MatchMessage).where(MatchMessage.match_id.in_(mine)))


def _file_about(file: MessageFile) -> ExportedRecord:
    """With its bytes, as programs read them."""
    content = base64.b64encode(file.plain_file).decode()
    return {"name": file.plain_name, "media_type": file.media_type, "size": file.size, "content_base64": content}


def _in_words(message: MatchMessage) -> str:
    names = (_("Datei: %(name)s", name=file.plain_name) for file in message.files)
    return "\n".join((message.plain_body, *names))


def _messages_of(request: HousingRequest) -> list[MatchMessage]:
    loaded = select(MatchMessage).options(selectinload(MatchMessage.files))
    mine = loaded.join(MatchMessage.match).where(BrokeredMatch.request_id == request.id)
    return list(db.session.scalars(mine.order_by(MatchMessage.created_at, MatchMessage.id)))
