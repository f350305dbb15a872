"""Messages between the invented office and people who seek: some answered, some waiting."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import User, UserRole
from wohnberatung.accounts.services import load_actor
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.seekers.models import HousingRequest, Message, RequestState
from wohnberatung.seekers.services.messages import add_message, mark_handled


def converse(session: scoped_session[Session] | Session) -> int:
    """Write where nobody has written yet; returns how many messages. Flushes and never commits."""
    advisor = _advisor(session)
    if advisor is None or session.scalar(select(Message.id).limit(1)) is not None:
        return 0
    active = select(HousingRequest).where(HousingRequest.state == RequestState.ACTIVE)
    newest = session.scalars(active.order_by(HousingRequest.created_at.desc(), HousingRequest.id))
    told = zip(newest, read_toml("messages.toml")["conversation"], strict=False)
    return sum(_write(request, conversation["message"], advisor) for request, conversation in told)


def _write(request: HousingRequest, messages: list[dict[str, object]], advisor: Actor) -> int:
    for record in messages:
        from_office = bool(record.get("from_office"))
        message = add_message(request, str(record["text"]), advisor if from_office else None)
        message.written_at = clock.now() - timedelta(hours=float(str(record["hours_ago"])))
        if from_office:
            mark_handled(request)
    return len(messages)


def _advisor(session: scoped_session[Session] | Session) -> Actor | None:
    first = select(User.id).join(UserRole).where(UserRole.role == ADVISOR).order_by(User.created_at, User.email)
    user_id = session.scalar(first.limit(1))
    return load_actor(user_id) if user_id else None
